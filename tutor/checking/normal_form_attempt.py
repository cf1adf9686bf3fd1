"""One attempt at a normal form: the field, and the fractions that parts of expressions have become in it.

Parts that are equal as trees are built once, whichever expression they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from tutor.checking.normal_form_exponents import power, root
from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio, RealNowhere, StartAgain, TooManyKernels
from tutor.checking.normal_form_functions import HEADS
from tutor.checking.normal_form_powers import variable
from tutor.checking.normal_form_signs import NeedsReal, learn_implied_signs
from tutor.checking.normal_form_writing import Writing
from tutor.checking.ring import RingMaker
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import postorder
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol

__all__ = ["Attempt", "Settled", "settled"]

_WIDTHS = (8, 24)
"""Numbers of generators that are tried; a ring with few is quicker."""

_MOST_NODES = 1500
_MOST_ATTEMPTS = 12

_Places: TypeAlias = dict[Hashable, int]


class Attempt:
    """A field with the values of the parts met so far, each part known by its head and the places of its operands."""

    def __init__(self, ring: RingMaker, facts: Facts, writing: Writing, *, width: int = 0) -> None:
        self.field = Field(ring(_WIDTHS[width]), facts, writing)
        self._ring = ring
        self._width = width
        self._nodes = 0
        self._wholes: list[tuple[Expression, int]] = []
        self._places: _Places = {}
        self._values: list[Ratio] = []

    def copy(self) -> Attempt:
        """The same attempt, which may go on without the other's knowing."""
        other = Attempt.__new__(Attempt)
        other.field = self.field.copy()
        other._ring, other._width, other._nodes = self._ring, self._width, self._nodes
        other._wholes, other._places, other._values = self._wholes[:], self._places.copy(), self._values[:]
        return other

    def again(self) -> Attempt:
        """A new attempt with the facts of this one."""
        return Attempt(self._ring, self.field.facts, self.field.writing, width=self._width)

    @property
    def is_widest(self) -> bool:
        """Whether there is no ring with more generators."""
        return self._width + 1 == len(_WIDTHS)

    def wider(self) -> Attempt:
        """A new attempt in a ring with more generators."""
        return Attempt(self._ring, self.field.facts, self.field.writing, width=self._width + 1)

    # ---- from the tree ---------------------------------------------------------------------------------------------

    def value(self, expression: Expression) -> Ratio:
        """What an expression is in the field."""
        for whole, place in self._wholes:
            if whole is expression:
                return self._values[place]
        order = postorder(expression)
        self._nodes += len(order)
        if self._nodes > _MOST_NODES:
            raise OutOfReach("nodes")
        self._wholes.append((expression, self._place(order, {})))
        return self._values[self._wholes[-1][1]]

    def difference(self, left: Expression, right: Expression) -> Ratio:
        """The difference of two expressions; StartAgain when facts that came late say more of it."""
        found = self.field.subtract(self.value(left), self.value(right))
        if found.top and learn_implied_signs(self.field, found.top):
            raise StartAgain
        return found

    def _place(self, order: Sequence[Expression], symbols: Mapping[str, int]) -> int:
        """The place of the value of a tree whose parts are given, each after its own parts."""
        done: list[int] = []
        for part in order:
            if isinstance(part, Apply):
                count = len(done) - len(part.arguments)
                operands = tuple(done[count:])
                del done[count:]
                key: Hashable = (part.head, operands)
            elif isinstance(part, Symbol):
                if part.name in symbols:
                    done.append(symbols[part.name])
                    continue
                key, operands = part.name, ()
            else:
                key, operands = part.value, ()
            place = self._places.get(key)
            done.append(self._new(key, part, operands) if place is None else place)
        return done[0]

    def _new(self, key: Hashable, part: Expression, operands: tuple[int, ...]) -> int:
        if isinstance(part, Apply) and part.head not in _OWN and part.head not in HEADS:
            formula = meaning(part.head)
            if formula is None:
                raise OutOfReach(part.head)
            self.field.used.add("definition")
            place = self._place(postorder(formula), named(operands))
        else:
            self._values.append(self._value(part, [self._values[place] for place in operands]))
            place = len(self._values) - 1
        self._places[key] = place
        return place

    def _value(self, part: Expression, operands: Sequence[Ratio]) -> Ratio:
        match part:
            case Number(value):
                return self.field.constant(value)
            case Symbol(name):
                return variable(self.field, name)
            case Apply("^", (_, exponent)):
                return power(self.field, operands[0], operands[1], exact_fraction(exponent))
            case Apply("root", (_, index)):
                return root(self.field, operands[0], operands[1], exact_fraction(index))
            case Apply(head):
                return _closed(self.field, HEADS[head](self.field, *operands))


class Settled(NamedTuple):
    """The last of some attempts, and what was built in it; None where that is out of reach, or needs a real form."""

    attempt: Attempt
    value: Ratio | None

    @property
    def is_zero(self) -> bool:
        """Whether what was built is zero."""
        return self.value is not None and not self.value.top


def settled(attempt: Attempt, build: Callable[[Attempt], Ratio]) -> Settled:
    """The first attempt that ends without a new fact; RealNowhere when what is built has a value on no open set."""
    for _ in range(_MOST_ATTEMPTS):
        try:
            return Settled(attempt, build(attempt))
        except RealNowhere:
            raise
        except StartAgain:
            attempt = attempt.again()
        except (TooManyKernels, OutOfReach, NeedsReal) as ended:
            if not isinstance(ended, TooManyKernels) or attempt.is_widest:
                break
            attempt = attempt.wider()
    return Settled(attempt, None)


_OWN = frozenset(("^", "root"))


def _closed(field: Field, value: Ratio) -> Ratio:
    """The kernel that stands for a sum of which a power is too large to expand; any other value as it is."""
    if field.facts.closed and len(value.top) + len(value.bottom) > 2:
        keys = field.keys(value)
        if keys in field.facts.closed:
            field.used.add("closed-power")
            return field.generator(field.kernel(("closed", keys)))
    return value
