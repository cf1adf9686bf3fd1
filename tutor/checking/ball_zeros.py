"""All real zeros of algebraic functions of one variable, as disjoint intervals with rational ends; by FLINT, exactly.

A function is written as a fraction of polynomials in the variable and in generators for its roots and absolute values,
t^q·D = N. Resultants take the generators out of the numerator; the polynomial in the variable that is left vanishes
wherever the function does. It may vanish elsewhere too, so that intervals come out that hold no zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import lcm, prod
from typing import Any, NamedTuple, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpq_poly

from tutor.checking.ball import middle_of, working_precision
from tutor.checking.short_fraction import simplest_fraction
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.tree import Apply, Expression, Number, Symbol, walk

__all__ = ["is_algebraic", "isolated_zeros"]

_MOST_RADICALS = 4
_MOST_CONJUGATES = 16
_HIGHEST_DEGREE = 60
_HIGHEST_PART_DEGREE = 24
_MOST_TERMS = 300
_LARGEST_COEFFICIENT = 2048
"""Bits."""

_ROOT_BITS = (160, 640, 2560)

_Polynomial: TypeAlias = Any


class _Fraction(NamedTuple):
    top: _Polynomial
    bottom: _Polynomial


class _NotAlgebraic(Exception):
    """A function is not algebraic, or too large."""


def isolated_zeros(
    expressions: Iterable[Expression], variable: str, places: Iterable[Fraction] = ()
) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Disjoint intervals in order, maybe of length 0, that hold all real zeros of some functions, and some places.

    None when a function is not algebraic, when it may vanish everywhere, or when it is too large.
    """
    try:
        found = [_eliminated(expression, variable) for expression in expressions]
        linear = [fmpq_poly([fmpq(-place.numerator, place.denominator), 1]) for place in places]
        return _isolated(reduce(_joined, [*found, *linear], fmpq_poly([1])))
    except _NotAlgebraic:
        return None


def is_algebraic(expression: Expression) -> bool:
    """Whether an expression is an algebraic function of each of its symbols, by its form."""
    return all(isinstance(part, (Number, Symbol)) or _is_algebraic_step(part) for part in walk(expression))


def _is_algebraic_step(part: Apply) -> bool:
    if part.head in ("^", "root"):
        return exact_fraction(part.arguments[1]) is not None
    return part.head in _ALGEBRAIC


_ALGEBRAIC = frozenset(("+", "-", "*", "/", "neg", "sqrt", "abs", "sign"))


def _joined(left: _Polynomial, right: _Polynomial) -> _Polynomial:
    """A polynomial with all roots of two, each once."""
    free = right / right.gcd(right.derivative()) if right.degree() > 0 else fmpq_poly([1])
    joined = left * (free / left.gcd(free))
    if joined.degree() > _HIGHEST_DEGREE:
        raise _NotAlgebraic
    return joined


