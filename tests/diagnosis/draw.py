"""Random functions as teachers set them: chains, products, quotients and sums two to five levels deep.

Coefficients are generic, so that few slips coincide; a function that is real at too few points is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.diagnosis.truth import Place, places_of
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol, free_symbols, number

DEPTHS = (2, 3, 4, 5)
X = Symbol("x")

_COMMON = "exp exp exp ln ln sin sin cos cos tan sqrt sqrt sigmoid tanh".split()
_OTHERS = (
    "atan asin acos acot asec sec csc cot sinh cosh sech coth asinh acosh atanh log10 log2"
    " erf softplus silu gelu relu abs"
).split()
_HEADS = {"ln": "log"}
_COEFFICIENTS = (2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 7, 7, 8, 9, Fraction(1, 2), Fraction(5, 2))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A function of x, how deep it was drawn, and points at which it has a value and a slope."""

    function: Expression
    depth: int
    points: tuple[Place, ...]


def drawn(seed: int, index: int) -> Drawn:
    """The function of this number; depends on seed and index alone."""
    random = Random(f"{seed}/{index}")
    depth = DEPTHS[index % len(DEPTHS)]
    while True:
        constants = random.choices(((), ("a",), ("a", "b"), ("k",)), (7, 2, 1, 1))[0]
        function = _Draw(random, constants).function(depth)
        if "x" in free_symbols(function) and (points := places_of(function, f"{seed}/{index}")):
            return Drawn(function, depth, points)


class _Draw:
    """Draws the parts of one function."""

    def __init__(self, random: Random, parameters: tuple[str, ...]) -> None:
        self._random = random
        self._parameters = parameters

    def function(self, depth: int) -> Expression:
        """A function that depends on x, so many levels deep."""
        if depth <= 1:
            return self._simple()
        kinds, weights = zip(*_KINDS.items(), strict=True)
        kind: Callable[[_Draw, int], Expression] = self._random.choices(kinds, weights)[0]
        return kind(self, depth)

    def constant(self) -> Expression:
        """A coefficient: a whole number, now and then a fraction or a parameter."""
        if self._parameters and self._random.random() < 0.6:
            return Symbol(self._random.choice(self._parameters))
        return number(self._random.choice(_COEFFICIENTS))

    def _simple(self) -> Expression:
        """x, a power of it, or a line."""
        match self._random.randrange(8):
            case 0:
                return X
            case 1 | 2:
                return _times(self.constant(), X)
            case 3 | 4:
                return Apply(self._random.choice("++-"), (_times(self.constant(), X), self.constant()))
            case 5:
                return Apply("-", (self.constant(), _times(self.constant(), X)))
            case _:
                power = Apply("^", (X, number(self._random.choice((2, 2, 2, 3, 3, 3, 4, 5, 5, -2)))))
                return self._random.choice((power, _times(self.constant(), power)))

    def _different(self, depth: int) -> tuple[Expression, Expression]:
        """Two functions that are not both powers of x, whose product nobody would differentiate as one."""
        while True:
            inner, other = self.function(depth - 1), self.function(self._random.randint(1, depth - 1))
            if not (_is_power_of_x(inner) and _is_power_of_x(other)):
                return inner, other

    # ---- kinds of functions ----------------------------------------------------------------------------------

    def chain(self, depth: int) -> Expression:
        """A known function of a function."""
        name = self._random.choice(_COMMON if self._random.random() < 0.7 else _OTHERS)
        return Apply(_HEADS.get(name, name), (self.function(depth - 1),))

    def power(self, depth: int) -> Expression:
        """A power, or an exponential with another base."""
        inner = self.function(depth - 1)
        match self._random.randrange(12):
            case 0 | 1:
                return Apply("^", (EULER, inner))
            case 2 | 3:
                return Apply("^", (number(self._random.choice((2, 3, 10))), inner))
            case 4:
                return Apply("^", (inner, number(self._random.choice((-1, -2, -4)))))
            case 5:
                return Apply(
                    "^", (inner, number(self._random.choice((Fraction(1, 2), Fraction(3, 2), Fraction(-1, 2)))))
                )
            case 6 if self._parameters:
                return Apply("^", (inner, Symbol(self._random.choice(self._parameters))))
            case 7:
                return Apply("log_base", (number(self._random.choice((3, 5))), inner))
            case _:
                return Apply("^", (inner, number(self._random.choice((2, 3, 3, 4, 4, 5, 6)))))

    def product(self, depth: int) -> Expression:
        """A product of two functions, now and then of three, often with a coefficient."""
        inner, other = self._different(depth)
        parts = [inner, other] if self._random.random() < 0.5 else [other, inner]
        if self._random.random() < 0.15:
            parts.append(self.function(1))
        whole = parts[0]
        for part in parts[1:]:
            whole = _times(whole, part)
        return _times(self.constant(), whole) if self._random.random() < 0.2 else whole

    def quotient(self, depth: int) -> Expression:
        """A quotient of two functions, or a constant over one."""
        if self._random.random() < 0.25:
            return Apply("/", (self.constant(), self.function(depth - 1)))
        inner, other = self._different(depth)
        return Apply("/", (inner, other) if self._random.random() < 0.5 else (other, inner))

    def sum(self, depth: int) -> Expression:
        """A sum or difference of two functions, or of one and a constant."""
        inner = self.function(depth - 1)
        other = self.constant() if self._random.random() < 0.4 else self.function(self._random.randint(1, depth - 1))
        return Apply(self._random.choice("++-"), (inner, other) if self._random.random() < 0.6 else (other, inner))

    def multiple(self, depth: int) -> Expression:
        """A constant times a function, or a function over a constant."""
        inner = self.function(depth - 1)
        return _times(self.constant(), inner) if self._random.random() < 0.7 else Apply("/", (inner, self.constant()))

    def general_power(self, depth: int) -> Expression:
        """A function to the power of a function."""
        base = self._random.choice((X, self.function(1)))
        return Apply("^", (base, self.function(min(depth - 1, 2))))


_KINDS: Mapping[Callable[[_Draw, int], Expression], int] = {
    _Draw.chain: 38, _Draw.power: 14, _Draw.product: 18, _Draw.quotient: 12, _Draw.sum: 14, _Draw.multiple: 4,
    _Draw.general_power: 2,
}  # fmt: skip


def _times(left: Expression, right: Expression) -> Expression:
    return Apply("*", (left, right))


def _is_power_of_x(part: Expression) -> bool:
    match part:
        case Apply("*" | "/", (left, right)):
            return _is_power_of_x(left) and _is_power_of_x(right)
        case Apply("^", (base, Number())):
            return _is_power_of_x(base)
        case _:
            return not isinstance(part, Apply)
