import pytest

from geo.errors import InputError, NotFoundError
from maps.tiles import lookup_tiles


@pytest.mark.parametrize("name", ["OpenStreetMap", "openstreetmap", "OpenStreetMap.Mapnik"])
def test_openstreetmap_is_one_host(name: str) -> None:
    tiles = lookup_tiles(name)
    assert tiles.hosts == ("https://tile.openstreetmap.org",)
    assert "OpenStreetMap" in tiles.attribution
    assert tiles.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def test_a_server_of_several_hosts_names_them_all() -> None:
    hosts = lookup_tiles("OpenTopoMap").hosts
    assert hosts == tuple(f"https://{part}.tile.opentopomap.org" for part in "abc")


def test_a_name_that_is_none_says_what_to_write() -> None:
    with pytest.raises(NotFoundError, match=r"no tile server 'Nowhere'.*'OpenStreetMap'"):
        lookup_tiles("Nowhere")


def test_a_server_that_wants_a_token_is_refused() -> None:
    with pytest.raises(InputError, match="token"):
        lookup_tiles("MapBox")
