"""Equality proved for more than is asked: with one symbol for a lengthy part of the arguments of functions.

In sin(2·T), cos(T)² and exp(T + x), where T = (k - x)^7, an identity that holds for every T holds for this one, and the
normal form need not multiply T out. What it leaves out, zeros of denominators and of sign arguments, might be all of
the points at which T has its value; but where a denominator is zero nothing is real, and sides with sign(u) are taken
only if u is zero on no open set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.checking.isolated_zeros import has_isolated_zeros
from tutor.checking.proportion import ratio
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, size, walk

__all__ = ["IDENTITY", "general_proof"]

IDENTITY = "generalisation"
"""The name of this way of proving among identities."""

Prove = Callable[[Expression, Expression], bool]
"""Says that two expressions are equal wherever both are real."""

_MOST_NODES = 900
_MOST_PARTS = 6
_SHORTEST = 3
"""Nodes of a part that is worth a symbol of its own."""

_TRANSCENDENTAL = frozenset("exp sin cos tan cot sec csc sinh cosh tanh coth sech csch sigmoid softplus silu".split())
_STEPS = frozenset({"sign", "heaviside"})


def general_proof(left: Expression, right: Expression, domain: Domain, prove: Prove) -> tuple[str, ...] | None:
    """The identities of a proof with symbols for parts of arguments; None when there is none, or nothing to replace."""
    if size(left) + size(right) > _MOST_NODES or any(map(_has_doubtful_step, (left, right))):
        return None
    names = _Names(free_symbols(left) | free_symbols(right) | domain.ranges.keys(), prove)
    general = tuple(names.generalised(side) for side in (left, right))
    if not names.parts or len(names.parts) > _MOST_PARTS:
        return None
    return (IDENTITY,) if prove(*general) else None


def _has_doubtful_step(side: Expression) -> bool:
    """Whether a step may be taken on an open set: sign u or heaviside u where u may be zero on one."""
    steps = (part for part in walk(side) if isinstance(part, Apply) and part.head in _STEPS)
    return not all(has_isolated_zeros(step.arguments[0]) for step in steps)


class _Names:
    """The parts that have a symbol, each with its symbol; multiples of one part share it."""

    def __init__(self, taken: frozenset[str], prove: Prove) -> None:
        self.parts: dict[str, Expression] = {}
        self._taken = taken
        self._prove = prove

    def generalised(self, side: Expression) -> Expression:
        """A side with the lengthy parts of arguments replaced by symbols."""
        return fold(side, lambda part, operands: self._rebuilt(part, tuple(operands)))

    def _rebuilt(self, part: Expression, operands: tuple[Expression, ...]) -> Expression:
        if not isinstance(part, Apply) or not operands:
            return part
        if part.head in _TRANSCENDENTAL:
            return Apply(part.head, (self._argument(operands[0]),))
        return Apply(part.head, operands)

    def _argument(self, argument: Expression) -> Expression:
        """An argument as a sum, its lengthy terms written by their symbols."""
        match argument:
            case Apply("+" | "-" as head, (left, right)):
                return Apply(head, (self._argument(left), self._argument(right)))
            case Apply("neg", (inner,)):
                return Apply("neg", (self._argument(inner),))
            case Apply("*", (Number() as factor, inner)) | Apply("*", (inner, Number() as factor)):
                return Apply("*", (factor, self._argument(inner)))
            case Apply("/", (inner, Number() as divisor)):
                return Apply("/", (self._argument(inner), divisor))
            case _:
                return self._named(argument)

    def _named(self, term: Expression) -> Expression:
        if size(term) < _SHORTEST or not free_symbols(term) or exact_fraction(term) is not None:
            return term
        for name, part in self.parts.items():
            factor = ratio(term, part)
            if factor is not None and self._prove(term, Apply("*", (Number(factor), part))):
                return Apply("*", (Number(factor), Symbol(name)))
        name = next(self._fresh())
        self.parts[name] = term
        return Symbol(name)

    def _fresh(self) -> Iterator[str]:
        number = len(self.parts)
        while f"t_{number}" in self._taken:
            number += 1
        yield f"t_{number}"
