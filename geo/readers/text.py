"""Bytes of a table to text, whatever their encoding, and a word about it where it is not UTF-8."""

import codecs

from charset_normalizer import from_bytes

from geo.errors import InputError
from geo.problem import Problem

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

# What spreadsheets save as where it is not UTF-8: Windows' pages and the East Asian encodings. Old
# Mac and DOS pages also fit many bytes, and are wrong nearly always.
_NARROW = [f"cp{page}" for page in range(1250, 1259)] + ["gb18030", "big5", "shift_jis", "euc_kr"]
_WIDE = ["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]

# A UTF-8 file with a few broken bytes is still UTF-8: nothing else has ten well-formed characters
# for each byte sequence that is none.
_VALID_PER_BROKEN = 10

# Enough text to tell encodings apart; more only takes time.
_SAMPLE_BYTES = 200_000


def decode_text(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file's bytes, and a problem that names its encoding where it is not UTF-8.

    Raises `InputError` for an empty file and for bytes that are no text.

    >>> decode_text("Idlib,إدلب".encode("utf-8-sig"), "places.csv")
    ('Idlib,إدلب', [])
    """
    if not data.strip():
        raise InputError(f"{file!r} is empty; give a table with a heading and at least one row")
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        encoding, text = _guess(data, file)
    return text, [] if encoding in {"", "utf-8-sig"} else [_say_encoding(file, encoding)]


def _guess(data: bytes, file: str) -> tuple[str, str]:
    patched = data.decode("utf-8", errors="replace")
    broken = patched.count("\ufffd")
    valid = sum(letter > "\x7f" for letter in patched) - broken
    if "\0" not in patched and broken * _VALID_PER_BROKEN < valid:
        return "utf-8 with broken characters", patched
    choices = _WIDE if b"\0" in data else _NARROW
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=choices).best()
    text = "\0" if best is None else data.decode(best.encoding, errors="replace")
    if best is None or "\0" in text:
        raise InputError(f"{file!r} is no text but a binary file; export it as CSV in UTF-8")
    return best.encoding, text


def _say_encoding(file: str, encoding: str) -> Problem:
    return Problem(
        file, None, "", f"not in UTF-8, read as {encoding}; check the names, and save it as UTF-8"
    )
