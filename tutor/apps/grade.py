"""`grade`: files of answers in, one result row for each answer out, whatever is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from tutor.apps import grade_csv, grade_jsonl
from tutor.apps.grade_assessing import Assessing
from tutor.apps.grade_output import STDOUT, Outputs, targets, writer
from tutor.apps.grade_progress import progress
from tutor.apps.grade_rows import Row
from tutor.apps.grade_source import STDIN, Lines, Source, opened
from tutor.apps.grade_summary import Summary
from tutor.errors import UsageError
from tutor.render.look import Look, Streams
from tutor.worker.pool import Pool

ENTRY = "tutor.apps.grade_entry:assess_text"
"""What the workers run; named by text so that this process need not import it."""

DEADLINE = 2.0
"""Seconds of processor time for one answer; a backstop, what ends a proof is counted work."""

INPUT_FORMATS = ("csv", "jsonl")
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_READERS = {"csv": grade_csv.read_csv, "jsonl": grade_jsonl.read_jsonl}

MOST_WORKERS = 16
"""Each worker takes some 150 MB."""

MOST_CARRIED = 500
"""With more columns than this to carry along they share one column in CSV."""

DONE, UNSETTLED, STOPPED = 0, 4, 130


@dataclass(frozen=True, slots=True)
class GradeOptions:
    """What was asked for: `inputs` are paths or `-`; `to` are texts FORMAT or FORMAT=PATH; `output` is a path.

    `bank` is a folder of exercises, None for the program's own; `workers` 0 is one for each processor.
    """

    inputs: tuple[str, ...]
    source_format: str | None = None
    to: tuple[str, ...] = ()
    output: str | None = None
    bank: str | None = None
    workers: int = 0
    deadline: float = DEADLINE
    quiet: bool = False
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class _Survey:
    """How many rows there are, and the names of the columns they carry along; None where that is not known yet."""

    total: int | None = None
    carried: tuple[str, ...] | None = None


def run_grade(options: GradeOptions, streams: Streams) -> int:
    """Grade and give the exit code: 0, or 4 when some answers are undecided or in error, 130 after Ctrl-C.

    Raises InputFileError for an input that cannot be used (no file is written then) and UsageError for an output
    that cannot be written.
    """
    sources = tuple(Source(path) for path in options.inputs)
    places = targets(options.to, options.output, terminal=streams.stdout.isatty())
    _refuse_clashes(sources, places)
    bank = None if options.bank is None else _checked_bank(options.bank)
    survey = _surveyed(sources, options.source_format, streams.stdin)
    with closing(Outputs(streams.stdout)) as outputs:
        for place in places:
            outputs.add(writer(place, survey.carried, options.look), place[1])
        try:
            summary, distinct = _graded(replace(options, bank=bank), sources, streams, outputs, survey.total)
        except KeyboardInterrupt:
            _say(streams.stderr, "stopped; no file was written" if outputs.writes_files else "stopped")
            return STOPPED
        outputs.publish()
    if not options.quiet:
        _say(streams.stderr, *summary.lines(distinct))
    return UNSETTLED if summary.unsettled else DONE


def _graded(
    options: GradeOptions, sources: Sequence[Source], streams: Streams, outputs: Outputs, total: int | None
) -> tuple[Summary, int]:
    workers = options.workers or _processors()
    summary = Summary()
    shown = not outputs.show_rows_on_a_terminal
    with (
        Pool(ENTRY, workers, options.deadline) as pool,
        progress(streams.stderr, options.look, total, bar=shown) as advance,
    ):
        assessing = Assessing(pool, options.bank, workers)
        for result in assessing.results(_rows(sources, options.source_format, streams.stdin)):
            outputs.row(result)
            summary.add(result)
            advance()
    return summary, assessing.distinct


def _rows(sources: Sequence[Source], wanted: str | None, stdin: TextIO, *, pipes: bool = True) -> Iterator[Row]:
    """The rows of all sources, one after the other; where there are several, a row carries its file's name."""
    for source in sources:
        if source.is_pipe and not pipes:
            continue
        with opened(source, stdin) as lines:
            for row in _READERS[_format_of(source, wanted, lines)](lines):
                yield row if len(sources) == 1 else row.carrying("file", source.path)


def _format_of(source: Source, wanted: str | None, lines: Lines) -> str:
    """The format that was asked for, or that of the suffix, or what the first line looks like."""
    if wanted is not None:
        return wanted
    guessed = _SUFFIXES.get(Path(source.path).suffix.lower()) if source.path != STDIN else None
    return guessed or ("jsonl" if lines.peek().lstrip().startswith(("{", "[")) else "csv")


def _surveyed(sources: Sequence[Source], wanted: str | None, stdin: TextIO) -> _Survey:
    """What is known before the first row is graded; raises InputFileError for a file that cannot be used.

    Files are read to their end, so that nothing is written when something is wrong with a file as a whole.
    """
    total = 0
    names: dict[str, None] = {}
    for row in _rows(sources, wanted, stdin, pipes=False):
        total += 1
        if len(names) <= MOST_CARRIED:
            names |= dict.fromkeys(row.carried)
    if any(source.is_pipe for source in sources):
        return _Survey()
    return _Survey(total, tuple(names) if len(names) <= MOST_CARRIED else None)


def _checked_bank(folder: str) -> str:
    """The folder in full; raises ExerciseErrors or InputFileError, once and not for each row, if it cannot be used."""
    from tutor.apps.grade_entry import bank_at  # imports what reads exercises, which grading inline rows can do without

    full = os.path.abspath(folder)
    bank_at(full)
    return full


def _refuse_clashes(sources: Sequence[Source], places: Sequence[tuple[str, str]]) -> None:
    if sum(source.path == STDIN for source in sources) > 1:
        raise UsageError("stdin-twice", "standard input can be read only once", suggestion="give - once")
    read = {os.path.realpath(source.path) for source in sources if source.path != STDIN}
    for _, path in places:
        if path != STDOUT and os.path.realpath(path) in read:
            raise UsageError(
                "overwrites-input", f"{path} is read and cannot be written", suggestion="name another file"
            )


def _processors() -> int:
    """How many processors this process may use; more than MOST_WORKERS are not taken unasked."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_WORKERS)


def _say(stream: TextIO, *lines: str) -> None:
    for line in lines:
        stream.write(line + "\n")
    stream.flush()
