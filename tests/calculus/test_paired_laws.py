"""Two mistakes at one step: what stands there afterwards, and that it is wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import oracle
from tests.calculus.mistakes import applied
from tutor.calculus.derivation import derive, result
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.paired_laws import paired_laws, wrong_slope
from tutor.expression.parser import parse

# fmt: off
PAIRS = [
    ("cos(6*x)",       "sin(6*x)",                     "trig-cos-sign",        "chain-drop-inner"),
    ("1/(3*x + 1)^2",  "2/(3*x + 1)^3",                "reciprocal-sign-lost", "chain-drop-inner"),
    ("sqrt(x^2 + 9)",  "1/sqrt(x^2 + 9)",              "root-forget-half",     "chain-drop-inner"),
    ("asin(x/5)",      "1/(1 - x^2/25)",               "arcsin-no-root",       "chain-drop-inner"),
    ("tanh(x^2)",      "2*x*(1 + tanh(x)^2)",          "tanh-wrong-identity",  "chain-outer-at-x"),
    ("(x^2 + 1)^4",    "(2*x)^3",                      "power-drop-coefficient", "chain-outer-at-derivative"),
    ("exp(x^3)",       "x^3*exp(x^3 - 1)*x^3",         "exp-power-rule",         "chain-inner-not-differentiated"),
]
# fmt: on
POINTS = tuple({"x": Fraction(x)} for x in ("3/10", "7/5", "21/10"))


@pytest.mark.parametrize(("function", "wrong", "slope", "chain"), PAIRS, ids=[row[0] for row in PAIRS])
def test_a_pair_gives_the_answer_of_both(function: str, wrong: str, slope: str, chain: str) -> None:
    step = derive(parse(function).expression, "x")
    pairs = [pair for pair in paired_laws(step.rule) if (pair.slope.id, pair.chain.id) == (slope, chain)]
    made = [applied(pair.law, step, "x") for pair in pairs]
    answer = parse(wrong).expression
    assert any(
        derivation is not None
        and all(oracle.close(oracle.value(result(derivation), at), oracle.value(answer, at), 9) for at in POINTS)
        for derivation in made
    )


# fmt: off
SLOPES = [
    ("D(cos(u)) -> sin(u)*D(u)",            True),
    ("D(sqrt(u)) -> D(u)/sqrt(u)",          True),
    ("D(k/u) -> k*D(u)/u^2",                True),
    ("D(u*v) -> D(u)*D(v)",                 False),
    ("D(u^c) -> D(u)^c",                    False),
    ("D(ln(c*u)) -> c*D(ln(u))",            False),
    ("D(exp(u)) -> u*exp(u - 1)",           False),
    ("D(relu(u)) -> D(u)",                  False),
]
# fmt: on


@pytest.mark.parametrize(("law", "is_slope"), SLOPES)
def test_a_law_about_the_slope_of_one_function_can_be_paired(law: str, is_slope: bool) -> None:
    (rule, *_) = [rule for rule in MAL_RULES if rule.law == law]
    assert (wrong_slope(rule) is not None) == is_slope


def test_a_rule_without_a_chain_has_no_pairs() -> None:
    assert paired_laws(derive(parse("x^2*sin(x)").expression, "x").rule) == ()
