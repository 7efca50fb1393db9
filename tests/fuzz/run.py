"""Coverage-guided fuzzing of the gazetteer with atheris.

    python -m tests.fuzz.run --seconds 60                 every target for a minute
    python -m tests.fuzz.run --seconds 600 --target phrase
    python -m tests.fuzz.run --target source --input FILE  one kept input again

A finding is kept in --findings (by default fuzz-findings/) and ends that target; the exit code is
then 1. Needs atheris (pip install -e '.[fuzz]'); there are wheels for Linux.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

TARGETS = ("name", "mention", "phrase", "source", "index")
_SMALL = Path(__file__).with_name("regressions.yaml")
# Longer inputs are slow to mutate and find the same; the regressions hold long ones.
_MOST_BYTES = 1200
_MEMORY_MB = 3000
# Of a single input, start-up aside; the targets themselves hold to one second of processor time.
_TIMEOUT_S = 10


def make_check(target: str, folder: Path) -> Callable[[bytes], None]:
    """What is called with each input of a target."""
    import atheris  # noqa: PLC0415 - optional, and only here

    with atheris.instrument_imports(include=["gazetteer", "geo"]):
        from tests.fuzz import fuzz_targets as fuzz  # noqa: PLC0415
    from gazetteer.index import Gazetteer  # noqa: PLC0415
    from gazetteer.place import Context, Mention  # noqa: PLC0415

    path = fuzz.build_small(folder)
    whole = fuzz.read_whole(path)
    gazetteer = Gazetteer(path)
    damaged = folder / "damaged.gazetteer"

    def check(data: bytes) -> None:
        if target == "source":
            suffix = fuzz.SUFFIXES[data[0] % len(fuzz.SUFFIXES) if data else 0]
            fuzz.check_source(folder, suffix, data[1:])
        elif target == "index":
            take = atheris.FuzzedDataProvider(data)
            kind = fuzz.DAMAGES[take.ConsumeIntInRange(0, len(fuzz.DAMAGES) - 1)]
            at = take.ConsumeIntInRange(0, len(whole.content))
            piece = take.ConsumeBytes(64) or b"\1"
            fuzz.check_index(damaged, fuzz.damage(whole.content, kind, at, piece), whole)
        else:
            # A line each: the text, its country, its areas, a feature word.
            lines = [*data.decode("utf-8", "replace").split("\n"), "", "", "", ""]
            text, country, admin1, admin2, feature = lines[:5]
            context = Context(country=country, admin1=admin1, admin2=admin2)
            if target == "name":
                fuzz.check_name(gazetteer, text, country)
            elif target == "mention":
                fuzz.check_mention(gazetteer, Mention(text, feature), context)
            else:
                fuzz.check_phrase(gazetteer, text, context)

    return check


def fuzz_one(target: str, seconds: int, findings: Path, given: Path | None, seed: int) -> None:
    """Fuzzes one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415

    # The fuzzer ends the process without clean-up; `run_all` takes the folder away.
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds = folder / "seeds"
    seeds.mkdir()
    check = make_check(target, folder)
    for number, start in enumerate(_list_seeds(target)):
        (seeds / str(number)).write_bytes(start)
    findings.mkdir(parents=True, exist_ok=True)
    flags = [f"-max_total_time={seconds}", f"-max_len={_MOST_BYTES}", f"-timeout={_TIMEOUT_S}"]
    flags += [f"-rss_limit_mb={_MEMORY_MB}", f"-artifact_prefix={findings}/{target}-"]
    flags += ["-print_final_stats=1", "-verbosity=0", f"-seed={seed}"]
    atheris.Setup([sys.argv[0], *([str(given)] if given else [*flags, str(seeds)])], check)
    atheris.Fuzz()


def _list_seeds(target: str) -> list[bytes]:
    """What a target starts from: texts that are hard, or the places as a table."""
    from tests.fuzz.fuzz_targets import PLACES, SUFFIXES  # noqa: PLC0415

    if target == "source":
        table = PLACES.read_bytes()
        plain = [table[:_MOST_BYTES], b"name,lat,lon\nA,1,2\n", b'{"type":"Point"}', b"PK\3\4"]
        return [bytes([at]) + content for at in range(len(SUFFIXES)) for content in plain]
    if target == "index":
        return [b"\0", b"\1" * 40]
    rows = yaml.safe_load(_SMALL.read_text(encoding="utf-8"))
    texts = [row["text"] for row in rows if "open" not in row and "repeat" not in row]
    return [f"{text}\n{country}\n{text}".encode() for text in texts for country in ("", "SY")]


def run_all(targets: list[str], seconds: int, findings: Path, seed: int) -> list[str]:
    """Fuzzes each target in a process of its own; returns those with a finding."""
    failed = []
    for target in targets:
        print(f"{target}: {seconds} s", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "tests.fuzz.run", "--here", "--target", target]
        command += ["--seconds", str(seconds), "--findings", str(findings)]
        command += ["--seed", str(seed)]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(command, check=False, env=os.environ | {"TMPDIR": folder})
        if done.returncode:
            failed.append(target)
    return failed


def main() -> int:
    """Fuzzes, and says which targets were found wanting."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=TARGETS, action="append", help="this one; all else")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), help="a folder")
    parser.add_argument("--input", type=Path, help="try this input alone; needs --target")
    parser.add_argument("--seed", type=int, default=0, help="to repeat a run; 0 is another each")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    targets = options.target or list(TARGETS)
    if options.here or options.input:
        fuzz_one(targets[0], options.seconds, options.findings, options.input, options.seed)
    failed = run_all(targets, options.seconds, options.findings, options.seed)
    print(f"findings: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
