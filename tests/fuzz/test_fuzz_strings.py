"""Any string as a name, a context or a phrase: answered, in time, the same each time."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.index import Gazetteer
from gazetteer.place import Context, Mention
from tests.fuzz.fuzz_targets import build_small, check_mention, check_name, check_phrase

RUNS = int(os.environ.get("FUZZ_EXAMPLES", "150"))
FUZZED = settings(
    max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_ROWS = yaml.safe_load(Path(__file__).with_name("regressions.yaml").read_text("utf-8"))
REGRESSIONS = [
    pytest.param(
        row["text"] * row.get("repeat", 1),
        id=f"{row['text']!a} x {row.get('repeat', 1)}",
        marks=[pytest.mark.xfail(reason=row["open"], run=False)] if "open" in row else [],
    )
    for row in _ROWS
]
_WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
# Every code point, lone surrogates too: a str can hold them.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
WORDY = st.lists(st.sampled_from(_WORDS) | ANY_TEXT.map(lambda t: t[:6]), max_size=14).map(" ".join)
TEXTS = ANY_TEXT | WORDY
COUNTRIES = st.sampled_from(["", "SY", "sy", "IQ", "XX"]) | ANY_TEXT.map(lambda t: t[:3])
POSITIONS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
CONTEXTS = st.builds(
    Context,
    country=COUNTRIES,
    admin1=TEXTS,
    admin2=TEXTS,
    near=st.lists(POSITIONS, max_size=3).map(tuple),
)
MENTIONS = st.builds(
    Mention,
    text=TEXTS,
    feature=st.sampled_from(["", "village", "airport", "province", "dam"]) | ANY_TEXT,
    variants=st.lists(TEXTS, max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    with Gazetteer(build_small(tmp_path_factory.mktemp("fuzz"))) as opened:
        yield opened


@pytest.mark.parametrize("text", REGRESSIONS)
def test_hard_strings(small: Gazetteer, text: str) -> None:
    check_phrase(small, text, Context())
    check_name(small, text, "")
    check_name(small, "Idlib", text)
    check_mention(small, Mention(text, text, (text,)), Context())
    check_mention(small, Mention("Idlib"), Context(country=text, admin1=text, admin2=text))


@FUZZED
@given(name=TEXTS, country=COUNTRIES)
def test_any_string_is_looked_up(small: Gazetteer, name: str, country: str) -> None:
    check_name(small, name, country)


@FUZZED
@given(mention=MENTIONS, context=CONTEXTS)
def test_any_mention_is_resolved(small: Gazetteer, mention: Mention, context: Context) -> None:
    check_mention(small, mention, context)


@FUZZED
@given(text=TEXTS, context=CONTEXTS)
def test_any_phrase_is_located(small: Gazetteer, text: str, context: Context) -> None:
    check_phrase(small, text, context)
