import itertools

import pytest
from listed import build_listed

from gazetteer.place import Context, Mention
from gazetteer.resolve import find_candidates, resolve_mention, resolve_mentions
from geo.measure import Position, distance_km


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


SYRIA = Context(country="SY")

# A name as written, the feature its words ask for, and where it is (OCHA, GeoNames).
NAMES = [
    ("Idlib", "", 35.931, 36.634),
    ("Maaret al-Numan", "", 35.648, 36.677),
    ("Abu Dhuhour", "", 35.741, 37.045),
    ("Abu Dhuhour", "airport", 35.732, 37.104),
    ("Bou Kamal", "", 34.452, 40.919),
    ("Bou Kamal", "crossing", 34.404, 40.962),
    ("Amuda", "", 37.104, 40.930),
    ("Tal Tamr", "", 36.656, 40.371),
    ("Ain Issa", "", 36.386, 38.862),
    ("Abu-Djreif", "", 35.733, 36.927),
    ("Maar Shamarin", "", 35.616, 36.720),
    ("Al-Rashidin", "", 36.163, 37.063),
    ("Baliramoun", "", 36.241, 37.104),
    ("Crati", "", 35.650, 36.959),
    ("إدلب", "", 35.931, 36.634),
    ("معرة النعمان", "", 35.648, 36.677),
    ("أبو الظهور", "", 35.741, 37.045),
    ("البوكمال", "", 34.452, 40.919),
    ("عامودا", "", 37.104, 40.930),
    ("تل تمر", "", 36.656, 40.371),
    ("عين عيسى", "", 36.386, 38.862),
    ("أبو جريف", "", 35.733, 36.927),
    ("معر شمارين", "", 35.616, 36.720),
    ("الراشدين", "", 36.163, 37.063),
    ("الليرمون", "", 36.241, 37.104),
    ("Maarrat al-Noman", "city", 35.648, 36.677),
    ("Amouda", "town", 37.104, 40.930),
    ("Tell Tamer", "", 36.656, 40.371),
]


@pytest.mark.parametrize(("name", "feature", "lat", "lon"), NAMES)
def test_name(gazetteer, name, feature, lat, lon):
    variants = (f"{name} {feature}",) if feature in {"airport", "crossing"} else ()
    found = resolve_mention(gazetteer, Mention(name, feature, variants), SYRIA)
    assert found.place is not None, found.unresolved
    assert distance_km(Position(lon, lat), Position(found.place.lon, found.place.lat)) < 5
    assert 0 < found.score <= 1
    assert all(reason.text for reason in found.reasons)


def test_settlement_before_the_area_of_its_name(gazetteer):
    found = resolve_mention(gazetteer, Mention("Idlib"), SYRIA)
    assert found.place.feature_code == "PPLA"
    assert "area:SY-ID" in {candidate.place.place_id for candidate in found.alternatives}
    assert resolve_mention(gazetteer, Mention("Idlib", "province"), SYRIA).place.feature_code == (
        "ADM1"
    )


@pytest.mark.parametrize("company", [("Palmyra",), ("Palmyra", "Al-Sukhnah"), ("Aleppo", "Hama")])
def test_settlement_first_however_near_its_area_comes(gazetteer, company):
    mentions = [Mention("Homs"), *map(Mention, company)]
    assert resolve_mentions(gazetteer, mentions, SYRIA)[0].place.feature_code.startswith("PPL")
    near = Context(country="SY", near=((38.3, 34.5),))
    assert resolve_mention(gazetteer, Mention("Homs"), near).place.feature_code.startswith("PPL")


@pytest.mark.parametrize("name", ["Damascusi", "Al Idlibi", "Hamm"])
def test_a_name_only_like_a_large_place_is_no_sure_answer(gazetteer, name):
    found = resolve_mention(gazetteer, Mention(name), SYRIA)
    assert found.score < 0.6


def test_two_that_fit_equally_well_stay_unresolved(gazetteer):
    found = resolve_mention(gazetteer, Mention("Samka"), SYRIA)
    assert found.place is None
    assert "fit equally well" in found.unresolved
    best = [candidate.place.place_id for candidate in found.alternatives[:2]]
    assert sorted(best) == ["im:samka-idlib", "im:samka-tartus"]


@pytest.mark.parametrize(
    ("context", "place_id"),
    [
        (Context(country="SY", admin1="Idleb"), "im:samka-idlib"),
        (Context(country="SY", admin1="إدلب"), "im:samka-idlib"),
        (Context(country="SY", admin1="Tartous Governorate"), "im:samka-tartus"),
        (Context(country="SY", near=((36.93, 35.73),)), "im:samka-idlib"),
        (Context(country="SY", near=((35.89, 34.89),)), "im:samka-tartus"),
    ],
)
def test_context_decides_between_namesakes(gazetteer, context, place_id):
    found = resolve_mention(gazetteer, Mention("Samka"), context)
    assert found.place.place_id == place_id
    assert {reason.name for reason in found.reasons} & {"admin1", "distance"}


def test_mentions_decide_for_each_other_in_any_order(gazetteer):
    mentions = [Mention("Samka"), Mention("Abu-Djreif"), Mention("Maar Shamarin"), Mention("Crati")]
    answers = set()
    for order in itertools.permutations(mentions):
        found = resolve_mentions(gazetteer, order, SYRIA)
        by_name = {resolution.mention.text: resolution.place.place_id for resolution in found}
        answers.add(tuple(sorted(by_name.items())))
    assert len(answers) == 1
    assert dict(answers.pop())["Samka"] == "im:samka-idlib"


@pytest.mark.parametrize("name", ["Hasaka", "Al-Hasakah", "الحسكة", "Al Hasakah Governorate"])
def test_area_in_any_spelling(gazetteer, name):
    context = Context(country="SY", admin1=name)
    found = resolve_mention(gazetteer, Mention("Tal Tamr"), context)
    texts = [reason.text for reason in found.reasons if reason.name == "admin1"]
    assert len(texts) == 1
    assert texts[0].endswith("as the report says")


def test_the_better_known_of_namesakes_anywhere(gazetteer):
    assert resolve_mention(gazetteer, Mention("Paris")).place.country == "FR"
    found = resolve_mention(gazetteer, Mention("Paris"), Context(country="US"))
    assert found.place.country == "US"


def test_facility_that_is_not_known_is_near_its_settlement(gazetteer):
    found = resolve_mention(gazetteer, Mention("Amuda", "airport", ("Amuda airport",)), SYRIA)
    assert found.place.name == "Amuda"
    assert "no airport of that name is known" in " ".join(reason.text for reason in found.reasons)


@pytest.mark.parametrize("name", ["Xyzzyville", "", "-", "ٰ", "q" * 500])
def test_nothing_is_called_so(gazetteer, name):
    found = resolve_mention(gazetteer, Mention(name), SYRIA)
    assert found.place is None
    assert "no place is called" in found.unresolved


def test_english_and_arabic_together(gazetteer):
    both = find_candidates(gazetteer, Mention("Rashideen", variants=("الراشدين",)), SYRIA)
    assert both[0].place.place_id == "im:al-rashidin"
    assert ";" in both[0].reasons[0].text


def test_unknown_area_is_left_out(gazetteer):
    found = resolve_mention(gazetteer, Mention("Amuda"), Context(country="SY", admin1="Gondor"))
    assert found.place.name == "Amuda"
    assert "admin1" not in {reason.name for reason in found.reasons}


def test_scores_fall_and_sum_to_no_more_than_one(gazetteer):
    scores = [c.score for c in find_candidates(gazetteer, Mention("Karratin"), SYRIA)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1
