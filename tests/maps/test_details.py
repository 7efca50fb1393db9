from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from map_reading import read_details, unpack
from map_samples import make_many, make_sample

from geo.table import make_table
from maps.details import make_details
from maps.payload import Column


def read(text: str) -> list[dict[str, Any]]:
    return read_details(text, {}, 8)


def test_every_row_is_in_its_block() -> None:
    text = make_details(make_many(20), 8)
    assert len(text.split("\n")) == 4
    assert [row["id"] for row in read(text)] == [str(n) for n in range(20)]


def test_what_is_empty_is_left_out() -> None:
    [row] = read(make_details(make_table([{"incident_id": "1"}]), 8))
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
    [row] = read(make_details(make_table([{"incident_id": "1", **counts}]), 8))
    assert row["fatalities"] == expected


def test_claims_and_alternatives_are_kept() -> None:
    rows = read_details(make_details(make_sample(), 64), {}, 64)
    first = rows[0]["claims"]
    assert isinstance(first, list)
    assert [claim["source"] for claim in first] == ["Defence ministry", "Local monitor"]
    alternative = {"name": "Samka", "admin1": "Tartus", "country": "SY", "score": 0.31}
    assert rows[13]["alternatives"] == [alternative | {"why": "namesake"}]


def test_an_empty_table_has_no_blocks() -> None:
    assert make_details(make_table([]), 8) == ""


def test_rows_come_in_the_page_s_order() -> None:
    order = np.arange(20)[::-1]
    rows = read(make_details(make_many(20), 8, order=order))
    assert [row["id"] for row in rows] == [str(n) for n in reversed(range(20))]


def test_what_follows_from_the_place_is_kept_once_a_place() -> None:
    table = make_many(4000)
    table["place_id"] = table["place_text"].str.replace("village", "geonames:")
    place = table["place_text"].str.removeprefix("village ").astype(int).to_numpy()
    text = make_details(table, 256, keys=[Column("place", place)])
    header, _ = unpack(text.split("\n")[0])
    lookups = {own["name"] for own in header["columns"] if own["encoding"] == "lookup"}
    assert {"place_id", "place_text"} <= lookups
    rows = read_details(text, {"place": place.tolist()}, 256)
    assert [row["place_id"] for row in rows] == table["place_id"].tolist()
    assert [row["evidence"] for row in rows] == table["evidence"].tolist()


@pytest.mark.parametrize(
    "text", ["a\x00b", "\x01 same", "x" * 100_000, " two  spaces ", "\\u0000", "é\u2028"]
)
def test_texts_that_look_like_separators_come_back(text: str) -> None:
    said = [f"{text} in the words of witnesses {n}" for n in range(4)]
    own = [text, f"they said: {said[1]}", "", "z"]
    table = make_table({"incident_id": str(n)} for n in range(4))
    table["evidence"], table["own"] = said, own
    rows = read(make_details(table, 8))
    assert [row["evidence"] for row in rows] == said
    assert [row.get("extra", {}).get("own", "") for row in rows] == own


def test_figures_finer_than_the_page_s_columns_are_exact() -> None:
    record = {"incident_id": "1", "geometry": shapely.Point(36, 35), "precision": "settlement"}
    exact = {"radius_km": 3.21, "match_score": 0.8765}
    [row] = read(make_details(make_table([record | exact]), 8))
    assert {key: row[key] for key in exact} == exact
    [row] = read(make_details(make_table([record | {"radius_km": 3.2, "match_score": 0.87}]), 8))
    assert not {"radius_km", "match_score", "geo_precision", "where_prec"} & set(row)


def test_columns_of_the_table_s_own_are_kept() -> None:
    table = make_table([{"incident_id": str(n)} for n in range(4)])
    table["camp"] = ["a", None, "b", ""]
    table["people"] = [1, 2.5, float("nan"), float("inf")]
    table["checked"] = [True, False, True, False]
    table["seen"] = pd.to_datetime(["2020-01-02", None, "2020-01-03 04:05", None], format="mixed")
    table["tags"] = pd.Series([["x", "y"], [], None, ["z"]])
    found = [row["extra"] for row in read(make_details(table, 8))]
    assert found == [
        {"camp": "a", "people": 1, "checked": True, "seen": "2020-01-02", "tags": ["x", "y"]},
        {"people": 2.5, "checked": False},
        {"camp": "b", "checked": True, "seen": "2020-01-03T04:05:00"},
        {"people": "inf", "checked": False, "tags": ["z"]},
    ]
