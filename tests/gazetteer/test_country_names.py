import pytest

from gazetteer.countries import lookup_country
from gazetteer.rules import load_rules
from geo.areas import load_areas


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("SY", "SY"),
        (" syr ", "SY"),
        ("LBN", "LB"),
        ("NA", "NA"),
        ("Syrian Arab Republic", "SY"),
        ("سوريا", "SY"),
        ("Yemen (North Yemen)", "YE"),
        ("DR Congo (Zaire)", "CD"),
        ("Myanmar (Burma)", "MM"),
        ("Iran (Islamic Republic of)", "IR"),
        ("The Gambia", "GM"),
        ("United Republic of Tanzania", "TZ"),
        ("Democratic Republic of the Congo", "CD"),
        ("Republic of the Congo", "CG"),
        ("Gaza", "PS"),
        ("Somaliland", "SO"),
    ],
)
def test_country(written, code):
    assert lookup_country(written) == code


@pytest.mark.parametrize("written", ["", "Korea", "Narnia", "Republic of", "()", "SYRI", "the"])
def test_no_one_country(written):
    assert lookup_country(written) is None


def test_every_code_of_our_list_is_a_country():
    codes = {area.area_id for area in load_areas() if area.level == 0}
    assert set(load_rules("country_names")) <= codes
