"""How one job in a worker ended: a closed set of four."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Done:
    """The function returned; `value` is what came back through JSON."""

    value: Any


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The job used up its deadline (seconds) and its process was killed."""

    deadline: float


@dataclass(frozen=True, slots=True)
class Crashed:
    """The process ended, ran out of memory or never got ready; `reason` says how in a few words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The function raised, or returned something that is no JSON; `message` starts with the exception's name."""

    message: str


NOT_STARTED = "could not start"
"""How the reason of a crash begins when the process never got ready."""

Outcome: TypeAlias = Done | TimedOut | Crashed | Failed
