"""The quick look before the normal form: each function of an argument in lowest terms is a kernel that stays closed.

Most right answers are a derivative expanded, factored or over one denominator, and need no more. Kernels whose
arguments are the same fraction are the same; that other relations are not seen costs proofs, which the normal form then
finds, and never makes unequal things equal. The few relations here hold wherever both sides are real:
sin² u = 1 - cos² u, sinh² u = cosh² u - 1, |u|² = u², (u^(1/q))^q = u, exp(c·u)^n = exp(n·c·u), and f(-u) = ±f(u).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import MOST_WORK, Field, OutOfReach, Ratio, StartAgain, TooManyKernels
from tutor.checking.normal_form_scales import scaled_kernel
from tutor.checking.normal_form_writing import Writing
from tutor.checking.prime_factors import prime_factors
from tutor.checking.ring import RingMaker
from tutor.checking.same import Same
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import postorder
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol, substitute

__all__ = ["opaque_proof"]

_WIDTHS = (8, 24)
_MOST_STARTS = 4
_WORK = 12_000
"""The part of the work of a normal form that may be spent on this look."""

_MOST_NODES = 1000
_MOST_ROOT = 60


def opaque_proof(left: Expression, right: Expression, ring: RingMaker) -> tuple[str, ...] | None:
    """The names of the identities that prove two expressions equal wherever both are real; None when none is found."""
    start = _prepared(Same(left), Same(ring))
    if start is None:
        return None
    found = _settled(start.copy(), lambda closed: closed.is_equal(left, right))
    return tuple(sorted(found.field.used)) if found is not None and found.is_proved else None


@lru_cache(maxsize=256)
def _prepared(key: Same[Expression], ring: Same[RingMaker]) -> _Closed | None:
    """A key in closed kernels, kept for its next answer; None where that is out of reach."""
    return _settled(_Closed(ring.value, Facts(work=MOST_WORK - _WORK)), lambda closed: closed.value(key.value))


def _settled(closed: _Closed, build: Callable[[_Closed], object]) -> _Closed | None:
    """The first attempt that ends; None where there is none."""
    for _ in range(_MOST_STARTS):
        try:
            build(closed)
        except StartAgain:
            closed = _Closed(closed.ring, closed.field.facts, closed.width)
        except TooManyKernels:
            if closed.width + 1 == len(_WIDTHS):
                return None
            closed = _Closed(closed.ring, closed.field.facts, closed.width + 1)
        except OutOfReach:
            return None
        else:
            return closed
    return None


class _Closed:
    """A field with the values of all parts met so far."""

    def __init__(self, ring: RingMaker, facts: Facts, width: int = 0) -> None:
        self.ring, self.width = ring, width
        self.field = Field(ring(_WIDTHS[width]), facts, Writing.CLOSED)
        self.values: list[Ratio] = []
        self._places: dict[Hashable, int] = {}
        self.most = self.field.ring.width
        self.is_proved = False
        self._first: tuple[Expression, Ratio] | None = None

    def copy(self) -> _Closed:
        """The same field, which may go on without the other's knowing."""
        other = _Closed.__new__(_Closed)
        other.ring, other.width, other.most, other.is_proved = self.ring, self.width, self.most, False
        other.field, other.values, other._places = self.field.copy(), self.values[:], self._places.copy()
        other._first = self._first
        return other

    def is_equal(self, left: Expression, right: Expression) -> None:
        """Find out whether two expressions are the same; where other functions are in them that is not tried."""
        first = self.value(left)
        self.most = len(self.field.descriptors)
        second = self.value(right)
        if self._functions(first) == self._functions(second):
            self.is_proved = not self.field.subtract(first, second).top

    def _functions(self, value: Ratio) -> set[int]:
        """The kernels in a fraction that are no variables and without relations, which never cancel."""
        field = self.field
        found = field.kernels_of(value) - field.relations.keys()
        return {index for index in found if field.descriptors[index][0] != "variable"}

    def value(self, expression: Expression) -> Ratio:
        """What an expression is in the field; that of the first one, a key, is kept for the next answer."""
        if self._first is not None and self._first[0] is expression:
            return self._first[1]
        parts = postorder(expression)
        if len(parts) + len(self.values) > _MOST_NODES:
            raise OutOfReach("nodes")
        done: list[int] = []
        for part in parts:
            key, operands = _key(part, done)
            place = self._places.get(key)
            done.append(self._new(key, part, operands) if place is None else place)
        value = self.values[done[0]]
        self._first = self._first or (expression, value)
        return value

    def _new(self, key: Hashable, part: Expression, operands: Sequence[int]) -> int:
        """The place of a part that has not been met."""
        value = self._value(part, [self.values[place] for place in operands])
        if len(self.field.descriptors) > self.most:
            raise OutOfReach("another function")
        place = self._places[key] = len(self.values)
        self.values.append(value)
        return place

    def _value(self, part: Expression, operands: Sequence[Ratio]) -> Ratio:
        match part:
            case Number(value):
                return self.field.constant(value)
            case Symbol(name):
                return self.field.generator(self.field.kernel(("variable", name)))
            case Apply("^", (base, exponent)):
                return self._power(base, exponent, operands)
            case Apply("root", (_, index)):
                known = exact_fraction(index)
                if known is None or known.denominator > 1 or not known:
                    raise OutOfReach("index")
                return _rational_power(self.field, operands[0], 1 / known)
            case Apply():
                return self._function(part, operands)

    def _function(self, part: Apply, operands: Sequence[Ratio]) -> Ratio:
        known = _HEADS.get(part.head)
        if known is not None:
            return known(self.field, *operands)
        formula = None if part.head in _KERNELS else meaning(part.head)
        if formula is not None:
            self.field.used.add("definition")
            return self.value(substitute(formula, named(part.arguments)))
        return _kernel(self.field, part.head, *operands)

    def _power(self, base: Expression, exponent: Expression, operands: Sequence[Ratio]) -> Ratio:
        known = exact_fraction(exponent)
        if known is not None:
            return _rational_power(self.field, operands[0], known)
        if base == EULER:
            return _exponential(self.field, operands[1])
        return _kernel(self.field, "power", *operands)


