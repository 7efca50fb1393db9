"""The main job on the bundled samples."""

from pathlib import Path
from typing import NamedTuple

from gazetteer.index import Gazetteer
from geo.errors import OutputError
from geo.files import write_table
from geo.table import Problem
from incident_mapper.about import describe_gazetteer
from incident_mapper.pipeline import read_incidents, summarize
from maps.incident_map import make_map

TITLE = "Sample incidents, Syria (invented reports)"


class DemoResult(NamedTuple):
    """What the demo wrote, in words, and what it could not read."""

    summary: str
    problems: list[Problem]


def run_demo(folder: Path, gazetteer: Gazetteer) -> DemoResult:
    """Write `map.html` and `incidents.geojson` of the sample reports into a folder.

    Raises:
        OutputError: The folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose another --output") from error
    table, problems = read_incidents([find_samples() / "reports"], gazetteer=gazetteer)
    page, geojson = folder / "map.html", folder / "incidents.geojson"
    make_map(
        table, title=TITLE, about=describe_gazetteer(gazetteer.version, gazetteer.sources)
    ).save(page)
    write_table(table, geojson)
    return DemoResult(f"{summarize(table)}\nmap:     {page}\nGeoJSON: {geojson}", problems)


def find_samples() -> Path:
    """Return the folder of samples: in the installed package, or `examples/` of a checkout."""
    packaged = Path(__file__).parent / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "examples"
