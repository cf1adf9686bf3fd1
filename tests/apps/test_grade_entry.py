"""What a worker does for one answer: the exercise is found or the row is told why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tutor.apps.grade_entry import assess_text, bank_at

BANK = str(Path(__file__).parents[1] / "data" / "bank")


def named(exercise: str, answer: str, variant: Any = None, bank: str = BANK) -> dict[str, Any]:
    return {"exercise": exercise, "variant": variant, "bank": bank, "answer": answer}


def inline(answer: str, **fields: Any) -> dict[str, Any]:
    return {"inline": fields, "answer": answer}


CASES: dict[str, tuple[dict[str, Any], str, str | None, str]] = {
    "an exercise of the bank": (named("grade-quotient", "11/(x+4)^2"), "correct", None, ""),
    "a function of the row": (inline("2x", function="x^2"), "correct", None, ""),
    "a function and its key": (inline("2x", function="x^2", expected="2x"), "correct", None, ""),
    "a key that is wrong": (inline("2x", function="x^2", expected="3x"), "error", "wrong-key", ""),
    "a key alone": (inline("x + x", expected="2x"), "correct", None, ""),
    "a point": (inline("6", function="x^2", at="x = 3"), "correct", None, ""),
    "a domain as JSON text": (inline("1/x", function="ln(x)", domain='{"x": [0.1, 2]}'), "correct", None, ""),
    "a domain": (inline("1/x", function="ln(x)", domain={"x": [0.1, 2]}), "correct", None, ""),
    "an unknown exercise": (named("grade-quotent", "1"), "error", "unknown-exercise", "grade-quotient"),
    "a variant of an exercise without": (named("grade-quotient", "1", 3), "error", "no-variants", ""),
    "an unreadable function": (inline("1", function="sine(x)"), "error", "unknown-function", ""),
    "no single variable": (inline("a", function="a x"), "error", "which-variable", ""),
    "an order that is no number": (inline("1", function="x", order="two"), "error", "bad-number", ""),
    "a bank that is not there": (named("e", "1", bank="/nowhere"), "error", "no-such-file", ""),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_payload_ends_in_a_row(case: str) -> None:
    payload, status, code, hint = CASES[case]
    plain = assess_text(payload)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["answer"] == payload["answer"]
    assert plain["status"] == status
    assert (plain["error"] or {}).get("code") == code
    assert hint in ((plain["error"] or {}).get("suggestion") or "")


UNPROVED = {
    "a difference is certain without a proof": ("3x", "incorrect"),
    "so is what cannot be read": ("3 *", "unreadable"),
}


@pytest.mark.parametrize("case", UNPROVED, ids=str)
def test_without_a_prover_the_balls_decide(case: str) -> None:
    answer, status = UNPROVED[case]
    plain = assess_text(inline(answer, function="x^2") | {"prove": False})
    assert (plain["status"], len(plain["exercise_hash"])) == (status, 16)


def test_exercises_are_loaded_once() -> None:
    assert bank_at(BANK) is bank_at(BANK)
