"""What each line of the learner does: an answer is assessed and kept, a command does what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from tutor.apps.quiz_again import again, offer, with_slip
from tutor.apps.quiz_desk import Acted, Desk, Quiz, keep
from tutor.apps.quiz_front import COMMANDS, is_command
from tutor.apps.quiz_pages import help_page, says
from tutor.exercise.nearest import nearest
from tutor.practice.history import What
from tutor.practice.session import Answered, Continued, Hinted, Phase, Quit, Shown, Skipped, Undone
from tutor.practice.standing import COUNTED, LAST_ATTEMPT, last_move, standings
from tutor.render.shown import shown

if TYPE_CHECKING:
    from tutor.exercise.model import Exercise
    from tutor.feedback.assessment import Assessment
    from tutor.practice.history import Record
    from tutor.practice.session import Session
    from tutor.render.blocks import Block

FREE = "No attempt was used."

LONGEST_NOTE = 500


def act(quiz: Quiz, desk: Desk, line: str) -> Acted:
    """What a line leads to: a command, an answer, or, after worked steps, the next question."""
    command, rest = command_of(line)
    if desk.session.phase is Phase.READING and command not in _WHILE_READING:
        return Acted(desk.after(Continued()))
    if command is None:
        return _answer(quiz, desk, line) if line.strip() else _told(desk, "Type an answer, or ? for what else.")
    action = _ACTIONS.get(command)
    return action(quiz, desk, rest) if action else _unknown(desk, command)


def command_of(line: str) -> tuple[str | None, str]:
    """The command that a line means, `?` for the list, an unknown one as typed, None for an answer; and its words."""
    word, _, rest = line.strip().partition(" ")
    if rest and word.casefold() not in _WITH_WORDS and not is_command(word):
        return None, ""
    return _command(word), rest.strip()


def _command(word: str) -> str | None:
    folded = word.casefold()
    if folded in _OTHER_NAMES:
        return _OTHER_NAMES[folded]
    named = folded if is_command(word) else f":{folded}"
    names = [name for name, _ in COMMANDS if name.startswith(":")]
    if named in names:
        return named
    short = [name for name in names if len(named) > 1 and is_command(word) and name.startswith(named)]
    return short[0] if len(short) == 1 else word if is_command(word) else None


_OTHER_NAMES = MappingProxyType(
    dict.fromkeys(("?", ":?", ":help", "help"), "?") | dict.fromkeys((":q", ":exit", "exit"), ":quit")
)

_WITH_WORDS = (":flag", "flag")


# ---- answers ----------------------------------------------------------------------------------------------------


def _answer(quiz: Quiz, desk: Desk, line: str) -> Acted:
    from tutor.render.document import document

    session, exercise = desk.session, quiz.current(desk.session)
    if _is_the_last(quiz, exercise, line):
        return _told(desk, f"This is your last answer again. {FREE}")
    assessment = quiz.assess(exercise, line)
    keep(quiz, desk, What.ANSWERED, **_kept(assessment))
    after = with_slip(desk.after(Answered(assessment.status)), assessment)
    page = document(assessment, attempt=min(session.attempt, LAST_ATTEMPT))
    return Acted(after, (*page, *_beside(assessment, after.session), *offer(desk, after)))


def _is_the_last(quiz: Quiz, exercise: Exercise, line: str) -> bool:
    """Whether a line reads the same as the answer before it to the same exercise."""
    from tutor.kinds.catalogue import KINDS

    found = standings(quiz.recorder.records).get(exercise.id)
    if found is None or found.last is None:
        return False
    read = KINDS[exercise.kind].read
    before, now = read(exercise, found.last), read(exercise, line)
    return len(before) == len(now) and all(
        one.error is None
        and one.chosen == other.chosen
        and getattr(one.reading, "expression", None) == getattr(other.reading, "expression", None)
        and getattr(one.reading, "constant", None) == getattr(other.reading, "constant", None)
        for one, other in zip(now, before, strict=True)
    )


def _kept(assessment: Assessment) -> dict[str, object]:
    findings = [finding for cell in assessment.cells for finding in cell.diagnosis.findings[:1]]
    return {
        "answer": _kept_answer(assessment),
        "status": assessment.status.value,
        "score": assessment.score,
        "mal_rules": tuple(name for finding in findings for name in finding.mal_rules),
    }


def _kept_answer(assessment: Assessment) -> str:
    """The answer as typed; of a choice the texts of the options, since their numbers hold for one sitting only."""
    from tutor.kinds.catalogue import KINDS

    exercise = assessment.exercise
    if not exercise.options:
        return assessment.answer
    (cell,) = KINDS[exercise.kind].read(exercise, assessment.answer)
    return "; ".join(exercise.options[number].text for number in sorted(cell.chosen)) or assessment.answer


def _beside(assessment: Assessment, session: Session) -> tuple[Block, ...]:
    """What stands under the page of an answer: that it was free, what is left, or the solution."""
    if assessment.status.value not in COUNTED:
        return says(FREE)
    if session.current == assessment.exercise.id and session.phase is Phase.ASKING:
        left = LAST_ATTEMPT + 1 - session.attempt
        return says(f"{left} attempts left." if left > 1 else "One attempt left.")
    explained = any(cell.explanation is not None for cell in assessment.cells)
    if session.phase is not Phase.READING or explained:
        return ()
    from tutor.apps.quiz_solution import solution

    return solution(assessment.exercise)


# ---- commands ---------------------------------------------------------------------------------------------------


def _hint(quiz: Quiz, desk: Desk, _: str) -> Acted:
    from tutor.apps.quiz_solution import hint, hints

    exercise = quiz.current(desk.session)
    keep(quiz, desk, What.HINTED)
    found = hints(exercise)
    return Acted(desk.after(Hinted(len(found))), hint(found, desk.session.hints + 1))


def _steps(quiz: Quiz, desk: Desk, _: str) -> Acted:
    from tutor.apps.quiz_solution import way

    keep(quiz, desk, What.STEPS)
    seen = LAST_ATTEMPT if desk.session.phase is Phase.READING else desk.session.attempt - 1
    return Acted(desk, way(quiz.current(desk.session), seen))


def _show(quiz: Quiz, desk: Desk, _: str) -> Acted:
    from tutor.apps.quiz_solution import solution

    keep(quiz, desk, What.SHOWN)
    after = desk.after(Shown())
    return Acted(after, (*solution(quiz.current(desk.session)), *offer(desk, after)))


def _again(quiz: Quiz, desk: Desk, _: str) -> Acted:
    return again(quiz, desk)


def _skip(quiz: Quiz, desk: Desk, _: str) -> Acted:
    keep(quiz, desk, What.SKIPPED)
    return Acted(desk.after(Skipped()), says("Skipped; a later sitting asks it again, after what is new."))


def _undo(quiz: Quiz, desk: Desk, _: str) -> Acted:
    if not desk.session.earlier:
        return _told(desk, "There is nothing to take back in this sitting.")
    before = replace(desk.after(Undone()), asked=None)
    assert before.session.current is not None
    taken = last_move(quiz.recorder.records, quiz.sitting, before.session.current)
    keep(quiz, before, What.UNDONE)
    return Acted(before, says(f"Taken back: {_in_words(taken)}."))


def _in_words(record: Record | None) -> str:
    if record is None or record.what is What.ANSWERED:
        return f"your answer {shown(record.answer or '')}" if record else "the last line"
    return ":skip" if record.what is What.SKIPPED else ":show"


def _flag(quiz: Quiz, desk: Desk, note: str) -> Acted:
    keep(quiz, desk, What.FLAGGED, answer=note[:LONGEST_NOTE])
    with_note = " with your note" if note else "; :flag and some words say why"
    return _told(desk, f"Marked{with_note}. difftutor progress lists what is marked.")


def _help(_: Quiz, desk: Desk, __: str) -> Acted:
    return Acted(desk, help_page())


def _quit(_: Quiz, desk: Desk, __: str) -> Acted:
    return Acted(desk.after(Quit()))


def _unknown(desk: Desk, command: str) -> Acted:
    meant = nearest(command, [name for name, _ in COMMANDS])
    return _told(desk, f"There is no {command}." + (f" Did you mean {meant}?" if meant else " ? lists all."))


def _told(desk: Desk, words: str) -> Acted:
    return Acted(desk, says(words))


_ACTIONS: Mapping[str, Callable[[Quiz, Desk, str], Acted]] = MappingProxyType(
    {
        ":hint": _hint,
        ":steps": _steps,
        ":show": _show,
        ":skip": _skip,
        ":undo": _undo,
        ":again": _again,
        ":flag": _flag,
        ":quit": _quit,
        "?": _help,
    }
)

_WHILE_READING = (":steps", ":undo", ":again", ":flag", ":quit", "?")
"""The commands that do something at worked steps; any other line goes on to the next question."""
