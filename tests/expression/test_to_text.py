from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.formula import formula
from tests.strategies import HEADS, SYMBOLS, expressions, rational_numbers, vectors
from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

NAMES = (*SYMBOLS, "a", "b", "c", "d", "t", "w", "mu", "sigma", "e1", "x_max", "w_1", "eps", "lam")

# fmt: off
TEXTS = {
    "factors":                     ("2*x*cos(x)",             "2*x*cos(x)",             "2x·cos(x)"),
    "a chain":                     ("exp(sin(x^2))",          "exp(sin(x^2))",          "exp(sin(x²))"),
    "a minus before a power":      ("-(x+1)^2",               "-(x + 1)^2",             "-(x + 1)²"),
    "a power of a minus":          ("(-a)^2",                 "(-a)^2",                 "(-a)²"),
    "a minus binds less":          ("-a^2",                   "-a^2",                   "-a²"),
    "two minuses":                 ("-(-x)",                  "-(-x)",                  "-(-x)"),
    "a minus before a sum":        ("-(a+b)",                 "-(a + b)",               "-(a + b)"),
    "a minus before a product":    ("-(a*b)",                 "-(a*b)",                 "-(a·b)"),
    "a minus on the first factor": ("(-a)*b",                 "-a*b",                   "-a·b"),
    "a negative coefficient":      ("-2*x",                   "-2*x",                   "-2x"),
    "a minus on another factor":   ("a*(-b)",                 "a*(-b)",                 "a·(-b)"),
    "a minus after a plus":        ("a + (-b)*c",             "a + (-b*c)",             "a + (-b·c)"),
    "a minus before a plus":       ("-a + b",                 "-a + b",                 "-a + b"),
    "a minus after a division":    ("a/(-b)",                 "a/(-b)",                 "a/(-b)"),
    "a difference of differences": ("a-(b-c)",                "a - (b - c)",            "a - (b - c)"),
    "sums nest to the left":       ("a-b+c",                  "a - b + c",              "a - b + c"),
    "a sum on the right":          ("a+(b+c)",                "a + (b + c)",            "a + (b + c)"),
    "a product on the right":      ("a*(b*c)",                "a*(b*c)",                "a·(b·c)"),
    "a product below":             ("a/(b*c)",                "a/(b*c)",                "a/(b·c)"),
    "a quotient below":            ("a/(b/c)",                "a/(b/c)",                "a/(b/c)"),
    "divided twice":               ("(a/b)/c",                "a/b/c",                  "a/b/c"),
    "a quotient as a factor":      ("a*(b/c)",                "a*(b/c)",                "a·(b/c)"),
    "a fraction before a factor":  ("1/2*x",                  "1/2*x",                  "1/2·x"),
    "a factor below":              ("1/(2*x)",                "1/(2*x)",                "1/(2x)"),
    "a power of a power":          ("(a^b)^c",                "(a^b)^c",                "(a^b)^c"),
    "a tower":                     ("a^b^c",                  "a^b^c",                  "a^(b^c)"),
    "a raised power":              ("(x^2)^3",                "(x^2)^3",                "(x²)³"),
    "an exponent with a product":  ("e^(2*x)",                "e^(2*x)",                "e^(2x)"),
    "an exponent with a minus":    ("e^(-x)",                 "e^(-x)",                 "e^(-x)"),
    "a negative exponent":         ("x^(-1)",                 "x^(-1)",                 "x⁻¹"),
    "an exponent in an exponent":  ("e^x^2",                  "e^x^2",                  "e^(x²)"),
    "a fractional exponent":       ("x^(1/3)",                "x^(1/3)",                "x^(1/3)"),
    "a decimal exponent":          ("x^0.5",                  "x^0.5",                  "x^0.5"),
    "a root":                      ("root(x, 3)",             "root(x, 3)",             "∛x"),
    "a root of a sum":             ("root(x + 1, 3)",         "root(x + 1, 3)",         "∛(x + 1)"),
    "a higher root":               ("root(x, n)",             "root(x, n)",             "root(x, n)"),
    "a square root":               ("2*sqrt(x)",              "2*sqrt(x)",              "2√x"),
    "a square root of a sum":      ("sqrt(x + 1)*y",          "sqrt(x + 1)*y",          "√(x + 1)·y"),
    "a power of a root":           ("sqrt(x)^2",              "sqrt(x)^2",              "(√x)²"),
    "a power of a function":       ("sin(3*x)^2",             "sin(3*x)^2",             "sin(3x)²"),
    "an inverse is no power":      ("sin(x)^(-1)",            "sin(x)^(-1)",            "sin(x)⁻¹"),
    "an inverse function":         ("asin(x) + atanh(x)",     "asin(x) + atanh(x)",     "arcsin(x) + artanh(x)"),
    "logarithms":                  ("log(x)*log2(x)",         "log(x)*log2(x)",         "ln(x)·log2(x)"),
    "an absolute value":           ("abs(x)^2",               "abs(x)^2",               "|x|²"),
    "absolute values inside":      ("abs(abs(x) - 1)",        "abs(abs(x) - 1)",        "abs(|x| - 1)"),
    "several arguments":           ("max(x, 0, y^2)",         "max(x, 0, y^2)",         "max(x, 0, y²)"),
    "a gradient":                  ("[2*x, -1]",              "[2*x, -1]",              "[2x, -1]"),
    "a matrix":                    ("[[1, x], [0, 1]]",       "[[1, x], [0, 1]]",       "[[1, x], [0, 1]]"),
    "a softmax":                   ("softmax(x, 0)",          "softmax(x, 0)",          "softmax(x, 0)"),
    "constants":                   ("2*pi*e",                 "2*pi*e",                 "2π·e"),
    "a neuron":                    ("sigmoid(w_1*x_1 + b)",   "sigmoid(w_1*x_1 + b)",   "σ(w₁·x₁ + b)"),
    "Greek letters":               ("alpha*theta - mu",       "alpha*theta - mu",       "α·θ - μ"),
    "a word as subscript":         ("x_max + w_1^2",          "x_max + w_1^2",          "x_max + w₁²"),
    "short Greek names":           ("eps*lam",                "eps*lam",                "ε·λ"),
    "sigma is no sigmoid":         ("sigma*(x + 1)",          "sigma*(x + 1)",          "σ·(x + 1)"),
    "sigma beside a sigmoid":      ("sigma*sigmoid(x)",       "sigma*sigmoid(x)",       "σ·sigmoid(x)"),
    "two numbers":                 ("2*3*x",                  "2*3*x",                  "2·3x"),
    "a number in the middle":      ("(x + 1)^4*6*x",          "(x + 1)^4*6*x",          "(x + 1)⁴·6x"),
    "a power of a number":         ("3*2^x",                  "3*2^x",                  "3·2^x"),
    "no power of ten":             ("2*e1 + 2*e",             "2*e1 + 2*e",             "2·e1 + 2e"),
    "a bracket after a number":    ("2*(x + 1)*(x - 1)",      "2*(x + 1)*(x - 1)",      "2(x + 1)·(x - 1)"),
    "a bracket after a symbol":    ("x*(x + 1)",              "x*(x + 1)",              "x·(x + 1)"),
    "decimals stay":               ("0.5*x + 12.25",          "0.5*x + 12.25",          "0.5x + 12.25"),
    "a long decimal":              ("1e-60*x",                "1e-60*x",                "1e-60·x"),
    "a long whole number":         ("1e60",                   "1e60",                   "1e60"),
    "a short power of ten":        ("2e3",                    "2000",                   "2000"),
}
# fmt: on


