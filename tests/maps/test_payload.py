import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_reading import unpack

from maps.lookups import find_lookup
from maps.payload import Column, make_payload, to_json

WHOLE = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=60)
SMALL = st.lists(st.integers(-(2**30), 2**30 - 1), max_size=60)


@given(WHOLE, SMALL, SMALL)
def test_columns_come_back_as_they_were(
    plain: list[int], any_order: list[int], rise: list[int]
) -> None:
    rising = sorted(rise)
    columns = [
        Column("plain", np.array(plain, dtype=np.int64)),
        Column("any", np.array(any_order, dtype=np.int64), "zigzag"),
        Column("rising", np.array(rising, dtype=np.int64), "delta"),
    ]
    header, found = unpack(make_payload({"title": "x"}, columns))
    assert header["title"] == "x"
    assert found == {"plain": plain, "any": any_order, "rising": rising}


@pytest.mark.parametrize(
    ("values", "width", "base"),
    [
        ([0, 255], 1, 0),
        ([0, 256], 2, 0),
        ([70_000, 70_001], 1, 70_000),
        ([7, 7, 7], 0, 7),
        ([-7, -7], 0, -7),
        ([-5, 3], 1, -5),
        ([10, 100], 1, 0),
        ([], 1, 0),
    ],
)
def test_a_column_takes_as_few_bytes_as_it_needs(values: list[int], width: int, base: int) -> None:
    header, found = unpack(make_payload({}, [Column("a", np.array(values, dtype=np.int64))]))
    assert (header["columns"][0]["bytes"], header["columns"][0]["base"]) == (width, base)
    assert found["a"] == values


@given(WHOLE)
def test_a_column_written_as_is_shorter_comes_back(values: list[int]) -> None:
    column = Column("a", np.array(values, dtype=np.int64), "auto")
    assert unpack(make_payload({}, [column]))[1]["a"] == values


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9)), min_size=1, max_size=200))
def test_a_column_that_follows_from_another_comes_back(pairs: list[tuple[int, int]]) -> None:
    keys, values = np.array(pairs, dtype=np.int64).T
    way, column = Column("way", keys), Column("own", values)
    lookup = find_lookup(column, way)
    _, found = unpack(make_payload({}, [way, lookup or column]))
    assert found["own"] == values.tolist()


def test_a_column_of_places_is_kept_once_a_place_with_its_exceptions() -> None:
    keys = np.tile(np.arange(10), 100)
    values = keys * 3
    values[17] = 5
    way = Column("way", keys)
    lookup = find_lookup(Column("own", values), way)
    assert lookup is not None
    assert (lookup.table.tolist(), lookup.rows.tolist()) == (list(range(0, 30, 3)), [17])
    assert find_lookup(Column("own", np.arange(1000) % 7), way) is None


def test_a_large_payload_is_one_zlib_stream_whatever_its_parts() -> None:
    random = np.random.default_rng(3)
    noise, steady = random.integers(0, 1 << 20, 50_000), np.repeat(np.arange(500), 100)
    columns = [Column("noise", noise, "auto"), Column("steady", steady, "auto")]
    _, found = unpack(make_payload({"title": "x" * 9000}, columns))
    assert (found["noise"], found["steady"]) == (noise.tolist(), steady.tolist())


def test_a_column_that_does_not_fit_is_named() -> None:
    with pytest.raises(OverflowError, match="'far'"):
        make_payload({}, [Column("far", np.array([0, 2**40]))])


def test_a_falling_column_cannot_be_written_as_rising() -> None:
    with pytest.raises(OverflowError, match="'day'"):
        make_payload({}, [Column("day", np.array([3, 1]), "delta")])


def test_text_that_cannot_be_written_is_cleaned() -> None:
    assert to_json({"a": ["\ud800x"]}) == '{"a":["\ufffdx"]}'.encode()
