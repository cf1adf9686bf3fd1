"""Wrong derivatives made by putting mistaken laws into a derivation: every single slip at every place, and pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from tests.diagnosis.laws import Applied, mistaken, sound
from tutor.expression.tree import Apply, Expression


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
    after = found[-1].after
    return put(after, tuple(right(mark) for mark in marks(after)))


@lru_cache(maxsize=20_000)
def singles(part: Expression) -> tuple[Slipped, ...]:
    """Every derivative with one slip."""
    return tuple({(one.derivative, *map(_named, one.slips)): one for one in _singles(part)}.values())


def _named(applied: Applied) -> tuple[str, Expression]:
    return applied.law.id, applied.part


def _singles(part: Expression) -> Iterator[Slipped]:
    for slip in mistaken(part):
        after = slip.after
        yield Slipped(put(after, tuple(right(mark) for mark in marks(after))), (slip,))
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
    counts = _shared(2 - len(first), len(below), random)
    if counts is None:
        return None
    inner = [_some(mark, count, random) for mark, count in zip(below, counts, strict=True)]
    if any(one is None for one in inner):
        return None
    found = [one for one in inner if one is not None]
    slips = first + tuple(slip for one in found for slip in one.slips)
    return Slipped(put(after, tuple(one.derivative for one in found)), slips)


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
