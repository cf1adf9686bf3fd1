"""The pairs on which the study of answer engines compared graders: none may be wrong, and nearly all are settled.

They are `tests/data/pairs.json`. Each is asked as a learner's row (the slope of the function), and as a bare formula
that the answer must equal, on the interval for which the pair was written. Every certificate is checked again as
`difftutor verify` does it: without the balls, and from SymPy's own derivative.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tutor.checking.certificate import Certified
from tutor.checking.certificate_making import certificate_of
from tutor.checking.certificate_recheck import objections
from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import RIGHT, Status
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.kinds.cell import Formula, Slope

ROWS = json.loads((Path(__file__).parents[1] / "data" / "pairs.json").read_text(encoding="utf-8"))["rows"]
FEWEST_CERTIFIED = 118
CERTIFIED = {Status.CORRECT: Certified.EQUAL, Status.INCORRECT: Certified.DIFFERENT}


def slope_of(row: dict[str, Any]) -> Slope:
    return Slope(parse(row["function"]).expression, (row["variable"],))


def key_of(row: dict[str, Any]) -> Formula:
    return Formula(parse(row["key"]).expression)


@pytest.mark.parametrize("target", [slope_of, key_of], ids=["slope of the function", "formula of the key"])
def test_none_is_wrong_none_undecided_and_nearly_all_have_a_certificate_that_holds(
    target: Callable[[dict[str, Any]], Slope | Formula],
) -> None:
    wrong, refused, certified = [], [], 0
    for row in ROWS:
        low, high = map(Fraction, row["domain"])
        domain = Domain({row["variable"]: Range(low, high)})
        for column, status in (("equal", Status.CORRECT), ("wrong", Status.INCORRECT)):
            answer = parse(row[column]).expression
            found = check(target(row), answer, domain, prove_here)
            if found.status is not status:
                wrong.append((row["function"], row[column], found.status))
            certificate = certificate_of(target(row), answer, domain, found)
            assert certificate is not None
            certified += found.proved and certificate.kind is CERTIFIED.get(found.status)
            against = objections(certificate, is_right=found.status in RIGHT)
            if against:
                refused.append((row["function"], row[column], against))
    assert wrong == []
    assert refused == []
    assert len(ROWS) == 60
    assert certified >= FEWEST_CERTIFIED
