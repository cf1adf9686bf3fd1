"""One worker: every way to misbehave costs its own job and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worker import faults
from tutor.worker.outcome import Crashed, Done, Failed, TimedOut
from tutor.worker.supervisor import Worker

FUNCTION = f"{faults.__name__}:misbehave"
LONG = 60.0
SHORT = 0.3


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(FUNCTION) as one:
        yield one


POSIX = os.name == "posix"

MISBEHAVIOUR: dict[str, tuple[str, Any, float, Any]] = {
    "a hang in Python": ("hang in Python", None, SHORT, TimedOut(SHORT)),
    "a hang in C that holds the interpreter's lock": ("hang in C", None, SHORT, TimedOut(SHORT)),
    "a sleep": ("sleep", 600, SHORT, TimedOut(SHORT)),
    "os._exit": ("exit", 7, LONG, Crashed("ended with exit code 7")),
    "a quiet os._exit": ("exit", 0, LONG, Crashed("ended with exit code 0")),
    "endless recursion": ("recurse", 0, LONG, Failed),
    "a result that is too long": ("huge result", 20_000_000, LONG, Failed),
    "a result that is no JSON": ("no JSON", None, LONG, Failed),
    "a result that is no number": ("nan", None, LONG, Failed),
    "SystemExit": ("raise", "exit", LONG, Failed("SystemExit: exit")),
    "KeyboardInterrupt": ("raise", "interrupt", LONG, Failed("KeyboardInterrupt: interrupt")),
    "ValueError": ("raise", "value", LONG, Failed("ValueError: value")),
    "an exception without a text": ("raise broken", None, LONG, Failed("_BrokenError")),
    "an unknown behaviour": ("nothing", None, LONG, Failed("KeyError: 'nothing'")),
}
if POSIX:
    MISBEHAVIOUR["a segmentation fault"] = ("segfault", None, LONG, Crashed("ended by SIGSEGV"))
    MISBEHAVIOUR["an abort"] = ("signal me", signal.SIGABRT, LONG, Crashed("ended by SIGABRT"))
if sys.platform == "linux":
    MISBEHAVIOUR["3 GB"] = ("3 GB", None, LONG, Crashed("out of memory"))


@pytest.mark.parametrize("case", MISBEHAVIOUR, ids=str)
def test_misbehaviour_costs_only_its_own_job(worker: Worker, case: str) -> None:
    name, argument, deadline, expected = MISBEHAVIOUR[case]
    outcome = worker.call({"do": name, "with": argument}, deadline)
    assert outcome == expected if not isinstance(expected, type) else isinstance(outcome, expected)
    assert worker.call({"with": case}, LONG) == Done(case)


HARMLESS = {
    "text": "2x cos(x²) √",
    "a lone surrogate": "\udcff and \ud800",
    "controls": "\x00\n\r\x1b[31m\x85\u2028",
    "nested": {"a": [1, 2.5, None, True, {"b": []}]},
    "a million characters": "x" * 1_000_000,
}


@pytest.mark.parametrize("case", HARMLESS, ids=str)
def test_values_come_back_as_they_went(worker: Worker, case: str) -> None:
    assert worker.call({"with": HARMLESS[case]}, LONG) == Done(HARMLESS[case])


def test_what_a_job_prints_or_reads_does_not_touch_the_channel(worker: Worker) -> None:
    assert worker.call({"do": "print", "with": '{"value": 1}'}, LONG) == Done('{"value": 1}')
    assert worker.call({"do": "read input"}, LONG) == Done("")
    assert worker.call({"with": 2}, LONG) == Done(2)


def test_a_payload_that_is_no_json_fails_without_a_process() -> None:
    with Worker(FUNCTION) as one:
        assert isinstance(one.call({"with": {1}}, LONG), Failed)
        assert one.pid is None


def test_jobs_share_a_process_until_it_retires(worker: Worker) -> None:
    first = worker.call({"do": "pid"}, LONG)
    assert worker.call({"do": "pid"}, LONG) == first


def test_a_worker_is_replaced_after_many_jobs_without_losing_one(worker: Worker) -> None:
    before = worker.call({"do": "pid"}, LONG)
    answers = [worker.call({"with": number}, LONG) for number in range(2100)]
    assert answers == [Done(number) for number in range(2100)]
    assert worker.call({"do": "pid"}, LONG) != before


def test_a_function_that_cannot_be_imported_is_told(worker: Worker) -> None:
    with Worker("tests.worker.nowhere:function") as one:
        reason = "could not start: ModuleNotFoundError: No module named 'tests.worker.nowhere'"
        assert one.call({}, LONG) == Crashed(reason)


def test_a_closed_worker_answers_crashed(worker: Worker) -> None:
    with Worker(FUNCTION) as one:
        one.warm()
    assert one.call({}, LONG) == Crashed("the worker is closed")


def test_the_hash_seed_is_left_alone_and_linear_algebra_has_one_thread(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "17")
    with Worker(FUNCTION) as one:
        assert one.call({"do": "environment", "with": "PYTHONHASHSEED"}, LONG) == Done("17")
        assert one.call({"do": "environment", "with": "OPENBLAS_NUM_THREADS"}, LONG) == Done("1")


def test_modules_in_the_working_folder_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    with Worker(FUNCTION) as one:
        path = one.call({"do": "path"}, LONG)
    assert isinstance(path, Done)
    assert "" not in path.value
    assert str(tmp_path) not in path.value


if POSIX:

    def test_interrupts_do_not_reach_a_worker(worker: Worker) -> None:
        assert worker.call({"do": "session"}, LONG) == Done(True)
        assert worker.call({"do": "signal me", "with": signal.SIGINT}, LONG) == Done(None)

    PARENT = textwrap.dedent(
        f"""
        import sys, threading
        from tutor.worker.supervisor import Worker
        worker = Worker({FUNCTION!r})
        worker.call({{}}, 60)
        print(worker.pid, flush=True)
        worker.call({{"do": sys.argv[1], "with": 0}}, 0.5)
        threading.Event().wait()
        """
    )

    @pytest.mark.parametrize("busy", ["echo", "hang in Python", "hang in C"], ids=str)
    def test_no_worker_outlives_a_parent_that_is_killed(busy: str) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", PARENT, busy]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            parent.kill()
        patience = time.monotonic() + 60
        while _runs(child) and time.monotonic() < patience:
            time.sleep(0.05)
        assert not _runs(child)


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie that waits for whoever adopted it."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(shown.strip()) and not shown.strip().startswith("Z")
