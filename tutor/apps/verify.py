"""`verify`: every certificate of a file of result rows is checked again, without the balls and our own derivatives."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any

from tutor import __version__
from tutor.apps.verify_finding import Finding, Verified
from tutor.apps.verify_lines import STDIN, Line, lines_of
from tutor.errors import UsageError
from tutor.render.blocks import Banner, Block, Mark
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal
from tutor.worker.outcome import NOT_STARTED, Crashed, Done, Outcome, TimedOut
from tutor.worker.pool import Pool

ENTRY = "tutor.apps.verify_entry:verify_line"

DEADLINE = 60.0
"""Seconds of processor time for one row; proofs end by counted work, so this is for rows that nobody graded."""

DONE, FINDINGS = 0, 1
SCHEMA_VERSION = 1
_MOST_WORKERS = 16


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What was asked for: a file or `-`, a folder of exercises, how many processes (0: all cores), JSON or a page."""

    path: str
    bank: str | None = None
    workers: int = 0
    as_json: bool = False


@dataclass(slots=True)
class Tally:
    """What has been found so far, in the order of the lines."""

    rows: int = 0
    rows_with_findings: int = 0
    at_their_word: int = 0
    without: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the row of a line."""

    line: int
    verified: Verified


def run_verify(options: VerifyOptions, streams: Streams, wishes: Wishes) -> int:
    """Check and give the exit code: 0 when every certificate holds, 1 when one does not.

    Raises InputFileError for a file or a bank that cannot be used.
    """
    folder = _checked_bank(options.bank)
    tally = Tally()
    told: list[dict[str, Any]] = []
    look = look_of(streams.stdout, wishes)
    for placed in _placed(options, folder, streams):
        _count(tally, placed.verified)
        for finding in placed.verified.findings:
            if options.as_json:
                told.append(_plain(placed, finding))
            else:
                streams.stdout.write(to_terminal(_blocks(options.path, placed, finding), look))
    if options.as_json:
        from tutor.render.to_json import line

        streams.stdout.write(line(_whole(tally, told)) + "\n")
    else:
        streams.stdout.write(to_terminal(_closing(tally), look))
    return FINDINGS if tally.rows_with_findings else DONE


def _checked_bank(folder: str | None) -> str | None:
    """The folder in full; raises ExerciseErrors or InputFileError, once and not for each row, if it cannot be used."""
    if folder is None:
        return None
    from tutor.apps.verify_question import bank_at  # what reads exercises is not needed for rows that bring their own

    full = os.path.abspath(folder)
    bank_at(full)
    return full


# ---- through the workers -------------------------------------------------------------------------------------------


def _placed(options: VerifyOptions, folder: str | None, streams: Streams) -> Iterator[Placed]:
    """Each line with what became of its row, in the order of the lines."""
    waiting: list[Line] = []

    def jobs() -> Iterator[dict[str, Any] | None]:
        for line in lines_of(options.path, streams.stdin):
            waiting.append(line)
            yield None if line.fault else {"line": line.text, "folder": folder}

    with closing(Pool(ENTRY, options.workers or min(_MOST_WORKERS, os.cpu_count() or 1), DEADLINE)) as pool:
        for _, outcome in pool.run(jobs()):
            line = waiting.pop(0)
            yield Placed(line.number, _bad(line.fault) if line.fault else _verified(outcome))


def _bad(fault: str) -> Verified:
    return Verified(findings=(Finding("bad-row", fault),))


def _verified(outcome: Outcome) -> Verified:
    match outcome:
        case Done({"row": row, "findings": list(findings), "kinds": list(kinds), "at_its_word": bool(at_its_word)}):
            return Verified(row, tuple(Finding(**finding) for finding in findings), tuple(kinds), at_its_word)
        case TimedOut(seconds):
            return Verified(findings=(Finding("too-slow", f"not checked within {seconds:g} seconds"),))
        case Crashed(reason) if reason.startswith(NOT_STARTED):
            fix = "the installation may be incomplete: install difftutor again"
            raise UsageError("no-worker", f"the process that checks certificates {reason}", suggestion=fix)
        case Crashed(reason):
            return Verified(findings=(Finding("not-checked", f"not checked: the process {reason}"),))
        case _:
            return Verified(findings=(Finding("not-checked", f"not checked, a fault of difftutor: {outcome}"),))


def _count(tally: Tally, verified: Verified) -> None:
    tally.rows += 1
    tally.rows_with_findings += bool(verified.findings)
    tally.at_their_word += verified.at_its_word
    tally.without += not verified.kinds and not verified.findings
    tally.kinds.update(verified.kinds)


# ---- what is shown -------------------------------------------------------------------------------------------------


def _blocks(path: str, placed: Placed, finding: Finding) -> tuple[Block, ...]:
    name = "line " if path == STDIN else f"{shown(path)}:"
    row = "" if placed.verified.row is None else f"row {placed.verified.row}, "
    cell = "" if finding.cell is None else f"cell {shown(finding.cell, 80)}: "
    parts = (("expected", finding.expected), ("found", finding.found))
    facts = [f"{word} {shown(part, 300)}" for word, part in parts if part is not None]
    told = f" ({'; '.join(facts)})" if facts else ""
    said = f"{name}{placed.line}: {row}{cell}{shown(finding.message, 500)}{told} [{finding.code}]"
    return (Banner(Mark.WRONG, said),)


def _closing(tally: Tally) -> tuple[Block, ...]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.kinds.items()))
    certificates = _number(sum(tally.kinds.values()), "certificate") + (f" ({kinds})" if kinds else "")
    said = f"{_number(tally.rows, 'row')}, {certificates}: "
    bad = tally.rows_with_findings
    said += f"{_number(bad, 'row')} with findings." if bad else "all hold."
    blocks: list[Block] = [Banner(Mark.WRONG if bad else Mark.RIGHT, said)]
    if tally.without:
        message = f"{_number(tally.without, 'row')} without a certificate: nothing was compared there."
        blocks.append(Banner(Mark.UNSURE, message))
    if tally.at_their_word:
        message = f"{_number(tally.at_their_word, 'row')} taken at their word: their exercises are not at hand."
        blocks.append(Banner(Mark.UNSURE, f"{message} Name them with --exercises."))
    return tuple(blocks)


def _number(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _plain(placed: Placed, finding: Finding) -> dict[str, Any]:
    return {"line": placed.line, "row": placed.verified.row, **asdict(finding)}


def _whole(tally: Tally, findings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "program_version": __version__,
        "holds": not tally.rows_with_findings,
        "rows": tally.rows,
        "rows_with_findings": tally.rows_with_findings,
        "rows_without_certificate": tally.without,
        "rows_taken_at_their_word": tally.at_their_word,
        "certificates": dict(sorted(tally.kinds.items())),
        "findings": findings,
    }
