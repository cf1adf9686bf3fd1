"""Mistaken entries of the table of slopes: trigonometric, inverse, hyperbolic functions and their like.

The right entries are in `tutor.calculus.outer`; a wrong one is that of a neighbour, or lacks a sign, a root, a square.
"""

from __future__ import annotations

from tutor.calculus.mal_law import EXP, EXPONENTIAL, POWER, PRODUCT, both, mal_law
from tutor.calculus.rule import Rule


def _slope(id: str, function: str, slope: str, rule: str = "") -> Rule:
    """The mal-rule of a wrong entry: the slope of a function of u, which the chain rule multiplies by D(u)."""
    name = function.partition("(")[0]
    return mal_law(id, f"D({function}) -> {slope}*D(u)", rule or both(name))


# fmt: off
TRIGONOMETRIC = (
    _slope("trig-cos-sign",        "cos(u)",      "sin(u)"),
    _slope("trig-sin-sign",        "sin(u)",      "(-cos(u))"),
    _slope("trig-table-swap",      "tan(u)",      "sec(u)*tan(u)"),
    _slope("trig-table-swap",      "tan(u)",      "cot(u)"),
    _slope("trig-table-swap",      "tan(u)",      "(1 - tan(u)^2)"),
    _slope("trig-table-swap",      "tan(u)",      "csc(u)^2"),
    _slope("trig-table-swap",      "sec(u)",      "sec(u)^2"),
    _slope("trig-table-swap",      "sec(u)",      "tan(u)"),
    _slope("trig-table-swap",      "sec(u)",      "tan(u)^2"),
    _slope("trig-table-swap",      "sec(u)",      "csc(u)*cot(u)"),
    _slope("trig-table-swap",      "sec(u)",      "csc(u)"),
    _slope("trig-table-swap",      "cot(u)",      "(-csc(u)*cot(u))"),
    _slope("trig-table-swap",      "cot(u)",      "(-csc(u))"),
    _slope("trig-table-swap",      "cot(u)",      "tan(u)"),
    _slope("trig-table-swap",      "cot(u)",      "sec(u)^2"),
    _slope("trig-table-swap",      "cot(u)",      "(-sec(u)^2)"),
    _slope("trig-table-swap",      "csc(u)",      "(-csc(u)^2)"),
    _slope("trig-table-swap",      "csc(u)",      "(-cot(u))"),
    _slope("trig-table-swap",      "csc(u)",      "(-sec(u)*tan(u))"),
    _slope("trig-table-swap",      "csc(u)",      "sec(u)"),
    _slope("trig-tan-no-square",   "tan(u)",      "sec(u)"),
    _slope("trig-co-sign",         "cot(u)",      "csc(u)^2"),
    _slope("trig-co-sign",         "csc(u)",      "csc(u)*cot(u)"),
    mal_law("trig-args-multiplied", "D(sin(u)*cos(v)) -> D(u)*cos(u*v) - D(v)*sin(u*v)", PRODUCT),
    mal_law("trig-args-multiplied", "D(cos(u)*sin(v)) -> D(v)*cos(u*v) - D(u)*sin(u*v)", PRODUCT),
    mal_law("trig-args-multiplied", "D(sin(u)*cos(v)) -> D(sin(u*v))",      PRODUCT),
    mal_law("trig-args-multiplied", "D(cos(u)*sin(v)) -> D(sin(u*v))",      PRODUCT),
    mal_law("trig-args-multiplied", "D(sin(u)*sin(v)) -> D(sin(u*v))",      PRODUCT),
    mal_law("trig-args-multiplied", "D(cos(u)*cos(v)) -> D(cos(u*v))",      PRODUCT),
)
POWER_NOTATION = tuple(
    mal_law("trig-power-notation", f"D({name}(u)^c) -> D({name}(u^c))", POWER)
    for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")
)
INVERSE = (
    _slope("arctan-minus",         "atan(u)",     "1/(1 - u^2)"),
    _slope("arctan-minus",         "atan(u)",     "1/(u^2 - 1)"),
    _slope("arctan-minus",         "acot(u)",     "(-1/(1 - u^2))"),
    _slope("arcsin-no-root",       "asin(u)",     "1/(1 - u^2)"),
    _slope("arcsin-no-root",       "acos(u)",     "(-1/(1 - u^2))"),
    _slope("arccos-sign",          "acos(u)",     "1/sqrt(1 - u^2)"),
    _slope("arc-wrong-formula",    "atan(u)",     "1/sqrt(1 + u^2)"),
    _slope("arc-wrong-formula",    "atan(u)",     "1/(u*sqrt(u^2 - 1))"),
    _slope("arc-wrong-formula",    "atan(u)",     "1/sqrt(1 - u^2)"),
    _slope("arc-wrong-formula",    "atan(u)",     "(-1/(1 + u^2))"),
    _slope("arc-wrong-formula",    "acot(u)",     "1/(1 + u^2)"),
    _slope("arc-wrong-formula",    "acot(u)",     "(-1/sqrt(1 - u^2))"),
    _slope("arc-wrong-formula",    "asin(u)",     "1/(1 + u^2)"),
    _slope("arc-wrong-formula",    "asin(u)",     "1/sqrt(1 + u^2)"),
    _slope("arc-wrong-formula",    "asin(u)",     "(-1/sqrt(1 - u^2))"),
    _slope("arc-wrong-formula",    "acos(u)",     "(-1/(1 + u^2))"),
    _slope("arc-wrong-formula",    "acos(u)",     "(-1/sqrt(1 + u^2))"),
    _slope("arc-wrong-formula",    "asec(u)",     "1/sqrt(u^2 - 1)"),
    _slope("arc-wrong-formula",    "asec(u)",     "1/(u*sqrt(u^2 - 1))"),
    _slope("arc-wrong-formula",    "asec(u)",     "(-1/(abs(u)*sqrt(u^2 - 1)))"),
    _slope("arc-wrong-formula",    "acsc(u)",     "(-1/sqrt(u^2 - 1))"),
    _slope("arc-wrong-formula",    "acsc(u)",     "(-1/(u*sqrt(u^2 - 1)))"),
    _slope("arc-wrong-formula",    "acsc(u)",     "1/(abs(u)*sqrt(u^2 - 1))"),
    _slope("arc-wrong-formula",    "asinh(u)",    "1/sqrt(1 - u^2)"),
    _slope("arc-wrong-formula",    "asinh(u)",    "1/sqrt(u^2 - 1)"),
    _slope("arc-wrong-formula",    "asinh(u)",    "1/(1 + u^2)"),
    _slope("arc-wrong-formula",    "acosh(u)",    "1/sqrt(u^2 + 1)"),
    _slope("arc-wrong-formula",    "acosh(u)",    "(-1/sqrt(u^2 - 1))"),
    _slope("arc-wrong-formula",    "atanh(u)",    "1/(1 + u^2)"),
    _slope("arc-wrong-formula",    "atanh(u)",    "1/(u^2 - 1)"),
    _slope("arc-wrong-formula",    "acoth(u)",    "1/(1 + u^2)"),
    _slope("arc-wrong-formula",    "acoth(u)",    "1/(u^2 - 1)"),
    _slope("arc-wrong-formula",    "asech(u)",    "1/(u*sqrt(1 - u^2))"),
    _slope("arc-wrong-formula",    "asech(u)",    "(-1/(u*sqrt(1 + u^2)))"),
    _slope("arc-wrong-formula",    "acsch(u)",    "1/(abs(u)*sqrt(1 + u^2))"),
    _slope("arc-wrong-formula",    "acsch(u)",    "(-1/(u*sqrt(1 + u^2)))"),
    _slope("arc-wrong-formula",    "acsch(u)",    "(-1/(abs(u)*sqrt(1 - u^2)))"),
)
RECIPROCALS = tuple(
    mal_law("arc-as-reciprocal", f"D(a{name}(u)) -> D(1/{name}(u))", both(f"a{name}"))
    for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch")
)
HYPERBOLIC = (
    _slope("cosh-trig-sign",       "cosh(u)",     "(-sinh(u))"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "(1 + tanh(u)^2)"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "(-tanh(u)^2)"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "tanh(u)^2"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "(1 - tanh(u))"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "tanh(u)*(1 - tanh(u))"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "(tanh(u)^2 - 1)"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "sech(u)"),
    _slope("tanh-wrong-identity",  "tanh(u)",     "sec(u)^2"),
    _slope("sign-slip",            "coth(u)",     "(coth(u)^2 - 1)"),
    _slope("sign-slip",            "sech(u)",     "sech(u)*tanh(u)"),
    _slope("sign-slip",            "csch(u)",     "csch(u)*coth(u)"),
)
EXTRA_MINUS = (
    mal_law("table-extra-minus", "D(exp(u)) -> -exp(u)*D(u)",           EXP),
    mal_law("table-extra-minus", "D(e^u) -> -e^u*D(u)",                 EXP),
    mal_law("table-extra-minus", "D(c^u) -> -c^u*ln(c)*D(u)",           EXPONENTIAL),
    _slope("table-extra-minus", "ln(u)",          "(-1/u)",             both("log")),
    _slope("table-extra-minus", "log2(u)",        "(-1/(u*ln(2)))"),
    _slope("table-extra-minus", "log10(u)",       "(-1/(u*ln(10)))"),
    _slope("table-extra-minus", "log_base(c, u)", "(-1/(u*ln(c)))",     both("log-base")),
    _slope("table-extra-minus", "tan(u)",         "(-sec(u)^2)"),
    _slope("table-extra-minus", "sec(u)",         "(-sec(u)*tan(u))"),
    _slope("table-extra-minus", "sinh(u)",        "(-cosh(u))"),
    _slope("table-extra-minus", "sigmoid(u)",     "(-sigmoid(u)*(1 - sigmoid(u)))"),
    _slope("table-extra-minus", "softplus(u)",    "(-sigmoid(u))"),
    _slope("table-extra-minus", "erf(u)",         "(-2*exp(-u^2)/sqrt(pi))"),
)
FUNCTIONS = (*TRIGONOMETRIC, *POWER_NOTATION, *INVERSE, *RECIPROCALS, *HYPERBOLIC, *EXTRA_MINUS)
