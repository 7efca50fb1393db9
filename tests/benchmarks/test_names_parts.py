"""The parts of the names benchmark: alike names, degraded names, folds, figures, history, page."""

import doctest
import json
import math
from pathlib import Path

import pytest

from benchmarks import names_alike, names_degraded, names_tables
from benchmarks.names_alike import is_alike, is_equal
from benchmarks.names_answers import TIE, Answer, Runner
from benchmarks.names_ceiling import CAUSES, Around, count_causes, name_cause
from benchmarks.names_centcom import list_doubts
from benchmarks.names_data import Question, group_questions, hash_half
from benchmarks.names_degraded import WAYS, load_rules
from benchmarks.names_history import compare_names_kept, load_kept, save_kept
from benchmarks.names_picture import draw_reliability
from benchmarks.names_scores import calibrate, find_interval, score_answers, score_radius
from benchmarks.names_tables import BEGIN, END, make_page, write_docs


def ask(text: str, lat: float = 36.0, lon: float = 37.0, admin1: str = "Aleppo") -> Question:
    return Question(text, admin1, "SY", lon, lat, 1, text)


def answer(away_km: float, score: float = 0.95, **more: object) -> Answer:
    given = {"place_id": "x:1", "matched": "Sara", "kind": "settlement", "country": "SY"}
    return Answer(ask("Sara village"), **(given | {"away_km": away_km, "score": score} | more))


