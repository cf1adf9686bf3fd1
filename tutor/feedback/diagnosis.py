"""From a wrong answer to what explains it: which rule was mistaken, where, and what stood there instead.

All explanations with the fewest slips are found: in the table of wrong answers, and by differentiating the answer
itself. Only when no single slip explains it, the answer is compared with the derivative as a whole: a lost sign is
likelier than two slips, and what else can be said stands where nothing explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from tutor.calculus.arrange import without_constants
from tutor.calculus.derivation import derivative, plain_derivative
from tutor.calculus.implicit import implicit_mistakes, implicit_slope
from tutor.calculus.malrules import CONTEXTS
from tutor.errors import AnswerError
from tutor.expression.domain import Domain, Range
from tutor.expression.evaluate import evaluate
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, depth, free_symbols, size
from tutor.feedback.contexts import of_first_mistakes, told_once
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.place import DEEPEST_SHOWN, finding
from tutor.feedback.ranking import ranked
from tutor.feedback.remark import Compared, hardly_differs, remark
from tutor.feedback.slips.at_place import Place, explanations_at, place_of_slope
from tutor.feedback.slips.cause import Candidate, Whole, mal_rule_of
from tutor.feedback.slips.collecting import collecting_later
from tutor.feedback.slips.pair_search import PairSearch, found_backwards, pair_search
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.rise import may_rise_as
from tutor.feedback.slips.values import Points, Values, agree
from tutor.feedback.slips.wrong_answers import Asked, WrongAnswers, explanations, wrong_answers
from tutor.feedback.wording import phrase

__all__ = ["MOST_TIES", "WrongAnswer", "compare", "diagnose", "diagnose_curve", "diagnose_value", "table_of"]

MOST_TIES = 40
"""How many mistakes that fit are kept, though a screen shows fewer: a dozen slips can come to 0."""

LARGEST_SEARCHED, DEEPEST_SEARCHED = 400, 60
"""Parts and depth of a function beyond which two slips are not looked for where the table does not hold them."""

_MOST_RANKED = 400
"""Candidates whose likeness to the answer is compared; those of a function like x + x + … + x are without end."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong derivative: of what, with respect to what in turn, what was answered, and where the symbols may lie."""

    function: Expression
    variables: tuple[str, ...]
    answer: Expression
    domain: Domain


def diagnose(wrong: WrongAnswer) -> Diagnosis:
    """Every explanation of a wrong answer with the fewest slips, best first; otherwise what can be said of it."""
    asked = Asked(wrong.function, wrong.variables)
    key = _key(asked, wrong.domain, free_symbols(wrong.answer))
    table = _table(*key)
    if table is None:
        return Diagnosis()
    values = evaluate(wrong.answer, table.points)
    if agree(values, table.right):
        return Diagnosis(remark=hardly_differs(wrong.function, table.points))
    found = _explained(asked, table, wrong.answer, values)
    if not found or len(found[0].causes) > 1:
        whole = remark(_compared(asked, table, wrong.answer, values))
        search = None if whole.findings else _pair_search(*key)
        found = () if whole.findings else (*found, *(found_backwards(search, values) if search else ()))
        if not found:
            return whole if search or whole.findings or whole.remark else Diagnosis(remark=phrase("single-slips"))
    return _with_lost_sign(_diagnosis(found, asked, wrong.answer), table, values)


def _with_lost_sign(diagnosis: Diagnosis, table: WrongAnswers, values: Values) -> Diagnosis:
    """A diagnosis with the whole answer's sign as the last name, where the slips come to just that."""
    if not agree(-values, table.right) or len(told_once(diagnosis.findings)) >= MOST_TIES:
        return diagnosis
    return replace(diagnosis, findings=(*diagnosis.findings, Finding(("sign-slip",), certain=False)))


def _is_telling(asked: Asked, answer: Expression) -> bool:
    """Whether an answer varies as the derivative does: a number where a function is due matches by accident."""
    return bool(free_symbols(answer)) or not free_symbols(derivative(asked.function, asked.variables))


