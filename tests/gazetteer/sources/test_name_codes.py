"""Codes are no names: DAM, without its capitals, is a word and other places' name."""

from pathlib import Path

import pytest
from collected import collect

from gazetteer.sources.generated import drop_codes
from gazetteer.store import open_gazetteer
from tests.conftest import BuiltGazetteer

HEADING = "wof_id,placetype,name,latitude,longitude,names_eng,country\n"


def test_codes_of_airports_and_countries_are_no_names(tmp_path: Path) -> None:
    path = tmp_path / "wof_sy.csv"
    rows = ["1,country,Syria,35,38,SY|SYR|Syrian Arab Republic,SY"]
    rows += ["2,campus,Basil Al-Assad Airport,35.4,35.9,LTK|OSLK|Hmeimim,SY"]
    rows += ["3,locality,ALAN,36.1,37.1,ALAN|Alan,SY"]
    path.write_text(HEADING + "\n".join(rows) + "\n", "utf-8")
    found = collect(path)
    names = {key: [text for text, *_ in found.names(key)] for key in found.places}
    assert names == {
        "wof:1": ["Syria", "SY", "Syrian Arab Republic"],
        "wof:2": ["Basil Al-Assad Airport", "Hmeimim"],
        "wof:3": ["ALAN", "Alan"],
    }


@pytest.mark.parametrize("name", ["Ur", "UK", "Alan", "ALAN", "Dam", "ДАМ", "A1B", "دمر"])
def test_what_is_no_three_capitals_stays(name: str) -> None:
    assert drop_codes([name, "DAM"]) == [name]


@pytest.mark.slow
def test_a_town_is_not_called_by_its_airport(built_gazetteer: BuiltGazetteer) -> None:
    with open_gazetteer(built_gazetteer.folder) as gazetteer:
        for code, city in [("Dam", "Damascus"), ("Alp", "Aleppo"), ("Kac", "Al Qāmishlī")]:
            found = gazetteer.find_matches(code, country="SY", limit=30)
            assert city not in [match.place.name for match in found if match.method == "exact"]
        exact = [match for match in gazetteer.find_matches("USA") if match.method == "exact"]
        assert "US" in [m.place.country for m in exact if m.place.feature_code == "PCLI"]
