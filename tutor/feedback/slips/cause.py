"""What can lie behind a wrong answer: a slip in a derivation, or one before it, after it, or in what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tutor.calculus.derivation import derivative
from tutor.calculus.question_slips import QuestionSlip
from tutor.calculus.rewriting import Rewriting
from tutor.expression.tree import Expression
from tutor.feedback.slips.slopes import Slip

__all__ = ["AnotherQuestion", "Candidate", "Cause", "Earlier", "Misread", "Reworked", "Whole", "mal_rule_of"]


@dataclass(frozen=True, slots=True)
class Misread:
    """The function was read or rewritten wrongly, then differentiated rightly."""

    rewriting: Rewriting
    variable: str

    @property
    def formula(self) -> Expression:
        """The slope of the function as it was read."""
        return derivative(self.rewriting.whole, (self.variable,))


@dataclass(frozen=True, slots=True)
class Reworked:
    """The right derivative was rewritten wrongly afterwards."""

    rewriting: Rewriting

    @property
    def formula(self) -> Expression:
        """What became of the derivative."""
        return self.rewriting.whole


@dataclass(frozen=True, slots=True)
class Earlier:
    """A slip in an earlier differentiation of several, carried on rightly from there."""

    slip: Slip
    formula: Expression


@dataclass(frozen=True, slots=True)
class Whole:
    """Something else was given than what was asked for: the function itself, another derivative of it."""

    mal_rule: str
    formula: Expression


@dataclass(frozen=True, slots=True)
class AnotherQuestion:
    """Another question was answered than the one that was asked."""

    slip: QuestionSlip

    @property
    def formula(self) -> Expression:
        """The right answer to that question."""
        return self.slip.formula


Cause: TypeAlias = Slip | Misread | Reworked | Earlier | Whole | AnotherQuestion


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wrong answer that slips make: its causes, one or two, and the formula to which they lead."""

    causes: tuple[Cause, ...]
    formula: Expression


def mal_rule_of(cause: Cause) -> str:
    """The id of the mal-rule behind a cause."""
    match cause:
        case Slip(rule=rule) | Earlier(slip=Slip(rule=rule)):
            return rule.id
        case Misread(rewriting=rewriting) | Reworked(rewriting=rewriting):
            return rewriting.rule.id
        case AnotherQuestion(slip=question):
            return question.rule.id
        case Whole(mal_rule=mal_rule):
            return mal_rule
