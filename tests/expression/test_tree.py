"""Trees are values: equal ones hash alike however they came about, and a copy carries no hash of another process."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest
from hypothesis import given

from tests.strategies import expressions
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, depth, is_deeper, number

TEXT = "2*sin(x^2) + 1/3"


@pytest.fixture
def tree() -> Expression:
    return parse(TEXT).expression


def built() -> Expression:
    square = Apply("^", (Symbol("x"), number(2)))
    return Apply("+", (Apply("*", (number(2), Apply("sin", (square,)))), Apply("/", (number(1), number(3)))))


def test_a_tree_that_was_read_hashes_like_one_that_was_built(tree: Expression) -> None:
    assert tree == built()
    assert hash(tree) == hash(built()) == hash(tree)


def test_a_number_hashes_like_an_equal_one_typed_with_a_point() -> None:
    assert hash(parse("0.5").expression) == hash(Number(number(1).value / 2))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda part: pickle.loads(pickle.dumps(part))])
def test_a_copy_is_equal_and_hashes_alike(tree: Expression, again: object) -> None:
    hash(tree)
    assert callable(again)
    assert again(tree) == tree
    assert hash(again(tree)) == hash(tree)


def test_a_pickled_tree_has_no_hash_of_the_process_that_made_it(tree: Expression) -> None:
    hash(tree)
    code = (
        "import pickle, sys; tree = pickle.load(sys.stdin.buffer);"
        "print(tree in {tree.__class__(tree.head, tree.arguments)})"
    )
    told = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(tree), capture_output=True, check=True)
    assert told.stdout.strip() == b"True"


@given(expressions(("x", "y"), max_leaves=8))
def test_a_tree_is_deeper_than_any_number_below_its_depth(expression: Expression) -> None:
    deepest = depth(expression)
    assert [is_deeper(expression, levels) for levels in (0, deepest - 1, deepest, deepest + 1)] == [
        True,
        True,
        False,
        False,
    ]
