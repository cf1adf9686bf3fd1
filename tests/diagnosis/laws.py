"""The laws as an injector sees them: read from their texts, matched and filled by code of its own.

Only texts, ids and conditions are taken from the program's tables. A law fits a part of a function where the sound rule
that a person would apply there is one of those it is mistaken for. A part can be seen in several ways: as it was typed,
and as a textbook writes it, constants in front.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from tutor.calculus.algebra_slips import ALGEBRA_SLIPS
from tutor.calculus.law import sides, written
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.misreadings import MISREADINGS
from tutor.calculus.outer import OUTER
from tutor.calculus.rule import Rule
from tutor.calculus.rules import RULES
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol, free_symbols

X = "x"
_FREE_OF_X = frozenset("ckmnab")
_NUMBERS = frozenset("pq")
_OTHER_SYMBOL = "y"
_OUTERS = "fg"
_PRODUCTS = ("product", "product-of-three")
"""The rules that nobody applies to a constant factor."""

Bound: TypeAlias = Mapping[str, Expression]
"""What letters stand for; `f` is bound to the outer function and `f'` to its slope, both with a hole."""

HOLE = Symbol("hole_1")


@dataclass(frozen=True, slots=True)
class Law:
    """A law by its text: what it is called, what it is for, and the sides of the arrow."""

    id: str
    text: str
    before: Expression
    after: Expression
    family: str = ""
    mistaken_for: frozenset[str] = frozenset()
    inside: str = ""
    fits: Callable[[Bound], bool] | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A law at a part of a function, seen in one way, with what its letters stand for there."""

    law: Law
    part: Expression
    bound: Bound
    whole: Expression | None = None
    """The whole sum or product that a misread part belongs to; a learner is shown either."""

    @property
    def after(self) -> Expression:
        """What the law makes of the part, with D( ) where there is more to do."""
        return filled(self.law.after, self.bound)


def _law(rule: Rule) -> Law:
    before, after = sides(rule.law)
    return Law(rule.id, rule.law, before, after, rule.family, rule.mistaken_for, rule.inside, rule.fits)


@cache
def sound_laws() -> tuple[Law, ...]:
    """The laws of differentiation, in the order in which they are tried."""
    return tuple(_law(rule) for rule in RULES)


@cache
def mistaken_laws() -> tuple[Law, ...]:
    """The laws that learners apply instead."""
    return tuple(_law(rule) for rule in MAL_RULES)


@cache
def misreading_laws() -> tuple[Law, ...]:
    """The laws by which a function is read, copied or rewritten wrongly before it is differentiated."""
    return tuple(Law(rule.id, rule.law, *written(rule.law), fits=rule.fits) for rule in MISREADINGS)


@cache
def algebra_laws() -> tuple[Law, ...]:
    """The laws by which a finished derivative is written down or simplified wrongly."""
    return tuple(Law(rule.id, rule.law, *written(rule.law), fits=rule.fits) for rule in ALGEBRA_SLIPS)


# ---- what fits where ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def sound(part: Expression) -> tuple[Applied, ...]:
    """The sound law for each way of seeing a part; none where no law is known."""
    found = (_first(view) for view in views(part))
    return tuple(applied for applied in found if applied is not None)


def _first(view: Expression) -> Applied | None:
    for law in sound_laws():
        bound = matched(law.before, view)
        if bound is not None and not (law.id in _PRODUCTS and any(X not in free_symbols(bound[u]) for u in bound)):
            return Applied(law, view, {X: Symbol(X), **bound})
    return None


@lru_cache(maxsize=20_000)
def mistaken(part: Expression) -> tuple[Applied, ...]:
    """Every mistaken law that fits a part, in every way of seeing it."""
    return tuple(applied for right in sound(part) for applied in _instead_of(right))


def _instead_of(right: Applied) -> Iterator[Applied]:
    names = {right.law.id, right.law.family} - {""}
    for law in mistaken_laws():
        if names & law.mistaken_for:
            bound = matched(law.before, right.part)
            if bound is not None and (law.fits is None or law.fits({X: Symbol(X), **bound})):
                yield Applied(law, right.part, {X: Symbol(X), **bound})


def misread(part: Expression) -> Iterator[Applied]:
    """Every misreading that fits a part as it was typed."""
    return _rewritten(misreading_laws(), part)


def reworked(part: Expression) -> Iterator[Applied]:
    """Every slip of algebra that fits a part of a derivative as it stands."""
    return _rewritten(algebra_laws(), part)


