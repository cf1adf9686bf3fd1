"""Several workers: the order of the jobs, bounded look-ahead, and one more try alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker import faults
from tutor.worker import pool as pools
from tutor.worker.outcome import Crashed, Done, Failed, TimedOut
from tutor.worker.pool import Pool

FUNCTION = f"{faults.__name__}:misbehave"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(FUNCTION, 2, 60.0) as two:
        yield two


def test_outcomes_come_in_the_order_of_the_jobs(pool: Pool) -> None:
    jobs = [{"do": "sleep", "with": 0.05 if number % 5 == 0 else 0} for number in range(40)]
    assert list(pool.run(jobs)) == [(number, Done(job["with"])) for number, job in enumerate(jobs)]


def test_no_job_gives_no_outcome(pool: Pool) -> None:
    assert list(pool.run([])) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.just({"do": "exit", "with": 1}), st.integers()), max_size=12))
def test_every_job_has_its_own_outcome(pool: Pool, jobs: list[Any]) -> None:
    sent = [{"with": job} if isinstance(job, int) else job for job in jobs]
    crash = Crashed("ended with exit code 1")
    expected = [Done(job) if not isinstance(job, dict) else crash for job in jobs]
    assert list(pool.run(sent)) == list(enumerate(expected))


def test_each_fault_costs_one_job() -> None:
    names = ["hang in Python", "exit", "recurse", "hang in C", "no JSON", "raise broken"]
    jobs = [{"do": name, "with": 3} if odd else {"with": name} for name in names for odd in (False, True)]
    with Pool(FUNCTION, 3, 0.5) as three:
        outcomes = [outcome for _, outcome in three.run(jobs)]
    assert outcomes[0::2] == [Done(name) for name in names]
    late, crash = TimedOut(0.5), Crashed("ended with exit code 3")
    assert outcomes[1:9:2] == [late, crash, outcomes[5], late]
    assert all(isinstance(outcomes[index], Failed) for index in (5, 9, 11))


def test_a_job_whose_process_was_killed_from_outside_is_done_again(pool: Pool, tmp_path: Path) -> None:
    jobs = [{"do": "once only", "with": str(tmp_path / "marker")}, {"with": 1}]
    assert list(pool.run(jobs)) == [(0, Done("second")), (1, Done(1))]


def test_jobs_are_not_taken_far_ahead_of_the_results(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def endless() -> Iterator[dict[str, int] | None]:
        nonlocal taken
        while True:
            taken += 1
            yield {"with": taken} if taken % 3 else None

    monkeypatch.setattr(pools, "LOOK_AHEAD", 4)
    with Pool(FUNCTION, 2, 60.0) as two:
        for number, _ in zip(range(30), two.run(endless()), strict=False):
            assert taken <= number + 1 + 8


def test_outcomes_do_not_wait_for_jobs_that_are_not_there_yet() -> None:
    seen: list[int] = []

    def jobs() -> Iterator[dict[str, int]]:
        for number in range(5):
            assert len(seen) >= number - 1  # one worker: the result before the last is out
            yield {"with": number}

    with Pool(FUNCTION, 1, 60.0) as one:
        for index, _ in one.run(jobs()):
            seen.append(index)
    assert seen == [0, 1, 2, 3, 4]


def test_a_fault_in_the_source_of_jobs_reaches_the_caller() -> None:
    def jobs() -> Iterator[dict[str, int]]:
        yield {"with": 1}
        raise OSError("torn")

    with Pool(FUNCTION, 1, 60.0) as one, pytest.raises(OSError, match="torn"):
        list(one.run(jobs()))
