"""Answers as a learner would type them: the key of an exercise in each notation that can be typed or pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tutor.exercise.model import Exercise
from tutor.expression.limits import TYPED
from tutor.expression.to_latex import to_latex
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression
from tutor.kinds.choice import LETTERS

NOTATIONS: Mapping[str, Callable[[Expression], str]] = MappingProxyType(
    {
        "text": to_text,
        "Unicode text": lambda expression: to_text(expression, Notation.UNICODE),
        "LaTeX": to_latex,
    }
)
"""The notations in which every key must be read back and graded as right."""


def typed(exercise: Exercise, entries: tuple[Expression, ...], write: Callable[[Expression], str] = to_text) -> str:
    """The answer with these entries, one a cell: a formula, `(a, b)`, or `((a, b), (c, d))` with a row a function."""
    texts = [write(entry) for entry in entries]
    if len(texts) == 1:
        return texts[0]
    height = max(1, len(exercise.functions))
    width = len(texts) // height
    if height == 1 or width == 1:
        return f"({', '.join(texts)})"
    rows = [f"({', '.join(texts[start : start + width])})" for start in range(0, len(texts), width)]
    return f"({', '.join(rows)})"


def model_answers(exercise: Exercise, entries: tuple[Expression, ...]) -> Iterator[tuple[str, str]]:
    """The name of each notation with the answer in it; only the first of equal ones, none that is too long to type."""
    seen: set[str] = set()
    for name, write in NOTATIONS.items() if entries else ():
        text = typed(exercise, entries, write)
        if text not in seen and all(len(write(entry)) <= TYPED.characters for entry in entries):
            seen.add(text)
            yield name, text


def right_options(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """How the right options of a choice may be named: by letters, by numbers, by their texts."""
    right = [number for number, option in enumerate(exercise.options) if option.correct]
    yield "letters", ", ".join(LETTERS[number] for number in right)
    yield "numbers", ", ".join(str(number + 1) for number in right)
    yield "texts", "\n".join(exercise.options[number].text for number in right)
