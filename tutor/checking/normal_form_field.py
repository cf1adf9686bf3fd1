"""Fractions of polynomials in kernels: the arithmetic under the normal form, with its budgets.

A kernel is a generator of the ring that stands for a function (`exp(x)`, `|x|^(1/2)`, the sign of `x`). Kernels may
have a relation g^D = P/Q; fractions are kept reduced by the relations and free of common factors. The invariant on
which every proof rests: wherever the expression that a fraction was built from is real, apart from a nowhere dense
set, the denominator is not zero and the fraction has the expression's value.

Everything that could grow is estimated before it is computed; past a budget OutOfReach ends the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from typing import NamedTuple

from tutor.checking.normal_form_facts import Descriptor, Facts, Key
from tutor.checking.normal_form_ratio import Ratio, ratio
from tutor.checking.normal_form_writing import Writing
from tutor.checking.ring import Monomial, Polynomial, Ring

__all__ = ["Field", "Known", "OutOfReach", "Ratio", "RealNowhere", "StartAgain", "TooManyKernels"]

MOST_TERMS = 1500
"""Terms of a numerator or denominator."""

MOST_PRODUCTS = 60_000
"""Terms multiplied in one product."""

MOST_WORK = 100_000
"""The work of all attempts in one way of writing a difference, in units of about 100 ns with FLINT's ring."""

_COST_OF_TERM = 40
"""What taking a term apart and putting it together again costs; four terms are multiplied for 1."""

MOST_POWER_TERMS = 600
MOST_POWER_BITS = 8_192
MOST_DEGREE = 5_000
"""Exponents of single terms."""

MOST_DENSE_DEGREE = 240
"""The degree of sums whose common factors or irreducible factors are looked for."""

MOST_FACTOR_TERMS = 300

MOST_BOX = 50_000
"""The monomials among which the factors of a sum are looked for (SymPy's heuristic needs numbers of so many digits)."""


class OutOfReach(ArithmeticError):
    """The normal form is too large."""


class RealNowhere(OutOfReach):
    """The expression has no value on an open set, whatever else it holds."""


class TooManyKernels(Exception):
    """The ring has too few generators."""


class StartAgain(Exception):
    """A fact was learnt that changes what is built already."""


@dataclass(slots=True)
class Relation:
    """g^degree = top/bottom for a generator g."""

    degree: int
    top: Polynomial
    bottom: Polynomial


class Known(NamedTuple):
    """A factor that is known to be at least zero, its largest monomial and the coefficient of that."""

    factor: Polynomial
    monomial: Monomial
    value: Fraction


