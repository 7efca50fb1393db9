"""The reference data of the names benchmark as questions: a name, its context, where it is."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.names_alike import is_alike, is_arabic, split_names, to_core
from gazetteer.index import Gazetteer
from gazetteer.store import open_gazetteer
from geo.measure import Position, distance_km

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
NEAR_KM = 5.0
OCHA = (
    "ocha/syr_populated_places_ocha.csv",
    "ocha/syr_neighbourhoods_20201217.geojson",
)
WOF = ("whosonfirst/wof_sy.csv",)
# What is loaded beside the bundled places, by the name of the index.
INDEXES: dict[str, tuple[str, ...]] = {
    "bundled": (),
    "syria": (*WOF, *OCHA),
    "syria_iraq": (*WOF, "whosonfirst/wof_iq.csv", *OCHA),
    "wof": WOF,
    "ocha": OCHA,
}
_CENTCOM = {"Syria": "SY", "Iraq": "IQ"}


@dataclass(frozen=True, slots=True)
class Question:
    """A name as written, what is told beside it, and where its coders put it (WGS84 degrees).

    `half` is 0 for places that rules and weights are chosen on, 1 for those only measured; `group`
    is the distinct place that the string names: strings of one group are in one half.
    """

    text: str
    admin1: str = ""
    country: str = ""
    lon: float = float("nan")
    lat: float = float("nan")
    half: int = 1
    group: str = ""

    @property
    def position(self) -> Position:
        """Where the coders put it."""
        return Position(self.lon, self.lat)


def open_index(name: str, cache: Path | None) -> Gazetteer:
    """Returns the gazetteer with the files of `INDEXES`, each index in a folder of its own."""
    extra = [SHARED / file for file in INDEXES[name]]
    return open_gazetteer(cache / name if cache else None, extra=extra)


def hash_half(text: str) -> int:
    """The half that a string's hash puts it in, 0 or 1."""
    return hashlib.sha256(text.encode()).digest()[0] % 2


def read_syria() -> list[Question]:
    """UCDP's distinct exact places of Syria, 2016 to 2019."""
    return _make_questions(
        pd.read_csv(SHARED / "ucdp" / "ged_syria_2016_2019.csv", low_memory=False), "SY"
    )


def read_car() -> list[Question]:
    """UCDP's distinct exact places of the Central African Republic, where no rule was chosen."""
    file = SHARED / "ucdp" / "ucdp_ged231_CAR.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    rows = [
        feature["properties"]
        | dict(zip(("longitude", "latitude"), feature["geometry"]["coordinates"], strict=True))
        for feature in features
    ]
    inside = [row for row in rows if row["country"] == "Central African Republic"]
    return _make_questions(pd.DataFrame(inside), "CF")


def _make_questions(table: pd.DataFrame, country: str) -> list[Question]:
    exact = table[table["where_prec"] == 1].dropna(subset=["where_coordinates"])
    keys = ["where_coordinates", "adm_1"]
    places = exact.fillna({"adm_1": ""}).groupby(keys)[["latitude", "longitude"]]
    bare = [
        Question(str(text), str(admin1), country, _find_mode(at.longitude), _find_mode(at.latitude))
        for (text, admin1), at in places
    ]
    return group_questions(bare)


def _find_mode(values: "pd.Series[float]") -> float:
    return float(values.mode().iloc[0])


def group_questions(questions: Sequence[Question]) -> list[Question]:
    """Puts strings that name one place in one group, and each group in one half.

    One place: the same governorate, and either the same name (but for accents, article and words
    such as "village") or a name alike within 5 km. The half is that of the hash of the group's
    first string, so that a place with a single string is where it always was.
    """
    first = list(range(len(questions)))
    for at, one in enumerate(questions):
        for earlier in range(at):
            if first[earlier] == earlier and _is_one_place(questions[earlier], one):
                first[at] = earlier
                break
    return [_place_in_group(q, questions[lead]) for q, lead in zip(questions, first, strict=True)]


def _place_in_group(question: Question, lead: Question) -> Question:
    return Question(
        question.text,
        question.admin1,
        question.country,
        question.lon,
        question.lat,
        hash_half(lead.text),
        f"{lead.text} | {lead.admin1}",
    )


def _is_one_place(one: Question, other: Question) -> bool:
    if to_core(one.text) == to_core(other.text) and one.admin1 == other.admin1:
        return True
    if abs(one.lat - other.lat) > 0.05 or abs(one.lon - other.lon) > 0.06:
        return False
    near = distance_km(one.position, other.position) <= NEAR_KM
    return bool(near) and any(
        is_alike(a, b) for a in split_names(one.text) for b in split_names(other.text)
    )


def read_ocha_names() -> list[tuple[Question, str]]:
    """OCHA's communities by their Arabic name, with their governorate, and the English name."""
    return [
        (_locate(row["LocationName_ar"], row["admin1Name_en"], row), row["LocationName_en"])
        for row in _read_rows(OCHA[0])
        if is_arabic(row["LocationName_ar"])
    ]


def read_wof_names() -> list[tuple[Question, str]]:
    """Who's On First's settlements of Syria by their first Arabic name, and the English one.

    Left out: those superseded or ceased, and what is no settlement.
    """
    found = []
    for row in _read_rows(WOF[0]):
        is_settlement = row["placetype"] in {"locality", "neighbourhood"}
        if not is_settlement or row["superseded_by"] or row["is_current"] == "0":
            continue
        name = next((name for name in row["names_ara"].split("|") if is_arabic(name)), "")
        if name:
            found.append((_locate(name.strip(), row["region"], row), row["name"]))
    return found


def _read_rows(file: str) -> Iterator[dict[str, str]]:
    with (SHARED / file).open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def _locate(text: str, admin1: str, row: Mapping[str, str]) -> Question:
    lon, lat = float(row["longitude"]), float(row["latitude"])
    return Question(text, admin1, "SY", lon, lat, 1, f"{text} | {lat:.3f} {lon:.3f}")


def read_centcom() -> list[Question]:
    """The distinct "Near X" of CENTCOM's strike lines in Syria and Iraq; they have no position."""
    table = pd.read_csv(SHARED / "centcom" / "centcom_oir_strikes_2014_2016.csv")
    places = table[table["country"].isin(_CENTCOM)][["location", "country"]].drop_duplicates()
    return [
        Question(text, "", _CENTCOM[country]) for text, country in places.itertuples(index=False)
    ]


def without_admin(questions: Iterable[Question]) -> list[Question]:
    """The same questions without their governorate."""
    return [Question(q.text, "", q.country, q.lon, q.lat, q.half, q.group) for q in questions]


def sample_questions(count: int, seed: int = 1) -> list[Question]:
    """So many of UCDP's places of Syria, with their governorate, in an order fixed by the seed.

    Where more are asked for than there are, those without the governorate follow.
    """
    places = read_syria()
    asked = [*places, *without_admin(places)]
    digests = [hashlib.sha256(f"{seed} {q.text} {q.admin1}".encode()).digest() for q in asked]
    order = sorted(range(len(asked)), key=lambda at: (at >= len(places), digests[at]))
    return [asked[at] for at in order[:count]]
