"""A stand-in for the assessment of one answer, for tests of everything around it: the answer says what happens."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from tutor.checking.verdict import Status
from tutor.feedback.assessment import Fault
from tutor.render.to_json import unassessed

ENTRY = "tests.apps.grade_fakes:assess_text"


def assess_text(payload: dict[str, Any]) -> dict[str, Any]:
    """Correct; `hang`, `exit`, `raise`, `sleep` do that; `prove` hangs in a proof, and is incorrect without one."""
    answer = payload["answer"]
    if answer in _DEEDS:
        _DEEDS[answer]()
    plain = unassessed(answer, Status.CORRECT, Fault("", "")) | {"error": None, "exercise_hash": "0123456789abcdef"}
    if answer == "prove":
        _hang_while(payload.get("prove", True))
        return plain | {"status": "incorrect", "score": 0.0}
    return plain | {"status": "correct", "score": 1.0}


def _hang() -> None:
    _hang_while(True)


def _hang_while(forever: bool) -> None:
    while forever:
        pass


def _raise() -> None:
    raise LookupError("nothing there")


_DEEDS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "exit": lambda: os._exit(3),
    "raise": _raise,
    "sleep": lambda: time.sleep(0.2),
}
