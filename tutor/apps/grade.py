"""`grade`: files of answers in, one result row for each answer out, whatever is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from tutor.apps.grade_assessing import Assessing
from tutor.apps.grade_marks import foreign
from tutor.apps.grade_next import after_dry_run, after_grading
from tutor.apps.grade_options import GradeOptions
from tutor.apps.grade_output import STDOUT, Outputs, targets, writer
from tutor.apps.grade_progress import progress
from tutor.apps.grade_reading import Reading, Survey
from tutor.apps.grade_source import STDIN
from tutor.apps.grade_summary import Summary
from tutor.errors import UsageError
from tutor.render.look import Streams
from tutor.worker.pool import Pool
from tutor.worker.supervisor import Worker

ENTRY = "tutor.apps.grade_entry:assess_text"
"""What the workers run; named by text so that this process need not import it."""

MOST_WORKERS = 16
"""Each worker takes some 150 MB."""

DONE, FINDINGS, UNSETTLED, STOPPED = 0, 1, 4, 130


def run_grade(options: GradeOptions, streams: Streams) -> int:
    """Grade and give the exit code.

    0; 1 when the points reached are under `fail_under`; 4 when some answers are undecided or in error, which outranks
    1; 130 after Ctrl-C. Raises InputFileError for an input that cannot be used (no file is written then) and
    UsageError for an output that cannot be written.
    """
    if options.bank is not None:
        options = replace(options, bank=_checked_bank(options.bank))
    places = targets(options.to, options.output, terminal=streams.stdout.isatty())
    reading = Reading(options.inputs, options.source_format, streams.stdin, options.bank)
    _refuse_clashes(options.inputs, reading, places)
    survey = reading.survey()
    if options.dry_run:
        return _dry_run(options, reading, streams)
    with closing(Outputs(streams.stdout)) as outputs:
        for place in places:
            outputs.add(writer(place, survey, options.look), place[1])
        try:
            summary, distinct = _graded(options, reading, survey, streams, outputs)
        except KeyboardInterrupt:
            _say(streams.stderr, "stopped; no file was written" if outputs.paths else "stopped")
            return STOPPED
        outputs.publish()
    apart = ("",) if outputs.show_rows_on_a_terminal and streams.stderr.isatty() else ()
    told = (*summary.lines(distinct, options.messages), *_closing(options, outputs, summary))
    _tell(options, streams.stderr, (*apart, *told))
    return _exit_code(options, summary)


def _graded(
    options: GradeOptions, reading: Reading, survey: Survey, streams: Streams, outputs: Outputs
) -> tuple[Summary, int]:
    workers = options.workers or _processors()
    summary = Summary()
    shown = not outputs.show_rows_on_a_terminal
    with (
        Pool(ENTRY, workers, options.deadline) as pool,
        Worker(ENTRY) as spare,
        progress(streams.stderr, options.messages, survey.total, bar=shown) as advance,
    ):
        again = partial(spare.call, deadline=options.deadline)
        assessing = Assessing(pool, options.bank, workers, again, certify=options.certificates)
        for row, result in assessing.results(reading.rows()):
            outputs.row(result)
            summary.add(row, result)
            advance()
    return summary, assessing.distinct


def _dry_run(options: GradeOptions, reading: Reading, streams: Streams) -> int:
    from tutor.apps.grade_dry_run import DryRun  # imports what reads exercises and answers

    run = DryRun(options.bank)
    run.read(reading.rows())
    _say(streams.stdout, *run.lines(options.look))
    _tell(options, streams.stderr, _some(after_dry_run(options)))
    return UNSETTLED if run.faults else DONE


def _closing(options: GradeOptions, outputs: Outputs, summary: Summary) -> Iterator[str]:
    """What stands under the summary: the files, a limit that was not reached, the next command."""
    if summary.share.is_under(options.fail_under):
        yield f"{summary.share.percent:.1f} % is under the limit of {options.fail_under:g} %"
    if outputs.paths:
        yield "written: " + foreign(", ".join(outputs.paths), options.messages)
    if summary.rows:
        yield from _some(after_grading(options, outputs.paths, has_learners=summary.has_learners))


def _exit_code(options: GradeOptions, summary: Summary) -> int:
    if summary.unsettled:
        return UNSETTLED
    return FINDINGS if summary.share.is_under(options.fail_under) else DONE


def _checked_bank(folder: str) -> str:
    """The folder in full; raises ExerciseErrors or InputFileError, once and not for each row, if it cannot be used."""
    from tutor.apps.grade_entry import bank_at  # imports what reads exercises, which grading inline rows can do without

    full = os.path.abspath(folder)
    bank_at(full)
    return full


def _refuse_clashes(inputs: Sequence[str], reading: Reading, places: Sequence[tuple[str, str]]) -> None:
    """No file that is read is written, and none appears in a folder that is read: the next run would grade it."""
    read = {os.path.realpath(source.path) for source in reading.sources if source.path != STDIN}
    folders = [Path(os.path.realpath(path)) for path in inputs if path != STDIN and os.path.isdir(path)]
    for _, path in places:
        target = os.path.realpath(path)
        if path != STDOUT and target in read:
            message = f"{path} is read and cannot be written"
            raise UsageError("overwrites-input", message, suggestion="name another file")
        if path != STDOUT and any(Path(target).is_relative_to(folder) for folder in folders):
            message = f"{path} lies in a folder that is graded; the next run would take it for answers"
            raise UsageError("overwrites-input", message, suggestion=f"-o {os.path.basename(path)}")


def _processors() -> int:
    """How many processors this process may use; more than MOST_WORKERS are not taken unasked."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_WORKERS)


def _some(line: str | None) -> tuple[str, ...]:
    return () if line is None else (line,)


def _tell(options: GradeOptions, stream: TextIO, lines: Sequence[str]) -> None:
    if not options.quiet:
        _say(stream, *lines)


def _say(stream: TextIO, *lines: str) -> None:
    for line in lines:
        stream.write(line + "\n")
    stream.flush()
