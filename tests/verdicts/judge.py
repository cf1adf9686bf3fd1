"""What the engine says of pairs, counted: right, wrong each way, undecided, proved, and processor time."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from tests.verdicts.pair import Pair
from tests.verdicts.truth import Relation, relation
from tutor.checking.check import check
from tutor.checking.prover import Prover
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import RIGHT, Status, Verdict
from tutor.expression.domain import Domain
from tutor.kinds.cell import Slope


class Ending(StrEnum):
    """How a pair ended, seen from the truth."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_PROVED = "correct without proof"
    UNDECIDED_EQUAL = "equal, undecided"
    UNDECIDED_UNEQUAL = "unequal, undecided"
    EQUAL_CALLED_WRONG = "WRONG: equal called incorrect"
    UNEQUAL_CALLED_RIGHT = "WRONG: unequal called correct"
    MISLABELLED = "mpmath finds the difference too: no pair"
    CRASHED = "WRONG: an exception"


WRONG = (Ending.EQUAL_CALLED_WRONG, Ending.UNEQUAL_CALLED_RIGHT, Ending.CRASHED)
SETTLED = (Ending.PROVED, Ending.REFUTED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One pair, how it ended, and the milliseconds of processor time that it took."""

    pair: Pair
    ending: Ending
    milliseconds: float
    detail: str = ""


class OutOfTime(BaseException):
    """A verdict took longer than it may."""


def judged(pair: Pair, prover: Prover = prove_here, seconds: float = 0) -> Judgement:
    """What the engine says of a pair; with a limit in seconds of processor time, where that is not zero."""
    function, given = pair.f, pair.given
    start = time.process_time()
    try:
        with _limited(seconds):
            found = check(Slope(function, pair.variables), given, Domain(), prover)
    except OutOfTime:
        ending = Ending.UNDECIDED_EQUAL if pair.equal else Ending.UNDECIDED_UNEQUAL
        return Judgement(pair, ending, seconds * 1000, "out of time")
    except Exception as error:  # the engine never raises for an answer, so any exception is a finding
        return Judgement(pair, Ending.CRASHED, (time.process_time() - start) * 1000, repr(error))
    spent = (time.process_time() - start) * 1000
    return Judgement(pair, _ending(pair, found), spent, found.code or found.symbolic.method or "")


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime after some processor time; what is inside one call of a library ends first."""
    if not seconds:
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ending(pair: Pair, found: Verdict) -> Ending:
    if found.status is Status.UNDECIDED:
        return Ending.UNDECIDED_EQUAL if pair.equal else Ending.UNDECIDED_UNEQUAL
    if found.status in RIGHT:
        if not pair.equal:
            return Ending.UNEQUAL_CALLED_RIGHT
        return Ending.PROVED if found.proved else Ending.NOT_PROVED
    if not pair.equal:
        return Ending.REFUTED
    return Ending.MISLABELLED if _is_confirmed(pair, found) else Ending.EQUAL_CALLED_WRONG


def _is_confirmed(pair: Pair, found: Verdict) -> bool:
    """Whether mpmath sees at the engine's witness that the answer is wrong after all."""
    witness = found.numeric.witness
    if witness is None:
        return False
    seen = relation(pair.f, pair.variables, pair.given, witness.at)
    return seen in (Relation.DIFFERENT, Relation.UNDEFINED)


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of all endings."""

    judgements: tuple[Judgement, ...]

    @property
    def counts(self) -> Counter[Ending]:
        return Counter(each.ending for each in self.judgements)

    @property
    def wrong(self) -> list[Judgement]:
        return [each for each in self.judgements if each.ending in WRONG]

    @property
    def unsettled(self) -> list[Judgement]:
        """Neither settled nor wrong nor thrown out."""
        known = (*WRONG, *SETTLED, Ending.MISLABELLED)
        return [each for each in self.judgements if each.ending not in known]

    def share(self, *, equal: bool) -> float:
        """The share of equal pairs that is proved, or of unequal ones that is refuted."""
        of = [each for each in self.judgements if each.pair.equal == equal and each.ending is not Ending.MISLABELLED]
        return sum(1 for each in of if each.ending in SETTLED) / len(of) if of else 1.0

    def lines(self) -> Iterable[str]:
        """The counts and the times as a page of text."""
        times = sorted(each.milliseconds for each in self.judgements) or [0.0]
        for ending in Ending:
            yield f"{self.counts[ending]:6}  {ending}"
        yield f"proved {self.share(equal=True):.3%} of the equal, refuted {self.share(equal=False):.3%} of the unequal"
        mean, middle, late = sum(times) / len(times), times[len(times) // 2], times[len(times) * 99 // 100]
        yield f"processor ms a pair: mean {mean:.2f}, p50 {middle:.2f}, p99 {late:.1f}, most {times[-1]:.0f}"


def report(judgement: Judgement) -> str:
    """One line from which a finding can be repeated."""
    return f"{judgement.ending} [{judgement.detail}, {judgement.milliseconds:.0f} ms] {judgement.pair.line}"