@pytest.mark.parametrize("module", [names_alike, names_degraded])
def test_examples_in_docstrings(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted > 0
    assert found.failed == 0


ALIKE = [
    ("Shaykh Maskin town", "Sheikh Miskin", True),
    ("Ar Raqqah", "Raqqa city", True),
    ("الرقة", "رقه", True),
    ("Homs", "Hama", False),
    ("Raqqa", "الرقة", False),
    ("village", "town", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), ALIKE)
def test_alike_names(one: str, other: str, *, alike: bool) -> None:
    assert is_alike(one, other) is alike
    assert is_alike(other, one) is alike


def test_equal_is_stricter_than_alike() -> None:
    assert is_equal("Al Bab town", "Bab")
    assert is_alike("Karratin", "Karatina")
    assert not is_equal("Karratin", "Karatina")


NAMES = ["Shaykh Maskin town", "Al Kiswah town", "Maarat al-Numan", "Tall Jarabulus village"]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_changes_names_always_alike_and_leaves_the_kind_of_place(way: str) -> None:
    change = WAYS[way]
    assert [change(name) for name in NAMES] == [change(name) for name in NAMES]
    assert sum(change(name) != name for name in NAMES) >= 2
    for name in NAMES:
        words, kept = change(name).split(), set(load_rules()["kept"])
        assert [w for w in name.split() if w in kept] == [w for w in words if w in kept]
    assert change("village") == "village"


def test_one_typo_is_one_letter_away() -> None:
    for name in NAMES:
        made = WAYS["one typo"](name)
        assert abs(len(made) - len(name)) <= 1
        assert made != name


def test_spellings_of_one_place_share_a_half() -> None:
    asked = [
        ask("Kafr Zayta town", 35.37, 36.60),
        ask("Kafr Zayta village", 35.40, 36.70),
        ask("Kafr Zaita", 35.371, 36.601),
        ask("Sarmin town", 35.37, 36.60),
        ask("Kafr Zayta town", 35.37, 36.60, "Hamah"),
    ]
    grouped = group_questions(asked)
    assert len({q.group for q in grouped[:3]}) == 1
    assert {q.half for q in grouped[:3]} == {hash_half("Kafr Zayta town")}
    assert grouped[3].group != grouped[0].group
    # A namesake of another governorate at the same spot is the same place, coded twice.
    assert grouped[4].group == grouped[0].group


def test_scores_count_misses_among_ten_and_the_sure() -> None:
    near, far = Runner("x:2", "Sara", 3.0, 0.1), Runner("x:3", "Sara", 80.0, 0.1)
    figures = score_answers(
        [
            answer(1.0),
            answer(80.0, runners=(near,)),
            answer(80.0, 0.4, runners=(far,)),
            Answer(ask("Sara"), unresolved=TIE, runners=(far, near)),
        ]
    )
    assert figures["top1"] == 0.25
    assert figures["top10"] == 0.75
    assert figures["unresolved"] == 0.25
    assert (figures["sure_0.9"], figures["wrong_0.9"]) == (2, 0.5)


def test_the_interval_holds_the_share_and_counts_places_not_strings() -> None:
    strings = [answer(1.0)] * 50 + [answer(99.0)] * 50
    assert find_interval(strings, lambda a: a.is_right) == (0.5, 0.5)  # one place, no spread
    places = [
        Answer(ask(str(number)), place_id="x:1", away_km=number % 2 * 99.0) for number in range(100)
    ]
    low, high = find_interval(places, lambda a: a.is_right)
    assert 0.38 < low < 0.45
    assert 0.55 < high < 0.62


def test_calibration_is_the_mean_gap_of_answers_given() -> None:
    given = [answer(1.0, 0.75)] * 3 + [answer(99.0, 0.75)] + [answer(99.0, 0.05)] * 4
    found = calibrate([*given, Answer(ask("Sara"))])
    assert found["n"] == 8
    assert found["error"] == pytest.approx(0.025)
    assert found["bins"][7] == {"n": 4, "score": 0.75, "right": 0.75}
    assert math.isnan(found["bins"][3]["right"])


def test_radius_counts_wrong_answers_too() -> None:
    inside = answer(0.5, off_km=0.5, radius_km=1.0, is_settlement=True)
    beside = answer(4.0, off_km=4.0, radius_km=3.0, is_settlement=True)
    found = score_radius([inside, beside, answer(90.0, off_km=90.0, radius_km=1.0), answer(1.0)])
    assert (found["n"], found["settlements"], found["median_settlement_km"]) == (3, 2, 2.0)
    assert found["within"] == pytest.approx(1 / 3)
    assert found["within_of_right"] == 0.5


HAD = Around(any=True, alike=True, similar=True, equal=True, namesakes=0, elsewhere=0)
CAUSED = [
    (answer(1.0), HAD, ""),
    (answer(99.0, relation="between"), HAD, CAUSES[0]),
    (answer(99.0), HAD._replace(any=False, alike=False, similar=False), CAUSES[1]),
    (answer(99.0), HAD._replace(alike=False, similar=False), CAUSES[2]),
    (answer(99.0), HAD._replace(namesakes=1), CAUSES[3]),
    (answer(99.0, matched="Zara"), HAD._replace(namesakes=1), CAUSES[8]),
    (answer(99.0), HAD._replace(elsewhere=2), CAUSES[4]),
    (Answer(ask("Sara"), unresolved=TIE), HAD._replace(elsewhere=2), CAUSES[4]),
    (answer(7.0), HAD, CAUSES[5]),
    (answer(99.0, kind="airport"), HAD, CAUSES[6]),
    (answer(99.0, runners=(Runner("x:2", "Sara", 1.0, 0.1),)), HAD, CAUSES[7]),
    (answer(99.0), HAD, CAUSES[8]),
]


@pytest.mark.parametrize(("given", "around", "cause"), CAUSED)
def test_each_miss_has_one_cause(given: Answer, around: Around, cause: str) -> None:
    assert name_cause(given, around) == cause


def test_causes_add_up_to_the_misses() -> None:
    answers, around, causes = zip(*CAUSED, strict=True)
    counted = count_causes(answers, around)
    assert sum(counted.values()) == sum(map(bool, causes)) == len(CAUSED) - 1


def test_doubts_about_a_strike_line() -> None:
    assert list_doubts(answer(1.0, method="exact")) == []
    assert list_doubts(Answer(ask("Kisik"))) == ["unresolved"]
    doubts = list_doubts(answer(1.0, 0.5, kind="airport", country="IQ", method="fuzzy"))
    assert len(doubts) == 4


def test_a_later_run_says_what_was_gained_lost_and_moved(tmp_path: Path) -> None:
    old = {"set": {"A | x": ["g:1", 9.0], "B | x": ["g:2", 1.0], "C | x": ["g:3", 40.0]}}
    new = {"set": {"A | x": ["g:4", 0.2], "B | x": ["", None], "C | x": ["g:5", 90.0]}}
    kept = tmp_path / "names.json"
    save_kept({"top1": 1 / 3, "none": math.nan}, old["set"] and old, kept)
    assert load_kept(kept) == {"figures": {"top1": 0.3333, "none": None}, "names": old}
    assert compare_names_kept(old, new) == [
        "set: 1 gained, 1 lost, 1 moved",
        "  gained A | x: g:1, 9.0 km -> g:4, 0.2 km",
        "  lost B | x: g:2, 1.0 km -> unresolved",
        "  moved C | x: g:3, 40.0 km -> g:5, 90.0 km",
    ]
    assert compare_names_kept(new, new) == ["set: 0 gained, 0 lost, 0 moved"]


def test_the_page_keeps_its_words_and_gets_its_tables(tmp_path: Path) -> None:
    page = tmp_path / "names.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    figures = {"listed": score_answers([answer(1.0)])}
    write_docs(make_page(figures), page)
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| country known | 1 | 1.000" in text
    page.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="begin figures"):
        write_docs("x", page)


def test_the_page_in_docs_has_its_marks() -> None:
    text = names_tables.PAGE.read_text("utf-8")
    assert 0 < text.index(BEGIN) < text.index(END)


def test_the_picture_is_small_and_drawn(tmp_path: Path) -> None:
    path = tmp_path / "reliability.png"
    draw_reliability(calibrate([answer(1.0, 0.95), answer(90.0, 0.25)]), path)
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert 5_000 < len(content) < 100_000


def test_kept_results_are_json_a_line_a_name(tmp_path: Path) -> None:
    path = tmp_path / "names.json"
    save_kept({}, {"set": {"A | x": ["g:1", 1.0], "إدلب | SY": ["g:2", 0.0]}}, path)
    lines = path.read_text("utf-8").splitlines()
    assert json.loads("\n".join(lines))["names"]["set"]["إدلب | SY"] == ["g:2", 0.0]
    assert sum(" | " in line for line in lines) == 2
