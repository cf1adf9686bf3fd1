"""How far grading has come, on standard error: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tutor.render.look import Look

INTERVAL = 10.0
"""Seconds between two lines where there is no terminal."""

Advance = Callable[[], None]
"""To be called after each row."""


@contextmanager
def progress(stream: TextIO, look: Look, total: int | None, *, bar: bool = True) -> Iterator[Advance]:
    """A display that goes on by one each time its value is called; `total` is None where the end is not known.

    Without `bar`, because rows go to the same screen, there is nothing to be shown on a terminal.
    """
    if stream.isatty() and not bar:
        yield _nothing
    elif stream.isatty() and not look.plain:
        with _bar(stream, look, total) as advance:
            yield advance
    else:
        yield _lines(stream, total)


@contextmanager
def _bar(stream: TextIO, look: Look, total: int | None) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=stream, no_color=not look.color, highlight=False)
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as display:
        task = display.add_task("grading", total=total)
        yield lambda: display.advance(task)


def _nothing() -> None:
    """The rows themselves show how far it has come."""


def _lines(stream: TextIO, total: int | None) -> Advance:
    done, last = 0, time.monotonic()

    def advance() -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if now - last >= INTERVAL:
            last = now
            stream.write(f"graded {done:,} rows\n" if total is None else f"graded {done:,} of {total:,} rows\n")
            stream.flush()

    return advance
