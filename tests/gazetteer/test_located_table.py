"""Tables located: each row as if it were alone, none lost, whatever its cells and columns hold."""

import doctest
import importlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listed import build_listed

from gazetteer.correcting import make_corrections
from gazetteer.corrections import parse_corrections
from gazetteer.distinct import number_rows
from gazetteer.locate import locate_each, locate_phrase, locate_table, location_record
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from geo.errors import InputError, NotFoundError


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


CELLS = [
    "Idlib",
    "Samka",
    " samka ",
    "Samka village",
    "Samka, Idlib",
    "Samka in Tartus province",
    "Samka (Tartus)",
    "Nampala (Mali)",
    "Nampala in central Mali",
    "Aleppo \u2013 Al-Rashidin",
    "12 km north of Saraqib",
    "between Saraqib and Idlib",
    "in the direction of Abu-Djreif-Samka",
    "southern countryside of Aleppo province",
    "Eastern Ghouta",
    "near Tal Tamr",
    "Tabqa Dam",
    "Amuda airport",
    "تل تمر",
    "Nowhereabad",
    "Paris",
    "Maaret al-Numan region",
    "Kafr Nbl",
    "",
    "?!",
]
AREAS = ["", "Idlib", "Tartus Governorate", "إدلب", "Narnia"]
COUNTRIES = ["", "SY", "sy", "US", "France", "Narnia"]
ROWS = st.lists(
    st.tuples(st.sampled_from(CELLS), st.sampled_from(AREAS), st.sampled_from(COUNTRIES)),
    min_size=1,
    max_size=12,
)
CODES = {"sy": "SY", "France": "FR"}
SAME = ["precision", "place_name", "place_id", "country", "admin1", "match_method", "alternatives"]


def _row_alone(gazetteer, cell, area, country):
    phrase = parse_phrase(cell)
    if phrase is None or country == "Narnia":
        return None
    context = Context(CODES.get(country, country), area)
    return location_record(locate_phrase(gazetteer, phrase, context))


@settings(deadline=None, max_examples=40)
@given(rows=ROWS)
def test_every_row_is_what_it_is_alone(gazetteer, rows):
    table = pd.DataFrame(rows, columns=["town", "area", "iso"])
    located = locate_table(table, gazetteer, place=["town"], admin1="area", country="iso")
    for row, (_, found) in zip(rows, located.iterrows(), strict=True):
        alone = _row_alone(gazetteer, *row)
        if alone is None:
            assert found["geometry"] is None
            assert found["match_reasons"][0].startswith("unresolved: ")
            continue
        # The table's country column is there already, under another name.
        assert [found[name] for name in SAME] == [alone[name] for name in SAME]
        assert found["match_reasons"][: len(alone["match_reasons"])] == alone["match_reasons"]
        assert found["geometry"] == alone["geometry"]
        assert (found["match_score"] == alone["match_score"]) or (
            alone["match_score"] is None and np.isnan(found["match_score"])
        )


def test_many_at_once_are_what_each_is_alone(gazetteer):
    phrases = [phrase for cell in CELLS if (phrase := parse_phrase(cell)) is not None]
    contexts = [Context("SY"), Context(), Context("SY", "Idlib"), Context(near=((36.6, 35.9),))]
    asked = [(phrase, context) for context in contexts for phrase in phrases]
    found = locate_each(gazetteer, [p for p, _ in asked], [c for _, c in asked])
    assert found == [locate_phrase(gazetteer, phrase, context) for phrase, context in asked]


def _kinds():
    cells = ["Samka", None, "Idlib", "Samka", "", "Idlib "]
    return {
        "objects": pd.Series(cells, dtype=object),
        "texts": pd.Series(cells, dtype="string"),
        "arrow": pd.Series(cells, dtype="string[pyarrow]"),
        "categories": pd.Series(pd.Categorical(cells)),
        "mixed": pd.Series(
            ["Samka", float("nan"), "Idlib", "Samka", pd.NA, "Idlib "], dtype=object
        ),
    }


@pytest.mark.parametrize("kind", list(_kinds()))
def test_columns_of_any_type(gazetteer, kind):
    table = pd.DataFrame({"town": _kinds()[kind]})
    found = locate_table(table, gazetteer, place=["town"], country="SY")
    assert found["place_name"].tolist() == ["", "", "Idlib", "", "", "Idlib"]
    assert found["match_reasons"].iloc[1] == ["unresolved: the cell names no place"]
    assert found["match_reasons"].iloc[3][0].startswith("unresolved: two places fit")
    pd.testing.assert_series_equal(found["town"], table["town"])


def test_numbers_and_lists_are_texts():
    column = pd.Series([1, True, 1.0, "1", ["1"], None, {"a": 1}, 1], dtype=object)
    distinct = number_rows(pd.DataFrame({"x": column, "y": ["a"] * 8}), ["x", "y"])
    texts = [distinct.cells[number][0] for number in distinct.numbers]
    assert texts == ["1", "True", "1.0", "1", "['1']", "", "{'a': 1}", "1"]
    assert len(distinct.cells) == 6


CELL = st.one_of(st.none(), st.text(max_size=3), st.integers(0, 2), st.booleans())


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=30))
def test_numbers_tell_rows_apart(rows):
    table = pd.DataFrame(rows, columns=["a", "b", "c"], dtype=object)
    distinct = number_rows(table, ["a", "b", "c"])
    texts = [tuple("" if cell is None else str(cell).strip() for cell in row) for row in rows]
    assert [distinct.cells[number] for number in distinct.numbers] == texts
    assert len(distinct.cells) == len(set(texts))


