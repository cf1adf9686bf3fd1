"""The mistakes that an exercise's author listed: a wrong answer with their value gets their name, words and credit."""

from __future__ import annotations

from tutor.exercise.model import Exercise, Mistake
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.values import agree_closely
from tutor.kinds.kind import CellAnswer


def listed_mistake(exercise: Exercise, answers: tuple[CellAnswer, ...]) -> Mistake | None:
    """The first listed mistake that has the value of the answer in every cell; None when there is none."""
    given = tuple(answer.reading.expression for answer in answers if answer.reading is not None)
    for mistake in exercise.mistakes:
        if len(mistake.answer) == len(given) == len(answers) and all(
            _same_value(listed, typed, exercise.domain) for listed, typed in zip(mistake.answer, given, strict=True)
        ):
            return mistake
    return None


def _same_value(listed: Expression, typed: Expression, domain: Domain) -> bool:
    """Whether two formulas agree at generic points, or as numbers where they hold no symbol."""
    if not free_symbols(listed) | free_symbols(typed):
        return agree_closely(evaluate(listed, {}), evaluate(typed, {}))
    points = generic_points((listed,), domain, free_symbols(typed))
    return points is not None and agree_closely(evaluate(listed, points), evaluate(typed, points))
