"""The list of checks that `test.py` runs, in order, and how they are run and summed up."""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import environment

TREE = ("tutor", "tests", "scripts")


@dataclass(frozen=True)
class Check:
    """One check: its name, the module that is run with its arguments, and the arguments that mend what it finds.

    One that `is_long` runs beside the others.
    """

    name: str
    command: tuple[str, ...]
    mend: tuple[str, ...] = ()
    is_long: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a check ended, and the seconds it took."""

    name: str
    passed: bool
    seconds: float


CHECKS = (
    Check("format", ("-m", "ruff", "format", "--check", *TREE), mend=("-m", "ruff", "format", *TREE)),
    Check("lint", ("-m", "ruff", "check", *TREE), mend=("-m", "ruff", "check", "--fix", *TREE)),
    Check("layers", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache")),
    Check("types", ("-m", "mypy")),
    Check("pages", ("scripts/generate_docs.py", "--check"), mend=("scripts/generate_docs.py",)),
    Check("exercises", ("-m", "tutor", "author", "check", "exercises/")),
    Check("tests", ("-m", "pytest", "-n", "2", "--dist", "worksteal", "-q", "-p", "no:cacheprovider"), is_long=True),
)


def main(arguments: Sequence[str]) -> int:
    """Run the checks that were asked for; 0 when all passed."""
    parser = argparse.ArgumentParser(prog="test.py", description="Run every check of the project.")
    parser.add_argument("--fix", action="store_true", help="mend what can be mended (format, imports, generated pages)")
    parser.add_argument("--all", action="store_true", help="a missing optional program is a failure")
    parser.add_argument("--seed", default="0", help="where the property tests start; the same seed, the same examples")
    asked, for_pytest = parser.parse_known_args(arguments)
    testing = (f"--hypothesis-seed={asked.seed}", *(["--all"] if asked.all else []))
    if for_pytest:
        return _run(Check("tests", ("-m", "pytest", *testing, *for_pytest))).passed is False
    if asked.fix:
        for check in CHECKS:
            if check.mend:
                _run(Check(f"mend {check.name}", check.mend))
    return summed_up(_all([_with(check, testing) for check in CHECKS]))


def _with(check: Check, testing: tuple[str, ...]) -> Check:
    return replace(check, command=(*check.command, *testing)) if check.name == "tests" else check


def _all(listed: Sequence[Check]) -> list[Outcome]:
    """Run all checks: the long one from the beginning, its output held back until the others have ended one by one."""
    held = [(check, _Started(check)) for check in listed if check.is_long]
    outcomes = {check.name: _run(check) for check in listed if not check.is_long}
    for check, started in held:
        _title(check)
        outcomes[check.name] = started.outcome()
    return [outcomes[check.name] for check in listed]


def _run(check: Check) -> Outcome:
    """Run one check in the project's Python, its output going where ours goes."""
    _title(check)
    started = time.monotonic()
    code = subprocess.call([environment.PYTHON, *check.command], cwd=environment.ROOT, env=_settings())
    return Outcome(check.name, code == 0, time.monotonic() - started)


def _title(check: Check) -> None:
    print(f"\n── {check.name} {'─' * (70 - len(check.name))}", flush=True)


def _settings() -> dict[str, str]:
    return os.environ | {"PYTHONUTF8": "1"}


class _Started:
    """A check that runs beside others; what it printed is copied to our output when it is waited for."""

    def __init__(self, check: Check) -> None:
        self._name = check.name
        self._began = time.monotonic()
        command = [environment.PYTHON, *check.command]
        pipe, joined = subprocess.PIPE, subprocess.STDOUT
        self._process = subprocess.Popen(command, cwd=environment.ROOT, env=_settings(), stdout=pipe, stderr=joined)
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                self._lines.put(line)
        self._code = self._process.wait()
        self._seconds = time.monotonic() - self._began
        self._lines.put(None)

    def outcome(self) -> Outcome:
        """How it ended, once it has; until then what it prints is passed on."""
        while (line := self._lines.get()) is not None:
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
        return Outcome(self._name, self._code == 0, self._seconds)


def summed_up(outcomes: Sequence[Outcome]) -> int:
    """Print how each check ended; 0 when all passed."""
    print(f"\n── all checks {'─' * 60}")
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.name:8} {outcome.seconds:6.1f} s")
    failed = sum(1 for outcome in outcomes if not outcome.passed)
    print(f"\nchecks: {len(outcomes) - failed} passed, {failed} failed")
    sys.stdout.flush()
    return 1 if failed else 0
