"""Which expressions are certainly zero on no open set, so that what they are at their zeros matters nowhere else."""

from __future__ import annotations

from tutor.checking.analytic import vanishes_at_points_only
from tutor.checking.normal_form import has_no_open_zeros
from tutor.checking.proportion import is_somewhere_nonzero
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.tree import Expression

__all__ = ["has_isolated_zeros"]


def has_isolated_zeros(u: Expression) -> bool:
    """Whether zeros of an expression fill no open set: by the identity theorem, or as kernels are independent."""
    return (vanishes_at_points_only(u) and is_somewhere_nonzero(u)) or has_no_open_zeros(u, flint_ring)
