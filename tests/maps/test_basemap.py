import itertools
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from map_reading import OpenMap, go_to, unpack
from map_samples import make_sample
from playwright.sync_api import Page

from geo.errors import InputError
from maps.basemap import find_boxes, make_base_map
from maps.names import LAST_ZOOM, find_zooms
from maps.world import load_world

SYRIA = (35.7, 32.3, 42.4, 37.3)


def names_of(text: str) -> dict[tuple[str, str], int]:
    """The first zoom of each name and kind."""
    header, columns = unpack(text)
    kinds = [header["name_kinds"][kind] for kind in columns["name_kind"]]
    pairs = zip(header["names"], kinds, strict=True)
    return dict(zip(pairs, columns["name_zoom"], strict=True))


def points(columns: dict[str, list[int]], name: str, scale: int) -> np.ndarray:
    return np.array([columns[f"{name}_x"], columns[f"{name}_y"]]).T / scale


COUNTRIES = {
    "Syria": SYRIA,
    "Ukraine": (22.1, 44.4, 40.2, 52.4),
    "Sudan": (21.8, 8.7, 38.6, 22.2),
    "DR Congo": (12.2, -13.5, 31.3, 5.4),
    "Indonesia": (95.0, -11.0, 141.0, 6.0),
    "Chile": (-75.7, -55.9, -66.4, -17.5),
    "Fiji": (176.9, -19.2, 182.0, -12.5),
}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_takes_no_more_than_its_share_of_the_page(country: str) -> None:
    text = make_base_map(COUNTRIES[country])
    assert len(text) <= 150_000
    _, columns = unpack(text)
    # What is kept small is the detail: the surroundings and the inner part are both there.
    assert sum(columns["near_land_length"]) > 500
    assert sum(columns["fine_land_length"]) > 100


def test_the_world_alone_is_smaller_and_has_every_layer_empty_but_its_own() -> None:
    text = make_base_map(None)
    assert len(text) <= 50_000
    header, columns = unpack(text)
    assert {name for name in header["lines"] if columns[f"{name}_length"]} == {
        "world_land",
        "world_borders",
        "world_lakes",
    }


def test_lines_lie_where_they_should() -> None:
    header, columns = unpack(make_base_map(SYRIA))
    for name, spec in header["lines"].items():
        lons, lats = points(columns, name, spec["scale"]).T
        assert columns[f"{name}_length"], name
        assert sum(columns[f"{name}_length"]) == len(lons)
        assert np.abs(lons).max() <= (540 if name.startswith("world") else 180), name
        assert np.abs(lats).max() <= 90, name
    for part in ("near", "fine"):
        scale = header["lines"][f"{part}_land"]["scale"]
        coast, border, disputed = (
            points(columns, f"{part}_{name}", scale) for name in ("land", "borders", "disputed")
        )
        # The coast of Latakia is a coast, the border at Tall Abyad a border and no coast.
        assert near(coast, (35.75, 35.5)) < 0.2
        assert near(border, (38.95, 36.70)) < 0.2
        assert near(coast, (38.95, 36.70)) > 1
        # The line in the Golan is no border that both sides take for one.
        assert near(disputed, (35.87, 33.0)) < 0.2
        assert near(border, (35.87, 33.0)) > 0.25
    # The Euphrates, and Lake Van.
    assert near(points(columns, "rivers", 200), (39.006, 35.93)) < 0.04
    assert near(points(columns, "lakes", 200), (42.9, 38.4)) < 0.2


def near(line: np.ndarray, position: tuple[float, float]) -> float:
    return float(np.hypot(*(line - position).T).min())


def test_the_cut_edges_of_the_box_are_no_borders() -> None:
    header, columns = unpack(make_base_map(SYRIA))
    west, south, east, north = find_boxes(SYRIA)[0]
    for name in ("near_borders", "near_disputed", "near_admin"):
        lons, lats = points(columns, name, header["lines"][name]["scale"]).T
        on_edge = np.isclose(lons, west - 0.1) | np.isclose(lons, east + 0.1)
        on_edge |= np.isclose(lats, south - 0.1) | np.isclose(lats, north + 0.1)
        lengths = np.cumsum([0, *columns[f"{name}_length"]])
        runs = [on_edge[a:b] for a, b in itertools.pairwise(lengths)]
        assert not any(run[:-1][run[1:]].any() for run in runs if len(run) > 1), name


def test_the_names_a_reader_looks_for_are_there() -> None:
    names = names_of(make_base_map(SYRIA))
    assert names["Syria", "country"] <= 5
    assert names["Damascus", "city"] <= 7
    assert names["Aleppo", "city"] <= 6
    assert names["Aleppo", "admin1"] >= 5
    assert ("Tokyo", "city") in names
    assert {(name, "city") for name in ("Homs", "Deir ez-Zor", "Latakia")} <= names.keys()
    assert ("Idlib", "town") in names or ("Idlib", "city") in names


