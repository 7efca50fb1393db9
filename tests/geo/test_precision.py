import pytest

from geo.precision import (
    IMPLIED_RADIUS_KM,
    Precision,
    coarsest,
    from_feature_code,
    from_geo_precision,
    from_radius_km,
    from_where_prec,
    to_geo_precision,
    to_where_prec,
)


@pytest.mark.parametrize(
    ("level", "acled", "ucdp"),
    [
        ("exact", 1, 1),
        ("settlement", 1, 1),
        ("subdistrict", 2, 3),
        ("district", 2, 3),
        ("region", 3, 4),
        ("country", 3, 6),
    ],
)
def test_codes_of_the_codebooks(level, acled, ucdp):
    assert to_geo_precision(Precision(level)) == acled
    assert to_where_prec(Precision(level)) == ucdp


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("PPL", "settlement"),
        ("pplc", "settlement"),
        ("PPLX", "exact"),
        ("AIRB", "exact"),
        ("CMP", "exact"),
        ("ADM1", "region"),
        ("ADM2", "district"),
        ("ADM3", "subdistrict"),
        ("PCLI", "country"),
        ("RGN", "region"),
        ("no such code", "exact"),
    ],
)
def test_feature_codes_have_levels(code, level):
    assert from_feature_code(code) == level


def test_radii_grow_with_the_level():
    radii = [IMPLIED_RADIUS_KM[level] for level in Precision]
    assert radii == sorted(set(radii))


@pytest.mark.parametrize("level", list(Precision))
def test_a_level_s_own_radius_gives_the_level(level):
    assert from_radius_km(IMPLIED_RADIUS_KM[level]) == level


@pytest.mark.parametrize("code", range(1, 8))
def test_a_level_read_from_a_code_is_never_finer_than_the_code(code):
    assert to_where_prec(from_where_prec(code)) >= min(code, 6) or code in {2, 5}
    if code <= 3:
        assert to_geo_precision(from_geo_precision(code)) == code


@pytest.mark.parametrize("code", [0, 8, -1])
def test_no_code_is_no_level(code):
    assert from_where_prec(code) is None
    assert from_geo_precision(code) is None


def test_the_coarsest_of_levels():
    assert coarsest(Precision.DISTRICT, Precision.EXACT) == Precision.DISTRICT
