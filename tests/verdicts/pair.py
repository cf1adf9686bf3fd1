"""A pair: a question as a user's row asks it, an answer, and whether the answer is right; one JSON line each.

The first line of a file says by which command it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tutor.expression.parser import parse
from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked, what was answered, the truth, and how the answer was made."""

    function: str
    variables: tuple[str, ...]
    answer: str
    equal: bool
    made: str

    @property
    def f(self) -> Expression:
        return parse(self.function).expression

    @property
    def given(self) -> Expression:
        return parse(self.answer).expression

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def header(command: str) -> str:
    """The first line of a file."""
    return json.dumps({"command": command})


def read(path: Path) -> Iterator[Pair]:
    """The pairs of a file, in its order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        if "command" in fields:
            continue
        yield Pair(**{**fields, "variables": tuple(fields["variables"])})
