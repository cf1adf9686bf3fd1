"""Evaluation in ball arithmetic: an expression compiled to a flat program, run at any precision.

A program is a list of steps, each an operation on earlier results; equal parts are computed once, and no
recursion is needed however deep a derived tree is. A run gives a ball that surely holds the value, a ball that is
not finite when the value is not known to be real, or raises `Undefined` when there surely is no real value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TypeAlias

from flint import arb, ctx, fmpq

from tutor.checking.ball_functions import (
    OPERATIONS,
    QUICK,
    Ball,
    Operation,
    Step,
    Undefined,
    exact_power,
    rational,
    step_of,
    unknown,
)
from tutor.checking.ball_pieces import has_nested_corners, run_pieces
from tutor.checking.same import Same
from tutor.checking.verdict import Enclosure
from tutor.expression.exact import exact_fraction
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol

__all__ = [
    "Ball", "Program", "Step", "Undefined", "compile_balls", "enclosure", "evaluate_ball", "exact_ball", "hull",
    "magnitude", "middle_of", "run", "run_all", "two_to", "working_precision",
]  # fmt: skip

LARGEST_PROGRAM = 20_000
"""Steps; an expression with more is not evaluated (a derived tree has at most so many parts: DERIVED_NODES)."""

_HIGHEST_EXPONENT = 10**6
"""The largest whole exponent that is raised exactly (as `Limits.power`); larger ones give an unknown value."""


@dataclass(frozen=True, slots=True)
class Program:
    """An expression as steps over its symbols; results stand at places 0…, symbols first, the value last.

    `nested` is whether one corner stands inside another, so that a run has to keep track of what is exactly zero.
    """

    symbols: tuple[str, ...]
    steps: tuple[Step, ...]
    result: int
    nested: bool = False

    @property
    def text(self) -> str:
        """A text that is the same for equal expressions in every process, for seeding."""
        steps = ";".join(f"{step.label}{','.join(map(str, step.operands))}" for step in self.steps)
        return f"{','.join(self.symbols)}|{steps}|{self.result}"


Point: TypeAlias = Mapping[str, Ball]


class _Precision:
    """A block in which balls are computed to so many bits; blocks are entered at every point, so this one is light."""

    __slots__ = ("_before", "_bits")

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __enter__(self) -> None:
        self._before = ctx.prec
        ctx.prec = self._bits

    def __exit__(self, *_: object) -> None:
        ctx.prec = self._before


def working_precision(bits: int) -> AbstractContextManager[None]:
    """A block in which balls are computed to `bits` bits; the former precision comes back whatever happens."""
    return _Precision(bits)


def evaluate_ball(expression: Expression, point: Point, *, bits: int = 128, smooth: bool = False) -> Ball:
    """The value of an expression on balls; nan when not known to be real, Undefined raised when surely not real."""
    with working_precision(bits):
        return run(compile_balls(expression), point, smooth=smooth)


def run(program: Program, point: Point, *, smooth: bool = False) -> Ball:
    """The value of a program at the working precision."""
    return run_all(program, point, smooth=smooth)[program.result]


def run_all(program: Program, point: Point, *, smooth: bool = False) -> list[Ball]:
    """The results of all steps of a program, after the values of its symbols; nan where not smooth."""
    results = [point[name] for name in program.symbols]
    if program.nested:
        return run_pieces(program.steps, results, smooth=smooth)
    append = results.append
    for _, operation, operands, varies, quick in program.steps:
        if quick is not None:
            left, right = operands
            append(quick(results[left], results[right]))
        elif len(operands) == 1:
            append(operation((results[operands[0]],), smooth and varies))
        else:
            append(operation([results[place] for place in operands], smooth and varies))
    return results


# ---- compiling -----------------------------------------------------------------------------------------------------


class _Compiler:
    """The steps of expressions, each distinct step once."""

    def __init__(self, symbols: Sequence[str]) -> None:
        self.steps: list[Step] = []
        self.offset = len(symbols)
        self.varying = [True] * len(symbols)
        self.places: dict[tuple[str, tuple[int, ...]], int] = {}
        self.symbols = {name: place for place, name in enumerate(symbols)}

    def step(self, label: str, operation: Operation, operands: tuple[int, ...] = ()) -> int:
        quick = QUICK.get(label)
        if quick is not None and operands[0] > operands[1] and label != "- ":
            operands = operands[::-1]
        known = (label, operands)
        place = self.places.get(known)
        if place is None:
            self.places[known] = place = self.offset + len(self.steps)
            varies = any(map(self.varying.__getitem__, operands))
            self.varying.append(varies)
            self.steps.append(step_of((label, operation, operands, varies, quick)))
        return place

    def place(self, order: Iterable[_Part], symbols: Mapping[str, int]) -> int:
        """The place of an expression's value, whose parts are given, each after its own parts."""
        done: list[int] = []
        for part in order:
            if isinstance(part, Symbol):
                done.append(symbols[part.name])
            elif isinstance(part, Number):
                done.append(self.number(part.value))
            elif isinstance(part, tuple):
                done.append(self.power(part[1], done.pop()))
            else:
                cut = len(done) - len(part.arguments)
                operands = tuple(done[cut:])
                del done[cut:]
                known = _KNOWN.get(part.head)
                done.append(self.step(*known, operands) if known else self.apply(part, operands))
        return done[0]

    def number(self, value: Fraction) -> int:
        return self.step(*_number(value.numerator, value.denominator))

    def power(self, exponent: Fraction, base: int) -> int:
        label, operation = _power(exponent.numerator, exponent.denominator)
        return self.step(label, operation, () if operation is unknown else (base,))

    def apply(self, part: Apply, operands: tuple[int, ...]) -> int:
        if part.head == "*" and operands[0] == operands[1]:
            return self.step(*_power(2, 1), operands[:1])
        if part.head in ("max", "min"):
            operands = tuple(dict.fromkeys(operands))
            if len(operands) == 1:
                return operands[0]
        if part.head == "^" and part.arguments[0] == EULER:
            return self.step("exp ", OPERATIONS["exp"], operands[1:])
        if part.head in OPERATIONS:
            return self.step(f"{part.head} ", OPERATIONS[part.head], operands)
        formula = meaning(part.head)
        return self.step("unknown", unknown) if formula is None else self.place(_order(formula), named(operands))


