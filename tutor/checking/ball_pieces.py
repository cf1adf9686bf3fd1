"""Runs of programs in which a corner stands inside another: |x - |x||, relu(relu(x)), max(|x|, x).

There the argument of the outer corner is zero on a whole interval. Balls alone cannot tell "exactly zero" from "near";
so a run remembers which results are the same as an earlier one, or its negative: |u| is u where u > 0, the larger of u
and v is u where u > v, and u - u is exactly zero. On a box, an exact zero is zero all over it, so that |0| is smooth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from flint import arb

from tutor.checking.ball_functions import Ball, Step

__all__ = ["has_nested_corners", "run_pieces"]


Same: TypeAlias = tuple[int, int]
"""What a result equals: a sign, and the place of an earlier result."""

_ZERO = arb(0)


@dataclass(slots=True)
class _Run:
    """The results so far, what each is the same as, and of which result it is the square."""

    results: list[Ball]
    same: list[Same]
    is_box: bool
    squares: dict[int, int] = field(default_factory=dict)

    def negative(self, place: int) -> Same:
        sign, root = self.same[place]
        return -sign, root

    def is_zero(self, place: int) -> bool:
        """Whether a result is zero all over the box, or at the point."""
        return bool(self.results[place].is_zero())


_Piece: TypeAlias = tuple[Ball, Same | None]
"""A result and what it is the same as, where that is known."""


def has_nested_corners(steps: Sequence[Step], symbols: int) -> bool:
    """Whether a corner, a root, a sum or a difference has a corner below it; `symbols` is the place of the first step.

    In a sum with a corner, as in x - |x|, exact zeros come about.
    """
    if not any(map(_is_corner, [step.label for step in steps])):
        return False
    below: list[bool] = [False] * symbols
    has_any = False
    for step in steps:
        inside = has_any and any(below[place] for place in step.operands)
        is_corner = _is_corner(step.label)
        if inside and (is_corner or step.label in ("+ ", "- ")):
            return True
        has_any = has_any or is_corner
        below.append(inside or is_corner)
    return False


@lru_cache(maxsize=1024)
def _is_corner(label: str) -> bool:
    """Whether the step with a label is a corner or a root."""
    head = label.split(" ")[0]
    return head in _CORNERS or head in ("sqrt", "root") or (head.startswith("^") and "/" in head)


def run_pieces(steps: Sequence[Step], values: Sequence[Ball], *, smooth: bool) -> list[Ball]:
    """The results of all steps of a program, after the values of its symbols; nan where not smooth."""
    is_box = all(value.rad() > 0 for value in values)
    run = _Run(list(values), [(1, place) for place in range(len(values))], is_box)
    for step in steps:
        rule = _RULES.get(step.label.split(" ")[0])
        found = rule(run, step.operands) if rule else None
        if found is None:
            operands = [run.results[place] for place in step.operands]
            found = step.operation(operands, smooth and step.varies), None
        ball, same = found
        run.same.append(same or (1, len(run.results)))
        run.results.append(ball)
    return run.results


# ---- what a result is the same as ----------------------------------------------------------------------------------

_Operands: TypeAlias = tuple[int, ...]


def _as(run: _Run, same: Same) -> _Piece:
    sign, place = same
    ball = run.results[place]
    return (ball if sign > 0 else -ball), same


def _negation(run: _Run, operands: _Operands) -> _Piece:
    return _as(run, run.negative(operands[0]))


def _sum(run: _Run, operands: _Operands) -> _Piece | None:
    left, right = operands
    if run.same[left] == run.negative(right):
        return _ZERO, None
    if run.is_zero(left) or run.is_zero(right):
        return _as(run, run.same[right if run.is_zero(left) else left])
    return None


def _difference(run: _Run, operands: _Operands) -> _Piece | None:
    left, right = operands
    if run.same[left] == run.same[right]:
        return _ZERO, None
    if run.is_zero(left) or run.is_zero(right):
        return _as(run, run.negative(right) if run.is_zero(left) else run.same[left])
    return None


def _product(run: _Run, operands: _Operands) -> _Piece | None:
    for one, other in (operands, operands[::-1]):
        factor = run.results[one]
        if factor == 1:
            return _as(run, run.same[other])
        if factor == -1:
            return _as(run, run.negative(other))
    return None


def _absolute(run: _Run, operands: _Operands) -> _Piece | None:
    (place,) = operands
    ball = run.results[place]
    if run.is_zero(place) and run.is_box:
        return _ZERO, None
    return _as(run, run.same[place]) if ball > 0 else _as(run, run.negative(place)) if ball < 0 else None


def _square(run: _Run, operands: _Operands) -> None:
    run.squares[len(run.results)] = operands[0]


def _root(run: _Run, operands: _Operands) -> _Piece | None:
    """The root of a square is an absolute value; of an exact zero, the edge of its domain, nothing is known here."""
    base = run.squares.get(operands[0])
    return None if base is None or run.is_zero(base) else _absolute(run, (base,))


def _rectified(run: _Run, operands: _Operands) -> _Piece | None:
    (place,) = operands
    ball = run.results[place]
    if ball < 0 or (run.is_zero(place) and run.is_box):
        return _ZERO, None
    return _as(run, run.same[place]) if ball > 0 else None


def _at_zero(value: Ball) -> Callable[[_Run, _Operands], _Piece | None]:
    """A step function, which has this value where its argument is zero."""
    return lambda run, operands: (value, None) if run.is_zero(operands[0]) and run.is_box else None


def _extreme(direction: int) -> Callable[[_Run, _Operands], _Piece | None]:
    """The largest operand (or smallest, for -1), where it surely is the same one all over the box."""

    def piece(run: _Run, operands: _Operands) -> _Piece | None:
        for place in operands:
            ball = direction * run.results[place]
            others = [other for other in operands if run.same[other] != run.same[place]]
            if all(ball > direction * run.results[other] for other in others):
                return _as(run, run.same[place])
        return None

    return piece


# fmt: off
_RULES: Mapping[str, Callable[[_Run, _Operands], _Piece | None]] = MappingProxyType({
    "neg":       _negation,
    "+":         _sum,
    "-":         _difference,
    "*":         _product,
    "^2":        _square,
    "sqrt":      _root,
    "^1/2":      _root,
    "abs":       _absolute,
    "relu":      _rectified,
    "sign":      _at_zero(arb(0)),
    "heaviside": _at_zero(arb(1) / 2),
    "max":       _extreme(1),
    "min":       _extreme(-1),
})
# fmt: on

_CORNERS = frozenset({"abs", "relu", "sign", "heaviside", "max", "min"})
