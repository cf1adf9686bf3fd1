"""Measures what the design sets a limit to: `python scripts/bench.py read`. Several names run one after another.

Each benchmark is a function that prints its figures; it stands in the table BENCHMARKS under its name. Times are the
best of several runs, since other programs on the machine only ever add to them; those of `verdicts` are means.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

RUNS = 80
REPETITIONS = 40
"""Short runs and many: one of them falls between the other programs."""

NOTATIONS = (
    "2x", "2x sin(x)", "sin x", "sin 2x", "sin^2 x", "sin²(x)", "xsinx", "x e^x", "e^(2x)", "e^-x", "2·x", "√(x+1)",
    "x²+x³", "x⁻²", "π x", "|x-2|", "ln x", "ln(x)^2", "x(x+1)", "(x+1)(x-1)", "3x**2", "sin x cos x", "arctan(x)",
    "[x+1]/2", "-x^2", "sin^-1(x)", "1/2 x", "np.cos(x)", r"\frac{1}{2}x",
)  # fmt: skip
ANSWERS_OF_20 = (
    "2x*sin(x^2)+3cos(x) ", "x^2 e^(2x) + ln(x)+1", "(2x(x+6)+x^2)/(x+6) ", "-sin(2x)e^(cos(2x)) ",
    "1/(2sqrt(x^2+x+1))+1", "tanh(4x)(1+tanh^2 x)", "3x^2 - 4x + 1/x^2 +x", "(x+1)^4*cos(x^2+3)*2",
    "sqrt(x^2+1)/(2x + 3)", "exp(-x^2)*(1-2*x^2)",
)  # fmt: skip
ANSWERS_OF_60 = (
    "2x*sin(x^2)+3cos(x) - x^2 e^(2x)*ln(x)/(x^2+1)^2 + sqrt(x)/2",
    "(2x(x+6)-(x^2-1)(x+6)^2*e^(-x))/(x^2+6)^4 + 12cos(x)^2*sin(x)",
    "exp(-x^2/2)*(1-x^2)*cos(3*x+1) - 3*x*exp(-x^2/2)*sin(3*x+1)+1",
    "x*tanh(2*x + 1)^2 - 4*x^3*sqrt(1 + x^4)/(2 + cos(x)) + log(x)",
)


def microseconds(work: Callable[[], object]) -> float:
    """The time of one call, in µs: the best of several runs without the garbage collector."""
    best = float("inf")
    gc.disable()
    for _ in range(RUNS):
        start = time.perf_counter()
        for _ in range(REPETITIONS):
            work()
        best = min(best, time.perf_counter() - start)
    gc.enable()
    return best / REPETITIONS * 1e6


def read() -> None:
    """Reading a formula: from text to tree with places, notices and limits checked."""
    from tutor.expression.parser import parse

    groups = {"notations": NOTATIONS, "20 characters": ANSWERS_OF_20, "60 characters": ANSWERS_OF_60}
    for title, answers in groups.items():
        for answer in answers:
            parse(answer, ("x",))
        each = [microseconds(partial(parse, answer, ("x",))) for answer in answers]
        mean, length = sum(each) / len(each), sum(map(len, answers)) / len(answers)
        print(f"read  {title:<14} {mean:6.1f} µs an answer of {length:.0f} characters; slowest {max(each):.1f} µs")


def start() -> None:
    """Starting the program: help, the first question, the prompt."""
    import bench_start

    bench_start.start()


def verdicts() -> None:
    """Verdicts with certificates, by this program and by others, on the same pairs."""
    import bench_verdicts

    bench_verdicts.verdicts()


def diagnosis() -> None:
    """Answers looked up in the tables of wrong answers, and what the tables cost."""
    import bench_diagnosis

    bench_diagnosis.diagnosis()


BENCHMARKS: Mapping[str, Callable[[], None]] = {
    "read": read, "start": start, "verdicts": verdicts, "diagnosis": diagnosis,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the benchmarks that are named, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(BENCHMARKS)} (all when left out)")
    names = parser.parse_args(arguments).names
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"unknown benchmark {unknown[0]}: one of {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
