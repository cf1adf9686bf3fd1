"""The quick way to make a part of a tree with its place, for the parser alone.

The constructor of a frozen dataclass sets each field through `object.__setattr__`, which would take a third of the time
of reading an answer. These functions set the same fields through their slots; what they make is equal in every respect.
Leaves and places are kept: answers to one exercise have the same few at the same places.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from tutor.errors import Span
from tutor.expression.tree import Apply, Expression, Number, Symbol

_DIGITS, _POINT = False, True
"""How a number was typed."""

_KEPT = 8192
"""How many leaves of each kind and how many places are kept."""

_new = object.__new__

_set_value = Number.__dict__["value"].__set__
_set_decimal = Number.__dict__["decimal"].__set__
_set_number_span = Number.__dict__["span"].__set__
_set_name = Symbol.__dict__["name"].__set__
_set_symbol_span = Symbol.__dict__["span"].__set__
_set_head = Apply.__dict__["head"].__set__
_set_arguments = Apply.__dict__["arguments"].__set__
_set_span = Apply.__dict__["span"].__set__


_numbers: dict[tuple[int, int, int], Number] = {}


def number_at(value: Fraction, start: int, end: int) -> Number:
    """A number in digits at a place.

    Kept by the identity of its value, which the number itself keeps alive; the hash of a fraction takes longer than all
    the rest.
    """
    key = (id(value), start, end)
    part = _numbers.get(key)
    if part is None:
        if len(_numbers) >= _KEPT:
            _numbers.clear()
        part = _numbers[key] = _number_at(value, start, end, written=_DIGITS)
    return part


def decimal_at(value: Fraction, start: int, end: int) -> Number:
    """A number with a point or a power of ten at a place."""
    return _number_at(value, start, end, written=_POINT)


def _number_at(value: Fraction, start: int, end: int, *, written: bool) -> Number:
    part = _new(Number)
    _set_value(part, value)
    _set_decimal(part, written)
    _set_number_span(part, _span(start, end))
    return part


@lru_cache(_KEPT)
def symbol_at(name: str, start: int, end: int) -> Symbol:
    """A symbol at a place."""
    part = _new(Symbol)
    _set_name(part, name)
    _set_symbol_span(part, _span(start, end))
    return part


def apply_at(head: str, arguments: tuple[Expression, ...], start: int, end: int) -> Apply:
    """An application at a place."""
    part = _new(Apply)
    _set_head(part, head)
    _set_arguments(part, arguments)
    _set_span(part, _span(start, end))
    return part


@lru_cache(_KEPT)
def _span(start: int, end: int) -> Span:
    return Span(start, end)
