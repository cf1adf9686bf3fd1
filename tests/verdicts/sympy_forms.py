"""Other forms of a derivative as SymPy's own rewriting makes them, worked out in a process that can be killed.

What ends a rewriting is a count of function calls, so that the same request has the same result in every run: SymPy's
cache is emptied and its random numbers start anew each time, and the process has a fixed PYTHONHASHSEED.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp
from sympy.core.cache import clear_cache
from sympy.core.random import seed

from tests.sympy_oracle import to_sympy
from tutor.calculus.derivation import derivative
from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import EULER, PI, Apply, Expression, Number, Symbol, number

ENTRY = "tests.verdicts.sympy_forms:form"

MOST_CALLS = 4_000_000
"""Calls and returns of functions for one form, which take a second or two."""

Formula = Any
"""A SymPy expression; SymPy carries no types."""


class Exhausted(BaseException):
    """SymPy made more calls than it may; no Exception, which SymPy would catch."""


class Untranslated(ValueError):
    """A SymPy object that no formula of ours has: I, Piecewise, zoo."""


# fmt: off
QUICK: Mapping[str, Callable[[Formula], Formula]] = {
    "expand": sp.expand, "together": sp.together, "cancel": sp.cancel, "factor": sp.factor, "powsimp": sp.powsimp,
    "factor_terms": sp.factor_terms, "expand_mul": sp.expand_mul,
}
FORMS: Mapping[str, Callable[[Formula], Formula]] = {
    **QUICK, "trigsimp": sp.trigsimp, "logcombine": sp.logcombine, "apart": lambda part: sp.apart(part, _first(part)),
    "powdenest": sp.powdenest, "radsimp": sp.radsimp, "ratsimp": sp.ratsimp, "simplify": sp.simplify,
    "expand_trig": sp.expand_trig, "expand_log": sp.expand_log, "collect": lambda part: sp.collect(part, _first(part)),
    "rewrite exp": lambda part: part.rewrite(sp.exp), "rewrite tan": lambda part: part.rewrite(sp.tan),
    "rewrite cos": lambda part: part.rewrite(sp.cos), "rewrite sin": lambda part: part.rewrite(sp.sin),
    "rewrite sec": lambda part: part.rewrite(sp.sec), "rewrite tanh": lambda part: part.rewrite(sp.tanh),
    "rewrite log": lambda part: part.rewrite(sp.log), "rewrite sqrt": lambda part: part.rewrite(sp.sqrt),
    "rewrite sign": lambda part: part.rewrite(sp.sign), "rewrite Abs": lambda part: part.rewrite(sp.Abs),
    "expand power": lambda part: sp.expand(part, power_base=True, power_exp=True, force=True),
    "logcombine force": lambda part: sp.logcombine(part, force=True),
    "powsimp force": lambda part: sp.powsimp(part, force=True),
    "nsimplify": lambda part: sp.nsimplify(part, rational=True),
}
# fmt: on
"""SymPy's rewritings by name; those that are forced, or go astray at negative bases, are good traps."""


def form(payload: Mapping[str, Any]) -> str:
    """The text of SymPy's form of the derivative that a payload asks for; `by` is `sympy` or `rules`."""
    clear_cache()
    seed(0)
    with _counted(MOST_CALLS):
        return _form(payload)


@contextmanager
def _counted(most: int) -> Iterator[None]:
    """Raise Exhausted after so many calls; the garbage of former requests may not call anything meanwhile."""
    left = most

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Exhausted

    gc.collect()
    gc.disable()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
        gc.enable()


def _form(payload: Mapping[str, Any]) -> str:
    tree = _odd_powers(parse(payload["function"]).expression)
    if payload["by"] == "sympy":
        found = to_sympy(tree)
        for name in payload["variables"]:
            found = sp.diff(found, sp.Symbol(name, real=True))
        found = _without_jumps(found)
    else:
        found = to_sympy(derivative(tree, tuple(payload["variables"])))
    for name in payload["forms"]:
        found = FORMS[name](found)
    return to_text(tree_of(found, plain=payload["plain"]))


