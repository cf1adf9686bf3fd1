"""The beginning of a sitting: what is asked, and the first question on the screen before anything heavy is loaded.

A command line that is plainly that of a quiz is answered from the cache of questions even before the command line's
own library is loaded; everything out of the ordinary is left to that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.apps.quiz_interrupts import Interrupts
from tutor.apps.quiz_plain import PlainFront, plain_front
from tutor.apps.quiz_question import Question, from_stored, page, shuffled
from tutor.errors import TutorError, UsageError
from tutor.exercise.bank import shipped_folder
from tutor.exercise.bank_cache import UNUSABLE, fingerprint, kept
from tutor.practice.history import History, store_path
from tutor.practice.recorder import Recorder
from tutor.practice.standing import Standing, standings
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown

if TYPE_CHECKING:
    from tutor.render.look import Look


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for: ids of exercises or units (all when empty), another folder, another record."""

    names: tuple[str, ...] = ()
    exercises: str | None = None
    store: str | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A sitting that has begun: its questions in order, the first of them shown, and the record so far."""

    options: Options
    questions: tuple[Question, ...]
    standings: Mapping[str, Standing]
    recorder: Recorder
    front: PlainFront
    look: Look
    sitting: str
    interrupts: Interrupts = field(default_factory=Interrupts)


def early(words: Sequence[str]) -> Opening | None:
    """The sitting that a command line asks for, its first question shown; None where this cannot be told quickly.

    Ctrl-C is put off from now on, until the sitting can answer it.
    """
    wanted = recognised(words)
    if wanted is None:
        return None
    interrupts = Interrupts()
    interrupts.hold()
    opening = _opened(*wanted)
    if opening is not None:
        return replace(opening, interrupts=interrupts)
    if interrupts.release():
        raise KeyboardInterrupt
    return None


def _opened(options: Options, wishes: Wishes) -> Opening | None:
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        questions = from_stored(kept(questions_file(bank_path(options.exercises))))
        history = History(store_path(options.store))
        recorder = Recorder(history, history.records())
        streams = Streams(sys.stdin, sys.stdout, sys.stderr)
        return open_sitting(options, streams, wishes, (questions, recorder))
    except (TutorError, *UNUSABLE):
        return None


def open_sitting(
    options: Options, streams: Streams, wishes: Wishes, found: tuple[tuple[Question, ...], Recorder]
) -> Opening:
    """Choose what is asked and show the first question; Ctrl-C is put off from then on.

    Raises UsageError for a name that there is not.
    """
    known, recorder = found
    sitting = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    standing = standings(recorder.records)
    asked = to_ask(chosen(known, options.names), standing, options.names)
    look = look_of(streams.stdout, wishes)
    front = plain_front(streams, look)
    opening = Opening(options, tuple(shuffled(one, sitting) for one in asked), standing, recorder, front, look, sitting)
    opening.interrupts.hold()
    if asked:
        attempt = standing.get(asked[0].id, Standing()).begun + 1
        front.show(page(opening.questions[0], f"1/{len(asked)}", attempt))
    return opening


def recognised(words: Sequence[str]) -> tuple[Options, Wishes] | None:
    """What a command line asks of a quiz; None for another command, and for every word that needs more thought."""
    given: dict[str, str] = {}
    names: list[str] = []
    rest = list(words)
    while rest:
        word, sign, value = rest.pop(0).partition("=")
        if word in _FLAGS and not sign:
            given[word] = word
        elif word in (_VALUED if names else _ANYWHERE) and (sign or (rest and not rest[0].startswith("-"))):
            given[word] = value if sign else rest.pop(0)
        elif word.startswith("-") or sign or not word:
            return None
        else:
            names.append(word)
    if names[:1] != ["quiz"] or given.get("--color", "auto") not in ("auto", "always", "never"):
        return None
    wishes = Wishes("--plain" in given, "--ascii" in given, given.get("--color", "auto"))
    return Options(tuple(names[1:]), given.get("--exercises"), given.get("--store")), wishes


_FLAGS = ("--plain", "--ascii")
_ANYWHERE = ("--color",)
_VALUED = (*_ANYWHERE, "--exercises", "--store")


def bank_path(folder: str | None) -> Path:
    """The folder or file of the exercises: by default those that come with the program."""
    return Path(folder) if folder else shipped_folder()


def cache_folder() -> Path:
    """The platform's folder for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("difftutor", appauthor=False)


def questions_file(path: Path) -> Path:
    """Where the questions of a bank are kept, for as long as the bank and the program stay as they are."""
    return cache_folder() / f"questions-{fingerprint(path)}.json"


def chosen(known: Iterable[Question], names: tuple[str, ...]) -> tuple[Question, ...]:
    """The questions that the names mean, each once; all where there is no name.

    Raises UsageError for a name of nothing.
    """
    everything = tuple(known)
    if not names:
        return everything
    found = [one for name in names for one in _named(everything, name)]
    return tuple({one.id: one for one in found}.values())


def to_ask(
    questions: tuple[Question, ...], standing: Mapping[str, Standing], names: tuple[str, ...]
) -> tuple[Question, ...]:
    """What is asked, in order: what was begun, then what is new, then what was given up; several names as named.

    What is finished is asked only when it is named by its id, or when all of a named unit is finished.
    """
    left = tuple(one for one in questions if one.id in names or not standing.get(one.id, Standing()).finished)
    if names and not left:
        return questions
    if len(names) > 1:
        return left
    return tuple(sorted(left, key=lambda one: _turn(standing.get(one.id, Standing()))))


def _turn(standing: Standing) -> int:
    return 0 if standing.begun else 2 if standing.given_up and not standing.finished else 1


def _named(known: tuple[Question, ...], name: str) -> tuple[Question, ...]:
    exact = tuple(one for one in known if one.id == name)
    found = exact or tuple(one for one in known if name.casefold() in (one.unit.casefold(), one.file.casefold()))
    if not found:
        raise _unknown(known, name)
    return found


def _unknown(known: tuple[Question, ...], name: str) -> UsageError:
    from tutor.exercise.nearest import nearest

    meant = nearest(name, dict.fromkeys((*(one.id for one in known), *(one.unit for one in known))))
    suggestion = f"did you mean {meant}?" if meant else "difftutor quiz --list names all."
    return UsageError("unknown-exercise", f"there is no exercise or unit {shown(name, 80)}", suggestion=suggestion)
