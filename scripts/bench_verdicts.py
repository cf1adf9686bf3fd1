"""Verdicts with their certificates, by this program and by others on the same pairs: how many are right, how soon.

`python scripts/bench.py verdicts`, or with options `python scripts/bench_verdicts.py --help`. All times are those of
the processor. Each program gets the texts of the pair; it stays between pairs and is asked a few others beforehand.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_verdicts_ours import WAYS, Way, decided
from bench_verdicts_pairs import Pair, fresh_pairs, stored_pairs, warming_pairs
from bench_verdicts_peers import Peer, asked, peers
from bench_verdicts_process import Process
from bench_verdicts_table import Goal, Program, Row, Said, Seen, joined, table

from tutor.checking.certificate import Certificate
from tutor.checking.certificate_plain import plain

ROUNDS = 3
"""How many times this program is asked each pair; it takes so little that one round says little."""

TURN = 24
"""How many pairs one program is asked before it is another's turn."""

EXERCISES = 150
"""Fresh exercises: how long Maxima takes for a pair differs fivefold between seeds where there are 60."""

RECHECK = Path(__file__).resolve().parent / "bench_verdicts_recheck.py"
LONGEST_RECHECK = 30.0
"""Seconds for checking one certificate again."""


def verdicts() -> None:
    """The benchmark with what the environment says of the other programs."""
    main([])


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for the stored pairs, one for fresh pairs, one for the whole run, and which goals are met."""
    options = _options(arguments)
    others = peers(options.sympy, options.maxima, math_verify_python=options.math_verify, kas_modules=options.kas)
    fresh = tuple(fresh_pairs(options.seed, options.exercises))
    stored = _measured("stored", stored_pairs(), others)
    _print_goals(goals(stored[0].row, is_stored=True))
    whole = stored
    if fresh:
        found = _measured(f"fresh, seed {options.seed}", fresh, others)
        _print_goals(goals(found[0].row))
        whole = [joined(*both) for both in zip(stored, found, strict=True)]
    rows = [program.row for program in whole]
    print(f"\nverdicts on {rows[0].pairs} pairs (the whole run)\n{table(rows)}")
    _print_goals(ratio_goals(rows))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    environment: Mapping[str, str] = os.environ
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of the fresh pairs (default: any)")
    parser.add_argument(
        "--exercises", type=int, default=EXERCISES, help=f"fresh exercises, two pairs each (default: {EXERCISES})"
    )
    parser.add_argument(
        "--sympy",
        nargs="+",
        choices=("simplify", "equals"),
        default=("simplify",),
        help="which ways of SymPy are asked",
    )
    parser.add_argument("--maxima", default=environment.get("MAXIMA", "maxima"), help="the program (or MAXIMA)")
    parser.add_argument(
        "--math-verify",
        metavar="PYTHON",
        default=environment.get("MATH_VERIFY_PYTHON"),
        help="a Python with math-verify (or MATH_VERIFY_PYTHON)",
    )
    parser.add_argument(
        "--kas",
        metavar="FOLDER",
        default=environment.get("KAS_NODE_MODULES"),
        help="node_modules with @khanacademy/kas (or KAS_NODE_MODULES)",
    )
    return parser.parse_args(arguments)


# ---- one set of pairs ----------------------------------------------------------------------------------------------


def _measured(title: str, pairs: Sequence[Pair], others: Sequence[Peer]) -> list[Program]:
    """What each program says of a set of pairs, printed as a table with its own ratios."""
    print(f"\nverdicts on {len(pairs)} pairs ({title})")
    ours, theirs = _in_turn(pairs, others)
    programs = [_ours(way, pairs, found) for way, found in zip(WAYS, ours, strict=True)]
    programs += [Program(peer.name, (tuple(seen),)) for peer, seen in zip(others, theirs, strict=True)]
    rows = [program.row for program in programs]
    print(table(rows))
    print("\n".join(f"        {goal.title}: {goal.found:.1f}" for goal in ratio_goals(rows)))
    return programs


_Certain: TypeAlias = tuple[Seen, Certificate | None]


def _in_turn(pairs: Sequence[Pair], others: Sequence[Peer]) -> tuple[list[list[list[_Certain]]], list[list[Seen]]]:
    """What this program says in each way and round, and what the others say.

    All are asked a few pairs in turn, so that a spell in which the machine is slow meets them all.
    """
    for way in WAYS:
        list(decided(way, warming_pairs()))  # what is imported late is there from now on
    gc.freeze()  # this and the next as a worker does once it is ready
    gc.set_threshold(10_000)
    ours: list[list[list[_Certain]]] = [[[] for _ in range(ROUNDS)] for _ in WAYS]
    theirs: list[list[Seen]] = [[] for _ in others]
    answering = [asked(peer, pairs) for peer in others]
    for start in range(0, len(pairs), TURN):
        few = pairs[start : start + TURN]
        for way, rounds in zip(WAYS, ours, strict=True):
            list(decided(way, warming_pairs()))  # the others have emptied the processor's caches
            for found in rounds:
                found += decided(way, few)
        for answers, seen in zip(answering, theirs, strict=True):
            seen += islice(answers, len(few))
    for answers in answering:
        next(answers, None)  # ends the program
    return ours, theirs


def _print_goals(aimed: Iterable[Goal]) -> None:
    print("\n".join(map(str, aimed)))


def _ours(way: Way, pairs: Sequence[Pair], found: Sequence[Sequence[_Certain]]) -> Program:
    last = found[-1]
    for pair, (seen, _) in zip(pairs, last, strict=True):
        _complain(way, pair, seen)
    slowest, (seen, _) = max(zip(pairs, last, strict=True), key=lambda one: one[1][0].seconds)
    print(f"  {way.name}: {seen.seconds * 1000:.1f} ms: {slowest.key} | {slowest.answer}")
    _check_again(way, pairs, last)
    return Program(way.name, tuple(tuple(seen for seen, _ in each) for each in found), proves=True)


def _complain(way: Way, pair: Pair, seen: Seen) -> None:
    """Prints a pair on which this program does not come to the truth with certainty."""
    wanted = Said.EQUAL if pair.is_right else Said.DIFFERENT
    if seen.said is not wanted or not seen.is_proved:
        ending = seen.said.value if seen.said is not wanted else f"{seen.said.value}, not proved"
        print(f"  {way.name}: {ending}: {pair.key} | {pair.answer}")


def _check_again(way: Way, pairs: Sequence[Pair], found: Sequence[_Certain]) -> None:
    """Prints how many certificates hold when they are checked again, which is not timed, and those that do not."""
    held = 0
    with Process([sys.executable, str(RECHECK)], limit=LONGEST_RECHECK) as process:
        for pair, (seen, certificate) in zip(pairs, found, strict=True):
            if certificate is None:
                continue
            asked_row = {"certificate": plain(certificate), "is_right": seen.said is Said.EQUAL}
            codes = process.ask(json.dumps(asked_row) + "\n", _codes).answer
            held += codes == []
            if codes != []:
                why = "out of reach" if codes is None else ", ".join(codes)
                print(f"  {way.name}: certificate not confirmed ({why}): {pair.key} | {pair.answer}")
    print(f"  {way.name}: {held} of {len(pairs)} certificates confirmed")


def _codes(output: str) -> list[str] | None:
    return list(json.loads(output)) if output.endswith("\n") else None


# ---- what is aimed at ----------------------------------------------------------------------------------------------


def goals(prepared: Row, *, is_stored: bool = False) -> Iterator[Goal]:
    """What the design asks of this program alone on a set of pairs; verdicts a second only on those that are stored."""
    if is_stored:
        certified = prepared.rate * (prepared.proved or 0) / prepared.pairs
        yield Goal(f"{prepared.name}, certified verdicts a second", certified, 1000)
    yield Goal(f"{prepared.name}, p99 in ms", prepared.slow * 1000, 50, is_most=True)
    yield Goal(f"{prepared.name}, wrong verdicts", prepared.wrong, 1, is_most=True)


def ratio_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """How many times as many answers the first two rows give as the other programs that are here, and should give.

    They are goals for a whole run: see docs/decisions/0012-ratios-are-taken-over-a-whole-run.md. What another program
    was ended with counts with the limit, which is less than it would have taken.
    """
    prepared, unprepared, *_ = rows
    named = {each.name: each for each in rows}
    aimed = ((prepared, "SymPy simplify", 100), (prepared, "Maxima persistent", 20), (unprepared, "SymPy simplify", 50))
    for ours, name, limit in aimed:
        if name in named:
            yield Goal(f"{ours.name} against {name}, times", ours.rate / named[name].rate, limit)
            if named[name].late:
                in_time = ours.rate / named[name].rate_in_time
                yield Goal(f"{ours.name} against {name} without what it was late with, times", in_time, None)


if __name__ == "__main__":
    main()
