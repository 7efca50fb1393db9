"""What an incident is: its columns with type, meaning and counterpart, and the event types.

Columns and events follow the ACLED codebook and UCDP GED where they agree.
"""

from typing import NamedTuple

from geo.precision import Precision


class Column(NamedTuple):
    """One column of the incident table.

    `kind` is `text` ("" where unknown), `date` (NaT), `count` (whole number, <NA>), `number`
    (NaN), `list` (JSON values, []) or `geometry` (None). `choices` are the only values of a
    closed list, beside unknown. `acled` and `ucdp` name the counterpart, or are empty.
    """

    name: str
    kind: str
    meaning: str
    acled: str = ""
    ucdp: str = ""
    choices: tuple[str, ...] = ()


# Event types in ACLED's order of precedence: where two fit one event, the earlier one is it.
EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": (
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Armed clash",
    ),
    "Protests": (
        "Excessive force against protesters",
        "Protest with intervention",
        "Peaceful protest",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}

SUB_EVENT_TYPES: dict[str, str] = {
    sub_type: event_type for event_type, sub_types in EVENT_TYPES.items() for sub_type in sub_types
}

# UCDP's types of violence. They are kept beside ACLED's types, for none of those follows from them:
# of UCDP's state-based events in Syria, 2016 to 2019, 59 % of the headlines tell of shelling, air
# strikes or bombs, which ACLED parts from battles, and so do 25 % of the one-sided ones.
VIOLENCE_TYPES = ("State-based conflict", "Non-state conflict", "One-sided violence")

DATE_PRECISIONS = ("day", "week", "month", "year")

MATCH_METHODS = ("exact", "variant", "fuzzy", "geocoder", "correction", "given")

COLUMNS: tuple[Column, ...] = (
    Column("incident_id", "text", "Names the incident; unique in its table", "event_id_cnty", "id"),
    Column("date_start", "date", "First day of the incident", "event_date", "date_start"),
    Column("date_end", "date", "Last day of the incident", "", "date_end"),
    Column(
        "date_precision",
        "text",
        "How exactly the date is known",
        "time_precision",
        "date_prec",
        DATE_PRECISIONS,
    ),
    Column("date_text", "text", "The date as the source writes it"),
    Column(
        "event_type",
        "text",
        "ACLED event type, or UCDP type of violence where that is all a source says",
        "event_type",
        "type_of_violence",
        (*EVENT_TYPES, *VIOLENCE_TYPES),
    ),
    Column(
        "sub_event_type",
        "text",
        "ACLED sub-event type",
        "sub_event_type",
        "",
        tuple(SUB_EVENT_TYPES),
    ),
    Column("actor1", "text", "Who acted, several joined by '; '", "actor1", "side_a"),
    Column("actor2", "text", "Who was acted upon, several joined by '; '", "actor2", "side_b"),
    Column(
        "fatalities_low", "count", "Lowest figure of deaths that is claimed", "fatalities", "low"
    ),
    Column("fatalities_best", "count", "Deaths, where the claims agree", "", "best"),
    Column("fatalities_high", "count", "Highest figure of deaths that is claimed", "", "high"),
    Column("injured_low", "count", "Lowest figure of injured that is claimed"),
    Column("injured_best", "count", "Injured, where the claims agree"),
    Column("injured_high", "count", "Highest figure of injured that is claimed"),
    Column("place_text", "text", "The place as the source writes it", "", "where_coordinates"),
    Column("place_name", "text", "Name of the place in the gazetteer", "location"),
    Column("place_id", "text", "Id of the place, such as geonames:169389"),
    Column("country", "text", "Country, ISO 3166-1 alpha-2 where known", "country", "country"),
    Column("admin1", "text", "First-level administrative area", "admin1", "adm_1"),
    Column("admin2", "text", "Second-level administrative area", "admin2", "adm_2"),
    Column(
        "precision",
        "text",
        "Level to which the place is known",
        choices=tuple(level.value for level in Precision),
    ),
    Column("geo_precision", "count", "ACLED's code of the level, 1 to 3", "geo_precision"),
    Column("where_prec", "count", "UCDP's code of the level, 1 to 7", "", "where_prec"),
    Column("radius_km", "number", "Radius of the circle that holds the incident, in kilometres"),
    Column("match_method", "text", "How the place was found", choices=MATCH_METHODS),
    Column("match_score", "number", "Probability, 0 to 1, that this is the place meant"),
    Column("match_reasons", "list", "Reasons for this place, or why there is none"),
    Column("alternatives", "list", "Runners-up: other places the name can mean, best first"),
    Column("source", "text", "Who says so", "source", "source_office"),
    Column("source_url", "text", "Where it can be read"),
    Column("report_id", "text", "The report it comes from"),
    Column("evidence", "text", "The sentence it rests on", "notes", "source_headline"),
    Column("claims", "list", "What each source claims, side by side"),
    Column("notes", "list", "Remarks on how a value came about"),
    Column("geometry", "geometry", "Where it happened, WGS84", "longitude, latitude", "geom_wkt"),
)

# Lists whose entries are JSON objects, not texts.
OBJECT_COLUMNS = frozenset({"alternatives", "claims"})

COLUMN_NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def names_of(kind: str) -> list[str]:
    """The names of the columns of one kind, in order.

    >>> names_of("date")
    ['date_start', 'date_end']
    """
    return [column.name for column in COLUMNS if column.kind == kind]
