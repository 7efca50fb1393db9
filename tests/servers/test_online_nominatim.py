"""Names that the gazetteer does not know, asked of a real Nominatim on loopback."""

from datetime import timedelta

import pandas as pd
import pytest

from gazetteer.locate import locate_phrase, locate_table
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Mention
from gazetteer.resolve import resolve_mention
from geo.measure import Position, distance_km

pytestmark = pytest.mark.nominatim

SYRIA = Context(country="SY")

# Name, feature word, governorate; latitude and longitude (tests/servers/places.csv).
FOUND = [
    ("Maar Tamater", "", "", 35.5688, 36.5528),
    ("Maar Tamater", "village", "Idleb", 35.5688, 36.5528),
    ("معرتماتر", "", "", 35.5688, 36.5528),
    ("رخم", "", "", 32.7186, 36.3445),
    ("رسم عميش", "village", "حلب", 35.8693, 37.4635),
    ("Rasm Omeish", "", "", 35.8693, 37.4635),
    ("Al-Buraghithi", "", "Idlib", 35.7613, 37.0414),
    ("Bir Noah", "", "Al-Hasakah", 36.7966, 40.1392),
    ("Bluzeh", "neighbourhood", "Idlib", 35.9300, 36.6420),
    ("Marsufah", "airport", "", 35.7320, 37.1040),
    ("Qabtan", "", "Aleppo", 36.5261, 37.3639),  # not the shop, nor the one in Turkey
    ("Bitmana", "", "Hama", 35.1000, 36.7000),  # not the one in Idlib
]
REFUSED = [
    ("Maarrat Numan", "", "", "is a district (boundary=state_district)"),
    ("Maarrat Numan", "town", "", "is a district"),
    ("Zanzaf", "", "", "no place that a report means (shop=supermarket)"),
    ("Zanzaf", "village", "", "no place that a report means"),
    ("Dehiz", "", "", "no place that a report means (highway=residential)"),
    ("Umirt", "", "", "46 km outside Syria"),  # its own server says that it lies in Syria
    ("Marsufah", "", "", "is an airport"),
    ("Shorlin", "water", "", "is a hamlet"),
    ("Bitmana", "", "", "two places fit equally well"),
    ("Bir Noah", "", "Idlib", "knows no such place"),  # the box bounds the question
    ("Wadi Nowhere", "", "", "knows no such place"),
]


@pytest.mark.parametrize(("name", "feature", "admin1", "lat", "lon"), FOUND)
def test_a_place_is_found(nominatim, open_at, name, feature, admin1, lat, lon):
    found = open_at(nominatim.domain).resolve(Mention(name, feature), Context("SY", admin1))
    assert found.unresolved == ""
    here = Position(found.place.lon, found.place.lat)
    assert distance_km(here, Position(lon, lat)) < 0.1
    assert found.method == "geocoder"
    assert found.place.country == "SY"


@pytest.mark.parametrize(("name", "feature", "admin1", "why"), REFUSED)
def test_an_answer_that_cannot_be_meant_is_not_believed(
    nominatim, open_at, name, feature, admin1, why
):
    found = open_at(nominatim.domain).resolve(Mention(name, feature), Context("SY", admin1))
    assert found.place is None
    assert why in found.unresolved
    assert nominatim.domain in found.unresolved


def test_a_district_is_believed_where_the_words_say_district(nominatim, open_at):
    found = open_at(nominatim.domain).resolve(Mention("Maarrat Numan", "district"), SYRIA)
    assert found.place.feature_code == "ADM2"
    # From the middle of 36.30-37.10 east, 35.40-35.75 north to its corner.
    assert found.place.radius_km == pytest.approx(41.2, abs=0.5)


def test_the_radius_reaches_to_the_corners_of_the_box(nominatim, open_at):
    """Nominatim's box of a village is 0.04 degrees wide and high: 2.22 km north, 1.81 km east."""
    place = open_at(nominatim.domain).resolve(Mention("Maar Tamater"), SYRIA).place
    assert place.radius_km == pytest.approx(2.87, abs=0.02)


def test_other_places_of_the_report_decide_between_namesakes(nominatim, open_at):
    near_hama = Context("SY", near=((36.75, 35.13),))
    found = open_at(nominatim.domain).resolve(Mention("Bitmana"), near_hama)
    assert found.place.lat == pytest.approx(35.1)
    assert [c.place.lat for c in found.alternatives] == [pytest.approx(35.4)]


def test_an_answer_far_from_all_other_places_is_not_believed(nominatim, open_at):
    in_the_east = Context("SY", near=((40.92, 34.45),))
    found = open_at(nominatim.domain).resolve(Mention("Maar Tamater"), in_the_east)
    assert "from the other places" in found.unresolved


def test_a_second_spelling_is_asked_where_the_first_is_not_known(breaking, open_at):
    mention = Mention("Maar Tmtr", variants=("معرتماتر",))
    found = open_at(breaking.domain).resolve(mention, SYRIA)
    assert found.place.lat == pytest.approx(35.5688)
    assert breaking.asked == ["Maar Tmtr", "معرتماتر"]


def test_the_score_is_lower_than_that_of_an_exact_match_here(nominatim, open_at, gazetteer):
    there = open_at(nominatim.domain).resolve(Mention("Maar Tamater"), SYRIA)
    here = resolve_mention(gazetteer, Mention("Maarat al-Numan"), SYRIA)
    assert (here.method, there.score < here.score) == ("exact", True)


