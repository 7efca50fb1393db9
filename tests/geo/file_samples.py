"""Tables of incidents that are written and read again."""

import pandas as pd
import shapely

from geo.files import read_table, write_table
from geo.incident import COLUMN_NAMES
from geo.measure import Position, circle
from geo.precision import Precision
from geo.regions import Site, locate_sector
from geo.table import validate_table

SITE = Site(Position(37.1343, 36.2021), 8.0, Precision.SETTLEMENT)
CLAIM = {
    "source": "SOHR",
    "fatalities": [
        {"group": "Civilians", "low": 5, "best": None, "high": None, "qualifier": "at least"}
    ],
    "injured": [],
    "evidence": "«حلب» — at least five",
    "start": 0,
    "end": 20,
    "contested": False,
}
RECORDS = [
    {
        "incident_id": "a",
        "date_start": "2020-01-16",
        "date_end": "2020-01-22",
        "sub_event_type": "Grenade",
        "actor1": 'a "quoted", name; and\nnew line',
        "fatalities_low": 5,
        "place_text": "حلب",
        "precision": "settlement",
        "match_score": 0.25,
        "match_reasons": ["the only one", "near the others"],
        "claims": [CLAIM],
        "geometry": shapely.Point(37.1343, 36.2021),
    },
    {"incident_id": "b", "notes": ["=1+1", "</script>"], "place_text": "nan"},
    {"incident_id": "c", "geometry": locate_sector(SITE, ["south"], countryside=True).geometry},
    {"incident_id": "d", "geometry": shapely.LineString([(36.9, 35.7), (36.8, 35.6)])},
    {"incident_id": "e", "geometry": shapely.MultiPoint([(36.9, 35.7), (36.8, 35.6)])},
    {"incident_id": "f", "geometry": circle(Position(179.9, -16), 50), "date_start": "0001-01-01"},
    {"incident_id": "g", "geometry": circle(Position(10, 89), 400), "date_start": "9999-12-31"},
]


def assert_same(read, written):
    assert list(read.columns) == list(written.columns)
    for name in COLUMN_NAMES[:-1]:
        assert read[name].dtype == written[name].dtype, name
        assert to_cells(read[name]) == to_cells(written[name]), name
    for one, other in zip(read.geometry, written.geometry, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert one.geom_type == other.geom_type
            assert one.normalize().equals_exact(other.normalize(), 2e-7) or (
                shapely.hausdorff_distance(one, other) < 1e-6
            )


def to_cells(column):
    return [None if not isinstance(cell, list) and pd.isna(cell) else cell for cell in column]


def there_and_back(table, path):
    write_table(table, path)
    result = read_table(path)
    validate_table(result.table)
    assert [problem for problem in result.problems if problem.row is not None] == []
    return result.table
