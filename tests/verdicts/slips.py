"""Wrong answers made from right ones: slips of a learner, and perturbations that are hard to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.verdicts.laws import places, put
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

_MISTAKEN = {
    "sin": ("cos", "sinh", "tan"), "cos": ("sin", "cosh", "sec"), "tan": ("cot", "sec", "tanh"), "sec": ("csc", "cos"),
    "csc": ("sec", "sin"), "cot": ("tan", "csc"), "sinh": ("cosh", "sin"), "cosh": ("sinh", "cos"),
    "tanh": ("coth", "tan", "sech"), "sech": ("csch", "tanh"), "coth": ("tanh",), "csch": ("sech",),
    "asin": ("acos", "asinh"), "acos": ("asin",), "atan": ("acot", "atanh"), "asinh": ("acosh", "asin"),
    "exp": ("log",), "log": ("exp", "log10"), "log2": ("log",), "log10": ("log",), "abs": ("sign", "relu"),
    "sign": ("abs", "heaviside"), "sqrt": ("abs",), "max": ("min",), "min": ("max",), "relu": ("heaviside", "abs"),
    "sigmoid": ("tanh", "softplus"), "softplus": ("relu", "sigmoid"), "+": ("-", "*"), "-": ("+",), "/": ("*",),
    "*": ("+", "/"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Perturbed:
    """An answer that is nearly right, the name of what was done, and places where it may be seen to be wrong."""

    answer: Expression
    made: str
    seen_at: tuple[Mapping[str, Fraction], ...] = ()


def slipped(expression: Expression, random: Random) -> Expression | None:
    """An expression with one slip in it; None when it has no place for one. It may still have the same value."""
    options = [(path, part) for path, part in places(expression)]
    for path, part in random.sample(options, len(options)):
        found = list(_slips(part, random))
        if found:
            return put(expression, path, random.choice(found))
    return None


def _slips(part: Expression, random: Random) -> Iterator[Expression]:
    match part:
        case Number(value) if value != 0:
            yield from (number(value + 1), number(value - 1), number(-value), number(2 * value))
        case Symbol():
            yield from (Apply("*", (number(2), part)), Apply("neg", (part,)), number(1))
        case Apply("^", (base, exponent)):
            one = number(random.choice((1, -1)))
            yield from (Apply("^", (base, Apply("+", (exponent, one)))), base, Apply("*", (base, exponent)))
        case Apply("*" | "/" | "+" | "-" as head, (left, right)):
            yield from (left, right, Apply("-" if head == "+" else "+", (left, right)), Apply(head, (right, left)))
        case Apply("neg", (inner,)):
            yield inner
        case _:
            pass
    if isinstance(part, Apply):
        yield from (Apply(head, part.arguments) for head in _MISTAKEN.get(part.head, ()))


# ---- nearly right ------------------------------------------------------------------------------------------------


def perturbed(key: Expression, variable: str, random: Random) -> Perturbed:
    """An answer that differs by very little, or in a narrow place only."""
    return random.choice(_PERTURBATIONS)(key, Symbol(variable), random)


def _plus(key: Expression, more: Expression) -> Expression:
    return Apply("+", (key, more))


def _divided(part: Expression, exponent: int) -> Expression:
    return Apply("/", (part, Apply("^", (number(10), number(exponent)))))


def _tiny_term(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    exponent = random.choice((9, 12, 15, 20, 30, 40))
    return Perturbed(_plus(key, _divided(variable, exponent)), f"plus {variable.name}/10^{exponent}")


def _tiny_constant(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    exponent = random.choice((9, 12, 17, 30, 50))
    return Perturbed(Apply("-", (key, _divided(number(1), exponent))), f"minus 1/10^{exponent}")


def _scaled(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    exponent = random.choice((9, 12, 20))
    return Perturbed(Apply("*", (number(1 + Fraction(1, 10**exponent)), key)), f"times 1 + 10^-{exponent}")


def _coefficient(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    numbers = [(path, part.value) for path, part in places(key) if isinstance(part, Number) and part.value]
    if not numbers:
        return _scaled(key, variable, random)
    path, value = random.choice(numbers)
    moved = put(key, path, number(value * (1 + Fraction(1, 10**9))))
    return Perturbed(moved, "a number times 1 + 10^-9")


def _bump(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    size, centre = random.choice((1, 10, 100, 10**3, 10**4)), random.choice((0, 0, 1, Fraction(3, 7)))
    inner = Apply("^", (Apply("-", (variable, number(centre))) if centre else variable, number(2)))
    more = Apply("exp", (Apply("neg", (Apply("*", (number(size), inner)),)),))
    near = [centre + Fraction(sign, 10**digits) * Fraction(1009, 1013) for digits in (1, 2, 3) for sign in (1, -1)]
    return Perturbed(
        _plus(key, more), f"plus exp(-{size}(x - {centre})^2)", tuple({variable.name: place} for place in near)
    )


def _far_branch(key: Expression, variable: Symbol, random: Random) -> Perturbed:
    start = random.choice((10, 100, 1000))
    more = Apply("relu", (Apply("-", (variable, number(start))),))
    far = tuple({variable.name: start * Fraction(share, 1009)} for share in (1301, 1999, 2999))
    return Perturbed(_plus(key, _divided(more, 6)), f"plus relu(x - {start})/10^6", far)


_PERTURBATIONS: tuple[Callable[[Expression, Symbol, Random], Perturbed], ...] = (
    _tiny_term, _tiny_term, _tiny_constant, _scaled, _coefficient, _coefficient, _bump, _bump, _far_branch,
)  # fmt: skip
