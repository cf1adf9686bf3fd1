"""The mistaken laws: each a rule with the sound rules it is mistaken for, under the id of the taxonomy.

An id may stand with several laws (the ways in which the same misconception shows). In the chain family `f` stands for
any outer function and `df` for its slope; the law is mistaken for every rule of the family named behind it. A law whose
result is right on some shapes (u' = 1, an exponential outside) is harmless there: a finding whose value equals the right
answer is never built. Names, sentences and attestations (`how_common`) are in `tutor/data/malrules.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tutor.calculus.law import sides
from tutor.calculus.rule import Bindings, Rule
from tutor.expression.tree import Apply, Expression, Number, Symbol

# ---- conditions on bindings that no pattern can say -------------------------------------------------------------


def _negative_exponent(bindings: Bindings) -> bool:
    return _is_negative(bindings["c"])


def _positive_exponent(bindings: Bindings) -> bool:
    return not _is_negative(bindings["c"])


def _is_negative(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg", (inner,)):
            return not _is_negative(inner)
        case Apply("/" | "*", (left, right)):
            return _is_negative(left) != _is_negative(right)
        case _:
            return False


def _composite(bindings: Bindings) -> bool:
    """Whether the inner function is more than the bare variable."""
    return not isinstance(bindings["u"], Symbol)


def _falling(bindings: Bindings) -> bool:
    """Whether the inner function carries a minus sign that its slope inherits: 1 - x, -3x + 2."""
    return _has_minus(bindings["u"])


def _has_minus(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg" | "-", _):
            return True
        case Apply("*" | "/", (left, _)):
            return _has_minus(left)
        case Apply("+", (left, right)):
            return _has_minus(left) or _has_minus(right)
        case _:
            return False


# ---- the tables --------------------------------------------------------------------------------------------------

POWER = "power chain-power"
EXPONENTIAL = "exponential chain-exponential"
EXP = "exp chain-exp e-power chain-e-power"
LOG = "log chain-log"
PRODUCT = "product"
THREE = "product-of-three"
QUOTIENT = "quotient"
RECIPROCAL = "reciprocal chain-reciprocal"
RECIPROCAL_POWER = "reciprocal-power chain-reciprocal-power"

Law = tuple[str, str, str, Callable[[Bindings], bool] | None]


def _law(id: str, law: str, mistaken_for: str, fits: Callable[[Bindings], bool] | None = None) -> Law:
    return (id, law, mistaken_for, fits)


# fmt: off
_POWERS = (
    _law("power-keep-exponent",           "D(u^c) -> c*u^c*D(u)",                POWER),
    _law("power-drop-coefficient",        "D(u^c) -> u^(c - 1)*D(u)",            POWER, _positive_exponent),
    _law("power-raise-exponent",          "D(u^c) -> c*u^(c + 1)*D(u)",          POWER, _positive_exponent),
    _law("power-negative-exponent-slip",  "D(u^c) -> c*u^(c + 1)*D(u)",          POWER, _negative_exponent),
    _law("power-negative-exponent-slip",  "D(k/u^c) -> -k*c*D(u)/u^(c - 1)",     RECIPROCAL_POWER),
    _law("power-negative-exponent-slip",  "D(k/u) -> -k*D(u)",                   RECIPROCAL),
    _law("power-negative-number-dropped", "D(u^c) -> -u^(c - 1)*D(u)",           POWER, _negative_exponent),
    _law("power-negative-number-dropped", "D(k/u^c) -> -k*D(u)/u^(c + 1)",       RECIPROCAL_POWER),
    _law("power-add-coefficient",         "D(a*u^c) -> (a + c)*u^(c - 1)*D(u)",  "constant-multiple"),
    _law("power-divide-exponent",         "D(u^c) -> u^(c - 1)/c*D(u)",          POWER),
    _law("root-forget-half",              "D(sqrt(u)) -> D(u)/sqrt(u)",          "sqrt chain-sqrt"),
    _law("root-forget-half",              "D(u^(1/2)) -> D(u)/u^(1/2)",          POWER),
)
_CONSTANTS = (
    _law("const-term-kept",               "D(u + c) -> D(u) + c",                "sum"),
    _law("const-term-kept",               "D(c + u) -> c + D(u)",                "sum"),
    _law("const-term-kept",               "D(u - c) -> D(u) - c",                "difference"),
    _law("const-term-kept",               "D(c - u) -> c - D(u)",                "difference"),
    _law("const-derivative-one",          "D(u + c) -> D(u) + 1",                "sum"),
    _law("const-derivative-one",          "D(c + u) -> 1 + D(u)",                "sum"),
    _law("const-derivative-one",          "D(u - c) -> D(u) - 1",                "difference"),
    _law("const-derivative-one",          "D(c - u) -> 1 - D(u)",                "difference"),
    _law("const-factor-dropped",          "D(c*u) -> D(u)",                      "constant-multiple"),
    _law("const-factor-dropped",          "D(u/c) -> D(u)",                      "constant-divisor"),
    _law("const-factor-derivative-zero",  "D(c*u) -> 0*D(u)",                    "constant-multiple"),
    _law("const-divisor-flipped",         "D(u/c) -> c*D(u)",                    "constant-divisor"),
)
_SUMS = (
    _law("term-dropped",                  "D(u + v) -> D(u)",                    "sum"),
    _law("term-dropped",                  "D(u + v) -> D(v)",                    "sum"),
    _law("term-dropped",                  "D(u - v) -> D(u)",                    "difference"),
    _law("term-dropped",                  "D(u - v) -> -D(v)",                   "difference"),
    _law("term-sign-lost",                "D(u - v) -> D(u) + D(v)",             "difference"),
    _law("misread-structure",             "D(u + v*w) -> D((u + v)*w)",          "sum"),
    _law("misread-structure",             "D(u - v*w) -> D((u - v)*w)",          "difference"),
)
_EXPONENTIALS = (
    _law("exp-power-rule",                "D(exp(u)) -> u*exp(u - 1)",           EXP),
    _law("exp-power-rule",                "D(exp(u)) -> u*exp(u - 1)*D(u)",      EXP),
    _law("exp-power-rule",                "D(e^u) -> u*e^(u - 1)",               EXP),
    _law("exp-power-rule",                "D(e^u) -> u*e^(u - 1)*D(u)",          EXP),
    _law("exp-reduce-exponent",           "D(exp(u)) -> D(u)*exp(u - 1)",        EXP),
    _law("exp-reduce-exponent",           "D(e^u) -> D(u)*e^(u - 1)",            EXP),
    _law("exp-tower",                     "D(exp(u^c)) -> D(exp(c*u))",          EXP),
    _law("exp-tower",                     "D(e^(u^c)) -> D(e^(c*u))",            EXP),
    _law("exp-tower",                     "D(k^(u^c)) -> D(k^(c*u))",            EXPONENTIAL),
    _law("expbase-no-ln",                 "D(c^u) -> c^u*D(u)",                  EXPONENTIAL),
    _law("expbase-power-rule",            "D(c^u) -> u*c^(u - 1)",               EXPONENTIAL),
    _law("expbase-power-rule",            "D(c^u) -> u*c^(u - 1)*D(u)",          EXPONENTIAL),
    _law("varexp-power-only",             "D(u^v) -> v*u^(v - 1)*D(u)",          "general-power"),
    _law("varexp-power-only",             "D(u^v) -> v*u^(v - 1)*D(u)*D(v)",     "general-power"),
    _law("varexp-exp-only",               "D(u^v) -> u^v*ln(u)*D(v)",            "general-power"),
    _law("logdiff-forget-y",              "D(u^v) -> D(v)*ln(u) + v*D(u)/u",     "general-power"),
    _law("table-extra-minus",             "D(exp(u)) -> -exp(u)*D(u)",           EXP),
    _law("table-extra-minus",             "D(e^u) -> -e^u*D(u)",                 EXP),
    _law("table-extra-minus",             "D(ln(u)) -> -D(u)/u",                 LOG),
    _law("table-extra-minus",             "D(tan(u)) -> -sec(u)^2*D(u)",         "tan chain-tan"),
)
_LOGARITHMS = (
    _law("log-keep-log",                  "D(ln(u)) -> D(u)/ln(u)",              LOG),
    _law("log-keep-argument",             "D(ln(u)) -> u*D(u)",                  LOG),
    _law("log-pull-factor",               "D(ln(c*u)) -> c*D(ln(u))",            LOG),
    _law("log-base-ignored",              "D(log10(u)) -> D(u)/u",               "log10 chain-log10"),
    _law("log-base-ignored",              "D(log2(u)) -> D(u)/u",                "log2 chain-log2"),
    _law("log-base-ignored",              "D(log_base(c, u)) -> D(u)/u",         "log-base chain-log-base"),
    _law("log-base-ignored",              "D(ln(u)/ln(c)) -> D(u)/u",            "constant-divisor"),
    _law("log-power-confuse",             "D(ln(u)^c) -> c*D(u)/u",              POWER),
)
_TRIGONOMETRIC = (
    _law("trig-cos-sign",                 "D(cos(u)) -> sin(u)*D(u)",            "cos chain-cos"),
    _law("trig-sin-sign",                 "D(sin(u)) -> -cos(u)*D(u)",           "sin chain-sin"),
    _law("trig-table-swap",               "D(tan(u)) -> sec(u)*tan(u)*D(u)",     "tan chain-tan"),
    _law("trig-table-swap",               "D(tan(u)) -> cot(u)*D(u)",            "tan chain-tan"),
    _law("trig-table-swap",               "D(sec(u)) -> sec(u)^2*D(u)",          "sec chain-sec"),
    _law("trig-tan-no-square",            "D(tan(u)) -> sec(u)*D(u)",            "tan chain-tan"),
    _law("trig-co-sign",                  "D(cot(u)) -> csc(u)^2*D(u)",          "cot chain-cot"),
    _law("trig-co-sign",                  "D(csc(u)) -> csc(u)*cot(u)*D(u)",     "csc chain-csc"),
    _law("trig-power-notation",           "D(sin(u)^c) -> D(sin(u^c))",          POWER),
    _law("trig-power-notation",           "D(cos(u)^c) -> D(cos(u^c))",          POWER),
    _law("trig-power-notation",           "D(tan(u)^c) -> D(tan(u^c))",          POWER),
    _law("trig-args-multiplied",          "D(sin(u)*cos(v)) -> D(u)*cos(u*v) - D(v)*sin(u*v)", PRODUCT),
    _law("trig-args-multiplied",          "D(cos(u)*sin(v)) -> D(v)*cos(u*v) - D(u)*sin(u*v)", PRODUCT),
    _law("cosh-trig-sign",                "D(cosh(u)) -> -sinh(u)*D(u)",         "cosh chain-cosh"),
    _law("tanh-wrong-identity",           "D(tanh(u)) -> (1 + tanh(u)^2)*D(u)",  "tanh chain-tanh"),
    _law("tanh-wrong-identity",           "D(tanh(u)) -> -tanh(u)^2*D(u)",       "tanh chain-tanh"),
    _law("sigmoid-wrong-form",            "D(sigmoid(u)) -> (1 - sigmoid(u))*D(u)", "sigmoid chain-sigmoid"),
    _law("sigmoid-wrong-form",            "D(sigmoid(u)) -> sigmoid(u)*(1 + sigmoid(u))*D(u)", "sigmoid chain-sigmoid"),
)
_PRODUCTS = (
    _law("product-of-derivatives",        "D(u*v) -> D(u)*D(v)",                 PRODUCT),
    _law("product-of-derivatives",        "D(u*v*w) -> D(u)*D(v)*D(w)",          THREE),
    _law("product-sum-of-derivatives",    "D(u*v) -> D(u) + D(v)",               PRODUCT),
    _law("product-sum-of-derivatives",    "D(u*v*w) -> D(u) + D(v) + D(w)",      THREE),
    _law("product-minus",                 "D(u*v) -> D(u)*v - u*D(v)",           PRODUCT),
    _law("product-minus",                 "D(u*v) -> u*D(v) - D(u)*v",           PRODUCT),
    _law("product-one-term",              "D(u*v) -> D(u)*v",                    PRODUCT),
    _law("product-one-term",              "D(u*v) -> u*D(v)",                    PRODUCT),
    _law("product-one-term",              "D(u*v*w) -> D(u)*v*w",                THREE),
    _law("product-one-term",              "D(u*v*w) -> u*D(v)*w",                THREE),
    _law("product-one-term",              "D(u*v*w) -> u*v*D(w)",                THREE),
    _law("product-wrong-pair",            "D(u*v) -> u*D(u) + v*D(v)",           PRODUCT),
    _law("product-three-missing",         "D(u*v*w) -> D(u)*v*w + u*D(v)*w",     THREE),
    _law("product-three-missing",         "D(u*v*w) -> D(u)*v*w + u*v*D(w)",     THREE),
    _law("product-three-missing",         "D(u*v*w) -> u*D(v)*w + u*v*D(w)",     THREE),
)
_QUOTIENTS = (
    _law("quotient-of-derivatives",       "D(u/v) -> D(u)/D(v)",                 QUOTIENT),
    _law("quotient-flipped",              "D(u/v) -> (u*D(v) - D(u)*v)/v^2",     QUOTIENT),
    _law("quotient-plus",                 "D(u/v) -> (D(u)*v + u*D(v))/v^2",     QUOTIENT),
    _law("quotient-no-square",            "D(u/v) -> (D(u)*v - u*D(v))/v",       QUOTIENT),
    _law("quotient-no-square",            "D(k/u) -> -k*D(u)/u",                 RECIPROCAL),
    _law("quotient-no-denominator",       "D(u/v) -> D(u)*v - u*D(v)",           QUOTIENT),
    _law("quotient-no-denominator",       "D(k/u) -> -k*D(u)",                   RECIPROCAL, _composite),
    _law("quotient-square-top",           "D(u/v) -> (D(u)*v - u*D(v))/u^2",     QUOTIENT),
    _law("reciprocal-of-derivative",      "D(k/u) -> k/D(u)",                    RECIPROCAL, _composite),
    _law("reciprocal-of-derivative",      "D(k/u^c) -> k/D(u^c)",                RECIPROCAL_POWER),
    _law("reciprocal-sign-lost",          "D(k/u) -> k*D(u)/u^2",                RECIPROCAL),
    _law("reciprocal-sign-lost",          "D(k/u^c) -> k*c*D(u)/u^(c + 1)",      RECIPROCAL_POWER),
    _law("const-over-x-slip",             "D(k/x) -> k",                         RECIPROCAL),
    _law("const-over-x-slip",             "D(k/x) -> k/x^2",                     RECIPROCAL),
    _law("const-over-x-slip",             "D(k/x) -> k*ln(x)",                   RECIPROCAL),
)
_CHAIN = (
    _law("chain-drop-inner",               "D(f(u)) -> df(u)",                "chain"),
    _law("chain-outer-at-x",               "D(f(u)) -> df(x)*D(u)",           "chain"),
    _law("chain-outer-at-derivative",      "D(f(u)) -> df(D(u))",             "chain"),
    _law("chain-outer-at-derivative",      "D(f(u)) -> df(D(u))*D(u)",        "chain"),
    _law("chain-function-of-derivative",   "D(f(u)) -> f(D(u))",              "chain"),
    _law("chain-outer-kept",               "D(f(u)) -> f(u)*D(u)",            "chain"),
    _law("chain-inner-not-differentiated", "D(f(u)) -> df(u)*u",              "chain"),
    _law("chain-add-inner",                "D(f(u)) -> df(u) + D(u)",         "chain"),
    _law("chain-inner-only",               "D(f(u)) -> D(u)",                 "chain"),
    _law("chain-extra-factor",             "D(f(u)) -> df(u)*D(u)*D(u)",      "chain"),
    _law("chain-extra-factor",             "D(f(u)) -> df(u)*f(u)*D(u)",      "chain plain"),
    _law("chain-as-product",               "D(f(u)) -> df(x)*u + f(x)*D(u)",  "chain"),
    _law("chain-swapped-inner",            "D(f(u)*g(v)) -> df(u)*D(v)*g(v) + f(u)*dg(v)*D(u)", PRODUCT),
    _law("power-of-derivative",            "D(u^c) -> D(u)^c",                "chain-power"),
    _law("inner-sign-lost",                "D(f(u)) -> -df(u)*D(u)",          "chain", _falling),
)
# fmt: on

INSIDE = MappingProxyType({"chain-drop-inner": "chain-drop-innermost", "chain-inner-only": "chain-drop-middle"})
"""What a slip is called when it happens inside a longer chain."""


def _mal_rules() -> Iterator[Rule]:
    tables = (_POWERS, _CONSTANTS, _SUMS, _EXPONENTIALS, _LOGARITHMS, _TRIGONOMETRIC, _PRODUCTS, _QUOTIENTS, _CHAIN)
    for id, law, mistaken_for, fits in (row for table in tables for row in table):
        before, after = sides(law)
        names = frozenset(mistaken_for.split())
        yield Rule(id, law, before, after, mistaken_for=names, inside=INSIDE.get(id, ""), fits=fits)


MAL_RULES: tuple[Rule, ...] = tuple(_mal_rules())


def _by_sibling() -> Mapping[str, tuple[Rule, ...]]:
    siblings = {sibling for rule in MAL_RULES for sibling in rule.mistaken_for}
    return MappingProxyType({s: tuple(rule for rule in MAL_RULES if s in rule.mistaken_for) for s in siblings})


_MAL_RULES_FOR = _by_sibling()


def mistaken_for(rule: Rule) -> tuple[Rule, ...]:
    """The mal-rules that learners apply in place of a sound rule: those of its id, then those of its family."""
    return _MAL_RULES_FOR.get(rule.id, ()) + _MAL_RULES_FOR.get(rule.family, ())
