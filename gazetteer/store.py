"""The gazetteer on this machine: built on first use, rebuilt when its sources change, added to.

Everything lies in one folder: `world.gazetteer`, the index; `sources/`, compact copies of the
files added; `session-*.gazetteer`, indexes with files given for one call. By default the copies
are in the user's data folder and the indexes, which can be built again, in the cache folder.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import platformdirs

from gazetteer.index import Gazetteer
from gazetteer.sections import DamagedFileError
from gazetteer.sources.companions import find_companions
from gazetteer.versions import hash_files, is_geodatabase, make_version, read_checksum
from geo.errors import NotFoundError, OutputError
from geo.whole import check_writable

if TYPE_CHECKING:
    from gazetteer.sources.fetch import Web
    from geo.problem import Problem

Notify = Callable[[str], None]

_APP = "incident-mapper"
_INDEX = "world.gazetteer"
_SOURCE_SUFFIX = ".places"
# Indexes with files of one call are kept for the next call with the same files, so many of them.
_SESSIONS_KEPT = 3


@dataclass(frozen=True)
class AddResult:
    """What came of adding a file: places added, kind of file, rows that were skipped."""

    count: int
    kind: str
    problems: "list[Problem]"


@dataclass(frozen=True)
class DownloadResult:
    """What came of a download: the country's code, and what was added; `None` if nothing is new."""

    code: str
    added: AddResult | None


class _Wanted(NamedTuple):
    """An index to open or build: where it lies, what it must be made of."""

    path: Path
    version: str
    added: list[Path]
    extra: list[Path]


def _say_nothing(message: str) -> None:
    """Tells nobody."""


def open_gazetteer(
    cache_dir: Path | None = None,
    *,
    extra: Sequence[Path] = (),
    progress: bool = False,
    notify: Notify | None = None,
) -> Gazetteer:
    """Returns the gazetteer, open; builds it first where it is missing, outdated or damaged.

    `extra` are files to use beside the installed sources in this call only. `progress` shows a
    bar on stderr while building; `notify` is told why an index is built anew, which rows of
    the extra files were skipped, and with each call which added sources had to be left out
    (without `notify`, that is a Python warning). Raises `InputError` for extra files that cannot
    be used.
    """
    wanted = _find_wanted(cache_dir, [Path(file) for file in extra])
    gazetteer = _open_built(wanted, notify or _say_nothing)
    if gazetteer is None:
        wanted = _build(wanted, cache_dir, progress=progress, notify=notify or _say_nothing)
        gazetteer = Gazetteer(wanted.path)
    for message in _left_out(gazetteer):
        if notify:
            notify(message)
        else:
            warnings.warn(message, stacklevel=2)
    return gazetteer


def _open_built(wanted: _Wanted, notify: Notify) -> Gazetteer | None:
    """The index if it is there and made of what is wanted."""
    try:
        gazetteer = Gazetteer(wanted.path)
    except FileNotFoundError:
        notify("building the gazetteer (once; later calls only open it)")
        return None
    except DamagedFileError as error:
        notify(f"{error}; building the gazetteer anew")
        return None
    if gazetteer.version == wanted.version:
        return gazetteer
    gazetteer.close()
    notify("the gazetteer's sources have changed; building it anew")
    return None


def _left_out(gazetteer: Gazetteer) -> list[str]:
    return list(gazetteer.meta.get("left_out", []))


def build_gazetteer(
    cache_dir: Path | None = None, *, progress: bool = False, notify: Notify = _say_nothing
) -> Path:
    """Builds the index anew from all sources, whatever is there; returns where it lies."""
    wanted = _find_wanted(cache_dir, [])
    wanted = _build(wanted, cache_dir, progress=progress, notify=notify)
    with Gazetteer(wanted.path) as gazetteer:
        for message in _left_out(gazetteer):
            notify(message)
    return wanted.path


def add_source(
    path: Path, *, cache_dir: Path | None = None, country: str = "", key: str = ""
) -> AddResult:
    """Adds a file's places for good, as a compact copy; the next call that opens builds anew.

    `country` (ISO 3166-1 alpha-2) is used for rows that name none. Adding a file again replaces
    its copy, and so does one with the same `key`, which is otherwise made from name and content.
    Raises `InputError` for a file of no kind we know or without a single place.
    """
    # Late: pandas and GDAL are needed to read files of others, not to open the index.
    from gazetteer.sources import kept  # noqa: PLC0415
    from gazetteer.sources.copies import read_source, write_copy  # noqa: PLC0415
    from gazetteer.sources.packed import find_date  # noqa: PLC0415

    path = Path(path)
    source = read_source(path, country)
    facts = source.facts | {"key": key or source.key, "date": find_date(path)}
    source = source._replace(key=key or source.key, facts=facts)
    folder = _make_folder(_sources_folder(cache_dir))
    write_copy(source, folder / f"{source.key}{_SOURCE_SUFFIX}", kept.make_origin(path, country))
    kept.remove_unreadable(folder, source.key, _SOURCE_SUFFIX)
    return AddResult(len(source.columns.places), source.kind, source.problems)


