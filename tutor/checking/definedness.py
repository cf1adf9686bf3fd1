"""Where an answer may lack a value though the key has one: which of its needs are new, and at which points that shows.

Zeros of a denominator are isolated, and there an answer may lack its value, unless the denominator vanishes on an
interval, as x - |x| does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from tutor.checking.ball_roots import rational_roots
from tutor.checking.conditions import Condition, Need, conditions, simpler_zeros
from tutor.checking.sampling import Sampler
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols

__all__ = ["gaps", "new_needs"]

_ENTIRE = frozenset("+ - * neg exp sin cos sinh cosh tanh sech sigmoid softplus silu gelu erf atan asinh e pi".split())
"""Functions that are real-analytic on the whole line; of these, without roots, logarithms or corners in them, one that
is zero on an interval is zero everywhere (identity theorem)."""

_QUOTIENTS = frozenset("+ - * neg / tan cot sec csc coth csch".split())
"""Quotients of functions that are analytic everywhere, for arguments that are so."""

_POSITIVE = frozenset({"exp", "cosh", "sech", "sigmoid", "softplus", "e", "pi"})
_NOT_NEGATIVE = frozenset({"relu", "heaviside", "acos", "acosh"})
_MOST_GAPS = 3
_SIMPLE = 1000
"""The largest denominator of a gap that is told to the learner."""


def new_needs(answer: Expression, known: Iterable[Condition], domain: Domain) -> tuple[Condition, ...]:
    """The conditions of an answer that may fail on an interval on which the known conditions hold."""
    met = {(part.argument, part.need) for part in known}
    return tuple(
        part
        for part in conditions(answer)
        if (part.argument, part.need) not in met and part.need is not Need.CORNER and not _always_holds(part, domain)
    )


def _always_holds(part: Condition, domain: Domain) -> bool:
    if any(domain.of(name).integer for name in free_symbols(part.argument)):
        return False
    if part.need is Need.NONZERO:
        return all(_vanishes_at_points_only(each) for each in simpler_zeros(part.argument))
    return _sign(part.argument, domain) == 2


def _vanishes_at_points_only(expression: Expression) -> bool:
    """Whether an expression that has a value other than zero somewhere is zero on no open set."""
    todo = [(expression, _QUOTIENTS)]
    while todo:
        part, heads = todo.pop()
        match part:
            case Number() | Symbol():
                continue
            case Apply("^", (base, exponent)) if (exact := exact_fraction(exponent)) and exact.denominator == 1:
                if exact < 0 and heads is _ENTIRE:
                    return False
                todo.append((base, heads))
            case Apply("/", (top, bottom)) if isinstance(bottom, Number):
                todo.append((top, heads))
            case Apply(head, arguments) if head in heads and head in ("+", "-", "*", "/", "neg"):
                todo += [(argument, heads) for argument in arguments]
            case Apply(head, arguments) if head in _ENTIRE or head in heads:
                todo += [(argument, _ENTIRE) for argument in arguments]
            case _:
                return False
    return True


# ---- signs by form -------------------------------------------------------------------------------------------------


def _sign(expression: Expression, domain: Domain) -> int:
    """2 for what is positive wherever it has a value, 1 for what is not negative, 0 for what is not known."""
    match expression:
        case Number(value):
            return 2 if value > 0 else 1 if value == 0 else 0
        case Symbol(name):
            low = domain.of(name).low
            return 2 if low is not None and low >= 0 else 0
        case Apply("+", (left, right)):
            signs = _sign(left, domain), _sign(right, domain)
            return max(signs) if min(signs) else 0
        case Apply("*" | "/", (left, right)):
            return min(_sign(left, domain), _sign(right, domain))
        case Apply("^", (base, exponent)):
            return _sign_of_power(_sign(base, domain), exact_fraction(exponent))
        case Apply("abs" | "sqrt", (argument,)):
            return max(1, _sign(argument, domain))
        case Apply(head, _):
            return 2 if head in _POSITIVE else 1 if head in _NOT_NEGATIVE else 0


def _sign_of_power(base: int, exponent: Fraction | None) -> int:
    is_square = exponent is not None and exponent.denominator % 2 and not exponent.numerator % 2
    return max(base, 1 if is_square else 0)


# ---- isolated gaps -------------------------------------------------------------------------------------------------


def gaps(answer: Expression, known: Iterable[Condition], sampler: Sampler) -> tuple[str, ...]:
    """The places, as texts such as `x = 0`, where an answer lacks a value and f is smooth; the first few."""
    met = {part.argument for part in known}
    found: dict[str, None] = {}
    for part in conditions(answer):
        symbols = free_symbols(part.argument)
        if part.need is Need.NONZERO and part.argument not in met and len(symbols) == 1 == len(sampler.symbols):
            found.update(dict.fromkeys(_gaps_of(part.argument, next(iter(symbols)), sampler)))
    return tuple(found)[:_MOST_GAPS]


def _gaps_of(argument: Expression, symbol: str, sampler: Sampler) -> Iterable[str]:
    for root in rational_roots(argument, symbol, _NOTHING) or ():
        simple = root.limit_denominator(_SIMPLE)
        near = abs(simple - root) < Fraction(1, 2**100)
        if near and sampler.domain.of(symbol).surrounds(simple) and sampler.accepts({symbol: simple}):
            yield f"{symbol} = {to_text(Number(simple))}"


_NOTHING: Mapping[str, Fraction] = MappingProxyType({})
