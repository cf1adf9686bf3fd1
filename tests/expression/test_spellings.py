"""Formulas as people type them, each against its meaning in plain notation, compared by value.

In `spellings.txt` a line `# x y` declares the symbols of the lines that follow, `# free` declares nothing. The meaning
is in Python's notation (see `tests.formula`); values are those of mpmath.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.formula import formula
from tests.oracle import close, value
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, free_symbols, number

LINES = Path(__file__).with_name("spellings.txt").read_text(encoding="utf-8").splitlines()


def spellings() -> list[tuple[str, str, tuple[str, ...] | None]]:
    rows: list[tuple[str, str, tuple[str, ...] | None]] = []
    declared: tuple[str, ...] | None = None
    for line in LINES:
        if line.startswith("# "):
            declared = None if line == "# free" else tuple(line[2:].split())
            continue
        text, _, meaning = line.partition("  ⇒  ")
        rows.append((text, meaning, declared))
    return rows


def plain(expression: Expression) -> Expression:
    """A meaning with its cube roots as the tree has them."""
    match expression:
        case Apply("cbrt", (radicand,)):
            return Apply("root", (plain(radicand), number(3)))
        case Apply(head, arguments):
            return Apply(head, tuple(map(plain, arguments)))
        case _:
            return expression


@pytest.mark.parametrize(("text", "meaning", "declared"), spellings(), ids=[row[0] for row in spellings()])
def test_spelling(text: str, meaning: str, declared: tuple[str, ...] | None) -> None:
    read, meant = parse(text, declared).expression, plain(formula(meaning))
    assert free_symbols(read) == free_symbols(meant)
    points = [point for point in _points(meant) if _has_value(meant, point)]
    assert points
    for point in points:
        assert close(value(read, point), value(meant, point))


def _points(expression: Expression) -> Iterator[dict[str, float]]:
    for seed in range(12):
        random, lowest = Random(seed), (0.3, 1.2, 2.5)[seed % 3]
        yield {name: random.uniform(lowest, lowest + 0.5) for name in sorted(free_symbols(expression))}


def _has_value(expression: Expression, point: dict[str, float]) -> bool:
    try:
        value(expression, point)
    except ArithmeticError:
        return False
    return True


def test_the_table_is_long() -> None:
    assert len(spellings()) > 500
