"""What is asked next shows the slip that was made and tells it from those it was tied with, by another arithmetic."""

from __future__ import annotations

import mpmath
import pytest

from tests.oracle import Undefined, close, value
from tutor.calculus.algebra_slips import ALGEBRA_SLIPS
from tutor.calculus.derivation import derivative
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.misreadings import MISREADINGS
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, Symbol, free_symbols, size
from tutor.feedback.diagnosis import WrongAnswer, diagnose
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.follow_up import catalogued, follow_up, fresh, slipped
from tutor.feedback.wording import mal_rules

LAWS = (*MAL_RULES, *MISREADINGS, *ALGEBRA_SLIPS)
WITH_LAWS = sorted({name for rule in LAWS for name in (rule.id, rule.inside) if name})
POINTS = ("0.37", "0.61", "0.89", "1.43", "2.17")


def values(formula: Expression) -> list[mpmath.mpf | None]:
    return [value_at(formula, point) for point in POINTS]


def value_at(formula: Expression, point: str) -> mpmath.mpf | None:
    symbols = sorted(free_symbols(formula) - {"x"})
    others = {symbol: mpmath.mpf(7 + ord(symbol[0])) / 61 for symbol in symbols}
    try:
        return value(formula, {"x": mpmath.mpf(point), **others})
    except Undefined:
        return None


def differ(one: Expression, other: Expression) -> bool:
    pairs = zip(values(one), values(other), strict=True)
    return any((a is None) != (b is None) or (a is not None and not close(a, b)) for a, b in pairs)


@pytest.mark.parametrize("mal_rule", WITH_LAWS)
def test_each_mal_rule_with_a_law_has_a_small_exercise_on_which_it_is_wrong(mal_rule: str) -> None:
    found = fresh(mal_rule, frozenset(), None)
    assert found is not None
    assert found.function is not None
    assert size(found.function) <= 14
    right = derivative(found.function, ("x",))
    assert any(differ(answer, right) for answer in slipped(mal_rule, found.function, "x"))


# fmt: off
TIES = [
    ("chain-drop-inner",               {"const-factor-dropped", "inner-sign-lost"}),
    ("const-factor-dropped",           {"chain-drop-inner"}),
    ("log-pull-factor",                {"chain-outer-at-x", "chain-extra-factor"}),
    ("product-of-derivatives",         {"product-one-term"}),
    ("quotient-plus",                  {"quotient-flipped", "reciprocal-sign-lost"}),
    ("quotient-no-denominator",        {"quotient-square-top"}),
    ("chain-outer-at-derivative",      {"chain-function-of-derivative"}),
    ("expbase-no-ln",                  {"copy-not-differentiate", "chain-drop-inner"}),
    ("root-forget-half",               {"power-drop-coefficient", "power-keep-exponent"}),
    ("power-add-coefficient",          {"power-keep-exponent", "const-factor-dropped"}),
    ("term-dropped",                   {"const-derivative-one", "term-sign-lost"}),
    ("tanh-wrong-identity",            {"sigmoid-wrong-form", "chain-outer-kept"}),
]
# fmt: on


@pytest.mark.parametrize(("mal_rule", "tied"), TIES, ids=[row[0] for row in TIES])
def test_the_exercise_tells_tied_slips_apart(mal_rule: str, tied: set[str]) -> None:
    found = fresh(mal_rule, frozenset(tied), None)
    assert found is not None
    assert found.function is not None
    others = [answer for name in tied for answer in slipped(name, found.function, "x")] + [found.function]
    ways = slipped(mal_rule, found.function, "x")
    assert any(all(differ(answer, other) for other in others) for answer in ways)


def test_the_one_who_was_asked_a_function_is_asked_another() -> None:
    first = fresh("trig-cos-sign", frozenset(), None)
    assert first is not None
    second = fresh("trig-cos-sign", frozenset(), first.function)
    assert second is not None
    assert second.function != first.function


def test_the_variable_is_the_one_of_the_exercise() -> None:
    function = parse("cos(5*t)").expression
    wrong = parse("5*sin(5*t)").expression
    found = follow_up(diagnose(WrongAnswer(function, ("t",), wrong, Domain())), function, "t")
    assert found is not None
    assert found.function is not None
    assert free_symbols(found.function) == {"t"}
    assert found.mal_rule == "trig-cos-sign"


def test_a_slip_without_a_law_has_what_the_catalogue_says() -> None:
    assert fresh("integrate-instead", frozenset(), None) is None
    found = follow_up(Diagnosis((Finding(("integrate-instead",), certain=True),)), Symbol("x"), "x")
    assert found == catalogued("integrate-instead")
    assert found.function is not None
    assert to_text(found.function) == "x^2"


def test_a_higher_order_of_the_catalogue_is_one() -> None:
    found = catalogued("second-derivative-once")
    assert found.function is not None
    assert (to_text(found.function), found.variable, found.order, found.words) == ("x^4", "x", 2, "")


def test_without_a_slip_of_the_catalogue_nothing_is_asked() -> None:
    assert follow_up(Diagnosis(), Symbol("x"), "x") is None
    assert follow_up(Diagnosis((Finding(("forgot-cos",), certain=True),)), Symbol("x"), "x") is None


@pytest.mark.parametrize("mal_rule", mal_rules())
def test_the_catalogue_has_something_for_every_mal_rule(mal_rule: str) -> None:
    found = catalogued(mal_rule)
    assert (found.function is None) == bool(found.words)
