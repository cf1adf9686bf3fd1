"""A certificate as plain values for JSON: every formula as the text that is read back to the same tree."""

from __future__ import annotations

from typing import Any

from tutor.checking.certificate import Certificate, Certified, Claim, Point
from tutor.checking.verdict import Enclosure
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Range
from tutor.expression.to_text import to_text

__all__ = ["plain"]

Plain = dict[str, Any]


def plain(certificate: Certificate) -> Plain:
    """The object of a certificate; parts that it does not have are null or left out."""
    values: Plain = {"kind": certificate.kind.value, **_claim_values(certificate.claim)}
    if certificate.difference is not None:
        found = certificate.difference
        values["at"] = _point_value(found.at)
        values["enclosures"] = {"slope": _enclosure_value(found.slope), "answer": _enclosure_value(found.answer)}
    if certificate.equality is not None:
        values["method"] = certificate.equality.method
        values["identities"] = list(certificate.equality.identities)
    if certificate.kind is not Certified.DIFFERENT:
        values["points"] = [_point_value(point) for point in certificate.points]
    if certificate.kind is Certified.NOT_PROVED:
        values |= {"radius": certificate.radius, "code": certificate.code}
    return values


def _claim_values(claim: Claim) -> Plain:
    values: Plain = {}
    if claim.function is None:
        values["expected"] = to_text(claim.source)
    else:
        values["function"] = to_text(claim.function)
        values["variables"] = list(claim.variables)
        values["place"] = {name: to_text(value) for name, value in sorted(claim.place.items())} or None
    values["symbols"] = list(claim.symbols)
    values["domain"] = {name: _range_value(within) for name, within in sorted(claim.domain.ranges.items())} or None
    if claim.tolerance is not None:
        values["tolerance"] = _tolerance_value(claim.tolerance)
        values["decimals"] = claim.decimals
    return values | {"answer": to_text(claim.answer)}


def _range_value(within: Range) -> Plain:
    ends = {name: None if end is None else str(end) for name, end in (("low", within.low), ("high", within.high))}
    return ends | {"integer": within.integer}


def _tolerance_value(tolerance: Tolerance) -> Plain:
    return {"relative": str(tolerance.relative), "absolute": str(tolerance.absolute), "digits": tolerance.digits}


def _point_value(point: Point) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(point.items())}


def _enclosure_value(enclosure: Enclosure | None) -> dict[str, str] | None:
    return None if enclosure is None else {"mid": enclosure.middle, "rad": enclosure.radius}
