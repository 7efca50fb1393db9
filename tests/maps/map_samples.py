"""Incident tables for the tests of maps: Syria in winter, hostile text, many points."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from geo.areas import area_geometry, lookup_area
from geo.measure import Position
from geo.precision import Precision
from geo.regions import (
    Location,
    locate_at,
    locate_between,
    locate_direction,
    locate_from,
    locate_in,
    locate_near,
    locate_offset,
    locate_sector,
)
from geo.site import Site
from geo.table import make_table

EXPLOSION = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
AIR = ("Explosions/Remote violence", "Air/drone strike")
MINE = ("Explosions/Remote violence", "Remote explosive/landmine/IED")
CLASH = ("Battles", "Armed clash")
RETAKEN = ("Battles", "Government regains territory")
ATTACK = ("Violence against civilians", "Attack")
ABDUCTION = ("Violence against civilians", "Abduction/forced disappearance")
PROTEST = ("Protests", "Peaceful protest")
DEAL = ("Strategic developments", "Agreement")


def town(lon: float, lat: float, radius_km: float = 0.0) -> Site:
    return Site(Position(lon, lat), radius_km, Precision.SETTLEMENT)


def province(area_id: str) -> Site:
    area = lookup_area(area_id)
    assert area is not None
    centre = Position(area.lon, area.lat)
    return Site(centre, area.radius_km, Precision.REGION, area_geometry(area_id))


IDLIB = town(36.631, 35.931)
ALEPPO = town(37.161, 36.202)
SARAQIB = town(36.806, 35.864)
MAARRA = town(36.674, 35.647)
ABU_DUHUR = town(37.050, 35.730)
KAFR_NABL = town(36.561, 35.615)
AIN_ISSA = town(38.859, 36.386)
TALL_TAMR = town(40.371, 36.658)
AMUDA = town(40.930, 37.104)
BUKAMAL = town(40.919, 34.453)
SUWAYDA = town(36.569, 32.709)
DARAA = town(36.102, 32.625)
RAQQA = town(39.013, 35.953)
TANF = town(38.667, 33.506)


def row(  # one line an incident reads best, with what most rows lack left out
    number: int,
    day: str,
    kind: tuple[str, str],
    place: str,
    location: Location | None,
    **more: Any,
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "incident_id": f"sample-{number:02}",
        "date_start": day or None,
        "date_precision": "day" if day else "",
        "event_type": kind[0],
        "sub_event_type": kind[1],
        "place_text": place,
        "country": "SY",
        "source": "Local monitor",
        "source_url": f"https://news.example/report/{number}",
        "report_id": "sample",
        "evidence": f"Residents of {place} spoke of what had happened there that day.",
    }
    if location is not None:
        record |= {
            "geometry": location.geometry,
            "precision": location.precision,
            "radius_km": location.radius_km,
            "place_name": place.split(",", maxsplit=1)[0],
            "match_method": "variant",
            "match_score": 0.87,
            "match_reasons": ["same consonants", "in the province named"],
        }
    return record | more


def claim(source: str, killed: int, group: str, **more: Any) -> dict[str, Any]:
    toll = {"group": group, "low": killed, "best": killed, "high": killed, "qualifier": ""}
    return {
        "source": source,
        "fatalities": [toll],
        "injured": [],
        "evidence": f"{killed} {group} were killed, {source} said.",
        "start": 0,
        "end": 0,
        "contested": bool(more.get("contested")),
    }


def make_sample() -> GeoDataFrame:
    """Twenty-four incidents of every kind of place, four of them without one."""
    idlib, aleppo, raqqa = province("SY-ID"), province("SY-HL"), province("SY-RA")
    two = [
        claim("Defence ministry", 12, "militants", contested=True),
        claim("Local monitor", 3, "civilians", contested=True),
    ]
    other = {"name": "Samka", "admin1": "Tartus", "country": "SY", "score": 0.31, "why": "namesake"}
    return make_table(
        [
            row(1, "2020-01-16", RETAKEN, "Abu Duhur", locate_at(ABU_DUHUR), claims=two,
                actor1="Military Forces of Syria", actor2="Hayat Tahrir al-Sham",
                fatalities_low=3, fatalities_high=12, admin1="Idlib",
                notes=["year worked out from the dateline"]),
            row(2, "2020-01-17", AIR, "Idlib", locate_at(IDLIB), admin1="Idlib",
                actor1="Military Forces of Russia", actor2="Civilians", fatalities_best=5,
                injured_best=14),
            row(3, "2020-01-18", EXPLOSION, "Idlib", locate_at(IDLIB), admin1="Idlib"),
            row(4, "2020-01-18", PROTEST, "Idlib", locate_at(IDLIB), admin1="Idlib"),
            row(5, "2020-01-19", CLASH, "southern countryside of Idlib province",
                locate_sector(idlib, ["south"], countryside=True)),
            row(6, "2020-01-20", AIR, "western countryside of Aleppo province",
                locate_sector(aleppo, ["west"], countryside=True), fatalities_best=9),
            row(7, "2020-01-20", ATTACK, "Raqqa province", locate_in(raqqa)),
            row(8, "2020-01-21", EXPLOSION, "near Saraqib", locate_near(SARAQIB)),
            row(9, "2020-01-21", AIR, "12 km north of Maarrat al-Numan",
                locate_offset(MAARRA, 12, "north")),
            row(10, "2020-01-22", CLASH, "between Saraqib and Abu Duhur",
                locate_between(SARAQIB, ABU_DUHUR)),
            row(11, "2020-01-23", CLASH, "in the direction of Maarrat al-Numan - Kafr Nabl",
                locate_direction(MAARRA, KAFR_NABL)),
            row(12, "2020-01-24", CLASH, "Aleppo, from the west and the south",
                locate_from(ALEPPO, [town(37.02, 36.19), town(37.12, 36.08)])),
            row(13, "2020-01-24", MINE, "Ain Issa", locate_at(AIN_ISSA), admin1="Raqqa"),
            row(14, "2020-01-25", CLASH, "Tall Tamr", locate_at(TALL_TAMR), admin1="Hasakah",
                alternatives=[other]),
            row(15, "2020-01-26", DEAL, "Amuda", locate_at(AMUDA), admin1="Hasakah"),
            row(16, "2020-01-27", AIR, "Bukamal crossing", locate_at(BUKAMAL)),
            row(17, "2020-01-28", ABDUCTION, "Suwayda", locate_at(SUWAYDA), admin1="Suwayda"),
            row(18, "2020-01-29", MINE, "Daraa", locate_at(DARAA), admin1="Daraa"),
            row(19, "2020-02-02", ATTACK, "Raqqa", locate_at(RAQQA), admin1="Raqqa"),
            row(20, "", CLASH, "Tanf", locate_at(TANF), date_text="last month"),
            row(21, "2020-01-22", CLASH, "Karratin", None,
                match_reasons=["unresolved: three villages of that name fit equally well"],
                alternatives=[other, other | {"admin1": "Idlib"}]),
            row(22, "2020-01-30", ATTACK, "the old mill", None,
                match_reasons=["unresolved: no place of that name is known"]),
            row(23, "", PROTEST, "the northern towns", None,
                match_reasons=["unresolved: no single place is named"]),
            row(24, "2020-02-05", EXPLOSION, "", None,
                match_reasons=["unresolved: the report names no place"]),
        ]
    )  # fmt: skip


HOSTILE_TEXTS = (
    "<img src=x onerror=window.pwned=1>",
    "${window.pwned=1}",
    "`${window.pwned=1}`",
    "\\x3cscript\\x3ewindow.pwned=1\\x3c/script\\x3e",
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "]]><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u202c \u2066x",
    "a\u2028b\u2029c",
    "tail \ud800 and \x00 nul",
    "'\"><b>bold</b>&lt;",
)


def make_hostile() -> GeoDataFrame:
    """Every hostile text in every column that holds free text."""
    closed = {"incident_id", "event_type", "sub_event_type", "precision", "date_precision"}
    free = ("date_text", "actor1", "actor2", "place_text", "place_name", "place_id", "country",
            "admin1", "admin2", "source", "source_url", "report_id", "evidence")  # fmt: skip
    records = []
    for number, text in enumerate(HOSTILE_TEXTS):
        base = row(number, "2020-01-01", CLASH, "", locate_at(town(36 + number / 4, 35)))
        text_json = text.replace("\ud800", "?")  # lists are JSON, which has no lone surrogates
        toll = {"group": text_json, "low": 1, "best": 1, "high": 1, "qualifier": text_json}
        lists: dict[str, Any] = {
            "match_reasons": [text_json],
            "notes": [text_json],
            "alternatives": [
                {"name": text_json, "admin1": text_json, "country": text_json, "why": text_json}
            ],
            "claims": [
                claim(text_json, 1, text_json) | {"fatalities": [toll], "evidence": text_json}
            ],
        }
        records.append(base | dict.fromkeys(free, text) | lists)
    assert not closed & set(free)
    return make_table(records)


def make_many(count: int) -> GeoDataFrame:
    """So many incidents about forty centres in Syria, over four years, from a fixed seed."""
    random = np.random.default_rng(7)
    centres = random.uniform((35.8, 32.4), (41.5, 37.0), (40, 2))
    centre = random.integers(0, 40, count)
    spread = random.normal(0, 0.12, (count, 2))
    kinds = [AIR, EXPLOSION, CLASH, ATTACK, MINE, PROTEST, ABDUCTION, DEAL]
    kind = random.choice(len(kinds), count, p=[0.3, 0.25, 0.2, 0.1, 0.06, 0.04, 0.03, 0.02])
    day = np.datetime64("2016-01-01") + random.integers(0, 1461, count)
    points = shapely.points(centres[centre] + spread)
    return make_table(
        {
            "incident_id": str(number),
            "date_start": str(day[number]),
            "date_precision": "day",
            "event_type": kinds[kind[number]][0],
            "sub_event_type": kinds[kind[number]][1],
            "actor1": f"Group {kind[number]}",
            "actor2": "Civilians",
            "place_text": f"village {centre[number]}",
            "place_name": f"Village {centre[number]}",
            "country": "SY",
            "precision": "settlement",
            "radius_km": 2.0,
            "match_method": "exact",
            "match_score": 0.9,
            "match_reasons": ["the only place of that name in the country"],
            "source": f"Monitor {number % 7}",
            "evidence": f"On that day {number % 13} people were hurt in village {centre[number]}.",
            "fatalities_best": int(number % 13),
            "geometry": points[number],
        }
        for number in range(count)
    )


def make_vague(count: int) -> GeoDataFrame:
    """So many incidents known to provinces, districts, towns, and one in eight to the country."""
    random = np.random.default_rng(11)
    levels = [("region", 75.0), ("district", 30.0), ("subdistrict", 15.0), ("settlement", 5.0)]
    where = random.uniform((36.0, 32.6), (41.5, 37.0), (count, 2)).round(2)
    records = []
    for number in range(count):
        precision, radius_km = levels[number % 4]
        lon, lat = where[number]
        if number % 8 == 7:
            precision, radius_km, lon, lat = "country", 300.0, 38.5, 35.0
        place = {"precision": precision, "radius_km": radius_km, "event_type": "Battles"}
        records.append(place | {"incident_id": str(number), "geometry": shapely.Point(lon, lat)})
    return make_table(records)
