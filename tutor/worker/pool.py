"""Several workers at one stream of jobs: results in the order of the jobs, each job alone to blame for its end."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tutor.worker.outcome import Crashed, Done, Outcome, TimedOut
from tutor.worker.supervisor import MEMORY, Worker

LOOK_AHEAD = 256
"""How many jobs a worker's share of the window holds: results that may wait for an earlier one."""

_TICK = 0.2


@dataclass(frozen=True, slots=True)
class _Job:
    index: int
    payload: Any
    again: bool = False


class Pool:
    """`count` warm workers for one function; use it as a context, or call `close`."""

    def __init__(
        self, function: str, count: int, deadline: float, *, preload: tuple[str, ...] = (), memory: int = MEMORY
    ) -> None:
        self._deadline = deadline
        self._window = LOOK_AHEAD * max(count, 1)
        self._finished: queue.SimpleQueue[tuple[_Slot, _Job, Outcome]] = queue.SimpleQueue()
        workers = (Worker(function, preload=preload, memory=memory) for _ in range(max(count, 1)))
        self._slots = [_Slot(worker, self._finished) for worker in workers]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start all processes; they get ready while the caller goes on."""
        for slot in self._slots:
            slot.worker.warm()

    def close(self) -> None:
        """End all processes, also in the middle of a job."""
        for slot in self._slots:
            slot.close()

    def run(self, jobs: Iterable[Any]) -> Iterator[tuple[int, Outcome]]:
        """The index and outcome of each job, in the order of the jobs, as soon as that order allows.

        A job None costs nothing and is Done(None): it holds a place in the order. Jobs are taken from the
        iterable only so far ahead of the results. A job that timed out or crashed is run once more in a fresh
        process, alone, so that neither a busy machine nor a process killed from outside decides.
        """
        return _Run(self._slots, self._finished, self._window, self._deadline).results(jobs)


class _Slot:
    """A worker and the thread that waits for it."""

    def __init__(self, worker: Worker, finished: queue.SimpleQueue[tuple[_Slot, _Job, Outcome]]) -> None:
        self.worker = worker
        self._finished = finished
        self._jobs: queue.SimpleQueue[tuple[_Job, float] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, job: _Job, deadline: float) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="worker-slot", daemon=True)
            self._thread.start()
        self._jobs.put((job, deadline))

    def close(self) -> None:
        self._jobs.put(None)
        self.worker.close()

    def _work(self) -> None:
        while (order := self._jobs.get()) is not None:
            job, deadline = order
            self._finished.put((self, job, self.worker.call(job.payload, deadline)))


class _Run:
    """One stream of jobs on its way through the slots."""

    def __init__(
        self,
        slots: list[_Slot],
        finished: queue.SimpleQueue[tuple[_Slot, _Job, Outcome]],
        window: int,
        deadline: float,
    ) -> None:
        self._idle = deque(slots)
        self._finished = finished
        self._window = window
        self._deadline = deadline
        self._busy = 0
        self._again: deque[_Job] = deque()
        self._outcomes: dict[int, Outcome] = {}
        self._taken = 0
        self._given = 0
        self._more = True

    def results(self, jobs: Iterable[Any]) -> Iterator[tuple[int, Outcome]]:
        source = iter(jobs)
        while True:
            self._dispatch(source)
            yield from self._ready()
            if self._busy:
                self._collect()
            elif not self._more and not self._again and not self._outcomes:
                return

    def _dispatch(self, source: Iterator[Any]) -> None:
        """Give every idle worker a fresh job; when there is none to give and all are idle, run one again, alone."""
        while self._idle and self._more and self._taken - self._given < self._window:
            if not self._take(source):
                return  # something is ready, or the source has ended
        if not self._busy and self._again:
            self._start(self._again.popleft())

    def _take(self, source: Iterator[Any]) -> bool:
        try:
            payload = next(source)
        except StopIteration:
            self._more = False
            return False
        index, self._taken = self._taken, self._taken + 1
        if payload is None:
            self._outcomes[index] = Done(None)
            return index != self._given
        self._start(_Job(index, payload))
        return True

    def _start(self, job: _Job) -> None:
        self._idle.popleft().start(job, self._deadline)
        self._busy += 1

    def _collect(self) -> None:
        """Wait for one result, in slices so that Ctrl-C is seen on every platform."""
        while True:
            try:
                slot, job, outcome = self._finished.get(timeout=_TICK)
                break
            except queue.Empty:
                continue
        self._busy -= 1
        self._idle.append(slot)
        if isinstance(outcome, TimedOut | Crashed) and not job.again:
            self._again.append(_Job(job.index, job.payload, again=True))
        else:
            self._outcomes[job.index] = outcome

    def _ready(self) -> Iterator[tuple[int, Outcome]]:
        while self._given in self._outcomes:
            index = self._given
            outcome = self._outcomes.pop(index)
            self._given += 1
            yield index, outcome
