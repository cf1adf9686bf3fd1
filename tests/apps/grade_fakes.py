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
    """Correct, with the process's number in a note; `hang`, `exit`, `raise`, `sleep` do that."""
    answer = payload["answer"]
    if answer in _DEEDS:
        _DEEDS[answer]()
    plain = unassessed(answer, Status.CORRECT, Fault("", ""))
    return plain | {"status": "correct", "score": 1.0, "error": None, "exercise_hash": f"{len(str(payload)):016}"}


def _hang() -> None:
    while True:
        pass


def _raise() -> None:
    raise LookupError("nothing there")


_DEEDS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "exit": lambda: os._exit(3),
    "raise": _raise,
    "sleep": lambda: time.sleep(0.2),
}
