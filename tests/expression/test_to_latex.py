from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula import formula
from tests.strategies import HEADS, SYMBOLS, expressions, rational_numbers, vectors
from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.to_latex import to_latex
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

# fmt: off
LATEX = {
    "a coefficient":              ("2*x",                 r"2 x"),
    "symbols side by side":       ("a*b*sin(x)",          r"a b \sin\left(x\right)"),
    "digits need a dot":          ("x*2*3^x",             r"x \cdot 2 \cdot 3^{x}"),
    "no mixed number":            ("2*(1/3)",             r"2 \cdot \frac{1}{3}"),
    "a fraction as a factor":     ("1/2*x",               r"\frac{1}{2} x"),
    "a fraction":                 ("(x + 1)/(x - 1)",     r"\frac{x + 1}{x - 1}"),
    "a fraction of fractions":    ("1/(1 + 1/x)",         r"\frac{1}{1 + \frac{1}{x}}"),
    "a power of a fraction":      ("(x/2)^n",             r"\left(\frac{x}{2}\right)^{n}"),
    "a minus before a fraction":  ("-(x/2)",              r"-\frac{x}{2}"),
    "a minus above the bar":      ("-2*x/y + 1",          r"-\frac{2 x}{y} + 1"),
    "a minus that stays above":   ("1 + (-x)/y",          r"1 + \frac{-x}{y}"),
    "a minus in a base":          ("((-x)/y)^2",          r"\left(-\frac{x}{y}\right)^{2}"),
    "a minus on another factor":  ("a*(-b)",              r"a \left(-b\right)"),
    "a power":                    ("x^2",                 r"x^{2}"),
    "a tower":                    ("e^x^2",               r"e^{x^{2}}"),
    "a power of a power":         ("(x^2)^3",             r"\left(x^{2}\right)^{3}"),
    "an exponent in a sum":       ("e^(-x^2/2)",          r"e^{-\frac{x^{2}}{2}}"),
    "a square root":              ("sqrt(x^2 + 1)",       r"\sqrt{x^{2} + 1}"),
    "a cube root":                ("root(x, 3)",          r"\sqrt[3]{x}"),
    "a power of a root":          ("sqrt(x)^3",           r"\left(\sqrt{x}\right)^{3}"),
    "an absolute value":          ("abs(x - 1)",          r"\left|x - 1\right|"),
    "a power on the name":        ("sin(3*x)^2",          r"\sin^{2}\left(3 x\right)"),
    "never an inverse":           ("sin(x)^(-1)",         r"\sin\left(x\right)^{-1}"),
    "logarithms":                 ("log(x) + log2(x)",    r"\ln\left(x\right) + \log_{2}\left(x\right)"),
    "a base":                     ("log_base(b, x)",      r"\log_{b}\left(x\right)"),
    "inverse functions":          ("atan(x)*asinh(x)",    r"\arctan\left(x\right) \operatorname{arsinh}\left(x\right)"),
    "a sigmoid":                  ("sigmoid(w*x + b)",    r"\sigma\left(w x + b\right)"),
    "an activation":              ("softplus(x)",         r"\operatorname{softplus}\left(x\right)"),
    "Greek letters":              ("alpha*theta - Omega", r"\alpha \theta - \Omega"),
    "short Greek names":          ("eps*lam",             r"\epsilon \lambda"),
    "sigma is no sigmoid":        ("sigma*(x + 1)",       r"\sigma \cdot \left(x + 1\right)"),
    "subscripts":                 ("x_1*w_12*x_max",      r"x_{1} w_{12} x_{max}"),
    "a word":                     ("rate*x",              r"\mathrm{rate} x"),
    "pi and e":                   ("2*pi*e",              r"2 \pi e"),
    "brackets on the right":      ("a - (b - c)",         r"a - \left(b - c\right)"),
    "several arguments":          ("max(x, 0)",           r"\max\left(x, 0\right)"),
    "a vector is a column":       ("[2*x, 1]",            r"\begin{pmatrix} 2 x \\ 1 \end{pmatrix}"),
    "a matrix":                   ("[[1, x], [0, 1]]",    r"\begin{pmatrix} 1 & x \\ 0 & 1 \end{pmatrix}"),
    "a decimal":                  ("0.5*x",               r"0.5 x"),
    "a power of ten":             ("1e-60",               r"1 \cdot 10^{-60}"),
}
# fmt: on


