"""Bytes of any file to text: which encoding they are in, and what is no text at all."""

import codecs
import re
import unicodedata
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes

# What a file begins with, and what it is then.
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1\x15", "a Parquet table"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# What files that are not Unicode are really saved in: Windows' pages, the East Asian encodings and
# the older Russian one. Old Mac and DOS pages also fit many bytes, and are wrong nearly always.
_NARROW = [f"cp{page}" for page in (*range(1250, 1259), 874)]
_NARROW += ["koi8_r", "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp"]
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")

# Control characters other than white space beyond this share, and more than one, are no text.
_MAX_CONTROL_SHARE = 0.01
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1a")

# UTF-16 that is also good UTF-8 has for nearly each letter a byte below 32: the upper half.
_MIN_UPPER_SHARE = 0.4
_UPPER_HALVES = bytes(range(32))
# Read as UTF-16, text has spaces and line ends in any script, and hardly a character that Unicode
# does not know; of 170 binary files (programs, fonts, time zones, git objects) none was like that.
_MIN_ASCII_SHARE = 0.02
_MAX_UNKNOWN_SHARE = 0.01
_UNKNOWN = frozenset({"Cc", "Cn", "Co", "Cs"})

# So many good characters for each byte sequence that is none, and it is the encoding. Place names
# in 14 other encodings, read as UTF-8, had at most 1.4 (a few lines of Thai).
_VALID_PER_BROKEN = 3

# A byte over 0x7F mostly stands alone in a Western word, and beside another one in other scripts:
# of all, 0.5 or less stood beside another in tables of French, German, Portuguese and Spanish
# names (half of them under 0.01), 0.5 or more in Arabic, Cyrillic and East Asian ones.
_MAX_CROWDED_SHARE = 0.4
# In cp1252: Icelandic letters, which are Turkish ones in cp1254, and signs within a word, which
# are Polish letters in cp1250.
_MAX_UNWESTERN_SHARE = 0.1
_UNWESTERN = re.compile(
    rb"[\xd0\xdd\xde\xf0\xfd\xfe]|(?<=[A-Za-z])"
    rb"[\x80-\x84\x86-\x8b\x95\x98\x99\x9b\xa1-\xac\xae-\xb6\xb8-\xbf](?=[A-Za-z])"
)

# The words of a text tell its encoding, the English and the numbers around them hide it: in a
# table of events with one Arabic column, few bytes are Arabic. A sample of them is enough.
_FOREIGN_WORD = re.compile(rb"[@-~]{0,20}[\x80-\xff][@-\xff]*")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_SAMPLE_WORDS = 20_000
_SAMPLE_BYTES = 200_000
# How a web page or an XML file says it itself, in the bytes where browsers look for it. ISO 8859-1
# is what templates say of anything, so it says nothing.
_DECLARATION = re.compile(
    rb"(?:charset|encoding)=[\"']?((?:windows-|iso-8859-(?!1\b)|koi8-|gb|big5|shift_jis|euc-)[\w-]*)",
    re.IGNORECASE,
)
_HEAD_BYTES = 1024


class Decoded(NamedTuple):
    """A text and its encoding, which says so where characters were broken.

    Where there is no text: `what` says what the bytes are, if that is known; `encoding` what they
    begin as, if they are damaged; both are empty for bytes that fit no encoding.
    """

    text: str | None
    encoding: str = ""
    what: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the text is whole and in UTF-8, so that nothing need be said of it."""
        return self.encoding in {"utf-8", "utf-8-sig"}


_BINARY = Decoded(None, what="binary")


def decode_text(data: bytes) -> Decoded:
    """The text of a file's bytes: its mark's encoding, UTF-8, or the one it is most likely in.

    A few broken characters become U+FFFD. UTF-16 needs no mark; cp1252, in which English, French
    and Spanish are saved, comes before the other encodings that are not Unicode.

    >>> decode_text("Idlib,إدلب".encode("utf-8-sig")).text
    'Idlib,إدلب'
    >>> decode_text("Forêt près de Béchir".encode("cp1252")).encoding
    'cp1252'
    >>> decode_text(b"%PDF-1.7").what
    'a PDF'
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Decoded(None, what=what)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _check_text(_decode_as(data, encoding, is_sure=True))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_foreign(data)
    if not _is_binary(data):
        return Decoded(text, "utf-8")
    is_wide = _count(data, _UPPER_HALVES) > _MIN_UPPER_SHARE * len(data)
    return _decode_wide(data) if is_wide else _BINARY