_KNOWN: Mapping[str, tuple[str, Operation]] = MappingProxyType(
    {head: (f"{head} ", operation) for head, operation in OPERATIONS.items() if head not in ("^", "*", "max", "min")}
)
"""The steps of functions that are the same for all operands."""


@lru_cache(maxsize=1024)
def _number(numerator: int, denominator: int) -> tuple[str, Operation]:
    """The step of a number."""
    if denominator == 1:
        whole = arb(numerator)
        return f"n{numerator} ", lambda operands, smooth: whole
    exact = fmpq(numerator, denominator)
    return f"n{numerator}/{denominator} ", lambda operands, smooth: arb(exact)


@lru_cache(maxsize=1024)
def _power(numerator: int, denominator: int) -> tuple[str, Operation]:
    """The step of a power with an exact exponent."""
    exponent = Fraction(numerator, denominator)
    if denominator == 1 and abs(numerator) > _HIGHEST_EXPONENT:
        return "unknown", unknown
    return f"^{exponent} ", partial(exact_power, exponent)


_Part: TypeAlias = Expression | tuple[Apply, Fraction]
"""A part of a tree; a power comes with its exponent where that is an exact number, which is then no part by itself."""


def _order(expression: Expression) -> list[_Part]:
    """All parts, each after its own parts; from a list of things to do, so that depth is no matter."""
    order: list[_Part] = []
    todo = [expression]
    while todo:
        part = todo.pop()
        if isinstance(part, Apply):
            exponent = exact_fraction(part.arguments[1]) if part.head == "^" else None
            order.append(part if exponent is None else (part, exponent))
            todo.extend(part.arguments if exponent is None else part.arguments[:1])
        else:
            order.append(part)
    order.reverse()
    return order


def compile_balls(expression: Expression) -> Program:
    """The program of an expression; its symbols are in the order of the alphabet."""
    return _compile_cached(Same(expression))


