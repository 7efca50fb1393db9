import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_reading import unpack

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
        ([-5, 3], 1, -5),
        ([10, 100], 1, 0),
        ([], 1, 0),
    ],
)
def test_a_column_takes_as_few_bytes_as_it_needs(values: list[int], width: int, base: int) -> None:
    header, found = unpack(make_payload({}, [Column("a", np.array(values, dtype=np.int64))]))
    assert (header["columns"][0]["bytes"], header["columns"][0]["base"]) == (width, base)
    assert found["a"] == values


def test_a_column_that_does_not_fit_is_named() -> None:
    with pytest.raises(OverflowError, match="'far'"):
        make_payload({}, [Column("far", np.array([0, 2**40]))])


def test_a_falling_column_cannot_be_written_as_rising() -> None:
    with pytest.raises(OverflowError, match="'day'"):
        make_payload({}, [Column("day", np.array([3, 1]), "delta")])


def test_text_that_cannot_be_written_is_cleaned() -> None:
    assert to_json({"a": ["\ud800x"]}) == '{"a":["\ufffdx"]}'.encode()
