"""A right answer held against the form that its exercise asks for."""

from __future__ import annotations

from dataclasses import replace

from tutor.checking.required_form import unmet
from tutor.checking.verdict import Status, Verdict
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression
from tutor.feedback.wording import phrase

WRONG_FORM = "wrong-form"
"""The code of an answer with the right value in another form than asked."""


def in_form(form: str, answer: Expression, verdict: Verdict) -> Verdict:
    """The verdict on a right answer, equivalent and with what to change where it has another form; else as it was."""
    if verdict.status is not Status.CORRECT:
        return verdict
    change = what_to_change(form, answer)
    if change is None:
        return verdict
    return replace(verdict, status=Status.EQUIVALENT, code=WRONG_FORM, notices=(*verdict.notices, change))


def what_to_change(form: str, answer: Expression) -> str | None:
    """The sentence that says what to change in an answer so that it has a form; None when it has it."""
    found = unmet(form, answer)
    if found is None:
        return None
    factor = "" if found.factor is None else to_text(found.factor, Notation.UNICODE)
    return phrase(found.sentence, part=to_text(found.part, Notation.UNICODE), factor=factor)
