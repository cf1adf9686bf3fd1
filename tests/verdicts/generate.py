"""Pairs without end: a random question, and an answer that is right in another form or wrong by a little.

A pair depends on its seed and index alone. How an answer was made is no evidence: `tests.verdicts.truth` says what is
right, and what it cannot tell is no pair.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeAlias
from unittest.mock import patch

from tests.verdicts.degenerate import is_degenerate
from tests.verdicts.draw import Question, question
from tests.verdicts.laws import rewritten
from tests.verdicts.pair import Pair
from tests.verdicts.slips import perturbed, slipped
from tests.verdicts.sympy_forms import ENTRY, FORMS, QUICK
from tests.verdicts.truth import APART, Point, Relation, candidates, is_right, relation
from tutor.calculus.derivation import derivative
from tutor.calculus.tidy import tidy
from tutor.errors import AnswerError
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.expression.to_latex import to_latex
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression, size
from tutor.worker.outcome import Done
from tutor.worker.supervisor import Worker

_SECONDS = 60.0
"""Processor time for one form by SymPy, far more than its count of calls allows."""

_LARGEST_KEY = 220
"""Nodes; SymPy and mpmath are slow on more, and nobody types that."""

_LONGEST = 1000

_Candidate: TypeAlias = tuple[str, str, tuple[Point, ...] | None]
"""The text of an answer, how it was made, and for one made to be wrong where a difference is sought besides."""

_Maker: TypeAlias = "Callable[[_Draw], _Candidate | None]"


class _Draw:
    """One draw: its question, the derivative by the rules, and its random numbers."""

    def __init__(self, seed: int, index: int, forms: Forms) -> None:
        self.random = Random(f"{seed}/{index}")
        self.seed = f"{seed}/{index}"
        self.forms = forms
        self.question: Question = question(self.random)
        self.key: Expression = derivative(self.question.function, self.question.variables)


class Forms:
    """SymPy's forms, worked out in a process of their own; `quick` leaves out the slow ones."""

    def __init__(self, *, quick: bool = False) -> None:
        self._worker = Worker(ENTRY)
        self._names = tuple(QUICK if quick else FORMS)

    def __enter__(self) -> Forms:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()

    def of(self, draw: _Draw) -> _Candidate | None:
        """The derivative in a form that SymPy makes, None where it makes none within its limit."""
        random = draw.random
        names = random.sample(self._names, random.choice((1, 1, 1, 2)))
        by = random.choice(("sympy", "rules"))
        payload = {
            "function": to_text(draw.question.function),
            "variables": list(draw.question.variables),
            "by": by,
            "forms": names,
            "plain": random.random() < 0.3,
        }
        with patch.dict(os.environ, PYTHONHASHSEED="0"):
            outcome = self._worker.call(payload, _SECONDS)
        match outcome:
            case Done(str(text)):
                return text, f"{', '.join(names)} of the derivative by {by}", None
            case _:
                return None


def pairs(seed: int, count: int, *, quick: bool = False) -> Iterator[Pair]:
    """`count` different pairs with this seed, about half of them equal."""
    made: set[tuple[str, tuple[str, ...], str]] = set()
    index = 0
    with Forms(quick=quick) as forms:
        while len(made) < count:
            pair = _pair(seed, index, forms)
            index += 1
            if pair is not None and (asked := (pair.function, pair.variables, pair.answer)) not in made:
                made.add(asked)
                yield pair


def _pair(seed: int, index: int, forms: Forms) -> Pair | None:
    try:
        draw = _Draw(seed, index, forms)
    except AnswerError:
        return None
    function = draw.question.function
    if size(draw.key) > _LARGEST_KEY or size(function) > 100 or is_degenerate(function, draw.seed):
        return None
    makers, weights = zip(*_MAKERS, strict=True)
    candidate: _Candidate | None = draw.random.choices(makers, weights)[0](draw)
    return None if candidate is None else _judged(draw, candidate)


def _judged(draw: _Draw, candidate: _Candidate) -> Pair | None:
    """The pair with its truth; None where the truth is not plain."""
    text, made, seen_at = candidate
    asked = draw.question
    try:
        function, answer = parse(to_text(asked.function)).expression, parse(text, limits=IN_FILES).expression
    except AnswerError:
        return None
    if len(text) > _LONGEST:
        return None
    points = tuple(candidates(function, answer, draw.seed))
    truth = is_right(function, asked.variables, answer, points, draw.key)
    if truth is not False and seen_at and _is_seen(asked, function, answer, draw, seen_at):
        truth = False
    elif truth is True and seen_at is not None:
        return None  # what was made to be wrong, but agrees at points, may differ elsewhere
    return None if truth is None else Pair(to_text(function), asked.variables, text, truth, made)


def _is_seen(asked: Question, function: Expression, answer: Expression, draw: _Draw, where: tuple[Point, ...]) -> bool:
    """Whether a perturbation shows at one of the places that it names, the other symbols being generic."""
    for place in where:
        for base in candidates(function, answer, draw.seed, 4):
            point = {**base, **place}
            if relation(function, asked.variables, answer, point, 2 * APART) is Relation.DIFFERENT:
                return True
    return False


# ---- makers of answers ---------------------------------------------------------------------------------------------


def _by_sympy(draw: _Draw) -> _Candidate | None:
    return draw.forms.of(draw)


def _by_laws(draw: _Draw) -> _Candidate | None:
    times = draw.random.choice((1, 2, 2, 3, 5))
    return to_text(rewritten(draw.key, draw.random, times)), f"{times} laws", None


def _by_printers(draw: _Draw) -> _Candidate | None:
    kind = draw.random.choice(("as derived", "tidied", "in Unicode", "in LaTeX", "the function rewritten first"))
    match kind:
        case "as derived":
            return to_text(draw.key), kind, None
        case "tidied":
            return to_text(tidy(draw.key)), kind, None
        case "in Unicode":
            return to_text(draw.key, Notation.UNICODE), kind, None
        case "in LaTeX":
            return to_latex(draw.key), kind, None
        case _:
            function = rewritten(draw.question.function, draw.random, 2)
            return to_text(derivative(function, draw.question.variables)), kind, None


def _by_slip(draw: _Draw) -> _Candidate | None:
    base = rewritten(draw.key, draw.random, 2) if draw.random.random() < 0.4 else draw.key
    found = slipped(base, draw.random)
    return None if found is None else (to_text(found), "a slip", ())


def _by_perturbation(draw: _Draw) -> _Candidate | None:
    base = rewritten(draw.key, draw.random, 2) if draw.random.random() < 0.4 else draw.key
    found = perturbed(base, draw.question.variables[-1], draw.random)
    return to_text(found.answer), found.made, found.seen_at


_MAKERS: tuple[tuple[_Maker, int], ...] = (
    (_by_sympy, 30), (_by_laws, 22), (_by_printers, 8), (_by_slip, 28), (_by_perturbation, 14),
)  # fmt: skip
