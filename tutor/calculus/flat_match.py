"""Fits a pattern to a part of a formula with sums and products seen as collections, in any order.

Each part of a pattern takes one term or factor, in every way in which it fits. What is left over goes to the last of
the letters u, v, w that stands alone in the pattern's sum or product; where there is none, it stays beside what the
law makes, which only the pattern as a whole may leave over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tutor.calculus.flat import (
    NO_FACTORS,
    PRODUCT_HEADS,
    SUM_HEADS,
    Factors,
    Signed,
    factors,
    product,
    quotient,
    signed,
    terms,
    total,
    unsigned,
)
from tutor.calculus.law import ANY_FUNCTION, ANYTHING, ONE_OF_MANY
from tutor.calculus.rule import Bindings, bind, outer_function
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol

MOST_FITS = 12
"""In how many ways one pattern is fitted to one part."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What each letter of a pattern stands for, and the terms or factors that the pattern leaves over."""

    bindings: Bindings
    beside_terms: tuple[Signed, ...] = ()
    beside_factors: Factors = NO_FACTORS

    def beside(self, made: Expression) -> Expression:
        """What a law has made, with what was left over beside it."""
        some = self.beside_factors
        if some.above or some.below or some.negative:
            made = quotient(Factors((*some.above, made), some.below, some.negative))
        return total((signed(made), *self.beside_terms)) if self.beside_terms else made


def fits(pattern: Expression, part: Expression, variable: str) -> Iterator[Fit]:
    """The ways in which a pattern fits a part of a formula, at most MOST_FITS."""
    return islice(_fits(pattern, part, variable), MOST_FITS)


