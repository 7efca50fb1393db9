"""Files of corrections: read row by row, written, added to."""

from datetime import date

import pytest
from correction_samples import HEADING, line, read_rows
from hypothesis import given
from hypothesis import strategies as st
from listed import build_listed

from gazetteer.add_correction import append_correction
from gazetteer.correcting import make_corrections
from gazetteer.corrections import (
    COLUMNS,
    Correction,
    parse_corrections,
    read_corrections,
)
from geo.errors import InputError, NotFoundError
from geo.measure import Position
from geo.precision import Precision


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


BAD = [
    (line("", place_id="none"), "name", "'' is no name"),
    (
        line("A", "Narnia", place_id="none"),
        "country",
        "'Narnia' is no country known here; write",
    ),
    (
        line("A", "SY", "Narnia", place_id="none"),
        "admin1",
        "'Narnia' is no area of SY known here",
    ),
    (line("A"), "place_id", "is empty; give an id, lon and lat, or 'none'"),
    (line("A", place_id="geonames:1"), "place_id", "'geonames:1' is no place of the gazetteer"),
    (line("A", place_id="none", lon="1", lat="1"), "place_id", "stands beside a position"),
    (line("A", lon="1"), "lat", "'' is no number of degrees (it is empty)"),
    (line("A", lon="1", lat="91"), "lat", "'91' is outside -90 to 90 degrees"),
    (line("A", lon="nan", lat="1"), "lon", "'nan' is outside"),
    (line("A", lon="1", lat="1", km="-2"), "radius_km", "'-2' is no radius in kilometres"),
    (line("A", lon="1", lat="1", km="nan"), "radius_km", "'nan' is no radius in kilometres"),
    (
        line("A", lon="1", lat="1", level="town"),
        "precision",
        "'town' is no level; write one of",
    ),
    (line("A", place_id="none", km="2"), "radius_km", "'2' says how exact a position is"),
    (
        line("A", place_id="none").replace("2020-02-01", "1.2.2020"),
        "when",
        "'1.2.2020' is no ISO",
    ),
    (line("A", place_id="none").replace("desk", ""), "who", "is empty; name who decided it"),
    (line("A", place_id="none").replace("the photo shows it", " "), "why", "is empty; say why"),
    (line("A", place_id="none").strip() + ",b\n", "", "has 13 cells under 12 headings; put"),
    ('"A,SY\n', "", "cannot be read (unexpected end of data); close the quotes"),
]


@pytest.mark.parametrize(("row", "column", "message"), BAD)
def test_a_bad_row_is_told_and_the_good_ones_go_on(gazetteer, row, column, message):
    corrections = read_rows(gazetteer, line("Samka", place_id="none"), "\n", row)
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
