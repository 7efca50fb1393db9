from collections.abc import Sequence
from pathlib import Path

import pytest

import maps
from geo.incident import EVENT_TYPES, VIOLENCE_TYPES
from maps.style import SYMBOLS, load_styles, make_marks

TYPES = [*EVENT_TYPES, *VIOLENCE_TYPES]
WHITE_LUMINANCE = 1.05
LEAST_CONTRAST = 2.4


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_event_type_has_a_look_in_the_order_of_precedence() -> None:
    assert list(load_styles().event_types) == TYPES


def test_no_two_event_types_share_a_symbol_or_a_colour() -> None:
    marks = load_styles().event_types.values()
    assert len({mark.symbol for mark in marks}) == len(TYPES)
    assert len({mark.colour for mark in marks}) == len(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_a_mark_stands_out_from_its_white_rim(name: str) -> None:
    contrast = WHITE_LUMINANCE / (luminance(load_styles().event_types[name].colour) + 0.05)
    assert contrast >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        (["Riots", "Battles"], ["Battles", "Riots"]),
        (["b", "a", "Battles", ""], ["Battles", "a", "b", ""]),
    ],
)
def test_marks_come_in_a_fixed_order(given: Sequence[str], expected: list[str]) -> None:
    assert list(make_marks(given)) == expected


def test_the_page_can_draw_every_symbol() -> None:
    drawn = (Path(maps.__file__).parent / "js" / "src" / "symbols.js").read_text(encoding="utf-8")
    assert [name for name in SYMBOLS - {"circle"} if f"\n  {name}: " not in drawn] == []


def test_many_types_of_the_callers_own_all_get_a_mark() -> None:
    assert len(make_marks([f"type {number}" for number in range(40)])) == 40
