"""What `grade` was asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.render.look import Look

DEADLINE = 2.0
"""Seconds of processor time for one answer; a backstop, what ends a proof is counted work."""


@dataclass(frozen=True, slots=True)
class GradeOptions:
    """What was asked for: `inputs` are paths or `-`; `to` are texts FORMAT or FORMAT=PATH; `output` is a path.

    `bank` is a folder of exercises, None for the program's own; `workers` 0 is one for each processor. `look` is that
    of standard output, `messages` that of standard error. `fail_under` is a share in percent, None for no limit.
    With `certificates` each row carries the evidence that `verify` checks again.
    """

    inputs: tuple[str, ...]
    source_format: str | None = None
    to: tuple[str, ...] = ()
    output: str | None = None
    bank: str | None = None
    workers: int = 0
    deadline: float = DEADLINE
    certificates: bool = False
    dry_run: bool = False
    fail_under: float | None = None
    quiet: bool = False
    look: Look = field(default_factory=Look)
    messages: Look = field(default_factory=Look)
