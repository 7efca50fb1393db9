"""The scorer: strict, one to one, and honest about what it counts."""

from datetime import date

import pytest
from shapely.geometry import MultiPoint, Point, box

from benchmarks.scoring import (
    Score,
    compare_tolls,
    distance_to,
    find_fault,
    match_incidents,
    score_report,
)
from benchmarks.seeds import compare, summarize


def gold(**changes):
    return {
        "id": "g",
        "start": "2024-05-10",
        "end": "2024-05-10",
        "event_type": "Battles",
        "places": [
            {"mention": "X", "shape": "point", "lat": 36.0, "lon": 37.0, "tolerance_km": 10}
        ],
        "fatalities": [],
        "injured": [],
    } | changes


def record(**changes):
    return {
        "incident_id": "r-01",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "date_start": date(2024, 5, 10),
        "date_end": date(2024, 5, 10),
        "geometry": Point(37.0, 36.0),
        "precision": "settlement",
        "place_text": "X",
        "evidence": "",
        "claims": [],
    } | changes


FAULTS = [
    ({}, {}, ""),
    ({"event_type": "Riots"}, {}, "type"),
    ({"date_start": None}, {}, "no date"),
    ({"date_start": date(2024, 5, 12), "date_end": date(2024, 5, 12)}, {}, "date"),
    # begins a day off but shares no day
    ({"date_start": date(2024, 5, 11), "date_end": date(2024, 5, 11)}, {}, "date"),
    # shares a day but begins three days off
    ({"date_start": date(2024, 5, 7)}, {}, "date"),
    ({"date_start": date(2024, 5, 9)}, {}, ""),
    ({"geometry": None}, {}, "not located"),
    ({"precision": "country"}, {}, "country only"),
    ({"geometry": Point(37.2, 36.0)}, {}, "km off"),
]


@pytest.mark.parametrize(("mine", "theirs", "fault"), FAULTS)
def test_each_fault_is_named(mine, theirs, fault):
    found = find_fault(record(**mine), gold(**theirs))
    assert (fault in found) if fault else found == ""


def test_a_province_is_no_hit_for_a_village_but_is_one_for_an_area():
    province = box(36.5, 35.9, 40.0, 39.0)
    assert distance_to(province, 37.0, 36.0, as_point=True) > 100
    assert distance_to(province, 37.0, 36.0, as_point=False) == 0


def test_distance_is_in_kilometres():
    assert distance_to(Point(37.0, 37.0), 37.0, 36.0, as_point=True) == pytest.approx(
        111.2, abs=0.5
    )
    assert distance_to(Point(38.0, 60.0), 37.0, 60.0, as_point=True) == pytest.approx(55.6, abs=0.5)


def test_every_place_of_a_gold_incident_must_be_met():
    second = {"mention": "Y", "shape": "point", "lat": 37.0, "lon": 38.0, "tolerance_km": 5}
    both = gold(places=[*gold()["places"], second])
    assert "'Y'" in find_fault(record(), both)
    assert find_fault(record(geometry=MultiPoint([(37, 36), (38, 37)])), both) == ""


def test_matching_is_one_to_one_and_finds_as_many_as_can_be():
    near = record(incident_id="near", geometry=Point(37.0, 36.0))
    wide = gold(places=[{**gold()["places"][0], "tolerance_km": 500}])
    pairs = match_incidents([near, record(geometry=Point(38.0, 36.0))], [wide, gold()])
    assert pairs == {0: 1, 1: 0}
    assert len(match_incidents([near], [wide, gold()])) == 1


def test_among_equals_the_tolls_decide():
    five = {
        "fatalities": [{"group": "Civilians", "low": 5, "high": 5}],
        "injured": [],
        "evidence": "",
    }
    plain, telling = record(incident_id="a"), record(incident_id="b", claims=[five])
    wanted = gold(fatalities=[{"group": "Civilians", "low": 5, "high": 5}])
    assert match_incidents([plain, telling], [wanted]) == {0: 1}
    assert match_incidents([plain, telling], [gold(), wanted]) == {0: 0, 1: 1}


def test_a_toll_is_right_only_with_group_kind_low_and_high():
    claim = {
        "fatalities": [{"group": "Civilians", "low": 5, "high": None}],
        "injured": [],
        "evidence": "",
    }
    mine = record(claims=[claim])
    cases = [
        ({"fatalities": [{"group": "Civilians", "low": 5}]}, 1),
        ({"fatalities": [{"group": "Civilians", "low": 5, "high": 5}]}, 0),
        ({"fatalities": [{"group": "Protesters", "low": 5}]}, 0),
        ({"injured": [{"group": "Civilians", "low": 5}]}, 0),
    ]
    for changes, count in cases:
        assert len(compare_tolls(mine, gold(**changes))[0]) == count


def test_missed_tolls_and_extras_count():
    wanted = gold(fatalities=[{"group": "Civilians", "low": 5, "high": 5}])
    score = score_report([record(event_type="Riots")], [wanted])
    assert (score.found, score.tolls_right, score.tolls, len(score.extras)) == (0, 0, 1, 1)
    assert not score.passes
    assert "nothing of its type" in score.outcomes[0].why


def test_a_second_claim_counts_only_where_gold_says_so():
    claims = [
        {"fatalities": [{"group": g, "low": n, "high": n}], "injured": [], "evidence": ""}
        for g, n in (("Civilians", 5), ("armed opposition", 9))
    ]
    first = gold(id="g-a", fatalities=[{"group": "Civilians", "low": 5, "high": 5}])
    second = gold(id="g-b", fatalities=[{"group": "armed opposition", "low": 9, "high": 9}])
    noted = second | {"note": "may be kept as a second claim about g-a"}
    assert score_report([record(claims=claims)], [first, second]).found == 1
    assert score_report([record(claims=claims)], [first, noted]).found == 2


def test_the_comparison_names_what_was_gained_and_lost():
    new = summarize(score_report([record()], [gold()]))
    old = new | {"outcomes": {"g": "missed 0/0"}, "extras": ["x", "y"]}
    assert compare(old, new) == ["g: missed 0/0 -> found 0/0", "extras -2"]
    assert compare(new, new) == []
    assert Score().found == 0
