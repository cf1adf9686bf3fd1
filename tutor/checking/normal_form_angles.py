"""Trigonometric functions and their inverses.

Sine and cosine are written in one of two ways: with the kernels exp(i·m/L) of the terms m of the angle (Euler), or with
the real kernels tan(m/(2L)), in which every value has real factors, so that its sign, root or logarithm can be taken.
The arctangent is an odd kernel; of u and 1/u one is chosen, since atan u + atan 1/u = s(u)·pi/2; atan 1, atan √3 are
multiples of pi; asin u = atan(u/√(1 - u²)), acos u = pi/2 - asin u.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.checking.gaussian_primes import angle_of_fraction
from tutor.checking.normal_form_arctangents import Turned, simpler_arctangent
from tutor.checking.normal_form_conjugates import rationalized
from tutor.checking.normal_form_cyclotomic import cosine_of_turn
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio
from tutor.checking.normal_form_powers import rational_power
from tutor.checking.normal_form_scales import scaled_kernel, terms_of_sum
from tutor.checking.normal_form_signs import Factored, factored, note_sign, sign_of
from tutor.checking.normal_form_zeros import is_nowhere_constant, is_nowhere_zero
from tutor.checking.ring import Polynomial

__all__ = ["arccosine", "arcsine", "arctangent", "odd_kernel", "pi", "sine_and_cosine"]

_HALF = Fraction(1, 2)
_TWELFTH = 12
_MOST_TURNS = 64
"""The largest whole multiple of an angle that is written by the angle's half tangent."""

# fmt: off
_ARCTANGENTS = {Fraction(1, 3): Fraction(1, 6), Fraction(1): Fraction(1, 4), Fraction(3): Fraction(1, 3)}
"""u² against atan|u| in units of pi."""
# fmt: on


_SURD_TANGENTS = {
    (-1, 2): Fraction(1, 8),
    (1, 2): Fraction(3, 8),
    (2, -3): Fraction(1, 12),
    (2, 3): Fraction(5, 12),
}
"""a and b against atan(a ± √|b|) in units of pi, with the sign of b."""


def pi(field: Field) -> Ratio:
    """The kernel pi."""
    return field.generator(field.kernel(("pi",)))


# ---- sine and cosine -----------------------------------------------------------------------------------------------


def sine_and_cosine(field: Field, angle: Ratio) -> tuple[Ratio, Ratio]:
    """The sine and the cosine of an angle."""
    return field.pair("angle", angle, _by_exponentials if field.writing.is_complex else _by_half_tangents)


def _by_exponentials(field: Field, angle: Ratio) -> tuple[Ratio, Ratio]:
    """(z - 1/z)/2i and (z + 1/z)/2 for z = exp(i·angle)."""
    field.used.add("euler")
    unit, turn = field.imaginary_unit(), field.one
    for multiple, term in terms_of_sum(field, angle):
        turn = field.multiply(turn, _turn(field, multiple, term))
    back = field.inverse(turn)
    sine = field.multiply(field.subtract(turn, back), field.scale(unit, -_HALF))
    return sine, field.scale(field.add(turn, back), _HALF)


def _turn(field: Field, multiple: Fraction, term: Ratio) -> Ratio:
    """exp(i·c·m) for one term; a twelfth is a third less a quarter."""
    if not field.writing.is_complex and _has_half_tangent(field, multiple / 2, term):
        sine, cosine = _of_half_tangents(field, [(multiple, term)])
        return field.add(cosine, field.multiply(field.imaginary_unit(), sine))
    if multiple.denominator == _TWELFTH:
        thirds = _turn(field, Fraction(multiple.numerator, 3), term)
        return field.multiply(thirds, _turn(field, Fraction(-multiple.numerator, 4), term))
    known = _known_tangent(field, multiple, term)
    if known is not None:
        sine, cosine, count = known
        length = rational_power(field, _sum_of_squares(field, sine, cosine), -_HALF)
        turn = field.add(cosine, field.multiply(field.imaginary_unit(), sine))
        return field.power(field.multiply(turn, length), count)
    index, count = scaled_kernel(field, "turn", term, multiple)
    field.imaginary.add(index)
    return field.power(field.generator(index), count)


