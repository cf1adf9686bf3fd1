"""How long the program takes to start, as ratios to a Python that does nothing, all measured in one run.

The quiz is started in a pseudo-terminal of 80 by 24: `question` is when the text of the first question is written,
`prompt` when the prompt shows a key that was typed ahead.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
LIMITS = {"--help": 8.0, "question": 8.0, "prompt": 20.0}
"""The largest ratio that each start may take."""

TYPED = "@"
"""A key typed ahead that stands in no question; the terminal itself echoes nothing, so the prompt has shown it."""


def start() -> None:
    """Prints the best time of each start and its ratio to a bare Python."""
    with tempfile.TemporaryDirectory() as folder:
        starts: Mapping[str, Callable[[], float]] = {
            "bare": lambda: _ran(["-c", "pass"]),
            "--help": lambda: _ran(["-m", "tutor", "--help"]),
            "question": lambda: _quiz(Path(folder), until="question"),
            "prompt": lambda: _quiz(Path(folder), until="prompt"),
        }
        for measure in starts.values():
            measure()
        best = {name: float("inf") for name in starts}
        for _ in range(RUNS):
            for name, measure in starts.items():
                best[name] = min(best[name], measure())
    for name, seconds in best.items():
        ratio = seconds / best["bare"]
        limit = f"at most {LIMITS[name]:g}" if name in LIMITS else ""
        print(f"start {name:<10} {seconds * 1000:7.1f} ms  {ratio:5.1f} × bare  {limit}")


def _ran(arguments: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _quiz(folder: Path, *, until: str) -> float:
    """Seconds from starting a quiz to the text of its first question, or to the echo of a key at its prompt."""
    import pexpect  # the pseudo-terminal; a tool of the tests, and of POSIX only

    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    began = time.perf_counter()
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tutor", "quiz", "--store", str(folder / "store.sqlite3")],
        cwd=str(ROOT),
        env=environment,
        dimensions=(24, 80),
        timeout=20,
        echo=False,
    )
    child.delaybeforesend = None
    try:
        child.expect_exact("Differentiate")
        if until == "prompt":
            child.send(TYPED)
            child.expect_exact(TYPED)
        return time.perf_counter() - began
    finally:
        child.close(force=True)
