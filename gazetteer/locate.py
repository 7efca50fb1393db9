"""Place phrases and tables with place columns, located: the way in from other packages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gazetteer.correcting import Corrections
from gazetteer.index import Gazetteer
from gazetteer.located import locate_each, locate_phrase, locate_phrases
from gazetteer.online import OnlineGeocoder
from gazetteer.records import Located, choose_method, location_record, shape_record

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "Located",
    "choose_method",
    "locate_each",
    "locate_phrase",
    "locate_phrases",
    "locate_table",
    "location_record",
    "shape_record",
]


def locate_table(  # noqa: PLR0913 - keyword-only options
    table: "pd.DataFrame",
    gazetteer: Gazetteer,
    *,
    place: Sequence[str],
    admin1: str = "",
    admin2: str = "",
    admin3: str = "",
    country: str = "",
    near: Sequence[str] = (),
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> "gpd.GeoDataFrame":
    """Returns the table with its places located; every row and column is kept, in order.

    `place` are columns that name the same place (a second one in another script, say); `admin1`
    to `admin3` columns with the areas it lies in; `country` a column with codes or names, or one
    country; `near` the columns with longitude and latitude of a position near it. Corrections
    outrank what is found; those of one report count where the column `report_id` has it. Names
    that the gazetteer does not know are asked of `online`, if that is given. Each
    distinct row of all these is resolved once, and the rows alike share its lists and its shape:
    change none of them in place.

    New columns: `longitude`, `latitude`, `precision`, `radius_km`, the match columns, `geometry`;
    one that the table has already gets the suffix `_located`. Rows without a location keep an
    empty geometry and the reason; a context cell that cannot be read is named in the reasons.
    """
    # Late: the table libraries take a second to import, and finding a name needs none of them.
    from gazetteer.located_table import locate_rows  # noqa: PLC0415

    return locate_rows(
        table,
        gazetteer,
        place=place,
        admin1=admin1,
        admin2=admin2,
        admin3=admin3,
        country=country,
        near=near,
        corrections=corrections,
        online=online,
    )
