"""Holds the engine against pairs whose truth is known: `python scripts/fuzz.py verdicts --pairs 10000 --seed 7`.

The pairs are made anew by `tests/verdicts/generate.py`; every wrong or unsettled one is printed as a line from which
`--file` can repeat it. `make` writes pairs without judging them; the same seed makes the same ones. `diagnosis` puts
slips into derivatives of random functions (`tests/diagnosis/`) and looks for them among the explanations.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from random import SystemRandom

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import fuzz_diagnosis

from tests.verdicts.generate import pairs
from tests.verdicts.judge import SETTLED, Tally, judged, report
from tests.verdicts.pair import Pair, header, read

SECONDS = 20.0
"""Processor time for one verdict; more counts as undecided."""


def main(arguments: Sequence[str]) -> int:
    """Judge or make pairs, or look for slips; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="fuzz.py", description="Hold the engine against random cases of known truth.")
    parser.add_argument(
        "what",
        choices=("verdicts", "make", "diagnosis"),
        help="judge pairs, print them as JSON lines, or look for slips",
    )
    parser.add_argument("--functions", type=int, default=100, metavar="N", help="how many for `diagnosis` (100)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first of these (0)")
    parser.add_argument("--pairs", type=int, default=1000, metavar="N", help="how many (1000)")
    parser.add_argument("--seed", type=int, help="where they start; printed when it is left out")
    parser.add_argument("--file", type=Path, help="judge the pairs of this file instead of making some")
    parser.add_argument("--quick", action="store_true", help="only the quick rewritings of SymPy, as in the tests")
    parser.add_argument("--slow", type=float, default=50.0, metavar="MS", help="report pairs that take longer (50)")
    asked = parser.parse_args(arguments)
    seed = SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    if asked.what == "diagnosis":
        print(f"seed {seed}", flush=True)
        return 1 if fuzz_diagnosis.diagnosis(seed, range(asked.first, asked.first + asked.functions)) else 0
    made = pairs(seed, asked.pairs, quick=asked.quick) if asked.file is None else islice(read(asked.file), asked.pairs)
    if asked.what == "make":
        command = f"python scripts/fuzz.py make --pairs {asked.pairs} --seed {seed}{' --quick' * asked.quick}"
        print(header(command), flush=True)
        for pair in made:
            print(pair.line, flush=True)
        return 0
    print(f"seed {seed}" if asked.file is None else f"pairs of {asked.file}", flush=True)
    return _judge_all(made, asked.slow)


def _judge_all(made: Iterable[Pair], slow: float) -> int:
    started = time.monotonic()
    judgements = []
    for pair in made:
        judgements.append(judged(pair, seconds=SECONDS))
        found = judgements[-1]
        if found.ending not in SETTLED:
            print(report(found), flush=True)
        elif found.milliseconds > slow:
            print(f"SLOW {report(found)}", flush=True)
    tally = Tally(tuple(judgements))
    print(*tally.lines(), sep="\n")
    print(f"{len(judgements)} pairs in {time.monotonic() - started:.0f} s")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
