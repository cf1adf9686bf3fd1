"""Fractions with square roots and signs out of their denominators, so that equal arguments are written alike."""

from __future__ import annotations

from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.ring import Polynomial

__all__ = ["rationalized"]


def rationalized(field: Field, value: Ratio) -> Ratio:
    """The same fraction with square roots and signs out of its denominator, where that multiplies by no zero."""
    if field.ring.is_constant(value.bottom):
        return value
    for index in sorted(field.kernels_of(value.bottom), reverse=True):
        relation = field.relations.get(index)
        if relation is None or relation.degree != 2 or index in field.imaginary:
            continue
        flipped = _flipped(field, value.bottom, index)
        norm = field.reduced(field.product(value.bottom, flipped), field.ring.one)
        if norm.top and is_nowhere_zero(field, norm.top):
            value = field.reduced(field.product(value.top, flipped), field.product(value.bottom, flipped))
    return value


def _flipped(field: Field, element: Polynomial, index: int) -> Polynomial:
    terms = list(field.ring.terms(element))
    if all(powers[index] for powers, _ in terms):
        return field.ring.generator(index)
    return field.ring.polynomial((powers, -value if powers[index] % 2 else value) for powers, value in terms)
