import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.spelling import compare_names

# The first pair is nearer than the second: what romanisation changes counts for less.
NEARER = [
    (("Raqqa", "Rakka"), ("Raqqa", "Ramqa")),
    (("Khusham", "Khasham"), ("Khusham", "Khushab")),
    (("Dhuhur", "Zuhur"), ("Dhuhur", "Nuhur")),
    (("Tall Rifat", "Rifat"), ("Tall Rifat", "Tall Rijal")),
    (("Tall Abyad", "Abyad"), ("Tall Abyad", "Khirbat Abyad")),
    (("Ghariyah Sharqiyah", "Eastern Ghariyah"), ("Ghariyah Sharqiyah", "Western Ghariyah")),
    (("Manbij", "Membij"), ("Manbij", "Marmaj")),
    (("Idlib", "إدلب"), ("Idlib", "حلب")),
    (("حارم", "حازم"), ("حارم", "منبج")),
]


@pytest.mark.parametrize(("near", "far"), NEARER)
def test_nearer(near, far):
    assert compare_names(*near) < compare_names(*far)


SAME = [
    ("Abu Kamal", "Bou Kamal"),
    ("Ma‘arrat an-Nu‘mān", "Maarat al Numan"),
    ("Ein Issa", "Ayn Isa"),
    ("Sharqiyah Ghariyah", "Eastern Ghariyah"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one, other):
    assert compare_names(one, other) == 0.0


@pytest.mark.parametrize(("one", "other"), [("Hama", "Homs"), ("Idlib", "Aleppo"), ("حلب", "حمص")])
def test_different(one, other):
    assert compare_names(one, other) > 0.3


@given(st.text(max_size=20), st.text(max_size=20))
def test_comparison_is_symmetric_and_nothing_is_nearer_than_itself(one, other):
    assert compare_names(one, other) == pytest.approx(compare_names(other, one))
    assert compare_names(one, other) >= compare_names(one, one) == 0.0


@pytest.mark.parametrize(
    "pair", [("Baghdad", "Al Baghdadi"), ("Homs", "Homsi"), ("Halab", "Halabi")]
)
def test_a_name_with_an_ending_is_another_name(pair):
    assert compare_names(*pair) > 0.2
    assert compare_names(*pair) == compare_names(*reversed(pair))
