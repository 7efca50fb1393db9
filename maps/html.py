"""Text to HTML: the only place where text from outside becomes part of a page's markup."""

import html
import json
import re
from typing import Any

from geo.errors import InputError

# What no page can hold: NUL, which HTML replaces, and halves of surrogate pairs, which UTF-8
# cannot write. Each becomes U+FFFD, as browsers show it.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_BASE64_LINES = re.compile(r"[A-Za-z0-9+/=\n]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Either ends a script early or puts the parser into another state (HTML standard, 4.12.1.3).
_ENDS_SCRIPT = re.compile(r"</script|<script|<!--", re.IGNORECASE)
_ENDS_STYLE = re.compile(r"</style|<!--", re.IGNORECASE)


def clean_text(text: str) -> str:
    r"""The text with what no page can hold replaced by U+FFFD.

    >>> clean_text("a\x00b\ud800")
    'a�b�'
    """
    return _UNWRITABLE.sub("\ufffd", text)


def clean_value(value: Any) -> Any:
    """A JSON value with every text in it cleaned, keys too."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_value(key): clean_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_value(inner) for inner in value]
    return value


def escape_text(text: str) -> str:
    r"""The text as HTML, for element content and for quoted attributes; line breaks are kept.

    >>> escape_text('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    # A bare CR would become LF while the page is read; written as a reference it stays.
    return html.escape(clean_text(text), quote=True).replace("\r", "&#13;")


def script_block(code: str) -> str:
    """A script element of our own code; code that could end the element early is refused."""
    if _ENDS_SCRIPT.search(code):
        raise InputError("a script of the page holds '</script', '<script' or '<!--'; escape it")
    return f"<script>{code}</script>"


def style_block(rules: str) -> str:
    """A style element of our own rules; rules that could end the element early are refused."""
    if _ENDS_STYLE.search(rules):
        raise InputError("a style sheet of the page holds '</style' or '<!--'; escape it")
    return f"<style>{rules}</style>"


def later_block(name: str, code: str) -> str:
    r"""A script element that is not run as it stands; the page's loader runs its text.

    folium's elements write their text into strings of a script as it is. What could end the element
    early is written with a backslash, which means the same inside a string.

    >>> later_block("a", "x = '</script>'")
    '<script type="text/plain" id="a">x = \'<\\/script>\'</script>'
    """
    return f'<script type="text/plain" id="{check_name(name)}">{keep_inside(code)}</script>'


def keep_inside(code: str) -> str:
    """The script with nothing in it that could end its element early."""
    return _ENDS_SCRIPT.sub(lambda found: f"<\\{found[0][1:]}", code)


def script_json(value: Any) -> str:
    r"""A JSON value as it may stand in a script, whatever text it holds.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(clean_value(value))  # ASCII only, so U+2028 is harmless too
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def data_block(name: str, text: str) -> str:
    """A script element that is not run and holds base64 lines under an id."""
    if not _BASE64_LINES.fullmatch(text):
        raise InputError(f"the data block {name!r} holds more than base64 lines")
    return f'<script type="text/plain" id="{check_name(name)}">{text}</script>'


def check_name(name: str) -> str:
    """The name, if it can be an id in HTML and a variable's name in a script as it is."""
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no plain name; use letters, digits and _ only")
    return name
