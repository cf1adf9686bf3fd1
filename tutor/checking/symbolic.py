"""The symbolic witness: answer minus key is zero, by the normal form, or else with SymPy, sign case by sign case.

The normal form (`tutor.checking.normal_form`, in FLINT's ring) settles nearly all; SymPy's ladder comes after it. Every
rewriting used there is an identity wherever both sides are real, so that "zero" is a proof whatever SymPy does not
see; "not zero" is never taken for a difference. The rewritings, and why they hold on the reals:

- x is written p or -p with p > 0, and both cases must vanish; x = 0 is an isolated point.
- each factor f of the argument of |u|, sign(u), log(u), u^(p/q) is taken as positive, then as negative, and every
  combination must vanish: |f| = ±f, sign f = ±1; log u = Σ e·log|f| and u^(p/q) = Π |f|^(e·p/q) for u = Π f^e > 0.
  A combination in which some u is negative is no real case and is left out.
- a case in which SymPy met the root or logarithm of a negative number (its I) is no real case either.
- sin, cos, tan … and sinh, cosh, tanh … become exponentials (Euler), acos u = π/2 - asin u; exp(a + b) = exp(a)·exp(b).
- common denominator and expansion are identities of fields.

`sqrtdenest` and `simplify` proved nothing on 1479 pairs that are equal that nothing before them did, at seconds each.

`prove_here` runs in the process that calls it; what may run long belongs into a worker that can be killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import sympy as sp

from tutor.checking.normal_form import proof
from tutor.checking.prover import Prover
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_signs import NotReal, sign_cases
from tutor.checking.symbolic_tree import Builder, Formula, expanded_terms
from tutor.checking.verdict import Outcome, SymbolicCheck
from tutor.expression.tree import Expression

__all__ = ["Prover", "prove_here"]

_MOST_SPLIT_SYMBOLS = 3
_MOST_OPERATIONS = 600
_MOST_TERMS = 4000
_MOST_EXPONENTIALS = 500
"""Terms of products of exponentials, which SymPy multiplies out a hundred times more slowly than others."""

_MOST_OF_ALL_CASES = 4000
"""Operations of all cases together; one takes about 0.1 ms."""

_UNKNOWN = SymbolicCheck(Outcome.UNKNOWN, None)


def prove_here(left: Expression, right: Expression, *, thorough: bool = True) -> SymbolicCheck:
    """Equal with the name of the method, or unknown; see the module's text for what equal means."""
    normal = proof(left, right, flint_ring)
    if normal is not None:
        return SymbolicCheck(Outcome.EQUAL, "normal-form", normal.identities)
    return _by_ladder(left, right) if thorough else _UNKNOWN


def _by_ladder(left: Expression, right: Expression) -> SymbolicCheck:
    """Equal with the method of SymPy that shows it, or unknown."""
    builder = Builder()
    try:
        difference = builder.build(left) - builder.build(right)
        if difference.has(sp.nan, sp.zoo, sp.oo) or difference.count_ops() > _MOST_OPERATIONS:
            return _UNKNOWN
        method = _proved(difference) or (_proved(difference.xreplace(builder.kernels)) if builder.kernels else None)
    except (ValueError, RecursionError, ArithmeticError, sp.PolynomialError, NotImplementedError):
        return _UNKNOWN
    return _UNKNOWN if method is None else SymbolicCheck(Outcome.EQUAL, method)


def _proved(difference: Formula) -> str | None:
    """The hardest method that the cases needed; None when one of them is not known to vanish."""
    if difference == 0:
        return "construction"
    needed, operations = [], 0
    for case in _symbol_cases(difference):
        operations += int(case.count_ops())
        method = _vanishes(case) if operations <= _MOST_OF_ALL_CASES else None
        if method is None:
            return None
        needed.append(method)
    return max(needed, key=_METHODS.index) if needed else None


def _symbol_cases(difference: Formula) -> Iterator[Formula]:
    """The expression with each symbol whose sign matters as p, then as -p."""
    split = sorted(_sensitive(difference), key=str)[:_MOST_SPLIT_SYMBOLS]
    for signs in product((1, -1), repeat=len(split)):
        moved = {symbol: sign * sp.Dummy(symbol.name, positive=True) for symbol, sign in zip(split, signs, strict=True)}
        try:
            yield from (case for case in sign_cases(difference.xreplace(moved)) if not case.has(sp.I))
        except NotReal:
            continue


def _sensitive(difference: Formula) -> set[Formula]:
    found: set[Formula] = set()
    for part in sp.preorder_traversal(difference):
        if isinstance(part, (sp.Abs, sp.sign, sp.log)) or (part.is_Pow and part.exp.is_Rational and part.exp.q > 1):
            found |= part.free_symbols
    return {symbol for symbol in found if not symbol.is_Dummy}


# ---- is one case zero? ---------------------------------------------------------------------------------------------


def _expanded(case: Formula) -> Formula:
    return sp.expand(case) if expanded_terms(case) <= _MOST_TERMS else case


def _numerator(case: Formula) -> Formula:
    """The numerator over a common denominator, expanded, until it changes no more."""
    for _ in range(3):
        numerator = sp.together(case).as_numer_denom()[0]
        if expanded_terms(numerator) > _MOST_TERMS:
            return case
        top = sp.expand(numerator)
        if top in (0, case):
            return top
        case = top
    return case


def _as_exponentials(case: Formula) -> Formula:
    closed = {part: sp.Dummy("k") for part in case.atoms(sp.Pow) if not (part.exp.is_Rational or part.base == sp.E)}
    case = case.xreplace(closed)
    for functions, target in _EXPONENTIALS:
        if case.has(*functions):
            case = case.replace(lambda part, kinds=functions: isinstance(part, kinds), target)
    if expanded_terms(case) > _MOST_EXPONENTIALS:
        return case
    return _numerator(sp.expand(sp.expand(case), power_exp=True))


def _to_exp(part: Formula) -> Formula:
    return part.rewrite(sp.exp)


def _to_asin(part: Formula) -> Formula:
    return sp.pi / 2 - sp.asin(part.args[0])


_EXPONENTIALS: tuple[tuple[tuple[type, ...], Callable[[Formula], Formula]], ...] = (
    ((sp.acos,), _to_asin),
    ((sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc), _to_exp),
    ((sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch), _to_exp),
)


_LADDER: tuple[tuple[str, Callable[[Formula], Formula]], ...] = (
    ("expand", _expanded),
    ("common-denominator", _numerator),
    ("exponentials", _as_exponentials),
)
_METHODS = ("construction", *(name for name, _ in _LADDER))


def _vanishes(case: Formula) -> str | None:
    """The first method of the ladder that turns a case into zero."""
    if case == 0:
        return "construction"
    for name, method in _LADDER:
        if method(case) == 0:
            return name
    return None
