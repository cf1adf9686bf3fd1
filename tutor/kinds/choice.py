"""A question with options, of which one (or several) are right; each option has its own feedback."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable
from dataclasses import replace

from tutor.errors import AnswerError
from tutor.exercise.model import Complaint, Exercise
from tutor.exercise.shuffle import rank
from tutor.kinds import form
from tutor.kinds.cell import Cell, Choice
from tutor.kinds.hints import authored
from tutor.kinds.kind import CellAnswer, Kind, Prompt
from tutor.kinds.prompts import fill
from tutor.kinds.reading import whole

LETTERS = string.ascii_lowercase
"""What the options may be called beside their numbers, in the order in which they are shown."""

_SMALL_WORDS = frozenset({"and", "option", "options", "answer", "choice"})


def shuffled(exercise: Exercise, seed: str) -> Exercise:
    """The exercise with its options in an order that depends on the seed and their texts alone."""
    return replace(exercise, options=tuple(sorted(exercise.options, key=lambda option: rank(option.text, seed))))


def cells(exercise: Exercise) -> tuple[Cell, ...]:
    """The one cell; options count from 0 in the order of the exercise."""
    right = frozenset(number for number, option in enumerate(exercise.options) if option.correct)
    return (Cell("answer", Choice(right, len(exercise.options))),)


def read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    """The options that are named: by numbers from 1, by letters from a, or by their texts."""
    if not text.strip():
        return (CellAnswer(text, error=AnswerError("empty", "there is no answer here")),)
    try:
        return (CellAnswer(text, chosen=_chosen(exercise, text)),)
    except AnswerError as error:
        return (CellAnswer(text, error=error),)


def _chosen(exercise: Exercise, text: str) -> frozenset[int]:
    by_text = {_plain(option.text): number for number, option in enumerate(exercise.options)}
    if _plain(text) in by_text:
        return frozenset({by_text[_plain(text)]})
    names = _listed(text) or [text]
    chosen = _named(by_text, names, text, len(exercise.options))
    if len(chosen) > 1 and not exercise.multiple:
        raise AnswerError("one-option", f"one option is wanted here, and {len(chosen)} are named", whole(text))
    return chosen


def _listed(text: str) -> list[str]:
    """The names in a list: a JSON list, texts between semicolons or lines, letters and numbers in any form."""
    if text.strip().startswith("["):
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            read = None
        if isinstance(read, list):
            return [str(name) for name in read if isinstance(name, str | int)]
    if re.search(r"[;\n]", text):
        return [part for part in re.split(r"[;\n]", text) if part.strip()]
    return [text]


def _named(by_text: dict[str, int], names: Iterable[str], text: str, count: int) -> frozenset[int]:
    chosen: set[int] = set()
    for name in names:
        exact = by_text.get(_plain(name))
        chosen.update(_marks(name, text, count) if exact is None else (exact,))
    return frozenset(chosen)


def _marks(name: str, text: str, count: int) -> list[int]:
    """The options behind `b`, `(b)`, `2`, `b, c`, `bc`, `1 and 3`."""
    tokens = [token for token in re.findall(r"[^\W_]+", name.casefold()) if token not in _SMALL_WORDS]
    marks = [mark for token in tokens for mark in ([token] if token.isdecimal() else token)]
    numbers = [int(mark) - 1 if mark.isdecimal() and len(mark) < 4 else LETTERS.find(mark) for mark in marks]
    if not numbers or not all(0 <= number < count for number in numbers):
        message = f"`{name.strip()[:40]}` is none of the options"
        fix = f"answer with a number from 1 to {count}"
        raise AnswerError("no-such-option", message, whole(text), suggestion=fix)
    return numbers


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def ask(exercise: Exercise) -> Prompt:
    """The author's question."""
    return fill(exercise.prompt, exercise)


def label(exercise: Exercise) -> str:
    """What stands before the input line."""
    return "your choices:" if exercise.multiple else "your choice:"


def check(exercise: Exercise) -> tuple[Complaint, ...]:
    """What is wrong with the form of an exercise with options."""
    return form.complaints(_enough(exercise), _right(exercise), _different(exercise))


def _enough(exercise: Exercise) -> Complaint | None:
    if 2 <= len(exercise.options) <= len(LETTERS):
        return None
    message = f"2 to {len(LETTERS)} options are wanted, and here are {len(exercise.options)}"
    return Complaint("choices", "options", message, '- {text: "…", feedback: "…"}')


def _right(exercise: Exercise) -> Complaint | None:
    right = sum(option.correct for option in exercise.options)
    if right == 1 or (right and exercise.multiple):
        return None
    if right:
        return Complaint("choices", "right-options", f"{right} options are correct", "multiple: true")
    return Complaint("choices", "right-options", "no option is correct", "correct: true")


def _different(exercise: Exercise) -> Complaint | None:
    texts = [_plain(option.text) for option in exercise.options]
    if len(set(texts)) == len(texts):
        return None
    return Complaint("choices", "options", "two options have the same text", "change one of them")


KIND = Kind(
    name="choice",
    fields=frozenset({"choices", "multiple"}),
    required=frozenset({"prompt", "choices"}),
    cells=cells,
    read=read,
    prompt=ask,
    label=label,
    hints=authored,
    check=check,
)