def _by_half_tangents(field: Field, angle: Ratio) -> tuple[Ratio, Ratio]:
    """Sine and cosine by tangents of halves; by exponentials where such a tangent could be infinite on an open set."""
    terms = terms_of_sum(field, angle)
    if all(_has_half_tangent(field, multiple / 2, term) for multiple, term in terms):
        return _of_half_tangents(field, terms)
    return _by_exponentials(field, angle)


def _of_half_tangents(field: Field, terms: Sequence[tuple[Fraction, Ratio]]) -> tuple[Ratio, Ratio]:
    """2ab/(a² + b²) and (b² - a²)/(a² + b²), where a/b is the tangent of half the angle."""
    field.used.add("half-tangent")
    a, b = field.zero, field.one
    for multiple, term in terms:
        a, b = _turned(field, (a, b), _half(field, multiple / 2, term))
    squares = _sum_of_squares(field, a, b)
    sine = field.divide(field.scale(field.multiply(a, b), 2), squares)
    return sine, field.divide(field.subtract(field.multiply(b, b), field.multiply(a, a)), squares)


def _half(field: Field, multiple: Fraction, term: Ratio) -> tuple[Ratio, Ratio]:
    """Multiples of sine and cosine of c·m."""
    known = _known_tangent(field, multiple, term)
    if known is None:
        index, count = scaled_kernel(field, "half-tangent", term, multiple)
        known = field.generator(index), field.one, count
    sine, cosine, count = known
    if abs(count) > _MOST_TURNS:
        raise OutOfReach("angle")
    result = field.zero, field.one
    for _ in range(abs(count)):
        result = _turned(field, result, (sine, cosine))
    return (field.negative(result[0]), result[1]) if count < 0 else result


def _has_half_tangent(field: Field, multiple: Fraction, term: Ratio) -> bool:
    """Whether the tangent of c·m is known, or infinite on no open set."""
    if is_nowhere_constant(field, term) or _is_certain_number(field, term):
        return True
    return _known_tangent(field, multiple, term) is not None


def _is_certain_number(field: Field, term: Ratio) -> bool:
    """Whether a term is a number no rational multiple of which is a right angle, or pi itself.

    Algebraic numbers are none since pi is transcendental, and log p is none since e^pi is (Gelfond, 1929).
    """
    kinds = [field.descriptors[index][0] for index in field.kernels_of(term)]
    return set(kinds) <= {"prime-root"} or (kinds in (["prime-log"], ["pi"]) and field.single(term.top) is not None)


def _turned(field: Field, left: tuple[Ratio, Ratio], right: tuple[Ratio, Ratio]) -> tuple[Ratio, Ratio]:
    """Sine and cosine of a sum, from multiples of those of its parts."""
    sine = field.add(field.multiply(left[0], right[1]), field.multiply(left[1], right[0]))
    return sine, field.subtract(field.multiply(left[1], right[1]), field.multiply(left[0], right[0]))


def _sum_of_squares(field: Field, a: Ratio, b: Ratio) -> Ratio:
    return field.add(field.multiply(a, a), field.multiply(b, b))


def _known_tangent(field: Field, multiple: Fraction, term: Ratio) -> tuple[Ratio, Ratio, int] | None:
    """Positive multiples of sine and cosine of an angle of which c·m is so many times; None if unknown."""
    if not field.ring.is_constant(term.bottom) or max(field.ring.degrees(term.top)) > 1:
        return None
    kernels = sorted(field.kernels_of(term.top), key=lambda index: field.descriptors[index][0] != "pi")
    match [field.descriptors[index][0] for index in kernels], multiple.denominator:
        case ["pi", *signs], _ if set(signs) <= {"sign"}:
            field.used.add("exact-angle")
            return _known_turn(field, multiple, kernels[1:])
        case ["arctangent"], 1 | 2 if field.single(term.top) is not None:
            field.used.add("angle-of-arctangent")
            value = field.arguments[kernels[0]]
            return value, _cosine_of(field, value, multiple), multiple.numerator
        case ["arcsine"], 1 | 2 if field.single(term.top) is not None:
            field.used.add("angle-of-arcsine")
            value = field.arguments[kernels[0]]
            cosine = rational_power(field, field.subtract(field.one, field.multiply(value, value)), _HALF)
            return value, cosine if multiple.denominator == 1 else field.add(field.one, cosine), multiple.numerator
        case _:
            return None


