"""Fits a pattern to a part of a formula with sums and products seen as collections, in any order.

Each part of a pattern takes one term or factor, in every way in which it fits. What is left over goes to the last of
the letters u, v, w that stands alone in the pattern's sum or product; where there is none, it stays beside what the
law makes, which only the pattern as a whole may leave over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

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
from tutor.calculus.law import ANY_FUNCTION, ANYTHING, NUMBERS, ONE_OF_MANY
from tutor.calculus.rule import Bindings, bind, is_written_number, outer_function
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


Sort: TypeAlias = tuple[object, str]
"""Where a piece stands (the side of a product, the sign of a term, None for either) and its head or class."""

_ANY, _NUMBER, _SUM = "any", "number", "sum"


class Views:
    """Sums as their terms and products as their factors, each tree taken apart once."""

    def __init__(self) -> None:
        self._terms: dict[int, tuple[Expression, tuple[Signed, ...]]] = {}
        self._factors: dict[int, tuple[Expression, Factors]] = {}
        self._sorts: dict[tuple[int, bool], frozenset[Sort]] = {}

    def terms(self, tree: Expression) -> tuple[Signed, ...]:
        """The signed terms of a tree. Known by its identity, which is its own as long as the tree is kept here."""
        if id(tree) not in self._terms:
            self._terms[id(tree)] = (tree, terms(tree))
        return self._terms[id(tree)][1]

    def factors(self, tree: Expression) -> Factors:
        """The factors of a tree, with the signs of numbers gathered and factors of 1 left out."""
        if id(tree) not in self._factors:
            self._factors[id(tree)] = (tree, _without_ones(factors(tree)))
        return self._factors[id(tree)][1]

    def sorts(self, tree: Expression, *, as_sum: bool) -> frozenset[Sort]:
        """The sorts of the terms or of the factors that a tree has."""
        known = self._sorts.get((id(tree), as_sum))
        if known is None:
            places = _places_of_terms(self.terms(tree)) if as_sum else _places_of_factors(self.factors(tree))
            known = frozenset((place, sort) for place, item in places for sort in _sorts_of(item))
            self._sorts[id(tree), as_sum] = known
        return known


_PATTERNS = Views()
"""What patterns are made of; there are as many as laws, and they stay."""


def fits(pattern: Expression, part: Expression, variable: str, views: Views) -> Iterator[Fit]:
    """The ways in which a pattern fits a part of a formula, at most MOST_FITS."""
    as_sum = isinstance(pattern, Apply) and pattern.head in SUM_HEADS
    wanted = _wanted(pattern)
    if wanted and not wanted <= views.sorts(part, as_sum=as_sum):
        return iter(())
    return islice(_fits(pattern, part, _Scope({}, variable, views)), MOST_FITS)


@lru_cache(maxsize=1024)
def _wanted(pattern: Expression) -> frozenset[Sort]:
    """The sorts that a part must have for a pattern to fit it; this settles most questions, and quickly."""
    if not isinstance(pattern, Apply):
        return frozenset()
    if pattern.head in SUM_HEADS:
        return frozenset((_wanted_sign(piece), _sort_wanted(piece[1])) for piece in _PATTERNS.terms(pattern))
    if pattern.head not in PRODUCT_HEADS:
        return frozenset()
    pieces = _places_of_factors(_PATTERNS.factors(pattern))
    return frozenset((side, _sort_wanted(piece)) for side, piece in pieces if not _may_be_nothing(piece))


def _may_be_nothing(piece: Expression) -> bool:
    """Whether a piece of a product is a letter that may take no factor."""
    return isinstance(piece, Symbol) and piece.name in ANYTHING


def _wanted_sign(piece: Signed) -> bool | None:
    """The sign that a term must have for a piece of a sum; None where it may have either."""
    negative, body = piece
    return negative if negative or (isinstance(body, Symbol) and body.name in ONE_OF_MANY) else None


def _places_of_terms(items: tuple[Signed, ...]) -> Iterator[tuple[object, Expression]]:
    for negative, body in items:
        yield from ((negative, body), (None, body))


def _places_of_factors(some: Factors) -> Iterator[tuple[object, Expression]]:
    yield from (("above", item) for item in some.above)
    yield from (("below", item) for item in some.below)


def _sort_wanted(piece: Expression) -> str:
    """The sort that an item must have for a piece of a pattern, as `_may_fit` has it."""
    if isinstance(piece, Symbol):
        return _NUMBER if piece.name in NUMBERS else _ANY
    if not isinstance(piece, Apply) or piece.head in PRODUCT_HEADS or piece.head in ANY_FUNCTION:
        return _ANY
    return _SUM if piece.head in SUM_HEADS else piece.head


def _sorts_of(item: Expression) -> Iterator[str]:
    """The sorts of an item: all that it may be taken for."""
    yield _ANY
    if is_written_number(item):
        yield _NUMBER
    if isinstance(item, Apply):
        yield _SUM if item.head in SUM_HEADS else item.head


def _may_be_term(pattern: Signed, item: Signed) -> bool:
    """Whether sign and head allow a term to be what a piece of a sum wants."""
    sign = _wanted_sign(pattern)
    return (sign is None or item[0] == sign) and _may_fit(pattern[1], item[1])


def _fits(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[Fit]:
    if isinstance(pattern, Apply) and pattern.head in SUM_HEADS:
        for bindings, beside in _sum_fits(pattern, part, scope):
            yield Fit(bindings, beside_terms=beside)
    elif isinstance(pattern, Apply) and pattern.head in PRODUCT_HEADS:
        for bindings, left in _product_fits(pattern, part, scope):
            yield Fit(bindings, beside_factors=left)
    else:
        yield from (Fit(bindings) for bindings in _matches(pattern, part, scope))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the letters stand for so far, the variable, and what is known of trees."""

    bindings: Bindings
    variable: str
    views: Views

    def bound(self, letter: str, part: Expression) -> Bindings | None:
        bindings = dict(self.bindings)
        return bindings if bind(letter, part, self.variable, bindings) else None

    def with_bindings(self, bindings: Bindings) -> _Scope:
        return _Scope(bindings, self.variable, self.views)


