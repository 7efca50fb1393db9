import base64
import hashlib
import re
from pathlib import Path

import pytest

from geo.errors import InputError, OutputError
from maps.save import make_policy, seal_page, write_page

PAGE = (
    "<!DOCTYPE html>\n<html>\n<head>\n<style>p{}</style></head><body>"
    '<script>let a = "</p>";\nlet b = 1 < 2;</script>'
    '<script type="text/plain" id="d">QUJD</script></body></html>'
)


def hash_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy_of(page: str) -> dict[str, str]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return dict(rule.split(" ", 1) for rule in found[1].split("; "))


def test_the_policy_names_the_scripts_and_styles_of_the_page_and_no_others() -> None:
    policy = policy_of(seal_page(PAGE))
    assert policy == {
        "default-src": "'none'",
        "script-src": hash_of('let a = "</p>";\nlet b = 1 < 2;'),
        "style-src": hash_of("p{}"),
        "img-src": "data: blob:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_is_the_first_thing_in_the_head_but_the_charset() -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content='
    assert f'<head>\n<meta charset="utf-8">\n{policy}' in seal_page(PAGE)


def test_scripts_and_styles_that_a_loader_adds_are_admitted() -> None:
    policy = policy_of(seal_page(PAGE, scripts=["let c = 3;"], styles=["q{}"]))
    assert policy["script-src"].split()[1] == hash_of("let c = 3;")
    assert policy["style-src"].split() == [hash_of("p{}"), hash_of("q{}")]


def test_carriage_returns_are_gone_before_hashing() -> None:
    sealed = seal_page(PAGE.replace("\n", "\r\n"))
    assert "\r" not in sealed
    assert policy_of(sealed) == policy_of(seal_page(PAGE))


def test_picture_hosts_are_admitted_for_pictures_only() -> None:
    policy = policy_of(seal_page(PAGE, ["https://tiles.example"]))
    assert policy["img-src"] == "data: blob: https://tiles.example"
    assert [name for name, value in policy.items() if "example" in value] == ["img-src"]


def test_a_page_without_scripts_runs_none() -> None:
    assert "script-src 'none'" in make_policy([], [], [])


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<script src="a.js"></script>',
        '<link rel="stylesheet" href="https://cdn.example/a.css">',
        '<img src="https://cdn.example/a.png">',
        '<iframe src="https://cdn.example/"></iframe>',
    ],
)
def test_a_page_that_would_fetch_something_is_refused_and_says_what(element: str) -> None:
    with pytest.raises(InputError, match="would ask the network for <"):
        seal_page(PAGE.replace("<body>", f"<body>{element}"))


def test_pictures_inside_the_page_are_welcome() -> None:
    assert seal_page(PAGE.replace("<body>", '<body><img src="data:image/png;base64,AA==">'))


def test_a_folder_that_cannot_be_written_is_an_error_and_the_old_file_stays(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_page(["x"], tmp_path / "missing" / "map.html")
    path = tmp_path / "map.html"
    write_page(["o", "ld"], path)
    with pytest.raises(UnicodeEncodeError):
        write_page(["a", "\ud800"], path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]
