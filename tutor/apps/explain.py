"""`explain` and `check`: one function or several from the command line, with an answer to look at or without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tutor import __version__
from tutor.checking.verdict import Status
from tutor.errors import AnswerError, UsageError
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment
from tutor.feedback.explanation import Explanation, explain
from tutor.feedback.follow_up import follow_up_of
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Slope
from tutor.kinds.naming import is_partial
from tutor.render.asked import asked
from tutor.render.blocks import Banner, Block, Heading, Line, Mark, Maths, Pointer, Table, Words
from tutor.render.document import WORKED, document, verdict_page
from tutor.render.explained import derivation_page, explained, value_at
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal
from tutor.render.told import try_next

if TYPE_CHECKING:
    from collections.abc import Mapping

DONE, USAGE, UNSETTLED = 0, 2, 4

LONGEST_STDIN = 200_000
"""Characters that are read from standard input at most; far more than a formula may have."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line, as it was typed; `certificates` are part of the JSON object."""

    functions: tuple[str, ...]
    answer: str | None = None
    variables: tuple[str, ...] = ()
    order: int = 1
    at: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    as_json: bool = False
    certificates: bool = False
    numeric: bool = False
    full: bool = False
    attempt: int | None = None


def run_explain(request: Request, streams: Streams, wishes: Wishes) -> int:
    """Show how the derivative comes about, or what an answer shows; the exit code."""
    request = _with_stdin(request, streams)
    try:
        exercise = exercise_of(request)
    except _UnreadableFunction as unreadable:
        return _point_out(unreadable, streams, wishes)
    assessment = None if request.answer is None else _assessed(exercise, request.answer)
    if request.as_json or request.certificates:
        _write_json(request, exercise, assessment, streams)
    else:
        _write(_page(request, exercise, assessment), streams, wishes)
    return UNSETTLED if assessment is not None and assessment.status in (Status.UNDECIDED, Status.ERROR) else DONE


def run_check(request: Request, streams: Streams, wishes: Wishes) -> int:
    """Show the verdict on an answer and its evidence; the exit code."""
    request = _with_stdin(request, streams)
    try:
        exercise = exercise_of(request)
    except _UnreadableFunction as unreadable:
        return _point_out(unreadable, streams, wishes)
    assessment = _assessed(exercise, request.answer or "")
    if request.as_json or request.certificates:
        from tutor.render.to_json import line

        streams.stdout.write(line(_row(request, assessment)) + "\n")
    else:
        _write(verdict_page(assessment), streams, wishes)
    return UNSETTLED if assessment.status in (Status.UNDECIDED, Status.ERROR) else DONE


# ---- what is asked ----------------------------------------------------------------------------------------------


class _UnreadableFunction(Exception):
    """What is shown of a FUNCTION that cannot be read; it never leaves this file."""

    def __init__(self, text: str, error: AnswerError) -> None:
        super().__init__(error.message)
        self.text = text
        self.error = error


def exercise_of(request: Request) -> Exercise:
    """The exercise that a command line describes; raises UsageError where an option does not fit."""
    for text in request.functions:
        try:
            parse(text)
        except AnswerError as error:
            raise _UnreadableFunction(text, error) from error
    try:
        return row_exercise(_fields(request))
    except AnswerError as error:
        raise UsageError(error.code, error.message, suggestion=error.suggestion) from error
    except UsageError as error:
        if error.code == "which-variable":
            error.suggestion = "name it: --variable x; or several for a gradient: -x x -x y"
        raise


def _fields(request: Request) -> Mapping[str, Any]:
    fields: dict[str, Any] = {"function": list(request.functions)}
    if request.variables:
        fields["variables"] = [name for word in request.variables for name in word.replace(",", " ").split()]
    if request.order != 1:
        fields["order"] = request.order
    if request.at:
        fields["at"] = dict(_pair(word, "--at", "x=2") for text in request.at for word in text.split(","))
    if request.domain:
        fields["domain"] = dict(_ends(*_pair(word, "--domain", "x=0.1..2")) for word in request.domain)
    if request.assume:
        fields["assume"] = dict(_pair(word, "--assume", "x=positive") for word in request.assume)
    return fields


def _function_text(request: Request) -> str:
    return request.functions[0] if len(request.functions) == 1 else f"({', '.join(request.functions)})"