@lru_cache(maxsize=256)
def _compile_cached(key: Same[Expression]) -> Program:
    order = _order(key.value)
    names = tuple(sorted({part.name for part in order if isinstance(part, Symbol)}))
    compiler = _Compiler(names)
    result = compiler.place(order, compiler.symbols)
    if len(compiler.steps) > LARGEST_PROGRAM:
        compiler.steps = [Step("unknown", unknown, (), varies=True)]
        result = len(names)
    steps = tuple(compiler.steps)
    return Program(names, steps, result, has_nested_corners(steps, len(names)))


def identical(left: Expression, right: Expression) -> bool:
    """Whether two expressions compile to the same steps: one tree, but for the order of two summands and the like."""
    first, second = compile_balls(left), compile_balls(right)
    if not _may_be_identical(first, second):
        return False
    compiler = _Compiler(first.symbols)
    return compiler.place(_order(left), compiler.symbols) == compiler.place(_order(right), compiler.symbols)


def _may_be_identical(left: Program, right: Program) -> bool:
    if left.symbols != right.symbols or len(left.steps) != len(right.steps):
        return False
    return sorted([step.label for step in left.steps]) == sorted([step.label for step in right.steps])


# ---- balls as values that others hold ------------------------------------------------------------------------------


def exact_ball(value: Fraction) -> Ball:
    """The ball of an exact number at the working precision."""
    return rational(value)


def hull(middle: Ball, radius: Ball) -> Ball:
    """The ball that reaches `radius` to both sides of `middle`."""
    return (middle - radius).union(middle + radius)


@lru_cache(maxsize=1024)
def two_to(exponent: int) -> Ball:
    """2^exponent, exactly."""
    return arb(2) ** exponent


def middle_of(ball: Ball) -> Fraction:
    """The middle of a finite ball, exactly; only for balls of moderate size."""
    mantissa, exponent = ball.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def magnitude(ball: Ball) -> int | None:
    """The whole k with 2^(k-1) ≤ |mid| < 2^k; None for a middle of zero or a ball that is not finite."""
    if not ball.is_finite():
        return None
    mantissa, exponent = ball.mid().man_exp()
    return None if mantissa == 0 else int(abs(mantissa)).bit_length() + int(exponent)


def enclosure(ball: Ball, digits: int = 30) -> Enclosure:
    """A ball as decimal texts: as many digits as the radius allows, at most `digits`; the radius rounded up."""
    return _enclosure(Same(ball), digits)


@lru_cache(maxsize=64)
def _enclosure(shown: Same[Ball], digits: int) -> Enclosure:
    """The texts, kept: a witness and a certificate show the same balls, and every wrong answer those of the key."""
    middle, radius, exponent = map(int, shown.value.mid_rad_10exp(digits))
    excess = max(0, len(str(abs(middle))) - digits, len(str(radius)) - 1 if radius else 0)
    if excess:
        middle, dropped = _rounded(middle, excess)
        radius = -(-(radius + dropped) // 10**excess)
        exponent += excess
    text = _decimal(middle, exponent)
    plain = radius == 0 and "." in text and "e" not in text
    return Enclosure(text.rstrip("0").rstrip(".") if plain else text, _short(radius, exponent))


def _rounded(middle: int, places: int) -> tuple[int, int]:
    """The number without its last `places` digits, and how far that moved it at most."""
    unit = 10**places
    quotient = (2 * abs(middle) + unit) // (2 * unit)
    return (quotient if middle >= 0 else -quotient), abs(quotient * unit - abs(middle))


def _decimal(middle: int, exponent: int) -> str:
    """middle·10^exponent, written without a power of ten where that takes few zeros."""
    sign, digits = ("-" if middle < 0 else ""), str(abs(middle))
    leading = len(digits) + exponent
    if middle == 0:
        return "0"
    if 0 < leading <= 40:
        digits = digits.ljust(leading, "0")
        return f"{sign}{digits[:leading]}.{digits[leading:]}".rstrip(".")
    if -6 < leading <= 0:
        return f"{sign}0.{'0' * -leading}{digits}"
    return f"{sign}{digits[0]}.{digits[1:] or '0'}e{leading - 1}"


def _short(radius: int, exponent: int) -> str:
    """radius·10^exponent with one digit, rounded up: `2e-24`."""
    if radius == 0:
        return "0"
    places = len(str(radius)) - 1
    digit = -(-radius // 10**places)
    return f"{digit}e{exponent + places}" if digit < 10 else f"1e{exponent + places + 1}"
