"""Options of a geocoder, its data tables and its cache, without asking anybody."""

import inspect
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from geopy.geocoders import SERVICE_TO_GEOCODER

from gazetteer.online import OnlineOptions, open_online
from gazetteer.online_answers import Answer, load_geocoders, load_kinds
from gazetteer.online_bounds import find_bounds
from gazetteer.online_cache import Kept, keep_answers, lookup_answers, open_cache, take_turn
from gazetteer.online_options import check_options
from gazetteer.place import Context
from gazetteer.sources.radius import load_features
from geo.errors import InputError, OutputError

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (OnlineOptions("nominatim"), "wants to know who asks"),
        (OnlineOptions("nominatim", {"domain": "nominatim.openstreetmap.org"}), "who asks"),
        (OnlineOptions("nominatim", {"domain": "Nominatim.OpenStreetMap.org:443/"}), "who asks"),
        (OnlineOptions("nominatim", user_agent="desk@example.org", pace_s=0.5), "one request a"),
        (OnlineOptions("nominatim", user_agent="my-application"), "cannot be asked so"),
        (OnlineOptions("nominatim", {"domain": "me:secret@host"}), "holds a password"),
        (OnlineOptions("photon", pace_s=-1), "pace_s -1"),
        (OnlineOptions("photon", timeout_s=0), "timeout_s 0"),
        (OnlineOptions("photon", most_failures=0), "most_failures 0"),
        (OnlineOptions("photon", {"scheme": "gopher"}), "cannot be asked so"),
        (OnlineOptions("nomination"), "no geocoder 'nomination'"),
        (OnlineOptions("photon", {"api_key": "k"}), "takes no option 'api_key'; it takes domain"),
        (OnlineOptions("opencage"), "cannot be asked so"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is(options, words):
    with pytest.raises(InputError, match=words) as caught:
        open_online(options)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        OnlineOptions("nominatim", {"domain": "127.0.0.1:8080"}, pace_s=0),
        OnlineOptions("nominatim", {"user_agent": "desk@example.org"}),
        OnlineOptions("photon"),
    ],
)
def test_a_server_of_ones_own_needs_no_user_agent(options):
    check_options(options)
    open_online(options).close()


def test_what_is_missing_is_said_where_geopy_is_not_installed():
    code = (
        "import sys; sys.modules['geopy'] = None\n"
        "from gazetteer.online import OnlineOptions, open_online\n"
        "open_online(OnlineOptions('photon'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert b"pip install 'incident-mapper[online]'" in done.stderr


def test_geopy_is_not_even_imported_without_a_geocoder():
    code = (
        "import sys, incident_mapper.pipeline, incident_mapper.cli, gazetteer.online\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'geopy']"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", load_geocoders())
def test_every_geocoder_is_one_of_geopys_with_the_arguments_it_takes(name):
    takes = inspect.signature(SERVICE_TO_GEOCODER[name].geocode).parameters
    entry = load_geocoders()[name]
    asked = [*entry.get("ask", {}).values(), *entry.get("with", {}), *entry.get("with_box", {})]
    assert [argument for argument in asked if argument not in takes] == []
    assert {"exactly_one"} <= set(takes)
    families = {family for family, _ in load_kinds()}
    assert entry["family"] in families | {"geonames"}


def test_every_kind_is_a_feature_we_know():
    unknown = {
        kind for kind, known in load_kinds().items() if known.feature_code not in load_features()
    }
    assert unknown == set()


def make_answer(name: str) -> Answer:
    box = (36.5, 35.5, 36.6, 35.6)
    return Answer("node/4", (name,), 36.55, 35.55, "place=village", "PPL", "SY", box)


def test_what_is_kept_comes_back_until_it_is_too_old(tmp_path):
    cache = open_cache(tmp_path / "new" / "cache.sqlite")
    keep_answers(cache, "a", Kept([make_answer("معرتماتر")], NOON))
    keep_answers(cache, "none", Kept([], NOON))
    later = NOON + timedelta(days=9)
    assert lookup_answers(cache, "a", now=later, max_age_days=10).answers == [
        make_answer("معرتماتر")
    ]
    assert lookup_answers(cache, "none", now=later, max_age_days=10) == Kept([], NOON)
    assert lookup_answers(cache, "a", now=later, max_age_days=8) is None
    assert lookup_answers(cache, "a", now=NOON - timedelta(days=1), max_age_days=8) is None
    assert lookup_answers(cache, "b", now=NOON, max_age_days=8) is None
    cache.close()


def test_what_was_looked_for_is_for_its_owner_to_read(tmp_path):
    open_cache(tmp_path / "cache.sqlite").close()
    assert (tmp_path / "cache.sqlite").stat().st_mode & 0o077 == 0


def test_two_processes_take_turns(tmp_path):
    one, two = (open_cache(tmp_path / "cache.sqlite") for _ in range(2))
    waits = [take_turn(cache, "nominatim", pace_s=1.0, now=NOON) for cache in (one, two, one)]
    assert waits == [0.0, 1.0, 2.0]
    assert take_turn(two, "photon", pace_s=1.0, now=NOON) == 0.0
    one.close()
    two.close()


def test_a_file_that_is_no_cache_is_told(tmp_path):
    path = tmp_path / "cache.sqlite"
    path.write_text("not a database, but long enough to be told from an empty one" * 20)
    with pytest.raises(InputError, match=r"cache.sqlite is no cache.*delete it"):
        open_cache(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        open_cache(tmp_path / "file" / "cache.sqlite")


@pytest.mark.parametrize(
    ("context", "country", "area"),
    [
        (Context("SY", "Idleb"), "SY", "SY-ID"),
        (Context("sy", "محافظة حلب"), "SY", "SY-HL"),
        (Context("SY", "Nowhere Province"), "SY", "SY"),
        (Context("SY"), "SY", "SY"),
        (Context("XX"), "XX", None),
        (Context(admin1="Idlib"), "", None),
    ],
)
def test_bounds_are_those_of_the_finest_area_known(context, country, area):
    bounds = find_bounds(context)
    assert bounds.country == country
    assert (bounds.area.area_id if bounds.area else None) == area
    assert (bounds.box is None) == (area is None)


def test_a_country_on_both_ends_of_the_map_has_no_box():
    assert find_bounds(Context("RU")).box is None
    assert find_bounds(Context("RU")).area.area_id == "RU"
