"""Why a certificate does not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that does not hold: a stable code, a sentence, what was expected and what was found, as texts."""

    code: str
    message: str
    expected: str | None = None
    found: str | None = None