def _matches(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    """Fits without anything left over."""
    match pattern:
        case Symbol(letter):
            bound = scope.bound(letter, part)
            return iter(() if bound is None else (bound,))
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


def _may_fit(pattern: Expression, part: Expression) -> bool:
    """Whether the heads allow a fit; it is asked before anything is tried, because most parts fail here."""
    if isinstance(pattern, Symbol):
        return pattern.name not in NUMBERS or is_written_number(part)
    if not isinstance(pattern, Apply) or pattern.head in PRODUCT_HEADS or pattern.head in ANY_FUNCTION:
        return True
    if not isinstance(part, Apply):
        return False
    return part.head in SUM_HEADS if pattern.head in SUM_HEADS else part.head == pattern.head


def _structural_matches(pattern: Apply, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    if not isinstance(part, Apply) or part.head != pattern.head or len(part.arguments) != len(pattern.arguments):
        return
    found = [scope.bindings]
    for inner, argument in zip(pattern.arguments, part.arguments, strict=True):
        scopes = (scope.with_bindings(bindings) for bindings in found)
        found = [bindings for each in scopes for bindings in _matches(inner, argument, each)]
    yield from found


def _function_matches(letter: str, inner: Expression, part: Expression, scope: _Scope) -> Iterator[Bindings]:
    split = outer_function(part, scope.variable)
    if split is None:
        return
    outer, constants, inside = split
    bindings = {**scope.bindings, letter: outer.function, f"d{letter}": outer.slope}
    bindings |= {f"{letter}.{name}": value for name, value in constants.items()}
    yield from _matches(inner, inside, scope.with_bindings(bindings))


# ---- sums --------------------------------------------------------------------------------------------------------


def _sum_fits(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[tuple[Bindings, tuple[Signed, ...]]]:
    wanted, items = _PATTERNS.terms(pattern), scope.views.terms(part)
    if len(wanted) > len(items):
        return
    rest = _absorbing(body for negative, body in wanted if not negative)
    chosen = [each for each in wanted if rest is None or each != (False, rest)]
    for bindings, left in _chosen_terms(chosen, items, scope):
        if rest is None:
            yield bindings, left
        elif left:
            bound = scope.with_bindings(bindings).bound(rest.name, total(left))
            if bound is not None:
                yield bound, ()


def _chosen_terms(
    wanted: list[Signed], items: tuple[Signed, ...], scope: _Scope
) -> Iterator[tuple[Bindings, tuple[Signed, ...]]]:
    if not wanted:
        yield scope.bindings, items
        return
    first, *others = wanted
    for index, item in enumerate(items):
        if not _may_be_term(first, item):
            continue
        for bindings in _term_matches(first, item, scope):
            remaining = (*items[:index], *items[index + 1 :])
            yield from _chosen_terms(others, remaining, scope.with_bindings(bindings))


def _term_matches(pattern: Signed, item: Signed, scope: _Scope) -> Iterator[Bindings]:
    """A subtracted pattern fits subtracted terms only, and r, s, t the terms with their own sign.

    Anything else takes a minus sign with it.
    """
    negative, body = pattern
    if negative or (isinstance(body, Symbol) and body.name in ONE_OF_MANY):
        return _matches(body, item[1], scope)
    return _matches(body, unsigned(item), scope)


# ---- products ----------------------------------------------------------------------------------------------------


def _product_fits(pattern: Expression, part: Expression, scope: _Scope) -> Iterator[tuple[Bindings, Factors]]:
    wanted, items = _PATTERNS.factors(pattern), scope.views.factors(part)
    if len(wanted.below) > len(items.below) or len(wanted.above) > len(items.above) + 1:
        return
    for bindings, below in _side_fits(wanted.below, items.below, scope):  # the side with fewer factors
        inner = scope.with_bindings(bindings)
        for complete, above in _side_fits(wanted.above, items.above, inner):
            left = Factors(above, below, items.negative)
            yield from _signed_into_letter(wanted, left, scope.with_bindings(complete))


def _without_ones(some: Factors) -> Factors:
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
        bound = scope.with_bindings(bindings).bound(rest.name, product(left))
        if bound is not None:
            yield bound, ()


def _chosen_factors(
    wanted: list[Expression], items: tuple[Expression, ...], scope: _Scope
) -> Iterator[tuple[Bindings, tuple[Expression, ...]]]:
    if not wanted:
        yield scope.bindings, items
        return
    first, *others = wanted
    for index, item in enumerate(items):
        if not _may_fit(first, item):
            continue
        for bindings in _matches(first, item, scope):
            remaining = (*items[:index], *items[index + 1 :])
            yield from _chosen_factors(others, remaining, scope.with_bindings(bindings))


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
