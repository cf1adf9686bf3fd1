"""Makes exercises for the benchmark of verdicts: a random function, its derivative by SymPy, another form, and a slip.

A program: it reads lines `{"seed": 1, "index": 0}` and writes one exercise for each, `{}` where none came about. The
other form is one of SymPy's rewritings of the derivative. That it is equal is looked up at points at which the
derivative has a real value, and so has all that it is made of, be it beyond the domain of the function: exp(log(x)) is
no other form of x. That the slip differs is looked up where the function has a value too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, TypeAlias

import sympy as sp

Formula: TypeAlias = Any
"""A SymPy expression; SymPy carries no types."""

X, Y, A = sp.symbols("x y a", real=True)
_UNARY = (sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.sqrt, sp.atan, sp.asin, sp.sinh, sp.cosh, sp.tanh, sp.Abs)
_FORMS: tuple[Callable[[Formula], Formula], ...] = (
    sp.expand, sp.factor, sp.together, sp.trigsimp, sp.powsimp, sp.logcombine, sp.cancel, sp.radsimp, sp.expand_trig,
    sp.apart, lambda form: form.rewrite(sp.exp), lambda form: sp.collect(sp.expand(form), X),
)  # fmt: skip
_KNOWN = {
    *_UNARY, sp.cot, sp.sec, sp.csc, sp.acos, sp.coth, sp.sech, sp.csch, sp.sign,
}  # fmt: skip
"""The functions that may stand in what SymPy makes of a formula: those that every program has."""

_FOREIGN = (sp.I, sp.nan, sp.zoo, sp.oo, sp.Derivative, sp.Subs, sp.Piecewise, sp.Max, sp.Min)
_MOST_OPERATIONS = 70
_LONGEST = 400
_POINTS = 20
_FEWEST_POINTS = 4
_EQUAL, _DIFFERENT = sp.Float("1e-30"), sp.Float("1e-22")
_DIGITS = 45


def main() -> None:
    """Answers each line of the input."""
    for line in sys.stdin:
        wanted = json.loads(line)
        try:
            made = exercise(Random(f"{wanted['seed']}/{wanted['index']}"))  # noqa: S311 - no secret
        except Exception:  # SymPy fails on some random formulas in ways of its own
            made = {}
        print(json.dumps(made), flush=True)


def exercise(random: Random) -> dict[str, str]:
    """A function with its variable, its derivative as `key`, an `equal` form and a `wrong` one; may be empty."""
    function = _formula(random, random.randint(1, 4))
    key = sp.diff(function, X)
    if not key.has(X) or _is_unfit(key):
        return {}
    equal = next(_others(random, key, (_rewritten(random, key) for _ in range(8))), None)
    wrong = next(_others(random, key, (_slipped(random, key) for _ in range(8))), None)
    if equal is None or wrong is None:
        return {}
    of_key = _points(random, key)
    where = [point for point in of_key if _value(function, point) is not None]
    if len(where) < _FEWEST_POINTS or not _agree(key, equal, of_key) or not _differ(key, wrong, where):
        return {}
    texts = {"function": function, "key": key, "equal": equal, "wrong": wrong}
    return {"variable": "x"} | {name: written(formula) for name, formula in texts.items()}


def written(formula: Formula) -> str:
    """A formula as text that every program reads: `^` for powers, every `*` written, e as exp(1)."""
    text = sp.sstr(formula).replace("**", "^").replace("Abs(", "abs(")
    return re.sub(r"\bE\b", "exp(1)", text)


def _is_unfit(formula: Formula) -> bool:
    if formula.has(*_FOREIGN) or not {part.func for part in formula.atoms(sp.Function)} <= _KNOWN:
        return True
    return formula.count_ops() > _MOST_OPERATIONS or len(sp.sstr(formula)) > _LONGEST


# ---- functions -----------------------------------------------------------------------------------------------------


def _formula(random: Random, depth: int) -> Formula:
    if depth == 0:
        return random.choice((X, X, X, X + random.randint(1, 3), random.randint(2, 5) * X, Y * X, A * X, X - A))
    inner = _formula(random, depth - 1)
    match random.randrange(10):
        case 0 | 1 | 2 | 3:
            return random.choice(_UNARY)(inner)
        case 4 | 5:
            return inner + _formula(random, random.randrange(depth))
        case 6 | 7:
            return inner * _formula(random, random.randrange(depth))
        case 8:
            return inner / _formula(random, random.randrange(depth))
        case _:
            return inner ** random.choice((2, 3, -1, -2, sp.Rational(1, 2), sp.Rational(3, 2), sp.Rational(-1, 2)))


# ---- answers -------------------------------------------------------------------------------------------------------


def _others(random: Random, key: Formula, forms: Iterator[Formula]) -> Iterator[Formula]:
    """The forms that are fit and written otherwise than the key."""
    return (form for form in forms if not _is_unfit(form) and written(form) != written(key))


def _rewritten(random: Random, key: Formula) -> Formula:
    first, second = random.choice(_FORMS), random.choice(_FORMS)
    form = first(key)
    return second(form) if random.random() < 0.3 else form


def _slipped(random: Random, key: Formula) -> Formula:
    """The derivative with one part replaced, or with a small multiple of x added."""
    if random.random() < 0.2:
        return key + X / 10 ** random.randint(3, 12)
    part = random.choice([part for part in sp.preorder_traversal(key) if not part.is_Symbol])
    return key.xreplace({part: _mistaken(random, part)})


def _mistaken(random: Random, part: Formula) -> Formula:
    if part.is_Number:
        return part + random.choice((1, -1))
    if part.is_Add or part.is_Mul:
        left, *others = random.sample(part.args, len(part.args))
        return part.func(*others) if random.random() < 0.5 else part.func(-left, *others)
    if part.is_Pow:
        return part.base ** (part.exp + random.choice((1, -1)))
    return _MISTAKEN.get(part.func, sp.exp)(*part.args)


_MISTAKEN: Mapping[Any, Any] = {
    sp.sin: sp.cos, sp.cos: sp.sin, sp.tan: sp.sin, sp.sinh: sp.cosh, sp.cosh: sp.sinh, sp.tanh: sp.sinh,
    sp.exp: lambda u: sp.exp(2 * u), sp.log: sp.sqrt, sp.Abs: lambda u: u, sp.sign: lambda u: -sp.sign(u),
    sp.atan: sp.tan, sp.asin: sp.sin,
}  # fmt: skip


# ---- is it so? -----------------------------------------------------------------------------------------------------


def _points(random: Random, formula: Formula) -> list[dict[Formula, Formula]]:
    """Points at which a formula has a real value."""
    drawn = [{name: sp.Rational(random.randint(-4000, 4000), 1009) for name in (X, Y, A)} for _ in range(_POINTS)]
    return [point for point in drawn if _value(formula, point) is not None]


def _value(formula: Formula, point: Mapping[Formula, Formula]) -> Formula | None:
    """The value at a point, with that of each of its parts a real number; None where one of them is not.

    exp(2*log(x)) has no value at -1, though a way through complex numbers leads to one.
    """
    values = [part.xreplace(dict(point)).evalf(_DIGITS) for part in sp.preorder_traversal(formula)]
    return values[0] if all(value.is_Float or value.is_Rational for value in values) else None


def _distance(key: Formula, other: Formula, point: Mapping[Formula, Formula]) -> Formula | None:
    """How far two values are apart, relative to the first where that is above 1; None where the second has none."""
    expected, found = _value(key, point), _value(other, point)
    return None if found is None or expected is None else abs(expected - found) / max(1, abs(expected))


def _agree(key: Formula, other: Formula, where: list[dict[Formula, Formula]]) -> bool:
    distances = [_distance(key, other, point) for point in where]
    return all(distance is not None and distance < _EQUAL for distance in distances)


def _differ(key: Formula, other: Formula, where: list[dict[Formula, Formula]]) -> bool:
    distances = [_distance(key, other, point) for point in where]
    return any(distance is not None and distance > _DIFFERENT for distance in distances)


if __name__ == "__main__":
    main()
