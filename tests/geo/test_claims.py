import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims import Figures, find_totals, is_contested, make_claim, totals_of


def killed(*figures):
    names = ("group", "low", "best", "high")
    return make_claim("", {"fatalities": [dict(zip(names, row, strict=True)) for row in figures]})


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], (None, None, None)),
        ([killed(("Civilians", 5, 5, 5))], (5, 5, 5)),
        # "At least 22" leaves the top open.
        ([killed(("Syrian troops", 22, 22, None))], (22, 22, None)),
        # "Up to 200" has only a top.
        ([killed(("militants", None, None, 200))], (None, None, 200)),
        # Different groups of one source are added up.
        ([killed(("Syrian troops", 22, 22, 22), ("militants", 8, 8, 8))], (30, 30, 30)),
        ([killed(("Syrian troops", 22, 22, None), ("militants", 8, 8, 8))], (30, 30, None)),
        # Two sources about one group are not.
        ([killed(("Civilians", 5, 5, 5)), killed(("civilians ", 9, 9, 9))], (5, None, 9)),
        ([killed(("Civilians", 5, 5, 5)), killed(("Civilians", 5, 5, 5))], (5, 5, 5)),
        # Two sources, each about its own group.
        ([killed(("Syrian troops", 7, 7, 7)), killed(("militants", 50, 50, 50))], (57, 57, 57)),
        # A figure for everybody stands over those of the groups.
        ([killed(("", 30, 30, 30)), killed(("soldiers", 7, 7, 7))], (30, 30, 30)),
        ([killed(("", 30, 30, 30)), killed(("a", 20, 20, 20), ("b", 37, 37, 37))], (30, None, 57)),
        # "At least 40" beside "30 killed": nobody says where it ends.
        ([killed(("", 40, 40, None)), killed(("", 30, 30, 30))], (30, None, None)),
        # A claim without a number counts for nothing.
        ([killed(("Civilians", None, None, None)), killed(("Civilians", 3, 3, 3))], (3, 3, 3)),
    ],
)
def test_totals_of_claims(claims, expected):
    assert totals_of(claims, "fatalities") == Figures(*expected)


def test_the_six_columns_of_a_row():
    claim = make_claim("SOHR", {"injured": [{"group": "", "low": 30}]}, evidence="…", span=(4, 9))
    assert find_totals([claim]) == {
        "fatalities_low": None,
        "fatalities_best": None,
        "fatalities_high": None,
        "injured_low": 30,
        "injured_best": None,
        "injured_high": None,
    }
    assert (claim["start"], claim["end"], claim["contested"]) == (4, 9, False)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([killed(("Civilians", 5, 5, 5)), killed(("Civilians", 9, 9, 9))], True),
        ([killed(("Civilians", 5, 5, None)), killed(("Civilians", 9, 9, 9))], False),
        ([killed(("Civilians", 5, 5, 5)), killed(("soldiers", 9, 9, 9))], False),
        ([make_claim("SANA", {}, contested=True)], True),
        ([], False),
    ],
)
def test_claims_that_exclude_each_other(claims, expected):
    assert is_contested(claims) is expected


@st.composite
def figures(draw):
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 300)] * 3)))
    group = draw(st.sampled_from(["", "Civilians", "soldiers", "militants"]))
    cut = draw(st.tuples(*[st.booleans()] * 3))
    return (group, *(None if gone else n for n, gone in zip((low, best, high), cut, strict=True)))


claim_lists = st.lists(st.lists(figures(), max_size=4).map(lambda rows: killed(*rows)), max_size=4)


@given(claim_lists)
def test_totals_rise_and_do_not_depend_on_the_order(claims):
    totals = totals_of(claims, "fatalities")
    known = [number for number in totals if number is not None]
    assert known == sorted(known)
    assert totals_of(claims[::-1], "fatalities") == totals


@given(claim_lists)
def test_the_same_claim_twice_changes_nothing(claims):
    assert totals_of([*claims, *claims], "fatalities") == totals_of(claims, "fatalities")
