"""The slope dy/dx of a curve F(x, y) = 0: y depends on x, so that every y brings a factor y', and one solves for y'.

In the laws `y(x)` is y and `dy` its slope; the other letters are those of `tutor.calculus.law`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from tutor.calculus.derivation import Derivation, apply_rule, derive, replaced, result, steps
from tutor.calculus.law import HEADS, MARK, METAVARIABLES
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, fill, match
from tutor.calculus.rules import RULES
from tutor.calculus.tidy import tidy
from tutor.calculus.without_units import without_units
from tutor.errors import AnswerError
from tutor.expression.parser import parse
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Symbol, free_symbols, substitute

MOST_MISTAKES = 200
"""How many wrong slopes of one curve are made."""

DEPENDENT, SLOPE = "y", "dy"


def _template(text: str) -> Expression:
    return parse(text, METAVARIABLES - {DEPENDENT} | {SLOPE}, heads=HEADS | {DEPENDENT}).expression


def _law(id: str, law: str, mistaken_for: str = "", fits: Callable[[Bindings], bool] | None = None) -> Rule:
    before, after = (_template(side) for side in law.split("->"))
    if isinstance(before, Apply) and before.head == MARK:
        before = before.arguments[0]
    return Rule(id, law, before, after, mistaken_for=frozenset(mistaken_for.split()), fits=fits)


def _inside_is_dependent(bindings: Bindings) -> bool:
    inner = bindings["u"]
    return isinstance(inner, Apply) and inner.head == DEPENDENT


# fmt: off
DIFFERENTIATING = _law("dependent", "D(y(x)) -> dy")
SOLVING         = _law("solve",     "u + v*dy -> -u/v")
"""The sound laws: how y is differentiated, and what makes u + v*dy zero."""

DIFFERENTIATING_MISTAKES = (
    _law("implicit-no-dy",   "D(f(u)) -> df(u)",    "chain",     _inside_is_dependent),
    _law("implicit-no-dy",   "D(y(x)) -> 1",        "dependent"),
    _law("implicit-product", "D(u*v) -> D(u)*v",    "product"),
    _law("implicit-product", "D(u*v) -> u*D(v)",    "product"),
    _law("implicit-product", "D(u*v) -> D(u)*D(v)", "product"),
)
SOLVING_MISTAKES = (
    _law("implicit-solve-sign", "u + v*dy -> u/v"),
    _law("implicit-inverted",   "u + v*dy -> -v/u"),
)
# fmt: on

IMPLICIT_LAWS: tuple[Rule, ...] = (*DIFFERENTIATING_MISTAKES, *SOLVING_MISTAKES)

_RULES = (DIFFERENTIATING, *RULES)


def implicit_slope(relation: Expression, x: str, y: str) -> Expression:
    """The slope dy/dx of the curve on which a relation is zero, tidied.

    Raises AnswerError as `derive` does, and (code `no-slope`) where the relation does not hold y.
    """
    slope = _slope(SOLVING, _derivation(relation, x, y), x, y)
    if slope is None:
        raise AnswerError("no-slope", f"{y} does not stand in the equation, so it has no slope", relation.span)
    return tidy(slope)


def implicit_mistakes(relation: Expression, x: str, y: str) -> Iterator[tuple[Rule, Expression]]:
    """The wrong slopes that one mistake makes of a curve, those that only such questions know first; not tidied."""
    return islice(_mistakes(_derivation(relation, x, y), x, y), MOST_MISTAKES)


def _derivation(relation: Expression, x: str, y: str) -> Derivation:
    dependent = Apply(DEPENDENT, (Symbol(x),))
    return derive(substitute(relation, {y: dependent}), x, _RULES)


def _mistakes(derivation: Derivation, x: str, y: str) -> Iterator[tuple[Rule, Expression]]:
    found = [(rule, _slope(rule, derivation, x, y)) for rule in SOLVING_MISTAKES]
    found += [(rule, _slope(SOLVING, mistaken, x, y)) for rule, mistaken in _everywhere(derivation, x)]
    yield from ((rule, slope) for rule, slope in found if slope is not None)
    for rule, mistaken in _one_mistake(derivation, x):
        slope = _slope(SOLVING, mistaken, x, y)
        if slope is not None:
            yield rule, slope


# ---- differentiating ---------------------------------------------------------------------------------------------


def _one_mistake(derivation: Derivation, x: str) -> Iterator[tuple[Rule, Derivation]]:
    """The derivation with one step mistaken: by the laws above, then by those of any derivative."""
    for path, step in steps(derivation):
        for rule in _mistaken_for(step.rule):
            mistaken = _mistaken(rule, step, x)
            if mistaken is not None:
                yield rule, replaced(derivation, path, mistaken)
    for path, step in steps(derivation):
        for rule in mistaken_for(step.rule):
            mistaken = _mistaken(rule, step, x)
            if mistaken is not None:
                yield rule, replaced(derivation, path, mistaken)


def _everywhere(derivation: Derivation, x: str) -> Iterator[tuple[Rule, Derivation]]:
    """The derivation with one of the laws above applied at every step where it fits, when these are several."""
    for rule in DIFFERENTIATING_MISTAKES:
        whole, count = derivation, 0
        for path, step in steps(derivation):
            mistaken = _mistaken(rule, step, x) if rule in _mistaken_for(step.rule) else None
            if mistaken is not None and not mistaken.substeps:
                whole, count = replaced(whole, path, mistaken), count + 1
        if count > 1:
            yield rule, whole


def _mistaken(rule: Rule, step: Derivation, x: str) -> Derivation | None:
    bindings = match(rule.before, step.before, x)
    known = {**(bindings or {}), "x": Symbol(x)}
    if bindings is None or (rule.fits is not None and not rule.fits(known)):
        return None
    return apply_rule(rule, step.before, known, x, _RULES)


def _mistaken_for(sound: Rule) -> tuple[Rule, ...]:
    return tuple(rule for rule in DIFFERENTIATING_MISTAKES if rule.mistaken_for & {sound.id, sound.family})


# ---- solving -----------------------------------------------------------------------------------------------------


def _slope(solving: Rule, derivation: Derivation, x: str, y: str) -> Expression | None:
    """What a law makes of u + v*dy = 0, in x and y; None where dy does not stand there, or not as a factor."""
    parts = _linear(result(derivation))
    if parts is None or without_units(parts[1]) == ZERO:
        return None
    slope = fill(solving.after, {"u": parts[0], "v": parts[1]})
    return without_units(_independent(slope, x, y))


def _independent(expression: Expression, x: str, y: str) -> Expression:
    """A tree with y as a symbol again."""
    match expression:
        case Apply(head, (Symbol(name),)) if head == DEPENDENT and name == x:
            return Symbol(y)
        case Apply(head, arguments) if arguments:
            return Apply(head, tuple(_independent(part, x, y) for part in arguments))
        case _:
            return expression


def _linear(expression: Expression) -> tuple[Expression, Expression] | None:
    """The two trees u and v of an expression u + v*dy; None where it is not of this form."""
    if SLOPE not in free_symbols(expression):
        return expression, ZERO
    match expression:
        case Symbol():
            return ZERO, ONE
        case Apply("+" | "-" | "neg" as head, arguments):
            return _by_parts(head, tuple(_linear(part) for part in arguments))
        case Apply("*", (left, right)) if SLOPE not in free_symbols(left):
            return _scaled(_linear(right), lambda part: Apply("*", (left, part)))
        case Apply("*" | "/" as head, (left, right)) if SLOPE not in free_symbols(right):
            return _scaled(_linear(left), lambda part: Apply(head, (part, right)))
        case _:
            return None


_Linear = tuple[Expression, Expression]


def _by_parts(head: str, parts: tuple[_Linear | None, ...]) -> _Linear | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return Apply(head, tuple(part[0] for part in known)), Apply(head, tuple(part[1] for part in known))


def _scaled(parts: _Linear | None, scale: Callable[[Expression], Expression]) -> _Linear | None:
    return None if parts is None else (scale(parts[0]), scale(parts[1]))
