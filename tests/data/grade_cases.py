"""200 answers as learners write them, each with what it means as a function of mpmath.

The meaning is written down a second time, by hand, as Python; no reader, derivative or verdict of the tutor is used.
An answer without a meaning cannot be read. `points` are where the meaning is compared with the slope of f.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from mpmath import (
    acos,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    cot,
    csc,
    e,
    erf,
    exp,
    log,
    mpf,
    pi,
    root,
    sec,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

Meaning = Callable[..., Any]


class Answer(NamedTuple):
    """What was typed and what it means: one function, one for each entry, or nothing."""

    text: str
    meaning: Meaning | tuple[Meaning, ...] | None


class Task(NamedTuple):
    """What was asked: the cells of the row that say it, and f or the key as a function of variables and parameters."""

    columns: dict[str, str]
    function: Meaning
    points: tuple[tuple[Any, ...], ...]
    answers: tuple[Answer, ...]
    order: int = 1
    variables: int = 1
    key: bool = False


ANYWHERE = tuple((mpf(n) / 7,) for n in (-23, -9, -3, 2, 8, 17))
POSITIVE = tuple((mpf(n) / 7,) for n in (1, 3, 6, 9, 16, 30))
SMALL = tuple((mpf(n) / 7,) for n in (-6, -4, -1, 2, 3, 5))
ABOVE_ONE = tuple((mpf(n) / 7,) for n in (8, 10, 13, 19, 26))
PLANE = tuple((mpf(a) / 7, mpf(b) / 5) for a, b in ((-9, 4), (3, 7), (8, -6), (-4, -3), (12, 11)))
QUADRANT = tuple((mpf(a) / 7, mpf(b) / 5) for a, b in ((2, 4), (3, 7), (8, 6), (11, 3), (12, 11)))
X_THEN_PARAMETER = tuple((mpf(a) / 7, mpf(b) / 5) for a, b in ((2, 4), (-3, 7), (8, -6), (-11, -3), (5, 11)))


def of(function: str, meaning: Meaning, *answers: tuple[str, Any], points: Any = ANYWHERE, **columns: str) -> Task:
    """A task to differentiate a function that stands in the row."""
    order = int(columns.get("order", "1"))
    variables = len(columns["variables"].split(",")) if "variables" in columns else 1
    rows = tuple(Answer(*answer) for answer in answers)
    return Task({"function": function, **columns}, meaning, tuple(points), rows, order, variables)


def named(
    exercise: str, meaning: Meaning, *answers: tuple[str, Any], points: Any = ANYWHERE, variables: int = 1
) -> Task:
    """A task of the bank in `tests/data/bank`."""
    rows = tuple(Answer(*answer) for answer in answers)
    return Task({"exercise": exercise}, meaning, tuple(points), rows, variables=variables)


def expected(key: str, meaning: Meaning, *answers: tuple[str, Any], points: Any = ANYWHERE, **columns: str) -> Task:
    """A task whose key stands in the row."""
    rows = tuple(Answer(*answer) for answer in answers)
    return Task({"expected": key, **columns}, meaning, tuple(points), rows, key=True)


def ln(x: Any) -> Any:
    """The natural logarithm, as learners call it."""
    return log(x)


# fmt: off
TASKS: tuple[Task, ...] = (
    # ---- powers and polynomials -----------------------------------------------------------------------------------
    of("x^3 - 4x + 7", lambda x: x**3 - 4*x + 7,
       ("3x^2 - 4",               lambda x: 3*x**2 - 4),
       ("3x² − 4",                lambda x: 3*x**2 - 4),
       ("f'(x) = 3*x**2-4",       lambda x: 3*x**2 - 4),
       ("-4 + 3 x x",             lambda x: -4 + 3*x*x),
       ("3x^2 - 4x",              lambda x: 3*x**2 - 4*x),
       ("3x^2 + 7",               lambda x: 3*x**2 + 7),
       ("3x^3 - 4",               lambda x: 3*x**3 - 4),
       ("x^4/4 - 2x^2 + 7x",      lambda x: x**4/4 - 2*x**2 + 7*x),
       ("3x^2 - 4 + C",           lambda x: 3*x**2 - 3)),
    of("1/x^2", lambda x: 1/x**2,
       ("-2/x^3",                 lambda x: -2/x**3),
       ("-2x^-3",                 lambda x: -2*x**-3),
       (r"-\frac{2}{x^3}",        lambda x: -2/x**3),
       ("-2x⁻³",                  lambda x: -2*x**-3),
       ("2/x^3",                  lambda x: 2/x**3),
       ("1/(2x)",                 lambda x: 1/(2*x))),
    of("sqrt(x)", sqrt,
       ("1/(2sqrt(x))",           lambda x: 1/(2*sqrt(x))),
       ("1/2 x^(-1/2)",           lambda x: x**mpf(-0.5)/2),
       ("0.5/√x",                 lambda x: mpf(0.5)/sqrt(x)),
       ("½·x^-0.5",               lambda x: x**mpf(-0.5)/2),
       ("1/2 sqrt(x)",            lambda x: sqrt(x)/2),
       ("1/sqrt(x)",              lambda x: 1/sqrt(x)),
       ("2/3 x^(3/2)",            lambda x: mpf(2)/3*x**mpf(1.5)), points=POSITIVE),
    of("x^(1/3)", lambda x: root(x, 3),
       ("1/(3 x^(2/3))",          lambda x: 1/(3*root(x, 3)**2)),
       ("1/(3 cbrt(x)^2)",        lambda x: 1/(3*root(x, 3)**2)),
       ("1/3 x^(2/3)",            lambda x: root(x, 3)**2/3), points=POSITIVE),
    # ---- the chain rule -------------------------------------------------------------------------------------------
    of("sin(x^2)", lambda x: sin(x**2),
       ("2x cos(x^2)",            lambda x: 2*x*cos(x**2)),
       ("cos(x²)·2x",             lambda x: 2*x*cos(x**2)),
       ("2*x*np.cos(x**2)",       lambda x: 2*x*cos(x**2)),
       (r"2x\cos(x^2)",           lambda x: 2*x*cos(x**2)),
       ("x cos(x^2) + cos(x^2) x", lambda x: 2*x*cos(x**2)),
       ("cos(x^2)",               lambda x: cos(x**2)),
       ("cos(2x)",                lambda x: cos(2*x)),
       ("2x cos(x)",              lambda x: 2*x*cos(x)),
       ("2x cos x^2",             lambda x: 2*x*cos(x**2)),
       ("-2x cos(x^2)",           lambda x: -2*x*cos(x**2)),
       ("2x cos(x^2",             None),
       ("2x cosine(x^2)",         None)),
    of("exp(sin(x^2))", lambda x: exp(sin(x**2)),
       ("2x cos(x^2) exp(sin(x^2))", lambda x: 2*x*cos(x**2)*exp(sin(x**2))),
       ("e^(sin(x^2)) cos(x^2) 2x", lambda x: 2*x*cos(x**2)*exp(sin(x**2))),
       ("2x exp(sin(x^2))",       lambda x: 2*x*exp(sin(x**2))),
       ("cos(x^2) exp(sin(x^2))", lambda x: cos(x**2)*exp(sin(x**2))),
       ("exp(2x cos(x^2))",       lambda x: exp(2*x*cos(x**2)))),
    of("(3x^2+1)^5", lambda x: (3*x**2 + 1)**5,
       ("30x(3x^2+1)^4",          lambda x: 30*x*(3*x**2 + 1)**4),
       ("5(3x^2+1)^4 * 6x",       lambda x: 30*x*(3*x**2 + 1)**4),
       ("5(3x^2+1)^4",            lambda x: 5*(3*x**2 + 1)**4),
       ("5(6x)^4",                lambda x: 5*(6*x)**4),
       ("30x(3x^2+1)^5",          lambda x: 30*x*(3*x**2 + 1)**5)),
    of("sin(x)^3", lambda x: sin(x)**3,
       ("3 sin^2 x cos x",        lambda x: 3*sin(x)**2*cos(x)),
       ("3 (sin x)^2 cos x",      lambda x: 3*sin(x)**2*cos(x)),
       ("3cos(x) - 3cos(x)^3",    lambda x: 3*cos(x) - 3*cos(x)**3),
       ("3 sin^2 x",              lambda x: 3*sin(x)**2),
       ("3 cos^2 x",              lambda x: 3*cos(x)**2)),
    of("ln(cos(x))", lambda x: ln(cos(x)),
       ("-tan(x)",                lambda x: -tan(x)),
       ("-sin(x)/cos(x)",         lambda x: -tan(x)),
       ("1/cos(x)",               lambda x: 1/cos(x)),
       ("tan x",                  tan),
       ("-tg(x)",                 lambda x: -tan(x)), points=SMALL),
    of("sqrt(1+x^2)", lambda x: sqrt(1 + x**2),
       ("x/sqrt(1+x^2)",          lambda x: x/sqrt(1 + x**2)),
       ("x (1+x^2)^(-1/2)",       lambda x: x/sqrt(1 + x**2)),
       ("1/(2sqrt(1+x^2))",       lambda x: 1/(2*sqrt(1 + x**2))),
       ("1/(2sqrt(2x))",          lambda x: 1/(2*sqrt(2*x)) if x > 0 else None)),
    of("e^(-x^2/2)", lambda x: exp(-x**2/2),
       ("-x e^(-x^2/2)",          lambda x: -x*exp(-x**2/2)),
       ("-x/exp(x^2/2)",          lambda x: -x*exp(-x**2/2)),
       ("x e^(-x^2/2)",           lambda x: x*exp(-x**2/2)),
       ("e^(-x)",                 lambda x: exp(-x))),
    of("cos(3x - 1)", lambda x: cos(3*x - 1),
       ("-3 sin(3x - 1)",         lambda x: -3*sin(3*x - 1)),
       ("3 sin(1 - 3x)",          lambda x: 3*sin(1 - 3*x)),
       ("-sin(3x-1)",             lambda x: -sin(3*x - 1))),
    # ---- products and quotients -----------------------------------------------------------------------------------
    of("x^2 sin(x)", lambda x: x**2*sin(x),
       ("2x sin x + x^2 cos x",   lambda x: 2*x*sin(x) + x**2*cos(x)),
       ("x(2 sin x + x cos x)",   lambda x: 2*x*sin(x) + x**2*cos(x)),
       ("2x cos x",               lambda x: 2*x*cos(x)),
       ("2x sin x - x^2 cos x",   lambda x: 2*x*sin(x) - x**2*cos(x)),
       ("2x sin x +",             None)),
    of("x e^x", lambda x: x*exp(x),
       ("(x+1)e^x",               lambda x: (x + 1)*exp(x)),
       ("e^x",                    exp),
       ("x^2 e^(x-1)",            lambda x: x**2*exp(x - 1))),
    of("x/(x^2+1)", lambda x: x/(x**2 + 1),
       ("(1-x^2)/(x^2+1)^2",      lambda x: (1 - x**2)/(x**2 + 1)**2),
       ("((x^2+1) - 2x^2)/(1+x^2)^2", lambda x: (1 - x**2)/(x**2 + 1)**2),
       ("1/(x^2+1) - 2x^2/(x^2+1)^2", lambda x: (1 - x**2)/(x**2 + 1)**2),
       ("1/(2x)",                 lambda x: 1/(2*x)),
       ("(x^2-1)/(x^2+1)^2",      lambda x: (x**2 - 1)/(x**2 + 1)**2)),
    of("sin(x)/x", lambda x: sin(x)/x,
       ("(x cos x - sin x)/x^2",  lambda x: (x*cos(x) - sin(x))/x**2),
       ("cos(x)/x - sin(x)/x^2",  lambda x: (x*cos(x) - sin(x))/x**2),
       ("cos(x)",                 cos)),
    # ---- exponentials, logarithms, powers -------------------------------------------------------------------------
    of("2^x", lambda x: mpf(2)**x,
       ("2^x ln 2",               lambda x: 2**x*ln(2)),
       ("e^(x ln 2) ln(2)",       lambda x: 2**x*ln(2)),
       ("x 2^(x-1)",              lambda x: x*2**(x - 1)),
       ("2^x",                    lambda x: 2**x),
       ("0.6931 * 2^x",           lambda x: mpf("0.6931")*2**x)),
    of("log10(x)", lambda x: log(x, 10),
       ("1/(x ln 10)",            lambda x: 1/(x*ln(10))),
       ("log10(e)/x",             lambda x: log(e, 10)/x),
       ("1/x",                    lambda x: 1/x),
       ("ln(10)/x",               lambda x: ln(10)/x), points=POSITIVE),
    of("ln(3x)", lambda x: ln(3*x),
       ("1/x",                    lambda x: 1/x),
       ("3/(3x)",                 lambda x: 1/x),
       ("1/(3x)",                 lambda x: 1/(3*x)),
       ("3/x",                    lambda x: 3/x), points=POSITIVE),
    of("x^x", lambda x: x**x,
       ("x^x (ln x + 1)",         lambda x: x**x*(ln(x) + 1)),
       ("e^(x ln x) (1 + ln x)",  lambda x: x**x*(ln(x) + 1)),
       ("x x^(x-1)",              lambda x: x**x),
       ("x^x ln x",               lambda x: x**x*ln(x)), points=POSITIVE),
    of("x ln(x) - x", lambda x: x*ln(x) - x,
       ("ln x",                   ln),
       ("ln(x) - 1",              lambda x: ln(x) - 1),
       ("1/x - 1",                lambda x: 1/x - 1), points=POSITIVE),
    # ---- trigonometric, inverse, hyperbolic -----------------------------------------------------------------------
    of("tan(x)", tan,
       ("sec(x)^2",               lambda x: sec(x)**2),
       ("1 + tan^2 x",            lambda x: 1 + tan(x)**2),
       ("-1/sin(x)^2",            lambda x: -csc(x)**2), points=SMALL),
    of("cot(2x)", lambda x: cot(2*x),
       ("-2 csc(2x)^2",           lambda x: -2*csc(2*x)**2),
       ("-2 - 2cot(2x)^2",        lambda x: -2 - 2*cot(2*x)**2),
       ("2 csc(2x)^2",            lambda x: 2*csc(2*x)**2), points=SMALL),
    of("arcsin(x)", asin,
       ("1/sqrt(1-x^2)",          lambda x: 1/sqrt(1 - x**2)),
       ("(1 - x^2)^(-1/2)",       lambda x: 1/sqrt(1 - x**2)),
       ("-1/sqrt(1-x^2)",         lambda x: -1/sqrt(1 - x**2)),
       ("cos(x)/sin(x)^2",        lambda x: cos(x)/sin(x)**2), points=SMALL),
    of("arctan(2x)", lambda x: atan(2*x),
       ("2/(1+4x^2)",             lambda x: 2/(1 + 4*x**2)),
       ("1/(1+4x^2)",             lambda x: 1/(1 + 4*x**2)),
       ("2/(1+2x^2)",             lambda x: 2/(1 + 2*x**2))),
    of("acos(x^2)", lambda x: acos(x**2),
       ("-2x/sqrt(1-x^4)",        lambda x: -2*x/sqrt(1 - x**4)),
       ("-1/sqrt(1-x^4)",         lambda x: -1/sqrt(1 - x**4)), points=SMALL),
    of("sinh(x)cosh(x)", lambda x: sinh(x)*cosh(x),
       ("cosh(2x)",               lambda x: cosh(2*x)),
       ("cosh^2 x + sinh^2 x",    lambda x: cosh(2*x)),
       ("cosh(x)sinh(x)",         lambda x: sinh(x)*cosh(x)),
       ("cosh(x)^2 - sinh(x)^2",  lambda x: mpf(1))),
    of("tanh(x)", tanh,
       ("1 - tanh(x)^2",          lambda x: 1 - tanh(x)**2),
       ("1/cosh(x)^2",            lambda x: 1/cosh(x)**2),
       ("4/(e^x + e^-x)^2",       lambda x: 4/(exp(x) + exp(-x))**2),
       ("1 + tanh(x)^2",          lambda x: 1 + tanh(x)**2)),
    of("arsinh(x)", asinh,
       ("1/sqrt(x^2+1)",          lambda x: 1/sqrt(x**2 + 1)),
       ("1/sqrt(x^2-1)",          lambda x: 1/sqrt(x**2 - 1) if abs(x) > 1 else None)),
    of("artanh(x)", atanh,
       ("1/(1-x^2)",              lambda x: 1/(1 - x**2)),
       ("1/(1+x^2)",              lambda x: 1/(1 + x**2)), points=SMALL),
    # ---- activations and corners ----------------------------------------------------------------------------------
    of("sigmoid(x)", lambda x: 1/(1 + exp(-x)),
       ("sigmoid(x)(1-sigmoid(x))", lambda x: exp(-x)/(1 + exp(-x))**2),
       ("σ(x)*(1 - σ(x))",        lambda x: exp(-x)/(1 + exp(-x))**2),
       ("e^-x/(1+e^-x)^2",        lambda x: exp(-x)/(1 + exp(-x))**2),
       ("1 - sigmoid(x)",         lambda x: 1/(1 + exp(x))),
       ("sigmoid(x)",             lambda x: 1/(1 + exp(-x)))),
    of("softplus(x)", lambda x: ln(1 + exp(x)),
       ("sigmoid(x)",             lambda x: 1/(1 + exp(-x))),
       ("e^x/(1+e^x)",            lambda x: 1/(1 + exp(-x))),
       ("1/(1+e^x)",              lambda x: 1/(1 + exp(x)))),
    of("erf(x)", erf,
       ("2/sqrt(pi) e^(-x^2)",    lambda x: 2/sqrt(pi)*exp(-x**2)),
       ("2 exp(-x²)/√π",          lambda x: 2/sqrt(pi)*exp(-x**2)),
       ("e^(-x^2)",               lambda x: exp(-x**2))),
    of("|x|", abs,
       ("x/|x|",                  sign),
       ("sign(x)",                sign),
       ("|x|/x",                  sign),
       ("1",                      lambda x: mpf(1))),
    of("relu(x)", lambda x: x if x > 0 else mpf(0),
       ("heaviside(x)",           lambda x: mpf(x > 0)),
       ("(1 + sign(x))/2",        lambda x: mpf(x > 0)),
       ("relu(x)",                lambda x: x if x > 0 else mpf(0))),
    # ---- parameters, orders, other variables ----------------------------------------------------------------------
    of("a x^2", lambda x, a: a*x**2,
       ("2ax",                    lambda x, a: 2*a*x),
       ("x^2",                    lambda x, a: x**2),
       ("2x",                     lambda x, a: 2*x),
       ("2bx",                    None), variable="x", points=X_THEN_PARAMETER),
    of("exp(k t)", lambda t, k: exp(k*t),
       ("k e^(kt)",               lambda t, k: k*exp(k*t)),
       ("t exp(kt)",              lambda t, k: t*exp(k*t)),
       ("k exp(kx)",              None), variable="t", points=X_THEN_PARAMETER),
    of("x^4", lambda x: x**4,
       ("12x^2",                  lambda x: 12*x**2),
       ("4*3*x²",                 lambda x: 12*x**2),
       ("4x^3",                   lambda x: 4*x**3), order="2"),
    of("sin(2x)", lambda x: sin(2*x),
       ("-4 sin(2x)",             lambda x: -4*sin(2*x)),
       ("-8 sin x cos x",         lambda x: -4*sin(2*x)),
       ("-sin(2x)",               lambda x: -sin(2*x)), order="2"),
    # ---- gradients ------------------------------------------------------------------------------------------------
    of("x^2 y + y^3", lambda x, y: x**2*y + y**3,
       ("(2xy, x^2 + 3y^2)",      (lambda x, y: 2*x*y, lambda x, y: x**2 + 3*y**2)),
       ("[2*x*y, 3*y**2 + x**2]", (lambda x, y: 2*x*y, lambda x, y: x**2 + 3*y**2)),
       ("(2xy, 3y^2)",            (lambda x, y: 2*x*y, lambda x, y: 3*y**2)),
       ("(x^2 + 3y^2, 2xy)",      (lambda x, y: x**2 + 3*y**2, lambda x, y: 2*x*y)),
       ("(2x, 3y^2)",             (lambda x, y: 2*x, lambda x, y: 3*y**2)),
       ("2xy",                    None), variables="x, y", points=PLANE),
    of("ln(x) sin(y)", lambda x, y: ln(x)*sin(y),
       ("(sin(y)/x, ln(x) cos(y))", (lambda x, y: sin(y)/x, lambda x, y: ln(x)*cos(y))),
       ("(sin(y)/x, cos(y)/x)",   (lambda x, y: sin(y)/x, lambda x, y: cos(y)/x)), variables="x, y", points=QUADRANT),
    # ---- keys without a function ----------------------------------------------------------------------------------
    expected("2x + 1", lambda x: 2*x + 1,
             ("1 + 2x",           lambda x: 2*x + 1),
             ("x + x + 1",        lambda x: 2*x + 1),
             ("2x - 1",           lambda x: 2*x - 1),
             ("2x + ",            None)),
    expected("sin(x)^2", lambda x: sin(x)**2,
             ("1 - cos(x)^2",     lambda x: sin(x)**2),
             ("(1 - cos(2x))/2",  lambda x: sin(x)**2),
             ("sin(x^2)",         lambda x: sin(x**2))),
    # ---- exercises of the bank ------------------------------------------------------------------------------------
    named("grade-quotient", lambda x: (2*x - 3)/(x + 4),
          ("11/(x+4)^2",          lambda x: 11/(x + 4)**2),
          ("(2(x+4) - (2x-3))/(x+4)^2", lambda x: 11/(x + 4)**2),
          ("2",                   lambda x: mpf(2)),
          ("5/(x+4)^2",           lambda x: 5/(x + 4)**2)),
    named("grade-chain", lambda x: cos(sqrt(x)),
          ("-sin(sqrt(x))/(2 sqrt(x))", lambda x: -sin(sqrt(x))/(2*sqrt(x))),
          ("-sin(√x)/(2√x)",      lambda x: -sin(sqrt(x))/(2*sqrt(x))),
          ("-sin(sqrt(x))",       lambda x: -sin(sqrt(x))),
          ("sin(sqrt(x))/(2sqrt(x))", lambda x: sin(sqrt(x))/(2*sqrt(x))), points=POSITIVE),
    named("grade-gradient", lambda x, y: exp(x*y),
          ("(y e^(xy), x e^(xy))", (lambda x, y: y*exp(x*y), lambda x, y: x*exp(x*y))),
          ("(x e^(xy), y e^(xy))", (lambda x, y: x*exp(x*y), lambda x, y: y*exp(x*y))),
          ("(y e^(xy), e^(xy))",  (lambda x, y: y*exp(x*y), lambda x, y: exp(x*y))), points=PLANE, variables=2),
)
# fmt: on

BROKEN: tuple[tuple[dict[str, str], str], ...] = (
    ({"exercise": "grade-quotiont", "answer": "11/(x+4)^2"}, "error"),
    ({"exercise": "no such exercise", "answer": "2x"}, "error"),
    ({"answer": "2x"}, "error"),
    ({"function": "sine(x)", "answer": "cos(x)"}, "error"),
    ({"function": "a*x", "answer": "a"}, "error"),
    ({"function": "x^2", "variable": "x", "order": "two", "answer": "2x"}, "error"),
    ({"function": "x^2", "expected": "3x", "answer": "2x"}, "error"),
    ({"function": "x^2", "answer": ""}, "unreadable"),
    ({"exercise": "grade-chain", "answer": "   "}, "unreadable"),
    ({"function": "x^2", "answer": "?"}, "unreadable"),
    ({"function": "x^2", "answer": "I don't know"}, "unreadable"),
    ({"function": "x^2", "answer": "2,5"}, "unreadable"),
)
"""Rows that cannot be graded, or whose answer cannot be read, with the status that says so."""

LEARNERS = ("ana", "ben", "chiara", "Đorđe", "Ελένη", "fatima", "o'neil", "佐藤", 'the "quoted"', "zoë, jr.")
