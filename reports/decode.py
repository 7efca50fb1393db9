"""Bytes of a file to text: which encoding they are in, and what is no text at all."""

from typing import NamedTuple

from charset_normalizer import from_bytes

# What a file begins with, and what it is then.
MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# English text in cp1252 has a curly quote here and there; in Arabic or Russian nearly every
# letter is such a byte.
MAX_WESTERN_SHARE = 0.1
# Control characters other than white space beyond this share mean that it is no text.
MAX_CONTROL_SHARE = 0.01
DETECTION_BYTES = 200_000


class Decoded(NamedTuple):
    """A text and its encoding; `problem` says why there is no text, or what to know about it."""

    text: str | None
    encoding: str
    problem: str = ""


def decode_text(data: bytes) -> Decoded:
    """The text of a file's bytes: UTF-8, a byte order mark's encoding, or the one detected.

    >>> decode_text("Zürich".encode()).text
    'Zürich'
    >>> decode_text(b"%PDF-1.7").problem
    'is a PDF, no text; save its text as UTF-8 .txt'
    """
    for magic, what in MAGIC:
        if data.startswith(magic):
            return Decoded(None, "", f"is {what}, no text; save its text as UTF-8 .txt")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, is_told=encoding != "utf-8-sig")
    try:
        return _check_text(data.decode(), "utf-8", is_told=False)
    except UnicodeDecodeError:
        return _decode_detected(data)


def _decode_as(data: bytes, encoding: str, *, is_told: bool) -> Decoded:
    """The text in a known encoding."""
    try:
        return _check_text(data.decode(encoding), encoding, is_told=is_told)
    except UnicodeDecodeError:
        return Decoded(None, "", f"begins as {encoding} and is damaged; save it again as UTF-8")


def _decode_detected(data: bytes) -> Decoded:
    """The text in the encoding it is most likely in; English in cp1252 before anything else."""
    western = _decode_western(data)
    if western is not None:
        return _check_text(western, "cp1252", is_told=True)
    best = from_bytes(data[:DETECTION_BYTES]).best()
    if best is None:
        return Decoded(None, "", "is no text in any encoding known; save it as UTF-8")
    return _decode_as(data, best.encoding, is_told=True)


def _decode_western(data: bytes) -> str | None:
    """The text as cp1252 where that is likely, or `None`."""
    high = sum(byte > 0x7F for byte in data)
    if b"\x00" in data or high > MAX_WESTERN_SHARE * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _check_text(text: str, encoding: str, *, is_told: bool) -> Decoded:
    """The text, unless it is full of control characters; what was guessed is told."""
    if not text.isprintable():
        control = sum(ord(letter) < 32 and letter not in "\t\n\r\f\v\x1a" for letter in text)
        if control > MAX_CONTROL_SHARE * len(text):
            if "\x00" in text and encoding == "utf-8":
                return _decode_wide(text.encode())
            return Decoded(None, "", "is binary, no text; save its text as UTF-8 .txt")
    note = f"is no UTF-8; read as {encoding}: save it as UTF-8 if letters look wrong"
    return Decoded(text, encoding, note if is_told else "")


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 without a byte order mark: every other byte of English is zero."""
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = data[offset::2].count(0)
        if len(data) % 2 == 0 and zeros > 0.4 * len(data) and not data[1 - offset :: 2].count(0):
            return _decode_as(data, encoding, is_told=True)
    return Decoded(None, "", "is binary, no text; save its text as UTF-8 .txt")
