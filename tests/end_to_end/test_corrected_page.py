"""A correction written by `find --correct`, and what a reader of the map sees of it."""

import json

from playwright.sync_api import Page, expect

from tests.conftest import Run
from tests.end_to_end.conftest import Make

REPORT = (
    "Syria, 16 January 2020. Government forces shelled the village of Maar Shamarin in Idlib "
    "province on 15 January 2020, killing 3 civilians.\n"
)
TABLE = (
    "incident_id,date_start,place_text,country\nt1,2020-01-16,Saraqib,SY\nt2,2020-01-17,Idlib,SY\n"
)
WHY = 'seen on the <b>video</b> & "confirmed"'


def _correct(run: Run, path: object, name: str, target: str, *more: str) -> str:
    done = run(
        *("find", name, "--correct", target, "--why", WHY, "--who", "desk"),
        *("--corrections", path, *more),
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_a_correction_reaches_the_reader(run: Run, make: Make, open_page, tmp_path) -> None:
    report, table, path = (tmp_path / name for name in ("report.txt", "log.csv", "c.csv"))
    report.write_text(REPORT, encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    plain = json.loads(make(report, table).geojson.read_bytes())["features"]
    before = {f["properties"]["place_text"]: f["properties"] for f in plain}

    said = _correct(run, path, "Maar Shamarin", "36.805,35.75", "--country", "Syria")
    assert f"{path}, row 2: 'Maar Shamarin' is Maar Shamarin (correction:" in said
    assert "the program had said Maar Sh" in said
    assert "is left without a place by desk" in _correct(run, path, "Saraqib", "none")

    made = make(report, table, "--corrections", path)
    features = json.loads(made.geojson.read_bytes())["features"]
    after = {f["properties"]["place_text"]: f for f in features}
    (moved,) = [f for text, f in after.items() if "Maar Shamarin" in text]
    assert moved["geometry"]["coordinates"] == [36.805, 35.75]
    assert moved["properties"]["match_method"] == "correction"
    assert moved["properties"]["precision"] == "settlement"
    (old,) = [p for text, p in before.items() if "Maar Shamarin" in text]
    assert moved["properties"]["alternatives"][0]["place_id"] == old["place_id"]
    assert before["Saraqib"]["match_method"] == "exact"
    assert after["Saraqib"]["geometry"] is None
    assert after["Idlib"]["properties"] == before["Idlib"]

    page: Page = open_page(made.page)
    page.get_by_role("combobox").fill("shamarin")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.locator(".im-card")
    expect(card).to_be_visible(timeout=10_000)
    expect(card.locator("summary").first).to_have_text(
        "Why this place: 100 %, a person’s correction"
    )
    card.locator("summary").first.click()
    expect(card).to_contain_text(f"corrected by desk on {_day(path)}: {WHY}; the program had said")
    expect(card).to_contain_text("It could also be:")
    assert card.locator("b").count() == 0


def _day(path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[1].split(",")[10]


def test_bad_rows_are_told_and_disagreement_stops(run: Run, tmp_path) -> None:
    table, path = tmp_path / "log.csv", tmp_path / "c.csv"
    table.write_text("town\nSaraqib\nIdlib\n", encoding="utf-8")
    path.write_text(
        "name,place_id,who,when,why\nIdlib,geonames:9,a,2020-01-01,b\n"
        "Saraqib,none,a,2020-01-01,b\n",
        encoding="utf-8",
    )
    arguments = ("locate", table, "--place", "town", "--country", "SY", "--corrections", path)
    done = run(*arguments)
    assert done.returncode == 0
    told = done.stderr.decode()
    assert "c.csv, row 2: place_id 'geonames:9' is no place of the gazetteer" in told
    assert "2 rows, 1 could not be located" in told
    with path.open("a", encoding="utf-8") as file:
        file.write("saraqib,im:samka-idlib,a,2020-01-01,b\n")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "c.csv, rows 3 and 4: both correct 'saraqib'" in done.stderr.decode()


def test_what_correct_needs(run: Run, tmp_path) -> None:
    path = tmp_path / "c.csv"
    base = ("find", "Saraqib", "--correct", "none")
    for more, message in [
        (("--why", "x", "--who", "a"), "name it with --corrections FILE"),
        (("--corrections", path, "--who", "a"), "give it with --why TEXT"),
        (("--corrections", path, "--why", "x"), "--who NAME, or set INCIDENT_MAPPER_WHO"),
    ]:
        done = run(*base, *more)
        assert done.returncode == 2
        assert message in " ".join(done.stderr.decode().split())
    for target, message in [("x", "is no target"), ("1,x", "no position"), ("1,91", "not on the")]:
        done = run(
            "find", "x", "--correct", target, "--why", "x", "--who", "a", "--corrections", path
        )
        assert done.returncode == 2
        assert message in " ".join(done.stderr.decode().split())
    assert not path.exists()
    done = run(*base, "--why", "x", "--corrections", path, env={"INCIDENT_MAPPER_WHO": "desk"})
    assert done.returncode == 0
    assert ",desk," in path.read_text(encoding="utf-8")
    shown = run("find", "Saraqib", "--corrections", path)
    assert b"'Saraqib' is left without a place by desk" in shown.stderr
