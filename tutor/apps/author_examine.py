"""One exercise examined: its key by three witnesses, its model answers and mistakes by the real grader, its hints.

Form has been checked by the loader; what is looked at here needs derivatives and proofs, so it runs in a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tutor.apps.author_answers import model_answers, right_options, typed
from tutor.apps.author_giveaway import gives_away
from tutor.apps.author_remark import Remark
from tutor.checking.check import check
from tutor.checking.key import KeyEvidence, derived_key, enough_points, examine_key
from tutor.checking.mean_value import FEWEST_POINTS
from tutor.checking.prover import Prover
from tutor.checking.verdict import RIGHT, Outcome, Status
from tutor.errors import TutorError
from tutor.exercise.model import Exercise, Mistake
from tutor.exercise.nearest import nearest
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment
from tutor.feedback.form import WRONG_FORM, what_to_change
from tutor.feedback.friendly import friendly_point
from tutor.feedback.wording import mal_rules, skills
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice, Formula, Slope
from tutor.kinds.naming import point_text

REPORT = "this is a fault of difftutor, not yours: please report it with this exercise"

LIKELY = 0.8
"""How like a skill or a mal-rule a name must be to be taken for a slip of the pen."""


def examine(exercise: Exercise, prover: Prover) -> tuple[Remark, ...]:
    """Everything that is wrong with an exercise whose form is right; a broken key hides what follows from it."""
    try:
        cells = KINDS[exercise.kind].cells(exercise)
        remarks = [*_keys(exercise, cells, prover)]
        if not any(not remark.is_warning for remark in remarks):
            remarks += _graded(exercise, cells, prover)
    except TutorError as error:
        remarks = [Remark("function", error.code, error.message, error.suggestion)]
    return (*remarks, *_choices(exercise), *_names(exercise))


def expected(exercise: Exercise, cells: tuple[Cell, ...]) -> tuple[Expression, ...]:
    """What each cell must equal, derived where there is a function; nothing for a choice."""
    return tuple(_expected(cell, exercise) for cell in cells if not isinstance(cell.target, Choice))


def _expected(cell: Cell, exercise: Exercise) -> Expression:
    assert not isinstance(cell.target, Choice)
    if isinstance(cell.target, Formula):
        return cell.target.expected
    return derived_key(cell.target, exercise.domain)


# ---- the key ----------------------------------------------------------------------------------------------------


def _keys(exercise: Exercise, cells: tuple[Cell, ...], prover: Prover) -> Iterator[Remark]:
    for number, cell in enumerate(cells):
        match cell.target:
            case Slope() as slope:
                yield from _derived(exercise, slope)
                if exercise.answer:
                    yield from _stated(exercise, number, cell, prover)
            case Formula(expected) if not enough_points(expected, exercise.domain):
                message = "this key has a value at too few points for answers to be compared with it"
                yield Remark("answer", "too-few-points", message, _where(exercise), item=number)


def _derived(exercise: Exercise, slope: Slope) -> Iterator[Remark]:
    evidence = examine_key(slope, exercise.domain)
    if Outcome.DIFFERENT in (evidence.sympy, evidence.balls):
        message = f"the witnesses of the key disagree: derived {_shown(evidence.key)}; {_said(evidence)}"
        yield Remark("function", "witnesses-disagree", message, REPORT)
    elif evidence.balls is not Outcome.EQUAL:
        found = f"{evidence.points} point{'' if evidence.points == 1 else 's'}"
        message = f"the slope of this function could be measured at {found} only; {FEWEST_POINTS} are needed"
        yield Remark("function", "too-few-points", message, _where(exercise))
    elif evidence.sympy is not Outcome.EQUAL:
        message = "SymPy could not confirm the key; the measured slopes do"
        yield Remark("function", "unconfirmed-key", message, is_warning=True)


def _said(evidence: KeyEvidence) -> str:
    return f"SymPy's derivative is {evidence.sympy.value}, the measured slope is {evidence.balls.value}"


def _where(exercise: Exercise) -> str:
    name = next(iter(exercise.variables), "x")
    if exercise.domain.ranges:
        return f"is the domain where you want it? For example: domain: {{{name}: [0, 2]}}"
    return f"say where it is real: domain: {{{name}: [0, 2]}}"


def _stated(exercise: Exercise, number: int, cell: Cell, prover: Prover) -> Iterator[Remark]:
    """What is wrong with the stated key of one cell."""
    stated = exercise.answer[number]
    assert isinstance(cell.target, Slope)
    verdict = check(cell.target, stated, exercise.domain, prover, tolerance=cell.tolerance)
    if verdict.status is Status.CORRECT:
        return
    right = derived_key(cell.target, exercise.domain)
    which = f"{cell.name} = " if len(exercise.answer) > 1 else ""
    if verdict.status is Status.INCORRECT:
        message = f"{which}{_shown(stated)} is not the derivative{_seen(exercise, cell.target, stated)}"
        fix = f"leave `answer` out, or write {to_text(right)}"
        yield Remark("answer", "wrong-key", message, fix, item=number)
    else:
        message = f"{which}{_shown(stated)} could not be shown to equal the derivative {_shown(right)}"
        yield Remark("answer", "unsettled-key", message, "write the key more simply, or leave it out", item=number)


def _seen(exercise: Exercise, slope: Slope, stated: Expression) -> str:
    """The point at which one sees that a key is wrong."""
    point = friendly_point(slope, stated, exercise.domain)
    if point is None:
        return ""
    where = ", ".join(f"{name} = {value}" for name, value in point.at)
    value = f"gives {point.answer}" if point.answer is not None else "has no value"
    return f": at {where} the slope measured from f is {point.slope}, this {value}"


# ---- answers ----------------------------------------------------------------------------------------------------


def _graded(exercise: Exercise, cells: tuple[Cell, ...], prover: Prover) -> Iterator[Remark]:
    grade = partial(assess, exercise, prover=prover)
    keys = expected(exercise, cells)
    forms = tuple(_forms(exercise, keys))
    yield from forms
    yield from _models(exercise, keys, grade, is_told=bool(forms))
    yield from _mistakes(exercise, grade)
    yield from _giveaways(exercise, keys)


Grader = Callable[[str], Assessment]


def _forms(exercise: Exercise, keys: tuple[Expression, ...]) -> Iterator[Remark]:
    """A remark for each stated key, or derived one where none is stated, that has not the form that is asked for."""
    for number, key in enumerate(exercise.answer or keys):
        change = what_to_change(exercise.form, key)
        if change is None:
            continue
        if exercise.answer:
            fix = f"write the answer in the form `{exercise.form}`, or leave `form` out"
            yield Remark("answer", WRONG_FORM, f"the answer {_shown(key)} has not its own form. {change}", fix, number)
        else:
            fix = f'answer: "…", with the derivative in the form `{exercise.form}`; or leave `form` out'
            yield Remark("form", WRONG_FORM, f"the derived key {_shown(key)} has not this form. {change}", fix)
            return


def _models(exercise: Exercise, keys: tuple[Expression, ...], grade: Grader, *, is_told: bool) -> Iterator[Remark]:
    """A remark for each way to type the right answer that is not graded as right; none of forms when that is told."""
    for name, text in right_options(exercise) if exercise.options else ():
        found = grade(text)
        if found.status is not Status.CORRECT:
            yield _not_full(name, text, found)
    stated = RIGHT if is_told else (Status.CORRECT,)
    derived = RIGHT if is_told or exercise.answer else (Status.CORRECT,)
    for field, entries, right in (("answer", exercise.answer, stated), ("function", keys, derived)):
        for name, text in model_answers(exercise, entries):
            found = grade(text)
            if found.status not in right:
                yield _no_slope(exercise) if _has_no_slope(found) else _not_full(name, text, found, field)
                break  # the further notations say the same


def _has_no_slope(found: Assessment) -> bool:
    return any(cell.code == "no-value" for cell in found.cells)


def _no_slope(exercise: Exercise) -> Remark:
    message = f"the function has no slope at {point_text(exercise)}, as far as can be told"
    return Remark("at", "no-slope", message, "choose another point")


def _not_full(name: str, text: str, found: Assessment, field: str = "choices") -> Remark:
    reason = found.fault.message if found.fault else found.message
    message = f"the right answer as {name}, {text[:120]}, is graded {found.status.value}: {reason}"
    fix = "what learners may type must be graded as right; a simpler function or a narrower domain may help"
    return Remark(field, "model-answer", message, fix)


def _mistakes(exercise: Exercise, grade: Grader) -> Iterator[Remark]:
    first: dict[tuple[Expression, ...], int] = {}
    for number, mistake in enumerate(exercise.mistakes):
        text = typed(exercise, mistake.answer)
        found = grade(text)
        told = partial(Remark, "mistakes", item=number)
        if found.status in RIGHT:
            fix = "delete it, or write what learners really answer"
            yield told("mistake-is-right", f"the mistake {text} is a right answer", fix)
            continue
        if found.status in (Status.UNREADABLE, Status.ERROR):
            reason = found.fault.message if found.fault else found.message
            yield told(
                "mistake-unreadable", f"the mistake {text} cannot be graded: {reason}", "write it as a learner would"
            )
        elif found.status is Status.UNDECIDED:
            yield told("mistake-unsettled", f"whether {text} is wrong could not be settled", is_warning=True)
        if first.setdefault(mistake.answer, number) != number:
            yield told("mistake-twice", f"the mistake {text} stands here a second time", "delete one of the two")
        if _is_silent(mistake):
            fix = 'feedback: "…", or name: the id of a mal-rule'
            yield told("silent-mistake", f"nothing is said to a learner who answers {text}", fix)


def _is_silent(mistake: Mistake) -> bool:
    return not mistake.feedback and mistake.name not in mal_rules()


def _giveaways(exercise: Exercise, keys: tuple[Expression, ...]) -> Iterator[Remark]:
    for number, hint in enumerate(exercise.hints):
        if gives_away(hint, exercise, keys):
            message = "this hint says the whole answer; `:show` is there for that"
            yield Remark("hints", "hint-gives-key", message, "leave one step to the learner", item=number)
    if gives_away(exercise.prompt, exercise, keys):
        yield Remark("prompt", "prompt-gives-key", "the prompt says the answer", "leave the answer out of it")


# ---- words ------------------------------------------------------------------------------------------------------


def _choices(exercise: Exercise) -> Iterator[Remark]:
    for number, option in enumerate(exercise.options):
        if not option.correct and not option.feedback:
            message = f"nothing is said to a learner who chooses `{option.text[:60]}`"
            fix = 'feedback: "why this is wrong"'
            yield Remark("choices", "no-feedback", message, fix, item=number)


def _names(exercise: Exercise) -> Iterator[Remark]:
    for number, name in enumerate(exercise.skills):
        if name not in skills():
            near = nearest(name, skills())
            fix = f"did you mean `{near}`?" if near else "any name will do; the known ones have a sentence of their own"
            yield Remark("skills", "unknown-skill", f"`{name}` is no known skill", fix, item=number, is_warning=True)
    for number, mistake in enumerate(exercise.mistakes):
        near = nearest(mistake.name, mal_rules()) if mistake.name and mistake.name not in mal_rules() else None
        if near is not None and _is_slip(mistake.name, near):
            fix = f"did you mean `{near}`?"
            message = f"`{mistake.name}` is no known mal-rule"
            yield Remark("mistakes", "unknown-mal-rule", message, fix, item=number, is_warning=True)


def _is_slip(name: str, near: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name, near).ratio() >= LIKELY


def _shown(expression: Expression) -> str:
    return to_text(expression, Notation.UNICODE)
