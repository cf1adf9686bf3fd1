"""Slips that show in an answer of several cells only: right entries that stand in each other's places."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.calculus.derivation import derivative
from tutor.exercise.model import Exercise
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.values import agree
from tutor.kinds.cell import Cell, Slope
from tutor.kinds.kind import CellAnswer

__all__ = ["is_transposed"]


def is_transposed(exercise: Exercise, cells: Sequence[Cell], answers: Sequence[CellAnswer]) -> bool:
    """Whether a square Jacobian is answered with rows and columns exchanged; False for any other kind of question."""
    side = len(exercise.variables)
    if exercise.kind != "jacobian" or len(cells) != side * side or side < 2:
        return False
    keys = [_key(cell) for cell in cells]
    given = [answer.reading.expression if answer.reading is not None else None for answer in answers]
    exchanged = [keys[column * side + row] for row in range(side) for column in range(side)]
    return exchanged != keys and all(
        key is not None and entry is not None and _agree(key, entry, exercise.domain)
        for key, entry in zip(exchanged, given, strict=True)
    )


def _key(cell: Cell) -> Expression | None:
    match cell.target:
        case Slope(function, variables, at) if not at:
            return derivative(function, variables)
        case _:
            return None


def _agree(key: Expression, entry: Expression, domain: Domain) -> bool:
    """Whether two formulas have the same values at generic points; for numbers, whether they are the same."""
    symbols = free_symbols(key) | free_symbols(entry)
    points = generic_points((key,), domain, symbols or {"x"})
    return points is not None and agree(evaluate(key, points), evaluate(entry, points))
