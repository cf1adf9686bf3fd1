"""What the benchmark of verdicts decides: pairs of a derivative and an answer whose truth is known beforehand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_verdicts_process import Process

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "tests" / "data" / "pairs.json"
MAKER = ROOT / "scripts" / "bench_verdicts_making.py"


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer to the derivative of a function, as texts with every `*` written, and whether it is right.

    `low` and `high` are the range of the variable, where the exercise gives one.
    """

    function: str
    variable: str
    key: str
    answer: str
    is_right: bool
    low: str | None = None
    high: str | None = None


_WARMING = (
    ("sin(x)^2+cos(x)^2", "1"), ("(x+1)^2", "x^2+2*x+1"), ("log(x^2)", "2*log(x)"), ("sqrt(x)/x", "1/sqrt(x)"),
    ("exp(x)*exp(y)", "exp(x+y)"), ("atan(x)", "asin(x)"), ("tanh(x)", "sinh(x)/cosh(x)"), ("abs(x)", "x"),
    ("x*exp(x)*cos(x)", "x*exp(x)*sin(x)"), ("1/(x-1)", "(x+1)/(x^2-1)"), ("x*sqrt(3+2*sqrt(2))", "x+x*sqrt(2)"),
)  # fmt: skip


def warming_pairs() -> tuple[Pair, ...]:
    """What is asked before anything is measured, and again of a program that had to be started anew."""
    return tuple(Pair(f"x+{key}", "x", key, answer, is_right=True) for key, answer in _WARMING)


def stored_pairs() -> tuple[Pair, ...]:
    """The pairs that stand in the repository: a right and a wrong answer to each of its exercises."""
    rows = json.loads(STORED.read_text(encoding="utf-8"))["rows"]
    return tuple(pair for row in rows for pair in _both(row))


def _both(row: dict[str, Any]) -> Iterator[Pair]:
    low, high = row.get("domain", (None, None))
    for column, is_right in (("equal", True), ("wrong", False)):
        yield Pair(row["function"], row["variable"], row["key"], row[column], is_right, low, high)


def fresh_pairs(seed: int, exercises: int) -> Iterator[Pair]:
    """A right and a wrong answer to each of so many new exercises; the same seed gives the same ones.

    SymPy makes them in a process of its own, as some of its rewritings do not come to an end. What takes longer than
    the limit is left out, and is the one thing in which two runs may differ.
    """
    index = made = 0
    with Process([sys.executable, str(MAKER)]) as maker:
        while made < exercises:
            reply = maker.ask(json.dumps({"seed": seed, "index": index}) + "\n", _row)
            index += 1
            if reply.answer:
                made += 1
                yield from _both(reply.answer)


def _row(output: str) -> dict[str, Any] | None:
    """The exercise in a line of output, an empty one where none could be made; None until the line is complete."""
    return json.loads(output) if output.endswith("\n") else None
