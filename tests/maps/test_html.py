from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import InputError
from maps.html import (
    check_name,
    clean_text,
    clean_value,
    data_block,
    escape_text,
    keep_inside,
    later_block,
    script_block,
    script_json,
    style_block,
)

TEXTS = st.text(st.characters(exclude_categories=()), max_size=80)
NASTY = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "${alert(1)} `${alert(1)}` \\x3c",
    "\u202e\u2066 \u2028\u2029 \x00 \ud800",
    "'\"&quot;&amp;",
    "a\rb\r\nc",
)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.title = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.title = dict(attrs).get("title") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def with_examples(test):  # type: ignore[no-untyped-def]
    for text in NASTY:
        test = example(text)(test)
    return test


@with_examples
@given(TEXTS)
def test_escaped_text_is_the_same_text_to_a_reader_and_opens_no_element(text: str) -> None:
    reader = Reader()
    reader.feed(f'<p title="{escape_text(text)}">{escape_text(text)}</p>')
    reader.close()
    assert reader.tags == ["p"]
    assert reader.text == clean_text(text)
    assert reader.title == clean_text(text)


@with_examples
@given(TEXTS)
def test_json_in_a_script_cannot_end_it(text: str) -> None:
    script = script_json({"text": text})
    assert script.isascii()
    assert not set("<>&") & set(script)
    assert script_block(script) == f"<script>{script}</script>"


@given(TEXTS)
def test_cleaned_text_can_be_written_and_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean_text(cleaned) == cleaned
    assert len(cleaned) == len(text)


def test_every_text_of_a_value_is_cleaned() -> None:
    value = {"a\x00": ["\ud800", {"b": ("c\x00", 1, None, 2.5, True)}]}
    assert clean_value(value) == {"a\ufffd": ["\ufffd", {"b": ["c\ufffd", 1, None, 2.5, True]}]}


@pytest.mark.parametrize("code", ["a</script>", "'</SCRIPT ", "'<script>'", "x<!--y"])
def test_a_script_that_could_end_early_is_refused(code: str) -> None:
    with pytest.raises(InputError, match="escape it"):
        script_block(code)


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("'a</script>b'", "'a<\\/script>b'"),
        ("`</SCRIPT `", "`<\\/SCRIPT `"),
        ("'<script>'", "'<\\script>'"),
        ("'x<!--y'", "'x<\\!--y'"),
        ("a < b", "a < b"),
    ],
)
def test_a_script_for_later_cannot_end_its_element_early(code: str, kept: str) -> None:
    assert keep_inside(code) == kept
    assert script_block(kept)  # which refuses what could end it
    assert later_block("a", code) == f'<script type="text/plain" id="a">{kept}</script>'


@pytest.mark.parametrize("rules", ["a</style>", "</STYLE", "<!--"])
def test_a_style_sheet_that_could_end_early_is_refused(rules: str) -> None:
    with pytest.raises(InputError, match="escape it"):
        style_block(rules)


def test_a_data_block_holds_base64_lines_only() -> None:
    assert data_block("a_b", "QUJD\nRA==").endswith('id="a_b">QUJD\nRA==</script>')
    for text in ("<", "a b", "{{a}}", "ä"):
        with pytest.raises(InputError, match="base64"):
            data_block("a", text)


@pytest.mark.parametrize("name", ["", "1a", "a b", "a;alert(1)", 'a"', "ä"])
def test_a_name_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no plain name"):
        check_name(name)
