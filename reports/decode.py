"""Bytes of a report to text, and a word about them where they are not UTF-8 or no text."""

from geo.decode import Decoded, decode_text


def decode_report(data: bytes) -> tuple[str | None, str]:
    """The text of a report's bytes or `None`, and why, or which encoding was guessed; or empty.

    >>> decode_report("Zürich".encode())
    ('Zürich', '')
    >>> decode_report(b"%PDF-1.7")
    (None, 'is a PDF, no text; save its text as UTF-8 .txt')
    """
    decoded = decode_text(data)
    return decoded.text, "" if decoded.is_plain else _say(decoded)


def _say(decoded: Decoded) -> str:
    if decoded.text is not None:
        return f"is no UTF-8; read as {decoded.encoding}: save it as UTF-8 if letters look wrong"
    if decoded.what:
        return f"is {decoded.what}, no text; save its text as UTF-8 .txt"
    if decoded.encoding:
        return f"begins as {decoded.encoding} and is damaged; save it again as UTF-8"
    return "is no text in any encoding known; save it as UTF-8"
