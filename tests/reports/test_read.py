"""Reading reports: every format, every fault."""

import json
from datetime import date

import pytest
from read_samples import TEXT, only, write

from reports.metadata import parse_published
from reports.read import read_reports
from reports.report import make_report, normalize_newlines


def test_a_text_file_is_one_report(tmp_path):
    path = write(tmp_path, "idlib.txt", TEXT)
    found = read_reports([path], published=date(2019, 4, 27))
    report = only(found)
    assert (report.report_id, report.text, report.file) == ("idlib", TEXT, str(path))
    assert report.published == date(2019, 4, 27)
    assert found.problems == []


def test_text_is_kept_letter_for_letter_but_for_newlines(tmp_path):
    path = write(tmp_path, "a.txt", "\ufeff  Two\u00a0men\tdied.\r\n\r\nOne \u202efled.\rEnd")
    assert only(read_reports([path])).text == "  Two\u00a0men\tdied.\n\nOne \u202efled.\nEnd"


def test_a_folder_is_read_by_name_with_what_its_table_says(tmp_path):
    write(tmp_path, "b.txt", "Two died.")
    write(tmp_path, "a.txt", "One died.")
    write(
        tmp_path,
        "reports.csv",
        "file,published,publisher,url,title\n"
        "a.txt,2020-01-23,TASS,https://example.org/a,Attack in Aleppo\n"
        "b.txt,2019-12-02,,,\n",
    )
    found = read_reports([tmp_path])
    assert [r.report_id for r in found.reports] == ["a", "b"]
    first = found.reports[0]
    assert (first.published, first.publisher) == (date(2020, 1, 23), "TASS")
    assert (first.url, first.title) == ("https://example.org/a", "Attack in Aleppo")
    assert found.problems == []


def test_a_single_text_takes_its_date_from_the_table_beside_it(tmp_path):
    path = write(tmp_path, "a.txt", "One died.")
    write(tmp_path, "reports.csv", "file,published\na.txt,2020-01-23\n")
    assert only(read_reports([path])).published == date(2020, 1, 23)
    other = only(read_reports([path], published=date(2021, 5, 5)))
    assert other.published == date(2021, 5, 5)


def test_a_date_for_several_reports_fills_only_the_gaps(tmp_path):
    write(tmp_path, "a.txt", "One died.")
    write(tmp_path, "b.txt", "Two died.")
    write(tmp_path, "reports.csv", "file,published\na.txt,2020-01-23\nb.txt,\n")
    found = read_reports([tmp_path], published=date(2021, 5, 5))
    assert [r.published for r in found.reports] == [date(2020, 1, 23), date(2021, 5, 5)]


PAGE = """<!doctype html><html><head><title>Shelling kills five | Daily</title>
<meta property="article:published_time" content="2019-04-27T10:00:00Z">
<meta property="og:site_name" content="Daily Monitor">
<link rel="canonical" href="https://example.org/shelling">
<meta http-equiv="refresh" content="0; url=http://example.org/away">
<script src="http://example.org/x.js"></script></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Shelling kills five in Idlib</h1>
<p>Shells hit a market in Idlib on Saturday and five civilians died, the Observatory said.</p>
<p>Two others were wounded &lt;img src=x onerror=alert(1)&gt; in the attack, it added.</p>
<img src="http://example.org/pixel.gif"></article>
<footer>All rights reserved</footer></body></html>"""


def test_a_web_page_gives_its_text_and_what_it_says_of_itself(tmp_path):
    report = only(read_reports([write(tmp_path, "page.html", PAGE)]))
    assert "five civilians died, the Observatory said." in report.text
    assert "<img src=x onerror=alert(1)>" in report.text
    assert "All rights reserved" not in report.text
    assert "Home" not in report.text
    assert report.title == "Shelling kills five in Idlib"
    assert report.published == date(2019, 4, 27)
    assert (report.publisher, report.url) == ("Daily Monitor", "https://example.org/shelling")


def test_a_short_page_without_an_article_is_still_read(tmp_path):
    path = write(tmp_path, "p.html", "<html><p>Two died.</p><script>x()</script></html>")
    report = only(read_reports([path]))
    assert report.text.strip() == "Two died."


@pytest.mark.parametrize("key", ["text", "body", "content"])
def test_json_object(tmp_path, key):
    item = {key: TEXT, "title": "T", "date": "2019-04-27T10:00:00+03:00", "source": "S", "url": "u"}
    report = only(read_reports([write(tmp_path, "a.json", json.dumps(item))]))
    assert (report.text, report.title, report.publisher) == (TEXT, "T", "S")
    assert (report.published, report.url) == (date(2019, 4, 27), "u")


def test_json_list_and_lines_name_the_row_of_what_is_wrong(tmp_path):
    good = {"text": TEXT}
    bad = [good, {"title": "no text"}, "loose", {"text": 5}, {"text": "  "}]
    found = read_reports([write(tmp_path, "a.json", json.dumps(bad))])
    assert [r.report_id for r in found.reports] == ["a-1"]
    assert [p.row for p in found.problems] == [2, 3, 4, 5]
    assert "'title'" in found.problems[0].message
    lines = json.dumps(good) + "\n\n{broken\n" + json.dumps({"text": "Two died."}) + "\n"
    found = read_reports([write(tmp_path, "b.jsonl", lines)])
    assert [r.report_id for r in found.reports] == ["b-1", "b-4"]
    assert [p.row for p in found.problems] == [3]


