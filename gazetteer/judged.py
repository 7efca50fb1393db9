"""What penalties judge: candidates, and where they lie once that was asked."""

from typing import NamedTuple

from gazetteer.ground import Ground
from gazetteer.pool import Pool


class Judged(NamedTuple):
    """Candidates, and what was found out about where they lie (`None`: not asked yet)."""

    pool: Pool
    ground: Ground | None = None
