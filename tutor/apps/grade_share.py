"""The share of points reached, over the answers that have a score."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tutor.render.to_json import Plain

_UNIT = 1_000_000


@dataclass(slots=True)
class Share:
    """Points reached and points possible, in millionths, so that sums do not depend on their order."""

    reached: int = 0
    possible: int = 0

    def add(self, row: Plain) -> None:
        """Count a row that has a score."""
        if row["score"] is not None:
            self.reached += round(row["score"] * _UNIT)
            self.possible += round(row["max_score"] * _UNIT)

    @property
    def percent(self) -> float:
        """The share in percent; 0 where nothing has a score."""
        return 100 * self.reached / self.possible if self.possible else 0.0

    def is_under(self, limit: float | None) -> bool:
        """Whether a limit in percent was not reached."""
        return limit is not None and self.percent < limit and not math.isclose(self.percent, limit)
