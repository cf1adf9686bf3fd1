"""What a diagnosis says: the slips that explain a wrong answer, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.errors import Span
from tutor.expression.tree import Expression, Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One explanation of a wrong answer: one mal-rule (or two), the place in f, and what stood there instead.

    `layer` counts the layers of the chain from the outside, from 1; `path` is the address in f of the part `at` whose
    rule was mistaken. `expected` and `observed` are the right and the mistaken local result. `certain` is False for a
    two-slip explanation and for one of several that fit equally well. Where f was `misread`, `observed` is not a result
    but what `at` was read as.
    """

    mal_rules: tuple[str, ...]
    certain: bool
    layer: int | None = None
    path: Path = ()
    at: Expression | None = None
    expected: Expression | None = None
    observed: Expression | None = None
    answer_span: Span | None = None
    misread: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All explanations found, best first; `remark` is what can be said when there is none.

    The first `ties` of them fit equally well; what follows is likelier than nothing, but less likely than those.
    """

    findings: tuple[Finding, ...] = ()
    remark: str | None = None
    ties: int = 0

    @property
    def likeliest(self) -> tuple[Finding, ...]:
        """The findings that fit best, none of them better than another; all where nothing says how they rank."""
        return self.findings[: self.ties] if self.ties else self.findings

    @property
    def is_certain(self) -> bool:
        """Whether there is one explanation, and nothing else fits but the same slip under another name."""
        return bool(self.findings) and self.findings[0].certain
