"""From SymPy objects back to the tutor's tree, and SymPy's own derivative of a function as such a tree.

With it an answer is held against a slope in which no rule of ours took part. The tree means what SymPy's expression
means wherever all of its parts are real: powers with whole exponents, roots of what is positive, exp(v·log u). Around a
point at which f is smooth every sign in it is constant, so signs stand as constants while SymPy differentiates, and the
tree has `sign(u)` in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import NamedTuple

import sympy as sp

from tutor.checking.symbolic_derivative import Signs, differentiated, with_constant_signs
from tutor.checking.symbolic_tree import Builder, Formula
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.functions import FUNCTIONS
from tutor.expression.tree import EULER, PI, Apply, Expression, Number, Symbol, number, substitute

__all__ = ["NotATree", "slope_tree", "tree_of"]

_MOST_PARTS = 50_000
_NESTED = 50
"""How often a sign may stand in the argument of another one."""


class NotATree(ValueError):
    """A SymPy expression that has no counterpart among the formulas of the tutor, or is too large."""


# ---- the slope -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def slope_tree(function: Expression, variables: tuple[str, ...]) -> Expression:
    """The derivative of a function by SymPy, one variable after the other; NotATree when it is out of reach."""
    builder = _Differentiable()
    moving, constants = _named_constants(function)
    try:
        formula, signs = with_constant_signs(builder.build(moving), builder)
        slope = differentiated(formula, [builder.symbols.get(name) for name in variables])
        return substitute(tree_of(_with_signs(slope, signs)), constants)
    except NotATree:
        raise
    except (ValueError, TypeError, RecursionError, ArithmeticError, NotImplementedError, AttributeError) as error:
        raise NotATree(type(error).__name__) from error


def _named_constants(function: Expression) -> tuple[Expression, dict[str, Expression]]:
    """A function with a name for each part without symbols that is no exact number, and the parts by their names.

    Nobody's symbol has such a name. SymPy does not try to work out exp(43085) then, or to simplify it.
    """
    names: dict[Expression, str] = {}

    def combined(part: Expression, arguments: Sequence[_Part]) -> _Part:
        if not isinstance(part, Apply):
            return _Part(part, is_constant=isinstance(part, Number), is_plain=True)
        if all(argument.is_constant for argument in arguments):
            return _Part(part, is_constant=True, is_plain=not arguments or exact_fraction(part) is not None)
        kept = tuple(argument.tree if _is_kept(argument) else named(argument.tree) for argument in arguments)
        return _Part(Apply(part.head, kept), is_constant=False, is_plain=False)

    def named(constant: Expression) -> Expression:
        return Symbol(names.setdefault(constant, f"#{len(names)}"))

    whole = fold(function, combined)
    tree = whole.tree if _is_kept(whole) else named(whole.tree)
    return tree, {name: constant for constant, name in names.items()}


class _Part(NamedTuple):
    """A part of a function: without symbols, and if so, a number or a letter such as pi."""

    tree: Expression
    is_constant: bool
    is_plain: bool


def _is_kept(part: _Part) -> bool:
    return part.is_plain or not part.is_constant


class _Differentiable(Builder):
    """Builds powers with moving exponents and inverse hyperbolic functions as SymPy's own.

    Proofs want them as exponentials and logarithms; their slopes are shorter as they are.
    """

    def _applied(self, part: Apply, operands: Sequence[Formula]) -> Formula:
        if part.head in _INVERSE_HYPERBOLIC:
            return getattr(sp, part.head)(*operands)
        return super()._applied(part, operands)

    def _general_power(self, base: Formula, exponent: Formula) -> Formula:
        return sp.Pow(base, exponent)


_INVERSE_HYPERBOLIC = ("asinh", "acosh", "atanh", "acoth", "asech", "acsch")


def _with_signs(slope: Formula, signs: Signs) -> Formula:
    """The slope with the signs that stood as constants."""
    named = {constant: _SIGN(inner) for inner, constant in signs.items()}
    for _ in range(_NESTED):
        if not slope.free_symbols & named.keys():
            return slope
        slope = slope.xreplace(named)
    raise NotATree("signs")


_SIGN = sp.Function("sign_of", real=True)
"""The sign, kept as it is: `sympy.sign` would be rewritten in what surrounds it."""


# ---- from SymPy ----------------------------------------------------------------------------------------------------


def tree_of(formula: Formula) -> Expression:
    """The tree of a SymPy expression of real numbers; equal parts are one object."""
    known: dict[Formula, Expression] = {}
    count = 0
    waiting = [formula]
    while waiting:
        part = waiting[-1]
        missing = [inner for inner in _arguments(part) if inner not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        if part not in known:
            known[part] = _tree(part, [known[inner] for inner in _arguments(part)])
            count += 1
        if count > _MOST_PARTS:
            raise NotATree("too large")
    return known[formula]


def _arguments(part: Formula) -> Sequence[Formula]:
    return part.args if part.args and not part.is_Rational else ()


def _tree(part: Formula, operands: Sequence[Expression]) -> Expression:
    if part.is_Rational:
        return number(Fraction(int(part.p), int(part.q)))
    if part.is_Symbol and not part.is_Dummy:
        return Symbol(part.name)
    if part in _CONSTANTS:
        return _CONSTANTS[part]
    if part.is_Pow:
        return _power(*operands)
    head = _HEADS.get(type(part).__name__)
    if head is None or not operands:
        raise NotATree(type(part).__name__)
    return head(operands)


def _power(base: Expression, exponent: Expression) -> Expression:
    if exponent == Number(Fraction(-1)):
        return Apply("/", (number(1), base))
    return Apply("sqrt", (base,)) if exponent == Number(Fraction(1, 2)) else Apply("^", (base, exponent))


def _joined(head: str) -> Callable[[Sequence[Expression]], Expression]:
    """A sum or product of any number of parts, nested to the left."""
    return lambda operands: reduce(lambda left, right: Apply(head, (left, right)), operands)


def _called(head: str) -> Callable[[Sequence[Expression]], Expression]:
    return lambda operands: Apply(head, tuple(operands))


def _itself(operands: Sequence[Expression]) -> Expression:
    """What a function gives back of a real number."""
    return operands[0]


_CONSTANTS: Mapping[Formula, Expression] = MappingProxyType({sp.pi: PI, sp.E: EULER})

# fmt: off
_HEADS: Mapping[str, Callable[[Sequence[Expression]], Expression]] = MappingProxyType({
    **{row.sympy: _called(row.name) for row in FUNCTIONS.values() if row.sympy},
    **{name: _called(name) for name in _INVERSE_HYPERBOLIC},
    "Add":       _joined("+"),
    "Mul":       _joined("*"),
    "sign_of":   _called("sign"),
    "re":        _itself,
    "conjugate": _itself,
})
# fmt: on
"""The trees of SymPy's functions of real numbers, by the names of their classes."""