def table_of(asked: Asked, domain: Domain, symbols: frozenset[str] = frozenset()) -> WrongAnswers | None:
    """The table of wrong answers to a question, built once; None where too few points have finite values.

    `symbols` are names that answers hold and the function does not.
    """
    return _table(*_key(asked, domain, symbols))


_Key: TypeAlias = tuple[Asked, frozenset[str], tuple[tuple[str, Range], ...]]


def _key(asked: Asked, domain: Domain, symbols: frozenset[str]) -> _Key:
    """What a table depends on, hashable."""
    return asked, symbols - free_symbols(asked.function), tuple(sorted(domain.ranges.items(), key=str))


@lru_cache(maxsize=256)
def _table(asked: Asked, symbols: frozenset[str], ranges: tuple[tuple[str, Range], ...]) -> WrongAnswers | None:
    with collecting_later():
        points = _points(asked, Domain(dict(ranges)), symbols | set(asked.variables))
        return None if points is None else wrong_answers(asked, points)


def _points(asked: Asked, domain: Domain, symbols: Iterable[str]) -> Points | None:
    """Points at which the derivative is finite as the rules give it, from which slips start, or else as it is tidied.

    Of a/2^(x^5) the rules give a quotient of powers, which overflow where the derivative is next to nothing.
    """
    function = derivative(asked.function, asked.variables[:-1])
    tidied = (asked.function, function, derivative(function, asked.variables[-1:]))
    plain = (asked.function, function, plain_derivative(asked.function, asked.variables), tidied[-1])
    return generic_points(plain, domain, symbols) or generic_points(tidied, domain, symbols)


@lru_cache(maxsize=16)
def _pair_search(asked: Asked, symbols: frozenset[str], ranges: tuple[tuple[str, Range], ...]) -> PairSearch | None:
    """The search for pairs of slips that the table does not hold; None for a function too large for it."""
    table = _table(asked, symbols, ranges)
    *earlier, last = asked.variables
    function = derivative(asked.function, tuple(earlier))
    if table is None or size(function) > LARGEST_SEARCHED or depth(function) > DEEPEST_SEARCHED:
        return None
    return pair_search(function, last, table.points, everywhere=table.is_cut)


def _explained(asked: Asked, table: WrongAnswers, answer: Expression, values: Values) -> tuple[Candidate, ...]:
    """All candidates with the fewest slips, among them that the answer is an antiderivative."""
    found = explanations(table, values)
    if found and len(found[0].causes) == 1:
        return (*found, *_antiderivative(asked, table, answer))
    return tuple(_antiderivative(asked, table, answer)) or found


def _antiderivative(asked: Asked, table: WrongAnswers, answer: Expression) -> Iterator[Candidate]:
    """The answer as an antiderivative, where its derivative is the function."""
    if depth(answer) > DEEPEST_SHOWN or not asked.variables:
        return
    if not may_rise_as(asked.function, answer, asked.variables[-1], table.points):
        return
    try:
        back = derivative(answer, asked.variables[-1:])
    except AnswerError:
        return
    if agree(evaluate(back, table.points), evaluate(asked.function, table.points)):
        yield Candidate((Whole("integrate-instead", answer),), answer)


def _diagnosis(found: Sequence[Candidate], asked: Asked, answer: Expression, *, is_number: bool = False) -> Diagnosis:
    """Explanations as findings without repetitions; certain only where there is just one, of one slip.

    The same slip under the name that it has in one kind of question is no other explanation.
    """
    function = derivative(asked.function, asked.variables[:-1])
    order = ranked(_by_fuller_names(found)[:_MOST_RANKED], answer)
    ties: dict[tuple[object, ...], bool] = {}
    findings: dict[tuple[object, ...], Finding] = {}
    for each in order:
        described = finding(each.candidate, function, asked.variables[-1])
        key = (described.mal_rules, described.at and without_constants(described.at, asked.variables[-1]))
        findings.setdefault(key, described)
        ties.setdefault(key, each.ties_with(order[0]))
    named_anywhere = [each for each in findings.values() if not CONTEXTS.keys() & set(each.mal_rules)]
    is_alone = len(named_anywhere or findings) == 1 and (is_number or _is_telling(asked, answer))
    told = tuple(
        replace(each, certain=each.certain and is_alone and place == 0) for place, each in enumerate(findings.values())
    )
    shown = of_first_mistakes(told, MOST_TIES)
    return Diagnosis(shown, ties=min(sum(ties.values()), len(shown)))


