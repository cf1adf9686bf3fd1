"""The functions that can stand outside in a chain, one row each with the local derivative in the inner letter u.

Sources: Abramowitz & Stegun, Handbook of Mathematical Functions, 4.1-4.6 (elementary functions), 7.1 (erf);
the activations by differentiating their definitions. `corner` has its zeros where the function has no slope.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.calculus.law import template
from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Outer:
    """One outer function: the id its rules carry, the function and its slope in u, and where it has a corner."""

    id: str
    function: Expression
    slope: Expression
    corner: Expression | None = None


def _outer(id: str, function: str, slope: str, corner: str = "") -> Outer:
    return Outer(id, template(function), template(slope), template(corner) if corner else None)


# fmt: off
OUTER: tuple[Outer, ...] = (
    # ---- powers, roots, exponentials: the constant c is free of x ----------------------------------------------
    _outer("power",       "u^c",            "c*u^(c - 1)"),
    _outer("reciprocal-power", "k/u^c",     "-k*c/u^(c + 1)"),
    _outer("reciprocal",  "k/u",            "-k/u^2"),
    _outer("sqrt",        "sqrt(u)",        "1/(2*sqrt(u))"),
    _outer("root",        "root(u, c)",     "1/(c*root(u, c)^(c - 1))"),
    _outer("exp",         "exp(u)",         "exp(u)"),
    _outer("e-power",     "e^u",            "e^u"),
    _outer("exponential", "c^u",            "c^u*ln(c)"),
    # ---- logarithms --------------------------------------------------------------------------------------------
    _outer("log",         "ln(u)",          "1/u"),
    _outer("log2",        "log2(u)",        "1/(u*ln(2))"),
    _outer("log10",       "log10(u)",       "1/(u*ln(10))"),
    _outer("log-base",    "log_base(c, u)", "1/(u*ln(c))"),
    # ---- trigonometric -----------------------------------------------------------------------------------------
    _outer("sin",         "sin(u)",         "cos(u)"),
    _outer("cos",         "cos(u)",         "-sin(u)"),
    _outer("tan",         "tan(u)",         "sec(u)^2"),
    _outer("cot",         "cot(u)",         "-csc(u)^2"),
    _outer("sec",         "sec(u)",         "sec(u)*tan(u)"),
    _outer("csc",         "csc(u)",         "-csc(u)*cot(u)"),
    # ---- inverse trigonometric ---------------------------------------------------------------------------------
    _outer("asin",        "asin(u)",        "1/sqrt(1 - u^2)"),
    _outer("acos",        "acos(u)",        "-1/sqrt(1 - u^2)"),
    _outer("atan",        "atan(u)",        "1/(1 + u^2)"),
    _outer("acot",        "acot(u)",        "-1/(1 + u^2)"),
    _outer("asec",        "asec(u)",        "1/(abs(u)*sqrt(u^2 - 1))"),
    _outer("acsc",        "acsc(u)",        "-1/(abs(u)*sqrt(u^2 - 1))"),
    # ---- hyperbolic --------------------------------------------------------------------------------------------
    _outer("sinh",        "sinh(u)",        "cosh(u)"),
    _outer("cosh",        "cosh(u)",        "sinh(u)"),
    _outer("tanh",        "tanh(u)",        "1 - tanh(u)^2"),
    _outer("coth",        "coth(u)",        "1 - coth(u)^2"),
    _outer("sech",        "sech(u)",        "-sech(u)*tanh(u)"),
    _outer("csch",        "csch(u)",        "-csch(u)*coth(u)"),
    _outer("asinh",       "asinh(u)",       "1/sqrt(u^2 + 1)"),
    _outer("acosh",       "acosh(u)",       "1/sqrt(u^2 - 1)"),
    _outer("atanh",       "atanh(u)",       "1/(1 - u^2)"),
    _outer("acoth",       "acoth(u)",       "1/(1 - u^2)"),
    _outer("asech",       "asech(u)",       "-1/(u*sqrt(1 - u^2))"),
    _outer("acsch",       "acsch(u)",       "-1/(abs(u)*sqrt(1 + u^2))"),
    # ---- error function and activations ------------------------------------------------------------------------
    _outer("erf",         "erf(u)",         "2*exp(-u^2)/sqrt(pi)"),
    _outer("sigmoid",     "sigmoid(u)",     "sigmoid(u)*(1 - sigmoid(u))"),
    _outer("softplus",    "softplus(u)",    "sigmoid(u)"),
    _outer("silu",        "silu(u)",        "sigmoid(u)*(1 + u*(1 - sigmoid(u)))"),
    _outer("gelu",        "gelu(u)",        "(1 + erf(u/sqrt(2)))/2 + u*exp(-u^2/2)/sqrt(2*pi)"),
    # ---- with corners ------------------------------------------------------------------------------------------
    _outer("abs",         "abs(u)",         "sign(u)",      corner="u"),
    _outer("relu",        "relu(u)",        "heaviside(u)", corner="u"),
    _outer("sign",        "sign(u)",        "0",            corner="u"),
    _outer("heaviside",   "heaviside(u)",   "0",            corner="u"),
)
# fmt: on
