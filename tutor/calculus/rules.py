"""The sound rules of differentiation, specific laws first; the first that matches is the one that is applied."""

from __future__ import annotations

from tutor.calculus.law import MARK, sides, template
from tutor.calculus.outer import OUTER, Outer
from tutor.calculus.rule import Rule, fill
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, Symbol


def _rule(id: str, law: str, title: str, corner: str = "") -> Rule:
    before, after = sides(law)
    return Rule(id, law, before, after, title, corner=template(corner) if corner else None)


# fmt: off
_EASY = (
    _rule("constant",          "D(c) -> 0",                 "a constant does not change"),
    _rule("identity",          "D(x) -> 1",                 "the variable changes at rate 1"),
    _rule("negation",          "D(-u) -> -D(u)",            "a minus sign stays"),
    _rule("constant-multiple", "D(c*u) -> c*D(u)",          "a constant factor stays"),
    _rule("constant-divisor",  "D(u/c) -> D(u)/c",          "a constant divisor stays"),
    _rule("sum",               "D(u + v) -> D(u) + D(v)",   "a sum goes term by term"),
    _rule("difference",        "D(u - v) -> D(u) - D(v)",   "a difference goes term by term"),
)
_PRODUCTS = (
    _rule("product-of-three",  "D(u*v*w) -> D(u)*v*w + u*D(v)*w + u*v*D(w)", "product rule, one term a factor"),
    _rule("product",           "D(u*v) -> D(u)*v + u*D(v)",                  "product rule"),
)
_HARD = (
    _rule("quotient",          "D(u/v) -> (D(u)*v - u*D(v))/v^2",            "quotient rule"),
    _rule("general-power",     "D(u^v) -> u^v*(D(v)*ln(u) + v*D(u)/u)",      "logarithmic differentiation"),
    _rule("general-log",       "D(log_base(u, v)) -> (D(v)/v - log_base(u, v)*D(u)/u)/ln(u)", "change of base, then the quotient rule"),
    _rule("max",               "D(max(u, v)) -> heaviside(u - v)*D(u) + heaviside(v - u)*D(v)", "the larger one decides", corner="u - v"),
    _rule("min",               "D(min(u, v)) -> heaviside(v - u)*D(u) + heaviside(u - v)*D(v)", "the smaller one decides", corner="u - v"),
)
# fmt: on


def _plain(outer: Outer) -> Rule:
    """The rule of an outer function with the bare variable inside."""
    x = {"u": Symbol("x")}
    before, after = fill(outer.function, x), fill(outer.slope, x)
    corner = None if outer.corner is None else fill(outer.corner, x)
    return Rule(outer.id, _law(before, after), before, after, "a known slope", "plain", corner=corner)


def _chain(outer: Outer) -> Rule:
    """The chain rule of an outer function."""
    before, after = outer.function, Apply("*", (outer.slope, Apply(MARK, (Symbol("u"),))))
    return Rule(f"chain-{outer.id}", _law(before, after), before, after, "chain rule", "chain", corner=outer.corner)


def _law(before: Expression, after: Expression) -> str:
    return f"D({to_text(before)}) -> {to_text(after)}"


RULES: tuple[Rule, ...] = (
    *_EASY,
    *_PRODUCTS,
    *(_plain(outer) for outer in OUTER),
    *(_chain(outer) for outer in OUTER),
    *_HARD,
)
