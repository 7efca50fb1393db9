"""Numbers as reports write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.numbers import find_quantities
from reports.tokens import find_tokens

CASES = [
    # text, low, best, high, qualifier
    ("nearly 40 men", 40, 40, 40, "nearly"),
    ("some 250 people", 250, 250, 250, "about"),
    ("up to 200 militants", None, None, 200, "up to"),
    ("as many as 90 rebels", None, None, 90, "up to"),
    ("no fewer than 7 men", 7, 7, None, "at least"),
    ("a total of at least 9 men", 9, 9, None, "at least"),
    ("well over 300 people", 300, 300, None, "more than"),
    ("fifty-one fighters", 51, 51, 51, ""),
    ("a hundred and twenty men", 120, 120, 120, ""),
    ("two thousand five hundred people", 2500, 2500, 2500, ""),
    ("1.5 million people", 1_500_000, 1_500_000, 1_500_000, ""),
    ("370,000 people", 370_000, 370_000, 370_000, ""),
    ("half a dozen men", 6, 6, 6, ""),
    ("two dozen men", 24, 24, 24, ""),
    ("several hundred men", 300, 300, None, "several"),
    ("tens of thousands of people", 10_000, 10_000, None, "tens"),
    ("a few men", 3, 3, None, "few"),
    ("between 20 and 30 men", 20, None, 30, "between"),
    ("20-30 men", 20, None, 30, "between"),
    ("20 or more men", 20, 20, None, "at least"),
    ("a couple of men", 2, 2, 2, ""),
    ("a further 12 men", 12, 12, 12, ""),
]


@pytest.mark.parametrize(("text", "low", "best", "high", "qualifier"), CASES)
def test_numbers(text, low, best, high, qualifier):
    (found,) = find_quantities(find_tokens(text))
    assert (found.low, found.best, found.high, found.qualifier) == (low, best, high, qualifier)


NONE = [
    "in 2011",
    "on January 22",
    "on 22 January",
    "the 12-year-old",
    "at 21:00",
    "the 4th division",
    "40 % of the town",
    "$300",
    "aged 16",
    "a T-72 tank",
    "so many men",
]


@pytest.mark.parametrize("text", NONE)
def test_dates_ages_and_sums_are_no_numbers_of_people(text):
    assert find_quantities(find_tokens(text)) == []


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_parse_back(value):
    for text in (f"killed {value:,} men", f"at least {value} men died"):
        (found,) = find_quantities(find_tokens(text))
        assert found.low == value