def _fits(pattern: Expression, part: Expression, variable: str) -> Iterator[Fit]:
    if isinstance(pattern, Apply) and pattern.head in SUM_HEADS:
        for bindings, beside in _sum_fits(pattern, part, _Scope({}, variable)):
            yield Fit(bindings, beside_terms=beside)
    elif isinstance(pattern, Apply) and pattern.head in PRODUCT_HEADS:
        for bindings, left in _product_fits(pattern, part, _Scope({}, variable)):
            yield Fit(bindings, beside_factors=left)
    else:
        yield from (Fit(bindings) for bindings in _matches(pattern, part, _Scope({}, variable)))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the letters stand for so far, and the variable."""

    bindings: Bindings
    variable: str

    def bound(self, letter: str, part: Expression) -> _Scope | None:
        bindings = dict(self.bindings)
        return _Scope(bindings, self.variable) if bind(letter, part, self.variable, bindings) else None


def _matches(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    """Fits without anything left over."""
    match pattern:
        case Symbol(letter):
            bound = scope.bound(letter, part)
            return iter(() if bound is None else (bound.bindings,))
        case Number():
            return iter((scope.bindings,) if pattern == part else ())
        case Apply(head, _) if head in SUM_HEADS:
            return (bindings for bindings, beside in _sum_fits(pattern, part, scope) if not beside)
        case Apply(head, _) if head in PRODUCT_HEADS:
            return (bindings for bindings, left in _product_fits(pattern, part, scope) if left == NO_FACTORS)
        case Apply(head, (inner,)) if head in ANY_FUNCTION:
            return _function_matches(head, inner, part, scope)
        case Apply():
            return _structural_matches(pattern, part, scope)


def _structural_matches(pattern: Apply, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    if not isinstance(part, Apply) or part.head != pattern.head or len(part.arguments) != len(pattern.arguments):
        return
    found = [scope.bindings]
    for inner, argument in zip(pattern.arguments, part.arguments, strict=True):
        scopes = (_Scope(bindings, scope.variable) for bindings in found)
        found = [bindings for each in scopes for bindings in _matches(inner, argument, each)]
    yield from found


def _function_matches(letter: str, inner: Expression, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    split = outer_function(part, scope.variable)
    if split is None:
        return
    outer, constants, inside = split
    bindings = {**scope.bindings, letter: outer.function, f"d{letter}": outer.slope}
    bindings |= {f"{letter}.{name}": value for name, value in constants.items()}
    yield from _matches(inner, inside, _Scope(bindings, scope.variable))


# ---- sums --------------------------------------------------------------------------------------------------------


def _sum_fits(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[tuple[Bindings, tuple[Signed, ...]]]:
    wanted, items = terms(pattern), terms(part)
    if len(wanted) > len(items):
        return
    rest = _absorbing(body for negative, body in wanted if not negative)
    chosen = [each for each in wanted if rest is None or each != (False, rest)]
    for bindings, left in _chosen_terms(chosen, items, scope):
        if rest is None:
            yield bindings, left
        elif left:
            bound = _Scope(bindings, scope.variable).bound(rest.name, total(left))
            if bound is not None:
                yield bound.bindings, ()


def _chosen_terms(
    wanted: list[Signed], items: tuple[Signed, ...], scope: _Scope
) -> Iterator[tuple[Bindings, tuple[Signed, ...]]]:
    if not wanted:
        yield scope.bindings, items
        return
    first, *others = wanted
    for index, item in enumerate(items):
        for bindings in _term_matches(first, item, scope):
            remaining = (*items[:index], *items[index + 1 :])
            yield from _chosen_terms(others, remaining, _Scope(bindings, scope.variable))


def _term_matches(pattern: Signed, item: Signed, scope: _Scope) -> Iterator[Bindings]:
    """A subtracted pattern fits subtracted terms only, and r, s, t the terms with their own sign.

    Anything else takes a minus sign with it.
    """
    negative, body = pattern
    if negative or (isinstance(body, Symbol) and body.name in ONE_OF_MANY):
        return _matches(body, item[1], scope) if item[0] == negative else iter(())
    return _matches(body, unsigned(item), scope)


# ---- products ----------------------------------------------------------------------------------------------------


def _product_fits(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[tuple[Bindings, Factors]]:
    wanted, items = _sides(pattern), _sides(part)
    if len(wanted.below) > len(items.below) or len(wanted.above) > len(items.above) + 1:
        return
    for bindings, above in _side_fits(wanted.above, items.above, scope):
        inner = _Scope(bindings, scope.variable)
        for complete, below in _side_fits(wanted.below, items.below, inner):
            left = Factors(above, below, items.negative)
            yield from _signed_into_letter(wanted, left, _Scope(complete, scope.variable))


def _sides(expression: Expression) -> Factors:
    """The factors with the signs of numbers gathered and factors of 1 left out."""
    some = factors(expression)
    above = [signed(part) for part in some.above if part != ONE]
    below = [signed(part) for part in some.below if part != ONE]
    negative = some.negative ^ (sum(sign for sign, _ in (*above, *below)) % 2 == 1)
    return Factors(tuple(body for _, body in above), tuple(body for _, body in below), negative)


def _side_fits(
    wanted: tuple[Expression, ...], items: tuple[Expression, ...], scope: _Scope
) -> Iterator[tuple[Bindings, tuple[Expression, ...]]]:
    """The ways in which the factors of one side fit; a letter that takes the rest may stand for 1."""
    rest = _absorbing(wanted)
    chosen = [each for each in wanted if each is not rest]
    for bindings, left in _chosen_factors(chosen, items, scope):
        if rest is None:
            yield bindings, left
            continue
        bound = _Scope(bindings, scope.variable).bound(rest.name, product(left))
        if bound is not None:
            yield bound.bindings, ()


def _chosen_factors(
    wanted: list[Expression], items: tuple[Expression, ...], scope: _Scope
) -> Iterator[tuple[Bindings, tuple[Expression, ...]]]:
    if not wanted:
        yield scope.bindings, items
        return
    first, *others = wanted
    for index, item in enumerate(items):
        for bindings in _matches(first, item, scope):
            remaining = (*items[:index], *items[index + 1 :])
            yield from _chosen_factors(others, remaining, _Scope(bindings, scope.variable))


def _signed_into_letter(wanted: Factors, left: Factors, scope: _Scope) -> Iterator[tuple[Bindings, Factors]]:
    """A minus sign goes to the letter that takes the rest above the line, or is left over."""
    rest = _absorbing(wanted.above)
    if not left.negative or rest is None:
        yield scope.bindings, left
        return
    bindings = {**scope.bindings, rest.name: Apply("neg", (scope.bindings[rest.name],))}
    yield bindings, Factors(left.above, left.below, negative=False)


def _absorbing(parts: Iterable[Expression]) -> Symbol | None:
    """The last of the letters u, v, w that stands alone among the parts of a pattern."""
    alone = [part for part in parts if isinstance(part, Symbol) and part.name in ANYTHING]
    return alone[-1] if alone else None
