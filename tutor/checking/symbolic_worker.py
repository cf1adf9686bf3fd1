"""A prover in a process of its own, which can be killed: for the quiz and `explain`, where somebody waits."""

from __future__ import annotations

from typing import Any

from tutor.checking.verdict import Outcome, SymbolicCheck
from tutor.checking.wire import packed
from tutor.expression.tree import Expression
from tutor.worker.outcome import Crashed, Done, Failed, TimedOut
from tutor.worker.outcome import Outcome as Ending
from tutor.worker.supervisor import Worker

ENTRY = "tutor.checking.symbolic_entry:prove_packed"

DEADLINE = 1.0
"""Seconds of processor time for one proof; a backstop, what ends a proof is counted work."""


class WorkerProver:
    """A prover whose process stays warm; `warm` starts it ahead of the first proof, `close` ends it.

    It never raises: a proof that is not there in time, or whose process dies, is unknown. A time-out or a crash is
    tried once more in a fresh process, as a busy machine is no reason for a verdict.
    """

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._worker = Worker(ENTRY)
        self._deadline = deadline

    def __enter__(self) -> WorkerProver:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, left: Expression, right: Expression, *, thorough: bool = True) -> SymbolicCheck:
        """Equal with the method of the proof, or unknown; `time-limit`, `memory-limit`, `crashed` are methods too."""
        payload = {"left": packed(left), "right": packed(right), "thorough": thorough}
        ending = self._worker.call(payload, self._deadline)
        if isinstance(ending, TimedOut | Crashed):
            ending = self._worker.call(payload, self._deadline)
        return _check(ending)

    def warm(self) -> None:
        """Start the process; it imports what it needs while the caller goes on."""
        self._worker.warm()

    def close(self) -> None:
        """End the process."""
        self._worker.close()


def _check(ending: Ending) -> SymbolicCheck:
    match ending:
        case Done({"outcome": str(outcome), "method": method, "identities": list(names)}) if outcome in set(Outcome):
            return SymbolicCheck(Outcome(outcome), _text(method), tuple(map(str, names)))
        case TimedOut():
            return SymbolicCheck(Outcome.UNKNOWN, "time-limit")
        case Crashed("out of memory"):
            return SymbolicCheck(Outcome.UNKNOWN, "memory-limit")
        case Crashed() | Failed() | Done():
            return SymbolicCheck(Outcome.UNKNOWN, "crashed")


def _text(method: Any) -> str | None:
    return method if isinstance(method, str) else None
