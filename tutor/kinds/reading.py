"""Reading what a learner typed for one cell: never raises, an unreadable text carries its error."""

from __future__ import annotations

from tutor.errors import AnswerError, Span
from tutor.exercise.model import Exercise
from tutor.exercise.scalar import several_values
from tutor.exercise.symbols import declared_symbols
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Symbol, walk
from tutor.kinds.kind import CellAnswer


def read_formula(exercise: Exercise, text: str, variable: str | None = None) -> CellAnswer:
    """A formula in the symbols of the exercise; `variable` is that of the derivative that is asked for."""
    if not text.strip():
        return CellAnswer(text, error=AnswerError("empty", "there is no answer here"))
    try:
        reading = parse(text.rstrip(), declared_symbols(exercise), variable=variable)
    except AnswerError as error:
        return CellAnswer(text, error=error)
    inside = several_values(reading.expression)
    return CellAnswer(text, reading) if inside is None else CellAnswer(text, error=_not_one_value(inside))


def _not_one_value(part: Apply) -> AnswerError:
    message = f"one value is wanted here, and this is a list of {len(part.arguments)}"
    fix = "write exp(x)/(exp(x) + exp(y)) for one entry of softmax(x, y)" if part.head == "softmax" else None
    return AnswerError("wrong-shape", message, part.span, suggestion=fix)


def read_value(exercise: Exercise, text: str) -> CellAnswer:
    """A formula without any symbol: a number."""
    answer = read_formula(exercise, text)
    if answer.reading is None:
        return answer
    symbol = next((part for part in walk(answer.reading.expression) if isinstance(part, Symbol)), None)
    if symbol is None:
        return answer
    message = f"a number is wanted here, and {symbol.name} still stands in your answer"
    value = exercise.at.get(symbol.name)
    suggestion = None if value is None else "put the point in"
    return CellAnswer(text, error=AnswerError("not-a-number", message, symbol.span, suggestion=suggestion))


def unreadable(texts: tuple[str, ...], count: int, error: AnswerError) -> tuple[CellAnswer, ...]:
    """One and the same error for each of `count` cells."""
    padded = (*texts, *("",) * count)[:count]
    return tuple(CellAnswer(text, error=error) for text in padded)


def whole(text: str) -> Span:
    """The span of everything that was typed."""
    return Span(0, len(text))
