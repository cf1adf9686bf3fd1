"""A tree goes through JSON and comes back the same, of any depth; what is no tree is refused."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.checking.wire import packed, unpacked
from tutor.expression.tree import Apply, Expression, Number, Symbol

LEAVES = st.one_of(
    st.fractions().map(Number),
    st.sampled_from(["x", "w_1", "alpha"]).map(Symbol),
    st.just(Apply("pi", ())),
)


def _applied(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    heads = st.sampled_from(["+", "-", "*", "/", "^", "max", "vector"])
    return st.builds(Apply, heads, st.lists(parts, max_size=3).map(tuple))


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAVES, _applied, max_leaves=30))
def test_a_tree_comes_back_the_same(tree: Expression) -> None:
    assert unpacked(json.loads(json.dumps(packed(tree)))) == tree


def test_a_quotient_and_a_fraction_stay_apart() -> None:
    half = Number(Fraction(1, 2))
    quotient = Apply("/", (Number(Fraction(1)), Number(Fraction(2))))
    assert unpacked(packed(half)) == half != unpacked(packed(quotient)) == quotient


def test_depth_does_not_matter() -> None:
    tokens = ["x", *[["sin", 1]] * 50_000]
    assert packed(unpacked(tokens)) == tokens


NO_TREE: dict[str, list[Any]] = {
    "nothing": [],
    "two parts": ["x", "y"],
    "a head without its arguments": ["x", ["+", 2]],
    "an unknown token": ["x", 3],
    "a negative count": ["x", ["+", -1]],
}


@pytest.mark.parametrize("case", NO_TREE, ids=str)
def test_what_is_no_tree_is_refused(case: str) -> None:
    with pytest.raises(ValueError, match="no tree"):
        unpacked(NO_TREE[case])