def _pair(word: str, option: str, example: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign or not name.strip() or not value.strip():
        message = f"{option} {shown(word)} is not NAME=VALUE"
        raise UsageError("bad-option", message, suggestion=f"for example: {option} {example}")
    return name.strip(), value.strip()


def _ends(name: str, value: str) -> tuple[str, list[str]]:
    low, dots, high = value.partition("..")
    if not dots:
        message = f"--domain {shown(name)}={shown(value)} does not name two ends"
        raise UsageError("bad-option", message, suggestion="for example: --domain x=0.1..2, or x=0..inf")
    return name, [low.strip() or "-inf", high.strip() or "inf"]


def _with_stdin(request: Request, streams: Streams) -> Request:
    """The request with each `-` replaced by what standard input holds."""
    wanted = [*request.functions, request.answer].count(STDIN)
    if wanted == 0:
        return request
    if wanted > 1:
        raise UsageError("double-stdin", "only one of FUNCTION and ANSWER can be read from standard input")
    text = streams.stdin.read(LONGEST_STDIN).strip()
    if request.answer == STDIN:
        return replace(request, answer=text)
    lines = tuple(line for line in text.splitlines() if line.strip()) or ("",)
    at = request.functions.index(STDIN)
    return replace(request, functions=(*request.functions[:at], *lines, *request.functions[at + 1 :]))


def _point_out(unreadable: _UnreadableFunction, streams: Streams, wishes: Wishes) -> int:
    error = unreadable.error
    suggestion = error.suggestion or "for example: difftutor explain 'exp(sin(x^2))'"
    blocks: tuple[Block, ...] = (
        Banner(Mark.TROUBLE, f"FUNCTION is not readable: {shown(error.message, 1000)}"),
        Pointer(unreadable.text, error.span, "", suggestion),
    )
    streams.stdout.flush()
    streams.stderr.write(to_terminal(blocks, look_of(streams.stderr, wishes)))
    return USAGE


# ---- what is shown ----------------------------------------------------------------------------------------------


def _assessed(exercise: Exercise, answer: str) -> Assessment:
    from tutor.checking.symbolic_worker import WorkerProver

    with WorkerProver() as prover:
        return assess(exercise, answer, prover)


def _page(request: Request, exercise: Exercise, assessment: Assessment | None) -> tuple[Block, ...]:
    numeric = _numeric(exercise) if request.numeric else ()
    if assessment is None:
        return (*_derivation(exercise, full=request.full), *numeric)
    page = document(assessment, attempt=request.attempt or WORKED, full=request.full)
    if assessment.status not in (Status.CORRECT, Status.EQUIVALENT):
        return (*page, *_next(request, assessment), *numeric)
    return (*page, *_derivation(exercise, full=request.full)[1:], *numeric)


def _next(request: Request, assessment: Assessment) -> tuple[Block, ...]:
    """What to try next, once the slip has been told."""
    found = follow_up_of(assessment) if request.attempt in (None, WORKED) else None
    return () if found is None else (try_next(found),)


def _numeric(exercise: Exercise) -> tuple[Block, ...]:
    from tutor.apps.explain_numeric import numeric_tables  # NumPy is wanted for these tables alone

    return numeric_tables(exercise)


def _derivation(exercise: Exercise, *, full: bool) -> tuple[Block, ...]:
    """How the derivative comes about: a table of cells where there are several, and the steps of each."""
    explanations = _explanations(exercise)
    head = Heading(asked(exercise))
    if len(explanations) == 1:
        ((_, explanation),) = explanations
        page = derivation_page(explanation, full=full, partial=is_partial(exercise))
        return (head, *page, *value_at(explanation.derivative, exercise.at))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        ((Words(cell.name),), (Maths(explanation.derivative),)) for cell, explanation in explanations
    )
    parts = tuple(
        block
        for _, explanation in explanations
        for page in (
            explained(explanation, full=full, partial=is_partial(exercise)),
            value_at(explanation.derivative, exercise.at),
        )
        for block in page
    )
    return (head, Table(("cell", "derivative"), rows), *parts)


def _explanations(exercise: Exercise) -> tuple[tuple[Cell, Explanation], ...]:
    cells = KINDS[exercise.kind].cells(exercise)
    return tuple(
        (cell, explain(cell.target.function, cell.target.variables)) for cell in cells if isinstance(cell.target, Slope)
    )


def _write(blocks: tuple[Block, ...], streams: Streams, wishes: Wishes) -> None:
    streams.stdout.write(to_terminal(blocks, look_of(streams.stdout, wishes)))


def _write_json(request: Request, exercise: Exercise, assessment: Assessment | None, streams: Streams) -> None:
    from tutor.render.to_json import follow_up, line, steps

    if assessment is None:
        parts = [(cell.name, explanation) for cell, explanation in _explanations(exercise)]
        plain = _unanswered(request) | {"follow_up": None}
    else:
        parts = [(cell.name, cell.explanation) for cell in assessment.cells if cell.explanation is not None]
        found = follow_up_of(assessment)
        plain = _row(request, assessment) | {"follow_up": None if found is None else follow_up(found)}
    plain["steps"] = [{"cell": name, **steps(explanation)} for name, explanation in parts]
    if request.numeric:
        from tutor.apps.explain_numeric import numeric_rows  # NumPy is wanted for these rows alone

        plain["finite_differences"] = numeric_rows(exercise)
    streams.stdout.write(line(plain) + "\n")


def _row(request: Request, assessment: Assessment) -> dict[str, Any]:
    """The result row; one with certificates says all that was asked, as a row of a file does."""
    from tutor.render.to_json import Given, row

    further = {name: value for name, value in _fields(request).items() if name != "function"}
    given = Given(function=_function_text(request), extra=further if request.certificates else {})
    return row(assessment, given, certified=request.certificates)


def _unanswered(request: Request) -> dict[str, Any]:
    """The fields of a result row where there is no answer: nothing is known of it."""
    from tutor.render.to_json import FIELDS, SCHEMA_VERSION

    known = {"schema_version": SCHEMA_VERSION, "program_version": __version__, "function": _function_text(request)}
    empty: dict[str, Any] = {name: [] for name in ("notices", "holds", "diagnosis", "cells")}
    return dict.fromkeys(FIELDS) | empty | known
