"""Answers that belong to another function: what the diagnosis finds in them is not there.

The functions are those that any course asks for, since short answers coincide more often than long ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tests.diagnosis.answers import single_answers
from tests.diagnosis.draw import Drawn
from tests.diagnosis.forms import written
from tests.diagnosis.injector import right
from tests.diagnosis.truth import is_wrong, places_of, values
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.feedback.diagnosis import WrongAnswer, diagnose

TEXTBOOK = (
    "x^2", "3x^4 - 5x + 2", "x^3 + 4/x", "sqrt(x)", "1/x^2", "(x^2 + 1)(x - 3)", "(2x + 1)^5", "(x^2 + 3x)^4",
    "1/(3x + 2)", "x/(x^2 + 1)", "(x^2 - 1)/(x^2 + 1)", "sqrt(4x + 1)", "sqrt(x^2 + 9)", "x sqrt(x + 2)", "sin(x)",
    "cos(3x)", "tan(2x)", "sin(x^2)", "sin(x)^3", "cos(5x + 1)^2", "x sin(x)", "x^2 cos(3x)", "sin(x) cos(x)",
    "sin(x)/x", "x/cos(x)", "e^x", "e^(3x)", "exp(-x^2)", "x e^x", "x^2 e^(-x)", "e^x sin(2x)", "exp(sin(x))",
    "2^x", "5^(3x)", "ln(x)", "ln(2x)", "ln(x^2 + 1)", "x ln(x)", "ln(x)/x", "ln(x)^2", "ln(sin(x))", "log10(x)",
    "atan(x)", "atan(3x)", "asin(x/2)", "x^x", "sinh(2x)", "tanh(x)", "tanh(3x + 1)", "sigmoid(x)",
    "sigmoid(2x - 1)", "ln(1 + e^x)", "x sigmoid(x)", "1/(1 + e^(-x))", "exp(sin(x^2))", "sin(cos(2x))",
    "sqrt(1 + sin(x)^2)", "ln(cos(3x))", "e^(2x)/(1 + x)", "x^2 sin(3x + 1)",
)  # fmt: skip


class Claim(StrEnum):
    """What a diagnosis says of a foreign answer."""

    CERTAIN = "one slip, and no other: wrongly certain"
    POSSIBLE = "explanations that are possible"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Foreign:
    """An answer to one function that was given to another, of which it is no derivative."""

    function: Expression
    answer: Expression
    own: Expression

    def report(self) -> str:
        """One line from which a claim can be repeated."""
        return f"f = {to_text(self.function)} | answer {to_text(self.answer)} to {to_text(self.own)}"


def foreign_answers(functions: Sequence[Drawn], seed: str, wrong: int) -> Iterator[Foreign]:
    """The right answer and some wrong ones to every function, given to every other."""
    answers = [(other.function, answer) for other in functions for answer in _own_answers(other, seed, wrong)]
    for asked in functions:
        for own, answer in answers:
            if own != asked.function and is_wrong(values(answer, asked.points), asked.points):
                yield Foreign(asked.function, answer, own)


def textbook() -> tuple[Drawn, ...]:
    """The functions of any course."""
    read = [(text, parse(text, {"x"}).expression) for text in TEXTBOOK]
    return tuple(Drawn(function, 0, places_of(function, text)) for text, function in read)


def _own_answers(drawn: Drawn, seed: str, count: int) -> Iterator[Expression]:
    """The right derivative, and some wrong ones."""
    random = Random(f"{seed}/{to_text(drawn.function)}")
    yield written(right(drawn.function), random)[1]
    wrong = [answer.given for answer in single_answers(drawn, seed)]
    yield from random.sample(wrong, min(count, len(wrong)))


def claimed(foreign: Foreign) -> Claim:
    """What the diagnosis says of a foreign answer."""
    found = diagnose(WrongAnswer(foreign.function, ("x",), foreign.answer, Domain())).findings
    if not found:
        return Claim.NOTHING
    return Claim.CERTAIN if found[0].certain else Claim.POSSIBLE


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed of foreign answers."""

    made: tuple[tuple[Foreign, Claim], ...]

    @property
    def certain(self) -> float:
        """The share that gets one certain explanation."""
        return self._share(Claim.CERTAIN)

    @property
    def possible(self) -> float:
        """The share that gets any explanation."""
        return self.certain + self._share(Claim.POSSIBLE)

    def _share(self, claim: Claim) -> float:
        return sum(1 for _, made in self.made if made is claim) / len(self.made) if self.made else 0.0

    def line(self) -> str:
        """The shares in a line of text."""
        shares = f"{self.certain:.2%} with one certain explanation, {self.possible:.2%} with any"
        return f"{len(self.made)} answers of other functions: {shares}"


def claims(foreign: Iterable[Foreign]) -> Claims:
    """What the diagnosis claims of foreign answers."""
    return Claims(tuple((each, claimed(each)) for each in foreign))
