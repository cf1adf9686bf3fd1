"""From a wrong answer to the slips that explain it: which rule was mistaken, where, and what stood there instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from tutor.calculus.derivation import derivative
from tutor.calculus.malrules import INSIDE
from tutor.errors import AnswerError
from tutor.expression.domain import Domain, Range
from tutor.expression.evaluate import evaluate
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, depth, free_symbols, number
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.place import DEEPEST_SHOWN, finding
from tutor.feedback.slip_table import Points, Slip, SlipTable, Values, agree, is_nowhere_finite, look_up, slip_table
from tutor.feedback.table_points import constant_difference, constant_ratio, generic_points
from tutor.feedback.wording import mal_rules, phrase


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong derivative: of what, with respect to what in turn, what was answered, and where the symbols may lie."""

    function: Expression
    variables: tuple[str, ...]
    answer: Expression
    domain: Domain


def diagnose(wrong: WrongAnswer) -> Diagnosis:
    """Every single slip that gives the wrong answer's values, best first; otherwise what can be said of the answer."""
    *earlier, last = wrong.variables
    function = derivative(wrong.function, tuple(earlier))
    table = _table(_Place(wrong.function, function, last), free_symbols(wrong.answer), (*wrong.domain.ranges.items(),))
    if table is None:
        return Diagnosis()
    answer = evaluate(wrong.answer, table.points)
    found = [
        *(finding(slip, function, last) for slip in _best(look_up(table, answer))),
        *(Finding((mal_rule,), certain=True) for mal_rule in _whole_slips(wrong, table.points, answer)),
    ]
    findings = _ranked(found)
    return Diagnosis(findings) if findings else _remark(answer, table.right)


MOST_TIES = 8
"""How many slips that fit equally well are described; every layer of a deep chain can have one."""


def _best(slips: tuple[Slip, ...]) -> list[Slip]:
    """The slips that are attested most."""
    return sorted(slips, key=lambda slip: -_attestations(slip.rule.id))[:MOST_TIES]


@dataclass(frozen=True, slots=True)
class _Place:
    """What is differentiated last: the exercise's function, its derivative so far, and the last variable."""

    whole: Expression
    function: Expression
    variable: str


@lru_cache(maxsize=256)
def _table(place: _Place, symbols: frozenset[str], ranges: tuple[tuple[str, Range], ...]) -> SlipTable | None:
    """The table of slips of one exercise, built once; None where too few points have finite values."""
    formulas = (place.whole, place.function, derivative(place.function, (place.variable,)))
    points = generic_points(formulas, Domain(dict(ranges)), symbols | {place.variable})
    return None if points is None else slip_table(place.function, place.variable, points)


def _whole_slips(wrong: WrongAnswer, points: Points, answer: Values) -> Iterator[str]:
    """The mal-rules under which the answer is another derivative of the same function, or none at all."""
    for mal_rule, formula in _neighbours(wrong):
        if agree(evaluate(formula, points), answer):
            yield mal_rule
    if _differentiates_back(wrong, points):
        yield "integrate-instead"


def _neighbours(wrong: WrongAnswer) -> Iterator[tuple[str, Expression]]:
    yield "copy-not-differentiate", wrong.function
    if len(wrong.variables) > 1:
        once = derivative(wrong.function, wrong.variables[:-1])
        yield "second-derivative-once", once
        yield "second-derivative-squared", Apply("^", (once, number(2)))
        return
    for other in sorted(free_symbols(wrong.function) - {wrong.variables[0]}):
        yield "partial-wrong-variable", derivative(wrong.function, (other,))


def _differentiates_back(wrong: WrongAnswer, points: Points) -> bool:
    if depth(wrong.answer) > DEEPEST_SHOWN:
        return False
    try:
        back = derivative(wrong.answer, wrong.variables[-1:])
    except AnswerError:
        return False
    return agree(evaluate(back, points), evaluate(wrong.function, points))


def _ranked(found: list[Finding]) -> tuple[Finding, ...]:
    """The findings without repetitions, the slip that is attested most first; certain only when one is left."""
    distinct = {(finding.mal_rules, finding.at): finding for finding in found}
    ranked = sorted(distinct.values(), key=lambda finding: -_attestations(finding.mal_rules[0]))
    return tuple(replace(finding, certain=len(ranked) == 1) for finding in ranked)


def _attestations(mal_rule: str) -> int:
    """How often a slip is attested; a slip deep in a chain counts as the same slip in a short one."""
    names = {mal_rule, *(name for name, inside in INSIDE.items() if inside == mal_rule)}
    return max(mal_rules()[name].attestations for name in names)


def _remark(answer: Values, right: Values) -> Diagnosis:
    """What can be said of an answer that no slip explains: off by a sign, a factor or a constant everywhere."""
    if is_nowhere_finite(answer):
        return Diagnosis(remark=phrase("nowhere-real"))
    factor = constant_ratio(answer, right)
    if factor == -1:
        return Diagnosis((Finding(("sign-slip",), certain=True),))
    if factor:
        return Diagnosis(remark=phrase("constant-factor", factor=_shown(factor)))
    difference = constant_difference(answer, right)
    return Diagnosis(remark=phrase("constant-term", difference=_shown(difference))) if difference else Diagnosis()


def _shown(value: Fraction) -> str:
    return to_text(number(value))


def compare(expected: Expression, answer: Expression, domain: Domain) -> Diagnosis:
    """What can be said of a wrong answer when only the right one is known: a sign, a factor, a constant."""
    points = generic_points((expected,), domain, free_symbols(answer))
    if points is None:
        return Diagnosis()
    return _remark(evaluate(answer, points), evaluate(expected, points))
