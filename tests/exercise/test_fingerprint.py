"""The short name of an exercise: the same for the same question, another one for another."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from tutor.exercise.fingerprint import exercise_hash
from tutor.exercise.model import Exercise, Mistake, Option, Source
from tutor.expression.domain import Domain, Range
from tutor.expression.tree import Apply, Number, Symbol

X = Symbol("x")
SQUARE = Apply("^", (X, Number(Fraction(2))))
PLAIN = Exercise("power-01", functions=(SQUARE,), variables=("x",))


def test_it_does_not_change_between_versions_and_processes() -> None:
    assert exercise_hash(PLAIN) == KNOWN
    code = (
        "from fractions import Fraction; from tutor.expression.tree import Apply, Number, Symbol;"
        "from tutor.exercise.model import Exercise;"
        "from tutor.exercise.fingerprint import exercise_hash;"
        "square = Apply('^', (Symbol('x'), Number(Fraction(2))));"
        "print(exercise_hash(Exercise('power-01', functions=(square,), variables=('x',))))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=".").stdout
    assert shown.strip() == KNOWN


KNOWN = "d1c27d65a62ef5d4"

SAME = {
    "the place in a file": replace(PLAIN, source=Source("01.yaml", 3)),
    "the way a number was typed": replace(PLAIN, functions=(Apply("^", (X, Number(Fraction(2), decimal=True))),)),
    "a field that is written out at its default": replace(PLAIN, domain=Domain({}), hints=()),
}


@pytest.mark.parametrize("case", SAME, ids=str)
def test_what_does_not_matter(case: str) -> None:
    assert exercise_hash(SAME[case]) == exercise_hash(PLAIN)


OTHER = {
    "another id": replace(PLAIN, id="power-02"),
    "another function": replace(PLAIN, functions=(X,)),
    "another order": replace(PLAIN, order=2),
    "a domain": replace(PLAIN, domain=Domain({"x": Range(low=Fraction(0))})),
    "another domain": replace(PLAIN, domain=Domain({"x": Range(high=Fraction(0))})),
    "a point": replace(PLAIN, at={"x": Number(Fraction(2))}),
    "a form": replace(PLAIN, form="factored"),
    "an option": replace(PLAIN, options=(Option("2x", correct=True),)),
    "another option": replace(PLAIN, options=(Option("2x"),)),
    "a mistake": replace(PLAIN, mistakes=(Mistake((X,), "linear"),)),
    "credit for a mistake": replace(PLAIN, mistakes=(Mistake((X,), "linear", credit=0.5),)),
}


def test_what_matters_has_another_name_each() -> None:
    names = {exercise_hash(exercise) for exercise in (PLAIN, *OTHER.values())}
    assert len(names) == len(OTHER) + 1
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)
