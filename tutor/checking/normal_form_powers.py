"""Absolute values, roots, logarithms and exponentials as kernels of irreducible factors and single terms.

For a product u = c·Π f^e: |u| = |c|·Π s(f)·f^e with the signs of odd powers; log u = log|c| + Σ e·log|f| where u > 0;
u^r = |c|^r·Π |f|^(e·r), times the sign of u where r has an odd numerator and denominator. Rational constants split into
primes. |f|^(1/D) is a kernel R with R^D = s(f)·f. For a sum t = Σ c·m of terms, exp t is the product of the kernels
exp(u·m) to the powers c/u, where all c with which m occurs are whole multiples of u.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from tutor.checking.normal_form_cyclotomic import root_by_cosines
from tutor.checking.normal_form_denesting import Nested, denested
from tutor.checking.normal_form_field import Field, Ratio, RealNowhere, StartAgain
from tutor.checking.normal_form_scales import common_degree, common_unit, scaled_kernel, terms_of_sum
from tutor.checking.normal_form_signs import (
    Factored,
    conjugate,
    factored,
    note_sign,
    sign_by_key,
    sign_of,
    simpler_with_same_sign,
)
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.prime_factors import prime_factors
from tutor.checking.ring import Polynomial

__all__ = [
    "absolute",
    "exponential",
    "logarithm",
    "logarithm_of_magnitude",
    "rational_power",
    "sign",
    "variable",
]

# ---- variables -----------------------------------------------------------------------------------------------------


def variable(field: Field, name: str) -> Ratio:
    """A symbol: a kernel, or, where roots of it occur, its sign times a power of its smallest root."""
    degree = field.facts.scales.get(("root-of", name), 1)
    if degree == 1:
        return field.generator(field.kernel(("variable", name)))
    root = field.generator(field.kernel(("root", name, degree)))
    return field.multiply(_sign_of_variable(field, name), field.power(root, degree))


def _sign_of_variable(field: Field, name: str) -> Ratio:
    """The sign of a symbol that is written by its root, under the key that it has as a kernel of its own."""
    number = field.facts.numbers.setdefault(("variable", name), len(field.facts.numbers))
    key = frozenset({(frozenset({(number, 1)}), Fraction(1))})
    return sign_by_key(field, key)


# ---- signs and absolute values -------------------------------------------------------------------------------------


def sign(field: Field, value: Ratio) -> Ratio:
    """The sign of u; for a factor that may vanish on an interval it is a kernel of its own, with s³ = s."""
    if not value.top:
        return field.zero
    field.used.add("sign-of-product")
    parts = factored(field, value)
    result = field.constant(1 if parts.constant > 0 else -1)
    for factor, exponent in parts.factors:
        if is_nowhere_zero(field, factor):
            result = field.multiply(result, _odd_sign(field, factor, exponent))
        else:
            result = field.multiply(result, field.power(_careful_sign(field, factor), 2 - exponent % 2))
    return result


def _odd_sign(field: Field, factor: Polynomial, exponent: int) -> Ratio:
    return sign_of(field, factor) if exponent % 2 else field.one


def _careful_sign(field: Field, factor: Polynomial) -> Ratio:
    same = simpler_with_same_sign(field, factor)
    if same is not None:
        return sign(field, same)
    index = field.kernel(("sign-or-zero", field.key(factor)))
    kernel = field.generator(index)
    field.relate(index, 3, kernel)
    return kernel


def absolute(field: Field, value: Ratio) -> Ratio:
    """|u|."""
    field.used.add("absolute-value")
    return field.multiply(value, _sign_not_zero(field, value)) if value.top else value


def _sign_not_zero(field: Field, value: Ratio) -> Ratio:
    parts = factored(field, value)
    result = field.constant(1 if parts.constant > 0 else -1)
    for factor, exponent in parts.factors:
        result = field.multiply(result, _odd_sign(field, factor, exponent))
    return result


# ---- powers --------------------------------------------------------------------------------------------------------


def rational_power(field: Field, value: Ratio, exponent: Fraction) -> Ratio:
    """u^r: the real root where the denominator of r is odd, else with the fact that u is not negative."""
    if exponent.denominator == 1:
        return field.power(value, exponent.numerator)
    if not value.top:
        if exponent < 0:
            raise RealNowhere("division by zero")
        return field.zero
    parts = factored(field, value)
    field.used.add("odd-root" if exponent.denominator % 2 else "root-of-product")
    if exponent.denominator % 2 == 0:
        note_sign(field, parts, is_strict=exponent < 0)
    result = _constant_power(field, abs(parts.constant), exponent)
    for factor, power in parts.factors:
        result = field.multiply(result, _magnitude(field, factor, power * exponent))
    is_odd = exponent.denominator % 2 and exponent.numerator % 2
    return field.multiply(result, _sign_not_zero(field, value)) if is_odd else result


def _constant_power(field: Field, value: Fraction, exponent: Fraction) -> Ratio:
    result = field.one
    for prime, count in prime_factors(value):
        result = field.multiply(result, _prime_power(field, prime, count * exponent))
    return result


def _prime_power(field: Field, prime: int, exponent: Fraction) -> Ratio:
    if exponent.denominator == 1:
        return field.power(field.constant(prime), int(exponent))
    degree = common_degree(field, ("prime-root", prime), exponent.denominator)
    root = root_by_cosines(field, prime) if degree % 2 == 0 else None
    if root is not None and degree == 2:
        field.used.add("gauss-sum")
        return field.power(root, int(2 * exponent))
    index = field.kernel(("prime-root", prime, degree))
    if root is None:
        field.relate(index, degree, field.constant(prime))
    else:
        field.used.add("gauss-sum")
        field.relate(index, degree // 2, root)
    return _root_power(field, index, degree, exponent)


def _magnitude(field: Field, factor: Polynomial, exponent: Fraction) -> Ratio:
    """|f|^r for an irreducible factor."""
    index = field.single(factor)
    if index is not None:
        known = _magnitude_of_kernel(field, index, exponent)
        if known is not None:
            return known
    nested = denested(field, factor) if exponent.denominator % 2 == 0 else None
    if nested is not None:
        return _power_of_magnitude(field, _nested_root(field, factor, nested), 2 * exponent)
    return _unnested_magnitude(field, factor, exponent)


def _nested_root(field: Field, factor: Polynomial, nested: Nested) -> Ratio:
    """√|p| ± √|q|."""
    field.used.add("denesting")
    first, second = (_power_of_magnitude(field, part, Fraction(1, 2)) for part in (nested.first, nested.second))
    return field.add(first, field.multiply(_sign_of_nested(field, factor, nested), second))


def _sign_of_nested(field: Field, factor: Polynomial, nested: Nested) -> Ratio:
    return field.multiply(sign_of(field, factor), _sign_not_zero(field, nested.multiplier))


def _unnested_magnitude(field: Field, factor: Polynomial, exponent: Fraction) -> Ratio:
    found = _first_conjugate(field, factor) if exponent.denominator > 1 else None
    if found is not None:
        field.used.add("root-of-conjugate")
        other = _unnested_magnitude(field, found[1], -exponent)
        return field.multiply(_power_of_magnitude(field, found[0], exponent), other)
    if exponent.denominator == 1:
        power = field.power(Ratio(factor, field.ring.one), int(exponent))
        return field.multiply(power, sign_of(field, factor)) if exponent % 2 else power
    degree = common_degree(field, ("root", field.key(factor)), exponent.denominator)
    signed = field.multiply(sign_of(field, factor), Ratio(factor, field.ring.one))
    index = field.kernel(("root", field.key(factor), degree), Ratio(factor, field.ring.one))
    field.relate(index, degree, signed)
    return _root_power(field, index, degree, exponent)


def _magnitude_of_kernel(field: Field, index: int, exponent: Fraction) -> Ratio | None:
    """|g|^r where the kernel g is an exponential, a sign, a root, or a variable; None for the others."""
    match field.descriptors[index]:
        case ("exp", *_):
            return exponential(field, field.scale(field.arguments[index], exponent))
        case ("euler", Fraction() as unit):
            return exponential(field, field.constant(exponent * unit))
        case ("sign", _):
            return field.one
        case ("prime-root", int(prime), int(degree)):
            return _prime_power(field, prime, exponent / degree)
        case ("root", str(name), int(degree)):
            return _variable_root(field, name, exponent / degree)
        case ("root", _, int(degree)):
            return _magnitude(field, field.arguments[index].top, exponent / degree)
        case ("variable", str(name)) if exponent.denominator > 1:
            return _variable_root(field, name, exponent)
        case _:
            return None


def _variable_root(field: Field, name: str, exponent: Fraction) -> Ratio:
    known = field.facts.scales.get(("root-of", name), 1)
    degree = common_degree(field, ("root-of", name), lcm(exponent.denominator, known))
    if ("variable", name) in field.descriptors:
        raise StartAgain
    return _root_power(field, field.kernel(("root", name, degree)), degree, exponent)


def _root_power(field: Field, index: int, degree: int, exponent: Fraction) -> Ratio:
    return field.power(field.generator(index), int(exponent * degree))


# ---- logarithms ----------------------------------------------------------------------------------------------------


def logarithm(field: Field, value: Ratio) -> Ratio:
    """log(u), with the fact that u is positive."""
    if not value.top:
        raise RealNowhere("log 0")
    parts = factored(field, value)
    note_sign(field, parts, is_strict=True)
    return logarithm_of_magnitude(field, parts)


def logarithm_of_magnitude(field: Field, parts: Factored) -> Ratio:
    """log|u| of a product that is not zero."""
    field.used.add("logarithm-of-product")
    result = _log_constant(field, abs(parts.constant))
    for factor, count in parts.factors:
        result = field.add(result, field.scale(_log_magnitude(field, factor), count))
    return result


def _log_constant(field: Field, value: Fraction) -> Ratio:
    result = field.zero
    for prime, count in prime_factors(value):
        result = field.add(result, field.scale(_prime_logarithm(field, prime), count))
    return result


def _prime_logarithm(field: Field, prime: int) -> Ratio:
    return field.generator(field.kernel(("prime-log", prime)))


def _log_magnitude(field: Field, factor: Polynomial) -> Ratio:
    """log|f| for an irreducible factor."""
    index = field.single(factor)
    known = None if index is None else _log_of_kernel(field, index)
    if known is not None:
        return known
    nested = denested(field, factor)
    root = None if nested is None else _nested_root(field, factor, nested)
    if root is not None and not any(field.descriptors[each][0] == "sign" for each in field.kernels_of(root)):
        return field.scale(logarithm_of_magnitude(field, factored(field, root)), 2)
    inverse = _by_conjugate(field, factor)
    return _log_kernel(field, factor) if inverse is None else inverse


def _log_kernel(field: Field, factor: Polynomial) -> Ratio:
    return field.generator(field.kernel(("log", field.key(factor)), Ratio(factor, field.ring.one)))


def _log_of_kernel(field: Field, index: int) -> Ratio | None:
    match field.descriptors[index]:
        case ("exp", *_):
            return field.arguments[index]
        case ("euler", Fraction() as unit):
            return field.constant(unit)
        case ("sign", _):
            return field.zero
        case ("prime-root", int(prime), int(degree)):
            return field.scale(_prime_logarithm(field, prime), Fraction(1, degree))
        case ("root", str(name), int(degree)):
            logarithm_of_it = field.generator(field.kernel(("log", name), field.generator(index)))
            return field.scale(logarithm_of_it, Fraction(1, degree))
        case ("root", _, int(degree)):
            return field.scale(_log_magnitude(field, field.arguments[index].top), Fraction(1, degree))
        case ("variable", str(name)):
            return field.generator(field.kernel(("log", name), field.generator(index)))
        case _:
            return None


def _first_conjugate(field: Field, factor: Polynomial) -> tuple[Ratio, Polynomial] | None:
    """Where the conjugate, with leading coefficient 1, is before a factor in order: their product, and it."""
    found = conjugate(field, factor)
    if found is None:
        return None
    leading = field.ring.leading(found.flipped)
    other = field.ring.scaled(found.flipped, 1 / leading)
    is_first = field.ring.terms(other) < field.ring.terms(factor)
    return (field.scale(found.norm, 1 / leading), other) if is_first else None


def _by_conjugate(field: Field, factor: Polynomial) -> Ratio | None:
    """log|a + b·R| = log|N| - log|a - b·R| where the norm N is one term, and the other kernel is first in order."""
    found = _first_conjugate(field, factor)
    if found is None:
        return None
    field.used.add("logarithm-of-conjugate")
    norm, other = found
    return field.subtract(logarithm_of_magnitude(field, factored(field, norm)), _log_kernel(field, other))


# ---- exponentials --------------------------------------------------------------------------------------------------


def exponential(field: Field, value: Ratio) -> Ratio:
    """exp(t) as a product over the terms of t."""
    field.used.add("exponential-of-sum")
    result = field.one
    for multiple, term in terms_of_sum(field, value):
        result = field.multiply(result, _exponential_of_term(field, multiple, term))
    return result


def _exponential_of_term(field: Field, multiple: Fraction, term: Ratio) -> Ratio:
    if field.rational(term) is not None:
        unit, count = common_unit(field, ("euler",), multiple)
        return field.power(field.generator(field.kernel(("euler", unit))), count)
    index = field.single(term.top) if field.ring.is_constant(term.bottom) else None
    known = None if index is None else _exponential_of_logarithm(field, multiple, index)
    if known is not None:
        field.used.add("power-of-logarithm")
        return known
    index, count = scaled_kernel(field, "exp", term, multiple)
    if not field.is_real(term):
        field.imaginary.add(index)
    return field.power(field.generator(index), count)


def _exponential_of_logarithm(field: Field, multiple: Fraction, index: int) -> Ratio | None:
    """exp(c·log|f|) where a kernel is such a logarithm, else None."""
    match field.descriptors[index]:
        case ("prime-log", int(prime)):
            return _prime_power(field, prime, multiple)
        case ("log", str(name)):
            return _power_of_magnitude(field, variable(field, name), multiple)
        case ("log", _):
            return _magnitude(field, field.arguments[index].top, multiple)
        case _:
            return None


def _power_of_magnitude(field: Field, value: Ratio, exponent: Fraction) -> Ratio:
    """|u|^r of a fraction that is not zero."""
    parts = factored(field, value)
    result = _constant_power(field, abs(parts.constant), exponent)
    for factor, power in parts.factors:
        result = field.multiply(result, _magnitude(field, factor, power * exponent))
    return result
