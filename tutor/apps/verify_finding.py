"""What `verify` finds of one row, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: a stable code, a sentence, the cell it is about, what was expected and found."""

    code: str
    message: str
    cell: str | None = None
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one row: its number, the findings, the kinds of its certificates.

    `at_its_word` says that the exercise was not at hand, so that nothing but the certificate says what was asked.
    """

    row: int | None = None
    findings: tuple[Finding, ...] = ()
    kinds: tuple[str, ...] = ()
    at_its_word: bool = False
