"""One sitting as a value: what is asked next, which attempt it is, what has been done; `step` gives the next value.

No clock, file or terminal: whoever runs the sitting tells the session what happened and shows what it then says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from tutor.checking.verdict import Status

LAST_ATTEMPT = 3
"""The attempt after which the worked steps are shown."""


class Ending(StrEnum):
    """How one exercise of a sitting ended."""

    RIGHT = "right"
    SHOWN = "shown"
    SKIPPED = "skipped"


class Phase(StrEnum):
    """What the session waits for: an answer, a sign that the worked steps have been read, or nothing more."""

    ASKING = "asking"
    READING = "reading"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was assessed."""

    status: Status


@dataclass(frozen=True, slots=True)
class Hinted:
    """A hint was asked for; `available` is how many the exercise has."""

    available: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """The learner goes on without an answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The learner asked for the worked steps."""


@dataclass(frozen=True, slots=True)
class Continued:
    """The learner has read what was shown."""


@dataclass(frozen=True, slots=True)
class Quit:
    """The learner leaves."""


Event: TypeAlias = Answered | Hinted | Skipped | Shown | Continued | Quit


@dataclass(frozen=True, slots=True)
class Done:
    """One exercise of the sitting, how it ended, and after how many attempts."""

    exercise: str
    ending: Ending
    attempts: int
    hints: int


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting: the exercises in order, where it stands, and what has been done.

    `attempt` counts from 1 the attempt that an answer given now would be; `hints` counts the hints shown so far for
    the current exercise.
    """

    exercises: tuple[str, ...]
    place: int = 0
    attempt: int = 1
    hints: int = 0
    phase: Phase = Phase.ASKING
    done: tuple[Done, ...] = ()

    @property
    def current(self) -> str | None:
        """The id of the exercise that is asked, None when the sitting is over."""
        return self.exercises[self.place] if self.phase is not Phase.OVER else None

    def count(self, ending: Ending) -> int:
        """How many exercises ended so."""
        return sum(done.ending is ending for done in self.done)


def begin(exercises: tuple[str, ...]) -> Session:
    """A sitting over exercises in order; over at once when there is none."""
    return Session(exercises, phase=Phase.ASKING if exercises else Phase.OVER)


def step(session: Session, event: Event) -> Session:
    """The session after an event; an event that does not fit the phase changes nothing."""
    if session.phase is Phase.OVER:
        return session
    if isinstance(event, Quit):
        return replace(session, phase=Phase.OVER)
    if session.phase is Phase.READING:
        return _next(session) if isinstance(event, Continued) else session
    return _asked(session, event)


def _asked(session: Session, event: Answered | Hinted | Skipped | Shown | Continued) -> Session:
    match event:
        case Continued():
            return session
        case Answered(status):
            return _answered(session, status)
        case Hinted(available):
            return replace(session, hints=min(session.hints + 1, available))
        case Skipped():
            return _next(_ended(session, Ending.SKIPPED, session.attempt - 1))
        case Shown():
            return replace(_ended(session, Ending.SHOWN, session.attempt - 1), phase=Phase.READING)


def _answered(session: Session, status: Status) -> Session:
    match status:
        case Status.CORRECT:
            return _next(_ended(session, Ending.RIGHT, session.attempt))
        case Status.UNREADABLE | Status.UNDECIDED | Status.ERROR:
            return session
        case Status.EQUIVALENT | Status.PARTIAL | Status.INCORRECT if session.attempt >= LAST_ATTEMPT:
            return replace(_ended(session, Ending.SHOWN, session.attempt), phase=Phase.READING)
        case _:
            return replace(session, attempt=session.attempt + 1)


def _ended(session: Session, ending: Ending, attempts: int) -> Session:
    done = Done(session.exercises[session.place], ending, attempts, session.hints)
    return replace(session, done=(*session.done, done))


def _next(session: Session) -> Session:
    place = session.place + 1
    over = place >= len(session.exercises)
    return replace(session, place=place, attempt=1, hints=0, phase=Phase.OVER if over else Phase.ASKING)
