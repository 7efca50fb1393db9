"""Bytes of a table to text, and a word about its encoding where it is not UTF-8."""

from geo.decode import Decoded, decode_text
from geo.errors import InputError
from geo.problem import Problem

_SEPARATORS = ",;\t|"


def decode_table(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a table's bytes, and a problem that names its encoding where it is not UTF-8.

    Raises `InputError` for an empty file and for bytes that are no text.

    >>> decode_table("Idlib,إدلب".encode("utf-8-sig"), "places.csv")
    ('Idlib,إدلب', [])
    """
    decoded = decode_text(data)
    if decoded.text is None:
        raise InputError(_say_no_text(file, decoded))
    if not decoded.text.strip():
        raise InputError(f"{file!r} is empty; give a table with a heading and at least one row")
    return decoded.text, [] if decoded.is_plain else [_say_encoding(file, decoded.encoding)]


def find_separator(text: str) -> str:
    """The separator of a table: what stands in its heading most often, outside quotes.

    >>> find_separator('"Town, village";Date;Dead')
    ';'
    """
    heading = next(iter(text.lstrip().splitlines()), "")
    outside = "".join(heading.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _say_no_text(file: str, decoded: Decoded) -> str:
    what = f"damaged {decoded.encoding}" if decoded.encoding else decoded.what
    known = f" ({what})" if what not in {"", "binary"} else ""
    return f"{file!r} is no text but a binary file{known}; export it as CSV in UTF-8"


def _say_encoding(file: str, encoding: str) -> Problem:
    return Problem(
        file, None, "", f"not in UTF-8, read as {encoding}; check the names, and save it as UTF-8"
    )
