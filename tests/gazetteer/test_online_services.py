"""What geopy's other geocoders answer, read: each asked over HTTP at a loopback server.

The documents are made by hand in the form that each service documents for its answers; Nominatim
itself is asked for real in tests/servers.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.online import Clock, OnlineOptions, open_online
from gazetteer.place import Context, Mention

LAT, LON = 35.5688, 36.5528


def photon(kind: str) -> dict:
    value = {"village": "village", "shop": "supermarket", "district": "administrative"}[kind]
    key = {"village": "place", "shop": "shop", "district": "boundary"}[kind]
    layer = {"village": "city", "shop": "house", "district": "county"}[kind]
    properties = {
        "osm_id": 4,
        "osm_type": "N",
        "osm_key": key,
        "osm_value": value,
        "type": layer,
        "name": "Maar Tamater",
        "countrycode": "SY",
        "country": "Syria",
        "extent": [36.53, 35.59, 36.57, 35.55],
    }
    geometry = {"type": "Point", "coordinates": [LON, LAT]}
    return {"features": [{"type": "Feature", "geometry": geometry, "properties": properties}]}


def pelias(kind: str) -> dict:
    layer = {"village": "locality", "shop": "venue", "district": "county"}[kind]
    properties = {
        "gid": f"whosonfirst:{layer}:421",
        "layer": layer,
        "name": "Maar Tamater",
        "label": "Maar Tamater, Syria",
        "country_code": "SY",
        "country_a": "SYR",
    }
    geometry = {"type": "Point", "coordinates": [LON, LAT]}
    box = [36.53, 35.55, 36.57, 35.59]
    feature = {"type": "Feature", "geometry": geometry, "properties": properties, "bbox": box}
    return {"features": [feature]}


def geonames(kind: str) -> dict:
    code = {"village": "PPL", "shop": "RET", "district": "ADM2"}[kind]
    place = {
        "geonameId": 167000,
        "name": "Maar Tamater",
        "toponymName": "Ma`arr Tamātir",
        "fcode": code,
        "fcl": code[0],
        "countryCode": "SY",
        "countryName": "Syria",
        "adminName1": "Idlib",
        "lat": str(LAT),
        "lng": str(LON),
        "population": 0,
    }
    return {"totalResultsCount": 1, "geonames": [place]}


def arcgis(kind: str) -> dict:
    types = {
        "village": ("Locality", "City"),
        "shop": ("POI", "Grocery"),
        "district": ("Locality", "County"),
    }
    addr_type, place_type = types[kind]
    candidate = {
        "address": "Maar Tamater, Idlib",
        "location": {"x": LON, "y": LAT},
        "score": 100,
        "attributes": {
            "PlaceName": "Maar Tamater",
            "Addr_type": addr_type,
            "Type": place_type,
            "Country": "SYR",
        },
        "extent": {"xmin": 36.53, "ymin": 35.55, "xmax": 36.57, "ymax": 35.59},
    }
    return {"candidates": [candidate]}


def google(kind: str) -> dict:
    types = {
        "village": ["locality", "political"],
        "shop": ["establishment", "grocery_or_supermarket", "point_of_interest"],
        "district": ["administrative_area_level_2", "political"],
    }
    corners = {"southwest": {"lat": 35.55, "lng": 36.53}, "northeast": {"lat": 35.59, "lng": 36.57}}
    result = {
        "formatted_address": "Maar Tamater, Syria",
        "place_id": "ChIJ0000",
        "types": types[kind],
        "address_components": [
            {"long_name": "Maar Tamater", "short_name": "Maar Tamater", "types": types[kind]},
            {"long_name": "Syria", "short_name": "SY", "types": ["country", "political"]},
        ],
        "geometry": {"location": {"lat": LAT, "lng": LON}, "viewport": corners},
    }
    return {"status": "OK", "results": [result]}


SERVICES = [
    ("photon", {}, photon),
    ("pelias", {}, pelias),
    ("geonames", {"username": "desk"}, geonames),
    ("arcgis", {}, arcgis),
    ("google", {"api_key": "k"}, google),
]
# The box reaches farthest to its north-west: 2.35 km north, 2.07 km west. GeoNames gives no box.
PLACES = [
    (*SERVICES[0], "photon:N/4", 3.13),
    (*SERVICES[1], "pelias:whosonfirst:locality:421", 3.13),
    (*SERVICES[2], "geonames:167000", 2.4),
    (*SERVICES[3], "arcgis:35.5688,36.5528", 3.13),
    (*SERVICES[4], "google:ChIJ0000", 3.13),
]


@contextmanager
def serve(document: dict) -> Iterator[tuple[str, list[dict]]]:
    """Yields the domain of a server that gives one answer to all, and what it was asked."""
    requests: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            requests.append({key: values[0] for key, values in query.items()})
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Keeps the tests' output clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(name, settings, document, mention, context):
    with serve(document) as (domain, requests):
        options = OnlineOptions(name, {"domain": domain, "scheme": "http"} | settings, pace_s=0)
        with open_online(options, clock=Clock(wait=lambda _: None)) as online:
            return online.resolve(mention, context), requests


@pytest.mark.parametrize(("name", "settings", "make", "place_id", "radius_km"), PLACES)
def test_a_village_is_believed(name, settings, make, place_id, radius_km):
    mention, context = Mention("Maar Tamater", "village"), Context("SY", "Idlib")
    found, requests = ask(name, settings, make("village"), mention, context)
    place = found.place
    assert (place.place_id, place.lat, place.lon) == (place_id, LAT, LON)
    assert (place.feature_code, place.country, place.admin1) == ("PPL", "SY", "Idlib")
    assert place.radius_km == pytest.approx(radius_km, abs=0.02)
    assert len(requests) == 1


@pytest.mark.parametrize(("name", "settings", "make"), SERVICES)
def test_a_shop_or_a_district_of_that_name_is_not(name, settings, make):
    for kind in ("shop", "district"):
        mention = Mention("Maar Tamater", "village")
        found, _ = ask(name, settings, make(kind), mention, Context("SY", "Idlib"))
        assert found.place is None


@pytest.mark.parametrize(("name", "settings", "make"), SERVICES)
def test_an_answer_elsewhere_or_of_another_name_is_not(name, settings, make):
    elsewhere, _ = ask(name, settings, make("village"), Mention("Maar Tamater"), Context("IQ"))
    assert elsewhere.place is None
    other, _ = ask(name, settings, make("village"), Mention("Deir ez-Zor"), Context("SY"))
    assert "another name" in other.unresolved


def test_a_service_without_country_codes_is_told_the_country_in_words():
    _, requests = ask(
        "arcgis", {}, arcgis("village"), Mention("Maar Tamater"), Context("SY", "Idlib")
    )
    assert requests[0]["singleLine"] == "Maar Tamater, Idlib, Syria"
    _, requests = ask(
        "geonames", {"username": "d"}, geonames("village"), Mention("Maar Tamater"), Context("SY")
    )
    assert (requests[0]["q"], requests[0]["country"]) == ("Maar Tamater", "sy")


def test_the_box_is_sent_where_the_service_takes_one():
    mention, context = Mention("Maar Tamater"), Context("SY", "Idlib")
    _, requests = ask("photon", {}, photon("village"), mention, context)
    west, south, east, north = map(float, requests[0]["bbox"].split(","))
    assert (west, south, east, north) == pytest.approx((36.15, 35.32, 37.22, 36.33), abs=0.2)