def _decode_foreign(data: bytes) -> Decoded:
    """The text of bytes that are not UTF-8, or nearly."""
    is_binary = _is_binary(data)
    if not is_binary:
        patched = _decode_as(data, "utf-8")
        if patched.text is not None:
            return patched
    if is_binary or b"\0" in data:
        return _decode_wide(data)
    encoding = _guess_narrow(data)
    return _decode_as(data, encoding) if encoding else Decoded(None)


def _decode_wide(data: bytes) -> Decoded:
    """The text of UTF-16 or UTF-32 without a mark."""
    encoding = _guess_wide(data[:_SAMPLE_BYTES])
    return _check_text(_decode_as(data, encoding, is_sure=True)) if encoding else _BINARY


def _decode_as(data: bytes, encoding: str, *, is_sure: bool = False) -> Decoded:
    """The text in one encoding, or none with more than a few broken characters.

    ASCII is good in any encoding and so speaks for none, unless the encoding `is_sure`.
    """
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    ascii_letters = 0 if is_sure else _count(data, bytes(range(128)))
    if broken * _VALID_PER_BROKEN > len(text) - ascii_letters - broken:
        return Decoded(None, encoding)
    return Decoded(text, f"{encoding.removesuffix('-sig')} with broken characters")


def _guess_wide(sample: bytes) -> str | None:
    """Which UTF-16 or UTF-32 the bytes are in."""
    for encoding in _WIDE:
        text = sample.decode(encoding, errors="replace")
        unknown = sum(map(_is_unknown, text))
        spoken = sum(letter.isascii() for letter in text)
        if unknown <= _MAX_UNKNOWN_SHARE * len(text) and spoken > _MIN_ASCII_SHARE * len(text):
            return encoding
    return None


def _is_unknown(letter: str) -> bool:
    if letter.isspace():
        return False
    return letter == "\ufffd" or unicodedata.category(letter) in _UNKNOWN


def _guess_narrow(data: bytes) -> str | None:
    """Which encoding that is not Unicode the bytes say or seem to be in; cp1252 before others."""
    declared = _lookup_declared(data[:_HEAD_BYTES])
    if declared:
        return declared
    found = islice(_FOREIGN_WORD.finditer(data), _SAMPLE_WORDS)
    words = b"\n".join(match.group() for match in found)
    if _is_western(words):
        return "cp1252"
    for sample in (words[:_SAMPLE_BYTES], data[:_SAMPLE_BYTES]):
        best = from_bytes(sample, cp_isolation=_NARROW).best()
        if best is not None:
            return best.encoding
    return None


def _lookup_declared(head: bytes) -> str | None:
    """Which encoding a web page says that it is in, if it is one of those known here."""
    found = _DECLARATION.search(head)
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else None
    except LookupError:
        return None


def _is_western(words: bytes) -> bool:
    """Whether words are likely English, French or Spanish in cp1252."""
    runs = [len(run) for run in _HIGH_BYTES.findall(words)]
    crowded = sum(length for length in runs if length > 1)
    unwestern = len(_UNWESTERN.findall(words))
    if crowded > _MAX_CROWDED_SHARE * sum(runs) or unwestern > _MAX_UNWESTERN_SHARE * sum(runs):
        return False
    try:
        words.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _check_text(decoded: Decoded) -> Decoded:
    """The text, unless it is full of control characters."""
    return _BINARY if _is_binary((decoded.text or "").encode()) else decoded


def _is_binary(data: bytes) -> bool:
    return _count(data, _CONTROLS) > max(1, _MAX_CONTROL_SHARE * len(data))


def _count(data: bytes, of: bytes) -> int:
    return len(data) - len(data.translate(None, of))
