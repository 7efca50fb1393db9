"""Maps of the same incidents as folium draws them, for comparison."""

from collections.abc import Callable
from pathlib import Path

import folium
from folium.plugins import FastMarkerCluster
from geopandas import GeoDataFrame

_CENTRE = (35.0, 38.5)
_ZOOM = 6


def save_markers(table: GeoDataFrame, path: Path) -> None:
    """One `folium.Marker` with a popup an incident."""
    drawn = folium.Map(_CENTRE, zoom_start=_ZOOM, tiles=None, maxZoom=18)
    for point, kind in zip(table.geometry, table["event_type"], strict=True):
        folium.Marker((point.y, point.x), popup=kind).add_to(drawn)
    drawn.save(path)


def save_styled(table: GeoDataFrame, path: Path) -> None:
    """`folium.GeoJson` with a style function and circle markers."""
    drawn = folium.Map(_CENTRE, zoom_start=_ZOOM, tiles=None, maxZoom=18)
    folium.GeoJson(
        table[["event_type", "geometry"]],
        marker=folium.CircleMarker(radius=4),
        style_function=lambda feature: {"color": "#c00" if feature["id"] else "#00c"},
    ).add_to(drawn)
    drawn.save(path)


def save_clusters(table: GeoDataFrame, path: Path) -> None:
    """`FastMarkerCluster` as it comes: positions only, no texts."""
    drawn = folium.Map(_CENTRE, zoom_start=_ZOOM, tiles=None, maxZoom=18)
    points = table.geometry
    pairs = list(zip(points.y.tolist(), points.x.tolist(), strict=True))
    FastMarkerCluster(pairs).add_to(drawn)
    drawn.save(path)


# What each is called, how it is saved, and how many incidents are measured.
BASELINES: tuple[tuple[str, Callable[[GeoDataFrame, Path], None], tuple[int, ...]], ...] = (
    ("folium.Marker", save_markers, (10_000,)),
    ("folium.GeoJson, styled", save_styled, (10_000,)),
    ("FastMarkerCluster", save_clusters, (10_000, 100_000)),
)
