"""The benchmark of verdicts counts what was said, ends what takes too long, and asks pairs whose truth is known."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import bench_verdicts
import bench_verdicts_making
import bench_verdicts_ours
import bench_verdicts_pairs
import bench_verdicts_peers
import bench_verdicts_recheck
import bench_verdicts_sympy
import pytest
import sympy as sp
from bench_verdicts_pairs import Pair
from bench_verdicts_process import Process, processor_seconds
from bench_verdicts_table import Goal, Program, Row, Said, Seen, joined, percentile, row, table

from tests.oracle import Undefined, slope, value
from tutor.checking.certificate_plain import plain
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.parser import parse
from tutor.expression.tree import free_symbols

ECHO = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"
BUSY = (
    "import sys\nfor line in sys.stdin:\n    if 'long' in line:\n        while True: pass\n    print(line, flush=True)"
)


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def whole_line(output: str) -> str | None:
    return output.strip() if output.endswith("\n") else None


# ---- the table -----------------------------------------------------------------------------------------------------

COUNTED = [
    # truth, what was said, right, called different, called equal, undecided, late
    (True, Said.EQUAL, (1, 0, 0, 0, 0)),
    (True, Said.DIFFERENT, (0, 1, 0, 0, 0)),
    (True, Said.UNDECIDED, (0, 0, 0, 1, 0)),
    (True, Said.LATE, (0, 0, 0, 1, 1)),
    (False, Said.EQUAL, (0, 0, 1, 0, 0)),
    (False, Said.DIFFERENT, (1, 0, 0, 0, 0)),
    (False, Said.UNSUPPORTED, (0, 0, 0, 1, 0)),
]


def counts(found: Row) -> tuple[int, ...]:
    return (found.right, found.called_different, found.called_equal, found.undecided, found.late)


@pytest.mark.parametrize(("is_right", "said", "counted"), COUNTED)
def test_what_was_said_is_counted(is_right: bool, said: Said, counted: tuple[int, ...]) -> None:
    assert counts(row("one", [Seen(is_right, said, 0.1)])) == counted


def test_of_several_rounds_the_worst_counts() -> None:
    rounds = [Seen(True, Said.EQUAL, 0.1, is_proved=True), Seen(False, Said.DIFFERENT, 0.1, is_proved=True)]
    slipped = [Seen(True, Said.DIFFERENT, 0.1, is_proved=True), Seen(False, Said.UNDECIDED, 0.1)]
    found = row("two", [*rounds, *slipped], rounds=2, proves=True)
    assert counts(found) == (0, 1, 0, 1, 0)
    assert (found.pairs, found.proved) == (2, 1)


def test_rates_are_answers_a_second_with_and_without_what_was_late() -> None:
    found = row("slow", [Seen(True, Said.EQUAL, 0.5), Seen(True, Said.EQUAL, 1.5), Seen(True, Said.LATE, 6.0)])
    assert found.rate == pytest.approx(3 / 8)
    assert found.rate_in_time == pytest.approx(2 / 2)


@pytest.mark.parametrize(("share", "expected"), [(50, 3), (99, 5), (20, 1), (21, 2), (100, 5)])
def test_percentiles_are_nearest_ranks(share: int, expected: float) -> None:
    assert percentile([1, 2, 3, 4, 5], share) == expected


def test_the_table_tells_how_many_times_more_the_first_answers() -> None:
    ours = row("ours", [Seen(True, Said.EQUAL, 0.001, is_proved=True)], proves=True)
    theirs = row("theirs", [Seen(True, Said.EQUAL, 0.25)])
    _, first, second = table([ours, theirs]).splitlines()
    assert first.split() == ["ours", "1", "0", "0", "0", "0", "1", "1000.0", "1.0", "×", "1.00", "1.00", "-"]
    assert second.split() == ["theirs", "1", "0", "0", "0", "0", "-", "4.0", "250.0", "×", "250.00", "250.00", "-"]


@pytest.mark.parametrize(
    ("goal", "is_met"),
    [
        (Goal("times", 100.0, 100), True),
        (Goal("times", 99.9, 100), False),
        (Goal("ms", 49.9, 50, is_most=True), True),
        (Goal("ms", 50.0, 50, is_most=True), False),
    ],
)
def test_a_goal_is_met_or_missed(goal: Goal, is_met: bool) -> None:
    assert goal.is_met is is_met
    assert str(goal).startswith("met" if is_met else "MISSED")


def test_a_figure_without_a_limit_is_no_goal() -> None:
    assert str(Goal("times", 1.0, None)) == "        times: 1.0"


def test_goals_need_the_programs_that_they_name() -> None:
    ours = [row(name, [Seen(True, Said.EQUAL, 0.001, is_proved=True)], proves=True) for name in ("prepared", "not")]
    simplify = row("SymPy simplify", [Seen(True, Said.EQUAL, 0.2)])
    with_sympy = {goal.title: goal.found for goal in bench_verdicts.ratio_goals([*ours, simplify])}
    assert list(bench_verdicts.ratio_goals(ours)) == []
    assert with_sympy["prepared against SymPy simplify, times"] == pytest.approx(200)


def test_verdicts_a_second_have_a_goal_on_the_stored_pairs_only() -> None:
    ours = row("prepared", [Seen(True, Said.EQUAL, 0.001, is_proved=True)], proves=True)
    stored, fresh = (
        {goal.title: goal.found for goal in bench_verdicts.goals(ours, is_stored=each)} for each in (True, False)
    )
    assert stored["prepared, certified verdicts a second"] == pytest.approx(1000)
    assert stored.keys() - fresh.keys() == {"prepared, certified verdicts a second"}


def test_a_whole_run_is_the_sum_of_its_sets() -> None:
    short, long = ((Seen(True, Said.EQUAL, seconds, is_proved=True),) for seconds in (0.1, 0.7))
    slipped = (Seen(False, Said.EQUAL, 0.2),)
    found = joined(Program("one", (short, short), proves=True), Program("one", (long, slipped), proves=True)).row
    assert (found.pairs, found.right, found.called_equal, found.proved) == (2, 1, 1, 1)
    assert found.rate == pytest.approx(4 / 1.1)


# ---- programs that are asked ---------------------------------------------------------------------------------------


def test_a_program_stays_and_answers_in_turn() -> None:
    with Process(python(ECHO)) as process:
        assert [process.ask(f"{text}\n", whole_line).answer for text in ("one", "two")] == ["one", "two"]
        assert process.is_running


def test_a_program_that_takes_too_long_is_ended_and_started_anew() -> None:
    with Process(python(BUSY), limit=0.3) as process:
        late = process.ask("long\n", whole_line)
        assert (late.answer, late.ended) == (None, False)
        assert late.seconds > 0.3
        assert not process.is_running
        assert process.ask("short\n", whole_line).answer == "short"


def test_a_program_that_ends_has_no_answer() -> None:
    with Process(python("import sys; sys.stdin.readline()")) as process:
        found = process.ask("one\n", whole_line)
        assert (found.answer, found.ended) == (None, True)
        assert not process.is_running


def test_waiting_is_no_processor_time() -> None:
    waits = "import sys, time\nfor line in sys.stdin:\n    time.sleep(0.4)\n    print(line, flush=True)"
    with Process(python(waits)) as process:
        process.ask("started\n", whole_line)
        began = time.monotonic()
        found = process.ask("again\n", whole_line)
        assert found.seconds < (time.monotonic() - began) / 2


def test_the_processor_time_of_a_process_is_what_it_says_itself() -> None:
    before = time.process_time()
    seen = processor_seconds(os.getpid())
    assert before <= seen <= time.process_time()


# ---- the pairs -----------------------------------------------------------------------------------------------------


def test_the_stored_pairs_are_a_right_and_a_wrong_answer_to_each_exercise() -> None:
    pairs = bench_verdicts_pairs.stored_pairs()
    assert len(pairs) == 120
    assert [pair.is_right for pair in pairs] == [True, False] * 60
    assert all(left.key == right.key for left, right in zip(pairs[::2], pairs[1::2], strict=True))


def test_fresh_pairs_are_what_they_are_said_to_be() -> None:
    pairs = list(bench_verdicts_pairs.fresh_pairs(20, 6))
    assert len(pairs) == 12
    for pair in pairs:
        distances = _distances(pair)
        assert len(distances) >= 2
        assert (max(distances) < 1e-18) is pair.is_right, pair


def _distances(pair: Pair) -> Sequence[float]:
    """How far the answer is from the slope of f by mpmath, at points of its domain, relative above 1."""
    function, answer = parse(pair.function).expression, parse(pair.answer).expression
    names, found = sorted(free_symbols(function) | free_symbols(answer) | {"x"}), []
    random = Random(7)
    for _ in range(60):
        point = {name: Fraction(random.randint(-3000, 3000), 1013) for name in names}
        try:
            expected, given = slope(function, "x", point, 25), value(answer, point, 40)
        except (Undefined, ArithmeticError, ValueError):
            continue
        found.append(float(abs(expected - given) / max(1, abs(expected))))
    return found


def test_fresh_pairs_depend_on_the_seed_alone() -> None:
    made = [[bench_verdicts_making.exercise(Random(f"3/{index}")) for index in range(4)] for _ in range(2)]
    assert made[0] == made[1]


def test_a_value_that_passes_through_complex_numbers_is_none() -> None:
    x = bench_verdicts_making.X
    through_log = sp.exp(2 * sp.log(x), evaluate=False)
    assert bench_verdicts_making._value(through_log, {x: sp.Integer(-2)}) is None
    assert bench_verdicts_making._value(through_log, {x: sp.Integer(2)}) == pytest.approx(4)


@pytest.mark.parametrize(("other", "agrees"), [(lambda x: 2 / (2 * x), True), (lambda x: sp.exp(-sp.log(x)), False)])
def test_a_form_with_a_smaller_domain_is_no_other_form(other: Callable[[Any], Any], agrees: bool) -> None:
    x = bench_verdicts_making.X
    points = bench_verdicts_making._points(Random(1), 1 / x)
    with sp.evaluate(False):
        form = other(x)
    assert len({sp.sign(point[x]) for point in points}) == 2
    assert bench_verdicts_making._agree(1 / x, form, points) is agrees


def test_texts_are_in_a_notation_that_all_read() -> None:
    x = sp.Symbol("x")
    assert bench_verdicts_making.written(sp.E * sp.Abs(x) ** 3) == "exp(1)*abs(x)^3"


# ---- what each program is asked, and how it is understood ----------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "key", "answer", "expected"),
    [
        ("simplify", "sin(2*x)", "2*sin(x)*cos(x)", "equal"),
        ("simplify", "abs(x)*max(x, 1)", "x", "different"),
        ("equals", "x^2*abs(x)", "abs(x)*x*x", "equal"),
        ("equals", "x^2", "x^2+1", "different"),
    ],
)
def test_sympy_reads_the_notation(method: str, key: str, answer: str, expected: str) -> None:
    assert bench_verdicts_sympy.METHODS[method](key, answer) == expected


def test_sympys_equals_may_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unsure:
        def equals(self, other: object) -> None:
            """Nothing, as SymPy says of what it can neither prove nor refute."""

    monkeypatch.setattr(bench_verdicts_sympy, "_read", lambda text: Unsure())
    assert bench_verdicts_sympy.held_equal("x", "y") == "undecided"


def test_sympy_answers_as_a_program() -> None:
    pairs = [Pair("x^2", "x", "2*x", answer, answer != "x") for answer in ("x+x", "x", "2*(")]
    seen = list(bench_verdicts_peers.asked(bench_verdicts_peers.sympy("simplify", "SymPy"), pairs))
    assert [one.said for one in seen] == [Said.EQUAL, Said.DIFFERENT, Said.UNSUPPORTED]
    assert all(one.seconds > 0 for one in seen)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("said=equal \nended\n", Said.EQUAL),
        ("noise\nsaid=different \nended \n", Said.DIFFERENT),
        ("incorrect syntax: ) is not a prefix operator\nended\n", Said.UNSUPPORTED),
        ("Is x positive, negative or zero?", Said.UNDECIDED),
        ("said=equal\n", None),
        ("", None),
    ],
)
def test_maximas_output_is_understood(output: str, said: Said | None) -> None:
    assert bench_verdicts_peers.from_maxima(output) is said


def test_maximas_names_differ() -> None:
    assert bench_verdicts_peers.in_maxima("pi*sign(x)+spin") == "%pi*signum(x)+spin"


@pytest.mark.needs("maxima")
def test_maxima_answers_as_a_program() -> None:
    pairs = [
        Pair("", "x", key, answer, is_right)
        for key, answer, is_right in (
            ("sin(2*x)", "2*sin(x)*cos(x)", True),
            ("sin(2*x)", "2*sin(x)", False),
            ("pi*x^2/x", "pi*x", True),
        )
    ]
    seen = list(bench_verdicts_peers.asked(bench_verdicts_peers.maxima("maxima"), pairs))
    assert [one.said for one in seen] == [Said.EQUAL, Said.DIFFERENT, Said.EQUAL]


# ---- this program --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", bench_verdicts_ours.WAYS, ids=lambda way: way.name)
def test_our_verdicts_carry_certificates(way: bench_verdicts_ours.Way) -> None:
    pairs = [Pair("sin(x)^2", "x", "2*sin(x)*cos(x)", answer, answer == "sin(2*x)") for answer in ("sin(2*x)", "x")]
    found = list(bench_verdicts_ours.decided(way, pairs))
    assert [seen.said for seen, _ in found] == [Said.EQUAL, Said.DIFFERENT]
    assert all(seen.is_proved and certificate is not None for seen, certificate in found)
    assert all((seen.preparation > 0) is way.is_prepared for seen, _ in found)


def test_nothing_is_kept_of_a_formula() -> None:
    pair = Pair("sin(x)*exp(x)", "x", "(sin(x) + cos(x))*exp(x)", "sqrt(2)*exp(x)*sin(x + pi/4)", is_right=True)
    list(bench_verdicts_ours.decided(bench_verdicts_ours.WAYS[0], [pair]))
    limited = [kept for kept in _kept_by("tutor.") if kept.cache_parameters()["maxsize"] is not None]
    assert sum(kept.cache_info().currsize for kept in limited) > 0
    bench_verdicts_ours.forget()
    assert sum(kept.cache_info().currsize for kept in limited) == 0
    assert flint_ring.cache_info().currsize > 0


def _kept_by(start: str) -> list[Any]:
    """Every cached function of modules whose names start so."""
    modules = [module for name, module in sys.modules.items() if name.startswith(start)]
    return [value for module in modules for value in vars(module).values() if hasattr(value, "cache_info")]


def test_a_run_prints_a_row_for_each_way_and_checks_certificates_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = Pair("x^2", "x", "2*x", "x+x", is_right=True)
    monkeypatch.setattr(bench_verdicts, "stored_pairs", lambda: (pair,))
    monkeypatch.setattr(bench_verdicts, "peers", lambda *_, **__: ())
    bench_verdicts.main(["--exercises", "0", "--seed", "1"])
    printed = capsys.readouterr().out
    assert "verdicts on 1 pairs (stored)" in printed
    for way in bench_verdicts_ours.WAYS:
        assert f"{way.name}: 1 of 1 certificates confirmed" in printed
        assert any(
            line.startswith(way.name) and line.split(way.name)[1].split()[0] == "1" for line in printed.split("\n")
        )


def test_a_certificate_that_was_tampered_with_is_not_confirmed() -> None:
    pair = Pair("sin(x)", "x", "cos(x)", "cos(-x)", is_right=True)
    _, certificate = next(bench_verdicts_ours.decided(bench_verdicts_ours.WAYS[0], [pair]))
    assert certificate is not None
    stated = plain(certificate)
    assert bench_verdicts_recheck.codes({"certificate": stated, "is_right": True}) == []
    for tampered in (stated | {"answer": "cos(2*x)"}, stated | {"kind": "different"}, {}):
        assert bench_verdicts_recheck.codes({"certificate": tampered, "is_right": True}) != []
