"""Corrections: which of them fits, and what they do to an answer."""

import pytest
from correction_samples import line, read_rows
from listed import build_listed

from gazetteer.correcting import choose_report, find_reports
from gazetteer.locate import locate_each, locate_phrase, locate_phrases, location_record
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from geo.errors import InputError

SYRIA = Context(country="SY")


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


def _locate(gazetteer, cell, rows, context=SYRIA):
    corrections = read_rows(gazetteer, *rows)
    assert corrections.problems == ()
    return locate_phrase(gazetteer, parse_phrase(cell), context, corrections=corrections)


def test_a_place_id_outranks_the_program_and_says_so(gazetteer):
    located = _locate(gazetteer, "Saraqib", [line("Saraqib", "SY", place_id="im:samka-idlib")])
    record = location_record(located)
    assert (record["place_id"], record["match_method"]) == ("im:samka-idlib", "correction")
    assert record["match_score"] == 1
    before = location_record(locate_phrase(gazetteer, parse_phrase("Saraqib"), SYRIA))
    said = f"Saraqib ({before['place_id']}), score {before['match_score']:.2f}"
    words = "corrected by desk on 2020-02-01: the photo shows it; the program had said "
    assert record["match_reasons"] == [words + said]
    assert record["alternatives"][0]["place_id"] == before["place_id"]
    assert "named 'Saraqib'" in record["alternatives"][0]["why"]


def test_a_tie_is_decided(gazetteer):
    record = location_record(
        _locate(gazetteer, "Samka", [line("Samka", place_id="im:samka-tartus")])
    )
    assert record["place_id"] == "im:samka-tartus"
    assert "the program had said nothing (two places fit" in record["match_reasons"][0]
    ids = [entry["place_id"] for entry in record["alternatives"]]
    assert ids[0] == "im:samka-idlib"
    assert "im:samka-tartus" not in ids


def test_the_same_answer_is_confirmed(gazetteer):
    located = _locate(gazetteer, "Idlib", [line("Idlib", place_id="geonames:169389")])
    record = location_record(located)
    assert "the program had said the same" in record["match_reasons"][0]
    assert "geonames:169389" not in [entry["place_id"] for entry in record["alternatives"]]


POSITIONS = [
    ("", "", "settlement", 5.0, "Point"),
    ("0.3", "exact", "exact", 0.3, "Point"),
    ("12", "", "subdistrict", 15.0, "Polygon"),  # an area is drawn as wide as its level, or wider
    ("18", "subdistrict", "subdistrict", 18.0, "Polygon"),
    ("", "district", "district", 30.0, "Polygon"),
]


@pytest.mark.parametrize(("km", "level", "precision", "radius_km", "shape"), POSITIONS)
def test_a_position(gazetteer, km, level, precision, radius_km, shape):
    row = line("Saraqib", lon="36.9", lat="35.7", km=km, level=level)
    record = location_record(_locate(gazetteer, "Saraqib", [row]))
    assert (record["precision"], record["geometry"].geom_type) == (precision, shape)
    assert record["radius_km"] == pytest.approx(radius_km, rel=0.01)
    assert record["geometry"].centroid.x == pytest.approx(36.9, abs=0.01)
    assert (record["country"], record["admin1"]) == ("SY", "Idlib")
    assert record["place_id"].startswith("correction:")


def test_a_name_that_is_no_place(gazetteer):
    record = location_record(_locate(gazetteer, "Saraqib", [line("Saraqib", place_id="none")]))
    assert record["geometry"] is None
    assert record["match_method"] == "correction"
    assert record["place_id"] == ""
    (reason,) = record["match_reasons"]
    assert reason.startswith("unresolved: left without a place by desk on 2020-02-01: the photo")
    assert record["alternatives"][0]["name"] == "Saraqib"


def test_relations_are_drawn_round_the_corrected_place(gazetteer):
    row = line("Saraqib", place_id="geonames:169577")  # Homs
    located = _locate(gazetteer, "12 km north of Saraqib", [row])
    assert located.location.relation == "offset"
    assert located.location.geometry.centroid.y == pytest.approx(34.727 + 12 / 111, abs=0.02)
    held = _locate(gazetteer, "Samka in Saraqib", [row])
    assert held.phrase.containers


def test_a_phrase_as_it_stands(gazetteer):
    cell = "between Saraqib and Idlib"
    rows = [line(cell, lon="36.7", lat="35.9"), line("Saraqib", place_id="geonames:169577")]
    located = _locate(gazetteer, cell, rows)
    record = location_record(located)
    assert record["place_text"] == record["place_name"] == cell
    assert record["geometry"].geom_type == "Point"
    assert "as a whole, but Saraqib; Idlib" in record["match_reasons"][0]
    assert [entry["name"] for entry in record["alternatives"]][:1] == ["Saraqib"]


def test_a_heading_with_a_name_of_its_own(gazetteer):
    rows = [line("Eastern Saraqib", place_id="geonames:169577")]
    assert _locate(gazetteer, "Eastern Saraqib", rows).resolutions[0].place.name == "Homs"


