"""What an answer is held against: the function, the key derived from it, and where both may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, islice

from tutor.calculus.derivation import plain_derivative
from tutor.checking.ball import compile_balls
from tutor.checking.conditions import Condition, conditions
from tutor.checking.definedness import new_needs
from tutor.checking.implied_needs import has_no_flat_corner
from tutor.checking.normal_form import is_zero
from tutor.checking.proportion import is_tiny
from tutor.checking.same import Same
from tutor.checking.sampling import Point, Sampler, points
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import Domain, Range
from tutor.expression.fold import fold
from tutor.expression.tree import Apply, Expression, substitute, walk
from tutor.kinds.cell import Formula, Slope

__all__ = ["Question", "Setting", "question_of", "setting_of"]

_NEAR_POINTS = 6
_FEWEST_NEAR = 4
"""With fewer points that are found by drawing alone the domain is looked for along lines, which takes long."""

_NEXT_DRAW = 24
_MORE_TRIES = 96
"""Draws beyond the first ones, where few of those lie in the domain."""

_FAR_POINTS = 4
_WIDELY_FAR_POINTS = 12
_MOST_REGION_POINTS = 40
_MORE_LINES = 8
"""The first eight draws run through all sign patterns of three symbols."""


@dataclass(frozen=True, slots=True)
class Question:
    """The key of a target, and the function, variables and place from which its slope can be measured.

    `function` is None for a formula. `place` holds the values of the variables when a slope at a point is wanted;
    they are put into `expected`, and `key` is the derivative before that.
    """

    expected: Expression
    key: Expression
    domain: Domain
    function: Expression | None = None
    variables: tuple[str, ...] = ()
    place: Mapping[str, Expression] = field(default_factory=dict)

    @property
    def source(self) -> Expression:
        """The expression whose smooth points make the domain: f, at the place where there is one, or the formula."""
        return self.expected if self.function is None else _placed(self.function, tuple(self.place.items()))

    @property
    def is_number(self) -> bool:
        """Whether the key is a number that stands for itself, not a slope that happens to be constant."""
        moves = self.function is not None and self.variables and not self.place
        return not moves and not compile_balls(self.source).symbols


@dataclass(frozen=True)
class Setting:
    """Where a question may be decided: the draws for a source and a key, and what is made of them when it is wanted."""

    source: Expression
    expected: Expression
    sampler: Sampler

    @cached_property
    def _draws(self) -> Iterator[Point]:
        """The near points that are still to be drawn."""
        tried = chain(self.sampler.near(), self.sampler.near(_MORE_TRIES, first=_NEXT_DRAW))
        return islice(tried, _NEAR_POINTS)

    @cached_property
    def _drawn(self) -> list[Point]:
        """The near points that are drawn."""
        return []

    def _in_turn(self) -> Iterator[Point]:
        for place in range(_NEAR_POINTS):
            if place == len(self._drawn):
                self._drawn.extend(islice(self._draws, 1))
            yield from self._drawn[place : place + 1]

    @cached_property
    def near(self) -> tuple[Point, ...]:
        """Some points of moderate size."""
        found = tuple(self._in_turn())
        if len(found) >= _FEWEST_NEAR or not self.sampler.symbols:
            return found
        return points(self.source, self.sampler.domain, _NEAR_POINTS, symbols=self.sampler.symbols)

    def near_in_turn(self) -> Iterator[Point]:
        """The near points, each of which is drawn when it is first asked for: most answers need one, or four."""
        count = 0
        for count, point in enumerate(self._in_turn(), start=1):  # noqa: B007 - the number is wanted afterwards
            yield point
        yield from self.near[count:]

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The sign arguments of the source and the key."""
        return conditions(self.source, self.expected)

    @cached_property
    def is_blind(self) -> bool:
        """Whether the source may have a value, in some region, where it is not known to be smooth."""
        if not self.sampler.program.nested or has_no_flat_corner(self.source):
            return False
        return self.sampler.blind(self.conditions)

    @cached_property
    def first_far(self) -> tuple[Point, ...]:
        """One point with wide coordinates, of which answers are asked that need nothing new."""
        return tuple(islice(self.sampler.far(), 1))

    @cached_property
    def far(self) -> tuple[Point, ...]:
        """Some such points; only answers that agree near by ask for them."""
        return tuple(islice(self.sampler.far(), _FAR_POINTS))

    @cached_property
    def widely_far(self) -> tuple[Point, ...]:
        """More such points; only answers that are not proved quickly ask for them."""
        return tuple(islice(self.sampler.far(), _WIDELY_FAR_POINTS))

    def in_regions(self, wanted: Sequence[Condition]) -> tuple[Point, ...]:
        """A point in each region between the zeros of some sign arguments; the first few."""
        return tuple(islice(self.sampler.by_region(wanted), _MOST_REGION_POINTS)) if wanted else ()

    def in_more_regions(self, wanted: Sequence[Condition]) -> Iterator[Point]:
        """The same along lines through more draws: with several symbols most regions are met by some lines only."""
        many = self.sampler.by_region(wanted, draws=_MORE_LINES)
        return islice(many, _MORE_LINES * _MOST_REGION_POINTS) if wanted else iter(())


