"""The pairs on which the study of answer engines compared graders: none may be wrong, and nearly all are settled.

They are `tests/data/pairs.json`. Each is asked as a learner's row (the slope of the function), and as a bare formula
that the answer must equal, on the interval for which the pair was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.kinds.cell import Formula, Slope

ROWS = json.loads((Path(__file__).parents[1] / "data" / "pairs.json").read_text(encoding="utf-8"))["rows"]
FEWEST_SETTLED = 118


def slope_of(row: dict[str, Any]) -> Slope:
    return Slope(parse(row["function"]).expression, (row["variable"],))


def key_of(row: dict[str, Any]) -> Formula:
    return Formula(parse(row["key"]).expression)


@pytest.mark.parametrize("target", [slope_of, key_of], ids=["slope of the function", "formula of the key"])
def test_none_is_wrong_none_undecided_and_nearly_all_are_settled(
    target: Callable[[dict[str, Any]], Slope | Formula],
) -> None:
    wrong, settled = [], 0
    for row in ROWS:
        low, high = map(Fraction, row["domain"])
        for column, status in (("equal", Status.CORRECT), ("wrong", Status.INCORRECT)):
            domain = Domain({row["variable"]: Range(low, high)})
            found = check(target(row), parse(row[column]).expression, domain, prove_here)
            settled += found.proved
            if found.status is not status:
                wrong.append((row["function"], row[column], found.status))
    assert wrong == []
    assert len(ROWS) == 60
    assert settled >= FEWEST_SETTLED
