"""Rows of corrections, written and read."""

from gazetteer.correcting import Corrections, make_corrections
from gazetteer.corrections import COLUMNS, parse_corrections
from gazetteer.index import Gazetteer

HEADING = ",".join(COLUMNS) + "\n"
WHO = "desk,2020-02-01,the photo shows it"


def line(name, country="", admin1="", report="", place_id="", lon="", lat="", km="", level=""):
    cells = [name, country, admin1, report, place_id, lon, lat, km, level]
    return ",".join([*cells, WHO]) + "\n"


def read_rows(gazetteer: Gazetteer, *rows: str) -> Corrections:
    return make_corrections(gazetteer, parse_corrections(HEADING + "".join(rows), "c.csv"))