def test_index_and_columns_are_kept(gazetteer):
    table = pd.DataFrame(
        [["Idlib", 1, 2, "x"], ["Samka", 3, 4, "y"], ["Idlib", 5, 6, "z"]],
        columns=["town", "n", "n", "longitude"],
        index=["a", "a", "b"],
    )
    before = table.copy()
    found = locate_table(table, gazetteer, place=["town"])
    assert found.index.tolist() == ["a", "a", "b"]
    pd.testing.assert_frame_equal(pd.DataFrame(found.iloc[:, :4]), before)
    pd.testing.assert_frame_equal(table, before)
    assert found["longitude_located"].notna().tolist() == [True, False, True]
    with pytest.raises(InputError, match="2 columns called 'n'; rename all but one"):
        locate_table(table, gazetteer, place=["n"])


def test_a_located_table_is_located_again(gazetteer):
    table = pd.DataFrame({"town": ["Idlib", "Samka"]})
    once = locate_table(table, gazetteer, place=["town"])
    twice = locate_table(once, gazetteer, place=["town"])
    thrice = locate_table(twice, gazetteer, place=["town"])
    assert thrice.geometry.name == "geometry_located_located"
    assert thrice.columns.is_unique
    assert thrice["place_id_located_located"].tolist() == once["place_id"].tolist()
    assert isinstance(thrice, gpd.GeoDataFrame)
    assert thrice.crs == "EPSG:4326"


@pytest.mark.parametrize("kind", ["objects", "arrow", "categories"])
def test_no_rows(gazetteer, kind):
    table = pd.DataFrame({"town": _kinds()[kind], "a": 1.0}).iloc[:0]
    found = locate_table(table, gazetteer, place=["town"], admin1="a", near=["a", "a"])
    assert len(found) == 0
    full = locate_table(pd.DataFrame({"town": ["Idlib"]}), gazetteer, place=["town"])
    assert [*full.columns[1:]] == [*found.columns[2:]]
    assert found.dtypes["match_score"] == full.dtypes["match_score"]


def test_bad_cells_say_so(gazetteer):
    table = pd.DataFrame(
        {
            "town": ["Idlib"] * 6,
            "area": ["Narnia", "Idlib", "-", "", "", ""],
            "iso": ["SY", "Narnia", "n/a", "SY", "SY", "SY"],
            "x": ["", "", "", "east", "36.6", "200"],
            "y": ["", "", "", "35.9", "", "35.9"],
        }
    )
    found = locate_table(
        table, gazetteer, place=["town"], admin1="area", country="iso", near=["x", "y"]
    )
    assert found.geometry.notna().tolist() == [True, False, True, True, True, True]
    last = [reasons[-1] for reasons in found["match_reasons"]]
    assert last[0] == "admin1 'Narnia' is no area known in SY, and was left out"
    assert last[1] == (
        "unresolved: country 'Narnia' is no country known here; write its code, ISO 3166-1 "
        "alpha-2, such as SY"
    )
    assert "near: " not in last[2]
    assert last[3].startswith("near: longitude 'east' is no number")
    assert last[4].startswith("near: latitude is empty; give both")
    assert last[5].startswith("near: longitude '200' is beyond 180")
    assert all("the position was left out" in text for text in last[3:])


def test_a_position_near_by_decides(gazetteer):
    table = pd.DataFrame({"town": ["Samka", "Samka"], "x": [36.9, 36.0], "y": [35.7, 34.8]})
    found = locate_table(table, gazetteer, place=["town"], country="Syria", near=["x", "y"])
    assert found["place_id"].tolist() == ["im:samka-idlib", "im:samka-tartus"]


def test_countries_named(gazetteer):
    table = pd.DataFrame({"town": ["Paris", "Paris"], "iso": ["France", "us"]})
    found = locate_table(table, gazetteer, place=["town"], country="iso")
    assert found["country"].tolist() == ["FR", "US"]
    with pytest.raises(NotFoundError, match="'Narnia' is neither a column of the table nor a"):
        locate_table(table, gazetteer, place=["town"], country="Narnia")


def test_corrections_of_a_table_and_of_one_report(gazetteer):
    text = (
        "name,report_id,place_id,who,when,why\n"
        "Samka,,im:samka-tartus,a,2020-01-01,b\nSamka,r1,none,a,2020-01-01,c\n"
    )
    corrections = make_corrections(gazetteer, parse_corrections(text, "c.csv"))
    table = pd.DataFrame({"town": ["Samka", "Samka", "Idlib"], "report_id": ["r0", "r1", "r1"]})
    found = locate_table(table, gazetteer, place=["town"], corrections=corrections)
    assert found["match_method"].tolist() == ["correction", "correction", "exact"]
    assert found["place_id"].tolist() == ["im:samka-tartus", "", "geonames:169389"]
    plain = locate_table(
        table.drop(columns="report_id"), gazetteer, place=["town"], corrections=corrections
    )
    assert plain["place_id"].tolist()[:2] == ["im:samka-tartus"] * 2


MODULES = [
    "gazetteer.countries",
    "gazetteer.correcting",
    "gazetteer.records",
    "incident_mapper.pipeline",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    results = doctest.testmod(importlib.import_module(name))
    assert (results.failed, results.attempted > 0) == (0, True)
