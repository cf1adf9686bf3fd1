"""This program in the benchmark of verdicts: from the text of an answer to its verdict and certificate.

What was learnt of an answer must not help it the next time. So everything that is kept from one formula to the next is
thrown away before each pair; then, where the exercise is to be prepared, some answers made from its key are decided:
the key in other words, what only the normal form proves, what needs signs that the key tells, and a wrong one. It has
as long for a pair as the other programs, but is not ended when it takes longer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import TypeAlias, TypeVar
from unittest.mock import patch

from bench_verdicts_pairs import Pair
from bench_verdicts_process import LIMIT
from bench_verdicts_table import Said, Seen
from sympy.core.cache import clear_cache

from tutor.checking import symbolic
from tutor.checking.certificate import Certificate, Certified
from tutor.checking.certificate_making import certificate_of
from tutor.checking.check import check
from tutor.checking.conditions import Need, conditions
from tutor.checking.symbolic_ring import sympy_ring
from tutor.checking.verdict import RIGHT, Status, Verdict
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, number
from tutor.kinds.cell import Formula, Slope

Target: TypeAlias = Slope | Formula
T = TypeVar("T")
Decided: TypeAlias = tuple[Verdict, Certificate | None]
_Exercise: TypeAlias = tuple[Target, Domain]
"""What answers are held against and where, the same objects for every answer, as in a loaded exercise."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the program is asked: what an answer is held against, whether that is prepared, and by which ring."""

    name: str
    target: Callable[[Pair], Target]
    is_prepared: bool
    ring: Callable[[], AbstractContextManager[object]] = nullcontext


def key_of(pair: Pair) -> Formula:
    """The derivative that the exercise states."""
    return Formula(_tree(pair.key))


def slope_of(pair: Pair) -> Slope:
    """The slope of the function, which is derived, and measured from the function itself."""
    return Slope(_tree(pair.function), (pair.variable,))


def in_sympys_ring() -> AbstractContextManager[object]:
    """A block in which the normal form is computed in SymPy's polynomial rings."""
    return patch.object(symbolic, "flint_ring", sympy_ring)


WAYS = (
    Way("difftutor, prepared", key_of, is_prepared=True),
    Way("difftutor, unprepared, slope of f", slope_of, is_prepared=False),
    Way("difftutor, prepared, SymPy's ring", key_of, is_prepared=True, ring=in_sympys_ring),
)


def decided(way: Way, pairs: Iterable[Pair]) -> Iterator[tuple[Seen, Certificate | None]]:
    """What the program says of each pair, the processor time that it takes, and the certificate."""
    with way.ring():
        for pair in pairs:
            forget()
            exercise, preparation = _timed(partial(_prepared, way, pair)) if way.is_prepared else (None, 0.0)
            (verdict, certificate), seconds = _timed(partial(_decided, way, pair, exercise))
            certain = verdict.proved and certificate is not None and certificate.kind is not Certified.NOT_PROVED
            in_time = seconds <= LIMIT
            found = said(verdict) if in_time else Said.LATE
            yield Seen(pair.is_right, found, seconds, certain and in_time, preparation), certificate


def said(verdict: Verdict) -> Said:
    """A verdict in the words of the table."""
    if verdict.status in RIGHT:
        return Said.EQUAL
    return Said.DIFFERENT if verdict.status is Status.INCORRECT else Said.UNDECIDED


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def _decided(way: Way, pair: Pair, exercise: _Exercise | None) -> Decided:
    target, domain = (way.target(pair), _domain(pair)) if exercise is None else exercise
    answer = _tree(pair.answer)
    verdict = check(target, answer, domain, symbolic.prove_here)
    return verdict, certificate_of(target, answer, domain, verdict)


def _prepared(way: Way, pair: Pair) -> _Exercise:
    """The target and its domain, after three right answers and a wrong one to it that are made from the key."""
    target, domain = way.target(pair), _domain(pair)
    key = _tree(pair.key) if isinstance(target, Slope) else target.expected
    tripled = Apply("*", (number(3), key))
    in_other_words = (Apply("/", (tripled, factor)) for factor in (number(3), _tree("exp(log(3))")))
    over_needed = (Apply("/", (Apply("*", (key, root)), root)) for root in _doubled_roots(key))
    for answer in (*in_other_words, *over_needed, Apply("+", (key, number(1)))):
        check(target, answer, domain, symbolic.prove_here)
    return target, domain


def _doubled_roots(key: Expression) -> Iterator[Expression]:
    """The root of twice the first part of a key that must be positive, if there is one: it is real where the key is."""
    positive = (part.argument for part in conditions(key) if part.need is Need.POSITIVE)
    return (Apply("sqrt", (Apply("*", (number(2), part)),)) for part in islice(positive, 1))


def _tree(text: str) -> Expression:
    return parse(text).expression


def _domain(pair: Pair) -> Domain:
    if pair.low is None or pair.high is None:
        return Domain()
    return Domain({pair.variable: Range(Fraction(pair.low), Fraction(pair.high))})


def forget() -> None:
    """Throw away what the program keeps from one formula to the next: every cache of limited size, and SymPy's.

    The caches without a limit hold what does not depend on formulas: rings, tables, definitions of functions.
    """
    for name, module in tuple(sys.modules.items()):
        if name.startswith("tutor."):
            for value in vars(module).values():
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()
    clear_cache()
