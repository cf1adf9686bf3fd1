"""Sums and products of a formula taken apart for matching, and the sorts by which most matches are ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tutor.calculus.flat import PRODUCT_HEADS, SUM_HEADS, Factors, Signed, factors, signed, terms
from tutor.calculus.law import ANY_FUNCTION, NUMBERS
from tutor.calculus.rule import is_written_number
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol

Sort: TypeAlias = tuple[object, str]
"""Where a piece stands (the side of a product, the sign of a term, None for either) and its head or class."""

ANY, NUMBERED, _NUMBER, _SUM = "any", "numbered", "number", "sum"
"""The sorts that are no heads: anything, a product with a number among its factors, a number, a sum."""


class Views:
    """Sums as their terms and products as their factors, each tree taken apart once."""

    def __init__(self) -> None:
        self._terms: dict[int, tuple[Expression, tuple[Signed, ...]]] = {}
        self._factors: dict[int, tuple[Expression, Factors]] = {}

    def terms(self, tree: Expression) -> tuple[Signed, ...]:
        """The signed terms of a tree. Known by its identity, which is its own as long as the tree is kept here."""
        known = self._terms.get(id(tree))
        if known is None:
            known = self._terms[id(tree)] = (tree, terms(tree))
        return known[1]

    def factors(self, tree: Expression) -> Factors:
        """The factors of a tree, with the signs of numbers gathered and factors of 1 left out."""
        known = self._factors.get(id(tree))
        if known is None:
            known = self._factors[id(tree)] = (tree, without_ones(factors(tree)))
        return known[1]

    def sorts(self, tree: Expression, *, as_sum: bool) -> frozenset[Sort]:
        """The sorts of a tree's terms or factors; a pattern fits only where there are all that it wants."""
        found: set[Sort] = set()
        for place, item in self._placed(tree, as_sum=as_sum):
            found.add((place, ANY))
            if isinstance(item, Apply):
                found.add((place, _SUM if item.head in SUM_HEADS else item.head))
            if is_written_number(item):
                found.add((place, _NUMBER))
            if self.is_numbered(item):
                found.add((place, NUMBERED))
        if as_sum:
            found |= {(None, sort) for _, sort in found}
        return frozenset(found)

    def is_numbered(self, item: Expression) -> bool:
        """Whether an item has a number among its factors above the line."""
        if isinstance(item, Apply) and (item.head in PRODUCT_HEADS or item.head == "neg"):
            return any(isinstance(each, Number) for each in self.factors(item).above)
        return isinstance(item, Number) and item != ONE

    def _placed(self, tree: Expression, *, as_sum: bool) -> Sequence[tuple[object, Expression]]:
        """The terms with their signs, or the factors with their sides."""
        return self.terms(tree) if as_sum else places_of_factors(self.factors(tree))


def without_ones(some: Factors) -> Factors:
    """Factors with the signs of numbers gathered, without those of 1."""
    above, below = _signed(some.above), _signed(some.below)
    negative = some.negative ^ (sum([sign for sign, _ in (*above, *below)]) % 2 == 1)
    return Factors(tuple([body for _, body in above]), tuple([body for _, body in below]), negative)


def _signed(items: tuple[Expression, ...]) -> list[Signed]:
    return [signed(item) for item in items if not (isinstance(item, Number) and item == ONE)]


# ---- sorts -------------------------------------------------------------------------------------------------------


def places_of_factors(some: Factors) -> list[tuple[object, Expression]]:
    """The factors with the side on which each stands."""
    return [*[("above", item) for item in some.above], *[("below", item) for item in some.below]]


def sort_wanted(piece: Expression) -> str:
    """The sort that an item must have for a piece of a pattern to fit it."""
    if isinstance(piece, Symbol):
        return _NUMBER if _is_number_letter(piece) else ANY
    if not isinstance(piece, Apply) or piece.head in ANY_FUNCTION:
        return ANY
    if piece.head in PRODUCT_HEADS:
        return NUMBERED if any(_is_number_letter(each) for each in factors(piece).above) else ANY
    return _SUM if piece.head in SUM_HEADS else piece.head


def _is_number_letter(piece: Expression) -> bool:
    return isinstance(piece, Symbol) and piece.name in NUMBERS


def is_of(sort: str, item: Expression, views: Views) -> bool:
    """Whether an item is of a sort; it is asked before anything is tried, because most items fail here."""
    if sort == ANY:
        return True
    if sort == NUMBERED:
        return views.is_numbered(item)
    if sort == _NUMBER:
        return is_written_number(item)
    return isinstance(item, Apply) and (item.head in SUM_HEADS if sort == _SUM else item.head == sort)