def _key(part: Expression, done: list[int]) -> tuple[Hashable, tuple[int, ...]]:
    """What a part is known by, and the places of its operands, which are taken off what is done."""
    if not isinstance(part, Apply):
        return (part.name if isinstance(part, Symbol) else part.value), ()
    count = len(done) - len(part.arguments)
    operands = tuple(done[count:])
    del done[count:]
    return (part.head, operands), operands


_KERNELS = frozenset({"relu", "softplus", "heaviside", "max", "min"})
"""Functions that stay closed though others say what they mean."""


# ---- functions -----------------------------------------------------------------------------------------------------


def _kernel(field: Field, head: str, *values: Ratio) -> Ratio:
    field.used.add("closed-function")
    return field.generator(field.kernel((head, *map(field.keys, values))))


def _signed(field: Field, value: Ratio) -> tuple[Ratio, int]:
    """A fraction or its negative, whichever has a leading coefficient above 0, and its sign."""
    return (value, 1) if field.ring.leading(value.top) > 0 else (field.negative(value), -1)


def _odd(head: str) -> Callable[[Field, Ratio], Ratio]:
    def value_of(field: Field, u: Ratio) -> Ratio:
        if not u.top:
            return field.zero
        positive, sign = _signed(field, u)
        return field.scale(_kernel(field, head, positive), sign)

    return value_of


def _circular(sine: str, cosine: str, square: int) -> tuple[Callable[[Field, Ratio], Ratio], ...]:
    """Sine and cosine, with sin² = square·(cos² - 1)."""

    def both(field: Field, u: Ratio) -> tuple[Ratio, Ratio]:
        if not u.top:
            return field.zero, field.one
        positive, sign = _signed(field, u)
        field.used.add("pythagoras")
        of_cosine = _kernel(field, cosine, positive)
        index = field.kernel((sine, field.keys(positive)))
        squared = field.subtract(field.multiply(of_cosine, of_cosine), field.one)
        field.relate(index, 2, field.scale(squared, square))
        return field.scale(field.generator(index), sign), of_cosine

    return (
        lambda field, u: field.pair(sine, u, both)[0],
        lambda field, u: field.pair(sine, u, both)[1],
        lambda field, u: field.divide(*field.pair(sine, u, both)),
    )


_SIN, _COS, _TAN = _circular("sin", "cos", -1)
_SINH, _COSH, _TANH = _circular("sinh", "cosh", 1)


def _exponential(field: Field, u: Ratio) -> Ratio:
    """exp(c·v), where v has the leading coefficient 1."""
    if not u.top:
        return field.one
    field.used.add("exponential-of-sum")
    content = field.ring.leading(u.top)
    index, count = scaled_kernel(field, "exp", field.scale(u, 1 / content), content)
    return field.power(field.generator(index), count)


def _absolute(field: Field, u: Ratio) -> Ratio:
    if not u.top:
        return u
    content = field.ring.leading(u.top)
    monic = field.scale(u, 1 / content)
    index = field.kernel(("abs", field.keys(monic)))
    field.used.add("closed-function")
    field.relate(index, 2, field.multiply(monic, monic))
    return field.scale(field.generator(index), abs(content))


# ---- powers --------------------------------------------------------------------------------------------------------


def _rational_power(field: Field, u: Ratio, exponent: Fraction) -> Ratio:
    """u^(p/q) as |c|^(p/q)·R^p for u = |c|·v, R = v^(1/q): the real root of any v for odd q, of v ≥ 0 for even q."""
    if exponent.denominator == 1:
        return field.power(u, exponent.numerator)
    if not u.top or exponent.denominator > _MOST_ROOT:
        raise OutOfReach("root")
    field.used.add("power-of-root")
    content = abs(field.ring.leading(u.top))
    result = field.one
    for prime, count in prime_factors(content):
        root = _radical(field, field.constant(prime), exponent.denominator)
        result = field.multiply(result, field.power(root, count * exponent.numerator))
    rest = field.scale(u, 1 / content)
    if rest == field.one:
        return result
    return field.multiply(result, field.power(_radical(field, rest, exponent.denominator), exponent.numerator))


def _radical(field: Field, radicand: Ratio, degree: int) -> Ratio:
    index = field.kernel(("radical", field.keys(radicand), degree))
    field.relate(index, degree, radicand)
    return field.generator(index)


# fmt: off
_HEADS: Mapping[str, Callable[..., Ratio]] = MappingProxyType({
    "+":     lambda field, u, v: field.add(u, v),
    "-":     lambda field, u, v: field.subtract(u, v),
    "*":     lambda field, u, v: field.multiply(u, v),
    "/":     lambda field, u, v: field.divide(u, v),
    "neg":   lambda field, u: field.negative(u),
    "e":     lambda field: _exponential(field, field.one),
    "exp":   _exponential,
    "sqrt":  lambda field, u: _rational_power(field, u, Fraction(1, 2)),
    "abs":   _absolute,
    "sign":  _odd("sign"),
    "sin":   _SIN,
    "cos":   _COS,
    "tan":   _TAN,
    "sinh":  _SINH,
    "cosh":  _COSH,
    "tanh":  _TANH,
    "asin":  _odd("asin"),
    "atan":  _odd("atan"),
    "asinh": _odd("asinh"),
    "atanh": _odd("atanh"),
    "erf":   _odd("erf"),
})
# fmt: on
