"""Forms of names found by helper processes are those found here; a helper may fail at any time."""

import errno
import os
import sys

import pytest

from gazetteer import parallel, spool
from gazetteer.normalize import name_keys
from gazetteer.parallel import FormFinder, Forms, find_forms
from gazetteer.texts import Texts
from geo.errors import OutputError

NAMES = ["Idlib", "إدلب", "Идлиб", "", "two\nlines", "al-\r\nBāb", "Saint-Étienne", "Şırnak"]


def gather(forms: Forms) -> list[tuple[object, ...]]:
    hashes = (column.tolist() for column in forms[:3])
    return list(zip(*hashes, *forms[3:], strict=True))  # type: ignore[arg-type]


def test_helpers_find_the_same_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_JOB", 5)
    with FormFinder(share_from=1) as finder:
        for _ in range(20):
            finder.put(Texts.pack(NAMES))
        assert gather(finder.finish()) == gather(find_forms(NAMES)) * 20


def test_forms_are_those_of_the_normaliser() -> None:
    with FormFinder() as finder:
        finder.put(Texts.pack(NAMES))
        forms = finder.finish()
    keys = name_keys(NAMES)
    assert (list(forms.folds), list(forms.skeletons)) == (keys.folds, keys.skeletons)


def test_no_names_have_no_forms() -> None:
    with FormFinder(share_from=0) as finder:
        finder.put(Texts.pack([]))
        assert gather(finder.finish()) == []


@pytest.mark.parametrize(
    "program",
    [
        "exit(3)",
        "import sys; sys.stdin.buffer.read(9); sys.stdout.write('nonsense' * 20)",
        "import sys; sys.stdin.buffer.read(9); exit(0)",
    ],
)
def test_the_jobs_of_a_helper_that_fails_are_done_here(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(parallel, "_JOB", 2)
    monkeypatch.setattr(parallel, "_PROGRAM", program)
    with FormFinder(share_from=1) as finder:
        finder.put(Texts.pack(NAMES))
        assert gather(finder.finish()) == gather(find_forms(NAMES))


def test_without_any_helper_everything_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with FormFinder(share_from=1) as finder:
        finder.put(Texts.pack(NAMES))
        assert gather(finder.finish()) == gather(find_forms(NAMES))


def test_helpers_end_when_the_work_is_broken_off() -> None:
    helpers = []

    def break_off() -> None:
        with FormFinder(share_from=1) as finder:
            finder.put(Texts.pack(NAMES))
            helpers.extend(finder.helpers)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert len(helpers) == min((os.cpu_count() or 1) - 1, 7)
    assert all(helper.poll() is not None for helper in helpers)


def test_a_full_disk_is_told_of_whoever_meets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool, "SPILL_BYTES", 16)
    monkeypatch.setattr(spool.tempfile, "TemporaryFile", refuse)
    with FormFinder(share_from=1) as finder:
        finder.put(Texts.pack(NAMES))
        with pytest.raises(OutputError, match=r"the disk is full.*set TMPDIR"):
            finder.finish()
