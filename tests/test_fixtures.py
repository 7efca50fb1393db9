"""The browser fixture sees what a page must not do."""

import socket
from pathlib import Path

import pytest

_PAGE = """<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-a'">
</head><body><p id="text">مرحبا</p>{body}</body></html>"""


def _open(page, folder: Path, body: str) -> None:
    file = folder / "page.html"
    file.write_text(_PAGE.format(body=body), encoding="utf-8")
    page.goto(file.as_uri())


@pytest.mark.browser
def test_a_quiet_page_leaves_nothing_in_the_log(page, page_log, tmp_path):
    _open(page, tmp_path, "")
    assert page.inner_text("#text") == "مرحبا"
    assert page_log.requests == [(tmp_path / "page.html").as_uri()]
    assert page_log.network_requests == []
    assert [page_log.console_errors, page_log.page_errors, page_log.violations] == [[], [], []]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("<script nonce=a>console.error('oh no')</script>", "console_errors", "oh no"),
        ("<script nonce=a>throw new Error('broken')</script>", "page_errors", "broken"),
        ("<script>window.bad = 1</script>", "violations", "script-src"),
        ("<img src='http://127.0.0.1:9/x.png'>", "violations", "img-src"),
    ],
)
def test_what_a_page_does_is_in_the_log(page, page_log, tmp_path, body, kind, words):
    _open(page, tmp_path, body)
    page.wait_for_timeout(100)
    assert any(words in entry for entry in getattr(page_log, kind)), page_log


def test_tests_may_not_connect_to_the_network():
    with (
        pytest.warns(UserWarning, match="A test tried"),
        pytest.raises(RuntimeError, match="with host"),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
