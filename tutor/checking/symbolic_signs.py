"""Sign cases: |u|, sign u, log u and roots rewritten in terms of factors whose sign is assumed, each way in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from tutor.checking.symbolic_tree import Formula, TooLarge, is_moderate

__all__ = ["NotReal", "sign_cases"]

_MOST_ASSUMPTIONS = 5
_MOST_WORK = 1000
"""Operations rewritten in all sign cases together."""

_FACTOR_UP_TO = 60
"""Operations of an argument that is factored."""


class NotReal(ValueError):
    """Under these signs the expression is not real, so there is nothing to prove."""


class _NeedsSign(Exception):
    """The sign of a factor is wanted."""

    def __init__(self, factor: Formula) -> None:
        super().__init__("sign wanted")
        self.factor = factor


def sign_cases(expression: Formula) -> Iterator[Formula]:
    """The expression in each combination of signs of its factors, without |u|, sign u, and roots of products.

    Combinations in which it is not real are left out; TooLarge when there are too many factors.
    """
    todo: list[dict[Formula, int]] = [{}]
    budget = _MOST_WORK
    while todo:
        signs = todo.pop()
        budget -= int(expression.count_ops()) + 1
        if budget < 0:
            raise TooLarge
        try:
            yield _rewritten(expression, signs)
        except NotReal:
            continue
        except _NeedsSign as wanted:
            if len(signs) == _MOST_ASSUMPTIONS:
                raise TooLarge from None
            todo.extend({**signs, wanted.factor: sign} for sign in (-1, 1))


def _rewritten(part: Formula, signs: Mapping[Formula, int]) -> Formula:
    if not part.args:
        return part
    arguments = [_rewritten(argument, signs) for argument in part.args]
    if isinstance(part, (sp.Abs, sp.sign)):
        return _magnitude_or_sign(part, arguments[0], signs)
    if isinstance(part, sp.log):
        return _logarithm(arguments[0], signs)
    if part.is_Pow and part.exp.is_Rational and part.exp.q > 1:
        return _root(arguments[0], part.exp, signs)
    rebuilt = part.func(*arguments)
    if rebuilt.has(sp.nan, sp.zoo, sp.oo):
        raise NotReal
    return rebuilt if not rebuilt.atoms(sp.Abs, sp.sign) - part.atoms(sp.Abs, sp.sign) else _rewritten(rebuilt, signs)


def _magnitude_or_sign(part: Formula, argument: Formula, signs: Mapping[Formula, int]) -> Formula:
    constant, factors = _factors(argument)
    sign = _sign_of(constant, factors, signs)
    return sp.Integer(sign) if isinstance(part, sp.sign) else sign * argument


def _logarithm(argument: Formula, signs: Mapping[Formula, int]) -> Formula:
    constant, factors = _factors(argument)
    if _sign_of(constant, factors, signs) <= 0:
        raise NotReal
    parts = [exponent * sp.log(_positive(factor, signs)) for factor, exponent in factors]
    return sp.Add(sp.expand_log(sp.log(sp.Abs(constant))), *parts)


def _root(base: Formula, exponent: Formula, signs: Mapping[Formula, int]) -> Formula:
    constant, factors = _factors(base)
    sign = _sign_of(constant, factors, signs)
    if sign < 0 or (sign == 0 and exponent < 0):
        raise NotReal
    if sign == 0:
        return sp.Integer(0)
    parts = [sp.Pow(_positive(factor, signs), power * exponent) for factor, power in factors]
    return sp.Mul(sp.Pow(sp.Abs(constant), exponent), *parts)


def _positive(factor: Formula, signs: Mapping[Formula, int]) -> Formula:
    return factor if _known_sign(factor, signs) > 0 else sp.expand(-factor)


def _sign_of(constant: Formula, factors: list[tuple[Formula, Formula]], signs: Mapping[Formula, int]) -> int:
    """The sign of a product, 0 where it is zero in this case, as relu(x) is for negative x."""
    if constant == 0:
        return 0
    sign = 1 if constant > 0 else -1
    for factor, exponent in factors:
        if exponent % 2:
            sign *= _known_sign(factor, signs)
    return sign


def _known_sign(factor: Formula, signs: Mapping[Formula, int]) -> int:
    if factor.is_positive:
        return 1
    if factor.is_negative:
        return -1
    if factor in signs:
        return signs[factor]
    if sp.expand(-factor) in signs:
        return -signs[sp.expand(-factor)]
    raise _NeedsSign(factor)


def _factors(argument: Formula) -> tuple[Formula, list[tuple[Formula, Formula]]]:
    """A rational constant and factors with whole exponents whose product is the argument; no factors where it is 0."""
    top, bottom = sp.together(argument).as_numer_denom()
    constant, factors = sp.Integer(1), []
    for part, sign in ((top, 1), (bottom, -1)):
        number, found = _factor_list(part)
        constant *= number**sign
        factors += [(factor, sign * exponent) for factor, exponent in found]
    if not constant.is_Rational:
        raise TooLarge
    return constant, factors


def _factor_list(part: Formula) -> tuple[Formula, list[tuple[Formula, Formula]]]:
    if part.is_Rational:
        return part, []
    if part.count_ops() > _FACTOR_UP_TO or not is_moderate(part):
        return sp.Integer(1), [(part, sp.Integer(1))]
    try:
        number, found = sp.factor_list(part)
    except sp.PolynomialError:
        return sp.Integer(1), [(part, sp.Integer(1))]
    if not all(isinstance(exponent, int) for _, exponent in found):
        return sp.Integer(1), [(part, sp.Integer(1))]
    return number, [(sp.expand(factor), sp.Integer(exponent)) for factor, exponent in found]
