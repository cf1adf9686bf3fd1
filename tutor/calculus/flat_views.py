"""Sums and products of a formula taken apart for matching, and the sorts by which most matches are ruled out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from tutor.calculus.flat import PRODUCT_HEADS, SUM_HEADS, Factors, Signed, factors, signed, terms
from tutor.calculus.law import ANY_FUNCTION, NUMBERS
from tutor.calculus.rule import is_written_number
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol

Sort: TypeAlias = tuple[object, str, int]
"""Where a piece stands (the side of a product, the sign of a term, None for either, the number of an argument), its
head or class, and the how manieth it is of those: what needs two powers above the line wants a first and a second."""

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

    def sorts(self, tree: Expression, kind: str) -> frozenset[Sort]:
        """The sorts of a tree's terms, factors or arguments; a pattern fits only where there are all that it wants.

        It is seen as a sum where the kind is +, as a product where it is *.
        """
        if kind == "+":
            terms = [(sign, self._classes(item)) for sign, item in self.terms(tree)]
            return numbered([*terms, *[(None, classes) for _, classes in terms]])
        if kind == "*":
            return numbered([(side, self._classes(item)) for side, item in places_of_factors(self.factors(tree))])
        return numbered(enumerate(map(self._classes, tree.arguments))) if isinstance(tree, Apply) else frozenset()

    def _classes(self, item: Expression) -> Sequence[str]:
        """The heads or classes of one term, factor or argument."""
        if isinstance(item, Symbol):
            return _ANY_ALONE
        if isinstance(item, Number):
            return _ANY_NUMBER if item == ONE else _ANY_NUMBERED
        head = item.head
        found = [ANY, _SUM if head in SUM_HEADS else head]
        if head in _OF_NUMBERS:
            if is_written_number(item):
                found.append(_NUMBER)
            if self.is_numbered(item):
                found.append(NUMBERED)
        return found

    def is_numbered(self, item: Expression) -> bool:
        """Whether an item has a number among its factors above the line."""
        if isinstance(item, Apply) and item.head in _OF_NUMBERS:
            return Number in map(type, self.factors(item).above)
        return isinstance(item, Number) and item != ONE


_OF_NUMBERS = PRODUCT_HEADS | {"neg"}
"""The heads under which a number is written, or is a factor."""

_ANY_ALONE, _ANY_NUMBER, _ANY_NUMBERED = (ANY,), (ANY, _NUMBER), (ANY, _NUMBER, NUMBERED)


def without_ones(some: Factors) -> Factors:
    """Factors with the signs of numbers gathered, without those of 1: no other factor has a sign."""
    if Number not in map(type, (*some.above, *some.below)):
        return some
    above, below = _signed(some.above), _signed(some.below)
    negative = some.negative ^ (sum([sign for sign, _ in (*above, *below)]) % 2 == 1)
    return Factors(tuple([body for _, body in above]), tuple([body for _, body in below]), negative)


def _signed(items: tuple[Expression, ...]) -> list[Signed]:
    return [signed(item) for item in items if not (isinstance(item, Number) and item == ONE)]


# ---- sorts -------------------------------------------------------------------------------------------------------


def numbered(pieces: Iterable[tuple[object, Iterable[str]]]) -> frozenset[Sort]:
    """The sorts of some pieces, given the places at which they stand and the heads or classes of each."""
    found: set[Sort] = set()
    for place, classes in pieces:
        for name in classes:
            sort = place, name, 1
            while sort in found:
                sort = place, name, sort[2] + 1
            found.add(sort)
    return frozenset(found)


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


def _head_wanted(piece: Expression) -> str:
    """What the argument of a part must be for a piece of a pattern to fit it as it was typed."""
    if isinstance(piece, Symbol):
        return _NUMBER if _is_number_letter(piece) else ANY
    if isinstance(piece, Number):
        return _NUMBER
    return ANY if piece.head in ANY_FUNCTION else piece.head


def typed_sorts(tree: Expression) -> frozenset[Sort]:
    """The heads of a tree's arguments as they were typed, for patterns that are fitted like that."""
    return numbered(enumerate(map(_typed_classes, tree.arguments))) if isinstance(tree, Apply) else frozenset()


def typed_wanted(pattern: Expression) -> frozenset[Sort]:
    """The heads that the arguments of a part must have for a pattern to fit it as it was typed."""
    return numbered(enumerate(map(_wanted_classes, pattern.arguments))) if isinstance(pattern, Apply) else frozenset()


def _wanted_classes(piece: Expression) -> Sequence[str]:
    return (_head_wanted(piece),)


def _typed_classes(item: Expression) -> Sequence[str]:
    if isinstance(item, Apply):
        is_number = item.head in _OF_NUMBERS and is_written_number(item)
        return (ANY, item.head, _NUMBER) if is_number else (ANY, item.head)
    return _ANY_NUMBER if isinstance(item, Number) else _ANY_ALONE


def is_of(sort: str, item: Expression, views: Views) -> bool:
    """Whether an item is of a sort; it is asked before anything is tried, because most items fail here."""
    if sort == ANY:
        return True
    if sort == NUMBERED:
        return views.is_numbered(item)
    if sort == _NUMBER:
        return is_written_number(item)
    return isinstance(item, Apply) and (item.head in SUM_HEADS if sort == _SUM else item.head == sort)
