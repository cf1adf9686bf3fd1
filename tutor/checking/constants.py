"""Whether a constant is zero: proved, or not.

The constant is written as a sum of products of kernels with algebraic coefficients (`constant_sum`). It is zero if each
coefficient is (`zero_bound`), or if what is left is a rational combination of logarithms and one of arctangents and pi,
each of them zero (`linear_forms`). Nothing is ever said to be different: that is what balls are for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from tutor.checking.constant_operations import OPERATIONS, definition
from tutor.checking.constant_sum import CONSTANT, Kernels, Monomial, Sum, algebraic, flipped, times, tree_of
from tutor.checking.linear_forms import Term, angles_vanish, logarithms_vanish
from tutor.checking.zero_bound import Algebraic, OutOfReach, certain_value, difference, is_zero, quotient, rational
from tutor.expression.fold import fold
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol, depth, free_symbols, size

__all__ = ["vanishes"]

_MOST_NODES = 600
_MOST_DEPTH = 60
_MOST_NESTED = 3
"""How deep questions about arguments of kernels may be nested."""

_BITS = 128
_SIGN_BITS = (96, 512)
_LARGEST_RATIO = 10_000


def vanishes(expression: Expression) -> bool:
    """Whether a real constant is proved to be zero; False for what is not zero, not surely real, or not known."""
    if free_symbols(expression) or size(expression) > _MOST_NODES or depth(expression) > _MOST_DEPTH:
        return False
    return _vanishes(expression, 0)


def _vanishes(expression: Expression, nested: int) -> bool:
    found = certain_value(expression, _BITS)
    if found is None or not found.contains(0) or nested > _MOST_NESTED:
        return False
    try:
        table = _Table(nested)
        return table.is_zero(table.built(expression, {}))
    except (OutOfReach, RecursionError):
        return False


class _Table:
    """The kernels of one decision, and how formulas are written with them."""

    def __init__(self, nested: int) -> None:
        self.kernels = Kernels(lambda left, right: _vanishes(Apply("-", (left, right)), nested + 1))

    # ---- deciding --------------------------------------------------------------------------------------------------

    def is_zero(self, one: Sum) -> bool:
        """Whether a sum is proved to be zero."""
        left = {monomial: coefficient for monomial, coefficient in one.items() if not is_zero(coefficient)}
        if not left:
            return True
        shared = reduce(_common, left)
        first = next(iter(left.values()))
        logarithms: list[Term] = []
        angles: list[Term] = []
        turns = Fraction(0)
        for monomial, coefficient in left.items():
            ratio = _ratio(coefficient, first)
            kernel = self.kernels.only(times(monomial, flipped(shared)))
            if ratio is None or kernel is None or kernel[0] not in ("log", "atan", "pi"):
                return False
            if kernel[0] == "pi":
                turns = ratio
            else:
                (logarithms if kernel[0] == "log" else angles).append((ratio, self._argument(kernel[1])))
        return logarithms_vanish(logarithms) and angles_vanish(angles, turns)

    def _argument(self, expression: Expression) -> Algebraic:
        """The algebraic number of which a kernel is taken."""
        found = self.built(expression, {})
        if not set(found) <= {CONSTANT}:
            raise OutOfReach("a kernel of a number that is not algebraic")
        return found.get(CONSTANT, rational(0))

    def sign(self, one: Sum) -> int:
        """The sign of a sum; OutOfReach when it is not certain."""
        tree = tree_of(one, self.kernels)
        for bits in _SIGN_BITS:
            found = certain_value(tree, bits)
            if found is None:
                break
            if not found.contains(0):
                return 1 if found > 0 else -1
        if self.is_zero(one):
            return 0
        raise OutOfReach("a sign that is not certain")

    # ---- writing formulas with kernels -----------------------------------------------------------------------------

    def built(self, expression: Expression, values: Mapping[str, Sum]) -> Sum:
        """The sum that a formula comes to, given what its symbols stand for."""
        return fold(expression, lambda part, operands: self._combined(part, operands, values))

    def _combined(self, part: Expression, operands: Sequence[Sum], values: Mapping[str, Sum]) -> Sum:
        match part:
            case Number(value):
                return algebraic(rational(value))
            case Symbol(name):
                return values[name]
            case Apply(head) if head in OPERATIONS:
                return OPERATIONS[head](self, *operands)
            case Apply(head):
                formula = definition(head) or meaning(head)
                return self.unknown(head, operands) if formula is None else self.built(formula, named(operands))

    def unknown(self, head: str, operands: Sequence[Sum]) -> Sum:
        """A kernel of which nothing is known but, for some, that it is even or odd."""
        trees = tuple(tree_of(operand, self.kernels) for operand in operands)
        if len(trees) != 1:
            raise OutOfReach("a function of several numbers")
        return self.kernels.kernel(head, trees[0], _MIRRORS.get(head, 0))


_MIRRORS = {"sin": -1, "cos": 1, "erf": -1, "atan": -1, "exp": 2}


def _common(left: Monomial, right: Monomial) -> Monomial:
    """What two monomials share: every kernel that both have with exponents of one sign, with the smaller."""
    other = dict(right)
    shared = ((place, min(exponent, other.get(place, Fraction(0)), key=abs)) for place, exponent in left)
    return frozenset((place, exponent) for place, exponent in shared if exponent and exponent * other[place] > 0)


def _ratio(one: Algebraic, other: Algebraic) -> Fraction | None:
    """The rational number that is proved to be the quotient of two coefficients, a small one; else None."""
    if one.value is not None and other.value:
        return one.value / other.value
    found = quotient(one, other)
    value = certain_value(found.expression, _BITS)
    if value is None:
        return None
    guess = Fraction(float(value.mid())).limit_denominator(_LARGEST_RATIO) if abs(value) < _LARGEST_RATIO else None
    return guess if guess is not None and is_zero(difference(found, rational(guess))) else None