def _first(part: Formula) -> Formula:
    return sorted(part.free_symbols, key=str)[-1]


def _odd_powers(tree: Expression) -> Expression:
    """Real odd roots as sign(u)·|u|^(p/q), since SymPy's are complex at negative numbers."""
    if not isinstance(tree, Apply):
        return tree
    inner = tuple(_odd_powers(argument) for argument in tree.arguments)
    match tree.head, inner:
        case "root", (radicand, Number(index)):
            return _odd_power(radicand, 1 / index)
        case "^", (base, Number(exponent)) if exponent.denominator > 1 and exponent.denominator % 2:
            return _odd_power(base, exponent)
        case head, arguments:
            return Apply(head, arguments)


def _odd_power(base: Expression, exponent: Fraction) -> Expression:
    if exponent.denominator % 2 == 0:
        return Apply("^", (base, number(exponent)))
    size = Apply("^", (Apply("abs", (base,)), number(exponent)))
    return Apply("*", (Apply("sign", (base,)), size)) if exponent.numerator % 2 else size


def _without_jumps(formula: Formula) -> Formula:
    """A derivative by SymPy where signs are constant: no impulses at their zeros."""
    formula = formula.replace(sp.DiracDelta, lambda *_: sp.Integer(0))
    return formula.replace(sp.Heaviside, lambda inner, *_: (1 + sp.sign(inner)) / 2)


# ---- from SymPy to a tree ------------------------------------------------------------------------------------------

_NAMES = {"Abs": "abs", "Max": "max", "Min": "min", "exp": "exp"}


def tree_of(formula: Formula, *, plain: bool = False) -> Expression:
    """The tree of a SymPy expression; `plain` leaves negative powers and factors as SymPy has them."""
    if formula.is_Rational:
        return Number(Fraction(int(formula.p), int(formula.q)))
    if formula.is_Symbol:
        return Symbol(formula.name)
    if formula in (sp.pi, sp.E):
        return PI if formula == sp.pi else EULER
    if formula.is_Add:
        return _sum([tree_of(part, plain=plain) for part in formula.as_ordered_terms()])
    if formula.is_Mul and not plain:
        return _quotient(formula)
    if formula.is_Mul:
        return reduce(
            lambda left, right: Apply("*", (left, right)), [tree_of(part, plain=plain) for part in formula.args]
        )
    return _application(formula, [tree_of(part, plain=plain) for part in formula.args], plain=plain)


def _application(formula: Formula, parts: list[Expression], *, plain: bool) -> Expression:
    if formula.is_Pow and not isinstance(formula, sp.exp):
        if not plain and formula.exp == sp.Rational(1, 2):
            return Apply("sqrt", (parts[0],))
        if not plain and formula.exp.is_Rational and formula.exp < 0:
            return Apply("/", (number(1), tree_of(1 / formula)))
        return Apply("^", (parts[0], parts[1]))
    head = type(formula).__name__
    head = _NAMES.get(head, head)
    if head not in FUNCTIONS or not parts:
        raise Untranslated(head)
    return Apply(head, tuple(parts))


def _sum(terms: list[Expression]) -> Expression:
    return reduce(lambda left, right: Apply("+", (left, right)), terms)


def _product(factors: list[Expression]) -> Expression:
    return reduce(lambda left, right: Apply("*", (left, right)), factors)


def _quotient(formula: Formula) -> Expression:
    """A product as it is written by hand: a minus in front, negative powers below a line."""
    above, below = sp.fraction(formula, exact=True)
    if formula.could_extract_minus_sign() and (-formula).is_Mul:
        return Apply("neg", (tree_of(-formula),))
    if below == 1 or below == formula:
        return _product([tree_of(part) for part in formula.args])
    return Apply("/", (tree_of(above), tree_of(below)))
