"""`explain --numeric`: for each scheme of finite differences how its error depends on the step, at one point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from tutor.calculus.derivation import derivative
from tutor.checking.finite_difference import Row, certified_slope, table
from tutor.exercise.model import Exercise
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Expression, free_symbols
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope
from tutor.kinds.naming import is_partial
from tutor.render.asked import operator
from tutor.render.blocks import Block, Heading, Line, Maths, Paragraph, Role, Table, Words
from tutor.render.explained import plain_number

PLACES = tuple(Fraction(text) for text in ("4/5", "3/2", "1/2", "2", "-1/2", "1/4", "3", "-3/2", "5", "1/10"))
"""Coordinates that are tried in turn, until f is smooth there."""

SCHEMES = ("forward", "central", "five-point", "richardson", "ridders", "complex-step")
"""The schemes that are shown; the backward difference errs like the forward one."""

TITLES = {"complex-step": "complex"}

NOTE = (
    "* is the smallest error of a scheme. A large step cuts the curve short; a small one loses digits in the"
    " difference. The complex step subtracts nothing."
)


def numeric_tables(exercise: Exercise) -> tuple[Block, ...]:
    """A table for each derivative that an exercise asks for, at a point where f is smooth."""
    slopes = [cell.target for cell in KINDS[exercise.kind].cells(exercise) if isinstance(cell.target, Slope)]
    blocks = tuple(block for slope in slopes for block in _table_of(slope, exercise))
    return (*blocks, Paragraph((Words(NOTE, Role.DIM),)))


def numeric_rows(exercise: Exercise) -> list[dict[str, Any]]:
    """The same for JSON: one object a derivative, scheme and step; a value that is no number is None."""
    rows = []
    for cell in KINDS[exercise.kind].cells(exercise):
        if isinstance(cell.target, Slope):
            function, variable, point = _measured(cell.target, exercise)
            at = {name: str(value) for name, value in (point or {}).items()}
            found = table(function, variable, point) if point is not None else ()
            rows += [{"cell": cell.name, "at": at, **_plain(row)} for row in found]
    return rows


def _plain(row: Row) -> dict[str, Any]:
    value = row.value if isfinite(row.value) else None
    return {"scheme": row.scheme, "step": row.step, "value": value, "error": row.error, "estimate": row.estimate}


def _measured(slope: Slope, exercise: Exercise) -> tuple[Expression, str, dict[str, Fraction] | None]:
    """The function whose first derivative is wanted, its variable, and a point at which it is smooth."""
    *earlier, variable = slope.variables
    function = derivative(slope.function, tuple(earlier))
    return function, variable, next(_smooth_points(function, variable, slope, exercise.domain), None)


def _table_of(slope: Slope, exercise: Exercise) -> tuple[Block, ...]:
    function, variable, point = _measured(slope, exercise)
    if point is None:
        return (Paragraph((Words("No point was found at which finite differences can be compared."),)),)
    sign = operator((variable,), partial=is_partial(exercise))
    place = ", ".join(f"{name} = {plain_number(value)}" for name, value in point.items())
    head = Heading((Words(f"Error of {sign} "), Maths(function), Words(f" at {place}, by step size h")))
    return (head, _errors(table(function, variable, point)))


def _errors(rows: tuple[Row, ...]) -> Table:
    schemes = tuple(scheme for scheme in SCHEMES if any(row.scheme == scheme for row in rows))
    steps = tuple(dict.fromkeys(row.step for row in rows))
    errors = {(row.scheme, row.step): row.error for row in rows}
    best = {scheme: _smallest(scheme, errors) for scheme in schemes}
    lines = tuple(
        ((Words(f"{step:.0e}"),), *(_cell(errors.get((scheme, step)), best[scheme]) for scheme in schemes))
        for step in steps
    )
    header = ("h", *(TITLES.get(scheme, scheme) for scheme in schemes))
    return Table(header, lines, numbers=frozenset(range(len(header))))


def _smallest(scheme: str, errors: Mapping[tuple[str, float], float | None]) -> float | None:
    return min((error for (name, _), error in errors.items() if name == scheme and error is not None), default=None)


def _cell(error: float | None, best: float | None) -> Line:
    if error is None:
        return (Words("-"),)
    return (Words(f"*{error:.1e}", Role.RIGHT),) if error == best else (Words(f"{error:.1e}"),)


def _smooth_points(function: Expression, variable: str, slope: Slope, domain: Domain) -> Iterator[dict[str, Fraction]]:
    """The point that is asked for, then short points of the domain, at which f surely has a slope."""
    symbols = sorted(free_symbols(slope.function) | {variable})
    given = {name: exact_fraction(value) for name, value in slope.at.items()}
    for shift in range(len(PLACES)):
        made = {name: _place(domain, name, shift + place) for place, name in enumerate(symbols)}
        point = made | given
        known = {name: value for name, value in point.items() if value is not None}
        if len(known) == len(symbols) and certified_slope(function, variable, known) is not None:
            yield known


def _place(domain: Domain, name: str, number: int) -> Fraction | None:
    """A short coordinate inside the range of a symbol, by its number; its middle where none is inside."""
    bounds = domain.of(name)
    inside = [
        place
        for place in PLACES
        if (bounds.low is None or place > bounds.low)
        and (bounds.high is None or place < bounds.high)
        and (place.denominator == 1 or not bounds.integer)
    ]
    if inside:
        return inside[number % len(inside)]
    return (bounds.low + bounds.high) / 2 if bounds.low is not None and bounds.high is not None else None
