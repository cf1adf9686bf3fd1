"""The quiz: a thin loop around a pure sitting; the first question is on the screen before anything heavy is loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.apps.quiz_actions import act
from tutor.apps.quiz_desk import Desk, Quiz
from tutor.apps.quiz_front import Ask, Front, Reader
from tutor.apps.quiz_opening import Opening, Options, open_sitting
from tutor.apps.quiz_pages import end_page, says
from tutor.apps.quiz_plain import is_live
from tutor.apps.quiz_question import page
from tutor.apps.quiz_start import Assessor, Shelf, bank_of, questions_of
from tutor.practice.history import History, store_path
from tutor.practice.recorder import opened
from tutor.practice.session import Phase, Quit, Session, begin, step
from tutor.practice.standing import finished, standing, standings

if TYPE_CHECKING:
    from tutor.kinds.kind import CellAnswer
    from tutor.render.blocks import Block
    from tutor.render.look import Streams, Wishes

PAUSE = "Enter for the next question: "

STOPPED = 130


def run_quiz(options: Options, streams: Streams, wishes: Wishes, opening: Opening | None = None) -> int:
    """Ask the exercises that are not yet done, one after the other; the exit code."""
    if options.listed:
        return _list(options, streams, wishes)
    if opening is None:
        found = questions_of(options.exercises), opened(store_path(options.store))
        opening = open_sitting(options, streams, wishes, found)
    else:
        opening.recorder.prepare()
    return _sit(opening)


def _sit(opening: Opening) -> int:
    shelf = Shelf(opening.options.exercises, opening.sitting)
    with Assessor() as assessor:
        quiz = Quiz(
            questions={one.id: one for one in opening.questions},
            exercise=shelf,
            recorder=opening.recorder,
            front=_front(opening),
            assess=assessor.assess,
            warm=lambda done: assessor.warm(shelf.bank, done),
            sitting=opening.sitting,
            interrupts=opening.interrupts,
        )
        session = begin(tuple(quiz.questions), opening.standings)
        desk = Desk(session, asked=0 if opening.questions else None, since=quiz.clock())
        return play(quiz, desk)


def play(quiz: Quiz, desk: Desk) -> int:
    """The whole sitting, to its end screen; 130 when it was left with Ctrl-C."""
    _show(quiz)
    while desk.session.phase is not Phase.OVER:
        try:
            desk = _interrupted(quiz, desk) if quiz.interrupts.release() else turn(quiz, desk)
        except KeyboardInterrupt:  # the second one, while the first was being answered
            desk = _left(desk)
    quiz.interrupts.hold()
    records = [record for record in standing(quiz.recorder.records) if record.sitting == quiz.sitting]
    saved = quiz.recorder.where() if quiz.recorder.writes else ""
    quiz.front.show(end_page(desk.session, records, saved))
    quiz.interrupts.release()
    return STOPPED if desk.interrupted else 0


def turn(quiz: Quiz, desk: Desk) -> Desk:
    """Show what is to be seen, read one line, and do what it says.

    Ctrl-C leaves the sitting as it was, unless what the line led to has been written: then it is shown first.
    """
    try:
        desk = _with_question(quiz, desk)
        line = quiz.front.read(_ask(quiz, desk))
    except EOFError:
        return replace(desk, session=step(desk.session, Quit()), interrupted=0)
    except KeyboardInterrupt:
        return _interrupted(quiz, replace(desk, warmed=True))
    desk = replace(desk, interrupted=0, warmed=True)
    try:
        acted = act(quiz, desk, line)
        _show(quiz, acted.page)
    except KeyboardInterrupt:
        quiz.interrupts.release()
        quiz.front.show(says("Stopped; this line was not counted. Ctrl-C again leaves."))
        return replace(desk, interrupted=1)
    return _interrupted(quiz, acted.desk) if quiz.interrupts.release() else acted.desk


# ---- one turn ---------------------------------------------------------------------------------------------------


def _with_question(quiz: Quiz, desk: Desk) -> Desk:
    session = desk.session
    if desk.asked == session.place or session.phase is not Phase.ASKING:
        return desk
    assert session.current is not None
    place = f"{session.place + 1}/{len(session.exercises)}"
    quiz.front.show(page(quiz.questions[session.current], place, session.attempt))
    return replace(desk, asked=session.place, since=quiz.clock())


def _ask(quiz: Quiz, desk: Desk) -> Ask:
    session = desk.session
    warm = None if desk.warmed else quiz.warm
    if session.phase is Phase.READING:
        return Ask(PAUSE, None, warm)
    assert session.current is not None
    return Ask(quiz.questions[session.current].label, _reader(quiz, session), warm)


def _reader(quiz: Quiz, session: Session) -> Reader:
    """What reads answers to the exercise that is asked; it is loaded when it is first used."""

    def read(text: str) -> tuple[CellAnswer, ...]:
        from tutor.kinds.catalogue import KINDS

        exercise = quiz.current(session)
        return KINDS[exercise.kind].read(exercise, text)

    return read


def _show(quiz: Quiz, page: tuple[Block, ...] = ()) -> None:
    """Show a page, and what there is to say about the record, if there is anything."""
    news = tuple(block for words in quiz.recorder.news() for block in says(words))
    if page or news:
        quiz.front.show((*page, *news))


def _interrupted(quiz: Quiz, desk: Desk) -> Desk:
    if desk.interrupted:
        return _left(desk)
    saved = "everything up to here is saved" if quiz.recorder.writes else "nothing is saved"
    quiz.front.show(says(f"Ctrl-C again leaves; {saved}."))
    return replace(desk, interrupted=1)


def _left(desk: Desk) -> Desk:
    return replace(desk, session=step(desk.session, Quit()), interrupted=2)


def _front(opening: Opening) -> Front:
    plain = opening.front
    if not is_live(plain.streams, opening.look):
        return plain
    from tutor.apps.quiz_prompt import PromptFront  # loads the terminal toolkit only at the first line it reads

    return PromptFront(plain)


def _list(options: Options, streams: Streams, wishes: Wishes) -> int:
    from tutor.apps.quiz_list import list_page
    from tutor.render.look import look_of
    from tutor.render.to_terminal import to_terminal

    bank = bank_of(options.exercises)
    done = finished(standings(History(store_path(options.store)).records()))
    streams.stdout.write(to_terminal(list_page(bank, done), look_of(streams.stdout, wishes)))
    return 0
