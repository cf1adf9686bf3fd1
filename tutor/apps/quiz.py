"""The quiz: a thin loop around a pure sitting; the first question is on the screen before anything heavy is loaded."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tutor.apps.quiz_front import COMMANDS, Ask, Front, is_command
from tutor.apps.quiz_pages import end_page, help_page, hint, label, list_page, question, says
from tutor.checking.verdict import Status
from tutor.exercise.model import Exercise
from tutor.exercise.nearest import nearest
from tutor.kinds.catalogue import KINDS
from tutor.kinds.choice import shuffled
from tutor.practice.history import History, Record, What, store_path
from tutor.practice.session import (
    LAST_ATTEMPT,
    Answered,
    Continued,
    Event,
    Hinted,
    Phase,
    Quit,
    Session,
    Shown,
    Skipped,
    begin,
    step,
)
from tutor.render.look import Look, Streams, Wishes, look_of
from tutor.render.to_terminal import to_terminal

if TYPE_CHECKING:
    from tutor.feedback.assessment import Assessment
    from tutor.render.blocks import Block

PAUSE = "Enter for the next question: "

STOPPED = 130

UNCOUNTED = (Status.UNREADABLE, Status.UNDECIDED, Status.ERROR)
"""Answers with these statuses use up no attempt."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for: ids of exercises or units (all when empty), another folder, another record."""

    names: tuple[str, ...] = ()
    exercises: str | None = None
    store: str | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """All that one sitting needs of the world outside; each part can be replaced in a test."""

    exercises: Mapping[str, Exercise]
    history: History
    front: Front
    assess: Callable[[Exercise, str], Assessment]
    warm: Callable[[], None]
    sitting: str
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the sitting stands and what the screen shows of it.

    `asked` is the place whose question is on the screen, None before the first; `since` is when it was shown.
    `interrupted` counts Ctrl-C without anything in between.
    """

    session: Session
    asked: int | None = None
    since: float = 0.0
    interrupted: int = 0


def run_quiz(options: Options, streams: Streams, wishes: Wishes) -> int:
    """Ask the exercises that are not yet done, one after the other; the exit code."""
    from tutor.apps.quiz_start import Assessor, bank_of, chosen, to_ask

    history = History(store_path(options.store))
    sitting = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    bank = bank_of(options.exercises)
    look = look_of(streams.stdout, wishes)
    if options.listed:
        streams.stdout.write(to_terminal(list_page(bank, history.finished()), look))
        return 0
    exercises = {exercise.id: shuffled(exercise, sitting) for exercise in chosen(bank, options.names)}
    history.prepare()
    session = begin(to_ask(tuple(exercises.values()), history.finished(), options.names))
    front = front_for(streams, look)
    with Assessor() as assessor:
        quiz = Quiz(MappingProxyType(exercises), history, front, assessor.assess, assessor.warm, sitting)
        return play(quiz, session)


def play(quiz: Quiz, session: Session) -> int:
    """The whole sitting, to its end screen; 130 when it was left with Ctrl-C."""
    desk = Desk(session)
    while desk.session.phase is not Phase.OVER:
        try:
            desk = turn(quiz, desk)
        except KeyboardInterrupt:  # the second one, while the first was being answered
            desk = _left(desk)
    quiz.front.show(end_page(desk.session, shown_path(quiz.history.path)))
    return STOPPED if desk.interrupted else 0


def turn(quiz: Quiz, desk: Desk) -> Desk:
    """Show what is to be seen, read one line, and do what it says; Ctrl-C anywhere leaves the sitting as it was."""
    try:
        desk = _with_question(quiz, desk)
        line = quiz.front.read(_ask(quiz, desk.session))
    except EOFError:
        return replace(desk, session=step(desk.session, Quit()), interrupted=0)
    except KeyboardInterrupt:
        return _interrupted(quiz, desk)
    desk = replace(desk, interrupted=0)
    try:
        return _do(quiz, desk, line)
    except KeyboardInterrupt:
        quiz.front.show(says("Stopped; this line was not counted. Ctrl-C again leaves."))
        return replace(desk, interrupted=1)


def command_of(line: str) -> str | None:
    """The command that a line means, `?` for the list, an unknown one as it was typed, None for an answer."""
    word = line.strip()
    if word in ("?", ":?", ":help", "help"):
        return "?"
    named = word if is_command(word) else f":{word}"
    names = [name for name, _ in COMMANDS if name.startswith(":")]
    if word.casefold() in ("exit", "quit", ":exit", ":q"):
        return ":quit"
    if named.casefold() in names:
        return named.casefold()
    short = [name for name in names if len(named) > 1 and is_command(word) and name.startswith(named.casefold())]
    return short[0] if len(short) == 1 else word if is_command(word) else None


def front_for(streams: Streams, look: Look) -> Front:
    """The live prompt in a terminal, else the plain front."""
    from tutor.apps.quiz_plain import PlainFront

    if look.plain or not (streams.stdin.isatty() and streams.stdout.isatty()):
        return PlainFront(streams, look.as_plain(), echo=not streams.stdin.isatty())
    from tutor.apps.quiz_prompt import PromptFront  # loads the terminal toolkit only at the first line it reads

    return PromptFront(PlainFront(streams, look, echo=False))


def shown_path(path: Path) -> str:
    """A path as people write it, with ~ for the home folder."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)


# ---- one turn ---------------------------------------------------------------------------------------------------