def _isolated(polynomial: _Polynomial) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Disjoint enclosures of the real roots of a polynomial whose roots differ; those of rational roots are exact."""
    for bits in _ROOT_BITS if polynomial.degree() > 0 else ():
        with working_precision(bits):
            roots = [root.real for root, _ in polynomial.numer().complex_roots() if root.imag == 0]
            ends = sorted((middle_of(root.lower()), middle_of(root.upper())) for root in roots)
        if all(before[1] < after[0] for before, after in pairwise(ends)):
            return tuple(_exact(polynomial, *each) for each in ends)
    return None if polynomial.degree() > 0 else ()


def _exact(polynomial: _Polynomial, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """An enclosure of a root, of length 0 where the shortest fraction in it is the root."""
    if low == high:
        return low, high
    guess = simplest_fraction(low, high)
    is_root = polynomial(fmpq(guess.numerator, guess.denominator)) == 0
    return (guess, guess) if is_root else (low, high)


# ---- one function --------------------------------------------------------------------------------------------------


class _Functions:
    """Polynomials in a variable and the generators of the roots met so far."""

    def __init__(self, variable: str) -> None:
        names = [f"g{index}" for index in range(1 + _MOST_RADICALS)]
        self.ring = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self.variable = variable
        self.one = self.ring.from_dict({(0,) * len(names): 1})
        self.radicals: list[tuple[int, _Fraction, _Fraction | None]] = []

    def combined(self, part: Expression, operands: list[_Fraction]) -> _Fraction:
        """The fraction of a part, from those of its arguments."""
        match part:
            case Number(value):
                return self.constant(value)
            case Symbol(name) if name == self.variable:
                return _Fraction(self.ring.gens()[0], self.one)
            case Apply("^" | "root" | "sqrt"):
                return self.power(operands[0], _exponent(part))
            case Apply("abs", _):
                return self.radical(_raised(operands[0], 2), 2)
            case Apply("sign", _):
                return self.radical(self.constant(Fraction(1)), 2, operands[0])
            case Apply("+" | "-" | "*" | "/" | "neg" as head, _):
                return _small(_arithmetic(head, operands))
            case _:
                raise _NotAlgebraic

    def constant(self, value: Fraction) -> _Fraction:
        """A rational number."""
        return _Fraction(self.one * fmpq(value.numerator, value.denominator), self.one)

    def power(self, base: _Fraction, exponent: Fraction | None) -> _Fraction:
        """A power with an exact exponent."""
        if exponent is None:
            raise _NotAlgebraic
        root = base if exponent.denominator == 1 else self.radical(base, exponent.denominator)
        return _raised(root, exponent.numerator)

    def radical(self, radicand: _Fraction, index: int, of: _Fraction | None = None) -> _Fraction:
        """The generator of a root; its other values are let in too. `of` tells signs apart, whose squares are all 1."""
        row = (index, radicand, of)
        if row not in self.radicals:
            if len(self.radicals) == _MOST_RADICALS or index * prod(each[0] for each in self.radicals) > (
                _MOST_CONJUGATES
            ):
                raise _NotAlgebraic
            self.radicals.append(row)
        return _Fraction(self.ring.gens()[1 + self.radicals.index(row)], self.one)


def _eliminated(expression: Expression, variable: str) -> _Polynomial:
    """A polynomial in the variable that vanishes wherever a function does, and not everywhere."""
    functions = _Functions(variable)
    top = fold(expression, lambda part, operands: functions.combined(part, list(operands))).top
    for place in range(len(functions.radicals), 0, -1):
        index, radicand, _ = functions.radicals[place - 1]
        relation = functions.ring.gens()[place] ** index * radicand.bottom - radicand.top
        degrees = [part.degrees() for part in (top, relation)]
        if degrees[0][0] * index + degrees[1][0] * degrees[0][place] > _HIGHEST_DEGREE:
            raise _NotAlgebraic
        top = top.resultant(relation, f"g{place}") if degrees[0][place] else top
    if not top:
        raise _NotAlgebraic
    return _in_one_variable(top)


def _in_one_variable(element: _Polynomial) -> _Polynomial:
    coefficients = {powers[0]: value for powers, value in element.to_dict().items()}
    dense = [coefficients.get(power, fmpq(0)) for power in range(max(coefficients) + 1)]
    if sum(_bits(value) for value in dense) > 64 * _LARGEST_COEFFICIENT:
        raise _NotAlgebraic
    scale = lcm(*(int(value.q) for value in dense))
    return fmpq_poly([value * scale for value in dense])


def _exponent(part: Apply) -> Fraction | None:
    """The exponent of a power or root, where it is exact."""
    if part.head == "sqrt":
        return Fraction(1, 2)
    exact = exact_fraction(part.arguments[1])
    return (1 / exact if exact else None) if part.head == "root" else exact


def _arithmetic(head: str, operands: list[_Fraction]) -> _Fraction:
    (a, b), (c, d) = operands[0], operands[-1]
    match head:
        case "neg":
            return _Fraction(-a, b)
        case "*":
            return _Fraction(a * c, b * d)
        case "/":
            return _divided(a * d, b * c)
        case _ if b == d:
            return _Fraction(a + c if head == "+" else a - c, b)
        case "+":
            return _Fraction(a * d + c * b, b * d)
        case _:
            return _Fraction(a * d - c * b, b * d)


def _divided(top: _Polynomial, bottom: _Polynomial) -> _Fraction:
    if not bottom:
        raise _NotAlgebraic
    return _Fraction(top, bottom)


def _raised(base: _Fraction, exponent: int) -> _Fraction:
    """A whole power, the size of which is estimated first."""
    degree = max(max(part.degrees()) if part else 0 for part in base)
    terms = max(len(part) for part in base)
    bits = max((_bits(value) for part in base for value in part.coeffs()), default=0)
    count = abs(exponent)
    if count * degree > _HIGHEST_PART_DEGREE or count * (bits + terms.bit_length()) > _LARGEST_COEFFICIENT:
        raise _NotAlgebraic
    top, bottom = base if exponent >= 0 else _divided(base.bottom, base.top)
    return _small(_Fraction(top**count, bottom**count))


def _small(one: _Fraction) -> _Fraction:
    """A fraction within the budget."""
    for part in one:
        if not part:
            continue
        if len(part) > _MOST_TERMS or max(part.degrees()) > _HIGHEST_PART_DEGREE:
            raise _NotAlgebraic
        if max(_bits(value) for value in part.coeffs()) > _LARGEST_COEFFICIENT:
            raise _NotAlgebraic
    return one


def _bits(value: Any) -> int:
    return max(int(value.p).bit_length(), int(value.q).bit_length())
