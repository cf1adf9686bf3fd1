"""Equality proved in another variable: with t for a sum such as a - x that stands in many places.

x = a - t is a bijection, so that sides which are equal for all a and t are equal for all a and x. A power of t is one
term, where that of a - x has many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tutor.expression.domain import Domain
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, size, substitute, walk

__all__ = ["IDENTITY", "moved_proof"]

IDENTITY = "change-of-variable"
"""The name of this way of proving among identities."""

Prove = Callable[[Expression, Expression], bool]
"""Says that two expressions are equal wherever both are real."""

_MOST_NODES = 900
_FEWEST = 3
"""Places at which a sum has to stand to be worth a variable."""

_MOST_CHANGES = 2


def moved_proof(left: Expression, right: Expression, domain: Domain, prove: Prove) -> tuple[str, ...] | None:
    """The identities of a proof in new variables; None when there is none, or no sum stands in many places."""
    if size(left) + size(right) > _MOST_NODES:
        return None
    taken = free_symbols(left) | free_symbols(right) | domain.ranges.keys()
    changes: dict[str, Expression] = {}
    for first, second in _sums(left, right):
        if first.atom.name in changes or free_symbols(second.atom) & changes.keys() or len(changes) == _MOST_CHANGES:
            continue
        new = next(each for number in range(len(taken) + 1) if (each := f"t_{number}") not in taken)
        taken |= {new}
        changes[first.atom.name] = first.signed(Apply("-", (Symbol(new), second.signed(second.atom))))
    return (IDENTITY,) if changes and prove(substitute(left, changes), substitute(right, changes)) else None


class _Term(NamedTuple):
    """A symbol or number with a sign."""

    atom: Any
    sign: int

    def signed(self, value: Expression) -> Expression:
        """A value with the sign of the term."""
        return value if self.sign > 0 else Apply("neg", (value,))


def _sums(left: Expression, right: Expression) -> Iterator[tuple[_Term, _Term]]:
    """The sums of a symbol and another symbol or a number that stand in many places, the most frequent first."""
    found = Counter(total for side in (left, right) for part in walk(side) if (total := _sum(part)) is not None)
    for total, count in sorted(found.items(), key=lambda item: (-item[1], str(item[0]))):
        if count >= _FEWEST:
            yield total


def _sum(part: Expression) -> tuple[_Term, _Term] | None:
    """A part as ±(x ± c), the symbol x that comes last in the alphabet first, with sign 1."""
    if not isinstance(part, Apply) or part.head not in ("+", "-"):
        return None
    left, right = _term(part.arguments[0]), _term(part.arguments[1])
    if left is None or right is None:
        return None
    right = right if part.head == "+" else right._replace(sign=-right.sign)
    first, second = sorted((left, right), key=lambda term: (isinstance(term.atom, Symbol) and term.atom.name) or "")[
        ::-1
    ]
    if not isinstance(first.atom, Symbol) or first.atom == second.atom:
        return None
    return first._replace(sign=1), second._replace(sign=first.sign * second.sign)


def _term(part: Expression) -> _Term | None:
    match part:
        case Symbol() | Number():
            return _Term(part, 1)
        case Apply("neg", (Symbol() | Number() as atom,)):
            return _Term(atom, -1)
        case Apply("*", (Number(value), Symbol() as atom)) if value in (1, -1):
            return _Term(atom, int(value))
        case _:
            return None
