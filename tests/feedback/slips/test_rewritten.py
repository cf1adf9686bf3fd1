"""What is worked out for all rewritings together equals what is worked out for each whole formula by itself."""

from __future__ import annotations

import numpy as np
import pytest

from tests.random_formulas import formulas
from tutor.calculus.algebra_slips import algebra_slips
from tutor.calculus.derivation import plain_derivative
from tutor.calculus.misreadings import misreadings
from tutor.calculus.rewriting import Rewriting, rewriting_law
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Path
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.rewritten import slopes_of_rewritings, values_of_rewritings

POINTS = {"x": np.linspace(-2.1, 2.4, 16), "a": np.linspace(0.3, 1.9, 16)}

FORMULAS = (
    "sin(3*x^2 + a)*exp(2*x)/(x - 7)",
    "(5*x + 4)^3 - a*x",
    "x^(1/3)*(2 - x)^(-2)",
    "sqrt(x^2 + 9)/ln(3 + x^4)",
    "2^(3*x)*tanh(4*x - 1)",
    "(x/2)^(2*x + 1)",
    "root(x^3 + 1, 3)*abs(x - 1)",
    "max(2*x, 3)*sigmoid(-x)",
    "a^2 + 3",
)


def tree(text: str) -> Expression:
    return parse(text, ("x", "a")).expression


PARTS = [tree(text) for text in ("x", "3*x", "cos(x) + a", "5", "a", "x^2/4", "2", "1/2")]
LAW = rewriting_law("some-law", "u -> v")


def everywhere(formula: Expression) -> list[Rewriting]:
    """Each of some parts at every place of a formula, in an order that has nothing to do with its shape."""
    found = [Rewriting(LAW, path, part, other, formula) for other in PARTS for path, part in places(formula)]
    return found[1::2] + found[::2]


def places(formula: Expression, path: Path = ()) -> list[tuple[Path, Expression]]:
    inside = formula.arguments if isinstance(formula, Apply) else ()
    return [(path, formula), *(place for i, part in enumerate(inside) for place in places(part, (*path, i)))]


@pytest.mark.parametrize("text", FORMULAS)
def test_slopes_at_every_place(text: str) -> None:
    formula = tree(text)
    rewritings = everywhere(formula)
    with np.errstate(all="ignore"):
        found = slopes_of_rewritings(formula, rewritings, Columns("x", POINTS))
    for rewriting, slope in zip(rewritings, found, strict=True):
        alone = evaluate(plain_derivative(rewriting.whole, ("x",)), POINTS)
        both = np.isfinite(alone) & np.isfinite(slope)
        assert np.allclose(slope[both], alone[both], rtol=1e-9, atol=1e-9 * np.abs(alone[both]).max(initial=0))
        assert both.sum() == np.isfinite(alone).sum()


@pytest.mark.parametrize("text", FORMULAS)
def test_values_at_every_place(text: str) -> None:
    formula = tree(text)
    rewritings = everywhere(formula)
    with np.errstate(all="ignore"):
        found = values_of_rewritings(formula, rewritings, Columns("x", POINTS))
    for rewriting, values in zip(rewritings, found, strict=True):
        assert np.allclose(values, evaluate(rewriting.whole, POINTS), rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize("seed", range(3))
def test_values_of_what_the_tables_make_of_any_formula(seed: int) -> None:
    for formula in formulas(seed, 25, symbols=("x", "a")):
        for rewritings in (list(misreadings(formula, "x")), list(algebra_slips(formula, "x"))):
            with np.errstate(all="ignore"):
                found = values_of_rewritings(formula, rewritings, Columns("x", POINTS))
            assert found.shape == (len(rewritings), 16)
            for rewriting, values in zip(rewritings, found, strict=True):
                assert np.allclose(values, evaluate(rewriting.whole, POINTS), rtol=1e-9, equal_nan=True)
