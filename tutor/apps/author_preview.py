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
    """The pages of the quiz, handed in: the question, what stands before the answer, a hint by number, the solution."""

    question: Callable[[Exercise], Page]
    label: Callable[[Exercise], str]
    hint: Callable[[Exercise, int], Page]
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
    if options.answers:
        with WorkerProver() as prover:
            for answer in options.answers:
                line = Paragraph((Words(f"{pages.label(exercise)}{shown(answer, 1000)}", Role.STRONG),))
                page += [line, *document(assess(exercise, answer, prover), attempt=options.attempt)]
    else:
        page += [Paragraph((Words(pages.label(exercise), Role.STRONG),)), *_without_answer(exercise, pages)]
    streams.stdout.write(to_terminal(page, look_of(streams.stdout, wishes)))
    return 0


def _without_answer(exercise: Exercise, pages: Pages) -> Page:
    hints = KINDS[exercise.kind].hints(exercise)
    shown_hints = tuple(block for number in range(1, len(hints) + 1) for block in pages.hint(exercise, number))
    return (*shown_hints, Heading((Words("Worked steps"),)), *pages.solution(exercise))
