"""A row of the tables written by hand: what is asked, an answer, places for the oracle, and the trap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tests.verdicts.truth import Point, Relation, relation
from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import RIGHT, Status, Verdict
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.cell import Formula, Slope

DIGITS = 45
"""The oracle works with three times as many digits; a difference must show in the first 45."""


@dataclass(frozen=True, slots=True)
class Case:
    """An answer to a formula, or to a slope where the question is written `d/dx f`.

    `places` are where the oracle looks, at least one in every region where the sides may differ: `x=1,2 y=3; x=-1 y=4`
    are the points (1, 3), (2, 3) and (-1, 4). The symbols in `whole` stand for whole numbers.
    """

    question: str
    answer: str
    places: str
    trap: str
    whole: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.question[3],) if self.question.startswith("d/d") else ()

    @property
    def source(self) -> Expression:
        return parse(self.question[4:] if self.variables else self.question).expression

    @property
    def given(self) -> Expression:
        return parse(self.answer).expression

    @property
    def points(self) -> Iterator[Point]:
        for group in self.places.split(";"):
            names, values = zip(*(part.split("=") for part in group.split()), strict=True)
            for chosen in product(*(map(Fraction, value.split(",")) for value in values)):
                yield dict(zip(names, chosen, strict=True))

    @property
    def domain(self) -> Domain:
        return Domain({name: Range(integer=True) for name in self.whole})

    @property
    def target(self) -> Slope | Formula:
        return Slope(self.source, self.variables) if self.variables else Formula(self.source)

    def relations(self) -> list[Relation]:
        """How both sides are related at each point, by mpmath; the slope is measured from the function."""
        return [relation(self.source, self.variables, self.given, point, DIGITS) for point in self.points]

    def verdict(self) -> Verdict:
        """What the engine says."""
        return check(self.target, self.given, self.domain, prove_here)


def is_wrong(found: Verdict, *, equal: bool) -> bool:
    """Whether a verdict is false; one that is left undecided is not."""
    return found.status is Status.INCORRECT if equal else found.status in RIGHT
