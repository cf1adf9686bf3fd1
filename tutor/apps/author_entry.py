"""What a worker does for `author check`: examine one exercise that came as text, give its remarks back as text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tutor.apps.author_examine import examine
from tutor.checking.symbolic import prove_here
from tutor.exercise.stored import restored


def examine_stored(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The remarks on the exercise under `exercise`, in the form of `tutor.exercise.stored`."""
    return [asdict(remark) for remark in examine(restored(payload["exercise"]), prove_here)]
