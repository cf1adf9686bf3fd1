"""The injector itself: it differentiates soundly, makes the slips of learners, knows every law, and repeats itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from tests.diagnosis.answers import double_answers
from tests.diagnosis.draw import drawn
from tests.diagnosis.injector import algebra, right, singles
from tests.diagnosis.laws import (
    HOLE,
    Applied,
    Law,
    algebra_laws,
    filled,
    misread,
    misreading_laws,
    mistaken,
    mistaken_laws,
    reworked,
)
from tests.diagnosis.truth import is_wrong, values
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, substitute


def read(text: str) -> Expression:
    return parse(text).expression


@pytest.mark.parametrize("index", range(24))
def test_it_differentiates_soundly(index: int) -> None:
    case = drawn(2, index)
    assert is_wrong(values(right(case.function), case.points), case.points) is False


# fmt: off
WRITTEN = [
    # function      mal-rule                       what a learner writes
    ("sin(x^2)",    "chain-drop-inner",            "cos(x^2)"),
    ("sin(x^2)",    "chain-outer-at-x",            "cos(x)*(2*x^(2 - 1))"),
    ("3*x*sin(x)",  "product-sum-of-derivatives",  "3*1 + cos(x)"),
    ("3*x*sin(x)",  "product-of-derivatives",      "3*(1*cos(x))"),
    ("3*x*sin(x)",  "const-factor-dropped",        "1*sin(x) + 3*x*cos(x)"),
    ("x^2/sin(x)",  "quotient-of-derivatives",     "2*x^(2 - 1)/cos(x)"),
    ("exp(2*x)",    "chain-inner-only",            "2*1"),
    ("x + 3*sin(x)", "misread-structure",          "(1 + 0)*sin(x) + (x + 3)*cos(x)"),
]
# fmt: on


@pytest.mark.parametrize(("function", "name", "wrong"), WRITTEN)
def test_it_makes_the_slip_that_a_learner_makes(function: str, name: str, wrong: str) -> None:
    made = [one.derivative for one in singles(read(function)) if one.slips[0].law.id == name]
    assert read(wrong) in made


# ---- every law ---------------------------------------------------------------------------------------------------

INNERS = ("x^2 + 3*x", "5/2 - 3*x", "x")
EXPONENTS = ("4", "-4", "1/2", "a")
OUTERS = ("sin(u)", "u^4", "2/u", "tanh(u)")
OTHERS = {
    "v": "2*x + 5", "w": "cos(x)", "r": "x^3", "s": "tan(x)", "t": "exp(x)", "k": "5", "n": "3", "m": "2", "a": "7",
    "b": "9", "p": "4", "q": "6", "y": "b", "x": "x", "g": "cos(u)",
}  # fmt: skip


def instances(law: Law) -> Iterator[Expression]:
    """Functions that have the shape of a law."""
    for inner, exponent, outer in product(INNERS, EXPONENTS, OUTERS):
        texts = {**OTHERS, "u": inner, "c": exponent, "f": outer}
        trees = {letter: read(text) for letter, text in texts.items()}
        outers = {letter: substitute(trees[letter], {"u": HOLE}) for letter in "fg"}
        yield filled(law.before, {**trees, **outers})


def test_every_law_of_the_table_is_put_in_where_it_fits() -> None:
    """But for laws with a condition that no plain instance meets."""
    laws = [law for law in mistaken_laws() if law.fits is None]
    missed = [law.text for law in laws if not any(law == slip.law for one in instances(law) for slip in mistaken(one))]
    assert missed == []
    assert len(laws) > 100


REWRITTEN = {"r": "x^2", "s": "sin(x)", "t": "exp(x)", "u": "cos(x)", "v": "tan(x)", "w": "x^3 + 1", "n": "3", "c": "4",
             "p": "5", "q": "6", "a": "7", "m": "2", "x": "x", "k": "9", "b": "8"}  # fmt: skip


@pytest.mark.parametrize(("laws", "fitted"), [(misreading_laws, misread), (algebra_laws, reworked)])
def test_every_law_about_written_formulas_is_put_in_where_it_fits(
    laws: Callable[[], tuple[Law, ...]], fitted: Callable[[Expression], Iterator[Applied]]
) -> None:
    trees = {letter: read(text) for letter, text in REWRITTEN.items()}
    missed = [law.text for law in laws() if law not in [slip.law for slip in fitted(filled(law.before, trees))]]
    assert missed == []
    assert len(laws()) > 20


# fmt: off
REWORKED = [
    # function          mal-rule              what a learner writes
    ("x^2*sin(x)",      "term-sign-lost",     None),
    ("x^2*sin(x)",      "term-dropped",       "2*x*sin(x)"),
    ("x^3 - cos(x)",    "sign-distribute",    None),
    ("sin(x)/x",        "fraction-inverted",  "x^2/(cos(x)*x - sin(x))"),
    ("(x^2 + 1)*3",     "coefficient-arithmetic", None),
]
# fmt: on


@pytest.mark.parametrize(("function", "name", "wrong"), REWORKED)
def test_it_makes_the_slips_of_algebra_that_a_learner_makes(function: str, name: str, wrong: str | None) -> None:
    made = [one.derivative for one in algebra(read(function)) if one.slips[0].law.id == name]
    assert (read(wrong) in made) if wrong else not made


def test_a_seed_makes_the_same_answers_again() -> None:
    first, again = (list(double_answers(drawn(3, 5), "same", 5)) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    assert len({one.text for one in first}) > 1
