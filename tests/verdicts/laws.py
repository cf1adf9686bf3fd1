"""Identities as laws in the tutor's notation, and how they rewrite a tree: equal forms that SymPy would not make.

u, v, w stand for anything. Some laws narrow the domain (`u^v` as an exponential needs u > 0); whoever uses a rewritten
answer asks `tests.verdicts.truth` whether it is still right.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, substitute

_TEXT = """
u + v -> v + u
u*v -> v*u
u - v -> -(v - u)
u - v -> u + (-v)
u*(v + w) -> u*v + u*w
(u + v)*w -> u*w + v*w
u*v + u*w -> u*(v + w)
u*(v*w) -> (u*v)*w
(u + v)/w -> u/w + v/w
u/w + v/w -> (u + v)/w
u/v -> u*v^(-1)
u/v -> u*(1/v)
u/v -> -u/(-v)
u*(v/w) -> u*v/w
u/v -> 1/(v/u)
u/(v*w) -> u/v/w
u^2 - v^2 -> (u - v)*(u + v)
(u + v)^2 -> u^2 + 2*u*v + v^2
u^2 -> u*u
u^3 -> u*u^2
(u*v)^2 -> u^2*v^2
u^v -> u^(v - 1)*u
u^v -> exp(v*log(u))
u^v -> exp(v*log(abs(u)))
sqrt(u) -> u^(1/2)
sqrt(u) -> u/sqrt(u)
sqrt(u) -> exp(log(u)/2)
sqrt(u*v) -> sqrt(abs(u))*sqrt(abs(v))
1/sqrt(u) -> sqrt(u)/u
1/u -> u^(-1)
root(u, 3) -> cbrt(u)
cbrt(u) -> sign(u)*abs(u)^(1/3)
abs(u) -> sqrt(u^2)
abs(u) -> u*sign(u)
abs(u) -> max(u, -u)
abs(u)^2 -> u^2
sign(u) -> abs(u)/u
sign(u) -> u/abs(u)
sign(u) -> u/sqrt(u^2)
sign(u) -> 2*heaviside(u) - 1
heaviside(u) -> (1 + sign(u))/2
heaviside(u) -> 1 - heaviside(-u)
heaviside(u) -> relu(u)/u
relu(u) -> (u + abs(u))/2
relu(u) -> max(0, u)
relu(u) -> u*heaviside(u)
max(u, v) -> (u + v + abs(u - v))/2
max(u, v) -> v + relu(u - v)
min(u, v) -> (u + v - abs(u - v))/2
min(u, v) -> -max(-u, -v)
exp(u + v) -> exp(u)*exp(v)
exp(u) -> exp(u/2)^2
exp(u) -> 1/exp(-u)
exp(u) -> cosh(u) + sinh(u)
exp(u) -> e^u
exp(u)*exp(v) -> exp(u + v)
log(u) -> 2*log(sqrt(u))
log(u) -> -log(1/u)
log(u) -> log(u^2)/2
log(u*v) -> log(abs(u)) + log(abs(v))
log(u/v) -> log(abs(u)) - log(abs(v))
log(u^v) -> v*log(abs(u))
log2(u) -> log(u)/log(2)
log10(u) -> log(u)/(log(2) + log(5))
log_base(u, v) -> log(v)/log(u)
sin(u) -> 2*sin(u/2)*cos(u/2)
sin(u) -> 2*tan(u/2)/(1 + tan(u/2)^2)
sin(u) -> 3*sin(u/3) - 4*sin(u/3)^3
sin(u) -> cos(pi/2 - u)
sin(u) -> -sin(u + pi)
sin(u)^2 -> 1 - cos(u)^2
sin(u)^2 -> (1 - cos(2*u))/2
sin(u)*cos(u) -> sin(2*u)/2
cos(u) -> 1 - 2*sin(u/2)^2
cos(u) -> cos(u/2)^2 - sin(u/2)^2
cos(u) -> 4*cos(u/3)^3 - 3*cos(u/3)
cos(u) -> sin(u + pi/2)
cos(u) -> (1 - tan(u/2)^2)/(1 + tan(u/2)^2)
cos(u)^2 -> 1 - sin(u)^2
cos(u)^2 -> 1/(1 + tan(u)^2)
cos(u + v) -> cos(u)*cos(v) - sin(u)*sin(v)
sin(u + v) -> sin(u)*cos(v) + cos(u)*sin(v)
tan(u) -> sin(u)/cos(u)
tan(u) -> sin(2*u)/(1 + cos(2*u))
tan(u) -> (1 - cos(2*u))/sin(2*u)
tan(u)^2 -> sec(u)^2 - 1
cot(u) -> cos(u)/sin(u)
cot(u) -> 1/tan(u)
cot(u) -> tan(pi/2 - u)
sec(u) -> 1/cos(u)
sec(u)^2 -> 1 + tan(u)^2
csc(u) -> 1/sin(u)
csc(u)^2 -> 1 + cot(u)^2
csc(u) -> (1 + tan(u/2)^2)/(2*tan(u/2))
sinh(u) -> (exp(u) - exp(-u))/2
sinh(u) -> 2*sinh(u/2)*cosh(u/2)
cosh(u) -> (exp(u) + exp(-u))/2
cosh(u) -> 1 + 2*sinh(u/2)^2
cosh(u) -> sqrt(1 + sinh(u)^2)
cosh(u)^2 -> 1 + sinh(u)^2
tanh(u) -> sinh(u)/cosh(u)
tanh(u) -> (exp(2*u) - 1)/(exp(2*u) + 1)
tanh(u) -> 2*sigmoid(2*u) - 1
tanh(u)^2 -> 1 - sech(u)^2
coth(u) -> cosh(u)/sinh(u)
coth(u) -> 1/tanh(u)
sech(u) -> 2/(exp(u) + exp(-u))
sech(u) -> 1/cosh(u)
sech(u)^2 -> 1 - tanh(u)^2
csch(u) -> 1/sinh(u)
csch(u) -> 2*exp(u)/(exp(2*u) - 1)
asin(u) -> pi/2 - acos(u)
asin(u) -> atan(u/sqrt(1 - u^2))
asin(u) -> -asin(-u)
asin(u) -> 2*atan(u/(1 + sqrt(1 - u^2)))
acos(u) -> pi/2 - asin(u)
acos(u) -> pi - acos(-u)
acos(u) -> 2*atan(sqrt((1 - u)/(1 + u)))
atan(u) -> asin(u/sqrt(1 + u^2))
atan(u) -> 2*atan(u/(1 + sqrt(1 + u^2)))
atan(u) -> pi/2*sign(u) - atan(1/u)
atan(u) -> pi/2 - acot(u)
acot(u) -> pi/2 - atan(u)
asec(u) -> acos(1/u)
acsc(u) -> asin(1/u)
acsc(u) -> pi/2 - asec(u)
asinh(u) -> log(u + sqrt(u^2 + 1))
asinh(u) -> -log(sqrt(u^2 + 1) - u)
acosh(u) -> log(u + sqrt(u^2 - 1))
acosh(u) -> 2*log(sqrt((u + 1)/2) + sqrt((u - 1)/2))
atanh(u) -> log((1 + u)/(1 - u))/2
atanh(u) -> asinh(u/sqrt(1 - u^2))
acoth(u) -> log((u + 1)/(u - 1))/2
asech(u) -> acosh(1/u)
acsch(u) -> asinh(1/u)
erf(u) -> -erf(-u)
sigmoid(u) -> 1/(1 + exp(-u))
sigmoid(u) -> exp(u)/(1 + exp(u))
sigmoid(u) -> (1 + tanh(u/2))/2
sigmoid(u) -> 1 - sigmoid(-u)
softplus(u) -> log(1 + exp(u))
softplus(u) -> u + softplus(-u)
softplus(u) -> -log(sigmoid(-u))
silu(u) -> u*sigmoid(u)
silu(u) -> u/(1 + exp(-u))
gelu(u) -> u*(1 + erf(u/sqrt(2)))/2
gelu(u) -> u/2 + u*erf(u/sqrt(2))/2
"""

Law = tuple[Expression, Expression]
LAWS: tuple[Law, ...] = tuple(
    (parse(left).expression, parse(right).expression)
    for left, _, right in (line.partition("->") for line in _TEXT.strip().splitlines())
)


def rewritten(expression: Expression, random: Random, times: int) -> Expression:
    """An expression after some laws at random places; laws that fit at fewer places are not drawn less often."""
    for _ in range(times):
        moves = list(_moves(expression))
        if not moves:
            break
        laws = sorted({index for index, _ in moves})
        chosen = random.choice(laws)
        expression = random.choice([place for index, place in moves if index == chosen])()
    return expression


class _Move:
    """One law at one place; called, it is the rewritten expression."""

    def __init__(self, path: tuple[int, ...], whole: Expression, part: Expression) -> None:
        self._path, self._whole, self._part = path, whole, part

    def __call__(self) -> Expression:
        return put(self._whole, self._path, self._part)


def _moves(whole: Expression) -> Iterator[tuple[int, _Move]]:
    for path, part in places(whole):
        for index, (left, right) in enumerate(LAWS):
            found: dict[str, Expression] = {}
            if matches(left, part, found):
                yield index, _Move(path, whole, substitute(right, found))


def places(whole: Expression, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Expression]]:
    """Every part of an expression with its address."""
    yield path, whole
    if isinstance(whole, Apply):
        for index, argument in enumerate(whole.arguments):
            yield from places(argument, (*path, index))


def put(whole: Expression, path: tuple[int, ...], part: Expression) -> Expression:
    """An expression with another part at an address."""
    if not path:
        return part
    assert isinstance(whole, Apply)
    arguments = list(whole.arguments)
    arguments[path[0]] = put(arguments[path[0]], path[1:], part)
    return Apply(whole.head, tuple(arguments))


def matches(pattern: Expression, part: Expression, found: dict[str, Expression]) -> bool:
    """Whether a part is an instance of a pattern; fills in what its letters stand for."""
    match pattern, part:
        case Symbol(name), _:
            return found.setdefault(name, part) == part
        case Number(value), Number(other):
            return value == other
        case Apply(head, inner), Apply(other_head, others):
            same = head == other_head and len(inner) == len(others)
            return same and all(matches(one, other, found) for one, other in zip(inner, others, strict=True))
        case _:
            return False


assert all(free_symbols(right) <= free_symbols(left) for left, right in LAWS)
