"""`author check`: all faults of all files at once, first of their form, then of what they say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor import __version__
from tutor.apps.author_faults import Finding, Places, page_of, record
from tutor.apps.author_remark import Remark
from tutor.errors import ExerciseError, ExerciseErrors, InputFileError, UsageError
from tutor.exercise.bank import exercise_files
from tutor.exercise.loader import read_text, read_unit
from tutor.exercise.model import Exercise
from tutor.exercise.stored import stored
from tutor.exercise.strict_yaml import read_yaml
from tutor.kinds.catalogue import KINDS
from tutor.render.blocks import Banner, Block, Mark
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.to_terminal import to_terminal
from tutor.worker.outcome import NOT_STARTED, Crashed, Done, Outcome, TimedOut
from tutor.worker.pool import Pool

ENTRY = "tutor.apps.author_entry:examine_stored"

DEADLINE = 30.0
"""Seconds of processor time for one exercise; one that needs more would keep every learner waiting as well."""

DONE, FINDINGS, BAD_INPUT = 0, 1, 3

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What was asked for: files and folders, how many processes (0: all cores), JSON instead of a page."""

    paths: tuple[str, ...]
    workers: int = 0
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """One file as it was read: its places, its exercises (none where its form is faulty), the faults of its form."""

    file: str
    places: Places | None
    exercises: tuple[Exercise, ...]
    findings: tuple[Finding, ...]
    is_unusable: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was found in all files."""

    files: int
    exercises: int
    findings: tuple[Finding, ...]
    is_unusable: bool

    @property
    def faults(self) -> int:
        """How many findings refuse a file."""
        return sum(not finding.is_warning for finding in self.findings)


def run_check(options: CheckOptions, streams: Streams, wishes: Wishes) -> int:
    """Check files and folders of exercises and show what was found; the exit code."""
    checked = check_paths(options.paths, options.workers)
    if options.as_json:
        streams.stdout.write(json.dumps(_json(checked), ensure_ascii=False) + "\n")
    else:
        streams.stdout.write(to_terminal(_page(checked), look_of(streams.stdout, wishes)))
    return BAD_INPUT if checked.is_unusable else FINDINGS if checked.faults else DONE


def check_paths(paths: tuple[str, ...], workers: int = 0) -> Checked:
    """What is wrong in the files; a file that cannot be opened is a finding without a line."""
    read = [one for path in paths for one in _read_all(Path(path))]
    findings = [finding for one in read for finding in one.findings]
    findings += _taken_twice(read)
    findings += _examined(read, workers)
    findings.sort(key=lambda finding: finding.place)
    return Checked(len(read), sum(len(one.exercises) for one in read), (*findings,), any(r.is_unusable for r in read))


# ---- form -------------------------------------------------------------------------------------------------------


def _read_all(path: Path) -> list[Read]:
    try:
        return [_read(file) for file in exercise_files(path)]
    except InputFileError as error:
        return [_unusable(path, error)]


def _unusable(path: Path, error: InputFileError) -> Read:
    fault = ExerciseError(error.code, error.message, file=str(path), suggestion=error.suggestion)
    return Read(str(path), None, (), (Finding(fault),), is_unusable=True)


def _read(path: Path) -> Read:
    try:
        text = read_text(path)
    except InputFileError as error:
        return _unusable(path, error)
    name = str(path)
    try:
        unit = read_unit(text, name, KINDS)
    except ExerciseErrors as several:
        return Read(name, None, (), tuple(Finding(error) for error in several.errors))
    return Read(name, Places.of(read_yaml(text, name)), unit.exercises, ())


def _taken_twice(read: list[Read]) -> Iterator[Finding]:
    """A finding for each id that an exercise of an earlier file has."""
    first: dict[str, str] = {}
    for one in read:
        for number, exercise in enumerate(one.exercises):
            assert one.places is not None
            place = one.places.of_id(number)
            here = f"{one.file}:{place.line}"
            there = first.setdefault(exercise.id, here)
            if there != here:
                message = f"the id `{exercise.id}` is taken by the exercise at {there}"
                error = one.places.page.fault("duplicate-id", message, place, f"{exercise.id[:60]}-2")
                yield Finding(error, exercise.id)


# ---- what they say ----------------------------------------------------------------------------------------------


def _examined(read: list[Read], workers: int) -> list[Finding]:
    """The findings of the workers, one job an exercise."""
    jobs = [(one.places, number, exercise) for one in read for number, exercise in enumerate(one.exercises)]
    findings: list[Finding] = []
    with _pool(min(workers or os.cpu_count() or 1, len(jobs))) as run:
        for (places, number, exercise), outcome in zip(jobs, run([stored(job[2]) for job in jobs]), strict=True):
            assert places is not None
            findings += [places.finding(number, exercise.id, remark) for remark in _remarks(outcome)]
    return findings


@contextmanager
def _pool(count: int) -> Iterator[Callable[[list[Any]], Iterator[Outcome]]]:
    with closing(Pool(ENTRY, count, DEADLINE)) as pool:
        yield lambda exercises: (outcome for _, outcome in pool.run({"exercise": one} for one in exercises))


def _remarks(outcome: Outcome) -> tuple[Remark, ...]:
    match outcome:
        case Done(list() as remarks):
            return tuple(Remark(**remark) for remark in remarks)
        case TimedOut(seconds):
            message = f"this exercise could not be checked within {seconds:g} seconds"
            return (Remark("function", "too-slow", message, "a shorter function, or a lower order"),)
        case Crashed(reason) if reason.startswith(NOT_STARTED):
            fix = "the installation may be incomplete: install difftutor again"
            raise UsageError("no-worker", f"the process that checks exercises {reason}", suggestion=fix)
        case Crashed(reason):
            message = f"this exercise could not be checked: the process {reason}"
            return (Remark("function", "crashed", message, "a shorter function, or a lower order"),)
        case _:
            fix = "this is a fault of difftutor: please report it with this exercise"
            return (Remark("function", "internal", f"this exercise could not be checked: {outcome}", fix),)


# ---- what is shown ----------------------------------------------------------------------------------------------


def _page(checked: Checked) -> tuple[Block, ...]:
    faults, warnings = checked.faults, len(checked.findings) - checked.faults
    counted = f"{_count(checked.files, 'file')}, {_count(checked.exercises, 'exercise')}: "
    ended = f"{_count(faults, 'fault')}" + (f", {_count(warnings, 'warning')}" if warnings else "")
    mark = Mark.WRONG if faults else Mark.RIGHT
    proved = "" if faults else " Every key was confirmed three ways, every model answer graded as right."
    return (*page_of(checked.findings), Banner(mark, counted + ended + "." + proved))


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _json(checked: Checked) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "program_version": __version__,
        "files": checked.files,
        "exercises": checked.exercises,
        "faults": checked.faults,
        "warnings": len(checked.findings) - checked.faults,
        "findings": [record(finding) for finding in checked.findings],
    }
