"""The table of the benchmark of verdicts: what each program said of the same pairs, how soon, and what was aimed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Said(StrEnum):
    """What a program says of a pair; all but the first two leave it open."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"
    UNSUPPORTED = "unsupported"
    """It could not read the pair, or failed."""
    LATE = "late"
    """It was ended at the limit."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The truth of a pair, what a program said of it, and the processor time for that, in seconds.

    `is_proved` is whether what was said is certain and carries its certificate. `preparation` is the time spent on the
    exercise before its answer was there, which is no part of `seconds`.
    """

    is_right: bool
    said: Said
    seconds: float
    is_proved: bool = False
    preparation: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one program; each pair counts as often as it was asked for the times, once for the rest.

    `rate` is answers a second of processor time, `rate_in_time` the same without those that were ended at the limit.
    """

    name: str
    pairs: int
    right: int
    called_different: int
    called_equal: int
    undecided: int
    late: int
    proved: int | None
    rate: float
    rate_in_time: float
    median: float
    slow: float
    preparation: float

    @property
    def wrong(self) -> int:
        """How many verdicts are false."""
        return self.called_different + self.called_equal


def row(name: str, seen: Sequence[Seen], *, rounds: int = 1, proves: bool = False) -> Row:
    """The figures of a program from what it said in so many rounds over the same pairs.

    A pair counts as right only where it was so in every round, and as wrong where it was so in one.
    """
    pairs = len(seen) // rounds
    each = [seen[start::pairs] for start in range(pairs)]
    ends = Counter(_worst(times) for times in each)
    in_time = [one for one in seen if one.said is not Said.LATE]
    seconds = sorted(one.seconds for one in seen)
    return Row(
        name=name,
        pairs=pairs,
        right=ends["right"],
        called_different=ends["called different"],
        called_equal=ends["called equal"],
        undecided=ends["undecided"],
        late=sum(1 for times in each if any(one.said is Said.LATE for one in times)),
        proved=sum(1 for times in each if all(one.is_proved for one in times)) if proves else None,
        rate=_rate(seen),
        rate_in_time=_rate(in_time),
        median=percentile(seconds, 50),
        slow=percentile(seconds, 99),
        preparation=sum(one.preparation for one in seen) / len(seen),
    )


@dataclass(frozen=True, slots=True)
class Program:
    """What one program said of some pairs, in each round over them."""

    name: str
    rounds: tuple[tuple[Seen, ...], ...]
    proves: bool = False

    @property
    def row(self) -> Row:
        """Its figures."""
        seen = [one for each in self.rounds for one in each]
        return row(self.name, seen, rounds=len(self.rounds), proves=self.proves)


def joined(first: Program, second: Program) -> Program:
    """What one program said of the pairs of two sets, as if they were one."""
    rounds = tuple((*one, *other) for one, other in zip(first.rounds, second.rounds, strict=True))
    return Program(first.name, rounds, first.proves)


_ENDS = ("called different", "called equal", "undecided", "right")


def _worst(times: Iterable[Seen]) -> str:
    return min((_end(one) for one in times), key=_ENDS.index)


def _end(one: Seen) -> str:
    if one.said not in (Said.EQUAL, Said.DIFFERENT):
        return "undecided"
    if (one.said is Said.EQUAL) == one.is_right:
        return "right"
    return "called different" if one.is_right else "called equal"


def _rate(seen: Sequence[Seen]) -> float:
    total = sum(one.seconds for one in seen)
    return len(seen) / total if total else 0.0


def percentile(ordered: Sequence[float], share: int) -> float:
    """The smallest of some ordered numbers that at least so many in a hundred do not exceed (nearest rank)."""
    return ordered[max(ceil(len(ordered) * share / 100), 1) - 1]


# ---- as text -------------------------------------------------------------------------------------------------------

HEADINGS = ("", "right", "=→≠", "≠→=", "open", "late", "proved", "answers/s", "ours is", "p50 ms", "p99 ms", "prep. ms")
_WIDTHS = (34, 5, 4, 4, 5, 5, 7, 10, 9, 9, 9, 9)


def table(rows: Sequence[Row]) -> str:
    """The rows as text; `ours is` says how many times as many answers a second the first row gives."""
    return "\n".join([_line(HEADINGS), *(_line(_cells(each, rows[0].rate)) for each in rows)])


def _cells(each: Row, ours: float) -> tuple[str, ...]:
    return (
        each.name,
        str(each.right),
        str(each.called_different),
        str(each.called_equal),
        str(each.undecided),
        str(each.late),
        "-" if each.proved is None else str(each.proved),
        f"{each.rate:.1f}",
        f"{ours / each.rate:.1f} ×" if each.rate else "-",
        f"{each.median * 1000:.2f}",
        f"{each.slow * 1000:.2f}",
        f"{each.preparation * 1000:.2f}" if each.preparation else "-",
    )


def _line(cells: Sequence[str]) -> str:
    first, *others = (f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    return " ".join((first.strip().ljust(_WIDTHS[0]), *others)).rstrip()


# ---- what is aimed at ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and what it should be: at least the limit, or with `is_most` below it; anything where there is none."""

    title: str
    found: float
    limit: float | None
    is_most: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the figure is what it should be."""
        if self.limit is None:
            return True
        return self.found < self.limit if self.is_most else self.found >= self.limit

    def __str__(self) -> str:
        if self.limit is None:
            return f"        {self.title}: {self.found:.1f}"
        bound = f"below {self.limit:g}" if self.is_most else f"at least {self.limit:g}"
        return f"{'met' if self.is_met else 'MISSED':<7} {self.title}: {self.found:.1f}, {bound} wanted"