def test_reasons_say_which_service_when_and_whether_from_the_cache(nominatim, open_at):
    online = open_at(nominatim.domain)
    first = online.resolve(Mention("Maar Tamater"), Context("SY", "Idlib"))
    again = online.resolve(Mention("Maar Tamater"), Context("SY", "Idlib"))
    source = f"found by nominatim ({nominatim.domain}) on 2026-11-22"
    assert [reason.text for reason in first.reasons] == [
        f"not in the gazetteer; {source}",
        "called 'Maar Tamater' there",
        "a village (place=village)",
        "in Idlib, as the report says",
    ]
    assert again.reasons[0].text == f"not in the gazetteer; {source}, from the cache"


def test_only_names_that_the_gazetteer_does_not_know_are_asked(breaking, open_at, gazetteer):
    table = pd.DataFrame(
        {
            "place": ["Idlib", "Maar Tamater village", "Samka", "Zanzaf", "", "Maar Tamater"],
            "governorate": ["Idlib", "Idlib", "", "Idlib", "", "Idlib"],
        }
    )
    online = open_at(breaking.domain)
    located = locate_table(
        table, gazetteer, place=["place"], admin1="governorate", country="SY", online=online
    )
    # "Samka" is known, twice: that is for the reader to decide, not for a service.
    assert breaking.asked == ["Maar Tamater", "Zanzaf"]
    assert len(located) == len(table)
    assert located["match_method"].tolist() == ["exact", "geocoder", "", "", "", "geocoder"]
    assert located["precision"].tolist()[1] == "settlement"
    assert located["admin1"].tolist()[1] == "Idlib"
    assert located["place_id"].tolist()[1] == "nominatim:node/4"


def test_nothing_is_asked_without_a_geocoder_in_the_call(breaking, open_at, gazetteer):
    open_at(breaking.domain)
    table = pd.DataFrame({"place": ["Maar Tamater village", "Zanzaf"]})
    located = locate_table(table, gazetteer, place=["place"], country="SY")
    assert located.geometry.isna().all()
    assert breaking.requests == []


def test_what_is_sent_is_the_name_its_country_and_its_box(breaking, open_at):
    online = open_at(breaking.domain, user_agent="tests (desk@example.org)")
    online.resolve(Mention("Maar Tamater", "village"), Context("SY", "Idleb", near=((36.6, 35.6),)))
    (sent,) = breaking.requests
    west, south, east, north = map(float, sent.pop("viewbox").split(","))
    assert sent == {
        "q": "Maar Tamater",
        "format": "json",
        "limit": "10",
        "countrycodes": "sy",
        "bounded": "1",
        "accept-language": "en",
        "addressdetails": "1",
        "namedetails": "1",
    }
    # Idlib, and a little more.
    assert (west, east) == pytest.approx((36.15, 37.22), abs=0.2)
    assert (south, north) == pytest.approx((35.32, 36.33), abs=0.2)
    assert breaking.agents == ["tests (desk@example.org)"]


@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision"),
    [
        ("Shorlin village in Idlib province", 35.5559, 36.4131, "settlement"),
        ("Baragethi town (Idlib)", 35.7613, 37.0414, "settlement"),
        ("near Maar Tamater", 35.5688, 36.5528, "subdistrict"),
        ("between Maar Tamater and Shorlin", 35.56, 36.48, "subdistrict"),
    ],
)
def test_phrases_are_drawn_round_the_places_found(
    nominatim, open_at, gazetteer, text, lat, lon, precision
):
    found = locate_phrase(gazetteer, parse_phrase(text), SYRIA, online=open_at(nominatim.domain))
    middle = found.location.geometry.centroid
    assert distance_km(Position(middle.x, middle.y), Position(lon, lat)) < 2
    assert str(found.location.precision) == precision


def test_an_answer_kept_is_used_when_the_server_is_down(nominatim, open_at, gazetteer):
    online = open_at(nominatim.domain)
    online.resolve(Mention("Maar Tamater"), SYRIA)
    nominatim.stop()
    try:
        kept = online.resolve(Mention("Maar Tamater"), SYRIA)
        table = pd.DataFrame({"place": ["Maar Tamater", "Shorlin", "Idlib"]})
        located = locate_table(table, gazetteer, place=["place"], country="SY", online=online)
    finally:
        nominatim.start()
    assert kept.place.lat == pytest.approx(35.5688)
    assert located["match_method"].tolist() == ["geocoder", "", "exact"]
    assert f"nominatim ({nominatim.domain}) cannot be reached" in str(located["match_reasons"][1])
    again = locate_table(table, gazetteer, place=["place"], country="SY", online=online)
    assert again["match_method"].tolist() == ["geocoder", "geocoder", "exact"]


def test_a_refusal_is_kept_too_and_asked_anew_when_it_is_old(breaking, open_at, time):
    for _ in range(2):
        online = open_at(breaking.domain, max_age_days=30)
        assert online.resolve(Mention("Wadi Nowhere"), SYRIA).place is None
    assert len(breaking.requests) == 1
    time.passed_s += timedelta(days=31).total_seconds()
    online.resolve(Mention("Wadi Nowhere"), SYRIA)
    assert len(breaking.requests) == 2


def test_another_area_is_another_question(breaking, open_at):
    online = open_at(breaking.domain)
    for admin1 in ("Idlib", "Aleppo", "Idlib", ""):
        online.resolve(Mention("Wadi Nowhere"), Context("SY", admin1))
    assert len(breaking.requests) == 3


def test_requests_keep_the_pace_on_the_clock(nominatim, open_at, time):
    online = open_at(nominatim.domain, pace_s=1.0)
    for name in ("Maar Tamater", "Shorlin", "Jalma"):
        online.resolve(Mention(name), SYRIA)
    assert sum(time.waits) == pytest.approx(2.0)
    # Another process that shares the cache keeps the same pace.
    open_at(nominatim.domain, pace_s=1.0).resolve(Mention("Balqasa"), SYRIA)
    assert sum(time.waits) == pytest.approx(3.0)
