"""Forms that an exercise may ask for: tables both ways, and SymPy's expand, factor, cancel and together as oracles."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import expressions
from tutor.checking.required_form import FORMS, unmet
from tutor.exercise.fields import FORMS as NAMED
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, Symbol, substitute
from tutor.feedback.wording import phrase
from tutor.kinds.prompts import ASKED_FORMS

# fmt: off
MET = {
    "any": ["2x + 2x", "x/x", "(x + 1)^2", "1/(1/x)", "x^-1", "--x"],
    "factored": [
        "2x(x + 1)", "x^2 + 1", "(x - 1)(x + 1)", "2*x*cos(x^2)", "e^x*(x + 2)", "e^-x/(1 + e^-x)^2", "3(x - 1)^2",
        "-x - 1", "x", "5", "(x^2 + 1)/(x - 1)^2", "sin(x^2 - x)", "x*exp(x)*(2 + x)", "1/2*(x + 1)", "sqrt(x^2 - 1)",
        "x + 1/x", "(1 - x)*exp(-x)", "2 + 3", "x^2 - 2", "x^2 + y^2", "x/2 + 1/3", "sin(x) + cos(x)", "pi + x",
        "x^100 - 1", "e^(x^2 + x)", "(x^2 + 1)*x^(a + b)", "1 + e^-x", "0 + 0*x",
    ],
    "expanded": [
        "x^2 + 2x + 1", "3x^2 - 6x + 1", "x", "x/(x + 1)", "sqrt(x + 1)*2", "exp(x(x + 1))", "x*e^x + e^x",
        "(x + 1)^(1/2)", "5", "2/3*x", "-x - 1", "1/(x^2 + 1)", "(2 + 3)*x", "(x + 1) + 2", "(2x)^2", "x*(1/(x + 1))",
        "(x + 1)^n", "x + (1 + y)", "sin((x + 1)^2)",
    ],
    "simplified": [
        "2x", "x^(1/2)", "sqrt(x)", "1/x", "x^-1", "x/2", "1/2*x", "2/3*x", "-2*x/3", "-x^2", "e^-x/(1 + e^-x)^2",
        "exp(-x)/(1 + exp(-x))^2", "2x cos(x^2)", "3x^2 - 6x + 1", "1/(2x sqrt(x))", "x sqrt(x)", "sqrt(x)/x",
        "(1 - x^2)/(x^2 + 1)^2", "x(x + 1)", "-2x e^(-x^2)", "1 - tanh(x)^2", "0.5x", "-(x + 1)", "x^(-2)", "1/x^2",
        "x^(3/2)", "(x + 1)/(x - 1)", "e^x*(x^2 + 2x)", "cos(x)/sin(x)", "2^100 x", "x^2 e^x e^(-x^2)", "sqrt(2) x",
        "(x - mu)/s^2*exp(-(x - mu)^2/(2s^2))", "1/(2 sqrt(x)) - 1/(2x sqrt(x))", "2^x ln(2)", "5", "-2/3", "cbrt(x)",
    ],
    "no-quotient": [
        "x", "x/2", "3/4", "x^2", "sqrt(x)", "cos(1/x)", "e^(-x)", "exp(1/x)", "x^(1/2)", "2*x*exp(-x^2)", "x*(1/2)",
        "2^(-1)*x", "-x", "log(x/y)", "x^(2/3)", "sec(x)^2",
    ],
    "no-negative-exponents": [
        "1/x", "x^2", "e^-x", "exp(-x)", "x^(1/2)", "1/x^n", "x^(a - b)", "-x", "2/(x*y)", "1/sqrt(x)", "e^(-x^2)*x",
        "sin(1/x)", "e^-1", "5", "x^0", "1/2^x",
    ],
    "single-fraction": [
        "x", "1/x", "(x + 1)/(x - 1)", "-x/2", "-(x/2)", "sin(x/2)/2", "x^(1/2)", "e^(1/x)", "2x/(3y)", "0.5x",
        "x + 1", "(x^2 + 1)/x^2", "e^-x/(1 + e^-x)^2", "(a + b)/2", "cos(1/x)", "x^(a/b)",
    ],
}
UNMET = {
    "factored": [
        "2x + 4", "x^2 + 2x", "x^2 - 1", "(x^2 - 1)e^x", "x e^x + e^x", "x^2 + 2x + 1", "(2x + 4)(x - 1)",
        "1/(x^2 - 1)", "e^(2x) - 1", "x^3 - 1", "(x + 1)x + (x + 1)*2", "x(x + 2) + 1", "x^2 - y^2", "x/2 + 1/2",
        "x^4 + 4", "sqrt(x) + x", "x + x", "1/x + 1/x^2", "(x^2 + x)^3", "a*x + a*y", "-(x^2 + x)", "sin(x)^2 - 1",
        "x^3 + x^2 + x + 1", "e^x - e^x*x", "0.5x + 1.5",
    ],
    "expanded": [
        "x(x + 1)", "(x + 1)^2", "2(x + 1)", "-(x + 1)", "1 - (x + 1)", "(x + 1)/2", "1/(x + 1)^2", "(x + 1)^-2",
        "e^x(x + 2)", "1/((x + 1)(x + 2))", "1 + x(x + 1)", "2/(x + 1)/(x + 2)", "(x(x + 1))^2", "(1 + sqrt(2))x",
        "(a + b)*c", "x*(x + 1)^2", "(x^2 + 1)/x",
    ],
    "simplified": [
        "2*3x", "x + x", "x*x", "x^2*x", "x^3/x", "2x/4", "6/4", "(2x + 4)/2", "(x^2 - 1)/(x - 1)", "x + 0", "1*x",
        "x^1", "--x", "x - (-2)", "(-x)(-y)", "2^3", "sqrt(4)x", "x*2*3", "2 + x + 3", "(2x)^2", "e^x*e^(2x)",
        "e^x e^x", "x^(4/2)", "exp(0) + x", "sin(2*3*x)", "x/x^2", "(x^2 + x)/x", "x + -2", "(-x)/(-y)", "x/1",
        "3(x + 1) + 2(x + 1)", "sqrt(x) sqrt(x)", "2/(4x)", "cos(0)x", "x/sqrt(x)", "(x^2)^3", "2(x + 1)y + (1 + x)y",
    ],
    "no-quotient": [
        "1/x", "x^-1", "x^(-2)", "x/(x + 1)", "sqrt(1/x)", "2 + 3/x", "(1/x)^2", "a^(-n)", "x^(-1/2)", "-2/x^3",
        "e^x/x", "1/e^x", "x*(y/z)", "1/sqrt(x)", "5*x^-1", "cbrt(2/x)",
    ],
    "no-negative-exponents": [
        "x^-1", "x^(-2)", "2^-1", "x^-n", "sin(x^-1)", "x^(-1/2)", "3x^-2", "e^(x^-1)", "10^(-3)", "x^(-n - 1)",
        "2^(-x)", "1 + x^-1", "1/x^-1", "(x + 1)^(-2)", "x^(-2*a)", "sqrt(x^-1)",
    ],
    "single-fraction": [
        "1 + 1/x", "1/x + 1/y", "(1/x)/y", "x/2/3", "1/2*x", "x^-1", "x + x^-1", "sqrt(1/x)", "(1/x)^2",
        "(x/2)*(y/3)", "1/(1 + 1/x)", "2*(x/3)", "1 - x/2", "3x^-2", "x*(1/y)", "(1 + 1/x)/2",
    ],
}
# fmt: on


def change(form: str, text: str) -> str | None:
    """The name of the sentence about a formula; None when it has the form."""
    found = unmet(form, parse(text).expression)
    return None if found is None else found.sentence


def cases(table: dict[str, list[str]]) -> list[Any]:
    return [pytest.param(form, text, id=f"{form}: {text}") for form, texts in table.items() for text in texts]


@pytest.mark.parametrize(("form", "text"), cases(MET))
def test_a_formula_has_the_form(form: str, text: str) -> None:
    assert change(form, text) is None


@pytest.mark.parametrize(("form", "text"), cases(UNMET))
def test_a_formula_has_not_the_form(form: str, text: str) -> None:
    sentence = change(form, text)
    assert sentence is not None
    assert phrase(sentence, part="PART").count("PART") == 1


# fmt: off
SAID = [
    ("factored",              "e^x*(2x^2 + 4x)",   "form-factor-common",      "2*x^2 + 4*x",     "2*x"),
    ("factored",              "3(x^2 - 1)",        "form-factor-sum",         "x^2 - 1",         None),
    ("factored",              "x/(x^2 + 3x)",      "form-factor-common",      "x^2 + 3*x",       "x"),
    ("expanded",              "1 + x*(x + 1)",     "form-expand-product",     "x*(x + 1)",       None),
    ("expanded",              "y + (x + 1)^2",     "form-expand-power",       "(x + 1)^2",       None),
    ("expanded",              "x^2 - (x + 1)",     "form-expand-minus",       "x^2 - (x + 1)",   None),
    ("simplified",            "cos(2*3*x)*y",      "form-work-out",           "2*3*x",           None),
    ("simplified",            "y*(2*x + 3*x)",     "form-like-terms",         "2*x + 3*x",       None),
    ("simplified",            "x*x^2 + 1",         "form-like-factors",       "x*x^2",           None),
    ("simplified",            "1 + 4*x/6",         "form-lowest-terms",       "4*x/6",           None),
    ("simplified",            "y - (-x)",          "form-signs",              "y - (-x)",        None),
    ("no-quotient",           "2 + x^-3",          "form-no-quotient",        "x^(-3)",          None),
    ("no-negative-exponents", "2*x^-3",            "form-positive-exponents", "x^(-3)",          None),
    ("single-fraction",       "2*x^-3",            "form-fraction-exponent",  "x^(-3)",          None),
    ("single-fraction",       "1 + 2/x",           "form-single-fraction",    "2/x",             None),
]
# fmt: on


@pytest.mark.parametrize(("form", "text", "sentence", "part", "factor"), SAID)
def test_what_is_to_change_is_named(form: str, text: str, sentence: str, part: str, factor: str | None) -> None:
    found = unmet(form, parse(text).expression)
    assert found is not None
    assert (found.sentence, parse(to_text(found.part)).expression) == (sentence, parse(part).expression)
    assert (None if found.factor is None else to_text(found.factor)) == factor


def test_every_form_of_the_field_is_decided_asked_for_and_tested() -> None:
    assert set(FORMS) == set(NAMED) == set(ASKED_FORMS) == set(MET) == {"any", *UNMET}


def test_a_form_that_is_not_known_is_a_slip_of_the_caller() -> None:
    with pytest.raises(KeyError):
        unmet("tidy", Symbol("x"))


# ---- properties ---------------------------------------------------------------------------------------------------


@given(expressions(("x", "y")), st.sampled_from(tuple(FORMS)))
@settings(max_examples=300, deadline=None)
def test_a_form_does_not_depend_on_names(expression: Expression, form: str) -> None:
    renamed = substitute(expression, {"x": Symbol("w_1"), "y": Symbol("alpha")})
    assert (unmet(form, expression) is None) == (unmet(form, renamed) is None)


@given(st.sampled_from([case.values for case in (*cases(MET), *cases(UNMET))]), st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_a_form_does_not_depend_on_blanks_or_notation(case: tuple[str, str], blanks: int) -> None:
    form, text = case
    spaced = "".join(f"{' ' * blanks}{sign}{' ' * blanks}" if sign in "+*/" else sign for sign in text)
    assert change(form, spaced) == change(form, text)
    assert change(form, to_text(parse(text).expression)) == change(form, text)


X, Y = sp.symbols("x y")
COEFFICIENTS = st.integers(-6, 6)


def polynomials(least: int = 1) -> st.SearchStrategy[Any]:
    """SymPy polynomials in x, y of low degree with whole coefficients, not constant."""
    monomials = st.sampled_from([X**a * Y**b for a in range(4) for b in range(3)])
    some = st.lists(st.tuples(COEFFICIENTS, monomials), min_size=least, max_size=4)
    return some.map(lambda terms: sp.Add(*(c * m for c, m in terms))).filter(lambda p: bool(p.free_symbols))


def typed(value: Any) -> Expression:
    """What SymPy prints, as our reader reads it."""
    return parse(str(value).replace("**", "^")).expression


@given(st.lists(polynomials(), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_what_sympy_expanded_is_expanded(factors: list[Any]) -> None:
    assert unmet("expanded", typed(sp.expand(sp.Mul(*factors)))) is None


@given(polynomials(least=2), polynomials())
@settings(max_examples=100, deadline=None)
def test_a_product_with_a_sum_is_not_expanded(total: Any, factor: Any) -> None:
    assume(total.is_Add)
    assert unmet("expanded", typed(sp.Mul(total, factor, evaluate=False))) is not None


@given(st.lists(polynomials(), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_what_sympy_factored_is_factored(factors: list[Any]) -> None:
    product = sp.factor(sp.expand(sp.Mul(*factors)))
    assert unmet("factored", typed(product)) is None, product


@given(polynomials(), polynomials() | st.just(sp.Integer(1)))
@settings(max_examples=120, deadline=None)
def test_a_sum_is_factored_exactly_when_sympy_finds_no_factors(left: Any, right: Any) -> None:
    total = sp.expand(left * right)
    assume(total.is_Add)
    number, factors = sp.factor_list(total)
    is_irreducible = abs(number) == 1 and sum(power for _, power in factors) == 1
    assert (unmet("factored", typed(total)) is None) == is_irreducible, sp.factor(total)


@given(polynomials(), polynomials())
@settings(max_examples=120, deadline=None)
def test_what_sympy_cancelled_is_in_lowest_terms(above: Any, below: Any) -> None:
    fraction = sp.cancel(above / below)
    assume(fraction.free_symbols)
    assert unmet("simplified", typed(fraction)) is None, fraction


@given(polynomials(), polynomials(), polynomials(least=2))
@settings(max_examples=100, deadline=None)
def test_a_fraction_with_a_common_factor_is_not_simplified(above: Any, below: Any, common: Any) -> None:
    top, bottom = (sp.expand(part * common) for part in (above, below))
    text = f"({top})/({bottom})"
    assert unmet("simplified", typed(text)) is not None, text


@given(polynomials(), polynomials(), polynomials())
@settings(max_examples=100, deadline=None)
def test_what_sympy_brought_together_is_a_single_fraction(first: Any, second: Any, third: Any) -> None:
    above, below = sp.fraction(sp.together(sp.cancel(first + second / third)))
    assert unmet("single-fraction", typed(above if below == 1 else f"({above})/({below})")) is None


@given(polynomials())
@settings(max_examples=100, deadline=None)
def test_a_polynomial_has_no_quotient_and_no_negative_exponent(polynomial: Any) -> None:
    for form in ("no-quotient", "no-negative-exponents", "simplified"):
        assert unmet(form, typed(sp.expand(polynomial))) is None, form
        assert form == "simplified" or unmet(form, typed(f"({polynomial})*x^-1")) is not None
