"""Equality by constancy: two functions with one slope are equal on an interval if they are at one point of it.

The line of one symbol is cut at the zeros of every sign argument of both functions and of their slopes, isolated
exactly; in between each part of them is analytic or nowhere real. `docs/soundness.md` has the argument.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from tutor.calculus.derivation import plain_derivative
from tutor.checking.ball import compile_balls
from tutor.checking.comparison import Relation, compare_at
from tutor.checking.constancy_line import Interval, Line, Standing, intervals, line_of, resolved, standing
from tutor.checking.constants import vanishes
from tutor.checking.positivity import bounds
from tutor.checking.sampling import Sampler
from tutor.errors import AnswerError
from tutor.expression.domain import Domain, Range
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.functions import FUNCTIONS
from tutor.expression.to_text import to_text
from tutor.expression.tree import (
    EULER,
    ONE,
    Apply,
    Expression,
    Number,
    Symbol,
    depth,
    free_symbols,
    size,
    substitute,
    walk,
)

__all__ = ["Prove", "constant_proof"]

Prove = Callable[[Expression, Expression], object]
"""Says by its truth that two expressions are equal wherever both are real, but for a set without inner points."""

_MOST_NODES = 400
_MOST_DEPTH = 100
_MOST_SYMBOLS = 3
_MOST_ARGUMENTS = 8
"""Arguments of one max or min; `conditions` looks at all pairs of so many."""

_MOST_SLOPE_NODES = 1500
_LOOKS = 2
_BITS = 128

_HEADS = frozenset({"+", "-", "*", "/", "^", "neg", *FUNCTIONS}) - {"softmax"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """Two expressions that are to be proved equal in a domain."""

    left: Expression
    right: Expression
    domain: Domain
    prove: Prove

    @property
    def sides(self) -> tuple[Expression, Expression]:
        return self.left, self.right

    @property
    def symbols(self) -> frozenset[str]:
        return free_symbols(self.left) | free_symbols(self.right)

    def at(self, name: str, value: Expression) -> _Claim:
        """The claim with a value for one symbol."""
        return replace(self, left=substitute(self.left, {name: value}), right=substitute(self.right, {name: value}))


def constant_proof(left: Expression, right: Expression, domain: Domain, prove: Prove) -> tuple[str, ...] | None:
    """The steps of a proof that two expressions are equal in a domain wherever both are real; None without one.

    `prove` is the normal form, or anything else that is as sound.
    """
    return _proof(_Claim(left, right, domain, prove))


def _proof(claim: _Claim) -> tuple[str, ...] | None:
    if not _is_in_reach(claim):
        return None
    if not claim.symbols:
        return ("zero-bound",) if vanishes(Apply("-", claim.sides)) else None
    for name in sorted(claim.symbols):
        for about, stated in (_by_value(name, claim), (claim, ())):
            steps = _along(name, about) if about is not None else None
            if steps is not None:
                return *stated, *steps
    return None


def _is_in_reach(claim: _Claim) -> bool:
    if sum(map(size, claim.sides)) > _MOST_NODES or max(map(depth, claim.sides)) > _MOST_DEPTH:
        return False
    if len(claim.symbols) > _MOST_SYMBOLS or any(claim.domain.of(name).integer for name in claim.symbols):
        return False
    return all(_is_known(part, claim.domain) for side in claim.sides for part in walk(side))


_ANALYTIC = frozenset("exp log sin cos sinh cosh tanh asin acos atan asinh acosh atanh erf sigmoid softplus".split())
_POWERS = frozenset({"sqrt", "root", "^"})
"""Functions that are analytic, and not constant, between finitely many places in the inside of their domain."""


def _by_value(name: str, claim: _Claim) -> tuple[_Claim | None, tuple[str, ...]]:
    """The claim about the values of f(x) instead of x, in their range, where x stands in nothing but f(x).

    A value is taken at isolated x only, so that exceptions stay without inner points.
    """
    parts = (part for side in claim.sides for part in walk(side))
    over = {part for part in parts if isinstance(part, Apply) and Symbol(name) in part.arguments}
    if len(over) != 1 or Symbol(name) in claim.sides:
        return None, ()
    (value,) = over
    if not (value.head in _ANALYTIC or _is_plain_power(value, name)):
        return None, ()
    values = bounds(value, claim.domain)
    domain = Domain({**claim.domain.ranges, name: Range(values.low, values.high)})
    left, right = (fold(side, lambda part, operands: _put(value, name, part, operands)) for side in claim.sides)
    return replace(claim, left=left, right=right, domain=domain), (f"{name} for {to_text(value)}",)


def _is_plain_power(part: Apply, name: str) -> bool:
    """Whether a part is a power of a symbol, or of a number to a symbol, that is not constant."""
    others = [argument for argument in part.arguments if argument != Symbol(name)]
    if part.head not in _POWERS or len(others) != len(part.arguments) - 1:
        return False
    return all(each == EULER or (isinstance(each, Number) and each.value > 0 and each.value != 1) for each in others)


def _put(value: Expression, name: str, part: Expression, operands: Sequence[Expression]) -> Expression:
    """A part with the symbol in the place of a value."""
    if part == value:
        return Symbol(name)
    return Apply(part.head, tuple(operands)) if isinstance(part, Apply) else part


def _is_known(part: Expression, domain: Domain) -> bool:
    """Whether a part is analytic or nowhere real between the zeros of its sign arguments.

    A power with a moving exponent and a negative base is neither: it is real where the exponent is whole.
    """
    if not isinstance(part, Apply):
        return True
    if part.head in ("^", "root") and exact_fraction(part.arguments[1]) is None:
        return bounds(part.arguments[0], domain).is_positive
    return part.head in _HEADS and len(part.arguments) <= _MOST_ARGUMENTS


def _along(name: str, claim: _Claim) -> tuple[str, ...] | None:
    """A proof along the line of one symbol: the slopes are equal on all of it, or on each interval by itself."""
    slopes = _slopes(name, claim)
    if slopes is None:
        return None
    everywhere = _are_equal(name, slopes, claim.domain.of(name))
    line = line_of(name, claim.domain, claim.sides, slopes.sides)
    found = None if line is None else intervals(line)
    if line is None or found is None:
        return None
    steps = [f"d/d{name} = 0"]
    for interval in found:
        further = _on_one(line, interval, claim, None if everywhere else slopes)
        if further is None:
            return None
        steps.extend(further)
    return tuple(steps) if len(steps) > 1 else None


# ---- the slopes ----------------------------------------------------------------------------------------------------


def _slopes(name: str, claim: _Claim) -> _Claim | None:
    """The claim that both derivatives are equal; None where they are out of reach, or balls tell them apart."""
    try:
        left, right = (plain_derivative(side, (name,)) for side in claim.sides)
    except AnswerError:
        return None
    if size(left) + size(right) > _MOST_SLOPE_NODES or max(depth(left), depth(right)) > 2 * _MOST_DEPTH:
        return None
    sampler = Sampler.of(Apply("-", claim.sides), claim.symbols, claim.domain)
    programs = compile_balls(left), compile_balls(right)
    for point in islice(sampler.near(), _LOOKS):
        if compare_at(programs[0], programs[1], point, _BITS).relation is Relation.DIFFERENT:
            return None
    return replace(claim, left=left, right=right)


def _are_equal(name: str, slopes: _Claim, within: Range) -> bool:
    """Whether the slopes are proved equal, as they stand or with the symbol written so that it stays in a range."""
    if slopes.prove(slopes.left, slopes.right):
        return True
    inside = _parametrized(within, slopes.symbols | {name})
    if inside is None:
        return False
    there = slopes.at(name, inside)
    return bool(slopes.prove(there.left, there.right))


def _parametrized(within: Range, taken: frozenset[str]) -> Expression | None:
    """A function of a new symbol that takes the values of a range, and an end, on the real line; None for the line."""
    fresh = next(letter for letter in (f"t_{number}" for number in range(len(taken) + 1)) if letter not in taken)
    square = Apply("^", (Symbol(fresh), Number(Fraction(2))))
    match within.low, within.high:
        case Fraction() as low, Fraction() as high:
            top = Apply("+", (Number(low), Apply("*", (Number(high), square))))
            return Apply("/", (top, Apply("+", (ONE, square))))
        case Fraction() as low, None:
            return Apply("+", (Number(low), square))
        case None, Fraction() as high:
            return Apply("-", (Number(high), square))
        case _:
            return None


# ---- one interval --------------------------------------------------------------------------------------------------


def _on_one(line: Line, interval: Interval, claim: _Claim, slopes: _Claim | None) -> tuple[str, ...] | None:
    """The steps of a proof that both sides are equal in an interval; `slopes` are still to be proved equal there."""
    place = interval.places[0]
    found = standing(line, place)
    if found is not Standing.REAL:
        return () if found is Standing.NOWHERE else None
    there = _zero(line, interval, claim)
    if there is None or slopes is None:
        return there
    left, right = (resolved(side, line, place) for side in slopes.sides)
    return there if _are_equal(line.name, replace(slopes, left=left, right=right), interval.within) else None


def _zero(line: Line, interval: Interval, claim: _Claim) -> tuple[str, ...] | None:
    """The steps of a proof that both sides are equal at a place of an interval."""
    for place in interval.places:
        there = claim.at(line.name, Number(place))
        if not there.symbols and _differ(there):
            return None
        step = f"zero at {line.name} = {place}"
        if there.prove(there.left, there.right):
            return (step,)
        further = _proof(there)
        if further is not None:
            return (step, *further)
    return None


def _differ(claim: _Claim) -> bool:
    relation = compare_at(compile_balls(claim.left), compile_balls(claim.right), {}, _BITS).relation
    return relation is Relation.DIFFERENT
