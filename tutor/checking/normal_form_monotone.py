"""Simpler elements with the sign of a factor: arguments of increasing functions, and their differences.

exp, log, and the odd functions atan, erf, asin increase. So atan u has the sign of u, atan u - atan v that of u - v,
exp u - exp v that of u - v, and a sum Σ n·log|f| with whole n that of Π |f|^n - 1. The
arctangent is below pi/2 in size.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm

from tutor.checking.normal_form_conjugates import flipped_root, square_roots
from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.ring import Monomial, Polynomial

__all__ = ["with_same_sign"]

_ODD = frozenset(("arctangent", "erf", "arcsine", "asinh", "atanh"))
_MOST_TERMS = 4
_MOST_POWER = 6


def with_same_sign(field: Field, factor: Polynomial, known_sign: Callable[[Polynomial], int]) -> Ratio | None:
    """A fraction that has the sign of a factor wherever that is real, None where no rule gives one."""
    if len(factor) > _MOST_TERMS:
        return None
    terms = field.ring.terms(factor)
    singles = [_single(powers) for powers, _ in terms]
    kinds = {None if index is None else field.descriptors[index][0] for index in singles}
    if kinds <= _ODD and len(kinds) == 1 and len(terms) <= 2:
        return _of_odd_functions(field, terms)
    if kinds <= {"log", "prime-log"}:
        return _of_conjugates(field, terms) or _of_logarithms(field, terms, known_sign)
    return (_of_exponentials(field, terms) if len(terms) == 2 else None) or _of_angles(field, terms)


def _single(powers: Monomial) -> int | None:
    return powers.index(1) if sum(powers) == 1 else None


def _of_odd_functions(field: Field, terms: list[tuple[Monomial, Fraction]]) -> Ratio | None:
    """U or u ± v for a multiple of K(u), K(u) ± K(v)."""
    if len({abs(value) for _, value in terms}) > 1:
        return None
    total = field.zero
    for powers, value in terms:
        total = field.add(total, field.scale(field.arguments[powers.index(1)], 1 if value > 0 else -1))
    return total if total.top else None


def _of_exponentials(field: Field, terms: list[tuple[Monomial, Fraction]]) -> Ratio | None:
    """Σ n·u - Σ m·v for Π exp(u)^n - Π exp(v)^m."""
    (_, first), (_, second) = terms
    indices = {index for powers, _ in terms for index, power in enumerate(powers) if power}
    if first != -second or any(field.descriptors[index][0] != "exp" for index in indices):
        return None
    total = field.zero
    for powers, value in terms:
        for index, power in enumerate(powers):
            if power:
                total = field.add(total, field.scale(field.arguments[index], int(power) if value > 0 else -int(power)))
    return total if total.top else None


def _of_angles(field: Field, terms: list[tuple[Monomial, Fraction]]) -> Ratio | None:
    """c·s for c·s·pi + Σ b·atan u where s is a product of signs and |c| ≥ Σ |b|/2, as |atan u| < pi/2."""
    rest, turns = Fraction(0), []
    for powers, value in terms:
        kinds = sorted(str(field.descriptors[index][0]) for index, power in enumerate(powers) for _ in range(power))
        if kinds == ["arctangent"]:
            rest += abs(value)
        elif kinds and kinds[0] == "pi" and set(kinds[1:]) <= {"sign"}:
            turns.append((powers, value))
        else:
            return None
    if len(turns) != 1 or not rest or 2 * abs(turns[0][1]) < rest:
        return None
    signs, value = turns[0]
    place = field.kernel(("pi",))
    return Ratio(field.ring.polynomial([((*signs[:place], 0, *signs[place + 1 :]), value)]), field.ring.one)


def _of_conjugates(field: Field, terms: list[tuple[Monomial, Fraction]]) -> Ratio | None:
    """c·a·b·R for c·log|a + b·R| where |a + b·R|·|a - b·R| = 1, as the larger of the two is above 1."""
    ((powers, value), *others) = terms
    argument = field.arguments.get(powers.index(1))
    if others or argument is None or not 1 < len(argument.top) <= _MOST_TERMS:
        return None
    for index in square_roots(field, argument.top):
        rooted, flipped = flipped_root(field, argument.top, index)
        norm = field.rational(field.reduced(field.product(argument.top, flipped), field.ring.one))
        if norm is not None and abs(norm) == 1:
            product = field.product(argument.top - rooted, rooted)
            return field.reduced(field.ring.scaled(product, value), field.ring.one)
    return None


def _of_logarithms(
    field: Field, terms: list[tuple[Monomial, Fraction]], known_sign: Callable[[Polynomial], int]
) -> Ratio | None:
    """Π |f|^n over those with n > 0 less the same over the others, for Σ n·log|f|; the signs of all f must be known."""
    scale = lcm(*(value.denominator for _, value in terms))
    sides = {1: field.one, -1: field.one}
    for powers, value in terms:
        count, direction = abs(int(value * scale)), 1 if value > 0 else -1
        size = _magnitude(field, powers.index(1), known_sign)
        if size is None or count > _MOST_POWER or not field.can_expand(size, count):
            return None
        sides[direction] = field.multiply(sides[direction], field.power(size, count))
    total = field.subtract(sides[1], sides[-1])
    return total if total.top else None


def _magnitude(field: Field, index: int, known_sign: Callable[[Polynomial], int]) -> Ratio | None:
    """|f| for a kernel log|f|, None where the sign of f is not known."""
    match field.descriptors[index]:
        case ("prime-log", int(prime)):
            return field.constant(prime)
        case _:
            argument = field.arguments[index]
            sign = known_sign(argument.top)
            return field.scale(argument, sign) if sign else None
