"""The areas of a table of the whole world: their size in the file, and how they fit together."""

from functools import reduce
from typing import Any, NamedTuple

import pytest
import shapely
from map_reading import unpack, walk_rings

from geo.areas import load_towns
from geo.table import make_table
from maps.area_counts import make_areas
from maps.columns import make_page_data


class World(NamedTuple):
    """The block of a table of 2,000 towns all over the world, and the areas drawn of it by name."""

    text: str
    countries: dict[str, Any]
    areas: dict[tuple[str, int], Any]


@pytest.fixture(scope="module")
def world() -> World:
    towns = load_towns()[:2000]
    table = make_table(
        {"precision": "settlement", "geometry": shapely.Point(town.lon, town.lat)} for town in towns
    )
    text = make_areas(table, make_page_data(table, title="", about={}, attribution=""))
    header, columns = unpack(text)
    rings = iter(walk_rings(columns))
    drawn: dict[str, list[tuple[str, Any]]] = {}
    for level in header["levels"]:
        key = level["key"]
        counts = zip(level["names"], columns[f"{key}_rings"], strict=True)
        drawn[key] = [(name, filled([next(rings) for _ in range(count)])) for name, count in counts]
    assert next(rings, None) is None
    areas = {(name, at): shape for at, (name, shape) in enumerate(drawn["admin1"])}
    return World(text, dict(drawn["country"]), areas)


def filled(rings: list[Any]) -> Any:
    """What rings enclose, as the page fills them: what lies in two of them is outside."""
    return reduce(
        shapely.symmetric_difference, map(shapely.make_valid, map(shapely.Polygon, rings))
    )


def test_the_areas_of_a_table_of_the_whole_world_are_small(world: World) -> None:
    assert len(world.countries) > 120
    assert len(world.areas) > 1500
    assert len(world.text) < 130_000


@pytest.mark.parametrize("name", ["Ukraine", "Nigeria", "Syria", "India", "Mexico", "Germany"])
def test_neighbours_drawn_leave_no_slivers(world: World, name: str) -> None:
    """A country's first-level areas fill it to the last corner, and none lies upon another."""
    country = world.countries[name]
    areas = list(world.areas.values())
    own = [area for area in areas if country.covers(shapely.point_on_surface(area))]
    assert len(own) > 10
    together = shapely.union_all(own)
    assert shapely.difference(country, together).area == 0
    # Rounded corners can make two edges cross by less than a step.
    assert shapely.area(own).sum() == pytest.approx(together.area, rel=1e-5)


def test_enclaves_within_a_country_are_no_holes(world: World) -> None:
    """Of Switzerland's 26 cantons some have exclaves smaller than what is seen."""
    assert len(shapely.get_rings(world.countries["Switzerland"])) == 1
    holes = shapely.get_num_interior_rings(shapely.get_parts(world.countries["South Africa"]))
    assert holes.sum() == 1  # Lesotho