NAMES = [
    ("Abou ed-Douhour", "Abu Duhur", True),
    ("abu al-duhur", "Abu Duhur", True),
    ("Abu Duhul", "Abu Duhur", False),  # only like it
    ("Abu Duhur village", "Abu Duhur", True),
    ("Abu Duhur airport", "Abu Duhur", False),  # the airport is another place
    ("Abu Duhur airport", "Abu Duhur airport", True),
    ("airport of Abu Duhur", "Abu Duhur airport", True),
    ("Abu Duhur province", "Abu Duhur", False),
    ("countryside of Abu Duhur", "Abu Duhur", True),
]


@pytest.mark.parametrize(("cell", "name", "fits"), NAMES)
def test_names_are_compared_by_rule(gazetteer, cell, name, fits):
    record = location_record(_locate(gazetteer, cell, [line(name, place_id="geonames:169577")]))
    assert (record["match_method"] == "correction") == fits


CONTEXTS = [
    ({}, "SY", "Idlib", True),
    ({"country": "SY"}, "SY", "", True),
    ({"country": "Syria"}, "SY", "", True),
    ({"country": "SY"}, "TR", "", False),
    ({"country": "SY"}, "", "", False),
    ({"country": "SY"}, "", "Idlib", True),  # the area says the country
    ({"admin1": "Idleb Governorate"}, "SY", "Idlib", True),
    ({"admin1": "إدلب"}, "SY", "Idlib", True),
    ({"admin1": "Idlib"}, "SY", "Tartus", False),
    ({"admin1": "Idlib"}, "SY", "", False),
    ({"report": "r1"}, "SY", "", False),
]


@pytest.mark.parametrize(("row", "country", "admin1", "fits"), CONTEXTS)
def test_context_must_fit(gazetteer, row, country, admin1, fits):
    corrections = read_rows(gazetteer, line("Saraqib", **row, place_id="geonames:169577"))
    assert corrections.problems == ()
    context = Context(country=country, admin1=admin1)
    located = locate_phrase(
        gazetteer,
        parse_phrase("Saraqib"),
        context,
        corrections=choose_report(corrections, ""),
    )
    assert (location_record(located)["match_method"] == "correction") == fits


def test_the_text_gives_the_context_too(gazetteer):
    rows = [line("Samka", admin1="Tartus", place_id="geonames:169577")]
    corrections = read_rows(gazetteer, *rows)
    phrases = [
        parse_phrase(cell) for cell in ("Samka in Tartus province", "Samka in Idlib province")
    ]
    found = [locate_phrase(gazetteer, p, SYRIA, corrections=corrections) for p in phrases]
    assert [f.resolutions[0].place.place_id for f in found] == ["geonames:169577", "im:samka-idlib"]


def test_the_narrowest_context_counts(gazetteer):
    rows = [
        line("Saraqib", place_id="geonames:169577"),
        line("Saraqib", "SY", place_id="geonames:170017"),
        line("Saraqib", "SY", "Idlib", place_id="geonames:170654"),
        line("Saraqib", report="r1", place_id="geonames:170063"),
    ]
    corrections = read_rows(gazetteer, *rows)
    assert find_reports(corrections) == {"r1"}
    contexts = [Context(), SYRIA, Context("SY", "Idlib"), Context("SY", "Idlib")]
    found = [
        locate_phrase(
            gazetteer,
            parse_phrase("Saraqib"),
            context,
            corrections=choose_report(corrections, report),
        )
        .resolutions[0]
        .place.name
        for context, report in zip(contexts, ["", "", "", "r1"], strict=True)
    ]
    assert found == ["Homs", "Hama", "Damascus", "Aleppo"]


def test_two_that_disagree_are_an_error_naming_both(gazetteer):
    rows = [
        line("Abu Duhur", "SY", place_id="geonames:169577"),
        line("Samka", "SY", place_id="none"),
        line("Abou ed-Douhour", "SY", place_id="geonames:170017"),
    ]
    with pytest.raises(InputError, match=r"c\.csv, rows 2 and 4: both correct 'Abou ed-Douhour'"):
        read_rows(gazetteer, *rows)
    again = [rows[0], line("Abu Duhur", "SY", place_id="geonames:169577")]
    assert read_rows(gazetteer, *again).problems == ()


def test_phrases_of_a_report_and_many_at_once(gazetteer):
    corrections = read_rows(gazetteer, line("Samka", place_id="im:samka-tartus"))
    phrases = [parse_phrase(cell) for cell in ("Samka", "Abu-Djreif", "Maar Shamarin")]
    together = locate_phrases(gazetteer, phrases, SYRIA, corrections=corrections)
    assert together[0].resolutions[0].place.place_id == "im:samka-tartus"
    assert "Samka (im:samka-idlib), score" in together[0].resolutions[0].reasons[0].text
    one_by_one = [locate_phrase(gazetteer, p, SYRIA, corrections=corrections) for p in phrases]
    assert locate_each(gazetteer, phrases, [SYRIA] * 3, corrections=corrections) == one_by_one