def _rewritten(laws: Sequence[Law], part: Expression) -> Iterator[Applied]:
    for law in laws:
        bound = matched(law.before, part)
        if bound is not None and (law.fits is None or law.fits(bound)):
            yield Applied(law, part, {X: Symbol(X), **bound})


# ---- ways of seeing a product ------------------------------------------------------------------------------------


def views(part: Expression) -> tuple[Expression, ...]:
    """A part as it was typed, and a product or quotient as a textbook has it: constants apart from what changes."""
    if isinstance(part, Apply) and part.head in ("*", "/") and X in free_symbols(part):
        return tuple(dict.fromkeys((part, _textbook(part))))
    return (part,)


def _textbook(part: Expression) -> Expression:
    above, below, sign = _factors(part)
    moving, resting = ([each for each in above if (X in free_symbols(each)) == changes] for changes in (True, False))
    divisors, constant = ([each for each in below if (X in free_symbols(each)) == changes] for changes in (True, False))
    resting = [each for each in resting if each != ONE]
    if not moving:
        whole = _over(_over(_product(resting), constant), divisors)
    elif resting:
        whole = Apply("*", (_over(_product(resting), constant), _over(_product(moving), divisors)))
    else:
        whole = _over(_over(_product(moving), divisors), constant)
    return whole if sign > 0 else Apply("neg", (whole,))


def _factors(part: Expression) -> tuple[list[Expression], list[Expression], int]:
    """What stands above and below the line, and the sign in front."""
    match part:
        case Apply("*" | "/" as head, (left, right)):
            above, below, sign = _factors(left)
            more, less, other = _factors(right)
            if head == "/":
                more, less = less, more
            return above + more, below + less, sign * other
        case Apply("neg", (inner,)):
            above, below, sign = _factors(inner)
            return above, below, -sign
        case _:
            return [part], [], 1


def _product(factors: Sequence[Expression]) -> Expression:
    whole: Expression = factors[0] if factors else ONE
    for factor in factors[1:]:
        whole = Apply("*", (whole, factor))
    return whole


def _over(above: Expression, below: Sequence[Expression]) -> Expression:
    return Apply("/", (above, _product(below))) if below else above


# ---- matching and filling ------------------------------------------------------------------------------------------


def matched(pattern: Expression, part: Expression) -> Bound | None:
    """What the letters of a pattern stand for in a part; None where it does not fit."""
    match pattern, part:
        case Symbol(letter), _:
            return {letter: part} if _may_stand_for(letter, part) else None
        case Number(), _:
            return {} if pattern == part else None
        case Apply(head, (inside,)), _ if head in _OUTERS:
            return _matched_outer(head, inside, part)
        case Apply(head, patterns), Apply(other, parts) if head == other and len(patterns) == len(parts):
            return _joined(matched(each, its) for each, its in zip(patterns, parts, strict=True))
        case _:
            return None


def _may_stand_for(letter: str, part: Expression) -> bool:
    if letter == X:
        return part == Symbol(X)
    if letter == _OTHER_SYMBOL:
        return isinstance(part, Symbol) and part != Symbol(X)
    if letter in _NUMBERS:
        return isinstance(part, Number)
    return letter not in _FREE_OF_X or X not in free_symbols(part)


def _joined(found: Iterator[Bound | None]) -> Bound | None:
    """All bindings together; None where one failed, or two say different things."""
    whole: dict[str, Expression] = {}
    for bound in found:
        if bound is None or any(whole.get(letter, part) != part for letter, part in bound.items()):
            return None
        whole |= bound
    return whole


def _matched_outer(letter: str, inside: Expression, part: Expression) -> Bound | None:
    """An outer function with what stands inside it, its constants put in."""
    for row in OUTER:
        bound = matched(row.function, part)
        if bound is not None:
            constants = {**bound, "u": HOLE}
            inner = matched(inside, bound["u"])
            both = {letter: filled(row.function, constants), f"d{letter}": filled(row.slope, constants)}
            return None if inner is None else {**inner, **both}
    return None


def filled(template: Expression, bound: Bound) -> Expression:
    """A template with what its letters stand for; D( ) stays."""
    match template:
        case Symbol(letter):
            return bound.get(letter, template)
        case Apply(head, (inside,)) if head in bound:
            return plugged(bound[head], filled(inside, bound))
        case Apply(head, arguments):
            return Apply(head, tuple(filled(argument, bound) for argument in arguments))
        case _:
            return template


def plugged(outer: Expression, inside: Expression) -> Expression:
    """An outer function with something in its hole."""
    if outer == HOLE:
        return inside
    if isinstance(outer, Apply):
        return Apply(outer.head, tuple(plugged(argument, inside) for argument in outer.arguments))
    return outer
