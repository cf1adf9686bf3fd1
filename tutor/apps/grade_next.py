"""The command that somebody who has just graded a file will most likely want next."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

from tutor.apps.grade_marks import foreign
from tutor.apps.grade_options import GradeOptions
from tutor.apps.grade_source import STDIN

MOST_FILES = 3
_ENDS = {True: "--to gradebook=gradebook.csv", False: "-o grades.csv"}


def after_dry_run(options: GradeOptions) -> str | None:
    """Grade in earnest; None where the command would not be short."""
    return _command(options, "")


def after_grading(options: GradeOptions, paths: Sequence[str], *, has_learners: bool) -> str | None:
    """Keep the marks, when they went to the screen only; None where there is nothing to suggest."""
    return None if paths or "gradebook" in options.to else _command(options, _ENDS[has_learners])


def _command(options: GradeOptions, end: str) -> str | None:
    if STDIN in options.inputs or len(options.inputs) > MOST_FILES:
        return None
    words = ["difftutor", "grade", *options.inputs]
    words += ["--from", options.source_format] if options.source_format else []
    words += ["--exercises", os.path.relpath(options.bank)] if options.bank else []
    return foreign(f"next: {shlex.join(words)} {end}".rstrip(), options.messages)
