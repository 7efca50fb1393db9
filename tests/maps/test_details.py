import base64
import zlib

import orjson
import pytest
from map_samples import make_many, make_sample

from geo.table import make_table
from maps.details import make_details


def read(text: str) -> list[list[dict[str, object]]]:
    return [orjson.loads(zlib.decompress(base64.b64decode(line))) for line in text.split("\n")]


def test_every_row_is_in_its_block() -> None:
    blocks = read(make_details(make_many(20), 8))
    assert [len(block) for block in blocks] == [8, 8, 4]
    assert [row["id"] for block in blocks for row in block] == [str(n) for n in range(20)]


def test_what_is_empty_is_left_out() -> None:
    [[row]] = read(make_details(make_table([{"incident_id": "1"}]), 8))
    assert row == {"id": "1", "reasons": ["unresolved: the row names no place"]}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"fatalities_low": 3, "fatalities_high": 12}, [3, None, 12]),
        ({"fatalities_best": 0}, [None, 0, None]),
    ],
)
def test_counts_keep_zero_and_unknown_apart(
    counts: dict[str, int], expected: list[int | None]
) -> None:
    [[row]] = read(make_details(make_table([{"incident_id": "1", **counts}]), 8))
    assert row["fatalities"] == expected


def test_claims_and_alternatives_are_kept() -> None:
    [rows] = read(make_details(make_sample(), 64))
    first = rows[0]["claims"]
    assert isinstance(first, list)
    assert [claim["source"] for claim in first] == ["Defence ministry", "Local monitor"]
    alternative = {"name": "Samka", "admin1": "Tartus", "country": "SY", "score": 0.31}
    assert rows[13]["alternatives"] == [alternative | {"why": "namesake"}]


def test_an_empty_table_has_no_blocks() -> None:
    assert make_details(make_table([]), 8) == ""
