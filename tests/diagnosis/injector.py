"""Wrong derivatives made by putting mistaken laws into a derivation: every single slip at every place, and pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from random import Random
from typing import TypeAlias

from tests.diagnosis.laws import Applied, X, misread, mistaken, reworked, sound
from tutor.calculus.derivation import derivative
from tutor.expression.tree import ZERO, Apply, Expression, Number, free_symbols, number


@dataclass(frozen=True, slots=True)
class Slipped:
    """A wrong derivative as it falls out of the laws, with the slips that were put in."""

    derivative: Expression
    slips: tuple[Applied, ...]


class NoLaw(ValueError):
    """A part that no law differentiates."""


@lru_cache(maxsize=20_000)
def right(part: Expression) -> Expression:
    """The derivative by the sound laws."""
    found = sound(part)
    if not found:
        raise NoLaw(part)
    return _finished(found[-1])


def _finished(law: Applied) -> Expression:
    """What a law comes to where everything below is differentiated soundly."""
    after = law.after
    return put(after, tuple(right(mark) for mark in marks(after)))


@lru_cache(maxsize=20_000)
def singles(part: Expression) -> tuple[Slipped, ...]:
    """Every derivative with one slip."""
    return tuple({(one.derivative, *map(_named, one.slips)): one for one in _singles(part)}.values())


def misreadings(function: Expression) -> Iterator[Slipped]:
    """Every right derivative of a function that was misread at one place: a sum or product as a whole."""
    for part, whole, back in _places(function, function):
        for slip in misread(part):
            read = back(slip.after)
            if read != function and X in free_symbols(read):
                yield Slipped(right(read), (replace(slip, whole=whole),))


def algebra(function: Expression) -> Iterator[Slipped]:
    """Every wrong rewriting of the right derivative at one place: as the rules leave it, and as a textbook has it.

    Nobody simplifies inside a function, a base or an exponent.
    """
    for form in dict.fromkeys((simplified(right(function)), derivative(function, (X,)))):
        for part, _, back in _places(form, form, inside=False):
            for slip in reworked(part):
                wrong = back(slip.after)
                if wrong != form:
                    yield Slipped(wrong, (slip,))


def simplified(part: Expression) -> Expression:
    """A formula without factors of 1 and terms of 0, and with the sums of numbers worked out that exponents are."""
    if not isinstance(part, Apply):
        return part
    match Apply(part.head, tuple(map(simplified, part.arguments))):
        case Apply("+" | "-" as head, (Number(one), Number(other))):
            return number(one + other if head == "+" else one - other)
        case Apply("*", (Number(0), _) | (_, Number(0))) | Apply("/", (Number(0), _)) | Apply("neg", (Number(0),)):
            return ZERO
        case Apply("*", (Number(1), kept) | (kept, Number(1))) | Apply("/" | "^", (kept, Number(1))):
            return kept
        case Apply("+", (Number(0), kept) | (kept, Number(0))) | Apply("-", (kept, Number(0))):
            return kept
        case Apply("-", (Number(0), kept)):
            return Apply("neg", (kept,))
        case other:
            return other


_Back: TypeAlias = Callable[[Expression], Expression]
_KINDS = {"+": "sum", "-": "sum", "*": "product", "/": "product"}


def _places(
    part: Expression, whole: Expression, back: _Back = lambda part: part, *, inside: bool = True
) -> Iterator[tuple[Expression, Expression, _Back]]:
    """Every part, the sum or product that it belongs to, and how it is put back in another shape.

    With `inside` also within functions, bases and exponents.
    """
    yield part, whole, back
    if isinstance(part, Apply) and (inside or part.head in _KINDS or part.head == "neg"):
        for index, argument in enumerate(part.arguments):
            head = argument.head if isinstance(argument, Apply) else ""
            belongs = head in _KINDS and _KINDS[head] == _KINDS.get(part.head)
            yield from _places(
                argument, whole if belongs else argument, partial(_with_argument, part, index, back), inside=inside
            )


def _with_argument(whole: Apply, index: int, back: _Back, argument: Expression) -> Expression:
    arguments = (*whole.arguments[:index], argument, *whole.arguments[index + 1 :])
    return back(Apply(whole.head, arguments))


def _named(applied: Applied) -> tuple[str, Expression]:
    return applied.law.text, applied.part


def _singles(part: Expression) -> Iterator[Slipped]:
    for slip in mistaken(part):
        yield Slipped(_finished(slip), (slip,))
    for law in sound(part):
        after = law.after
        below = marks(after)
        for index, mark in enumerate(below):
            for inner in singles(mark):
                results = tuple(inner.derivative if i == index else right(other) for i, other in enumerate(below))
                yield Slipped(put(after, results), inner.slips)


def double(part: Expression, random: Random) -> Slipped | None:
    """A derivative with two slips at two places; None where a draw finds none."""
    choices = [*mistaken(part), *sound(part)] if random.random() < 0.5 else list(sound(part))
    if not choices:
        return None
    law = random.choice(choices)
    after, first = law.after, (law,) if law.law.mistaken_for else ()
    below = marks(after)
    once = tuple(dict.fromkeys(below)) if first else below
    counts = _shared(2 - len(first), len(once), random)
    if counts is None:
        return None
    found = [one for one in (_some(mark, n, random) for mark, n in zip(once, counts, strict=True)) if one is not None]
    if len(found) < len(once):
        return None
    slips = first + tuple(slip for one in found for slip in one.slips)
    return Slipped(
        put(after, tuple(found[_place(mark, index, once)].derivative for index, mark in enumerate(below))), slips
    )


def _place(mark: Expression, index: int, once: tuple[Expression, ...]) -> int:
    """Where the result for a mark stands: u' is worked out once, however often a mistaken law takes it."""
    return index if index < len(once) and once[index] == mark else once.index(mark)


def _shared(slips: int, below: int, random: Random) -> list[int] | None:
    """How many of the slips fall to each part below."""
    if not below:
        return None
    counts = [0] * below
    for _ in range(slips):
        counts[random.randrange(below)] += 1
    return counts


def _some(part: Expression, count: int, random: Random) -> Slipped | None:
    match count:
        case 0:
            return Slipped(right(part), ())
        case 1:
            found = singles(part)
            return random.choice(found) if found else None
        case _:
            return double(part, random)


def marks(after: Expression) -> tuple[Expression, ...]:
    """What is still to be differentiated, from left to right."""
    if not isinstance(after, Apply):
        return ()
    if after.head == "D":
        return after.arguments
    return tuple(mark for argument in after.arguments for mark in marks(argument))


def put(after: Expression, results: tuple[Expression, ...]) -> Expression:
    """The tree with each D( ) replaced by a result, from left to right."""
    waiting = iter(results)

    def put_in(part: Expression) -> Expression:
        if not isinstance(part, Apply):
            return part
        return next(waiting) if part.head == "D" else Apply(part.head, tuple(map(put_in, part.arguments)))

    return put_in(after)