def download_sources(
    codes: Sequence[str],
    base_url: str = "",
    *,
    cache_dir: Path | None = None,
    web: "Web | None" = None,
    notify: Notify = _say_nothing,
) -> Iterator[DownloadResult]:
    """Downloads GeoNames' places of countries (`SY`, or `all`) and adds them; yields each result.

    The network is asked by this call only. `base_url` is that of a mirror in place of GeoNames'
    own site; `web` says how to reach it. What has come stays in the cache, so that a broken
    download goes on and an unchanged file is not fetched again. Raises `DownloadError`, and
    `NotFoundError` for a country that is not there.
    """
    from gazetteer.sources.fetch import Web  # noqa: PLC0415 - late: only this call needs HTTP
    from gazetteer.sources.geonames_site import (  # noqa: PLC0415
        BASE_URL,
        fetch_country,
        list_files,
    )
    from gazetteer.sources.kept import is_readable  # noqa: PLC0415

    for code in codes:
        list_files(code)  # a wrong code is told before anything is fetched
    folder = _make_folder(_cache_folder(cache_dir) / "downloads" / "geonames")
    for code in codes:
        path, changed = fetch_country(code, folder, base_url or BASE_URL, web or Web(), notify)
        key = f"geonames-{code.lower()}"
        is_there = is_readable(_sources_folder(cache_dir) / f"{key}{_SOURCE_SUFFIX}")
        if is_there and not changed:
            yield DownloadResult(code, None)
            continue
        home = "" if code.lower() == "all" else code.upper()
        yield DownloadResult(code, add_source(path, cache_dir=cache_dir, country=home, key=key))


def remove_source(key: str, *, cache_dir: Path | None = None) -> None:
    """Takes an added source away again; `describe` lists their keys."""
    path = _sources_folder(cache_dir) / f"{key}{_SOURCE_SUFFIX}"
    if path not in _find_added(cache_dir):
        raise NotFoundError(f"no source {key!r} was added; `gazetteer info` lists them")
    path.unlink()


def describe(*, cache_dir: Path | None = None) -> dict[str, Any]:
    """Returns what the gazetteer holds and where: file, size, counts, version, its sources.

    Nothing is built. `state` is `ready`, `not built yet`, `outdated` or `damaged`; the sources
    are those of the index where there is one, then those added since. `left_out` says which
    added sources the index could not take in.
    """
    from gazetteer.sources.kept import describe_copy  # noqa: PLC0415 - late, as above

    wanted = _find_wanted(cache_dir, [])
    facts: dict[str, Any] = {"file": str(wanted.path), "state": "not built yet", "sources": []}
    facts["left_out"] = []
    with suppress(FileNotFoundError):
        try:
            with Gazetteer(wanted.path) as gazetteer:
                current = gazetteer.version == wanted.version
                facts |= {
                    "state": "ready" if current else "outdated: built anew at the next call",
                    "size_mb": round(wanted.path.stat().st_size / 1e6, 1),
                    "places": gazetteer.place_count,
                    "names": gazetteer.name_count,
                    "version": gazetteer.version,
                    "sources": gazetteer.sources,
                    "left_out": _left_out(gazetteer),
                }
        except DamagedFileError as error:
            facts["state"] = f"damaged: {error}; built anew at the next call"
    return facts | {"added": [describe_copy(path) for path in wanted.added]}


def _find_wanted(
    cache_dir: Path | None, extra: list[Path], added: list[Path] | None = None
) -> _Wanted:
    folder = _cache_folder(cache_dir)
    added = _find_added(cache_dir) if added is None else added
    contents = [read_checksum(path) for path in added]
    if not extra:
        return _Wanted(folder / _INDEX, make_version(contents), added, [])
    missing = [str(path) for path in extra if not (path.is_file() or is_geodatabase(path))]
    if missing:
        raise NotFoundError(f"there is no gazetteer file {missing[0]!r}; check the path")
    files = [file for path in extra for file in (path, *find_companions(path).paths())]
    keys = [hash_files(path) for path in files]
    version = make_version([*contents, *keys])
    return _Wanted(folder / f"session-{version}.gazetteer", version, added, extra)


def _cache_folder(cache_dir: Path | None) -> Path:
    return cache_dir or Path(platformdirs.user_cache_dir(_APP))


def _find_added(cache_dir: Path | None) -> list[Path]:
    return sorted(_sources_folder(cache_dir).glob(f"*{_SOURCE_SUFFIX}"))


def _sources_folder(cache_dir: Path | None) -> Path:
    return (cache_dir or Path(platformdirs.user_data_dir(_APP))) / "sources"


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror}); give another folder for the gazetteer"
        ) from error
    return folder


def _build(wanted: _Wanted, cache_dir: Path | None, *, progress: bool, notify: Notify) -> _Wanted:
    """Builds the index; returns what it was made of, which mended copies change."""
    from gazetteer.assemble import Inputs, assemble_index  # noqa: PLC0415 - late, as above
    from gazetteer.sources.kept import open_copies  # noqa: PLC0415

    _make_folder(wanted.path.parent)
    check_writable(wanted.path)
    opened = open_copies(wanted.added, notify)
    if opened.mended:
        wanted = _find_wanted(cache_dir, wanted.extra, wanted.added)
    inputs = Inputs(wanted.version, opened.copies, wanted.extra, opened.left_out)
    assemble_index(wanted.path, inputs, progress=progress, notify=notify)
    if wanted.extra:
        _forget_sessions(wanted.path)
    return wanted


def _forget_sessions(latest: Path) -> None:
    """Removes the indexes of earlier calls, but for the last few."""
    found = sorted(latest.parent.glob("session-*.gazetteer"), key=lambda path: path.stat().st_mtime)
    for path in [path for path in found if path != latest][: -_SESSIONS_KEPT + 1 or None]:
        with suppress(OSError):  # another process may have it open, or have removed it
            path.unlink()
