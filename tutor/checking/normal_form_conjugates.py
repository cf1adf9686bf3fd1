"""Conjugates: fractions with square roots and signs out of their denominators, so that equal arguments are alike."""

from __future__ import annotations

from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.ring import Polynomial

__all__ = ["flipped_root", "rationalized", "square_roots"]

_ROOTS = frozenset(("root", "prime-root"))


def rationalized(field: Field, value: Ratio) -> Ratio:
    """The same fraction with square roots and signs out of its denominator, where that multiplies by no zero."""
    if field.ring.is_constant(value.bottom):
        return value
    for index in sorted(field.kernels_of(value.bottom), reverse=True):
        factor = None if index in field.imaginary else _cofactor(field, value.bottom, index)
        if factor is not None:
            value = field.reduced(field.product(value.top, factor), field.product(value.bottom, factor))
    return value


def _cofactor(field: Field, bottom: Polynomial, index: int) -> Polynomial | None:
    """What takes a root or sign out of a denominator, zero on no open set; None where nothing is known to do so."""
    relation = field.relations.get(index)
    if relation is None:
        return None
    fewest = min(powers[index] for powers, _ in field.ring.terms(bottom))
    if fewest:
        return field.ring.generator(index) ** int(relation.degree - fewest)
    if relation.degree > 2:
        return None
    flipped = _flipped(field, bottom, index)
    norm = field.reduced(field.product(bottom, flipped), field.ring.one)
    return flipped if norm.top and is_nowhere_zero(field, norm.top) else None


def _flipped(field: Field, element: Polynomial, index: int) -> Polynomial:
    terms = field.ring.terms(element)
    return field.ring.polynomial((powers, -value if powers[index] % 2 else value) for powers, value in terms)


def square_roots(field: Field, factor: Polynomial) -> list[int]:
    """The kernels in a factor whose squares are other elements, in order."""
    return [
        index
        for index in sorted(field.kernels_of(factor))
        if field.descriptors[index][0] in _ROOTS and index in field.relations and field.relations[index].degree == 2
    ]


def flipped_root(field: Field, factor: Polynomial, index: int) -> tuple[Polynomial, Polynomial]:
    """Of a + b·R the part b·R, and a - b·R."""
    rooted = field.ring.polynomial(term for term in field.ring.terms(factor) if term[0][index] % 2)
    return rooted, factor - rooted - rooted
