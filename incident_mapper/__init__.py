"""Reports of conflict incidents, as texts or tables, to located incidents, maps and GeoJSON.

    import incident_mapper as im

    incidents = im.read_incidents(["reports/"]).table
    im.make_map(incidents, title="Reports").save("map.html")
    im.write_table(incidents, "incidents.geojson")

Nothing here asks the network for anything, unless `open_online` is called and its geocoder given
to a function. The names below are the whole interface; they are
imported when first used, so that `import incident_mapper` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer.online import OnlineOptions as OnlineOptions
    from gazetteer.online import open_online as open_online
    from gazetteer.place import Context as Context
    from gazetteer.place import Mention as Mention
    from gazetteer.resolve import find_candidates as find_candidates
    from gazetteer.resolve import resolve_mention as resolve_mention
    from gazetteer.store import open_gazetteer as open_gazetteer
    from geo.errors import MapperError as MapperError
    from geo.files import read_table as read_table
    from geo.files import write_table as write_table
    from incident_mapper.pipeline import locate_table as locate_table
    from incident_mapper.pipeline import read_incidents as read_incidents
    from maps.incident_layer import IncidentLayer as IncidentLayer
    from maps.incident_map import make_map as make_map

_HOMES = {
    "Context": "gazetteer.place",
    "MapperError": "geo.errors",
    "Mention": "gazetteer.place",
    "find_candidates": "gazetteer.resolve",
    "locate_table": "incident_mapper.pipeline",
    "IncidentLayer": "maps.incident_layer",
    "make_map": "maps.incident_map",
    "OnlineOptions": "gazetteer.online",
    "open_gazetteer": "gazetteer.store",
    "open_online": "gazetteer.online",
    "read_incidents": "incident_mapper.pipeline",
    "read_table": "geo.files",
    "resolve_mention": "gazetteer.resolve",
    "write_table": "geo.files",
}

__version__: str
__all__ = [  # noqa: PLE0604 (the names are the keys above, each with its home)
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it (PEP 562)."""
    if name == "__version__":
        # Late: it imports the packages for e-mail, a twentieth of the time that `find` takes.
        from importlib.metadata import version  # noqa: PLC0415

        return version("incident-mapper")
    if name not in _HOMES:
        raise AttributeError(f"module 'incident_mapper' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
