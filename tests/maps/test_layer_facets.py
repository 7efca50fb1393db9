import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest
from map_reading import unpack

from geo.errors import MapperWarning
from geo.table import make_table
from maps.columns import make_page_data
from maps.incident_layer import IncidentLayer
from maps.incident_map import make_map
from maps.legend import load_layer_words, lookup_words

ROWS: list[dict[str, Any]] = [
    {"actor1": "Army", "actor2": "Rebels; Civilians", "source": "A", "event_type": "Battles"},
    {"actor1": "Rebels", "source": "B", "event_type": "Riots"},
    {"actor1": "Army; Police", "source": "A", "event_type": "Riots"},
    {},
]


def read(layers: Sequence[str] | None, **own: Any) -> tuple[dict[str, Any], dict[str, list[int]]]:
    table = make_table(row | {"incident_id": str(n)} for n, row in enumerate(ROWS))
    for name, values in own.items():
        table[name] = values
    data = make_page_data(table, title="", about={}, attribution="", layers=layers)
    return unpack(data.payload)


def labels_of(header: dict[str, Any], columns: dict[str, list[int]], title: str) -> list[Any]:
    """The labels of each row in a group."""
    [facet] = [facet for facet in header["facets"] if facet["title"] == title]
    codes = columns[facet["column"]]
    sets = facet.get("sets") or [[code] for code in range(len(facet["entries"]))]
    return [[facet["entries"][entry]["label"] for entry in sets[code]] for code in codes]


def test_the_layers_are_type_precision_actor_and_source_unless_named() -> None:
    header, _ = read(None)
    titles = [facet["title"] for facet in header["facets"]]
    assert titles == ["Event type", "Precision", "Actor", "Source"]
    assert load_layer_words().default == ("event_type", "precision", "actor", "source")
    header, _ = read(["source"])
    assert [facet["column"] for facet in header["facets"]] == ["type", "source", "precision"]


def test_a_row_has_all_its_actors_and_one_without_any_is_not_lost() -> None:
    header, columns = read(["actor"])
    assert labels_of(header, columns, "Actor") == [
        ["Army", "Rebels", "Civilians"],
        ["Rebels"],
        ["Army", "Police"],
        ["no actor named"],
    ]
    [entries] = [facet["entries"] for facet in header["facets"] if facet["title"] == "Actor"]
    order = [entry["label"] for entry in entries]
    assert order == ["Army", "Rebels", "Civilians", "Police", "no actor named"]
    actors = header["tables"]["actor"]
    assert [actors[code] for code in columns["actor1"]] == ["Army", "Rebels", "Army; Police", ""]


def test_entries_go_by_how_many_they_have_and_a_group_of_one_is_left_out() -> None:
    with pytest.warns(MapperWarning, match="layer 'country' is left out"):
        header, columns = read(["source", "country"])
    assert [facet["title"] for facet in header["facets"]] == ["Event type", "Source", "Precision"]
    assert labels_of(header, columns, "Source") == [["A"], ["B"], ["A"], ["source unknown"]]
    assert [entry["label"] for entry in header["facets"][1]["entries"]] == [
        "A",
        "B",
        "source unknown",
    ]


@pytest.mark.parametrize(
    ("values", "expected", "order"),
    [
        (["x", None, "x", "y"], [["x"], ["Camp name: nothing given"], ["x"], ["y"]], None),
        ([10, 9, 10, None], [["10"], ["9"], ["10"], ["Camp name: nothing given"]], ["9", "10"]),
        ([True, False, True, True], [["yes"], ["no"], ["yes"], ["yes"]], ["yes", "no"]),
        (
            pd.Series([["a", "b"], [], ["b"], None]),
            [["a", "b"], ["Camp name: nothing given"], ["b"], ["Camp name: nothing given"]],
            None,
        ),
        (
            pd.to_datetime(["2020-05-01", "1969-01-01", None, "2020-12-31"]),
            [["2020"], ["1969"], ["Camp name: nothing given"], ["2020"]],
            ["1969", "2020"],
        ),
        (
            pd.Categorical(["u", "v", "u", None]),
            [["u"], ["v"], ["u"], ["Camp name: nothing given"]],
            None,
        ),
    ],
)
def test_any_column_of_the_caller_s_own_can_be_a_layer(
    values: Any, expected: list[list[str]], order: list[str] | None
) -> None:
    header, columns = read(["camp_name"], camp_name=values)
    assert labels_of(header, columns, "Camp name") == expected
    [facet] = [facet for facet in header["facets"] if facet["title"] == "Camp name"]
    if order:
        assert [entry["label"] for entry in facet["entries"]][: len(order)] == order


@pytest.mark.parametrize(
    ("layers", "own", "why"),
    [
        (["source", "country"], {}, ["'country' is left out: no incident has anything there"]),
        (["camp"], {"camp": "North"}, ["'camp' is left out: all incidents have 'North' there"]),
        (["camp"], {"camp": 7}, ["'camp' is left out: all incidents have '7' there"]),
        (["camp"], {"camp": None}, ["'camp' is left out: no incident has anything there"]),
        (
            ["admin1", "source", "admin2"],
            {"admin1": "Idlib"},
            ["'admin1' is left out: all incidents have 'Idlib' there", "'admin2' is left out: no"],
        ),
        (["event_type", "precision"], {"precision": "exact", "event_type": "Riots"}, []),
        (["camp"], {"camp": ["North", None, "North", "North"]}, []),
        (None, {"actor1": "", "actor2": "", "source": ""}, []),
    ],
)
def test_a_layer_that_is_named_and_left_out_is_told_with_the_reason(
    layers: Sequence[str] | None, own: dict[str, Any], why: list[str]
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        header, _ = read(layers, **own)
    assert [one.category for one in caught] == [MapperWarning] * len(why)
    for one, text in zip(caught, why, strict=True):
        assert str(one.message).startswith(f"layer {text}")
    left = {text.split("'")[1] for text in why}
    shown = set(layers or ()) - left - {"event_type", "precision"}
    assert len(header["facets"]) == 2 + len(shown)


def test_a_table_without_incidents_says_so_of_its_layers() -> None:
    with pytest.warns(MapperWarning, match="'source' is left out: "):
        make_page_data(make_table([]), title="", about={}, attribution="", layers=["source"])


@pytest.mark.parametrize("make", [make_map, IncidentLayer])
def test_the_warning_names_the_line_that_asked_for_the_layer(make: Callable[..., Any]) -> None:
    table = make_table({"incident_id": str(n), "country": "SY"} for n in range(2))
    with pytest.warns(MapperWarning, match="all incidents have 'SY' there") as caught:
        make(table, layers=["country"])
    assert [one.filename for one in caught] == [__file__]


def test_a_group_of_thousands_of_values_is_made() -> None:
    table = make_table({"incident_id": str(n), "source": f"S{n % 3000}"} for n in range(6000))
    data = make_page_data(
        table, title="", about={}, attribution="", layers=["source", "incident_id"]
    )
    header, columns = unpack(data.payload)
    sizes = {facet["title"]: len(facet["entries"]) for facet in header["facets"]}
    assert sizes == {"Event type": 1, "Source": 3000, "Incident id": 6000, "Precision": 1}
    assert len(set(columns["layer_incident_id"])) == 6000


def test_every_packaged_word_is_there() -> None:
    for name, words in load_layer_words().words.items():
        assert words.title, name
        assert words.missing, name
    assert lookup_words("my_own").missing == "My own: nothing given"
