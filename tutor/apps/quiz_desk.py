"""What one sitting works with: the world outside it, where it stands, and what one line of the learner led to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tutor.apps.quiz_interrupts import Interrupts
from tutor.apps.quiz_question import Question
from tutor.practice.history import Record, What
from tutor.practice.recorder import Recorder
from tutor.practice.session import Event, Session, step

if TYPE_CHECKING:
    from tutor.apps.quiz_front import Front
    from tutor.exercise.model import Exercise
    from tutor.feedback.assessment import Assessment
    from tutor.render.blocks import Block


@dataclass(frozen=True, slots=True)
class Quiz:
    """All that one sitting needs of the world outside; each part can be replaced in a test.

    `warm` begins to load what answers need, and calls back when they can be read.
    """

    questions: Mapping[str, Question]
    exercise: Callable[[str], Exercise]
    recorder: Recorder
    front: Front
    assess: Callable[[Exercise, str], Assessment]
    warm: Callable[[Callable[[], None]], None]
    sitting: str
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    interrupts: Interrupts = field(default_factory=Interrupts)

    def current(self, session: Session) -> Exercise:
        """The exercise that is asked."""
        assert session.current is not None
        return self.exercise(session.current)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the sitting stands and what the screen shows of it.

    `asked` is the place whose question is on the screen, None before the first; `since` is when it was shown.
    `interrupted` counts Ctrl-C without anything in between. `warmed` says that loading has begun. `slipped` is the last
    answer in which a slip was found.
    """

    session: Session
    asked: int | None = None
    since: float = 0.0
    interrupted: int = 0
    warmed: bool = False
    slipped: Assessment | None = None

    def after(self, event: Event) -> Desk:
        """The desk after an event of the sitting."""
        return replace(self, session=step(self.session, event))


@dataclass(frozen=True, slots=True)
class Acted:
    """What a line led to: the desk after it, and what is to be shown."""

    desk: Desk
    page: tuple[Block, ...] = ()


def keep(quiz: Quiz, desk: Desk, what: What, **details: Any) -> None:
    """Write an event of the exercise that is asked; what it led to is shown only afterwards."""
    session = desk.session
    assert session.current is not None
    record = Record(
        at=quiz.today(),
        sitting=quiz.sitting,
        exercise=session.current,
        what=what,
        attempt=session.attempt,
        seconds=round(quiz.clock() - desk.since, 3),
    )
    quiz.interrupts.hold()
    quiz.recorder.keep(replace(record, **details))
