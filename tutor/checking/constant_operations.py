"""What each operation does to constants that are written as sums of kernels (`constant_sum`).

Every operation is an identity of real numbers; where one would need a sign that is not certain, OutOfReach is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from types import MappingProxyType
from typing import Protocol

from tutor.checking.constant_sum import (
    CONSTANT,
    Kernels,
    Monomial,
    Sum,
    add,
    algebraic,
    formula,
    inverse,
    multiply,
    rational_of,
    scaled,
    tree_of,
)
from tutor.checking.zero_bound import Algebraic, OutOfReach, certain_sign, cosine_of_turn, power, rational, root
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Number

__all__ = ["OPERATIONS", "Table", "definition"]

_HIGHEST_POWER = 12
_PRIMES_UP_TO = 1 << 11
_ONE = Fraction(1)


class Table(Protocol):
    """What operations ask of the decision that they are part of."""

    kernels: Kernels

    def sign(self, one: Sum) -> int:
        """The sign of a sum; OutOfReach when it is not certain."""
        ...

    def built(self, expression: Expression, values: Mapping[str, Sum]) -> Sum:
        """The sum that a formula comes to, given what its symbols stand for."""
        ...

    def unknown(self, head: str, operands: Sequence[Sum]) -> Sum:
        """A kernel of which nothing is known but, for some, that it is even or odd."""
        ...


def _negative(table: Table, u: Sum) -> Sum:
    return scaled(u, rational(-1))


def _minus(table: Table, u: Sum, v: Sum) -> Sum:
    return add(u, _negative(table, v))


def _times(table: Table, u: Sum, v: Sum) -> Sum:
    return multiply(u, v)


def _over(table: Table, u: Sum, v: Sum) -> Sum:
    flipped_v = inverse(v)
    if flipped_v is None:
        if table.sign(v) == 0:
            raise OutOfReach("division by zero")
        flipped_v = table.kernels.kernel("reciprocal", tree_of(v, table.kernels), -1)
    return multiply(u, flipped_v)


def _power(table: Table, u: Sum, v: Sum) -> Sum:
    """u^v: whole powers, roots of algebraic numbers, else exp(v·log u)."""
    exponent = rational_of(v)
    if exponent is None:
        return _exponential(table, multiply(v, _logarithm(table, u)))
    if exponent.denominator == 1:
        return _whole_power(table, u, exponent.numerator)
    if set(u) == {CONSTANT}:
        return algebraic(power(root(u[CONSTANT], exponent.denominator), exponent.numerator))
    if not u and exponent > 0:
        return {}
    factors = _positive_factors(table, u)
    if factors is not None:
        coefficient, powers = factors
        raised = power(root(coefficient, exponent.denominator), exponent.numerator)
        return {frozenset((place, each * exponent) for place, each in powers): raised}
    return _exponential(table, scaled(_logarithm(table, u), rational(exponent)))


def _whole_power(table: Table, u: Sum, exponent: int) -> Sum:
    if exponent < 0:
        return _over(table, algebraic(rational(1)), _whole_power(table, u, -exponent))
    if set(u) == {CONSTANT}:
        return algebraic(power(u[CONSTANT], exponent))
    if exponent > _HIGHEST_POWER:
        raise OutOfReach("a high power")
    return reduce(multiply, [u] * exponent, algebraic(rational(1)))


def _root(table: Table, u: Sum, index: Sum) -> Sum:
    degree = rational_of(index)
    if not degree:
        raise OutOfReach("a root of no known degree")
    return _power(table, u, algebraic(rational(1 / degree)))


def _square_root(table: Table, u: Sum) -> Sum:
    return _power(table, u, algebraic(rational(Fraction(1, 2))))


def _exponential(table: Table, u: Sum) -> Sum:
    """The exponential of rational terms, of rational multiples of logarithms, and of the rest as one kernel."""
    result, rest = algebraic(rational(1)), dict(u)
    for monomial, coefficient in u.items():
        factor = None if coefficient.value is None else _known_factor(table, monomial, coefficient.value)
        if factor is not None:
            result = multiply(result, factor)
            del rest[monomial]
    return multiply(result, table.kernels.kernel("exp", tree_of(rest, table.kernels), 2)) if rest else result


def _known_factor(table: Table, monomial: Monomial, multiple: Fraction) -> Sum | None:
    """The exponential of a rational number, or of a rational multiple of the logarithm of an algebraic one."""
    if monomial == CONSTANT:
        return table.kernels.power_of_e(multiple)
    kernel = table.kernels.only(monomial)
    inner = table.built(kernel[1], {}) if kernel is not None and kernel[0] == "log" else {}
    return _power(table, inner, algebraic(rational(multiple))) if set(inner) == {CONSTANT} else None


def _logarithm(table: Table, u: Sum) -> Sum:
    """The logarithm of a product of positive factors by parts, of a sum as one kernel."""
    if table.sign(u) < 1:
        raise OutOfReach("a logarithm that may not be real")
    factors = _positive_factors(table, u)
    if factors is None:
        return table.kernels.kernel("log", tree_of(u, table.kernels))
    coefficient, powers = factors
    parts = (scaled(_logarithm_of_kernel(table, place), rational(exponent)) for place, exponent in powers)
    return reduce(add, parts, _logarithm_of(table, coefficient))


def _positive_factors(table: Table, u: Sum) -> tuple[Algebraic, Monomial] | None:
    """The coefficient and the kernels of a sum of one term in which all are positive; None for any other sum."""
    if len(u) != 1:
        return None
    ((powers, coefficient),) = u.items()
    signs = (table.sign({frozenset({(place, _ONE)}): rational(1)}) for place, _ in powers)
    return (coefficient, powers) if certain_sign(coefficient) > 0 and all(sign > 0 for sign in signs) else None


def _logarithm_of_kernel(table: Table, place: int) -> Sum:
    head, argument = table.kernels.rows[place]
    match head:
        case "e":
            return algebraic(rational(1))
        case "exp":
            return table.built(argument, {})
        case _:
            return table.kernels.kernel("log", formula(head, argument))


def _logarithm_of(table: Table, value: Algebraic) -> Sum:
    if value.value is None:
        return table.kernels.kernel("log", value.expression)
    result: Sum = {}
    for prime, count in _primes(value.value):
        result = add(result, scaled(table.kernels.kernel("log", Number(Fraction(prime))), rational(count)))
    return result


def _primes(value: Fraction) -> Iterator[tuple[int, int]]:
    """Small primes with their exponents, and what is left above and below as if it were prime."""
    for part, direction in ((value.numerator, 1), (value.denominator, -1)):
        for prime in _small_primes():
            count = 0
            while part % prime == 0:
                part, count = part // prime, count + 1
            if count:
                yield prime, direction * count
        if part > 1:
            yield part, direction


@cache
def _small_primes() -> tuple[int, ...]:
    return tuple(n for n in range(2, _PRIMES_UP_TO) if all(n % d for d in range(2, int(n**0.5) + 1)))


def _cosine(table: Table, u: Sum) -> Sum:
    turn = _turn(table, u)
    return table.unknown("cos", [u]) if turn is None else algebraic(cosine_of_turn(turn))


def _sine(table: Table, u: Sum) -> Sum:
    turn = _turn(table, u)
    return table.unknown("sin", [u]) if turn is None else algebraic(cosine_of_turn(turn - Fraction(1, 4)))


def _turn(table: Table, u: Sum) -> Fraction | None:
    """An angle in units of a whole turn, where it is a rational multiple of pi."""
    if not u:
        return Fraction(0)
    (only,) = u if len(u) == 1 else (CONSTANT,)
    kernel = table.kernels.only(only)
    value = u[only].value if kernel is not None and kernel[0] == "pi" else None
    return None if value is None else value / 2


def _arctangent(table: Table, u: Sum) -> Sum:
    return table.unknown("atan", [u]) if u else {}


def _arcsine(table: Table, u: Sum) -> Sum:
    """atan(u/√(1 - u²)), and at the ends of its domain ±pi/2."""
    rest = _minus(table, algebraic(rational(1)), multiply(u, u))
    if table.sign(rest) == 0:
        return scaled(table.kernels.pi(), rational(Fraction(table.sign(u), 2)))
    return _arctangent(table, _over(table, u, _square_root(table, rest)))


def _absolute(table: Table, u: Sum) -> Sum:
    return scaled(u, rational(table.sign(u)))


def _largest(table: Table, *us: Sum) -> Sum:
    return reduce(lambda u, v: u if table.sign(_minus(table, u, v)) > 0 else v, us)


def _smallest(table: Table, *us: Sum) -> Sum:
    return reduce(lambda u, v: v if table.sign(_minus(table, u, v)) > 0 else u, us)


# fmt: off
OPERATIONS: Mapping[str, Callable[..., Sum]] = MappingProxyType({
    "+":    lambda table, u, v: add(u, v),
    "-":    _minus,
    "*":    _times,
    "/":    _over,
    "neg":  _negative,
    "^":    _power,
    "root": _root,
    "sqrt": _square_root,
    "pi":   lambda table: table.kernels.pi(),
    "e":    lambda table: table.kernels.power_of_e(_ONE),
    "exp":  _exponential,
    "log":  _logarithm,
    "sin":  _sine,
    "cos":  _cosine,
    "atan": _arctangent,
    "asin": _arcsine,
    "abs":  _absolute,
    "sign": lambda table, u: algebraic(rational(table.sign(u))),
    "max":  _largest,
    "min":  _smallest,
})

_DEFINITIONS = {
    "tan":   "sin(u)/cos(u)",
    "acos":  "pi/2 - asin(u)",
    "sinh":  "(exp(u) - exp(-u))/2",
    "cosh":  "(exp(u) + exp(-u))/2",
    "tanh":  "1 - 2/(exp(2*u) + 1)",
    "asinh": "log(u + sqrt(u^2 + 1))",
    "acosh": "log(u + sqrt(u^2 - 1))",
    "atanh": "log((1 + u)/(1 - u))/2",
}
# fmt: on


@cache
def definition(head: str) -> Expression | None:
    """The formula in u of a function that has no operation of its own; None where there is none."""
    return parse(_DEFINITIONS[head], ("u",)).expression if head in _DEFINITIONS else None
