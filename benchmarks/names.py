"""How often a place string of conflict data is put where its coders put it.

Run from the repository: python -m benchmarks.names [--misses N] [--cache DIR]
Needs the reference data beside the repository (../shared/data).

Data: UCDP GED Syria 2016-2019 (CC BY 4.0), distinct places coded exact (where_prec 1), each with
its first-level area and its words ("town", "village") as they are. The places are split in two
halves by a hash of their name: rules and weights are chosen on the first, the second is only
measured. 38 % of UCDP's coordinates equal GeoNames', so this is a regression test more than a
measurement of truth.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from gazetteer.index import Gazetteer
from gazetteer.locate import locate_phrase
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Place, Resolution
from gazetteer.store import open_gazetteer
from geo.measure import Position, distance_km

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ADDED = (
    "whosonfirst/wof_sy.csv",
    "ocha/syr_populated_places_ocha.csv",
    "ocha/syr_neighbourhoods_20201217.geojson",
)
NEAR_KM = 5.0
# Places of the first reports, in Latin and Arabic script (positions: GeoNames, OCHA).
LISTED = (
    ("Idlib", 35.931, 36.634),
    ("Maaret al-Numan", 35.648, 36.677),
    ("Abu Dhuhour", 35.741, 37.045),
    ("Abu Dhuhour airport", 35.732, 37.104),
    ("Bou Kamal", 34.452, 40.919),
    ("Bou Kamal crossing", 34.404, 40.962),
    ("Amuda", 37.104, 40.930),
    ("Tal Tamr", 36.656, 40.371),
    ("Ain Issa", 36.386, 38.862),
    ("Abu-Djreif", 35.733, 36.927),
    ("Samka", 35.697, 36.909),
    ("Samka, Idlib province", 35.697, 36.909),
    ("Maar Shamarin", 35.616, 36.720),
    ("Al-Rashidin", 36.163, 37.063),
    ("Baliramoun", 36.241, 37.104),
    ("Crati", 35.650, 36.959),
    ("إدلب", 35.931, 36.634),
    ("معرة النعمان", 35.648, 36.677),
    ("أبو الظهور", 35.741, 37.045),
    ("مطار أبو الظهور العسكري", 35.732, 37.104),
    ("البوكمال", 34.452, 40.919),
    ("معبر البوكمال", 34.404, 40.962),
    ("عامودا", 37.104, 40.930),
    ("تل تمر", 36.656, 40.371),
    ("عين عيسى", 36.386, 38.862),
    ("أبو جريف", 35.733, 36.927),
    ("معر شمارين", 35.616, 36.720),
    ("الراشدين", 36.163, 37.063),
    ("الليرمون", 36.241, 37.104),
)
SURE = (0.8, 0.9)


@dataclass(frozen=True)
class Answer:
    """One place string, where it is, and what came out."""

    text: str
    admin1: str
    position: Position
    resolution: Resolution | None
    took_s: float

    def away_km(self, place: Place | None) -> float:
        """How far a place lies from where the coders put it."""
        if place is None:
            return float("inf")
        return distance_km(self.position, Position(place.lon, place.lat))

    @property
    def is_right(self) -> bool:
        """Whether the first answer is within reach."""
        return self.resolution is not None and self.away_km(self.resolution.place) <= NEAR_KM

    @property
    def is_among(self) -> bool:
        """Whether any of the first ten is within reach."""
        if self.resolution is None:
            return False
        places = [self.resolution.place, *(c.place for c in self.resolution.alternatives[:9])]
        return any(self.away_km(place) <= NEAR_KM for place in places)


def read_places() -> pd.DataFrame:
    """UCDP's distinct exact places of Syria with their half (0 or 1)."""
    table = pd.read_csv(SHARED / "ucdp" / "ged_syria_2016_2019.csv", low_memory=False)
    exact = table[table["where_prec"] == 1].dropna(subset=["where_coordinates"])
    keys = ["where_coordinates", "adm_1"]
    places = exact.fillna({"adm_1": ""}).groupby(keys, as_index=False)[["latitude", "longitude"]]
    found = places.agg(lambda values: values.mode().iloc[0])
    digests = found["where_coordinates"].map(lambda t: hashlib.sha256(t.encode()).digest()[0])
    return found.assign(half=digests % 2)


def answer_places(
    gazetteer: Gazetteer, places: pd.DataFrame, *, with_admin: bool
) -> Iterator[Answer]:
    """Resolves each place string."""
    for row in places.itertuples(index=False):
        context = Context(country="SY", admin1=row.adm_1 if with_admin else "")
        phrase = parse_phrase(row.where_coordinates)
        start = time.perf_counter()
        found = locate_phrase(gazetteer, phrase, context).resolutions if phrase else ()
        took_s = time.perf_counter() - start
        position = Position(row.longitude, row.latitude)
        first = found[0] if found else None
        yield Answer(row.where_coordinates, row.adm_1, position, first, took_s)


