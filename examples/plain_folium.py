"""The sample log in a folium map of one's own: python plain_folium.py [FILE]."""

import sys
from pathlib import Path

import folium
import yaml

import incident_mapper as im

SAMPLES = Path(__file__).parent


def main(target: Path) -> None:
    """Write a plain folium map with a line of its own and our incidents as a layer beside it."""
    mapping = yaml.safe_load((SAMPLES / "mapping.yaml").read_text(encoding="utf-8"))
    log = SAMPLES / "incidents.csv"
    incidents = im.read_incidents([log], mapping=mapping, country="SY").table
    # folium's map asks its servers for scripts and tiles; the layer asks for nothing.
    made = folium.Map([35.2, 38.3], zoom_start=7)
    folium.PolyLine([[36.2, 37.16], [34.73, 36.72], [33.51, 36.29]], color="#444").add_to(made)
    im.IncidentLayer(incidents, name="Sample log (fictional)", controls=True).add_to(made)
    folium.LayerControl().add_to(made)
    made.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "plain_folium.html"))
