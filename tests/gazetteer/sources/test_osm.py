"""OpenStreetMap in each form it comes in: the same places with the same names."""

import csv
from importlib.resources import files
from pathlib import Path

import osmium
import pytest
import shapely
from collected import collect

from gazetteer.sources.osm import find_feature_code, gather_names
from geo.errors import InputError

SAMPLES = Path(__file__).parent / "samples" / "osm"
ALEPPO = [
    ("Aleppo", "en", "main"),
    ("حلب", "", "alternate"),
    ("Halab", "", "alternate"),
    ("Haleb", "", "alternate"),
]


@pytest.fixture(scope="module")
def pbf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extract as Geofabrik would give it."""
    path = tmp_path_factory.mktemp("osm") / "syria.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for entity in osmium.FileProcessor(str(SAMPLES / "extract.osm")):
            writer.add(entity)
    return path


@pytest.mark.parametrize("form", ["extract.osm", "syria.osm.pbf"])
def test_an_extract_gives_named_places_only(form: str, pbf: Path) -> None:
    path = pbf if form == pbf.name else SAMPLES / form
    found = collect(path, "SY")
    assert found.kind == "OpenStreetMap"
    assert {number: place.feature_code for number, place in found.places.items()} == {
        "osm:n1": "PPLA",
        "osm:n6": "PSTB",
        "osm:w11": "DAM",
        "osm:w10": "AIRB",
        "osm:r20": "ADM2",
    }
    assert found.problems == []
    assert found.names("osm:n1") == [
        *ALEPPO,
        ("حەلەب", "ku", "alternate"),
        ("Beroea", "", "historic"),
    ]
    assert found.places["osm:n1"].population == 2_098_210
    assert found.names("osm:w10") == [('Jirah "North" Air Base', "en", "main")]
    assert found.names("osm:w11")[0] == ("Furat Dam", "", "main")
    assert {place.country for place in found.places.values()} == {"SY"}
    assert set(found.areas) == {"osm:w10", "osm:r20"}
    assert shapely.from_wkb(found.areas["osm:r20"]).bounds == (37.9, 36.1, 37.96, 36.14)


def test_overpass_json_gives_the_same(tmp_path: Path) -> None:
    found = collect(SAMPLES / "overpass.json", "SY")
    assert list(found.places) == ["osm:n1", "osm:w10", "osm:r20"]
    assert found.names("osm:n1")[:4] == ALEPPO
    assert (found.places["osm:w10"].lat, found.places["osm:w10"].lon) == (36.12, 37.93)
    assert shapely.from_wkb(found.areas["osm:r20"]).bounds == (37.9, 36.1, 37.96, 36.14)
    nowhere, odd = found.problems
    assert nowhere == "overpass.json, row 5: geometry 'Nowhere' has no geometry"
    assert odd.endswith("is no node, way or relation; give what Overpass answers with [out:json]")
    whole = (SAMPLES / "overpass.json").read_text("utf-8")
    (tmp_path / "cut.json").write_text(whole[: whole.index('"id": 14')], "utf-8")
    with pytest.raises(InputError, match="cut short or damaged"):
        collect(tmp_path / "cut.json")


def test_overpass_json_is_read_in_pieces(tmp_path: Path) -> None:
    element = '{"type":"node","id":%d,"lat":36,"lon":37,"tags":{"place":"hamlet","name":"Tal %d"}}'
    rows = ",\n".join(element % (n, n) for n in range(30_000))  # 2.4 MB, the piece is 1 MB
    (tmp_path / "many.json").write_text('{"elements": [' + rows + "]}", "utf-8")
    assert len(collect(tmp_path / "many.json").places) == 30_000


@pytest.mark.parametrize("form", ["turbo.geojson", "nested.geojson"])
def test_geojson_of_overpass_gives_the_same(form: str) -> None:
    found = collect(SAMPLES / form, "SY")
    assert found.kind == "OpenStreetMap"
    assert found.names("osm:n1") == [*ALEPPO, ("Beroea", "", "historic")]
    assert found.places["osm:n1"].feature_code == "PPLA"
    assert "osm:n7" not in found.places
    assert set(found.areas) == ({"osm:r20"} if form == "turbo.geojson" else set())


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"place": "city"}, "PPL"),
        ({"place": "city", "capital": "yes"}, "PPLC"),
        ({"place": "village", "abandoned": "yes"}, "PPLQ"),
        ({"aeroway": "aerodrome"}, "AIRP"),
        ({"aeroway": "aerodrome", "landuse": "military"}, "MILB"),
        ({"military": "no", "place": "hamlet"}, "PPL"),
        ({"military": "bunker"}, "INSM"),
        ({"boundary": "administrative", "admin_level": "4"}, "ADM1"),
        ({"boundary": "administrative"}, ""),
        ({"boundary": "protected_area", "admin_level": "4"}, ""),
        ({"amenity": "place_of_worship", "religion": "muslim"}, "MSQE"),
        ({"amenity": "school", "religion": "muslim"}, "SCH"),
        ({"highway": "residential"}, ""),
        ({"waterway": "river"}, ""),
        ({"disused:aeroway": "aerodrome"}, ""),
        ({"amenity": "hospital"}, "HSP"),
        ({"natural": "peak"}, "PK"),
        ({"power": "plant"}, "PS"),
    ],
)
def test_feature_codes(tags: dict[str, str], code: str) -> None:
    assert find_feature_code(tags) == code


def test_an_object_with_codes_alone_has_no_name() -> None:
    assert gather_names({"iata": "ALP", "name": "--"}) == ()
    assert [name.text for name in gather_names({"iata": "ALP", "name:ar": "حلب"})] == ["حلب"]


def test_every_line_of_the_features_can_be_met() -> None:
    text = files("gazetteer").joinpath("data", "osm_features.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert len(rows) > 80
    for row in rows:
        tags = {row["key"]: "anything" if row["value"] == "*" else row["value"]}
        if row["also"]:
            key, value = row["also"].split("=")
            tags[key] = value
        assert find_feature_code(tags) == row["feature_code"], row
        assert row["feature_code"].isalnum(), row


def test_an_export_without_ids_says_so(tmp_path: Path) -> None:
    text = (SAMPLES / "turbo.geojson").read_text("utf-8").replace('"node/1"', '"here"')
    (tmp_path / "odd.geojson").write_text(text, "utf-8")
    found = collect(tmp_path / "odd.geojson")
    assert list(found.places) == ["osm:r20"]
    assert "has no id of OpenStreetMap; export it with its id" in found.problems[0]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_an_extract_cut_short_is_refused(tmp_path: Path, pbf: Path, part: float) -> None:
    for source in (pbf, SAMPLES / "extract.osm"):
        content = source.read_bytes()
        cut = tmp_path / source.name
        cut.write_bytes(content[: int(part * len(content))])
        with pytest.raises(InputError, match="cut short or damaged"):
            collect(cut)


def test_an_extract_with_a_wrong_bit_is_refused(tmp_path: Path, pbf: Path) -> None:
    content = bytearray(pbf.read_bytes())
    content[len(content) // 2] ^= 4
    (tmp_path / "flipped.osm.pbf").write_bytes(bytes(content))
    with pytest.raises(InputError, match="cut short or damaged at byte"):
        collect(tmp_path / "flipped.osm.pbf")
