"""The ways in which a difference can be written: which kernels stand for trigonometric and inverse functions."""

from __future__ import annotations

from enum import Enum

__all__ = ["Writing"]


class Writing(Enum):
    """How trigonometric and inverse functions are written in an attempt, in the order in which they are tried."""

    CLOSED = "by exp(i·u); inverse functions, and real parts in which i occurs and factors are wanted, are kernels"
    CLOSED_TANGENTS = "inverse functions are kernels; sines and cosines by tan(u/2)"
    EXPONENTIALS = "sines and cosines by exp(i·u)"
    HALF_TANGENTS = "sines and cosines by tan(u/2), so that all values are real"

    @property
    def is_complex(self) -> bool:
        """Whether sines and cosines are written by exp(i·u)."""
        return self in (Writing.CLOSED, Writing.EXPONENTIALS)

    @property
    def is_closed(self) -> bool:
        """Whether inverse functions, and real parts that are written with i, are kernels."""
        return self in (Writing.CLOSED, Writing.CLOSED_TANGENTS)
