"""The diagnosis by itself, without verdicts: answers looked up a second, and what the tables cost in time and memory.

`python scripts/bench.py diagnosis`. All times are those of the processor. The answers are right and wrong ones to the
functions of any course, 20 to 60 characters long, each of them once, and SymPy's `simplify` of key minus answer is
timed on some of the same, without the time that it takes SymPy to read them.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sympy
from bench_verdicts_table import Goal

from tests.diagnosis.answers import double_answers, single_answers
from tests.diagnosis.draw import DEPTHS, Drawn, drawn
from tests.diagnosis.foreign import textbook
from tests.diagnosis.injector import right
from tests.sympy_oracle import to_sympy
from tutor.errors import AnswerError
from tutor.exercise.bank import shipped
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.diagnosis import WrongAnswer, diagnose, table_of
from tutor.feedback.slips.wrong_answers import Asked, WrongAnswers, look_up
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope

LENGTHS = range(20, 61)
EACH = 24
"""Answers to each function."""

ROUNDS = 5
SIMPLIFIED = 60
"""How many answers SymPy simplifies."""

TABLES = 60
DEPTH = 4
SEED = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer as text, with the function that it belongs to and the table of its wrong answers."""

    function: Expression
    text: str
    table: WrongAnswers


def diagnosis() -> None:
    """Prints the figures, and which goals are met."""
    answers = list(_answers())
    looked_up = _per_second(lambda: [_looked_up(each) for each in answers], len(answers))
    print(f"diagnosis  {len(answers)} answers of {_mean_length(answers):.0f} characters: {looked_up:,.0f} a second")
    for title, work in _parts(answers):
        print(f"diagnosis    of that {title}: {1e6 / _per_second(work, len(answers)):.1f} µs an answer")
    wrong = [each for each in answers if _looked_up(each)]
    told = _per_second(lambda: [_told(each) for each in wrong], len(wrong), rounds=1)
    print(f"diagnosis  {len(wrong)} of them explained and ranked: {1e3 / told:.2f} ms an answer")
    simplified = _simplified(answers[:: max(1, len(answers) // SIMPLIFIED)])
    print(f"diagnosis  SymPy simplify: {simplified:,.1f} answers a second")
    gc.collect()
    gc.freeze()  # this and the next as a worker does once it is ready: what SymPy left behind is no part of a table
    gc.set_threshold(10_000)
    times = sorted(_table_times())
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    held = _memory()
    goals = (
        Goal("reading, values and look-up, answers a second", looked_up, 15_000),
        Goal("reading, values and look-up against SymPy simplify, times", looked_up / simplified, 1000),
        Goal(f"table of a function of depth {DEPTH}, median in ms", middle, 10, is_most=True),
        Goal(f"table of a function of depth {DEPTH}, p99 in ms", late, 100, is_most=True),
        Goal("tables of all exercises that come with the program, MB", held, 50, is_most=True),
    )
    print("\n".join(map(str, goals)))


# ---- answers ---------------------------------------------------------------------------------------------------------


def _answers() -> Iterator[_Asked]:
    for function in textbook():
        table = table_of(Asked(function.function, ("x",)), Domain())
        if table is None:
            continue
        texts = dict.fromkeys(text for text in _texts(function) if len(text) in LENGTHS)
        yield from (_Asked(function.function, text, table) for text in list(texts)[:EACH])


def _texts(function: Drawn) -> Iterator[str]:
    yield to_text(right(function.function))
    singles, doubles = single_answers(function, "bench"), double_answers(function, "bench", EACH)
    for one, two in zip(singles, doubles, strict=False):
        yield from (one.text, two.text)
    yield from (one.text for one in singles)


def _mean_length(answers: Sequence[_Asked]) -> float:
    return sum(len(each.text) for each in answers) / len(answers)


def _looked_up(asked: _Asked) -> Sequence[object]:
    return look_up(asked.table, evaluate(parse(asked.text, ("x",)).expression, asked.table.points))


def _told(asked: _Asked) -> object:
    return diagnose(WrongAnswer(asked.function, ("x",), parse(asked.text).expression, Domain()))


def _parts(answers: Sequence[_Asked]) -> Iterator[tuple[str, Callable[[], object]]]:
    trees = [parse(each.text, ("x",)).expression for each in answers]
    values = [evaluate(tree, each.table.points) for tree, each in zip(trees, answers, strict=True)]
    yield "reading", lambda: [parse(each.text, ("x",)) for each in answers]
    yield "values", lambda: [evaluate(tree, each.table.points) for tree, each in zip(trees, answers, strict=True)]
    yield "look-up", lambda: [look_up(each.table, column) for each, column in zip(answers, values, strict=True)]


def _per_second(work: Callable[[], object], count: int, rounds: int = ROUNDS) -> float:
    """How many answers a second of processor time, in the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def _simplified(answers: Sequence[_Asked]) -> float:
    pairs = [(to_sympy(right(each.function)), to_sympy(parse(each.text).expression)) for each in answers]
    start = time.process_time()
    for key, answer in pairs:
        sympy.simplify(key - answer)
    return len(pairs) / (time.process_time() - start)


# ---- tables ----------------------------------------------------------------------------------------------------------


def _table_times() -> Iterator[float]:
    """Milliseconds for the table of each of some functions of one depth, in turn."""
    indices = [index for index in range(TABLES * len(DEPTHS)) if DEPTHS[index % len(DEPTHS)] == DEPTH]
    functions = [drawn(SEED, index).function for index in indices]
    for function in functions:
        start = time.process_time()
        table_of(Asked(function, ("x",)), Domain())
        yield (time.process_time() - start) * 1000


def _memory() -> float:
    """Megabytes that the tables of all exercises hold together."""
    slopes = [
        (cell.target, exercise.domain)
        for exercise in shipped(KINDS).exercises
        for cell in KINDS[exercise.kind].cells(exercise)
        if isinstance(cell.target, Slope)
    ]
    tracemalloc.start()
    tables = [_table(target, domain) for target, domain in slopes]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"diagnosis  {sum(table is not None for table in tables)} tables of exercises")
    return held / 1e6


def _table(target: Slope, domain: Domain) -> WrongAnswers | None:
    try:
        return table_of(Asked(target.function, target.variables), domain, free_symbols(target.function))
    except AnswerError:
        return None


if __name__ == "__main__":
    diagnosis()
