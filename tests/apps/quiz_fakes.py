"""A small bank, a front that answers from a script, and a clock that ticks by itself: the world of a test sitting."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tutor.apps.quiz import play
from tutor.apps.quiz_desk import Desk, Quiz
from tutor.apps.quiz_front import Ask, Front
from tutor.apps.quiz_opening import to_ask
from tutor.apps.quiz_plain import PlainFront
from tutor.apps.quiz_question import questions
from tutor.checking.prover import no_prover
from tutor.exercise.bank import Bank, load_bank
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment
from tutor.kinds.catalogue import KINDS
from tutor.practice.history import History
from tutor.practice.recorder import opened
from tutor.practice.session import begin
from tutor.practice.standing import standings
from tutor.render.blocks import Block
from tutor.render.look import Look, Streams
from tutor.render.to_terminal import to_terminal

FIRST = """\
schema: 1
unit: first
title: First steps
exercises:
- id: sine
  function: sin(x^2)
- id: saddle
  kind: gradient
  function: x^2*y + y
  variables: [x, y]
"""

SECOND = """\
schema: 1
unit: second
title: Choices and numbers
exercises:
- id: pick
  kind: choice
  prompt: "Which is the slope of sin?"
  choices:
  - text: cos
    correct: true
    feedback: "Yes, the curve begins to rise with slope 1."
  - text: -cos
    feedback: "Just right of 0 the sine rises."
- id: value
  kind: number
  function: x^3
  at: {x: 2}
"""


def small_bank(folder: Path) -> Bank:
    """Two units with two exercises each."""
    folder.mkdir(exist_ok=True)
    (folder / "01-first.yaml").write_text(FIRST, encoding="utf-8")
    (folder / "02-second.yaml").write_text(SECOND, encoding="utf-8")
    return load_bank(folder, KINDS)


@dataclass
class ScriptedFront:
    """Types the lines of a script; an exception in it is raised; at its end the input ends."""

    script: list[str | type[BaseException]]
    look: Look = field(default_factory=Look)
    screen: str = ""

    def show(self, blocks: Iterable[Block]) -> None:
        self.screen += to_terminal(blocks, self.look) + "\n"

    def read(self, ask: Ask) -> str:
        line = self.script.pop(0) if self.script else EOFError
        if not isinstance(line, str):
            raise line
        self.screen += f"{ask.label}{line}\n"
        return line


@dataclass
class Sitting:
    """A sitting that was played: what the screen showed, how it ended, the record."""

    screen: str
    code: int
    history: History


def assess_unproved(exercise: Exercise, answer: str) -> Assessment:
    """The assessment without any prover: right answers stay right by their values."""
    return assess(exercise, answer, no_prover)


def play_script(
    folder: Path,
    *script: str | type[BaseException],
    names: tuple[str, ...] = (),
    front: Front | None = None,
    sitting: str = "test",
    store: Path | None = None,
    assess: Callable[[Exercise, str], Assessment] = assess_unproved,
) -> Sitting:
    """Play a sitting over the small bank; the record stays in the folder."""
    bank = small_bank(folder / "bank")
    recorder = opened(store or folder / "history.sqlite")
    scripted = ScriptedFront(list(script))
    ticks = count()
    standing = standings(recorder.records)
    asked = to_ask(questions(bank), standing, names)
    quiz = Quiz(
        questions={one.id: one for one in asked},
        exercise=bank.find,
        recorder=recorder,
        front=front or scripted,
        assess=assess,
        warm=lambda done: done(),
        sitting=sitting,
        clock=lambda: float(next(ticks)),
        today=lambda: datetime(2026, 11, 23, tzinfo=UTC),
    )
    code = play(quiz, Desk(begin(tuple(quiz.questions), standing)))
    return Sitting((front if isinstance(front, ScriptedFront) else scripted).screen, code, recorder.history)


def plain_front(text: str, *, echo: bool = True, look: Look | None = None) -> tuple[PlainFront, io.StringIO]:
    """A plain front over texts, and what it writes."""
    shown = io.StringIO()
    streams = Streams(io.StringIO(text), shown, io.StringIO())
    return PlainFront(streams, look or Look().as_plain(), echo), shown