def print_scores(title: str, answers: list[Answer]) -> None:
    """Prints the shares of one set of answers."""
    count = len(answers)
    resolved = [a for a in answers if a.resolution is not None and a.resolution.place]
    print(f"{title:34} n={count:5} ", end="")
    print(f"top1 {sum(a.is_right for a in answers) / count:.3f}  ", end="")
    print(f"top10 {sum(a.is_among for a in answers) / count:.3f}  ", end="")
    print(f"unresolved {1 - len(resolved) / count:.3f}  ", end="")
    for least in SURE:
        sure = [a for a in resolved if a.resolution and a.resolution.score >= least]
        wrong = sum(not a.is_right for a in sure)
        print(f"wrong at {least} {wrong / max(1, len(sure)):.3f} of {len(sure)}  ", end="")
    took_ms = sorted(a.took_s * 1000 for a in answers)
    print(f"ms {took_ms[count // 2]:.1f} (p99 {took_ms[count * 99 // 100]:.1f})")


def print_calibration(answers: list[Answer]) -> None:
    """Prints, by tenths of the score, how often the answer is right, and the expected error."""
    scored = [(a.resolution.score, a.is_right) for a in answers if a.resolution]
    error = 0.0
    for tenth in range(10):
        held = [pair for pair in scored if tenth == min(9, int(pair[0] * 10))]
        if held:
            mean = sum(score for score, _ in held) / len(held)
            right = sum(is_right for _, is_right in held) / len(held)
            error += abs(mean - right) * len(held) / len(scored)
            print(f"  score {mean:.2f}: right {right:.2f} of {len(held)}")
    print(f"  expected calibration error {error:.3f}")


def print_misses(answers: list[Answer], most: int) -> None:
    """Prints the answers that are wrong, the surest first, with their reasons."""
    wrong = [a for a in answers if not a.is_right]
    wrong.sort(key=lambda a: -(a.resolution.score if a.resolution else 0.0))
    for answer in wrong[:most]:
        found = answer.resolution
        place = found.place if found else None
        print(f"- {answer.text} ({answer.admin1}) at {answer.position.lat}, {answer.position.lon}")
        if found is None or place is None:
            print(f"    {found.unresolved if found else 'no phrase'}")
        else:
            reasons = "; ".join(f"{r.text} [{r.cost:.2f}]" for r in found.reasons)
            away = answer.away_km(place)
            print(f"    {found.score:.2f} {place.name} {place.place_id}, {away:.0f} km: {reasons}")
        for candidate in (found.alternatives if found else ())[:9]:
            if answer.away_km(candidate.place) <= NEAR_KM:
                reasons = "; ".join(f"{r.text} [{r.cost:.2f}]" for r in candidate.reasons)
                print(f"    right: {candidate.score:.2f} {candidate.place.name}: {reasons}")


def print_listed(gazetteer: Gazetteer) -> None:
    """Prints how the places of the first reports come out with the bundled gazetteer alone."""
    print("bundled gazetteer alone, country known")
    for text, lat, lon in LISTED:
        phrase = parse_phrase(text)
        found = locate_phrase(gazetteer, phrase, Context(country="SY")) if phrase else None
        first = found.resolutions[0] if found and found.resolutions else None
        if first is None or first.place is None:
            print(f"  {text:28} unresolved: {first.unresolved if first else 'no phrase'}")
            continue
        away = distance_km(Position(lon, lat), Position(first.place.lon, first.place.lat))
        print(f"  {text:28} {away:5.1f} km  {first.score:.2f}  {first.method:8} {first.place.name}")


def print_centcom(gazetteer: Gazetteer) -> None:
    """Prints where the places of CENTCOM's strike lines come out, with the country known."""
    table = pd.read_csv(SHARED / "centcom" / "centcom_oir_strikes_2014_2016.csv")
    codes = {"Syria": "SY", "Iraq": "IQ"}
    places = table[table["country"].isin(codes)][["location", "country"]].drop_duplicates()
    print(f"CENTCOM: {len(places)} names")
    for text, country in places.itertuples(index=False):
        phrase = parse_phrase(text)
        found = locate_phrase(gazetteer, phrase, Context(country=codes[country]))
        for answer in found.resolutions:
            place = answer.place
            where = f"{place.name}, {place.lat:.2f} {place.lon:.2f}" if place else answer.unresolved
            print(f"  {text:28} {country:6} {answer.score:.2f} {where}")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="how many misses to show")
    parser.add_argument("--cache", type=Path, help="where indexes are kept; the user's else")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no reference data in {SHARED}", file=sys.stderr)
        return 1
    gazetteer = open_gazetteer(options.cache, extra=[SHARED / name for name in ADDED])
    places = read_places()
    for with_admin in (True, False):
        told = "with adm_1" if with_admin else "without adm_1"
        for half, name in enumerate(("chosen on", "only measured")):
            part = places[places["half"] == half]
            answers = list(answer_places(gazetteer, part, with_admin=with_admin))
            print_scores(f"{name}, {told}", answers)
            if with_admin and half == 0:
                print_misses(answers, options.misses)
            if with_admin and half == 1:
                print_calibration(answers)
    gazetteer.close()
    with open_gazetteer(options.cache) as bundled:
        print_listed(bundled)
        print_centcom(bundled)
    return 0


if __name__ == "__main__":
    sys.exit(main())