class Field:
    """The field of fractions in the kernels met so far, in one attempt at a proof."""

    def __init__(self, ring: Ring, facts: Facts, writing: Writing) -> None:
        self.ring = ring
        self.facts = facts
        self.writing = writing
        self.descriptors: list[Descriptor] = []
        self.arguments: dict[int, Ratio] = {}
        self.relations: dict[int, Relation] = {}
        self.imaginary: set[int] = set()
        self.radicands: list[tuple[frozenset[Key], int, tuple[Polynomial, ...]]] = []
        self.used: set[str] = {"fractions"}
        self._indices: dict[Descriptor, int] = {}
        self._numbers: list[int] = []
        self.positive: tuple[tuple[int, int], Sequence[Known]] | None = None
        self._built: dict[tuple[str, int], tuple[Ratio, tuple[Ratio, Ratio]]] = {}
        self.zero = Ratio(ring.zero, ring.one)
        self.one = Ratio(ring.one, ring.one)

    def copy(self) -> Field:
        """The same field with facts of its own, which may get other kernels."""
        other = Field.__new__(Field)
        other.ring, other.facts, other.writing = self.ring, self.facts.copy(), self.writing
        other.descriptors, other.arguments = self.descriptors[:], self.arguments.copy()
        other.relations, other.imaginary = self.relations.copy(), self.imaginary.copy()
        other.used, other.radicands = self.used.copy(), self.radicands[:]
        other._indices, other._numbers = self._indices.copy(), self._numbers[:]
        other.positive, other._built = self.positive, self._built.copy()
        other.zero, other.one = self.zero, self.one
        return other

    @property
    def may_say_more(self) -> bool:
        """Whether kernels have relations that only another way of writing shows."""
        return self.has_kernel(("i",)) or "closed-inverse" in self.used

    # ---- kernels ---------------------------------------------------------------------------------------------------

    def kernel(self, descriptor: Descriptor, argument: Ratio | None = None) -> int:
        """The index of the generator that stands for a descriptor."""
        index = self._indices.get(descriptor)
        if index is None:
            index = len(self.descriptors)
            if index >= self.ring.width:
                raise TooManyKernels
            self._indices[descriptor] = index
            self.descriptors.append(descriptor)
            self._numbers.append(self.facts.numbers.setdefault(descriptor, len(self.facts.numbers)))
        if argument is not None:
            self.arguments[index] = argument
        return index

    def has_kernel(self, descriptor: Descriptor) -> bool:
        """Whether a kernel was made."""
        return descriptor in self._indices

    def relate(self, index: int, degree: int, power: Ratio) -> None:
        """State that a generator's power is a fraction."""
        self.relations[index] = Relation(degree, power.top, power.bottom)

    def generator(self, index: int) -> Ratio:
        """A generator as a fraction."""
        return ratio((self.ring.generator(index), self.ring.one))

    def imaginary_unit(self) -> Ratio:
        """The kernel i with i² = -1."""
        index = self.kernel(("i",))
        self.relate(index, 2, self.constant(-1))
        self.imaginary.add(index)
        return self.generator(index)

    def is_real(self, value: Ratio) -> bool:
        """Whether no kernel in a fraction has values that are not real."""
        return not self.imaginary or not (self.imaginary & self.kernels_of(value))

    def kernels_of(self, value: Ratio | Polynomial) -> set[int]:
        """The generators that occur."""
        parts = value if isinstance(value, Ratio) else (value,)
        return {index for part in parts for index, degree in enumerate(self.ring.degrees(part)) if degree}

    def single(self, element: Polynomial) -> int | None:
        """The index of an element that is one generator and nothing else."""
        if len(element) != 1:
            return None
        powers = self.ring.degrees(element)
        return powers.index(1) if sum(powers) == 1 else None

    def key(self, element: Polynomial) -> Key:
        """What tells a polynomial from others, in this attempt and in later ones."""
        numbers = self._numbers
        return frozenset(
            (frozenset([(numbers[index], power) for index, power in enumerate(powers) if power]), value)
            for powers, value in self.ring.terms(element)
        )

    def kernels_in(self, key: Key) -> set[int]:
        """The generators in a polynomial with a key, as far as they are in use here."""
        numbers = {number for powers, _ in key for number, _ in powers}
        return {index for index, number in enumerate(self._numbers) if number in numbers}

    def polynomial_of(self, key: Key) -> Polynomial | None:
        """The polynomial with a key; None when some of its kernels are not in use here."""
        places = {number: index for index, number in enumerate(self._numbers)}
        terms = []
        for powers, value in key:
            if any(number not in places for number, _ in powers):
                return None
            degrees = {places[number]: power for number, power in powers}
            terms.append((tuple(degrees.get(index, 0) for index in range(self.ring.width)), value))
        return self.ring.polynomial(terms)

    def keys(self, value: Ratio) -> tuple[Key, Key]:
        """The keys of numerator and denominator."""
        return self.key(value.top), self.key(value.bottom)

    def pair(
        self, kind: str, value: Ratio, build: Callable[[Field, Ratio], tuple[Ratio, Ratio]]
    ) -> tuple[Ratio, Ratio]:
        """What is built of a fraction as a pair, sine and cosine say, kept for who asks for it with the same object."""
        known = self._built.get((kind, id(value)))
        if known is None:
            known = self._built[kind, id(value)] = value, build(self, value)  # with the value, so that its id stays its
        return known[1]

    # ---- arithmetic ------------------------------------------------------------------------------------------------

    def constant(self, value: int | Fraction) -> Ratio:
        """A rational number."""
        return ratio((self.ring.constant(value), self.ring.one)) if value else self.zero

    def rational(self, value: Ratio) -> Fraction | None:
        """The number that a fraction is; None when kernels occur in it."""
        if not value.top:
            return Fraction(0)
        if self.ring.is_constant(value.top) and self.ring.is_constant(value.bottom):
            return self.ring.leading(value.top) / self.ring.leading(value.bottom)
        return None

    def add(self, left: Ratio, right: Ratio) -> Ratio:
        """The sum."""
        if left.bottom == right.bottom:
            return self.reduced(left.top + right.top, left.bottom)
        top = self.product(left.top, right.bottom) + self.product(right.top, left.bottom)
        return self.reduced(top, self.product(left.bottom, right.bottom))

    def subtract(self, left: Ratio, right: Ratio) -> Ratio:
        """The difference."""
        return self.add(left, self.negative(right))

    def negative(self, value: Ratio) -> Ratio:
        """Minus a fraction."""
        return ratio((-value.top, value.bottom))

    def multiply(self, left: Ratio, right: Ratio) -> Ratio:
        """The product."""
        below = left.bottom
        if below is not self.ring.one and len(below) == len(right.top) and not self.ring.is_constant(below):
            factor = self.ring.leading(right.top)
            if self.ring.scaled(below, factor) == right.top:
                return self.reduced(self.ring.scaled(left.top, factor), right.bottom)
        return self.reduced(self.product(left.top, right.top), self.product(left.bottom, right.bottom))

    def scale(self, value: Ratio, factor: int | Fraction) -> Ratio:
        """A rational multiple."""
        return ratio((self.ring.scaled(value.top, factor), value.bottom)) if factor else self.zero

    def inverse(self, value: Ratio) -> Ratio:
        """One over a fraction."""
        if not value.top:
            raise RealNowhere("division by zero")
        return self.reduced(value.bottom, value.top)

    def divide(self, left: Ratio, right: Ratio) -> Ratio:
        """The quotient."""
        return self.multiply(left, self.inverse(right))

    def power(self, value: Ratio, exponent: int) -> Ratio:
        """A whole power; OutOfReach before a large one is expanded."""
        if exponent < 0:
            return self.power(self.inverse(value), -exponent)
        if not self.can_expand(value, exponent):
            raise OutOfReach("power")
        return self.reduced(value.top**exponent, value.bottom**exponent)

    def can_expand(self, value: Ratio, exponent: int) -> bool:
        """Whether a power is small enough to be multiplied out."""
        return all(self._is_moderate_power(part, abs(exponent)) for part in value)

    def _is_moderate_power(self, part: Polynomial, exponent: int) -> bool:
        if not part or exponent <= 1 or part == self.ring.one:
            return True
        if len(part) == 1 and self.ring.is_monic(part):
            return max(self.ring.degrees(part)) * exponent <= MOST_DEGREE
        terms = self.ring.terms(part)
        bits = max(value.numerator.bit_length() + value.denominator.bit_length() for _, value in terms)
        if bits > 2 and bits * exponent > MOST_POWER_BITS:
            return False
        if max(max(powers) for powers, _ in terms) * exponent > MOST_DEGREE:
            return False
        return len(terms) == 1 or _power_terms(len(terms), exponent) <= MOST_POWER_TERMS

    def product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The product of polynomials, within the budget."""
        if left == self.ring.one or right == self.ring.one:
            return right if left == self.ring.one else left
        count = len(left) * len(right)
        if count > MOST_PRODUCTS:
            raise OutOfReach("product")
        self.spend(count // 4 + 5)
        return left * right

    def spend(self, work: int) -> None:
        """Count work; OutOfReach when there is none left."""
        self.facts.work += work
        if self.facts.work > MOST_WORK:
            raise OutOfReach("work")

    # ---- reduction -------------------------------------------------------------------------------------------------

    def reduced(self, top: Polynomial, bottom: Polynomial) -> Ratio:
        """A fraction reduced by the relations, without common factors, its denominator with leading coefficient 1."""
        if not top:
            return self.zero
        self.spend(20)
        if self.relations:
            top, bottom = self._related(top, bottom)
            if not top:
                return self.zero
        if len(top) > MOST_TERMS or len(bottom) > MOST_TERMS:
            raise OutOfReach("terms")
        if bottom is self.ring.one:
            return ratio((top, bottom))
        if not self.ring.is_constant(bottom):
            top, bottom = self._cancelled(top, bottom)
        return ratio(self.ring.normalized(top, bottom))

    def _cancelled(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        if len(top) > 1 and len(bottom) > 1:
            self.check_dense(top, bottom)
            if self._box(top, bottom) > MOST_BOX:
                return top, bottom
            self.spend(len(top) * len(bottom) + 50)
        common = self.ring.gcd(top, bottom)
        if self.ring.is_constant(common):
            return top, bottom
        return self.ring.quotient(top, common), self.ring.quotient(bottom, common)

    def check_dense(self, *parts: Polynomial) -> None:
        """OutOfReach when common or irreducible factors of sums could take long."""
        for part in parts:
            degrees = self.ring.degrees(part)
            if sum(degrees) > MOST_DENSE_DEGREE:
                raise OutOfReach("degree")

    def check_box(self, part: Polynomial) -> None:
        """OutOfReach when the irreducible factors of a sum in many kernels could take long."""
        if self._box(part, part) > MOST_BOX:
            raise OutOfReach("degrees")

    def _box(self, left: Polynomial, right: Polynomial) -> int:
        """How many monomials have degrees up to those of two elements, in the kernels that occur in both."""
        pairs = zip(self.ring.degrees(left), self.ring.degrees(right), strict=True)
        return prod(max(pair) + 1 for pair in pairs if all(pair))

    def _related(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator with all powers of kernels below their relations' degrees."""
        for _ in range(50):
            if not (top and (self._excess(top) or self._excess(bottom))):
                return top, bottom
            for index in sorted(self.relations, reverse=True):
                top, factor = self._lowered(top, index)
                bottom = self.product(bottom, factor)
                bottom, factor = self._lowered(bottom, index)
                top = self.product(top, factor)
                if not bottom:
                    raise OutOfReach("a denominator is zero")
        raise OutOfReach("relations")

    def _excess(self, element: Polynomial) -> bool:
        if element == self.ring.one or self.ring.is_constant(element):
            return False
        degrees = self.ring.degrees(element)
        return any([degrees[index] >= relation.degree for index, relation in self.relations.items()])  # noqa: C419

    def _lowered(self, element: Polynomial, index: int) -> tuple[Polynomial, Polynomial]:
        """Q^m times an element, with g^D replaced by P/Q, and that Q^m."""
        relation = self.relations[index]
        if not element or self.ring.degrees(element)[index] < relation.degree:
            return element, self.ring.one
        self.spend(_COST_OF_TERM * len(element))
        parts: dict[int, dict[Monomial, Fraction]] = {}
        for powers, value in self.ring.terms(element):
            count, rest = divmod(powers[index], relation.degree)
            parts.setdefault(count, {})[(*powers[:index], rest, *powers[index + 1 :])] = value
        most = max(parts)
        total = self.ring.zero
        for count, terms in parts.items():
            part = self._raised(self.ring.polynomial(terms.items()), relation.top, count)
            total = total + self._raised(part, relation.bottom, most - count)
        return total, self._raised(self.ring.one, relation.bottom, most)

    def _raised(self, element: Polynomial, base: Polynomial, exponent: int) -> Polynomial:
        if exponent == 0 or base == self.ring.one:
            return element
        if not self._is_moderate_power(base, exponent):
            raise OutOfReach("power of a relation")
        return self.product(element, base**exponent)


def _power_terms(terms: int, exponent: int) -> int:
    """How many terms a power has at most, or a number that is too large in any case."""
    return exponent if exponent > MOST_POWER_TERMS else comb(exponent + terms - 1, terms - 1)
