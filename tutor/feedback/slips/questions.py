"""The values of the right answer to another question than the one that was asked, without its formula."""

from __future__ import annotations

import numpy as np

from tutor.calculus.question_slips import QuestionSlip
from tutor.errors import AnswerError
from tutor.expression.evaluate import operate
from tutor.expression.tree import Apply, Expression, Symbol, size
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.values import Values

__all__ = ["values_of_answer"]

MOST_PARTS = 60
"""The derivatives of a function of so many parts are never too large to be written."""


def values_of_answer(slip: QuestionSlip, columns: Columns) -> Values | None:
    """The values of the answer that a slip about a question gives; None where it cannot be written."""
    try:
        if size(slip.bindings["F"]) > MOST_PARTS:
            return columns.value(slip.formula)
        return _value(slip.rule.after, slip, columns)
    except AnswerError:
        return None


def _value(after: Expression, slip: QuestionSlip, columns: Columns) -> Values:
    match after:
        case Symbol(name) if name in slip.bindings:
            return columns.value(slip.bindings[name])
        case Apply("D", (Symbol(name),)):
            return columns.right(slip.bindings[name])
        case Apply("E", (Symbol(name),)):
            return columns.about(slip.variables[1]).right(slip.bindings[name])
        case Apply(_, arguments):
            found = operate(after, [_value(part, slip, columns) for part in arguments], ())
            return np.broadcast_to(found, (columns.count,))
        case _:
            return columns.value(after)
