"""`author preview`: an exercise as a learner sees it, and what is said to a given answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tutor.checking.symbolic_worker import WorkerProver
from tutor.exercise.bank import load_bank, shipped_folder
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.kinds.catalogue import KINDS
from tutor.render.blocks import Block, Heading, Paragraph, Role, Words
from tutor.render.document import WORKED, document
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal

Page = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the quiz, handed in: the question, all hints, the solution."""

    question: Callable[[Exercise], Page]
    hints: Callable[[Exercise], Page]
    solution: Callable[[Exercise], Page]


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """Which exercise of which folder, the answers to try (none: hints and solution), and at which attempt."""

    id: str
    answers: tuple[str, ...] = ()
    exercises: str | None = None
    attempt: int = WORKED


def run_preview(options: PreviewOptions, pages: Pages, streams: Streams, wishes: Wishes) -> int:
    """Show an exercise, and what follows an answer; the exit code."""
    bank = load_bank(Path(options.exercises) if options.exercises else shipped_folder(), KINDS)
    exercise = bank.find(options.id)
    page = [*pages.question(exercise)]
    label = KINDS[exercise.kind].label(exercise)
    if options.answers:
        with WorkerProver() as prover:
            for answer in options.answers:
                line = Paragraph((Words(f"{label} {shown(answer, 1000)}", Role.STRONG),))
                page += [line, *document(assess(exercise, answer, prover), attempt=options.attempt)]
    else:
        worked = Heading((Words("Worked steps"),))
        page += [Paragraph((Words(label, Role.STRONG),)), *pages.hints(exercise), worked, *pages.solution(exercise)]
    streams.stdout.write(to_terminal(page, look_of(streams.stdout, wishes)))
    return 0
