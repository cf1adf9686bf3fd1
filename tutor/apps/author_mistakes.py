"""The mistakes that are expected of an exercise without its author's doing: the answers that single slips give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.calculus.derivation import apply_rule, derivative, derive, replaced, result, steps
from tutor.calculus.malrules import CONTEXTS, mistaken_for
from tutor.calculus.rule import match
from tutor.calculus.tidy import tidy
from tutor.errors import AnswerError
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression, Symbol
from tutor.feedback.diagnosis import WrongAnswer, diagnose
from tutor.feedback.finding import Finding
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.values import Points, Values, agree
from tutor.feedback.wording import mal_rules

MOST_CANDIDATES = 60
"""How many slips of a long function are looked at."""


@dataclass(frozen=True, slots=True)
class ExpectedMistake:
    """A wrong answer, and the mal-rules that each explain it: what a learner who gives it is told, best first."""

    answer: Expression
    mal_rules: tuple[str, ...]


def expected_mistakes(function: Expression, variables: tuple[str, ...], domain: Domain) -> tuple[ExpectedMistake, ...]:
    """The distinct wrong derivatives that one slip in the last differentiation makes, the best attested first."""
    *earlier, last = variables
    base = derivative(function, tuple(earlier))
    right = derivative(base, (last,))
    points = generic_points((function, right), domain, variables)
    if points is None:
        return ()
    known = [evaluate(right, points)]
    found = []
    for answer in _slips(base, last):
        if len(known) > MOST_CANDIDATES or not _is_new(answer, points, known):
            continue
        findings = diagnose(WrongAnswer(function, variables, answer, domain)).findings
        names = _names(findings)
        if names:
            found.append(ExpectedMistake(answer, names))
    return tuple(sorted(found, key=lambda mistake: -mal_rules()[mistake.mal_rules[0]].attestations))


def _names(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The mal-rules of some findings, those of one kind of question only where there is no other."""
    names = dict.fromkeys(finding.mal_rules[0] for finding in findings)
    return tuple(name for name in names if name not in CONTEXTS) or tuple(names)


def _is_new(answer: Expression, points: Points, known: list[Values]) -> bool:
    """Whether no answer so far has these values; they are kept."""
    values = evaluate(answer, points)
    if any(agree(values, other) for other in known):
        return False
    known.append(values)
    return True


def _slips(function: Expression, variable: str) -> Iterator[Expression]:
    """The derivative with each step replaced by each mal-rule that fits there."""
    derivation = derive(function, variable)
    for path, step in steps(derivation):
        for rule in mistaken_for(step.rule):
            bindings = match(rule.before, step.before, variable)
            known = {**(bindings or {}), "x": Symbol(variable)}
            if bindings is None or not (rule.fits is None or rule.fits(known)):
                continue
            try:
                slip = apply_rule(rule, step.before, known, variable)
                yield tidy(result(replaced(derivation, path, slip)))
            except AnswerError:  # what the slip leaves to differentiate has no rule
                continue
