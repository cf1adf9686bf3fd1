"""The quick way to make a part of a tree with its place, for the parser alone.

Leaves and places are kept, since answers to one exercise have the same few at the same places. What is made here is
equal in every respect to what the constructors of the tree make.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from tutor.errors import Span
from tutor.expression.tree import Apply, Expression, Number, OpenApply, Symbol

Make: TypeAlias = Callable[[Any, int, int], Expression]
"""Makes a leaf of its value and its place."""

_KEPT = 8192
"""How many leaves and how many places are kept."""

_new = object.__new__


class Leaf:
    """The value of a token that is a tree by itself, and the trees of it at the places where it has stood."""

    __slots__ = ("make", "places", "value")

    def __init__(self, value: Any, make: Make) -> None:
        self.value = value
        self.make = make
        self.places: dict[int, Expression] = {}

    def at(self, start: int, end: int) -> Expression:
        """The tree at a place. A leaf belongs to a piece of text of one length, so that its start tells all."""
        tree = self.places.get(start)
        if tree is None:
            tree = self.make(self.value, start, end)
            _keep(self.places, start, tree)
        return tree


_keeping: list[dict[int, Expression]] = []
"""Where each tree that is kept is kept."""


def _keep(places: dict[int, Expression], start: int, tree: Expression) -> None:
    if len(_keeping) >= _KEPT:
        for each in _keeping:
            each.clear()
        _keeping.clear()
    _keeping.append(places)
    places[start] = tree


def number_at(value: Fraction, start: int, end: int) -> Number:
    """A number in digits at a place."""
    return Number(value, span_of(start, end))


def decimal_at(value: Fraction, start: int, end: int) -> Number:
    """A number with a point or a power of ten at a place."""
    return Number(value, span_of(start, end), decimal=True)


def symbol_at(name: str, start: int, end: int) -> Symbol:
    """A symbol at a place."""
    return Symbol(name, span_of(start, end))


def constant_at(head: str, start: int, end: int) -> Apply:
    """A constant at a place."""
    return Apply(head, (), span_of(start, end))


def apply_at(head: str, arguments: tuple[Expression, ...], start: int, end: int) -> Apply:
    """An application at a place: an open one, whose slots are set in half the time, and which is closed at the end."""
    part: Any = _new(OpenApply)
    part.head = head
    part.arguments = arguments
    part.span = _spans.get((start, end)) or span_of(start, end)
    part.__class__ = Apply
    made: Apply = part
    return made


_spans: dict[tuple[int, int], Span] = {}


def span_of(start: int, end: int) -> Span:
    """A place, kept."""
    span = _spans.get((start, end))
    if span is None:
        if len(_spans) >= _KEPT:
            _spans.clear()
        span = _spans[start, end] = Span(start, end)
    return span
