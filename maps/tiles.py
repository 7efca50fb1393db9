"""Tile servers by name: their address, the hosts a page must be allowed to ask, the attribution."""

from typing import NamedTuple
from urllib.parse import urlsplit

import xyzservices

from geo.errors import InputError, NotFoundError

_DEFAULT_MAX_ZOOM = 18


class Tiles(NamedTuple):
    """A tile server as the page needs it; `attribution` is HTML of the xyzservices package."""

    name: str
    url: str
    subdomains: tuple[str, ...]
    attribution: str
    max_zoom: int

    @property
    def hosts(self) -> tuple[str, ...]:
        """The origins that tiles come from, for the page's policy."""
        parts = urlsplit(self.url)
        if "{s}" not in parts.netloc:
            return (f"{parts.scheme}://{parts.netloc}",)
        return tuple(
            f"{parts.scheme}://{parts.netloc.replace('{s}', part)}" for part in self.subdomains
        )


def lookup_tiles(name: str) -> Tiles:
    """The tile server of a name in xyzservices, such as "OpenStreetMap" or "OpenTopoMap"."""
    wanted = "OpenStreetMap.Mapnik" if name.lower() == "openstreetmap" else name
    try:
        provider = xyzservices.providers.query_name(wanted)
    except ValueError as error:
        raise NotFoundError(
            f"no tile server {name!r}; name one of xyzservices, such as 'OpenStreetMap' or "
            "'OpenTopoMap', or leave tiles out for the page's own base map"
        ) from error
    if provider.requires_token():
        raise InputError(
            f"the tile server {name!r} asks for a token, which a page handed on would give away; "
            "name one without, such as 'OpenStreetMap'"
        )
    url = provider.build_url(fill_subdomain=False, scale_factor="")
    return Tiles(
        name,
        url,
        tuple(provider.get("subdomains", "abc")),
        str(provider.html_attribution),
        int(provider.get("max_zoom", _DEFAULT_MAX_ZOOM)),
    )
