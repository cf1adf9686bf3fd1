"""The list of checks that `test.py` runs, in order, and how they are run and summed up."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import environment

TREE = ("tutor", "tests", "scripts")


@dataclass(frozen=True)
class Check:
    """One check: its name, the module that is run with its arguments, and the arguments that mend what it finds."""

    name: str
    command: tuple[str, ...]
    mend: tuple[str, ...] = ()


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
    Check("tests", ("-m", "pytest", "-n", "2", "--dist", "worksteal", "-q", "-p", "no:cacheprovider")),
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
    outcomes = []
    for check in CHECKS:
        if asked.fix and check.mend:
            _run(Check(f"mend {check.name}", check.mend))
        extra = testing if check.name == "tests" else ()
        outcomes.append(_run(Check(check.name, (*check.command, *extra))))
    return summed_up(outcomes)


def _run(check: Check) -> Outcome:
    """Run one check in the project's Python, its output going where ours goes."""
    print(f"\n── {check.name} {'─' * (70 - len(check.name))}", flush=True)
    started = time.monotonic()
    settings = os.environ | {"PYTHONUTF8": "1"}
    code = subprocess.call([environment.PYTHON, *check.command], cwd=environment.ROOT, env=settings)
    return Outcome(check.name, code == 0, time.monotonic() - started)


def summed_up(outcomes: Sequence[Outcome]) -> int:
    """Print how each check ended; 0 when all passed."""
    print(f"\n── all checks {'─' * 60}")
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.name:8} {outcome.seconds:6.1f} s")
    failed = sum(1 for outcome in outcomes if not outcome.passed)
    print(f"\nchecks: {len(outcomes) - failed} passed, {failed} failed")
    sys.stdout.flush()
    return 1 if failed else 0
