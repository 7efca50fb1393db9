"""Place phrases and tables with place columns, located: the way in from other packages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gazetteer.index import Gazetteer
from gazetteer.located import locate_phrase, locate_phrases
from gazetteer.online import OnlineGeocoder
from gazetteer.records import Located, location_record, shape_record

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "Located",
    "locate_phrase",
    "locate_phrases",
    "locate_table",
    "location_record",
    "shape_record",
]


def locate_table(  # noqa: PLR0913  # options, keyword-only
    table: "pd.DataFrame",
    gazetteer: Gazetteer,
    *,
    place: Sequence[str],
    admin1: str = "",
    country: str = "",
    online: OnlineGeocoder | None = None,
) -> "gpd.GeoDataFrame":
    """Returns the table with its places located; every row and column is kept.

    `place` are columns that name the same place (a second one in another script, say), `admin1`
    a column with its first-level area, `country` a column or an ISO 3166-1 alpha-2 code. Each
    distinct row of these is resolved once. New columns: `longitude`, `latitude`, `precision`,
    `radius_km`, the match columns, `geometry`; one that the table has already gets the suffix
    `_located`. Rows without a location keep an empty geometry and the reason. Names that the
    gazetteer does not know are asked of `online` (`gazetteer.online`), if that is given.
    """
    # Late: the table libraries take a second to import, and finding a name needs none of them.
    from gazetteer.located_table import locate_rows  # noqa: PLC0415

    return locate_rows(table, gazetteer, place=place, admin1=admin1, country=country, online=online)
