"""What is never zero, or never constant, on an open set: the one use of the independence of kernels."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.normal_form_numbers import sign_of_number
from tutor.checking.ring import Monomial, Polynomial

__all__ = ["CONSTANTS", "is_nowhere_constant", "is_nowhere_zero"]

CONSTANTS = frozenset(("pi", "euler", "prime-root", "prime-log", "cosine"))
"""Kinds of kernels that stand for one number, which is not zero."""

_INDEPENDENT = frozenset(("exp", "log", "root", "half-tangent"))
"""Kinds of kernels among which, over polynomials in the variables, only the stated relations hold."""

_ODD = frozenset(("arctangent", "erf"))

_CLOSED = frozenset(("arcsine", "asinh", "acosh", "atanh"))

_TRANSCENDENTAL = _CLOSED | {"exp", "log", "half-tangent", "arctangent", "erf"}

_OF_RATIONALS = _ODD | {"half-tangent"}
"""Kinds of kernels that are numbers other than zero where their argument is a rational number."""

_TRANSCENDENTAL_NUMBERS = frozenset(("pi", "euler", "prime-log", "half-tangent"))

_MOST_SIGNS = 3

_INJECTIVE = _INDEPENDENT | _CLOSED | {"arctangent", "erf"}
"""Kinds of kernels that are injective, in pieces, as functions of their argument."""


def is_nowhere_zero(field: Field, factor: Polynomial) -> bool:
    """Whether a factor certainly vanishes on no open set: a polynomial that is not zero in independent kernels.

    Kernels are independent when they are variables, exponentials and half-angle tangents of polynomials or of
    quotients of single terms, and logarithms and roots of polynomials (Ax, Annals of Mathematics 93 (1971) 252-268;
    Risch, American Journal of Mathematics 101 (1979) 743-759), or when there is only one and it is constant
    nowhere; or when all are variables and roots of polynomials but one, which is a transcendental function of such
    an argument. Coefficients may hold constants such as pi, where one of them is a single product, or holds one
    constant that is transcendental, so that it is not zero (Lindemann: Baker, Transcendental Number Theory, 1.4).
    Signs are taken as 1 and as -1 in turn.
    """
    index = field.single(factor)
    if index is not None and field.descriptors[index][0] == "sign":
        return True
    signs = [each for each in sorted(field.kernels_of(factor)) if field.descriptors[each][0] == "sign"]
    if signs:
        return len(signs) <= _MOST_SIGNS and all(
            part and is_nowhere_zero(field, part) for part in _with_sign(field, factor, signs[0])
        )
    if _has_sure_term(field, factor) and _are_independent(field, field.kernels_of(factor)):
        return True
    return sign_of_number(field, factor) != 0


def _with_sign(field: Field, factor: Polynomial, index: int) -> list[Polynomial]:
    """What a factor is where a sign is 1, and where it is -1."""
    plus, minus = field.ring.zero, field.ring.zero
    for powers, value in field.ring.terms(factor):
        rest = (*powers[:index], 0, *powers[index + 1 :])
        plus = plus + field.ring.polynomial([(rest, value)])
        minus = minus + field.ring.polynomial([(rest, -value if powers[index] % 2 else value)])
    return [plus, minus]


def _has_sure_term(field: Field, factor: Polynomial) -> bool:
    """Whether a coefficient, taken over the kernels that move, certainly is not zero."""
    coefficients: dict[Monomial, list[Monomial]] = {}
    for powers, _ in field.ring.terms(factor):
        moving = tuple(0 if power and _is_constant(field, index) else power for index, power in enumerate(powers))
        coefficients.setdefault(moving, []).append(powers)
    return any(len(terms) == 1 or _is_in_one_number(field, terms) for terms in coefficients.values())


def _is_in_one_number(field: Field, terms: Sequence[Monomial]) -> bool:
    """Whether terms with the same moving kernels hold one constant, which is the zero of no polynomial over Q."""
    found = {index for powers in terms for index, power in enumerate(powers) if power and _is_constant(field, index)}
    return len(found) == 1 and field.descriptors[min(found)][0] in _TRANSCENDENTAL_NUMBERS


def _is_constant(field: Field, index: int) -> bool:
    """Whether a kernel is certainly a number that is not zero."""
    kind = field.descriptors[index][0]
    if kind in CONSTANTS:
        return True
    return kind in _OF_RATIONALS and not field.kernels_of(field.arguments[index])


def _are_independent(field: Field, kernels: set[int]) -> bool:
    moving = [index for index in kernels if not _is_constant(field, index)]
    if all(_is_independent(field, index) for index in moving):
        return True
    others = [index for index in moving if not _is_algebraic(field, index)]
    return len(others) == 1 and _is_alone(field, others[0], among=len(moving))


def _is_alone(field: Field, index: int, *, among: int) -> bool:
    """Whether a kernel, the only one or transcendental among algebraic ones, has no relation to them."""
    if among > 1:
        inner = field.kernels_of(field.arguments.get(index, field.one))
        if field.descriptors[index][0] not in _TRANSCENDENTAL:
            return False
        if not all(_is_constant(field, each) or _is_algebraic(field, each) or _is_sign(field, each) for each in inner):
            return False
    return _is_injective_nowhere_constant(field, index)


def _is_sign(field: Field, index: int) -> bool:
    return field.descriptors[index][0] == "sign"


def _is_algebraic(field: Field, index: int) -> bool:
    """Whether a kernel is a variable, or the root of a polynomial in variables."""
    return _is_coordinate(field, index) or (field.descriptors[index][0] == "root" and _is_independent(field, index))


def _is_independent(field: Field, index: int) -> bool:
    if _is_coordinate(field, index):
        return True
    if field.descriptors[index][0] not in _INDEPENDENT:
        return False
    argument = field.arguments[index]
    inner = field.kernels_of(argument)
    if field.descriptors[index][0] == "exp" and len(argument.top) == 1:
        inner = inner - _logarithms_of_primes(field, argument)
    is_plain = field.ring.is_constant(argument.bottom) or len(argument.top) == len(argument.bottom) == 1
    return bool(inner) and is_plain and all(_is_coordinate(field, each) for each in inner)


def _logarithms_of_primes(field: Field, argument: Ratio) -> set[int]:
    """The logarithm of a prime that is a single factor of a term: such numbers, and 1, are independent over Q."""
    found = {index for index in field.kernels_of(argument) if field.descriptors[index][0] == "prime-log"}
    is_single = len(found) == 1 and field.ring.degrees(argument.top)[min(found)] == 1
    return found if is_single else set()


def _is_coordinate(field: Field, index: int) -> bool:
    """Whether a kernel is a variable x, or |x|^(1/D), in which x is written where such a root occurs."""
    kind = field.descriptors[index][0]
    return kind == "variable" or (kind == "root" and index not in field.arguments)


def _is_injective_nowhere_constant(field: Field, index: int) -> bool:
    """Whether a kernel is constant on no open set, since its argument is not and it is injective in pieces."""
    if field.descriptors[index][0] not in _INJECTIVE:
        return False
    return is_nowhere_constant(field, field.arguments[index])


def is_nowhere_constant(field: Field, value: Ratio) -> bool:
    """Whether a fraction is certainly constant on no open set: a rational function of independent kernels.

    Numbers such as pi may occur where numerator and denominator are single terms, which cannot be proportional then.
    Signs are taken as 1 and as -1 in turn.
    """
    kernels = field.kernels_of(value)
    signs = [index for index in sorted(kernels) if field.descriptors[index][0] == "sign"]
    if signs:
        parts = zip(*(_with_sign(field, part, signs[0]) for part in value), strict=True)
        return len(signs) <= _MOST_SIGNS and all(
            top and bottom and is_nowhere_constant(field, field.reduced(top, bottom)) for top, bottom in parts
        )
    constants = {index for index in kernels if _is_constant(field, index)}
    if kernels == constants or (constants and len(value.top) + len(value.bottom) > 2):
        return False
    return _are_independent(field, kernels)
