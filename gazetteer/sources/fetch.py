"""A file from the web to a file on disk: resumed after a break, asked for again only if changed.

What has come so far lies beside the file as `.part`; the file itself appears when all of it has
come and was checked. `.json` keeps the server's ETag and date, so that the next call can ask for
what is newer.
"""

import os
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import urllib3
from tqdm import tqdm
from urllib3.exceptions import HTTPError

from geo.errors import InputError, MapperError, NotFoundError, OutputError
from geo.whole import check_writable, write_whole

_TRIES = 5
# Waits of 1, 2, 4 and 8 seconds between the tries, or as long as the server asks, up to this.
_LONGEST_WAIT_S = 60.0
_PIECE = 2**16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_GONE = frozenset({404, 410})


class DownloadError(MapperError, ConnectionError):
    """A file could not be fetched: the server, the way there, or what it sent."""


class _BrokenError(Exception):
    """A try that failed and may go better the next time; says how long the server asks to wait."""

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class Web(NamedTuple):
    """How to reach a server: time limit, proxies by scheme, waiting, and whether to show a bar."""

    timeout_s: float = 30.0
    proxies: Mapping[str, str] = {}
    wait: Callable[[float], None] = time.sleep
    show: bool = False


def fetch_file(url: str, path: Path, check: Callable[[Path], None], web: Web) -> bool:
    """Brings a file up to date with its URL; returns whether a new one has come.

    `check` raises `InputError` for a file that is not what was asked for; it is not kept then.
    Raises `NotFoundError` where the server has no such file, `DownloadError` for all else that
    goes wrong there, `OutputError` where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    check_writable(path)
    message = ""
    for attempt in range(_TRIES):
        try:
            return _try_once(url, path, check, web)
        except _BrokenError as error:
            message = str(error)
            if attempt < _TRIES - 1:
                web.wait(min(max(2.0**attempt, error.wait_s), _LONGEST_WAIT_S))
    raise DownloadError(f"{url}: {message}; gave up after {_TRIES} tries, call again to go on")


def _try_once(url: str, path: Path, check: Callable[[Path], None], web: Web) -> bool:
    part = _beside(path, ".part")
    headers = _make_headers(url, path, part)
    try:
        with _open_pool(url, web) as pool:
            response = pool.request(
                "GET",
                url,
                headers=headers,
                preload_content=False,
                timeout=urllib3.Timeout(connect=web.timeout_s, read=web.timeout_s),
                retries=urllib3.Retry(0, redirect=3, raise_on_redirect=True),
            )
            try:
                if response.status == 304:
                    return False
                begin = _check_answer(url, response, part)
                _save(url, response, part, begin, web)
            finally:
                response.close()
    except HTTPError as error:
        raise _BrokenError(_describe(error)) from error
    _accept(url, path, part, check, resumed=begin > 0)
    return True


def _open_pool(url: str, web: Web) -> Any:
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{url!r} is no web address; give one with https://")
    proxy = web.proxies.get(url.partition(":")[0])
    try:
        return urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
    except HTTPError as error:
        raise DownloadError(f"proxy {proxy!r} cannot be used: {error}") from error


def _make_headers(url: str, path: Path, part: Path) -> dict[str, str]:
    """What to ask for: the rest of a part, else the file if it is newer than ours."""
    headers = {"User-Agent": "incident-mapper", "Accept-Encoding": "identity"}
    begun, held = _load_facts(part, url), _load_facts(path, url)
    validator = begun.get("etag", "") or begun.get("last_modified", "")
    if validator and not validator.startswith("W/") and part.is_file() and part.stat().st_size:
        return headers | {"Range": f"bytes={part.stat().st_size}-", "If-Range": validator}
    part.unlink(missing_ok=True)
    if path.is_file() and held.get("etag"):
        return headers | {"If-None-Match": held["etag"]}
    if path.is_file() and held.get("last_modified"):
        return headers | {"If-Modified-Since": held["last_modified"]}
    return headers


def _check_answer(url: str, response: Any, part: Path) -> int:
    """Returns the byte at which the answer begins; raises for one that is no file."""
    if response.status in _GONE:
        raise NotFoundError(f"{url}: the server has no such file (HTTP {response.status})")
    if response.status == 206:
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if match and part.is_file() and int(match[1]) == part.stat().st_size:
            return int(match[1])
    if response.status in {206, 416}:  # not the rest of what we have: begin again
        part.unlink(missing_ok=True)
        raise _BrokenError("the server sent another part than was asked for")
    if response.status == 429 or response.status >= 500:
        wait = response.headers.get("Retry-After", "")
        raise _BrokenError(
            f"the server answers HTTP {response.status}", float(wait) if wait.isdigit() else 0.0
        )
    if response.status != 200:
        raise DownloadError(f"{url}: the server answers HTTP {response.status}; check the address")
    return 0


def _save(url: str, response: Any, part: Path, begin: int, web: Web) -> None:
    """Writes the body behind the part, or in its place; a cut leaves what has come."""
    length = response.headers.get("Content-Length", "")
    total = begin + int(length) if length.isdigit() else None
    facts = {
        "url": url,
        "etag": response.headers.get("ETag", ""),
        "last_modified": response.headers.get("Last-Modified", ""),
    }
    bar = tqdm(
        total=total, initial=begin, unit="B", unit_scale=True, desc=part.stem, disable=not web.show
    )
    try:
        if not begin:
            _write_facts(part, facts)
        with part.open("ab" if begin else "wb") as out, bar:
            while piece := response.read1(_PIECE):
                out.write(piece)
                bar.update(len(piece))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        if isinstance(error, HTTPError):
            raise
        raise OutputError(f"{part} could not be written: {error.strerror or error}") from error
    if total is not None and part.stat().st_size != total:
        raise _BrokenError(f"{part.stat().st_size:,} of {total:,} bytes came")


def _accept(
    url: str, path: Path, part: Path, check: Callable[[Path], None], *, resumed: bool
) -> None:
    """Puts a whole part in the file's place; one that is not good is thrown away."""
    try:
        check(part)
    except InputError as error:
        part.unlink()
        _beside(part, ".json").unlink(missing_ok=True)
        if resumed:  # the parts may be of two versions: once more from the beginning
            raise _BrokenError(f"the parts do not fit together ({error})") from error
        raise DownloadError(f"{url}: what came is not usable: {error}") from error
    facts = _load_facts(part, url)
    _write_facts(path, facts)
    part.replace(path)
    _beside(part, ".json").unlink(missing_ok=True)
    changed = _parse_date(facts.get("last_modified", ""))
    if changed:
        os.utime(path, (changed, changed))


def _parse_date(text: str) -> float:
    try:
        return parsedate_to_datetime(text).timestamp() if text else 0.0
    except (ValueError, OverflowError, OSError):
        return 0.0


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _load_facts(path: Path, url: str) -> dict[str, str]:
    """What the server said of a file; nothing where the file came from elsewhere."""
    try:
        facts = orjson.loads(_beside(path, ".json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    if not isinstance(facts, dict) or facts.get("url") != url:
        return {}
    return {str(key): str(value) for key, value in facts.items()}


def _write_facts(path: Path, facts: dict[str, str]) -> None:
    with write_whole(_beside(path, ".json")) as file:
        file.write(orjson.dumps(facts))


def _describe(error: HTTPError) -> str:
    """An error of the HTTP library without its names of objects."""
    reason = getattr(error, "reason", None)
    text = str(reason if isinstance(reason, Exception) else error)
    return re.sub(r"<[^>]*>|\b\w+\(host=[^)]*\)", "", text).strip(": ") or type(error).__name__
