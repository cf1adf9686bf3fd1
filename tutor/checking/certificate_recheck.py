"""A certificate checked again, from its claim alone: with SymPy's derivative, intervals of mpmath and SymPy's ring."""

from __future__ import annotations

from tutor.checking.certificate import Certificate, Certified
from tutor.checking.certificate_difference import objections_to_difference
from tutor.checking.certificate_equality import objections_to_agreement, objections_to_equality
from tutor.checking.certificate_objection import Objection
from tutor.checking.certificate_sides import Sides
from tutor.checking.symbolic_reading import NotATree

__all__ = ["objections"]


def objections(certificate: Certificate, *, is_right: bool = True) -> tuple[Objection, ...]:
    """What does not hold of a certificate; empty when all does.

    `is_right` says whether the verdict is that the answer is right, which without a proof needs more than if it was
    left undecided. May run long or raise RecursionError on hostile certificates, as proofs do: call it in a worker.
    """
    if certificate.kind is Certified.NOT_PROVED and not is_right and not certificate.points:
        return ()
    try:
        return _objections(certificate, Sides(certificate.claim), is_right=is_right)
    except NotATree as error:
        return (Objection("no-derivative", "SymPy's derivative of the function is out of reach", None, str(error)),)


def _objections(certificate: Certificate, sides: Sides, *, is_right: bool) -> tuple[Objection, ...]:
    match certificate.kind:
        case Certified.DIFFERENT:
            return objections_to_difference(certificate, sides)
        case Certified.EQUAL:
            return objections_to_equality(certificate, sides)
        case Certified.NOT_PROVED:
            return objections_to_agreement(certificate, sides, is_right=is_right)
