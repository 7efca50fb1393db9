"""GeoNames' dumps with what lies beside them: alternate names, admin names, deletions."""

import re
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from collected import collect

from gazetteer.place import PlaceName
from gazetteer.sources.alternates import load_codes, open_alternates
from gazetteer.sources.cells import MOST_PROBLEMS
from gazetteer.sources.geonames import read_geonames
from geo.errors import InputError
from geo.problem import Problem  # noqa: TC001 - at run time in other tests too

SITE = Path(__file__).parent / "samples" / "site"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder laid out as the download site, to be changed."""
    return Path(shutil.copytree(SITE, tmp_path / "site"))


def test_what_lies_beside_a_dump_is_used(site: Path) -> None:
    found = collect(site / "SY.txt")
    assert found.problems == []
    assert list(found.places) == ["geonames:169389", "geonames:170794", "geonames:170063"]
    aleppo = found.places["geonames:170063"]
    assert (aleppo.admin1, aleppo.admin2) == ("Aleppo Governorate", "Jabal Sam'an")
    assert found.names("geonames:170063") == [
        ("Aleppo", "en", "main"),
        ("Beroea", "", "historic"),
        ("Alep", "fr", "historic"),
        ("The White City", "en", "colloquial"),
        ("ALP.", "", "short"),
    ]
    (base,) = [one for one in _read(site / "SY.txt") if one.place.place_id == "geonames:170794"]
    assert list(base.others) == ["Kuweires"]


def test_a_place_without_alternate_names_keeps_those_of_the_dump(site: Path) -> None:
    path = site / "alternatenames" / "SY.txt"
    kept = [line for line in path.read_text("utf-8").splitlines() if "\t169389\t" not in line]
    path.write_text("\n".join(kept), "utf-8")
    (listed,) = [one for one in _read(site / "SY.txt") if one.place.place_id == "geonames:169389"]
    assert list(listed.others) == ["Idlib", "Idleb", "إدلب"]


def _read(path: Path):
    return [one for one in read_geonames(path) if hasattr(one, "place")]


@pytest.mark.parametrize("name", ["alternateNamesV2.txt", "alternateNamesV2.zip"])
def test_the_table_of_the_world_is_used_where_the_country_has_none(site: Path, name: str) -> None:
    table = site / "alternatenames" / "SY.txt"
    if name.endswith(".zip"):
        with zipfile.ZipFile(site / name, "w") as packed:
            packed.writestr("iso-languagecodes.txt", "ISO 639-3\tISO 639-2\n" * 10_000)
            packed.write(table, "alternateNamesV2.txt")
    else:
        shutil.copy(table, site / name)
    shutil.rmtree(table.parent)
    assert ("Beroea", "", "historic") in collect(site / "SY.txt").names("geonames:170063")


def test_what_was_deleted_since_is_left_out(site: Path) -> None:
    (site / "deletes-2026-11-20.txt").write_text("170794\tKuweires Air Base\tdouble\n", "utf-8")
    (site / "alternateNamesDeletes-2026-11-20.txt").write_text("4\t170063\tBeroea\told\n", "utf-8")
    found = collect(site / "SY.txt")
    assert list(found.places) == ["geonames:169389", "geonames:170063"]
    assert "Beroea" not in [name for name, _, _ in found.names("geonames:170063")]


def test_rows_that_are_no_alternate_names_are_counted(site: Path) -> None:
    path = site / "alternatenames" / "SY.txt"
    with path.open("a", encoding="utf-8") as out:
        out.write(
            "12\tnobody\ten\tLost\t\t\t\t\t\t\n13\t170063\n14\t170063\ten\tHalap\t\t\t\t\t\t\n"
        )
    found = collect(site / "SY.txt")
    assert ("Halap", "en", "alternate") in found.names("geonames:170063")
    assert len(found.problems) == 2
    assert found.problems[1] == "SY.txt: 2 rows are no alternate names and were left out"


def test_names_are_kept_in_order_across_ranges_of_ids(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    ids = chance.integers(1, 20_000_000, 3_000)
    rows = [f"{row}\t{number}\ten\tname {row}\t\t\t\t\t\t" for row, number in enumerate(ids, 1)]
    rows += [f"{len(rows) + 1}\t{ids[0]}\tar\tاسم\t1\t\t\t\t\t"]
    (tmp_path / "names.txt").write_text("\n".join(rows), "utf-8")
    problems: list[Problem] = []
    with open_alternates(tmp_path / "names.txt", problems) as names:
        assert names.find_names(int(ids[0])) == [
            PlaceName("name 1", "en"),
            PlaceName("اسم", "ar", "preferred"),
        ]
        for row, number in list(enumerate(ids.tolist(), 1))[1:]:
            assert f"name {row}" in [name.text for name in names.find_names(number)]
        assert names.find_names(20_000_001) == []
    wanted = np.unique(ids[:10]).astype(np.uint32)
    with open_alternates(tmp_path / "names.txt", problems, wanted=wanted) as names:
        assert names.find_names(int(ids[5]))
        assert len(names.ids) == len(wanted)
    assert problems == []


def test_an_empty_table_of_names_is_no_harm(site: Path) -> None:
    (site / "alternatenames" / "SY.txt").write_text("", "utf-8")
    assert len(collect(site / "SY.txt").places) == 3


def test_alternate_names_alone_say_where_to_put_them() -> None:
    with pytest.raises(InputError, match="put it beside the dump"):
        collect(SITE / "alternatenames" / "SY.txt")


@pytest.mark.parametrize(
    ("code", "stays"),
    [("PPLH", False), ("ADM1H", False), ("PPLCH", False), ("PPLW", True), ("PPLQ", True)],
)
def test_history_goes_and_destroyed_places_stay(tmp_path: Path, code: str, *, stays: bool) -> None:
    line = (SITE / "SY.txt").read_text("utf-8").splitlines()[0].replace("PPLA", code)
    (tmp_path / "SY.txt").write_text(line, "utf-8")
    assert len(collect(tmp_path / "SY.txt").places) == stays


def test_a_broken_table_tells_so_many_problems_and_counts_the_rest(tmp_path: Path) -> None:
    good = (SITE / "SY.txt").read_text("utf-8").splitlines()[0]
    bad = good.replace("35.93062", "north")
    (tmp_path / "SY.txt").write_text("\n".join([good] + [bad] * (MOST_PROBLEMS + 5)), "utf-8")
    found = collect(tmp_path / "SY.txt")
    assert len(found.places) == 1
    assert len(found.problems) == MOST_PROBLEMS + 1
    assert found.problems[-1] == "SY.txt: 5 more rows could not be used"


def test_a_zip_damaged_inside_says_so(site: Path) -> None:
    with zipfile.ZipFile(site / "SY.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("SY.txt", (site / "SY.txt").read_text("utf-8") * 50)
    content = bytearray((site / "SY.zip").read_bytes())
    content[200] ^= 0xFF
    (site / "SY.zip").write_bytes(bytes(content))
    with pytest.raises(InputError, match="damaged zip"):
        collect(site / "SY.zip")


def test_every_code_says_what_becomes_of_it() -> None:
    kinds = {"", "short", "historic", "alternate"}
    assert {kind for _, kind in load_codes().values()} <= kinds
    assert {"link", "wkdt", "post", "iata", "icao", "unlc"} <= load_codes().keys()
    assert all(re.fullmatch(r"[a-z]{2}|", lang) for lang, _ in load_codes().values())


@pytest.mark.parametrize("country", ["SY", "IQ", "TR", "LB", "JO", "IL", "PS"])
def test_real_dump_is_read_whole(shared_dir: Path, country: str) -> None:
    path = shared_dir / "data" / "geonames" / f"{country}_P_rebuilt.txt"
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    left_out = sum(line[7] in {"PPLH", "PPLCH"} for line in lines)
    found = collect(path)
    assert found.problems == []
    assert len(found.places) == len(lines) - left_out
