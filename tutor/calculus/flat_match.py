"""Fits a pattern to a part of a formula with sums and products seen as collections, in any order.

Each part of a pattern takes one term or factor, in every way in which it fits. What is left over goes to the last of
the letters u, v, w that stands alone in the pattern's sum or product; where there is none, it stays beside what the
law makes, which only the pattern as a whole may leave over.

A pattern is taken apart once, when it is first used (`as_pattern`), since each is tried on many parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, starmap
from typing import ClassVar, NamedTuple, Protocol, TypeAlias, TypeVar

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
from tutor.calculus.flat_views import (
    ANY,
    Sort,
    Views,
    is_of,
    numbered,
    places_of_factors,
    sort_wanted,
    without_ones,
)
from tutor.calculus.law import ANY_FUNCTION, ANYTHING, ONE_OF_MANY
from tutor.calculus.rule import FOR_ANYTHING, Bindings, may_stand_for, outer_function
from tutor.expression.tree import Apply, Expression, Number, Symbol

MOST_FITS = 12
"""In how many ways one pattern is fitted to one part."""


class Fit(NamedTuple):
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


def fits(pattern: Expression, part: Expression, variable: str, views: Views) -> Iterator[Fit]:
    """The ways in which a pattern fits a part of a formula, at most MOST_FITS."""
    known = as_pattern(pattern)
    if known.wanted and not known.wanted <= views.sorts(part, known.kind):
        return iter(())
    return pattern_fits(known, part, Scope(variable, views))


def pattern_fits(pattern: Pattern, part: Expression, scope: Scope) -> Iterator[Fit]:
    """The same for a part that has all the sorts that the pattern wants."""
    return islice(pattern.fits(part, {}, scope), MOST_FITS)


# ---- patterns ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """The variable, and what is known of trees."""

    variable: str
    views: Views


class _Whole:
    """A pattern that leaves nothing over."""

    __slots__ = ()
    kind: ClassVar[str] = ""
    wanted: frozenset[Sort] = frozenset()

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterable[Bindings]:
        """What the letters stand for, in each way in which the pattern fits, beside what some stand for already."""
        raise NotImplementedError

    def fits(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[Fit]:
        """The same as fits."""
        return (Fit(found) for found in self.matches(part, bindings, scope))


@dataclass(frozen=True, slots=True)
class _Letter(_Whole):
    """A letter of a law."""

    name: str

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Sequence[Bindings]:
        known = bindings.get(self.name)
        if known is not None:
            return (bindings,) if known == part else ()
        if self.name in FOR_ANYTHING or may_stand_for(self.name, part, scope.variable):
            return ({**bindings, self.name: part},)
        return ()


@dataclass(frozen=True, slots=True)
class _Exactly(_Whole):
    """A number."""

    number: Number

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Sequence[Bindings]:
        return (bindings,) if self.number == part else ()


@dataclass(frozen=True, slots=True)
class _Call(_Whole):
    """A function, a power or a root."""

    head: str
    arguments: tuple[Pattern, ...]
    wanted: frozenset[Sort]

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Sequence[Bindings]:
        if not isinstance(part, Apply) or part.head != self.head or len(part.arguments) != len(self.arguments):
            return ()
        found: Iterable[Bindings] = (bindings,)
        for inner, argument in zip(self.arguments, part.arguments, strict=True):
            found = [each for some in found for each in inner.matches(argument, some, scope)]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _AnyFunction(_Whole):
    """A letter that stands for a function."""

    letter: str
    inner: Pattern

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterable[Bindings]:
        split = outer_function(part, scope.variable)
        if split is None:
            return ()
        outer, constants, inside = split
        bound = {**bindings, self.letter: outer.function, f"d{self.letter}": outer.slope}
        bound |= {f"{self.letter}.{name}": value for name, value in constants.items()}
        return self.inner.matches(inside, bound, scope)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A factor of a pattern's product."""

    body: Pattern
    sort: str

    def takes(self, item: Expression, bindings: Bindings, scope: Scope) -> Iterable[Bindings]:
        """The ways in which it is a factor of a formula."""
        return (
            self.body.matches(item, bindings, scope) if self.sort == ANY or is_of(self.sort, item, scope.views) else ()
        )