def _with_question(quiz: Quiz, desk: Desk) -> Desk:
    session = desk.session
    if desk.asked == session.place or session.phase is not Phase.ASKING:
        return desk
    exercise = _current(quiz, session)
    quiz.front.show(question(exercise, session))
    if desk.asked is None:
        quiz.warm()
    return replace(desk, asked=session.place, since=quiz.clock())


def _ask(quiz: Quiz, session: Session) -> Ask:
    if session.phase is Phase.READING:
        return Ask(PAUSE)
    exercise = _current(quiz, session)
    return Ask(label(exercise), lambda text: KINDS[exercise.kind].read(exercise, text))


def _interrupted(quiz: Quiz, desk: Desk) -> Desk:
    if desk.interrupted:
        return _left(desk)
    quiz.front.show(says("Ctrl-C again leaves; everything up to here is saved."))
    return replace(desk, interrupted=1)


def _left(desk: Desk) -> Desk:
    return replace(desk, session=step(desk.session, Quit()), interrupted=2)


def _do(quiz: Quiz, desk: Desk, line: str) -> Desk:
    command = command_of(line)
    if desk.session.phase is Phase.READING:
        return _after(desk, Quit() if command == ":quit" else Continued())
    if command is None:
        return _answer(quiz, desk, line) if line.strip() else _told(quiz, desk, "Type an answer, or ? for what else.")
    action = _ACTIONS.get(command)
    return action(quiz, desk) if action else _unknown(quiz, desk, command)


def _answer(quiz: Quiz, desk: Desk, line: str) -> Desk:
    from tutor.render.document import document

    session, exercise = desk.session, _current(quiz, desk.session)
    assessment = quiz.assess(exercise, line)
    _keep(quiz, desk, What.ANSWERED, assessment)
    after = _after(desk, Answered(assessment.status))
    page = document(assessment, attempt=min(session.attempt, LAST_ATTEMPT))
    quiz.front.show((*page, *_beside(assessment, after.session)))
    return after


def _beside(assessment: Assessment, session: Session) -> tuple[Block, ...]:
    """What stands under the page of an answer: that it was free, or the solution that the page does not hold."""
    if assessment.status in UNCOUNTED:
        return says("No attempt was used.")
    explained = any(cell.explanation is not None for cell in assessment.cells)
    if session.phase is not Phase.READING or explained:
        return ()
    from tutor.apps.quiz_solution import solution

    return solution(assessment.exercise)


def _hint(quiz: Quiz, desk: Desk) -> Desk:
    exercise = _current(quiz, desk.session)
    _keep(quiz, desk, What.HINTED)
    quiz.front.show(hint(exercise, desk.session.hints + 1))
    return _after(desk, Hinted(len(KINDS[exercise.kind].hints(exercise))))


def _show(quiz: Quiz, desk: Desk) -> Desk:
    from tutor.apps.quiz_solution import solution

    exercise = _current(quiz, desk.session)
    _keep(quiz, desk, What.SHOWN)
    quiz.front.show(solution(exercise))
    return _after(desk, Shown())


def _skip(quiz: Quiz, desk: Desk) -> Desk:
    _keep(quiz, desk, What.SKIPPED)
    return _after(desk, Skipped())


def _help(quiz: Quiz, desk: Desk) -> Desk:
    quiz.front.show(help_page())
    return desk


def _quit(_: Quiz, desk: Desk) -> Desk:
    return _after(desk, Quit())


def _unknown(quiz: Quiz, desk: Desk, command: str) -> Desk:
    meant = nearest(command, [name for name, _ in COMMANDS])
    return _told(quiz, desk, f"There is no {command}." + (f" Did you mean {meant}?" if meant else " ? lists all."))


def _told(quiz: Quiz, desk: Desk, words: str) -> Desk:
    quiz.front.show(says(words))
    return desk


_ACTIONS: Mapping[str, Callable[[Quiz, Desk], Desk]] = MappingProxyType(
    {":hint": _hint, ":show": _show, ":skip": _skip, ":quit": _quit, "?": _help}
)


def _after(desk: Desk, event: Event) -> Desk:
    return replace(desk, session=step(desk.session, event))


def _current(quiz: Quiz, session: Session) -> Exercise:
    assert session.current is not None
    return quiz.exercises[session.current]


def _keep(quiz: Quiz, desk: Desk, what: What, assessment: Assessment | None = None) -> None:
    """Write an event to the record; the screen shows it only afterwards."""
    session = desk.session
    record = Record(
        at=quiz.today(),
        sitting=quiz.sitting,
        exercise=_current(quiz, session).id,
        what=what,
        attempt=session.attempt,
        seconds=round(quiz.clock() - desk.since, 3),
    )
    if assessment is not None:
        record = _with_assessment(record, assessment)
    quiz.history.append(record)


def _with_assessment(record: Record, assessment: Assessment) -> Record:
    findings = [finding for cell in assessment.cells for finding in cell.diagnosis.findings[:1]]
    return replace(
        record,
        answer=_kept_answer(assessment),
        status=assessment.status.value,
        score=assessment.score,
        mal_rules=tuple(name for finding in findings for name in finding.mal_rules),
    )


def _kept_answer(assessment: Assessment) -> str:
    """The answer as typed; of a choice the texts of the options, since their numbers hold for one sitting only."""
    exercise = assessment.exercise
    if not exercise.options:
        return assessment.answer
    (cell,) = KINDS[exercise.kind].read(exercise, assessment.answer)
    return "; ".join(exercise.options[number].text for number in sorted(cell.chosen)) or assessment.answer
