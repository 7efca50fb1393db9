"""What a gazetteer knows, and what it answers: places, candidates, resolutions."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place, as its source writes it.

    `lang` is an ISO 639-1 code or empty (639-2 where there is none). `kind` is `main` (the one
    shown), `alternate`, or what GeoNames or OpenStreetMap say of it: `preferred` in its language,
    `short`, `colloquial`, `historic`. All of them are searched alike. Codes (IATA, ICAO, postal,
    UN/LOCODE, Wikidata) and links are no names and are left out.
    """

    text: str
    lang: str = ""
    kind: str = "alternate"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a gazetteer; position in WGS84 degrees.

    `place_id` is `source:native id` (`geonames:169389`); `same_as` holds the ids under which
    other sources know it. `feature_code` is GeoNames' (PPL, ADM1, AIRB ...). `country` is
    ISO 3166-1 alpha-2. `admin1`, `admin2` are names as the source gives them, or empty.
    `radius_km` is the smallest circle round the position that covers the place.
    """

    place_id: str
    name: str
    lon: float
    lat: float
    feature_code: str
    country: str
    source: str
    radius_km: float
    names: tuple[PlaceName, ...] = ()
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against a candidate: its name, its cost, and words for a reader."""

    name: str
    cost: float
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean, and why.

    `method` is `exact`, `variant` or `fuzzy`; `score` is the probability, 0 to 1, that this is
    the place meant; `matched` is the gazetteer's name that was met.
    """

    place: Place
    matched: str
    method: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym as written, and what the words around it say.

    `feature` is a class of feature the words ask for (`province`, `district`, `city`, `town`,
    `village`, `airport`, `airbase`, `crossing`, `neighbourhood`, `camp`, `dam` ...), or empty.
    `variants` are other spellings or scripts of the same name (a row's Arabic column).
    `start`, `end` are its span in the text it came from.
    """

    text: str
    feature: str = ""
    variants: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name: all of it may be empty.

    `country` is ISO 3166-1 alpha-2; `admin1` to `admin3` are names of areas in any spelling;
    `near` holds (lon, lat) positions of other places of the same report or row.
    """

    country: str = ""
    admin1: str = ""
    admin2: str = ""
    near: tuple[tuple[float, float], ...] = ()
    admin3: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer for one mention.

    `place` is `None` where nothing fits or two fit equally well; `unresolved` then says why.
    `alternatives` are the runners-up, best first (all that fit where `place` is `None`).
    """

    mention: Mention
    place: Place | None
    score: float = 0.0
    method: str = ""
    matched: str = ""
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Candidate, ...] = field(default=())
    unresolved: str = ""
