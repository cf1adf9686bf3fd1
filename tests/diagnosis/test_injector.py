"""The injector itself: it differentiates soundly, makes the slips of learners, knows every law, and repeats itself."""

from __future__ import annotations

import pytest

from tests.diagnosis.answers import double_answers
from tests.diagnosis.draw import drawn
from tests.diagnosis.injector import right, singles
from tests.diagnosis.laws import mistaken_laws
from tests.diagnosis.truth import is_wrong, values
from tutor.expression.parser import parse
from tutor.expression.tree import Expression


def read(text: str) -> Expression:
    return parse(text).expression


@pytest.mark.parametrize("index", range(24))
def test_it_differentiates_soundly(index: int) -> None:
    case = drawn(2, index)
    assert is_wrong(values(right(case.function), case.points), case.points) is False


# fmt: off
WRITTEN = [
    # function      mal-rule                       what a learner writes
    ("sin(x^2)",    "chain-drop-inner",            "cos(x^2)"),
    ("sin(x^2)",    "chain-outer-at-x",            "cos(x)*(2*x^(2 - 1))"),
    ("3*x*sin(x)",  "product-sum-of-derivatives",  "3*1 + cos(x)"),
    ("3*x*sin(x)",  "product-of-derivatives",      "3*(1*cos(x))"),
    ("3*x*sin(x)",  "const-factor-dropped",        "1*sin(x) + 3*x*cos(x)"),
    ("x^2/sin(x)",  "quotient-of-derivatives",     "2*x^(2 - 1)/cos(x)"),
    ("exp(2*x)",    "chain-inner-only",            "2*1"),
    ("x + 3*sin(x)", "misread-structure",          "(1 + 0)*sin(x) + (x + 3)*cos(x)"),
]
# fmt: on


@pytest.mark.parametrize(("function", "name", "wrong"), WRITTEN)
def test_it_makes_the_slip_that_a_learner_makes(function: str, name: str, wrong: str) -> None:
    made = [one.derivative for one in singles(read(function)) if one.slips[0].law.id == name]
    assert read(wrong) in made


# fmt: off
SHOWCASE = (
    "5*(x^2 + 3*x)^4", "(3*x - 1)^(-4)", "5/(x^2 + 1)^3", "5/(3*x + 2)", "5/x", "7*x^3", "sqrt(5*x + 2)",
    "(5*x + 2)^(1/2)", "3 + sin(2*x) - 4", "5 - sin(2*x)", "4 + cos(x)", "sin(2*x)/5", "x - 3*sin(x)",
    "x + 3*sin(x)", "exp(x^3)", "e^(x^3)", "2^(x^3)", "x^sin(x)", "ln(3*x)", "log10(4*x)", "log2(4*x)",
    "log_3(4*x)", "ln(2*x)/ln(3)", "ln(5*x)^3", "tan(3*x)", "sec(3*x)", "cot(3*x)", "csc(3*x)", "sin(2*x)^3",
    "cos(2*x)^3", "tan(2*x)^3", "sin(2*x)*cos(3*x)", "cos(2*x)*sin(3*x)", "cosh(3*x)", "tanh(3*x)", "sigmoid(3*x)",
    "x*sin(x)*exp(x)", "x^2*sin(x)", "x^2/sin(x)", "exp(2 - 3*x)", "sin(cos(x^2))",
)
# fmt: on


def test_every_law_of_the_table_is_put_in_somewhere() -> None:
    used = {slip.law.text for text in SHOWCASE for one in singles(read(text)) for slip in one.slips}
    assert {law.text for law in mistaken_laws()} - used == set()


def test_a_seed_makes_the_same_answers_again() -> None:
    first, again = (list(double_answers(drawn(3, 5), "same", 5)) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    assert len({one.text for one in first}) > 1
