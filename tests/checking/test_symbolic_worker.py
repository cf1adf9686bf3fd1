"""The prover in a process of its own: the same proofs as in this one, and no exception when the process is ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.worker import faults
from tutor.checking import symbolic_worker
from tutor.checking.symbolic import prove_here
from tutor.checking.symbolic_entry import prove_packed
from tutor.checking.symbolic_worker import WorkerProver
from tutor.checking.verdict import Outcome, SymbolicCheck
from tutor.checking.wire import packed
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol

PAIRS = {
    "terms in another order": ("1 + x", "x + 1"),
    "a trigonometric identity": ("2 sin(x) cos(x)", "sin(2x)"),
    "a binomial": ("(x+1)^2", "x^2 + 2x + 1"),
    "two different things": ("x^2", "x^3"),
    "parameters": ("a (x + b)", "a x + a b"),
    "roots": ("sqrt(x^2)", "|x|"),
}


@pytest.fixture(scope="module")
def prover() -> Iterator[WorkerProver]:
    with WorkerProver(deadline=30.0) as one:
        one.warm()
        yield one


def read(text: str) -> Expression:
    return parse(text).expression


@pytest.mark.parametrize("case", PAIRS, ids=str)
def test_it_proves_what_is_proved_here(prover: WorkerProver, case: str) -> None:
    left, right = map(read, PAIRS[case])
    assert prover(left, right) == prove_here(left, right)


def test_the_entry_speaks_json() -> None:
    left, right = read("2 sin(x) cos(x)"), read("sin(2x)")
    reply = prove_packed(json.loads(json.dumps({"left": packed(left), "right": packed(right)})))
    assert json.loads(json.dumps(reply))["outcome"] == "equal"


ENDINGS: dict[str, tuple[Any, str]] = {
    "a hang": ("hang in Python", "time-limit"),
    "a hang in C": ("hang in C", "time-limit"),
    "a process that ends": ("exit", "crashed"),
    "an exception": ("recurse", "crashed"),
    "a reply of another shape": ("pid", "crashed"),
}


@pytest.mark.parametrize("case", ENDINGS, ids=str)
def test_a_proof_that_does_not_come_is_unknown(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, method = ENDINGS[case]
    monkeypatch.setattr(symbolic_worker, "ENTRY", f"{faults.__name__}:{faults.misbehave.__name__}")
    monkeypatch.setattr(symbolic_worker, "packed", lambda _: 1)
    with WorkerProver(deadline=0.2) as prover:
        call = prover._worker.call
        monkeypatch.setattr(prover._worker, "call", lambda _, deadline: call({"do": name, "with": 1}, deadline))
        assert prover(Symbol("x"), Symbol("y")) == SymbolicCheck(Outcome.UNKNOWN, method)


def test_a_closed_prover_knows_nothing() -> None:
    prover = WorkerProver()
    prover.close()
    assert prover(Symbol("x"), Symbol("x")) == SymbolicCheck(Outcome.UNKNOWN, "crashed")


def test_formulas_longer_than_any_answer_go_through(prover: WorkerProver) -> None:
    long: Expression = Symbol("x")
    for _ in range(3000):
        long = Apply("+", (long, Number(read("1").value)))  # type: ignore[union-attr]
    assert prover(long, long).outcome in (Outcome.EQUAL, Outcome.UNKNOWN)
