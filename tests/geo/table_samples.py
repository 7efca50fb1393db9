"""A record of an incident."""

import datetime as dt

import shapely

RECORD = {
    "incident_id": "000-b",
    "date_start": dt.date(2019, 4, 27),
    "date_end": "2019-04-27",
    "date_precision": "day",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Russia",
    "fatalities_low": 5,
    "fatalities_best": 5,
    "fatalities_high": 5,
    "place_text": "Hama province",
    "place_id": "area:SY-HM",
    "precision": "region",
    "match_method": "exact",
    "match_score": 0.97,
    "match_reasons": ["the words say province"],
    "geometry": shapely.box(36, 34.7, 37.9, 35.6),
}
