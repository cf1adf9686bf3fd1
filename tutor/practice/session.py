"""One sitting as a value: what is asked next, which attempt it is, what has been done; `step` gives the next value.

No clock, file or terminal: whoever runs the sitting tells the session what happened and shows what it then says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from tutor.checking.verdict import Status
from tutor.practice.standing import LAST_ATTEMPT, Standing


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
class Undone:
    """The learner takes back the last answer, skip or show."""


@dataclass(frozen=True, slots=True)
class Quit:
    """The learner leaves."""


Event: TypeAlias = Answered | Hinted | Skipped | Shown | Continued | Undone | Quit


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
    the current exercise. `begun` has the exercises on which an earlier sitting spent attempts or hints. `earlier` holds
    the sitting as it was before each event that can be taken back, the latest last.
    """

    exercises: tuple[str, ...]
    place: int = 0
    attempt: int = 1
    hints: int = 0
    phase: Phase = Phase.ASKING
    done: tuple[Done, ...] = ()
    begun: Mapping[str, Standing] = field(default_factory=dict)
    earlier: tuple[Session, ...] = ()

    @property
    def current(self) -> str | None:
        """The id of the exercise that is asked, None when the sitting is over."""
        return self.exercises[self.place] if self.phase is not Phase.OVER else None

    def count(self, ending: Ending) -> int:
        """How many exercises ended so."""
        return sum(done.ending is ending for done in self.done)


def begin(exercises: tuple[str, ...], begun: Mapping[str, Standing] | None = None) -> Session:
    """A sitting over exercises in order, some of them begun already; over at once when there is none."""
    session = Session(exercises, begun=begun or {}, phase=Phase.ASKING if exercises else Phase.OVER)
    return _at(session, 0) if exercises else session


def step(session: Session, event: Event) -> Session:
    """The session after an event; an event that does not fit the phase changes nothing."""
    match event:
        case _ if session.phase is Phase.OVER:
            return session
        case Quit():
            return replace(session, phase=Phase.OVER)
        case Undone():
            return _before(session)
        case Continued():
            return _next(session) if session.phase is Phase.READING else session
        case _:
            return session if session.phase is Phase.READING else _asked(session, event)


def _asked(session: Session, event: Answered | Hinted | Skipped | Shown) -> Session:
    match event:
        case Answered(status):
            return _answered(session, status)
        case Hinted(available):
            return replace(session, hints=min(session.hints + 1, available))
        case Skipped():
            return _next(_ended(_remembered(session), Ending.SKIPPED, session.attempt - 1))
        case Shown():
            return replace(_ended(_remembered(session), Ending.SHOWN, session.attempt - 1), phase=Phase.READING)


def _answered(session: Session, status: Status) -> Session:
    if status in (Status.UNREADABLE, Status.UNDECIDED, Status.ERROR):
        return session
    remembered = _remembered(session)
    if status is Status.CORRECT:
        return _next(_ended(remembered, Ending.RIGHT, session.attempt))
    if session.attempt >= LAST_ATTEMPT:
        return replace(_ended(remembered, Ending.SHOWN, session.attempt), phase=Phase.READING)
    return replace(remembered, attempt=session.attempt + 1)


def _ended(session: Session, ending: Ending, attempts: int) -> Session:
    done = Done(session.exercises[session.place], ending, attempts, session.hints)
    return replace(session, done=(*session.done, done))


def _next(session: Session) -> Session:
    place = session.place + 1
    if place >= len(session.exercises):
        return replace(session, place=place, attempt=1, hints=0, phase=Phase.OVER)
    return _at(replace(session, phase=Phase.ASKING), place)


def _at(session: Session, place: int) -> Session:
    begun = session.begun.get(session.exercises[place], Standing())
    return replace(session, place=place, attempt=begun.begun + 1, hints=begun.hints)


def _remembered(session: Session) -> Session:
    return replace(session, earlier=(*session.earlier, replace(session, earlier=())))


def _before(session: Session) -> Session:
    """The sitting before the last event that can be taken back; hints that were seen since stay seen."""
    if not session.earlier:
        return session
    *rest, last = session.earlier
    hints = session.hints if session.place == last.place else last.hints
    return replace(last, earlier=tuple(rest), hints=max(hints, last.hints))