@dataclass(frozen=True, slots=True)
class _SignedPiece:
    """A term of a pattern's sum.

    A subtracted one fits subtracted terms only, and r, s, t the terms with their own sign. Anything else takes a minus
    sign with it.
    """

    sign: bool | None
    body: Pattern
    sort: str

    def takes(self, item: Signed, bindings: Bindings, scope: Scope) -> Iterable[Bindings]:
        """The ways in which it is a term of a formula."""
        negative, body = item
        if self.sign is not None and negative != self.sign:
            return ()
        if self.sort != ANY and not is_of(self.sort, body, scope.views):
            return ()
        return self.body.matches(unsigned(item) if self.sign is None else body, bindings, scope)


@dataclass(frozen=True, slots=True)
class _Sum:
    """The pieces of a sum that take one term each, the letter that takes the rest, and how many there are in all."""

    kind: ClassVar[str] = "+"
    pieces: tuple[_SignedPiece, ...]
    rest: _Letter | None
    count: int
    wanted: frozenset[Sort]

    def fits(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[Fit]:
        """The ways in which the pattern fits, with the terms that it leaves over."""
        return starmap(Fit, self._ways(part, bindings, scope))

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[Bindings]:
        """The ways in which the pattern fits and leaves nothing over."""
        return (found for found, left in self._ways(part, bindings, scope) if not left)

    def _ways(
        self, part: Expression, bindings: Bindings, scope: Scope
    ) -> Iterator[tuple[Bindings, tuple[Signed, ...]]]:
        items = scope.views.terms(part)
        if self.count > len(items):
            return
        for found, left in _taken(self.pieces, items, bindings, scope):
            if self.rest is None:
                yield found, left
            elif left:
                for bound in self.rest.matches(total(left), found, scope):
                    yield bound, ()


@dataclass(frozen=True, slots=True)
class _Side:
    """The factors on one side of a pattern's line: those that take one each, and the letter that takes the rest."""

    pieces: tuple[_Piece, ...]
    rest: _Letter | None
    count: int

    def ways(
        self, items: tuple[Expression, ...], bindings: Bindings, scope: Scope
    ) -> Iterable[tuple[Bindings, tuple[Expression, ...]]]:
        """The ways in which the factors of one side fit; a letter that takes the rest may stand for 1."""
        if self.pieces:
            taken = _taken(self.pieces, items, bindings, scope)
            if self.rest is None:
                return taken
            matches = self.rest.matches
            return ((bound, ()) for found, left in taken for bound in matches(product(left), found, scope))
        if self.rest is None:
            return ((bindings, items),)
        return [(bound, ()) for bound in self.rest.matches(product(items), bindings, scope)]


@dataclass(frozen=True, slots=True)
class _Product:
    """The two sides of a product or quotient."""

    kind: ClassVar[str] = "*"
    above: _Side
    below: _Side
    wanted: frozenset[Sort]

    def fits(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[Fit]:
        """The ways in which the pattern fits, with the factors that it leaves over."""
        return (Fit(found, beside_factors=left) for found, left in self._ways(part, bindings, scope))

    def matches(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[Bindings]:
        """The ways in which the pattern fits and leaves nothing over."""
        return (found for found, left in self._ways(part, bindings, scope) if left == NO_FACTORS)

    def _ways(self, part: Expression, bindings: Bindings, scope: Scope) -> Iterator[tuple[Bindings, Factors]]:
        items = scope.views.factors(part)
        if self.below.count > len(items.below) or self.above.count > len(items.above) + 1:
            return
        for some, below in self.below.ways(items.below, bindings, scope):  # the side with fewer factors
            for found, above in self.above.ways(items.above, some, scope):
                if above or below or items.negative:
                    yield self._signed(found, Factors(above, below, items.negative))
                else:
                    yield found, NO_FACTORS

    def _signed(self, bindings: Bindings, left: Factors) -> tuple[Bindings, Factors]:
        """A minus sign goes to the letter that takes the rest above the line, or is left over."""
        rest = self.above.rest
        if not left.negative or rest is None:
            return bindings, left
        negated = {**bindings, rest.name: Apply("neg", (bindings[rest.name],))}
        return negated, Factors(left.above, left.below, negative=False)


Pattern: TypeAlias = _Whole | _Sum | _Product


_Item = TypeVar("_Item", contravariant=True)
_Same = TypeVar("_Same")


class _Taker(Protocol[_Item]):
    """A piece of a pattern that takes one item."""

    def takes(self, item: _Item, bindings: Bindings, scope: Scope) -> Iterable[Bindings]:
        """The ways in which it does."""


def _taken(
    pieces: Sequence[_Taker[_Same]], items: tuple[_Same, ...], bindings: Bindings, scope: Scope
) -> Iterator[tuple[Bindings, tuple[_Same, ...]]]:
    """The ways in which some pieces take an item each, with the items that are left."""
    if not pieces:
        yield bindings, items
        return
    takes, others = pieces[0].takes, pieces[1:]
    for index, item in enumerate(items):
        for found in takes(item, bindings, scope):
            left = items[:index] + items[index + 1 :]
            if others:
                yield from _taken(others, left, found, scope)
            else:
                yield found, left


# ---- taking patterns apart ---------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def as_pattern(tree: Expression) -> Pattern:
    """A side of a law taken apart for matching."""
    match tree:
        case Symbol(letter):
            return _Letter(letter)
        case Number():
            return _Exactly(tree)
        case Apply(head, _) if head in SUM_HEADS:
            return _as_sum(terms(tree))
        case Apply(head, _) if head in PRODUCT_HEADS:
            return _as_product(without_ones(factors(tree)))
        case Apply(head, (inner,)) if head in ANY_FUNCTION:
            return _AnyFunction(head, as_pattern(inner))
        case Apply(head, arguments):
            return _Call(head, tuple(as_pattern(each) for each in arguments), _sorts_wanted(enumerate(arguments)))


def _sorts_wanted(pieces: Iterable[tuple[object, Expression]]) -> frozenset[Sort]:
    """The sorts that some pieces of a pattern want at their places, an item for each."""
    return numbered([(place, {ANY, sort_wanted(piece)}) for place, piece in pieces])


def _as_sum(items: tuple[Signed, ...]) -> _Sum:
    rest = _absorbing(body for negative, body in items if not negative)
    chosen = [each for each in items if rest is None or each != (False, Symbol(rest.name))]
    pieces = tuple(_SignedPiece(_wanted_sign(each), as_pattern(each[1]), sort_wanted(each[1])) for each in chosen)
    signs = [(_wanted_sign(each), each[1]) for each in items if _wanted_sign(each) is not None]
    wanted = _sorts_wanted((*signs, *[(None, body) for _, body in items]))
    return _Sum(pieces, rest, len(items), wanted)


def _wanted_sign(piece: Signed) -> bool | None:
    """The sign that a term must have for a piece of a sum; None where it may have either."""
    negative, body = piece
    return negative if negative or (isinstance(body, Symbol) and body.name in ONE_OF_MANY) else None


def _as_product(some: Factors) -> _Product:
    pieces = places_of_factors(some)
    wanted = _sorts_wanted((side, piece) for side, piece in pieces if side == "below" or not _may_be_nothing(piece))
    return _Product(_as_side(some.above), _as_side(some.below), wanted)


def _may_be_nothing(piece: Expression) -> bool:
    """Whether a piece of a product is a letter that may take no factor."""
    return isinstance(piece, Symbol) and piece.name in ANYTHING


def _as_side(items: tuple[Expression, ...]) -> _Side:
    rest = _absorbing(items)
    chosen = list(items)
    if rest is not None:
        del chosen[max(index for index, each in enumerate(items) if each == Symbol(rest.name))]
    return _Side(tuple(_Piece(as_pattern(each), sort_wanted(each)) for each in chosen), rest, len(items))


def _absorbing(parts: Iterable[Expression]) -> _Letter | None:
    """The last of the letters u, v, w that stands alone among the parts of a pattern."""
    alone = [part.name for part in parts if isinstance(part, Symbol) and part.name in ANYTHING]
    return _Letter(alone[-1]) if alone else None
