"""Reports in any encoding, and files that are no text."""

import pytest
from read_samples import TEXT, only, write

from reports.decode import decode_report
from reports.read import read_reports

CURLY = "Ma\u2019arrat al-Nu\u2018man was \u201cdestroyed\u201d \u2013 he said. Caf\u00e9 hit."
ARABIC = "قتل شخصان في معرة النعمان يوم السبت وفق المرصد السوري لحقوق الإنسان وأصيب خمسة آخرون."
ENCODINGS = [
    ("utf-8", CURLY, False),
    ("utf-8-sig", CURLY, False),
    ("cp1252", CURLY, True),
    ("utf-16", CURLY, True),
    ("utf-16-le", "Two people were killed in Idlib on Saturday.", True),
    ("utf-16-be", "Two people were killed in Idlib on Saturday.", True),
    ("utf-32", CURLY, True),
    ("cp1256", ARABIC, True),
    ("utf-8", ARABIC, False),
]


@pytest.mark.parametrize(("encoding", "text", "is_told"), ENCODINGS)
def test_encodings_are_found_and_what_was_guessed_is_told(tmp_path, encoding, text, is_told):
    found = read_reports([write(tmp_path, "a.txt", text.encode(encoding))])
    assert only(found).text == text
    assert [("UTF-8" in p.message) for p in found.problems] == [True] * is_told


@pytest.mark.parametrize("text", [CURLY, ARABIC, "\ufeff" + CURLY])
def test_a_broken_byte_in_utf_8_costs_one_letter_and_is_told(tmp_path, text):
    data = text.encode() + b" Idl\xd8b. " + text.removeprefix("\ufeff").encode()
    found = read_reports([write(tmp_path, "a.txt", data)])
    good = text.removeprefix("\ufeff")
    assert only(found).text == f"{good} Idl\ufffdb. {good}"
    (problem,) = found.problems
    assert problem.message == (
        "is no UTF-8; read as utf-8 with broken characters: save it as UTF-8 if letters look wrong"
    )


def test_an_english_report_that_names_places_in_arabic_is_not_read_as_western(tmp_path):
    towns = ("سراقب", "معرة النعمان", "عين عيسى", "كفر نبل", "جسر الشغور")
    text = "".join(
        f"On Saturday morning, shells hit the vegetable market of {town} and five men were killed. "
        for town in towns
    )
    found = read_reports([write(tmp_path, "a.txt", text.encode("cp1256"))])
    assert only(found).text == text
    assert "read as cp1256" in found.problems[0].message


BINARY = [
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    (b"PK\x03\x04\x14\x00\x06\x00", "office"),
    (bytes(range(256)) * 40, "no text"),
    (b"\x00\x01\x02\x03" * 100, "binary"),
    (b"\xff\xfe\x00", "damaged"),
]


@pytest.mark.parametrize(("data", "word"), BINARY)
def test_what_is_no_text_is_told_and_the_rest_goes_on(tmp_path, data, word):
    write(tmp_path, "a.txt", data)
    write(tmp_path, "b.txt", TEXT)
    found = read_reports([tmp_path])
    assert [r.report_id for r in found.reports] == ["b"]
    (problem,) = found.problems
    assert problem.file.endswith("a.txt")
    assert word in problem.message
    assert ";" in problem.message  # the mend stands behind it


def test_decoding_never_loses_good_text():
    assert decode_report("سوريا".encode()) == ("سوريا", "")
    assert decode_report(b"") == ("", "")
