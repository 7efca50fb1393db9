"""Bytes to text: every encoding that files come in, and every kind of file that is no text."""

import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.decode import decode_text

CURLY = "Ma\u2019arrat al-Nu\u2018man was \u201cdestroyed\u201d \u2013 he said. Caf\u00e9 hit."
ENGLISH = "Two people were killed in Idlib on Saturday."
ARABIC = "قتل شخصان في معرة النعمان يوم السبت وفق المرصد السوري لحقوق الإنسان وأصيب خمسة آخرون."
RUSSIAN = "Два человека убиты в Идлибе в субботу, пятеро ранены, сообщили местные жители."
CHINESE = "周六，伊德利卜有两人丧生，五人受伤。\n当地居民说 3 枚炮弹落在市场上。"
FRENCH = "Deux civils ont été tués près de Béchir ; le marché de Forêt a été détruit."
POLISH = "Mieszkańcy mówią, że żołnierze ostrzelali wieś; zginęło pięć osób, sześć jest rannych."
HEADING = "event_id,date,type,sub_type,place,latitude,longitude,notes\n"
ROW = "7,2020-01-16,Explosions,Shelling,{},35.1,36.2,Shells hit a market and five people died.\n"
NAMES = ("سراقب", "معرة النعمان", "عين عيسى", "كفر نبل", "جسر الشغور", "خان شيخون", "أريحا")
# Seven places in Arabic, and nine tenths of the bytes in English.
MIXED = HEADING + "".join(map(ROW.format, NAMES))


@pytest.mark.parametrize("module", ["geo.decode", "geo.readers.text"])
def test_examples(module):
    result = doctest.testmod(importlib.import_module(module))
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", CURLY),
        ("utf-8-sig", CURLY),
        ("utf-8", ARABIC),
        ("utf-8", "سوريا"),
        ("utf-8", ""),
        ("cp1252", CURLY),
        ("cp1252", FRENCH),
        ("cp1252", HEADING + ROW.format("Béchir")),
        ("cp1252", "£5 – £6 – £7"),
        ("cp1250", POLISH),
        ("cp1251", RUSSIAN),
        ("cp1256", ARABIC),
        ("cp1256", MIXED),
        ("koi8_r", RUSSIAN * 3),
        ("gb18030", CHINESE),
        *(("utf-16", text) for text in (CURLY, ARABIC, CHINESE)),
        *(("utf-32", text) for text in (CURLY, ARABIC)),
        *(
            (f"utf-{width}-{order}", text)
            for width in (16, 32)
            for order in ("le", "be")
            for text in (ENGLISH, CURLY, ARABIC, RUSSIAN, CHINESE, MIXED, "id,place\n1,إدلب\n")
        ),
    ],
)
def test_every_encoding_is_found(encoding, text):
    decoded = decode_text(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.is_plain == encoding.startswith("utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Δύο άνθρωποι σκοτώθηκαν", "cp1253", "windows-1253"),
        ("שני הרוגים", "cp1255", "Windows-1255"),
        ("Обстрел Алеппо", "koi8-r", "KOI8-R"),
        ("Şırnak'ta iki kişi öldü", "iso8859-9", "iso-8859-9"),
    ],
)
def test_what_a_page_says_of_itself_is_believed(text, encoding, name):
    page = f'<html><head><meta charset="{name}"></head><p>{text}</p>'
    decoded = decode_text(page.encode(encoding))
    assert (decoded.text, decoded.encoding) == (page, encoding)


@pytest.mark.parametrize("name", ["utf-8", "iso-8859-1", "gb-none", "unicode_escape"])
def test_what_a_page_says_wrongly_is_not(name):
    page = f'<html><head><meta charset="{name}"></head><p>{ARABIC}</p>'
    assert decode_text(page.encode("cp1256")) == (page, "cp1256", "")


@pytest.mark.parametrize(
    ("before", "after", "encoding"),
    [
        (ARABIC.encode(), ARABIC.encode(), "utf-8"),
        (CURLY.encode(), ENGLISH.encode(), "utf-8"),
        (CURLY.encode("utf-8-sig"), CURLY.encode(), "utf-8"),
    ],
)
def test_a_broken_byte_does_not_turn_utf_8_into_something_else(before, after, encoding):
    decoded = decode_text(before + b"\xd8 " + after)
    assert decoded.text == before.decode("utf-8-sig") + "\ufffd " + after.decode()
    assert decoded.encoding == f"{encoding} with broken characters"
    assert not decoded.is_plain


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_cut_within_a_letter_is_read(encoding):
    decoded = decode_text((ENGLISH * 3).encode(encoding)[:-1])
    assert decoded.text == (ENGLISH * 3)[:-1] + "\ufffd"
    assert decoded.encoding == f"{encoding} with broken characters"


@pytest.mark.parametrize("strays", ["\0", "\x01", "\x1b"])
def test_a_stray_control_character_does_not_make_a_text_binary(strays):
    assert decode_text((ENGLISH + strays).encode()) == (ENGLISH + strays, "utf-8", "")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive or an office document"),
        (b"PAR1\x15\x04\x15", "a Parquet table"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"\0" * 100, "binary"),
        (bytes((7 * n * n + n) % 256 for n in range(4000)), "binary"),
        (b"\xff\xfe" + b"\x01\0\x02\0" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_named(data, what):
    assert decode_text(data) == (None, "", what)


@pytest.mark.parametrize("text", ["PAR1,PAR2\n1,2\n", "Rar!,b\n1,2\n"])
def test_a_heading_that_looks_like_magic_is_text(text):
    assert decode_text(text.encode()).text == text


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xff\xfe" + b"\x00\xdc" * 9])
def test_bytes_that_are_not_what_their_mark_says_are_damaged(data):
    assert decode_text(data) == (None, "utf-16", "")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data):
    decoded = decode_text(data)
    assert (decoded.text is not None) <= bool(decoded.encoding)
    assert (decoded.text is not None) <= (not decoded.what)


@given(st.text(max_size=200))
def test_utf8_is_read_back_letter_for_letter(text):
    data = ("word " + text).encode("utf-8", "replace")
    decoded = decode_text(data)
    assert decoded.text is None or decoded.text.encode() == data
