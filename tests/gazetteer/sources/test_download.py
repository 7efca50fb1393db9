"""Downloads from a server laid out as GeoNames': whole, resumed, unchanged, broken in every way."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from geonames_server import DUMP, Site, make_site, pack, serve

from gazetteer.sections import open_sections
from gazetteer.sources.copies import load_copy
from gazetteer.sources.fetch import DownloadError, Web, fetch_file
from gazetteer.store import describe, download_sources
from geo.errors import InputError, NotFoundError, OutputError

DUMP_PATH = "downloads/geonames/SY.zip"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(waits: list[float]) -> Web:
    return Web(timeout_s=5, wait=waits.append)


def download(site: Site, folder: Path, web: Web, code: str = "SY", told: list[str] | None = None):
    notify = (told if told is not None else []).append
    (result,) = download_sources([code], site.url, cache_dir=folder, web=web, notify=notify)
    return result


def statuses(site: Site, path: str = "/SY.zip") -> list[int]:
    return [status for asked, _, status in site.asked if asked == path]


def read_names(folder: Path) -> dict[str, dict[str, tuple[str, str]]]:
    columns = load_copy(open_sections(folder / "sources" / "geonames-sy.places"))
    found = {}
    for place in columns.places:
        rows = columns.names[place["names_start"] :][: place["names_count"]]
        found[columns.texts[place["name"]]] = {
            columns.texts[row["text"]]: (columns.labels[row["lang"]], columns.labels[row["kind"]])
            for row in rows
        }
    return found


def test_a_country_is_fetched_with_its_names_and_added(
    site: Site, tmp_path: Path, web: Web
) -> None:
    result = download(site, tmp_path, web)
    assert result.added is not None
    assert (result.added.count, result.added.problems) == (3, [])
    assert read_names(tmp_path) == {
        "Idlib": {"Idlib": ("", "main"), "إدلب": ("ar", "preferred")},
        "Kuweires Air Base": {
            "Kuweires Air Base": ("", "main"),
            "Kuweires": ("", "alternate"),
        },
        "Aleppo": {
            "Aleppo": ("en", "main"),
            "Beroea": ("", "historic"),
            "Alep": ("fr", "historic"),
            "The White City": ("en", "colloquial"),
            "ALP.": ("", "short"),
        },
    }
    (source,) = describe(cache_dir=tmp_path)["added"]
    assert (source["key"], source["licence"]) == ("geonames-sy", "CC BY 4.0")
    columns = load_copy(open_sections(tmp_path / "sources" / "geonames-sy.places"))
    assert [columns.texts[n] for n in columns.places["admin1"]] == [
        "Idlib Governorate",
        "Aleppo Governorate",
        "Aleppo Governorate",
    ]
    admin2 = [columns.texts[number] for number in columns.places["admin2"]]
    assert admin2 == ["", "Jabal Sam'an", "Jabal Sam'an"]


@pytest.mark.parametrize("etags", [True, False])
def test_a_second_call_asks_only_whether_it_changed(
    site: Site, tmp_path: Path, web: Web, *, etags: bool
) -> None:
    site.etags = etags
    download(site, tmp_path, web)
    copy = (tmp_path / "sources" / "geonames-sy.places").stat().st_mtime_ns
    assert download(site, tmp_path, web).added is None
    assert statuses(site) == [200, 304]
    assert (tmp_path / "sources" / "geonames-sy.places").stat().st_mtime_ns == copy


def test_a_changed_file_is_fetched_and_replaces_its_copy(
    site: Site, tmp_path: Path, web: Web
) -> None:
    download(site, tmp_path, web)
    site.files["/SY.zip"] = pack("SY.txt", DUMP.split("\n")[0] + "\n")
    result = download(site, tmp_path, web)
    assert result.added is not None
    assert result.added.count == 1
    assert [added["key"] for added in describe(cache_dir=tmp_path)["added"]] == ["geonames-sy"]


def test_a_broken_download_goes_on_where_it_stopped(
    site: Site, tmp_path: Path, web: Web, waits: list[float]
) -> None:
    site.cut["/SY.zip"] = [200, 100]
    result = download(site, tmp_path, web)
    assert result.added is not None
    assert result.added.count == 3
    asked = [(asked, status) for path, asked, status in site.asked if path == "/SY.zip"]
    assert asked == [("", 200), ("bytes=200-", 206), ("bytes=300-", 206)]
    assert waits == [1, 2]
    assert (tmp_path / DUMP_PATH).read_bytes() == site.files["/SY.zip"]


def test_a_later_call_goes_on_with_what_has_come(site: Site, tmp_path: Path, web: Web) -> None:
    site.cut["/SY.zip"] = [50, 50, 50, 50, 50]
    with pytest.raises(DownloadError, match="gave up after 5 tries, call again to go on"):
        download(site, tmp_path, web)
    assert not (tmp_path / DUMP_PATH).exists()
    assert (tmp_path / f"{DUMP_PATH}.part").stat().st_size == 250
    assert download(site, tmp_path, web).added is not None
    assert ("/SY.zip", "bytes=250-", 206) in site.asked


def test_a_file_that_changed_between_the_parts_begins_anew(
    site: Site, tmp_path: Path, web: Web
) -> None:
    site.cut["/SY.zip"] = [60] * 5
    with pytest.raises(DownloadError):
        download(site, tmp_path, web)
    site.files["/SY.zip"] = pack("SY.txt", DUMP.split("\n")[2] + "\n")
    site.asked.clear()
    download(site, tmp_path, web)
    assert statuses(site) == [200]
    assert (tmp_path / DUMP_PATH).read_bytes() == site.files["/SY.zip"]


def test_parts_of_two_versions_are_not_put_together(site: Site, tmp_path: Path, web: Web) -> None:
    site.lie_about_ranges = True
    site.cut["/SY.zip"] = [300]
    changed = pack("SY.txt", DUMP.replace("Idlib", "Edlib"))

    def swap(_seconds: float) -> None:
        site.files["/SY.zip"] = changed

    result = download(site, tmp_path, web._replace(wait=swap))
    assert result.added is not None
    assert statuses(site) == [200, 206, 200]
    assert (tmp_path / DUMP_PATH).read_bytes() == changed


def test_what_came_before_stays_when_the_new_one_is_damaged(
    site: Site, tmp_path: Path, web: Web
) -> None:
    download(site, tmp_path, web)
    good = (tmp_path / DUMP_PATH).read_bytes()
    damaged = bytearray(good)
    damaged[len(good) // 2] ^= 0xFF
    site.files["/SY.zip"] = bytes(damaged)
    with pytest.raises(DownloadError, match="damaged zip"):
        download(site, tmp_path, web)
    assert (tmp_path / DUMP_PATH).read_bytes() == good
    assert sorted(path.name for path in (tmp_path / DUMP_PATH).parent.glob("SY.zip*")) == [
        "SY.zip",
        "SY.zip.json",
    ]


@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        ("/SY.zip", b"<!DOCTYPE html><title>Log in</title>", "a web page came in place of SY.zip"),
        ("/SY.zip", b"", "damaged zip"),
        ("/SY.zip", make_site()["/SY.zip"][:-30], "damaged zip"),
        ("/SY.zip", pack("SY.txt", "a\tb\tc\n"), "has 3 columns where 15 are expected"),
        ("/SY.zip", pack("notes.doc", "a\tb\tc\n"), "no .txt table"),
        ("/alternatenames/SY.zip", pack("SY.txt", "<html>\n"), "has 1 columns where 4"),
        ("/admin1CodesASCII.txt", b"<html>Sorry</html>", "a web page came in place of admin1"),
    ],
)
def test_what_is_not_the_file_is_refused(
    site: Site, tmp_path: Path, web: Web, path: str, content: bytes, words: str
) -> None:
    site.files[path] = content
    with pytest.raises(DownloadError, match=words):
        download(site, tmp_path, web)
    assert not (tmp_path / "sources").exists()


def test_a_country_that_is_not_there_says_so(site: Site, tmp_path: Path, web: Web) -> None:
    with pytest.raises(NotFoundError, match="check the code 'XX'"):
        download(site, tmp_path, web, "XX")
    with pytest.raises(InputError, match="'Syria' is no country"):
        download(site, tmp_path, web, "Syria")


def test_tables_of_names_that_are_missing_are_told_of(site: Site, tmp_path: Path, web: Web) -> None:
    del site.files["/alternatenames/SY.zip"]
    told: list[str] = []
    result = download(site, tmp_path, web, told=told)
    assert result.added is not None
    assert [message.rpartition("; ")[2] for message in told] == ["going on without it"]
    assert set(read_names(tmp_path)["Idlib"]) == {"Idlib", "Idleb", "إدلب"}


def test_a_server_in_trouble_is_asked_again(
    site: Site, tmp_path: Path, web: Web, waits: list[float]
) -> None:
    site.failures = [500, 503, 429]
    assert download(site, tmp_path, web).added is not None
    assert waits == [1, 2, 4]
    site.failures = [500] * 5
    with pytest.raises(DownloadError, match="HTTP 500; gave up after 5"):
        download(site, tmp_path, web)
    site.failures = [403]
    with pytest.raises(DownloadError, match="HTTP 403; check the address"):
        download(site, tmp_path, web)


def test_a_server_that_says_nothing_is_given_up(site: Site, tmp_path: Path, web: Web) -> None:
    site.slow = threading.Event()
    with pytest.raises(DownloadError, match="gave up after 5"):
        download(site, tmp_path, web._replace(timeout_s=0.1))


def test_nobody_at_the_address(tmp_path: Path, web: Web, site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site.url = f"http://127.0.0.1:{port}"
    with pytest.raises(DownloadError, match="refused") as caught:
        download(site, tmp_path, web)
    assert "object at 0x" not in str(caught.value)
    site.url = "ftp://127.0.0.1"
    with pytest.raises(InputError, match="no web address"):
        download(site, tmp_path, web)


def test_the_whole_world_has_files_of_its_own(site: Site, tmp_path: Path, web: Web) -> None:
    site.files["/allCountries.zip"] = pack("allCountries.txt", DUMP)
    names = "1\t169389\tar\tإدلب\t1\t\t\t\t\t\n"
    site.files["/alternateNamesV2.zip"] = pack("alternateNamesV2.txt", names)
    result = download(site, tmp_path, web, "all")
    assert result.added is not None
    assert result.added.count == 3
    assert [added["key"] for added in describe(cache_dir=tmp_path)["added"]] == ["geonames-all"]


def test_a_file_that_cannot_be_written_says_so(site: Site, tmp_path: Path, web: Web) -> None:
    (tmp_path / "SY.zip").mkdir()
    with pytest.raises(OutputError, match="could not be written"):
        fetch_file(f"{site.url}/SY.zip", tmp_path / "SY.zip", lambda _: None, web)


def test_the_command_downloads_from_a_mirror(site: Site, tmp_path: Path, run) -> None:
    env = {"INCIDENT_MAPPER_CACHE": str(tmp_path), "no_proxy": "*"}
    done = run("gazetteer", "download", "SY", "--base-url", site.url, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == "SY: 3 places added (GeoNames)\n"
    assert b"SY.zip" in done.stderr  # the progress bar
    again = run("gazetteer", "download", "Syria", "--base-url", site.url, env=env)
    assert again.stdout.decode() == "SY: nothing new\n"
    info = run("gazetteer", "info", env=env).stdout.decode()
    assert "geonames-sy: GeoNames, 3 places (SY.zip" in info
    assert "licence: CC BY 4.0" in info
    site.files.clear()
    gone = run("gazetteer", "download", "IQ", "--base-url", site.url, env=env)
    assert gone.returncode == 1
    assert gone.stderr.decode().count("\n") == 1
    assert "the server has no such file (HTTP 404)" in gone.stderr.decode()
