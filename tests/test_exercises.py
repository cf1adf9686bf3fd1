"""Every exercise that is shipped, through the whole pipeline: its key is correct, its stated mistakes are not.

Keys are held against mpmath in tests/exercise/test_bank.py; here the question is what a learner is told.
"""

from __future__ import annotations

import pytest

from tutor.checking.key import derived_key
from tutor.checking.verdict import Status
from tutor.exercise.bank import shipped
from tutor.exercise.model import Exercise
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.feedback.assess import assess
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope

EXERCISES = shipped(KINDS).exercises


def typed(expressions: tuple[Expression, ...]) -> str:
    """The text that gives these expressions, one a cell, row by row."""
    texts = [to_text(expression) for expression in expressions]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def key_of(exercise: Exercise) -> str:
    """What a learner types who knows the answer."""
    if exercise.options:
        right = [str(number) for number, option in enumerate(exercise.options, 1) if option.correct]
        return ", ".join(right)
    key = exercise.answer or derived(exercise)
    if exercise.kind == "jacobian":
        width = len(exercise.variables)
        rows = [key[start : start + width] for start in range(0, len(key), width)]
        return f"({', '.join(typed(row) for row in rows)})"
    return typed(key)


def derived(exercise: Exercise) -> tuple[Expression, ...]:
    """The key of an exercise whose author left it out."""
    targets = [cell.target for cell in KINDS[exercise.kind].cells(exercise)]
    return tuple(derived_key(target, exercise.domain) for target in targets if isinstance(target, Slope))


@pytest.mark.parametrize("exercise", [pytest.param(exercise, id=exercise.id) for exercise in EXERCISES])
def test_the_key_is_correct(exercise: Exercise) -> None:
    assessed = assess(exercise, key_of(exercise))
    assert assessed.status is Status.CORRECT, (key_of(exercise), assessed)
    assert assessed.score == assessed.max_score


MISTAKES = [
    pytest.param(exercise, typed(mistake.answer), mistake.credit, id=f"{exercise.id}-{mistake.name}")
    for exercise in EXERCISES
    for mistake in exercise.mistakes
]


@pytest.mark.parametrize(("exercise", "answer", "credit"), MISTAKES)
def test_a_stated_mistake_is_not_correct(exercise: Exercise, answer: str, credit: float) -> None:
    assessed = assess(exercise, answer)
    assert assessed.status in ((Status.PARTIAL,) if credit else (Status.INCORRECT, Status.PARTIAL)), assessed


WRONG_CHOICES = [
    pytest.param(exercise, str(number), id=f"{exercise.id}-{number}")
    for exercise in EXERCISES
    for number, option in enumerate(exercise.options, 1)
    if not option.correct
]


@pytest.mark.parametrize(("exercise", "answer"), WRONG_CHOICES)
def test_a_wrong_option_is_not_correct(exercise: Exercise, answer: str) -> None:
    assert assess(exercise, answer).status is Status.INCORRECT