@pytest.mark.parametrize(("typed", "latex"), LATEX.values(), ids=LATEX.keys())
def test_latex(typed: str, latex: str) -> None:
    assert to_latex(formula(typed)) == latex


NUMBERS = {
    "below zero": (number(-3), "-3"),
    "a fraction": (number(Fraction(1, 2)), r"\frac{1}{2}"),
    "a negative fraction": (number(Fraction(-1, 2)), r"-\frac{1}{2}"),
    "a negative coefficient": (Apply("*", (number(-3), Symbol("x"))), "-3 x"),
    "a power of a negative number": (Apply("^", (number(-3), Symbol("x"))), r"\left(-3\right)^{x}"),
    "a number before a fraction": (Apply("*", (number(2), number(Fraction(1, 2)))), r"2 \cdot \frac{1}{2}"),
}


@pytest.mark.parametrize(("expression", "latex"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_that_only_a_program_makes(expression: Expression, latex: str) -> None:
    assert to_latex(expression) == latex


@given(expressions(heads=[head for head in HEADS if head != "log_base"]))
@settings(max_examples=300)
def test_what_is_printed_is_read_back_but_for_the_place_of_a_minus(expression: Expression) -> None:
    assert lifted(parse(f"${to_latex(expression)}$", SYMBOLS).expression) == lifted(expression)


def lifted(expression: Expression) -> Expression:
    """The tree with every minus that leads a numerator before its fraction, which is where it is typeset."""
    if not isinstance(expression, Apply):
        return expression
    part = Apply(expression.head, tuple(lifted(argument) for argument in expression.arguments))
    unsigned = without_minus(part.arguments[0]) if part.head == "/" else None
    return Apply("neg", (Apply("/", (unsigned, part.arguments[1])),)) if unsigned else part


def without_minus(numerator: Expression) -> Expression | None:
    """A numerator without the minus on its first factor; None where there is none."""
    match numerator:
        case Apply("neg", (operand,)):
            return operand
        case Apply("*" as head, (first, second)):
            unsigned = without_minus(first)
            return Apply(head, (unsigned, second)) if unsigned else None
        case _:
            return None


@pytest.mark.parametrize("head", [row.name for row in FUNCTIONS.values() if row.arity == (1, 1)])
def test_every_function_is_read_back(head: str) -> None:
    expression = Apply(head, (formula("2*x + 1"),))
    assert parse(to_latex(expression), ("x",)).expression == expression


BASES = {"a symbol": Symbol("n"), "a whole number": number(3)}


@pytest.mark.parametrize("base", BASES.values(), ids=BASES.keys())
def test_logarithms_to_simple_bases_are_read_back(base: Expression) -> None:
    expression = Apply("log_base", (base, formula("x + 1")))
    assert parse(to_latex(expression), SYMBOLS).expression == expression


@given(st.one_of(expressions(numbers=rational_numbers()), vectors(expressions(max_leaves=5))))
@settings(max_examples=300)
def test_braces_delimiters_and_environments_are_closed(expression: Expression) -> None:
    text = to_latex(expression)
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert text.count(r"\left") == text.count(r"\right")
    assert text.count(r"\begin") == text.count(r"\end")


def test_no_depth_is_too_deep() -> None:
    tree: Expression = Symbol("x")
    for _ in range(5_000):
        tree = Apply("neg", (tree,))
    assert to_latex(tree).count("-") == 5_000


def test_a_number_that_no_one_typed_as_decimal_stays_a_fraction() -> None:
    assert to_latex(Number(Fraction(1, 3), decimal=True)) == r"\frac{1}{3}"
