"""The functions and constants that the tutor knows, one row each: how they are spelt, shown, and computed.

A row names its counterparts in NumPy and SymPy (`numpy` a function of NumPy, `sympy` an attribute of the module
`sympy`), and only the door of each library looks them up. Where a row names none, the door has an entry of its own for
the head (all operations on balls stand in `tutor.checking.ball_functions`) or computes the row's `meaning`, a formula in
the tutor's own notation with the arguments u, v.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Function:
    """One known function: its head in the tree, other spellings, and its counterparts elsewhere."""

    name: str
    aliases: tuple[str, ...] = ()
    arity: tuple[int, int] = (1, 1)
    latex: str = ""
    numpy: str = ""
    sympy: str = ""
    meaning: str = ""


MANY = 64
"""The largest number of arguments of max, min, softmax."""


def _row(name: str, aliases: str = "", **fields: object) -> Function:
    return Function(name, tuple(aliases.split()), **fields)  # type: ignore[arg-type]


# fmt: off
_ROWS = (
    # ---- powers and roots -------------------------------------------------------------------------------------
    _row("sqrt",      "√",                latex=r"\sqrt",                    numpy="sqrt",    sympy="sqrt"),
    _row("root",      "nthroot surd",     latex=r"\sqrt[]",                  arity=(2, 2)),
    _row("abs",       "absolute fabs",    latex=r"\left|",                   numpy="abs",     sympy="Abs"),
    # ---- exponential and logarithms ---------------------------------------------------------------------------
    _row("exp",       "",                 latex=r"\exp",                     numpy="exp",     sympy="exp"),
    _row("log",       "ln logn",          latex=r"\ln",                      numpy="log",     sympy="log"),
    _row("log2",      "lb ld",            latex=r"\log_{2}",                 numpy="log2",                  meaning="log(u)/log(2)"),
    _row("log10",     "lg",               latex=r"\log_{10}",                numpy="log10",                 meaning="log(u)/log(10)"),
    _row("log_base",  "",                 latex=r"\log_",                    arity=(2, 2),                  meaning="log(v)/log(u)"),
    # ---- trigonometric ----------------------------------------------------------------------------------------
    _row("sin",       "sen",              latex=r"\sin",                     numpy="sin",     sympy="sin"),
    _row("cos",       "",                 latex=r"\cos",                     numpy="cos",     sympy="cos"),
    _row("tan",       "tg",               latex=r"\tan",                     numpy="tan",     sympy="tan"),
    _row("cot",       "ctg cotg cotan",   latex=r"\cot",                                      sympy="cot",  meaning="cos(u)/sin(u)"),
    _row("sec",       "",                 latex=r"\sec",                                      sympy="sec",  meaning="1/cos(u)"),
    _row("csc",       "cosec",            latex=r"\csc",                                      sympy="csc",  meaning="1/sin(u)"),
    # ---- inverse trigonometric --------------------------------------------------------------------------------
    _row("asin",      "arcsin arcsen",    latex=r"\arcsin",                  numpy="arcsin",  sympy="asin"),
    _row("acos",      "arccos",           latex=r"\arccos",                  numpy="arccos",  sympy="acos"),
    _row("atan",      "arctan arctg",     latex=r"\arctan",                  numpy="arctan",  sympy="atan"),
    _row("acot",      "arccot arcctg",    latex=r"\operatorname{arccot}",                                   meaning="pi/2 - atan(u)"),
    _row("asec",      "arcsec",           latex=r"\operatorname{arcsec}",                                   meaning="acos(1/u)"),
    _row("acsc",      "arccsc arccosec",  latex=r"\operatorname{arccsc}",                                   meaning="asin(1/u)"),
    # ---- hyperbolic -------------------------------------------------------------------------------------------
    _row("sinh",      "sh",               latex=r"\sinh",                    numpy="sinh",    sympy="sinh"),
    _row("cosh",      "ch",               latex=r"\cosh",                    numpy="cosh",    sympy="cosh"),
    _row("tanh",      "th",               latex=r"\tanh",                    numpy="tanh",    sympy="tanh"),
    _row("coth",      "cth",              latex=r"\coth",                                     sympy="coth", meaning="cosh(u)/sinh(u)"),
    _row("sech",      "",                 latex=r"\operatorname{sech}",                       sympy="sech", meaning="1/cosh(u)"),
    _row("csch",      "cosech",           latex=r"\operatorname{csch}",                       sympy="csch", meaning="1/sinh(u)"),
    _row("asinh",     "arcsinh arsinh",   latex=r"\operatorname{arsinh}",    numpy="arcsinh"),
    _row("acosh",     "arccosh arcosh",   latex=r"\operatorname{arcosh}",    numpy="arccosh"),
    _row("atanh",     "arctanh artanh",   latex=r"\operatorname{artanh}",    numpy="arctanh"),
    _row("acoth",     "arccoth arcoth",   latex=r"\operatorname{arcoth}",                                   meaning="atanh(1/u)"),
    _row("asech",     "arcsech arsech",   latex=r"\operatorname{arsech}",                                   meaning="acosh(1/u)"),
    _row("acsch",     "arccsch arcsch",   latex=r"\operatorname{arcsch}",                                   meaning="asinh(1/u)"),
    # ---- error function and activations -----------------------------------------------------------------------
    _row("erf",       "",                 latex=r"\operatorname{erf}",                        sympy="erf"),
    _row("sigmoid",   "σ logistic expit", latex=r"\sigma",                                                  meaning="1/(1 + exp(-u))"),
    _row("softplus",  "",                 latex=r"\operatorname{softplus}",                                 meaning="log(1 + exp(u))"),
    _row("silu",      "swish",            latex=r"\operatorname{silu}",                                     meaning="u/(1 + exp(-u))"),
    _row("gelu",      "",                 latex=r"\operatorname{gelu}",                                     meaning="u*(1 + erf(u/sqrt(2)))/2"),
    _row("relu",      "",                 latex=r"\operatorname{relu}",                                     meaning="max(u, 0)"),
    _row("heaviside", "step",             latex=r"\operatorname{heaviside}",                                meaning="(1 + sign(u))/2"),
    _row("sign",      "sgn signum",       latex=r"\operatorname{sgn}",       numpy="sign",    sympy="sign"),
    # ---- several arguments ------------------------------------------------------------------------------------
    _row("max",       "maximum",          latex=r"\max",                     arity=(1, MANY)),
    _row("min",       "minimum",          latex=r"\min",                     arity=(1, MANY)),
    _row("softmax",   "",                 latex=r"\operatorname{softmax}",   arity=(2, MANY)),
    # ---- constants --------------------------------------------------------------------------------------------
    _row("pi",        "π",                latex=r"\pi",                      arity=(0, 0)),
    _row("e",         "",                 latex="e",                         arity=(0, 0)),
)
# fmt: on

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})
"""Every known function by its head."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {spelling: row.name for row in _ROWS for spelling in (row.name, *row.aliases)}
)
"""Every spelling of a function and the head that it means; `cbrt`, `∛` and `log_b` are the parser's own."""