def test_csv_rows_count_as_a_spreadsheet_does(tmp_path):
    table = (
        "text,published,publisher,url,title\n"
        '"Two died.\nOne fled.",2020-01-23,TASS,u,T\n'
        ",2020-01-23,,,\n"
        "Four died.,2020-13-01,,,\n"
        "Five died.,2020-01-23,,,,,extra\n"
    )
    found = read_reports([write(tmp_path, "list.csv", table)])
    assert [r.text for r in found.reports] == ["Two died.\nOne fled.", "Four died.", "Five died."]
    assert [(p.row, p.column) for p in found.problems] == [(3, "text"), (4, "published"), (5, "")]
    assert found.reports[1].published is None
    assert str(found.problems[1]).endswith(
        "row 4: published '2020-13-01' is no date; write YYYY-MM-DD, or leave it empty"
    )


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_csv_with_another_separator(tmp_path, separator):
    lines = [["text", "published"], ["Two died, he said.", "2020-01-23"]]
    table = "\n".join(separator.join(line) for line in lines)
    report = only(read_reports([write(tmp_path, "list.csv", table)]))
    assert (report.text, report.published) == ("Two died, he said.", date(2020, 1, 23))


def test_a_long_cell_is_read_whole(tmp_path):
    text = "Two died. " * 30_000
    path = write(tmp_path, "list.csv", f'text\n"{text}"\n')
    assert only(read_reports([path])).text == text


def test_empty_things_are_told(tmp_path):
    write(tmp_path, "a.txt", " \n\n")
    (tmp_path / "empty").mkdir()
    found = read_reports([tmp_path / "a.txt", tmp_path / "empty", tmp_path / "none.txt"])
    assert found.reports == []
    assert [p.message.split(";")[0].split(" (")[0] for p in found.problems] == [
        "is empty",
        "holds no reports",
        "does not exist",
    ]


def test_an_unreadable_file_is_told(tmp_path):
    loop = tmp_path / "a.txt"
    loop.symlink_to(loop)
    write(tmp_path, "b.txt", TEXT)
    found = read_reports([tmp_path])
    assert [r.report_id for r in found.reports] == ["b"]
    (problem,) = found.problems
    assert "cannot be read (Too many levels of symbolic links)" in problem.message


def test_a_table_that_does_not_fit_the_folder_is_told(tmp_path):
    write(tmp_path, "a.txt", "One died.")
    write(tmp_path, "b.txt", "Two died.")
    write(
        tmp_path,
        "reports.csv",
        "file,published\na.txt,soon\ngone.txt,2020-01-01\na.txt,2020-01-02\n,2020-01-01\n",
    )
    found = read_reports([tmp_path])
    assert [r.report_id for r in found.reports] == ["a", "b"]
    told = [(p.row, p.column) for p in found.problems]
    assert told == [(3, "file"), (4, "file"), (5, "file"), (2, "published"), (None, "file")]
    messages = " | ".join(p.message for p in found.problems)
    for part in (
        "'gone.txt' is not in the folder",
        "named twice",
        "'soon'",
        "names no file 'b.txt'",
    ):
        assert part in messages


def test_other_files_and_inner_folders_are_told_not_read(tmp_path):
    write(tmp_path, "a.txt", "One died.")
    write(tmp_path, "notes.docx", b"PK\x03\x04")
    write(tmp_path, ".hidden.txt", "Two died.")
    (tmp_path / "more").mkdir()
    found = read_reports([tmp_path])
    assert [r.report_id for r in found.reports] == ["a"]
    assert [p.file.rsplit("/", 1)[-1] for p in found.problems] == ["more", "notes.docx"]


def test_repeated_ids_and_texts_are_told_and_kept(tmp_path):
    items = [{"id": "x", "text": "One."}, {"id": "x", "text": "Two."}, {"id": "y", "text": "One."}]
    found = read_reports([write(tmp_path, "a.json", json.dumps(items))])
    assert [r.report_id for r in found.reports] == ["x", "x-2", "y"]
    assert [p.column for p in found.problems] == ["report_id", "text"]


def test_a_text_no_report_has_is_refused(tmp_path):
    found = read_reports([write(tmp_path, "a.txt", "Two died. " * 210_000)])
    assert found.reports == []
    assert "2,100,000 letters" in found.problems[0].message


def test_the_order_of_reading_does_not_change_an_id(tmp_path):
    paths = [write(tmp_path, f"{name}.txt", f"{name} died.") for name in ("One", "Two")]
    forth = {r.text: r.report_id for r in read_reports(paths).reports}
    back = {r.text: r.report_id for r in read_reports(paths[::-1]).reports}
    assert forth == back


DATES = [
    ("2020-01-23", date(2020, 1, 23)),
    ("2020-01-23T23:30:00Z", date(2020, 1, 23)),
    ("2020-01-23 08:00", date(2020, 1, 23)),
    ("20200123", date(2020, 1, 23)),
    ("Thu, 23 Jan 2020 10:00:00 +0300", date(2020, 1, 23)),
    ("23 January 2020", date(2020, 1, 23)),
    ("January 23, 2020", date(2020, 1, 23)),
    ("03/04/2020", None),
    ("2020-02-30", None),
    ("yesterday", None),
    ("23 January", None),
    ("1579737600", None),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_publication_dates(written, expected):
    assert parse_published(written) == expected


def test_a_report_from_a_text_has_an_id_of_its_own():
    first, second = make_report("One died."), make_report("Two died.")
    assert first.report_id == make_report("One died.").report_id != second.report_id
    assert make_report("a\r\nb").text == normalize_newlines("a\rb") == "a\nb"