def _known_turn(field: Field, multiple: Fraction, signs: list[int]) -> tuple[Ratio, Ratio, int]:
    """Multiples of sine and cosine of s·pi/q, where s is a product of signs, and the numerator of the multiple."""
    is_surd = multiple.denominator in _TANGENTS
    if is_surd:
        sine, cosine = (_surd(field, row) for row in _TANGENTS[multiple.denominator])
    else:
        field.used.add("cosine-of-turn")
        sine, cosine = cosine_of_turn(field, _HALF - multiple), cosine_of_turn(field, multiple)
    for index in signs:
        sine = field.multiply(sine, field.generator(index))
    return sine, cosine, multiple.numerator % (2 * multiple.denominator) if is_surd else 1


def _cosine_of(field: Field, value: Ratio, multiple: Fraction) -> Ratio:
    """What stands to u as cosine to sine of atan(u), or of atan(u)/2."""
    if multiple.denominator == 1:
        return field.one
    return field.add(field.one, rational_power(field, _sum_of_squares(field, value, field.one), _HALF))


_TANGENTS = {
    1: ((0, 0), (-1, 0)),
    2: ((1, 0), (0, 0)),
    3: ((0, 3), (1, 0)),
    4: ((1, 0), (1, 0)),
    6: ((1, 0), (0, 3)),
}
"""Denominator q against multiples of sin(pi/q) and cos(pi/q), each a number plus or minus a square root."""


def _surd(field: Field, row: tuple[int, int]) -> Ratio:
    number, radicand = row
    result = field.constant(number)
    if radicand:
        root = rational_power(field, field.constant(abs(radicand)), _HALF)
        result = field.add(result, root if radicand > 0 else field.negative(root))
    return result


# ---- inverses ------------------------------------------------------------------------------------------------------


def arctangent(field: Field, value: Ratio) -> Ratio:
    """atan(u)."""
    if not value.top:
        return field.zero
    square = field.rational(field.multiply(value, value))
    if square in _ARCTANGENTS:
        field.used.add("exact-arctangent")
        size = field.scale(pi(field), _ARCTANGENTS[square])
        return field.multiply(size, _product_of_signs(field, factored(field, value)))
    number = field.rational(value)
    if number is not None:
        return _arctangent_of_fraction(field, number)
    given, value = value, rationalized(field, value)
    known = _arctangent_of_surd(field, value)
    if known is not None:
        field.used.add("surd-arctangent")
        return field.scale(pi(field), known)
    turned = simpler_arctangent(field, value)
    return _arctangent_kernel(field, value) if turned is None else _of_turned(field, given, turned)


def _of_turned(field: Field, value: Ratio, turned: Turned) -> Ratio:
    """An arctangent by that of half or twice the angle."""
    field.used.add("half-arctangent")
    quarter = field.scale(pi(field), Fraction(1, 4))
    result = field.scale(arctangent(field, turned.argument), turned.multiple)
    if turned.signed_quarters:
        signed = field.multiply(quarter, _product_of_signs(field, factored(field, value)))
        result = field.add(result, field.scale(signed, turned.signed_quarters))
    return field.add(result, field.scale(quarter, turned.quarters))


