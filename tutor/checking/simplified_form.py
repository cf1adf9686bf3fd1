"""Whether a formula is simplified: nothing left to work out, to gather, to cancel, and nothing that tidying shortens.

How long a formula is does not depend on its notation: sqrt(x) is as long as x^(1/2), 1/x as x^-1, (1/2)*x as x/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, prod

from tutor.calculus.tidy import tidy
from tutor.checking.ball_factors import have_common_factor
from tutor.checking.polynomial import (
    CONSTANT,
    Monomial,
    Polynomial,
    TooLarge,
    canonical,
    exponent_of_e,
    factors_of,
    polynomial,
    shared,
    terms_of,
    times,
    whole,
    written_power,
)
from tutor.checking.unmet_form import Unmet
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import ONE, Apply, Expression, Number, free_symbols

_CHAINS = (("+", "-"), ("*", "/"))
_SIGNED_ONES = (ONE, Number(-ONE.value), Apply("neg", (ONE,)))


def unsimplified(expression: Expression) -> Unmet | None:
    """The first part that can be made simpler, the outermost first where several can."""
    for part in _wholes(expression):
        found = _unworked(part) or _ungathered(part) or _uncancelled(part) or _signs(part)
        if found is not None:
            return found
    written = _with_kernels(expression)
    return Unmet("form-simplify", expression) if _length(tidy(written)) < _length(written) else None


def _wholes(expression: Expression) -> Iterator[Expression]:
    """Every part that is not a piece of a longer sum or product, and no part of a number."""
    stack = [expression]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, Apply) and not _is_literal(part):
            stack.extend(reversed(tuple(_inner(part))))


def _inner(part: Apply) -> Iterator[Expression]:
    """The parts below a part; a sum or product in one piece with its own sums or products."""
    chain = next((heads for heads in _CHAINS if part.head in heads), ())
    for argument in part.arguments:
        if isinstance(argument, Apply) and argument.head in chain:
            yield from _inner(argument)
        else:
            yield argument


# ---- numbers ----------------------------------------------------------------------------------------------------


def _is_literal(expression: Expression) -> bool:
    """Whether a tree is one number: 3, -3, 2.5, 2/3, -2/3; not 4/6, nor 2^3."""
    match expression:
        case Number():
            return True
        case Apply("neg", (Number(value),)):
            return value > 0
        case Apply("neg", (Apply("/", (Number(value), _)) as inner,)):
            return value > 0 and _is_literal(inner)
        case Apply("/", (above, Number(below, decimal=False))) if below.denominator == 1 and below > 1:
            whole_above = _whole_literal(above)
            return whole_above not in (None, 0) and gcd(whole_above, below.numerator) == 1
        case _:
            return False


def _whole_literal(expression: Expression) -> int | None:
    match expression:
        case Number(value, decimal=False) if value.denominator == 1:
            return value.numerator
        case Apply("neg", (Number(value, decimal=False),)) if value.denominator == 1 and value > 0:
            return -value.numerator
        case _:
            return None


def _unworked(part: Expression) -> Unmet | None:
    """Arithmetic with numbers that tidying would do: in a number, in a product, in a power of a product."""
    if not isinstance(part, Apply) or _is_literal(part):
        return None
    if not free_symbols(part) and _is_literal(tidy(part)):
        return Unmet("form-work-out", part)
    match part:
        case Apply("*" | "/", _):
            return Unmet("form-work-out", part) if _has_several_numbers(part) else None
        case Apply("^", (Apply("*" | "/" | "neg") as base, _)) if _is_whole(written_power(part)):
            numbers = [one for one, _ in _numbers(base)]
            return Unmet("form-work-out", part) if numbers or _minuses(base) else None
        case _:
            return None


def _has_several_numbers(product: Expression) -> bool:
    """Whether two numbers of a product meet on one side of the line, or one of them is 1 or 0."""
    numbers = [(abs(value), below) for value, below in _numbers(product)]
    above = [value for value, below in numbers if not below]
    below = [value for value, below in numbers if below]
    if len(above) > 1 or len(below) > 1 or Fraction(1) in below or Fraction(0) in above:
        return True
    return Fraction(1) in above and not _is_lone_numerator(product)


def _numbers(product: Expression) -> Iterator[tuple[Fraction, bool]]:
    """The numbers among the factors of a product, and whether each is below the line; 2/3 is 2 above and 3 below."""
    for factor, below in _factors(product):
        value = exact_fraction(factor)
        if value is None or (isinstance(factor, Apply) and factor.head == "^"):
            continue
        yield value, below


def _is_lone_numerator(product: Expression) -> bool:
    return sum(1 for _, below in _factors(product) if not below) == 1


def _factors(product: Expression, *, below: bool = False) -> tuple[tuple[Expression, bool], ...]:
    """The factors of products and quotients without their signs, and whether each stands below the line."""
    match product:
        case Apply("*" | "/" as head, (left, right)):
            second = _factors(right, below=below != (head == "/"))
            return _without_one((*_factors(left, below=below), *second), left, head)
        case Apply("neg", (inner,)):
            return _factors(inner, below=below)
        case _:
            return ((product, below),)


def _without_one(
    factors: tuple[tuple[Expression, bool], ...], left: Expression, head: str
) -> tuple[tuple[Expression, bool], ...]:
    """The factors without the 1 of 1/2 and 1/x, which is notation."""
    is_notation = head == "/" and left in _SIGNED_ONES
    return factors[1:] if is_notation else factors


# ---- like terms and like factors --------------------------------------------------------------------------------


def _ungathered(part: Expression) -> Unmet | None:
    match part:
        case Apply("+" | "-", _):
            keys = [key for term in terms_of(part) if (key := _key(term)) is not None]
            return Unmet("form-like-terms", part) if len(set(keys)) < len(keys) else None
        case Apply("*" | "/", _):
            return Unmet("form-like-factors", part) if _has_like_factors(part) else None
        case _:
            return None


def _key(term: Expression) -> Monomial | None:
    """What like terms have in common; None for 0, which tidying takes away."""
    try:
        return next(iter(polynomial(term, expanded=False)), None)
    except TooLarge:
        return None


def _has_like_factors(product: Expression) -> bool:
    """Whether a base stands twice; a root beside a whole power of it may stay: x*sqrt(x), sqrt(x)/x."""
    seen: dict[Expression, list[Fraction]] = {}
    for base, exponent in factors_of(product):
        if exact_fraction(base) is None:
            seen.setdefault(canonical(base), []).append(exponent)
    return any(len(exponents) > 1 and not _is_rooted(exponents) for exponents in seen.values())


def _is_rooted(exponents: list[Fraction]) -> bool:
    roots = [exponent for exponent in exponents if exponent.denominator != 1]
    others = [exponent for exponent in exponents if exponent.denominator == 1]
    return len(roots) == 1 == len(others) and (roots[0] > 0 or others[0] < 0)


# ---- fractions in lowest terms ----------------------------------------------------------------------------------


def _uncancelled(part: Expression) -> Unmet | None:
    """A fraction whose numerator and denominator, multiplied out, are multiples of one polynomial."""
    if not (isinstance(part, Apply) and part.head in ("*", "/")):
        return None
    factors = _factors(part)
    if not any(below for _, below in factors):
        return None
    if _share_number(factors):
        return Unmet("form-lowest-terms", part)
    try:
        above, below = (_side(factors, is_below=is_below) for is_below in (False, True))
    except TooLarge:
        return None
    return Unmet("form-lowest-terms", part) if have_common_factor(*whole(above, below)) else None


def _share_number(factors: tuple[tuple[Expression, bool], ...]) -> bool:
    """Whether one whole number divides a number or all terms of a sum above the line, and the same below."""
    above = prod((_content(factor) for factor, is_below in factors if not is_below), start=Fraction(1))
    below = prod((_content(factor) for factor, is_below in factors if is_below), start=Fraction(1))
    return above.denominator == 1 == below.denominator and gcd(above.numerator, below.numerator) > 1


def _content(factor: Expression) -> Fraction:
    """A number itself, and the number that all terms of a sum share; 1 for everything else."""
    value = exact_fraction(factor)
    if value is not None:
        return value
    if not _is_sum(factor):
        return Fraction(1)
    try:
        rows = [row for term in terms_of(factor) for row in polynomial(term, expanded=False).items()]
    except TooLarge:
        return Fraction(1)
    return shared(rows)[0] if rows else Fraction(1)


def _side(factors: tuple[tuple[Expression, bool], ...], *, is_below: bool) -> Polynomial:
    result: Polynomial = {CONSTANT: Fraction(1)}
    for factor, below in factors:
        if below == is_below and not _is_root(factor):
            result = times(result, polynomial(factor))
    return result


def _is_root(factor: Expression) -> bool:
    """Roots are left to the rule of like factors, which lets sqrt(x)/x stand."""
    power = written_power(factor)
    return power is not None and power.denominator != 1


# ---- signs ------------------------------------------------------------------------------------------------------


def _signs(part: Expression) -> Unmet | None:
    """Two signs that cancel or meet: -(-x), a - (-b), a + (-b), (-a)*(-b), (-a)/(-b)."""
    match part:
        case Apply("neg", (inner,)) if _is_negative(inner):
            return Unmet("form-signs", part)
        case Apply("+" | "-", _) if any(_is_negative(term) for term in _later_terms(part)):
            return Unmet("form-signs", part)
        case Apply("*" | "/" | "neg", _) if _minuses(part) > 1:
            return Unmet("form-signs", part)
        case _:
            return None


def _later_terms(total: Expression) -> Iterator[Expression]:
    """The terms of a sum after the first, without the + or - before them."""
    if isinstance(total, Apply) and total.head in ("+", "-"):
        yield from _later_terms(total.arguments[0])
        yield total.arguments[1]


def _is_negative(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg", _):
            return True
        case Apply("*" | "/", (left, _)):
            return _is_negative(left)
        case _:
            return False


def _minuses(product: Expression) -> int:
    """How many minus signs the factors of a product have."""
    match product:
        case Number(value):
            return int(value < 0)
        case Apply("neg", (inner,)):
            return 1 + _minuses(inner)
        case Apply("*" | "/", (left, right)):
            return _minuses(left) + _minuses(right)
        case _:
            return 0


# ---- length -----------------------------------------------------------------------------------------------------


def _with_kernels(expression: Expression) -> Expression:
    """The tree with e^u as exp(u) and u^(p/q) as a root, so that tidying treats both notations alike.

    Tidying leaves a `root` alone: sqrt(x)/x and x*sqrt(x) are as simple as 1/sqrt(x) and x^(3/2).
    """
    if not isinstance(expression, Apply):
        return expression
    parts = tuple(_with_kernels(part) for part in expression.arguments)
    inner, power = exponent_of_e(expression), written_power(expression)
    if inner is not None and free_symbols(inner):
        return Apply("exp", parts[-1:])
    if power is None or power.denominator == 1:
        return Apply(expression.head, parts)
    root = Apply("root", (parts[0], Number(1 / abs(power))))
    return root if power > 0 else Apply("/", (ONE, root))


def _length(expression: Expression) -> int:
    """How many numbers, symbols and functions a formula holds, however it is written."""
    match expression:
        case Number(value):
            return 1 if value.denominator == 1 else 1 + (abs(value.numerator) != 1)
        case Apply("/", (above, below)):
            return _length(below) + (0 if above in _SIGNED_ONES else _length(above))
        case Apply("^" | "sqrt" | "root", (base, *_)) if (power := written_power(expression)) is not None:
            return _power_length(_length(base), power)
        case Apply("neg" | "+" | "-" | "*" | "^", parts):
            return sum(_length(part) for part in parts)
        case Apply(_, parts):
            return 1 + sum(_length(part) for part in parts)
        case _:
            return 1


def _power_length(base: int, power: Fraction) -> int:
    """The length of u^(p/q) by that of u: 1/u is as long as u, u^(5/2) as u^2*sqrt(u)."""
    entire, rest = divmod(abs(power), 1)
    if not rest:
        return base + (power != -1)
    root = base + 1 + (rest.numerator != 1)
    return root if not entire else root + base + (entire > 1)


def _is_whole(power: Fraction | None) -> bool:
    return power is not None and power.denominator == 1


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head in ("+", "-") and exact_fraction(expression) is None
