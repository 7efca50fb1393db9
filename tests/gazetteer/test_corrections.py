"""Corrections: the file, which of them fits, and what they do to an answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed import build_listed

from gazetteer.add_correction import append_correction
from gazetteer.correcting import choose_report, find_reports, make_corrections
from gazetteer.corrections import (
    COLUMNS,
    Correction,
    parse_corrections,
    read_corrections,
)
from gazetteer.locate import locate_each, locate_phrase, locate_phrases, location_record
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from geo.errors import InputError, NotFoundError
from geo.measure import Position
from geo.precision import Precision

HEADING = ",".join(COLUMNS) + "\n"
SYRIA = Context(country="SY")
WHO = "desk,2020-02-01,the photo shows it"


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


def _row(name, country="", admin1="", report="", place_id="", lon="", lat="", km="", level=""):
    cells = [name, country, admin1, report, place_id, lon, lat, km, level]
    return ",".join([*cells, WHO]) + "\n"


def _make(gazetteer, *rows):
    return make_corrections(gazetteer, parse_corrections(HEADING + "".join(rows), "c.csv"))


def _locate(gazetteer, cell, rows, context=SYRIA):
    corrections = _make(gazetteer, *rows)
    assert corrections.problems == ()
    return locate_phrase(gazetteer, parse_phrase(cell), context, corrections=corrections)


def test_a_place_id_outranks_the_program_and_says_so(gazetteer):
    located = _locate(gazetteer, "Saraqib", [_row("Saraqib", "SY", place_id="im:samka-idlib")])
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
        _locate(gazetteer, "Samka", [_row("Samka", place_id="im:samka-tartus")])
    )
    assert record["place_id"] == "im:samka-tartus"
    assert "the program had said nothing (two places fit" in record["match_reasons"][0]
    ids = [entry["place_id"] for entry in record["alternatives"]]
    assert ids[0] == "im:samka-idlib"
    assert "im:samka-tartus" not in ids


def test_the_same_answer_is_confirmed(gazetteer):
    located = _locate(gazetteer, "Idlib", [_row("Idlib", place_id="geonames:169389")])
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
    row = _row("Saraqib", lon="36.9", lat="35.7", km=km, level=level)
    record = location_record(_locate(gazetteer, "Saraqib", [row]))
    assert (record["precision"], record["geometry"].geom_type) == (precision, shape)
    assert record["radius_km"] == pytest.approx(radius_km, rel=0.01)
    assert record["geometry"].centroid.x == pytest.approx(36.9, abs=0.01)
    assert (record["country"], record["admin1"]) == ("SY", "Idlib")
    assert record["place_id"].startswith("correction:")


def test_a_name_that_is_no_place(gazetteer):
    record = location_record(_locate(gazetteer, "Saraqib", [_row("Saraqib", place_id="none")]))
    assert record["geometry"] is None
    assert record["match_method"] == "correction"
    assert record["place_id"] == ""
    (reason,) = record["match_reasons"]
    assert reason.startswith("unresolved: left without a place by desk on 2020-02-01: the photo")
    assert record["alternatives"][0]["name"] == "Saraqib"


def test_relations_are_drawn_round_the_corrected_place(gazetteer):
    row = _row("Saraqib", place_id="geonames:169577")  # Homs
    located = _locate(gazetteer, "12 km north of Saraqib", [row])
    assert located.location.relation == "offset"
    assert located.location.geometry.centroid.y == pytest.approx(34.727 + 12 / 111, abs=0.02)
    held = _locate(gazetteer, "Samka in Saraqib", [row])
    assert held.phrase.containers


def test_a_phrase_as_it_stands(gazetteer):
    cell = "between Saraqib and Idlib"
    rows = [_row(cell, lon="36.7", lat="35.9"), _row("Saraqib", place_id="geonames:169577")]
    located = _locate(gazetteer, cell, rows)
    record = location_record(located)
    assert record["place_text"] == record["place_name"] == cell
    assert record["geometry"].geom_type == "Point"
    assert "as a whole, but Saraqib; Idlib" in record["match_reasons"][0]
    assert [entry["name"] for entry in record["alternatives"]][:1] == ["Saraqib"]


def test_a_heading_with_a_name_of_its_own(gazetteer):
    rows = [_row("Eastern Saraqib", place_id="geonames:169577")]
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
    record = location_record(_locate(gazetteer, cell, [_row(name, place_id="geonames:169577")]))
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
    corrections = _make(gazetteer, _row("Saraqib", **row, place_id="geonames:169577"))
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
    rows = [_row("Samka", admin1="Tartus", place_id="geonames:169577")]
    corrections = _make(gazetteer, *rows)
    phrases = [
        parse_phrase(cell) for cell in ("Samka in Tartus province", "Samka in Idlib province")
    ]
    found = [locate_phrase(gazetteer, p, SYRIA, corrections=corrections) for p in phrases]
    assert [f.resolutions[0].place.place_id for f in found] == ["geonames:169577", "im:samka-idlib"]


def test_the_narrowest_context_counts(gazetteer):
    rows = [
        _row("Saraqib", place_id="geonames:169577"),
        _row("Saraqib", "SY", place_id="geonames:170017"),
        _row("Saraqib", "SY", "Idlib", place_id="geonames:170654"),
        _row("Saraqib", report="r1", place_id="geonames:170063"),
    ]
    corrections = _make(gazetteer, *rows)
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
        _row("Abu Duhur", "SY", place_id="geonames:169577"),
        _row("Samka", "SY", place_id="none"),
        _row("Abou ed-Douhour", "SY", place_id="geonames:170017"),
    ]
    with pytest.raises(InputError, match=r"c\.csv, rows 2 and 4: both correct 'Abou ed-Douhour'"):
        _make(gazetteer, *rows)
    again = [rows[0], _row("Abu Duhur", "SY", place_id="geonames:169577")]
    assert _make(gazetteer, *again).problems == ()


def test_phrases_of_a_report_and_many_at_once(gazetteer):
    corrections = _make(gazetteer, _row("Samka", place_id="im:samka-tartus"))
    phrases = [parse_phrase(cell) for cell in ("Samka", "Abu-Djreif", "Maar Shamarin")]
    together = locate_phrases(gazetteer, phrases, SYRIA, corrections=corrections)
    assert together[0].resolutions[0].place.place_id == "im:samka-tartus"
    assert "Samka (im:samka-idlib), score" in together[0].resolutions[0].reasons[0].text
    one_by_one = [locate_phrase(gazetteer, p, SYRIA, corrections=corrections) for p in phrases]
    assert locate_each(gazetteer, phrases, [SYRIA] * 3, corrections=corrections) == one_by_one


BAD = [
    (_row("", place_id="none"), "name", "'' is no name"),
    (_row("A", "Narnia", place_id="none"), "country", "'Narnia' is no country known here; write"),
    (_row("A", "SY", "Narnia", place_id="none"), "admin1", "'Narnia' is no area of SY known here"),
    (_row("A"), "place_id", "is empty; give an id, lon and lat, or 'none'"),
    (_row("A", place_id="geonames:1"), "place_id", "'geonames:1' is no place of the gazetteer"),
    (_row("A", place_id="none", lon="1", lat="1"), "place_id", "stands beside a position"),
    (_row("A", lon="1"), "lat", "'' is no number of degrees (it is empty)"),
    (_row("A", lon="1", lat="91"), "lat", "'91' is outside -90 to 90 degrees"),
    (_row("A", lon="nan", lat="1"), "lon", "'nan' is outside"),
    (_row("A", lon="1", lat="1", km="-2"), "radius_km", "'-2' is no radius in kilometres"),
    (_row("A", lon="1", lat="1", km="nan"), "radius_km", "'nan' is no radius in kilometres"),
    (_row("A", lon="1", lat="1", level="town"), "precision", "'town' is no level; write one of"),
    (_row("A", place_id="none", km="2"), "radius_km", "'2' says how exact a position is"),
    (_row("A", place_id="none").replace("2020-02-01", "1.2.2020"), "when", "'1.2.2020' is no ISO"),
    (_row("A", place_id="none").replace("desk", ""), "who", "is empty; name who decided it"),
    (_row("A", place_id="none").replace("the photo shows it", " "), "why", "is empty; say why"),
    (_row("A", place_id="none").strip() + ",b\n", "", "has 13 cells under 12 headings; put"),
    ('"A,SY\n', "", "cannot be read (unexpected end of data); close the quotes"),
]


@pytest.mark.parametrize(("row", "column", "message"), BAD)
def test_a_bad_row_is_told_and_the_good_ones_go_on(gazetteer, row, column, message):
    corrections = _make(gazetteer, _row("Samka", place_id="none"), "\n", row)
    (problem,) = corrections.problems
    assert (problem.file, problem.row, problem.column) == ("c.csv", 4, column)
    assert message in problem.message
    assert "fold:samka" in corrections.by_key


def test_headings(tmp_path):
    read = parse_corrections("When;WHO;why;Name;lon;lat;note\n2020-01-01;a;b;X;1,5;2;\n", "c.csv")
    assert read.rows[0].correction.position == Position(1.5, 2.0)
    assert [str(p) for p in read.problems] == [
        "c.csv, row 1: note is no column of corrections and is not read; they are "
        + ", ".join(COLUMNS)
    ]
    with pytest.raises(InputError, match="no column 'why'; a file of corrections has the heading"):
        parse_corrections("name,who,when\n", "c.csv")
    with pytest.raises(InputError, match="two columns are called 'name'"):
        parse_corrections("name,who,when,why,name\n", "c.csv")
    with pytest.raises(InputError, match="row 1: cannot be read"):
        parse_corrections('name,who,when,why,"x\n', "c.csv")
    with pytest.raises(NotFoundError, match="no such file of corrections"):
        read_corrections(tmp_path / "none.csv")
    assert parse_corrections(HEADING, "c.csv").rows == ()


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1
)
TEXT = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: " ".join(" ".join(words).split()))
NAME = TEXT.filter(lambda text: any(map(str.isalnum, text)))
FILLED = TEXT.filter(bool)
TARGETS = st.one_of(
    FILLED.map(lambda text: {"place_id": "none" if text.lower() == "none" else text}),
    st.fixed_dictionaries(
        {
            "position": st.builds(
                Position, st.floats(-180, 180).map(abs), st.floats(-90, 90).map(lambda x: x + 0.0)
            ),
            "radius_km": st.floats(0, 19_999),
            "precision": st.sampled_from([None, *Precision]),
        }
    ),
)
CORRECTIONS = st.builds(
    lambda target, **rest: Correction(**target, **rest),
    TARGETS,
    name=NAME,
    who=FILLED,
    when=st.dates(),
    why=FILLED,
    country=st.sampled_from(["", "SY", "ML"]),
    admin1=TEXT,
    report_id=TEXT,
)


@given(given=st.lists(CORRECTIONS, min_size=1, max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory, given):
    path = tmp_path_factory.mktemp("round") / "corrections.csv"
    for correction in given:
        append_correction(path, correction)
    read = read_corrections(path)
    assert [row.correction for row in read.rows] == given
    assert [row.row for row in read.rows] == list(range(2, len(given) + 2))
    assert read.problems == ()


@given(text=st.text())
def test_any_text_is_read_or_refused(text):
    try:
        read = parse_corrections(text, "c.csv")
    except InputError:
        return
    assert all(row.correction.why for row in read.rows)


@given(text=st.text(st.sampled_from('SY,"\n; a1-:'), max_size=60))
def test_any_rows_are_read_or_told(text):
    read = parse_corrections(HEADING + text, "c.csv")
    if any(map(str.isalnum, text)):
        assert read.rows or read.problems


GOOD = Correction("Samka", "desk", date(2020, 2, 1), "seen", place_id="im:samka-idlib")


def test_a_row_is_added_to_what_is_there(tmp_path):
    path = tmp_path / "corrections.csv"
    held = "\ufeffwhy;who;when;name;place_id;note\r\nx;y;z;bad row;;keep\r\nlast;;;;;"
    path.write_bytes(held.encode())
    append_correction(path, GOOD)
    assert path.read_bytes().decode() == held + "\r\nseen;desk;2020-02-01;Samka;im:samka-idlib;\r\n"
    path.write_text("")
    append_correction(path, GOOD)
    assert path.read_text().splitlines()[0] == ",".join(COLUMNS)


REFUSED = [
    ("name,who,when,why\n", GOOD, "no column 'place_id'; add it to the heading"),
    (HEADING, Correction("a  b", "c", GOOD.when, "d", place_id="none"), "has spaces"),
    (HEADING, Correction("\ud800x", "c", GOOD.when, "d", place_id="none"), "half a character"),
    (HEADING, Correction("Samka", "", GOOD.when, "d", place_id="none"), "who is empty"),
    (HEADING + '"open\n', GOOD, "cannot be read"),
    ("name,who,when,why,place_id\nSão,\xe9,,,\n", GOOD, "not in UTF-8"),
]


@pytest.mark.parametrize(("held", "correction", "message"), REFUSED)
def test_what_cannot_be_added_leaves_the_file_alone(tmp_path, held, correction, message):
    path = tmp_path / "corrections.csv"
    path.write_bytes(held.encode("latin-1"))
    with pytest.raises(InputError, match=message):
        append_correction(path, correction)
    assert path.read_bytes() == held.encode("latin-1")


def test_a_check_can_refuse(gazetteer, tmp_path):
    path = tmp_path / "corrections.csv"
    append_correction(path, GOOD)
    before = path.read_bytes()
    other = Correction("Samka", "desk", GOOD.when, "no", place_id="none")
    with pytest.raises(InputError, match="rows 2 and 3: both correct 'Samka'"):
        append_correction(path, other, lambda read: make_corrections(gazetteer, read))
    assert path.read_bytes() == before
