"""A verdict depends on what an answer means alone: not on blanks, order, process, workers, or SymPy's integers."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.checking.verdict import Status
from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression
from tutor.feedback.assess import assess
from tutor.render.to_json import assessed

ROOT = Path(__file__).parents[2]
PAIRS = json.loads((ROOT / "tests" / "data" / "pairs.json").read_text(encoding="utf-8"))["rows"]

QUESTIONS = [(row["function"], row["variable"], row[column]) for row in PAIRS for column in ("equal", "wrong")] + [
    # regions, gaps, near misses, parameters, corners
    ("abs(x - 1000)", "x", "-1"),
    ("abs(x)*x", "x", "2*x"),
    ("abs(x)*x", "x", "2*abs(x)"),
    ("x^2/2", "x", "x^2/x"),
    ("sin(x)*cos(x)", "x", "cos(2*x) + x/10^12"),
    ("a^x", "x", "a^x*log(a)"),
    ("sqrt(a*x)", "x", "a/(2*sqrt(a)*sqrt(x))"),
    ("max(x, y)", "x", "(1 + sign(x - y))/2"),
    ("x^x", "x", "x^x*(1 + log(x))"),
    ("log(sin(x))", "x", "cos(x)/sin(x)"),
    ("x^2", "x", "2*x + exp(-10^9)"),
]


@cache
def judged(function: str, variable: str, answer: str) -> dict[str, Any]:
    return assessed(assess(Exercise.derivative(function, variable), answer))


def outcome(function: str, variable: str, answer: str) -> tuple[Any, ...]:
    row = judged(function, variable, answer)
    return row["status"], row["proved"], row["symbolic"]["outcome"], row["numeric"]["outcome"]


questions = st.sampled_from(QUESTIONS)

# ---- how it is written ---------------------------------------------------------------------------------------------


@settings(max_examples=80)
@given(questions, st.randoms(use_true_random=False))
def test_blanks_beside_operators_and_parentheses(question: tuple[str, str, str], draw: random.Random) -> None:
    function, variable, answer = question
    blank = re.sub(r"[-+*/^(),]", lambda found: f"{' ' * draw.randrange(3)}{found[0]}{' ' * draw.randrange(3)}", answer)
    assert outcome(function, variable, blank) == outcome(*question)


@settings(max_examples=80)
@given(questions, st.randoms(use_true_random=False))
def test_parentheses_that_change_nothing(question: tuple[str, str, str], draw: random.Random) -> None:
    function, variable, answer = question
    wrapped = _wrapped(parse(answer).expression, draw)
    assert parse(wrapped).expression == parse(answer).expression
    assert outcome(function, variable, wrapped) == outcome(*question)


def _wrapped(part: Expression, draw: random.Random) -> str:
    """The text of a tree in which every operand stands in parentheses, and some in several."""
    if not isinstance(part, Apply) or not part.arguments:
        text = to_text(part)
    elif part.head in ("+", "-", "*", "/", "^"):
        text = part.head.join(_wrapped(argument, draw) for argument in part.arguments)
    elif part.head == "neg":
        text = f"-{_wrapped(part.arguments[0], draw)}"
    else:
        text = f"{part.head}({', '.join(_wrapped(argument, draw) for argument in part.arguments)})"
    for _ in range(draw.randrange(1, 3)):
        text = f"({text})"
    return text


@settings(max_examples=80)
@given(questions, st.randoms(use_true_random=False))
def test_the_order_of_summands_and_factors(question: tuple[str, str, str], draw: random.Random) -> None:
    function, variable, answer = question
    turned = to_text(_turned(parse(answer).expression, draw))
    assert outcome(function, variable, turned)[:1] == outcome(*question)[:1]
    assert outcome(function, variable, turned)[1] == outcome(*question)[1]


def _turned(part: Expression, draw: random.Random) -> Expression:
    if not isinstance(part, Apply):
        return part
    arguments = tuple(_turned(argument, draw) for argument in part.arguments)
    turn = part.head in ("+", "*", "max", "min") and draw.random() < 0.5
    return Apply(part.head, arguments[::-1] if turn else arguments)


# ---- where it is judged --------------------------------------------------------------------------------------------

_JUDGE = """
import json, sys
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.render.to_json import assessed
for function, variable, answer in json.load(sys.stdin):
    print(json.dumps(assessed(assess(Exercise.derivative(function, variable), answer)), sort_keys=True))
"""


@cache
def _rows_of_process(*settings_of_it: str) -> list[dict[str, Any]]:
    environment = os.environ | dict(part.split("=") for part in settings_of_it)
    chosen = json.dumps(QUESTIONS[::2] + QUESTIONS[1::6])
    done = subprocess.run(
        [sys.executable, "-c", _JUDGE],
        input=chosen, env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "setting", ["PYTHONHASHSEED=1", "PYTHONHASHSEED=2", "SYMPY_GROUND_TYPES=python", "SYMPY_USE_CACHE=no"]
)
def test_the_process_does_not_matter(setting: str) -> None:
    here, there = _rows_of_process("PYTHONHASHSEED=0"), _rows_of_process(setting)
    assert len(here) == len(QUESTIONS[::2] + QUESTIONS[1::6])
    assert there == here
    assert {row["status"] for row in here} >= {Status.CORRECT.value, Status.INCORRECT.value, Status.UNDECIDED.value}


def test_the_order_of_the_questions_does_not_matter() -> None:
    chosen = QUESTIONS[::5]
    script = _JUDGE.replace("json.load(sys.stdin)", "json.load(sys.stdin)[::-1]")
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(chosen), cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    backwards = [json.loads(line) for line in done.stdout.splitlines()]
    assert backwards[::-1] == [json.loads(json.dumps(judged(*question))) for question in chosen]


def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = [
        json.dumps({"learner": "ana", "function": function, "variable": variable, "answer": answer})
        for function, variable, answer in QUESTIONS[::4]
    ]
    rows.write_text("\n".join(lines), encoding="utf-8")
    found = {workers: _graded(rows, workers) for workers in (1, 2, 3)}
    assert found[1].count(b"\n") == len(lines)
    assert found[2] == found[1]
    assert found[3] == found[1]


def _graded(rows: Path, workers: int) -> bytes:
    words = ["grade", str(rows), "--to", "jsonl", "--workers", str(workers), "-q"]
    done = subprocess.run([sys.executable, "-m", "tutor", *words], cwd=ROOT, capture_output=True, timeout=300)
    assert done.returncode in (0, 4), done.stderr.decode()
    return done.stdout
