"""A formula with one part left open: its values, or its right slopes, for several parts that may stand there, at once.

What stands beside the open part is worked out once, and each operation around it on all that may stand there together,
instead of the whole formula anew for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from tutor.calculus.derivation import first_step
from tutor.calculus.rewriting import put
from tutor.calculus.rule import is_free_of
from tutor.expression.evaluate import operate
from tutor.expression.tree import Apply, Expression, Path, Symbol, free_symbols
from tutor.feedback.slips.applied_law import right_values
from tutor.feedback.slips.values import Values

__all__ = ["Columns", "slopes_with", "values_with"]

_OPEN = "@part"


class Columns(Protocol):
    """What knows the values of every formula at the points, and those of its right slope."""

    def value(self, part: Expression) -> Values:
        """The values of a formula."""

    def right(self, other: Expression) -> Values:
        """The values of its right slope."""


def values_with(parts: Sequence[Expression], form: Expression, path: Path, columns: Columns) -> Values:
    """The values of a formula with each of some parts at an address (parts by points)."""
    rows = np.stack([columns.value(part) for part in parts])
    hole = Symbol(_OPEN)
    return np.broadcast_to(_Open(columns, {hole: rows}, {}, "").value(put(form, path, hole)), rows.shape)


def slopes_with(
    parts: Sequence[Expression], form: Expression, path: Path, columns: Columns, variable: str
) -> list[Values]:
    """The right slopes of a formula with each of some parts at an address.

    Parts with the variable are taken together, as are those without it; but a constant exponent is read as an exact
    number, so that each of these is worked out by itself.
    """
    found: dict[int, Values] = {}
    constant = [index for index, part in enumerate(parts) if is_free_of(part, variable)]
    together = [[index for index in range(len(parts)) if index not in constant]]
    if not _is_in_exponent(form, path):
        together.append(constant)
    for some in together:
        if len(some) > 1:
            rows = _slopes([parts[index] for index in some], form, path, columns, variable)
            found |= zip(some, rows, strict=True)
    return [
        found[index] if index in found else columns.right(put(form, path, part)) for index, part in enumerate(parts)
    ]


def _slopes(parts: Sequence[Expression], form: Expression, path: Path, columns: Columns, variable: str) -> Values:
    """The right slopes for parts that all hold the variable (then a function without a rule), or none of which do."""
    values = np.stack([columns.value(part) for part in parts])
    slopes = np.stack([columns.right(part) for part in parts])
    is_constant = is_free_of(parts[0], variable)
    hole = Symbol(_OPEN) if is_constant else Apply(_OPEN, (Symbol(variable), Symbol(_OPEN)))
    opened = _Open(columns, {hole: values}, {hole: slopes}, variable)
    return np.broadcast_to(opened.right(put(form, path, hole)), values.shape)


def _is_in_exponent(form: Expression, path: Path) -> bool:
    """Whether an address lies in an exponent or in the index of a root."""
    for index in path:
        assert isinstance(form, Apply)
        if index == 1 and form.head in ("^", "root"):
            return True
        form = form.arguments[index]
    return False


class _Open:
    """Values and right slopes of formulas with an open part, for which some are known."""

    def __init__(
        self, beside: Columns, values: dict[Expression, Values], slopes: dict[Expression, Values], variable: str
    ) -> None:
        self._beside = beside
        self._values = values
        self._slopes = slopes
        self._variable = variable

    def value(self, part: Expression) -> Values:
        """The values of a part: rows of them where it is open."""
        if part not in self._values:
            if not isinstance(part, Apply) or _OPEN not in free_symbols(part):
                return self._beside.value(part)
            operands = [self.value(argument) for argument in part.arguments]
            self._values[part] = np.asarray(operate(part, operands, np.broadcast_shapes(*map(np.shape, operands))))
        return self._values[part]

    def right(self, other: Expression) -> Values:
        """The values of the right slope of a part."""
        if other not in self._slopes:
            if _OPEN not in free_symbols(other):
                return self._beside.right(other)
            _, rule, bindings = first_step(other, self._variable)
            bound = {**bindings, "x": Symbol(self._variable)}
            self._slopes[other] = right_values(rule, bound, self.value, self.right)
        return self._slopes[other]
