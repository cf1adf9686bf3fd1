"""The normal form: answer minus key as one fraction of polynomials in kernels; zero is a proof, anything else is not.

Each rewriting is an identity wherever both sides are real, so whether the kernels are independent matters only for what
is found, never for whether it is true; `docs/soundness.md` goes through them. First attempt: trigonometric functions by
exponentials; where a sign of one is wanted, or that attempt finds no zero, by half-angle tangents. An attempt starts
again whenever it learns a fact that changes what it has built (see `Facts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias

from tutor.checking.normal_form_angles import arccosine, arcsine, arctangent, odd_kernel, pi, sine_and_cosine
from tutor.checking.normal_form_exponents import general_power, general_root
from tutor.checking.normal_form_field import Facts, Field, OutOfReach, Ratio, StartAgain, TooManyKernels
from tutor.checking.normal_form_powers import absolute, exponential, logarithm, rational_power, sign, variable
from tutor.checking.normal_form_signs import NeedsReal, factored, note_sign
from tutor.checking.ring import RingMaker
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, size

__all__ = ["is_zero", "normal_form"]

_WIDTHS = (8, 24)
"""Numbers of generators that are tried; a ring with few is quicker."""

_MOST_ATTEMPTS = 24
_MOST_NODES = 1500
_HALF = Fraction(1, 2)

Normal: TypeAlias = tuple[tuple[tuple[tuple[int, ...], Fraction], ...], ...]
"""The terms of numerator and denominator."""


def is_zero(left: Expression, right: Expression, ring: RingMaker) -> bool:
    """Whether the difference of two expressions is proved to be zero wherever both are real."""
    for is_complex in (True, False):
        found = _difference(left, right, ring, is_complex=is_complex)
        if found is not None and not found[1].top:
            return True
        if found is not None and ("i",) not in found[0].descriptors:
            return False
    return False


def normal_form(left: Expression, right: Expression, ring: RingMaker) -> Normal | None:
    """Numerator and denominator of the difference, for comparing rings; None when it is out of reach."""
    for is_complex in (True, False):
        found = _difference(left, right, ring, is_complex=is_complex)
        if found is not None:
            return tuple(tuple(found[0].ring.terms(part)) if part else () for part in found[1])
    return None


def _difference(
    left: Expression, right: Expression, ring: RingMaker, *, is_complex: bool
) -> tuple[Field, Ratio] | None:
    """The field and the difference in it; None when it is out of reach, or the imaginary unit stands in the way."""
    facts, width = Facts(), 0
    if size(left) + size(right) > _MOST_NODES:
        return None
    names = sorted(free_symbols(left) | free_symbols(right))
    for _ in range(_MOST_ATTEMPTS):
        field = Field(ring(_WIDTHS[width]), facts, is_complex=is_complex)
        try:
            for name in names:
                variable(field, name)
            return field, field.subtract(_built(field, left, {}), _built(field, right, {}))
        except StartAgain:
            continue
        except TooManyKernels:
            width += 1
            if width == len(_WIDTHS):
                return None
        except (OutOfReach, NeedsReal):
            return None
    return None


# ---- from the tree -------------------------------------------------------------------------------------------------


def _built(field: Field, expression: Expression, values: Mapping[str, Ratio]) -> Ratio:
    return fold(expression, lambda part, operands: _combined(field, part, operands, values))


def _combined(field: Field, part: Expression, operands: Sequence[Ratio], values: Mapping[str, Ratio]) -> Ratio:
    match part:
        case Number(value):
            return field.constant(value)
        case Symbol(name):
            return values[name] if name in values else variable(field, name)
        case Apply("^", (_, exponent)):
            return _power(field, operands[0], operands[1], exact_fraction(exponent))
        case Apply("root", (_, index)):
            return _root(field, operands[0], operands[1], exact_fraction(index))
        case Apply(head):
            return _applied(field, head, operands)


def _applied(field: Field, head: str, operands: Sequence[Ratio]) -> Ratio:
    if head in _HEADS:
        return _closed(field, _HEADS[head](field, *operands))
    formula = meaning(head)
    if formula is None:
        raise OutOfReach(head)
    return _built(field, formula, named(operands))


def _closed(field: Field, value: Ratio) -> Ratio:
    """The kernel that stands for a sum of which a power is too large to expand; any other value as it is."""
    if field.facts.closed and len(value.top) + len(value.bottom) > 2:
        keys = field.keys(value)
        if keys in field.facts.closed:
            return field.generator(field.kernel(("closed", keys)))
    return value


def _power(field: Field, base: Ratio, exponent: Ratio, exact: Fraction | None) -> Ratio:
    """u^v: by the exact fraction that the exponent reads as, else whole where its value is, else where u > 0."""
    known = field.rational(exponent) if exact is None else exact
    if known is None or (exact is None and known.denominator > 1):
        return general_power(field, base, exponent)
    return _rational_power(field, base, known)


def _root(field: Field, radicand: Ratio, index: Ratio, exact: Fraction | None) -> Ratio:
    """The real root, for every radicand where the index is an odd number, or one over a whole number."""
    known = field.rational(index) if exact is None else exact
    if known is None:
        return general_root(field, radicand, index)
    if not known:
        raise OutOfReach("an index of zero")
    if 1 in (known.denominator, known.numerator):
        return _rational_power(field, radicand, 1 / known)
    return general_power(field, radicand, field.constant(1 / known))


def _rational_power(field: Field, base: Ratio, exponent: Fraction) -> Ratio:
    if not exponent:
        return field.one
    whole = exponent.numerator if exponent.denominator == 1 else 0
    if whole and base.top and not field.can_expand(base, whole):
        keys = field.keys(base)
        if len(base.top) + len(base.bottom) == 2 or keys in field.facts.closed:
            raise OutOfReach("power")
        field.facts.closed.add(keys)
        raise StartAgain
    return rational_power(field, base, exponent)


# ---- functions -----------------------------------------------------------------------------------------------------


def _larger(field: Field, u: Ratio, v: Ratio) -> Ratio:
    return field.scale(field.add(field.add(u, v), absolute(field, field.subtract(u, v))), _HALF)


def _smaller(field: Field, u: Ratio, v: Ratio) -> Ratio:
    return field.scale(field.subtract(field.add(u, v), absolute(field, field.subtract(u, v))), _HALF)


def _heaviside(field: Field, u: Ratio) -> Ratio:
    return field.scale(field.add(field.one, sign(field, u)), _HALF)


def _tangent(field: Field, u: Ratio) -> Ratio:
    return field.divide(*sine_and_cosine(field, u))


def _hyperbolic(field: Field, u: Ratio) -> tuple[Ratio, Ratio]:
    """Hyperbolic sine and cosine."""
    up = exponential(field, u)
    down = field.inverse(up)
    return field.scale(field.subtract(up, down), _HALF), field.scale(field.add(up, down), _HALF)


def _inverse_hyperbolic_sine(field: Field, u: Ratio) -> Ratio:
    """log(u + √(u² + 1))."""
    root = rational_power(field, field.add(field.multiply(u, u), field.one), _HALF)
    return logarithm(field, field.add(u, root))


def _inverse_hyperbolic_cosine(field: Field, u: Ratio) -> Ratio:
    """log(u + √(u² - 1)), which is real for u >= 1 only."""
    _note_positive(field, u)
    root = rational_power(field, field.subtract(field.multiply(u, u), field.one), _HALF)
    return logarithm(field, field.add(u, root))


def _inverse_hyperbolic_tangent(field: Field, u: Ratio) -> Ratio:
    """log((1 + u)/(1 - u))/2."""
    ratio = field.divide(field.add(field.one, u), field.subtract(field.one, u))
    return field.scale(logarithm(field, ratio), _HALF)


def _note_positive(field: Field, u: Ratio) -> None:
    if u.top:
        note_sign(field, factored(field, u), is_strict=True)


# fmt: off
_HEADS: Mapping[str, Callable[..., Ratio]] = MappingProxyType({
    "+":     lambda field, u, v: field.add(u, v),
    "-":     lambda field, u, v: field.subtract(u, v),
    "*":     lambda field, u, v: field.multiply(u, v),
    "/":     lambda field, u, v: field.divide(u, v),
    "neg":   lambda field, u: field.negative(u),
    "pi":    pi,
    "e":     lambda field: exponential(field, field.one),
    "sqrt":  lambda field, u: rational_power(field, u, _HALF),
    "abs":   absolute,
    "sign":  sign,
    "heaviside": _heaviside,
    "max":   lambda field, *us: reduce(lambda u, v: _larger(field, u, v), us),
    "min":   lambda field, *us: reduce(lambda u, v: _smaller(field, u, v), us),
    "exp":   exponential,
    "log":   logarithm,
    "sin":   lambda field, u: sine_and_cosine(field, u)[0],
    "cos":   lambda field, u: sine_and_cosine(field, u)[1],
    "tan":   _tangent,
    "sinh":  lambda field, u: _hyperbolic(field, u)[0],
    "cosh":  lambda field, u: _hyperbolic(field, u)[1],
    "tanh":  lambda field, u: field.divide(*_hyperbolic(field, u)),
    "asin":  arcsine,
    "acos":  arccosine,
    "atan":  arctangent,
    "asinh": _inverse_hyperbolic_sine,
    "acosh": _inverse_hyperbolic_cosine,
    "atanh": _inverse_hyperbolic_tangent,
    "erf":   lambda field, u: odd_kernel(field, "erf", u),
})
# fmt: on
