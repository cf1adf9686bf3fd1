"""What to change in a formula that has the right value and not the form that is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Unmet:
    """The name of a sentence in `tutor/data/phrases.toml`, the part that it is about, and the factor that it names."""

    sentence: str
    part: Expression
    factor: Expression | None = None