def _arctangent_kernel(field: Field, value: Ratio) -> Ratio:
    """The kernel of u, or of 1/u, whose denominator is a number, or that is first in order."""
    if field.ring.is_constant(value.bottom) or _has_steps(field, value.top):
        return odd_kernel(field, "arctangent", value)
    reciprocal = rationalized(field, field.inverse(value))
    if _rank(field, value) <= _rank(field, reciprocal):
        return odd_kernel(field, "arctangent", value)
    field.used.add("arctangent-of-reciprocal")
    turned = odd_kernel(field, "arctangent", reciprocal)
    quarter = field.scale(pi(field), _HALF)
    signs = _product_of_signs(field, factored(field, value))
    return field.subtract(field.multiply(quarter, signs), turned)


def _has_steps(field: Field, element: Polynomial) -> bool:
    """Whether a kernel occurs that may be zero on an open set and is cancelled in reciprocals: t/t³ = 1 for t³ = t."""
    return any(field.descriptors[index][0] == "sign-or-zero" for index in field.kernels_of(element))


def _arctangent_of_surd(field: Field, value: Ratio) -> Fraction | None:
    """The arctangent in units of pi of some numbers a + √b, else None."""
    if not {field.descriptors[index][0] for index in field.kernels_of(value)} <= {"prime-root", "cosine"}:
        return None
    for row, angle in _SURD_TANGENTS.items():
        tangent = _surd(field, row)
        if tangent in (value, field.negative(value)):
            return angle if tangent == value else -angle
    return None


def _arctangent_of_fraction(field: Field, value: Fraction) -> Ratio:
    """The atan(b/a) of the Gaussian primes a + bi of q + pi, and a multiple of pi/4, for atan(p/q)."""
    found = angle_of_fraction(value)
    if found is None:
        return odd_kernel(field, "arctangent", field.constant(value))
    field.used.add("gaussian-primes")
    result = field.scale(pi(field), Fraction(found.quarters, 4))
    for tangent, count in found.primes:
        result = field.add(result, field.scale(odd_kernel(field, "arctangent", field.constant(tangent)), count))
    return result


def _product_of_signs(field: Field, parts: Factored) -> Ratio:
    result = field.constant(1 if parts.constant > 0 else -1)
    for factor, exponent in parts.factors:
        if exponent % 2:
            result = field.multiply(result, sign_of(field, factor))
    return result


def _rank(field: Field, value: Ratio) -> tuple[bool, object, object]:
    """What decides which of u and 1/u names the kernel: that whose denominator is a number, else the first in order."""
    top = field.ring.scaled(value.top, 1 / field.ring.leading(value.top))
    is_fraction = not field.ring.is_constant(value.bottom)
    return is_fraction, list(field.ring.terms(top)), list(field.ring.terms(value.bottom))


def arcsine(field: Field, value: Ratio) -> Ratio:
    """asin(u), by the arctangent where u is 1 or -1 on no open set."""
    rest = field.subtract(field.one, field.multiply(value, value))
    if field.writing.is_closed and rest.top:
        field.used.add("closed-inverse")
        note_sign(field, factored(field, rest), is_strict=False)
        return odd_kernel(field, "arcsine", value)
    if not rest.top and field.rational(value) is not None:
        field.used.add("arcsine")
        return field.multiply(value, field.scale(pi(field), _HALF))
    if not rest.top or not all(is_nowhere_zero(field, factor) for factor, _ in factored(field, rest).factors):
        return odd_kernel(field, "arcsine", value)
    field.used.add("arcsine")
    return arctangent(field, field.divide(value, rational_power(field, rest, _HALF)))


def arccosine(field: Field, value: Ratio) -> Ratio:
    """acos(u)."""
    field.used.add("arccosine")
    return field.subtract(field.scale(pi(field), _HALF), arcsine(field, value))


def odd_kernel(field: Field, kind: str, value: Ratio) -> Ratio:
    """The value of an odd function of which nothing else is known."""
    if not value.top:
        return field.zero
    value = rationalized(field, value)
    field.used.add("odd-function")
    is_negative = field.ring.leading(value.top) < 0
    argument = field.negative(value) if is_negative else value
    kernel = field.generator(field.kernel((kind, field.keys(argument)), argument))
    return field.negative(kernel) if is_negative else kernel
