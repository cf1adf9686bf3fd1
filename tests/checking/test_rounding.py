"""A typed decimal of three significant digits or more is right when the value rounds to it, and only then."""

from __future__ import annotations

import pytest

import tutor
from tutor.exercise.loader import load
from tutor.kinds.catalogue import KINDS

CASES = [
    # the key, what is typed, whether it is right
    ("1/3", "0.333", "correct"),
    ("1/3", "0.3333333", "correct"),
    ("1/3", "0.334", "incorrect"),
    ("1/3", "0.33", "incorrect"),
    ("1/3", "0.3330", "incorrect"),
    ("-2/3", "-0.667", "correct"),
    ("-2/3", "0.667", "incorrect"),
    ("22/5", "4.4", "correct"),
    ("22/5", "4.40", "correct"),
    ("22/5", "4.41", "incorrect"),
    ("22/5", "4.401", "incorrect"),
    ("4.4049", "4.40", "correct"),
    ("4.4051", "4.40", "incorrect"),
    ("cos(1)", "0.540", "correct"),
    ("cos(1)", "0.541", "incorrect"),
    ("exp(10)", "22026.5", "correct"),
    ("exp(10)", "22026.4", "incorrect"),
    ("3e-5", "3.0e-5", "correct"),
    ("3.1e-5", "3.00e-5", "incorrect"),
    ("1e-5/3", "3.333e-6", "correct"),
    ("1e-5/3", "3.4e-6", "incorrect"),
]


@pytest.mark.parametrize(("key", "typed", "status"), CASES, ids=[f"{key} as {typed}" for key, typed, _ in CASES])
def test_a_rounded_number(key: str, typed: str, status: str) -> None:
    text = f"schema: 1\nexercises:\n- {{id: a, kind: number, prompt: p, answer: {key}}}\n"
    (exercise,) = load(text, KINDS)
    assert tutor.assess(exercise, typed).status == status
