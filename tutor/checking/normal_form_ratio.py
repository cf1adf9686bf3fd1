"""A fraction of polynomials in kernels, as the arithmetic of the normal form takes and gives it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tutor.checking.ring import Polynomial

__all__ = ["Ratio", "ratio"]


class Ratio(NamedTuple):
    """A numerator over a denominator that is not zero."""

    top: Polynomial
    bottom: Polynomial


ratio: Callable[[tuple[Polynomial, Polynomial]], Ratio] = partial(tuple.__new__, Ratio)
"""A fraction from a pair, in half the time that `Ratio` takes, for those that are made all the time."""