def _by_fuller_names(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates without those that call the derivative before the last a copy, where it is called what it is."""
    names = [tuple(mal_rule_of(cause) for cause in each.causes) for each in found]
    if ("second-derivative-once",) not in names:
        return found
    return [each for each, name in zip(found, names, strict=True) if name != ("copy-not-differentiate",)]


def _compared(asked: Asked, table: WrongAnswers, answer: Expression, values: Values) -> Compared:
    key, order = derivative(asked.function, asked.variables), len(asked.variables)
    others = {fewer: derivative(asked.function, asked.variables[:fewer]) for fewer in range(1, order - 1)}
    others[order + 1] = derivative(key, asked.variables[-1:])
    return Compared(answer, key, table.points, values, table.right, order, others, (asked.function,))


def diagnose_value(wrong: WrongAnswer, place: Place) -> Diagnosis:
    """What explains a wrong slope at a place: every single slip that comes to the number; else where the slope is that.

    Many slips come to 0 and to 1, so that nothing is certain then.
    """
    symbols = free_symbols(wrong.function) | set(wrong.variables)
    if not symbols <= set(place) or free_symbols(wrong.answer):
        return Diagnosis()
    asked = Asked(wrong.function, wrong.variables)
    found = explanations_at(asked, place, wrong.answer)
    if found:
        diagnosis = _diagnosis(found, asked, wrong.answer, is_number=True)
        return diagnosis if _says_much(wrong.answer) else _possible(diagnosis)
    other = place_of_slope(asked, place, wrong.answer)
    if other is None:
        return Diagnosis()
    where = ", ".join(f"{name} = {to_text(value)}" for name, value in other.items())
    return Diagnosis(remark=phrase("slope-elsewhere", where=where))


def _says_much(answer: Expression) -> bool:
    return abs(float(evaluate(answer, {}))) not in (0.0, 1.0)


def _possible(diagnosis: Diagnosis) -> Diagnosis:
    return replace(diagnosis, findings=tuple(replace(each, certain=False) for each in diagnosis.findings))


def diagnose_curve(relation: Expression, symbols: tuple[str, str], answer: Expression, domain: Domain) -> Diagnosis:
    """What explains a wrong slope dy/dx of the curve on which a relation is zero; `symbols` are x and y."""
    right = implicit_slope(relation, *symbols)
    points = generic_points((right,), domain, free_symbols(answer) | set(symbols))
    if points is None:
        return Diagnosis()
    values, key = evaluate(answer, points), evaluate(right, points)
    made = ((rule.id, wrong, evaluate(wrong, points)) for rule, wrong in implicit_mistakes(relation, *symbols))
    found = [
        Candidate((Whole(mal_rule, wrong),), wrong)
        for mal_rule, wrong, slope in made
        if agree(slope, values) and not agree(slope, key)
    ]
    if found:
        return _diagnosis(found, Asked(relation, symbols[:1]), answer)
    return remark(Compared(answer, right, points, values, key, parts=(relation,)))


def compare(expected: Expression, answer: Expression, domain: Domain) -> Diagnosis:
    """What can be said of a wrong answer when only the right one is known: a sign, a factor, a term."""
    points = generic_points((expected,), domain, free_symbols(answer))
    if points is None:
        return Diagnosis()
    return remark(Compared(answer, expected, points, evaluate(answer, points), evaluate(expected, points)))
