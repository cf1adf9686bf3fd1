"""Half-lines on which symbols lie: those that are needed, with their exact ends, and no others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.checking.check import check
from tutor.checking.conditions import conditions
from tutor.checking.half_lines import HalfLine, half_lines
from tutor.checking.symbolic import prove_here
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.kinds.cell import Slope

LINES = [
    ("log(x)", [HalfLine("x", Fraction(0), 1)]),
    ("log(x + 8*x)", [HalfLine("x", Fraction(0), 1)]),
    ("log(x^3 + x)", [HalfLine("x", Fraction(0), 1)]),
    ("sqrt(2*x - 3)", [HalfLine("x", Fraction(3, 2), 1)]),
    ("sqrt(5 - x)", [HalfLine("x", Fraction(5), -1)]),
    ("log(x) + sqrt(x - 1)", [HalfLine("x", Fraction(1), 1)]),
    ("log(x) + sqrt(1 - x)", [HalfLine("x", Fraction(0), 1)]),
    ("1/relu(x)", [HalfLine("x", Fraction(0), 1)]),
    ("log(x/x^2)", [HalfLine("x", Fraction(0), 1)]),
    ("sqrt(1/(3 - x))", [HalfLine("x", Fraction(3), -1)]),
    ("log((x - 1)/x)", []),
    ("log(x^2)", []),
    ("sqrt(x^2 - 1)", []),
    ("sqrt(x^2 - 2)", []),
    ("log(x^3 - 2)", []),
    ("sqrt(x*y)", []),
    ("1/x", []),
    ("abs(x)", []),
]


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_half_lines_that_are_needed(text: str, lines: list[HalfLine]) -> None:
    assert list(half_lines(conditions(parse(text).expression), Domain(), "xy")) == lines


def test_a_range_gives_a_half_line() -> None:
    domain = Domain({"x": Range(Fraction(-2), Fraction(7)), "y": Range(None, Fraction(3)), "n": Range(integer=True)})
    assert half_lines((), domain, "xyn") == (HalfLine("x", Fraction(-2), 1), HalfLine("y", Fraction(3), -1))


@pytest.mark.parametrize(
    ("function", "answer"),
    [
        ("log(x + 8*x)", "1/max(x, -x)"),
        ("log(x/x^2)", "-1/abs(x)"),
        ("sqrt(x - 3)*0 + abs(x - 1)", "1"),
        ("log(2 - x)*0 + abs(x - 2)", "-1"),
        ("x*(x*x/(relu(x)*10))", "abs(x)/5"),
    ],
)
def test_what_holds_on_the_half_line_is_proved(function: str, answer: str) -> None:
    target = Slope(parse(function).expression, ("x",))
    assert check(target, parse(answer).expression, Domain(), prove_here).proved