def question_of(target: Slope | Formula, domain: Domain) -> Question:
    """The question that a target asks; the key is derived once for each function."""
    return _question_of(Same(target), Same(domain))


@lru_cache(maxsize=256)
def _question_of(asked: Same[Slope | Formula], where: Same[Domain]) -> Question:
    """The question, the same object for the next answer to the same target."""
    target, domain = asked.value, where.value
    if isinstance(target, Formula):
        return Question(target.expected, target.expected, domain)
    function = _without_ties(Same(target.function))
    key = plain_derivative(function, target.variables)
    if target.at and set(target.variables) <= set(target.at):
        expected = _placed(key, tuple(target.at.items()))
        return Question(expected, key, domain, function, target.variables, target.at)
    return Question(key, key, domain, function, target.variables)


@lru_cache(maxsize=256)
def _without_ties(function: Same[Expression]) -> Expression:
    """The function without operands of max and min that are another one in other words: there it has no corner."""
    if not any(isinstance(part, Apply) and part.head in ("max", "min") for part in walk(function.value)):
        return function.value
    return fold(function.value, lambda part, operands: _rebuilt(part, tuple(operands)))


def _rebuilt(part: Expression, operands: tuple[Expression, ...]) -> Expression:
    if not isinstance(part, Apply) or not operands:
        return part
    if part.head not in ("max", "min"):
        return part if operands == part.arguments else Apply(part.head, operands, part.span)
    kept: list[Expression] = []
    for operand in operands:
        if not any(_is_the_same(operand, other) for other in kept):
            kept = [*(other for other in kept if not _is_the_same(other, operand)), operand]
    return kept[0] if len(kept) == 1 else Apply(part.head, tuple(kept), part.span)


def _is_the_same(operand: Expression, other: Expression) -> bool:
    """Whether an operand can be left out beside another: always equal to it, and real wherever that is."""
    if new_needs(conditions(operand), conditions(other), Domain()):
        return False
    difference = Apply("-", (operand, other))
    return is_tiny(difference) and is_zero(operand, other, flint_ring)


def setting_of(question: Question, answer: Expression) -> Setting:
    """The setting of a question over the symbols of the function, the key and the answer."""
    return _setting_of(Same(question), compile_balls(answer).symbols)


@lru_cache(maxsize=256)
def _setting_of(asked: Same[Question], others: tuple[str, ...]) -> Setting:
    """The setting over the symbols of a question and some others."""
    question = asked.value
    moving = () if question.place else question.variables
    known = (compile_balls(formula).symbols for formula in (question.source, question.expected))
    symbols = frozenset((*moving, *others)).union(*known)
    ranges = tuple(sorted(question.domain.ranges.items(), key=str))
    return _setting((Same(question.source), Same(question.expected)), symbols, ranges)


@lru_cache(maxsize=256)
def _placed(formula: Expression, place: tuple[tuple[str, Expression], ...]) -> Expression:
    """A formula with the values of a place put in, the same object for the next answer."""
    return substitute(formula, dict(place)) if place else formula


@lru_cache(maxsize=256)
def _setting(
    formulas: tuple[Same[Expression], Same[Expression]], symbols: frozenset[str], ranges: tuple[tuple[str, Range], ...]
) -> Setting:
    """The setting, kept for the next answer."""
    source, expected = (formula.value for formula in formulas)
    sampler = Sampler.of(source, symbols, Domain(dict(ranges)))
    return Setting(source, expected, sampler)