def test_the_larger_of_two_towns_in_one_square_is_named_first() -> None:
    zooms = find_zooms(np.array([36.0, 36.05, 100.0]), np.array([35.0, 35.0, 10.0]))
    assert zooms[0] < zooms[1] <= LAST_ZOOM
    assert zooms[0] == zooms[2]


@pytest.mark.parametrize(
    ("bounds", "boxes"),
    [
        (None, []),
        ((36.0, 35.0, 36.0, 35.0), [(34.0, 33.0, 38.0, 37.0)]),
        ((179.0, -18.0, 181.0, -16.0),
         [(176.0, -21.0, 180.0, -13.0), (-180.0, -21.0, -176.0, -13.0)]),
        ((-179.5, 0.0, -179.0, 0.0), [(178.5, -2.0, 180.0, 2.0), (-180.0, -2.0, -177.0, 2.0)]),
        ((-170.0, -50.0, 170.0, 70.0), []),
        ((5.0, 84.9, 5.0, 85.0), [(3.0, 82.9, 7.0, 85.0)]),
    ],
)  # fmt: skip
def test_boxes_stay_on_the_map(
    bounds: tuple[float, float, float, float] | None, boxes: Iterable[tuple[float, ...]]
) -> None:
    assert find_boxes(bounds) == boxes
    make_base_map(bounds)


def test_no_line_of_the_world_jumps_to_its_other_side() -> None:
    world = load_world()
    for lines in (world.land, world.borders):
        assert lines
        assert (
            max(np.abs(np.diff(line[:, 0])).max() for line in lines if abs(line[0, 1]) < 60) < 180
        )
    assert world.centres["France"] == pytest.approx((2.5, 46.5), abs=1)


def test_land_is_cut_beyond_the_antimeridian_so_that_no_coast_runs_along_it() -> None:
    header, columns = unpack(make_base_map((178.0, 65.0, 182.0, 68.0)))  # Chukotka
    for name in ("near_land", "fine_land"):
        lons, _ = points(columns, name, header["lines"][name]["scale"]).T
        assert np.abs(lons).max() == pytest.approx(180.1, abs=0.01)
        assert not np.isclose(np.abs(lons), 180.0, atol=0.005).any()


def test_the_caller_s_own_rivers_take_the_place_of_the_packaged_ones() -> None:
    line = shapely.LineString([(36.6, 36.0), (36.65, 35.9), (36.8, 35.8)])
    far = shapely.LineString([(100.0, 10.0), (101.0, 10.0)])
    rivers = gpd.GeoDataFrame(geometry=[line, far, None], crs="EPSG:4326").to_crs("EPSG:3857")
    header, columns = unpack(make_base_map(SYRIA, base_layers={"rivers": rivers}))
    assert header["own"] == ["rivers"]
    assert columns["rivers_length"] == [3]
    given = points(columns, "rivers", header["lines"]["rivers"]["scale"])
    assert given == pytest.approx(np.array(line.coords), abs=2e-4)
    assert columns["lakes_length"] != []


def test_a_layer_that_no_base_map_draws_is_refused() -> None:
    roads = gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    with pytest.raises(InputError, match=r"'roads'.*rivers and lakes"):
        make_base_map(SYRIA, base_layers={"roads": roads})


def test_given_waters_of_the_reference_data_are_near_the_packaged_ones(shared_dir: Path) -> None:
    file = shared_dir / "data" / "naturalearth" / "ne_50m_rivers_lake_centerlines.geojson"
    given = unpack(make_base_map(SYRIA, base_layers={"rivers": gpd.read_file(file)}))
    packaged = unpack(make_base_map(SYRIA))
    lines = []
    for header, columns in (given, packaged):
        own = points(columns, "rivers", header["lines"]["rivers"]["scale"])
        ends = np.cumsum(columns["rivers_length"])[:-1]
        lines.append(shapely.union_all([shapely.LineString(part) for part in np.split(own, ends)]))
    # Degrees: the packaged ones are the same lines on a grid of 0.017, their corners cut.
    assert shapely.hausdorff_distance(lines[1], lines[0]) < 0.06


def count_colour(page: Page, colour: str) -> int:
    """How many pixels of the base map's canvas have just this colour."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found: int = page.evaluate(
        """([r, g, b]) => {
          const canvas = document.querySelector('.leaflet-im-base-pane canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4)
            count += data[i] === r && data[i + 1] === g && data[i + 2] === b;
          return count;
        }""",
        channels,
    )
    return found


@pytest.mark.browser
def test_packaged_rivers_are_not_drawn_closer_than_they_are_good_for(open_map: OpenMap) -> None:
    river = "#a3c1d3"
    page = open_map(make_sample(), theme="light")
    go_to(page, 35.93, 39.0, 9)
    assert count_colour(page, river) > 200
    go_to(page, 35.93, 39.0, 10)
    assert count_colour(page, river) == 0
    line = shapely.LineString([(38.0, 35.93), (40.0, 35.93)])
    own = gpd.GeoDataFrame(geometry=[line], crs="EPSG:4326")
    page = open_map(make_sample(), theme="light", base_layers={"rivers": own})
    go_to(page, 35.93, 39.0, 11)
    assert count_colour(page, river) > 200