@pytest.mark.parametrize(("typed", "plain", "people"), TEXTS.values(), ids=TEXTS.keys())
def test_text(typed: str, plain: str, people: str) -> None:
    assert to_text(formula(typed)) == plain
    assert to_text(formula(typed), Notation.UNICODE) == people


@pytest.mark.parametrize(("typed", "plain", "people"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_read_back(typed: str, plain: str, people: str) -> None:
    names = NAMES if "sigma" in typed else [name for name in NAMES if name != "sigma"]
    assert parse(plain, names).expression == formula(typed)
    assert parse(people, names).expression == formula(typed)


LOGARITHMS = {
    "of a symbol": (Symbol("b"), "log_b(x)"),
    "of a whole number": (number(3), "log_3(x)"),
    "of two, which is another head": (number(2), "log_base(2, x)"),
    "of a sum": (formula("b + 1"), "log_base(b + 1, x)"),
    "of a number below one": (number(Fraction(1, 2)), "log_base(1/2, x)"),
}


@pytest.mark.parametrize(("base", "text"), LOGARITHMS.values(), ids=LOGARITHMS.keys())
def test_logarithms_to_a_base(base: Expression, text: str) -> None:
    assert to_text(Apply("log_base", (base, Symbol("x")))) == text


NUMBERS = {
    "below zero": (Number(Fraction(-2)), "-2"),
    "a fraction": (Number(Fraction(1, 2)), "1/2"),
    "a negative fraction": (Number(Fraction(-1, 2)), "-1/2"),
    "a decimal": (Number(Fraction(1, 8), decimal=True), "0.125"),
    "a negative decimal": (Number(Fraction(-5, 2), decimal=True), "-2.5"),
    "a decimal that does not end": (Number(Fraction(1, 3), decimal=True), "1/3"),
    "a power of a negative number": (Apply("^", (number(-2), Symbol("x"))), "(-2)^x"),
    "a power of a fraction": (Apply("^", (number(Fraction(1, 2)), Symbol("x"))), "(1/2)^x"),
    "a fraction as an exponent": (Apply("^", (Symbol("x"), number(Fraction(1, 2)))), "x^(1/2)"),
    "a negative coefficient": (Apply("*", (number(-2), Symbol("x"))), "-2*x"),
    "a negative product after a minus": (
        Apply("-", (Symbol("y"), Apply("*", (number(-2), Symbol("x"))))),
        "y - (-2*x)",
    ),
}


@pytest.mark.parametrize(("expression", "text"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_that_only_a_program_makes(expression: Expression, text: str) -> None:
    assert to_text(expression) == text


@given(st.one_of(expressions(), vectors(expressions(max_leaves=5))), st.sampled_from(Notation))
@settings(max_examples=500)
def test_what_is_printed_is_read_back_to_the_same_tree(expression: Expression, notation: Notation) -> None:
    assert parse(to_text(expression, notation), SYMBOLS).expression == expression


@given(expressions(heads=[head for head in HEADS if head != "log_base"]))
@settings(max_examples=300)
def test_python_reads_the_plain_text_as_the_same_tree(expression: Expression) -> None:
    assert formula(to_text(expression)) == expression


@given(expressions(("x", "y"), ("+", "-", "*", "/", "^", "neg", "sin", "abs"), rational_numbers(), max_leaves=8))
@settings(max_examples=300)
def test_signs_and_fractions_are_read_back_to_an_equal_value(expression: Expression) -> None:
    point = {"x": Fraction(5, 7), "y": Fraction(11, 3)}
    try:
        expected = oracle.value(expression, point)
    except oracle.Undefined:
        return
    for notation in Notation:
        read = parse(to_text(expression, notation), ("x", "y")).expression
        assert oracle.close(oracle.value(read, point), expected)


@given(expressions())
@settings(max_examples=200)
def test_no_pair_of_parentheses_can_be_left_out(expression: Expression) -> None:
    """Without a pair that is no call's the text is unreadable or another tree."""
    text = to_text(expression)
    for start, sign in enumerate(text):
        if sign != "(" or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
            continue
        end = _partner(text, start)
        shorter = f"{text[:start]} {text[start + 1 : end]} {text[end + 1 :]}"
        try:
            assert formula(shorter.strip()) != expression or text[start + 1] == "-"
        except (SyntaxError, ValueError):
            continue


def _partner(text: str, start: int) -> int:
    depth = 0
    for end in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if not depth:
            return end
    raise AssertionError(text)


@pytest.mark.parametrize("head", [row.name for row in FUNCTIONS.values() if row.arity == (1, 1)])
def test_every_function_is_read_back(head: str) -> None:
    expression = Apply(head, (formula("2*x + 1"),))
    for notation in Notation:
        assert parse(to_text(expression, notation), ("x",)).expression == expression


def test_no_depth_is_too_deep() -> None:
    tree: Expression = Symbol("x")
    for _ in range(5_000):
        tree = Apply("+", (tree, Symbol("x")))
    assert to_text(tree) == " + ".join(["x"] * 5_001)
