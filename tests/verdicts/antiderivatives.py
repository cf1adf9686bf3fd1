"""Antiderivatives as tables of integrals print them, the integrand as a textbook writes it, and a wrong neighbour.

Each slope was worked out by hand for every sign of its parameters for which the function lives; the places have both
signs where both are allowed, and `test_antiderivatives.py` measures the slope there with mpmath.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.verdicts.case import Case


@dataclass(frozen=True, slots=True)
class Integral:
    """A function, its slope in a very different form, an answer that is nearly that, and places for the oracle."""

    function: str
    integrand: str
    neighbour: str
    places: str

    @property
    def right(self) -> Case:
        return Case(f"d/dx {self.function}", self.integrand, self.places, "")

    @property
    def wrong(self) -> Case:
        return Case(f"d/dx {self.function}", self.neighbour, self.places, "")


_LINE = "2*a*x + b"
_ROOT = "sqrt(4*a*c - b^2)"

INTEGRALS: tuple[Integral, ...] = (
    # rational
    Integral("log(abs(a*x + b))/a", "1/(a*x + b)", "1/(a*x - b)", "x=-3,1/2 a=-2,5 b=-1,4"),
    Integral("x/a - b*log(abs(a*x + b))/a^2", "x/(a*x + b)", "x/(b*x + a)", "x=-3,1/2 a=-2,5 b=-1,4"),
    Integral("log(abs((x - a)/(x + a)))/(2*a)", "1/(x^2 - a^2)", "1/(a^2 - x^2)", "x=-3,1/2 a=-2,5"),
    Integral("atan(x/a)/a", "1/(x^2 + a^2)", "a/(x^2 + a^2)", "x=-3,1/2 a=-2,5"),
    Integral(
        "log(x^2 + a^2)/2 - b*atan(x/a)/a", "(x - b)/(x^2 + a^2)", "(x + b)/(x^2 + a^2)", "x=-3,1/2 a=-2,5 b=-1,4"
    ),
    Integral(
        f"2*atan(({_LINE})/{_ROOT})/{_ROOT}",
        "1/(a*x^2 + b*x + c)",
        "2/(a*x^2 + b*x + c)",
        "x=-3,1/2 a=2 b=-1,3 c=5; x=3 a=-1 b=1 c=-2",
    ),
    Integral(
        f"log(abs(({_LINE} - sqrt(b^2 - 4*a*c))/({_LINE} + sqrt(b^2 - 4*a*c))))/sqrt(b^2 - 4*a*c)",
        "1/(a*x^2 + b*x + c)",
        "1/(a*x^2 - b*x + c)",
        "x=-3,1/2 a=-2,1 b=-7,9 c=3",
    ),
    Integral(
        f"log(abs(a*x^2 + b*x + c))/(2*a) - b*atan(({_LINE})/{_ROOT})/(a*{_ROOT})",
        "x/(a*x^2 + b*x + c)",
        "x/(a*x^2 + b*x - c)",
        "x=-3,1/2 a=2 b=-1,3 c=5; x=3 a=-1 b=1 c=-2",
    ),
    Integral("log(abs(x)) - log(x^2 + 1)/2", "1/(x*(x^2 + 1))", "x/(x^2 + 1)", "x=-3,1/2,4"),
    Integral(
        "log((x + 1)^2/(x^2 - x + 1))/6 + atan((2*x - 1)/sqrt(3))/sqrt(3)", "1/(x^3 + 1)", "1/(x^3 - 1)", "x=-3,1/2,4"
    ),
    Integral(
        "log((x^2 + sqrt(2)*x + 1)/(x^2 - sqrt(2)*x + 1))/(4*sqrt(2))"
        " + (atan(sqrt(2)*x + 1) + atan(sqrt(2)*x - 1))/(2*sqrt(2))",
        "1/(x^4 + 1)",
        "x/(x^4 + 1)",
        "x=-3,1/2,4",
    ),
    Integral("atan(x^2/a^2)/(2*a^2)", "x/(x^4 + a^4)", "x/(x^2 + a^4)", "x=-3,1/2 a=-2,5"),
    Integral(
        "log(abs(x^n/(a + b*x^n)))/(a*n)", "1/(x*(a + b*x^n))", "1/(x*(a - b*x^n))", "x=1/2,3 a=-2,5 b=1 n=-3/2,2/3"
    ),
    # square roots of x^2 and a number
    Integral("asin(x/abs(a))", "1/sqrt(a^2 - x^2)", "1/sqrt(a^2 + x^2)", "x=-1,1/2 a=-2,5"),
    Integral("log(abs(x + sqrt(x^2 + a)))", "1/sqrt(x^2 + a)", "x/sqrt(x^2 + a)", "x=-3,5/2 a=-2,5"),
    Integral("x/2*sqrt(a^2 - x^2) + a^2/2*asin(x/abs(a))", "sqrt(a^2 - x^2)", "a - x", "x=-1,1/2 a=-2,5"),
    Integral(
        "x/2*sqrt(x^2 + a) + a/2*log(abs(x + sqrt(x^2 + a)))", "sqrt(x^2 + a)", "sqrt(x^2 - a)", "x=-3,5/2 a=-2,5"
    ),
    Integral("-sqrt(a^2 - x^2)", "x/sqrt(a^2 - x^2)", "-x/sqrt(a^2 - x^2)", "x=-1,1/2 a=-2,5"),
    Integral(
        "sqrt(x^2 - a^2) - a*atan(sqrt(x^2 - a^2)/a)", "sqrt(x^2 - a^2)/x", "sqrt(x^2 - a^2)/abs(x)", "x=-6,7 a=-2,5"
    ),
    Integral("-asinh(a/abs(x))/a", "1/(x*sqrt(x^2 + a^2))", "1/sqrt(x^2 + a^2)", "x=-3,1/2 a=-2,5"),
    Integral("atan(sqrt(x^2 - a^2)/a)/a", "1/(x*sqrt(x^2 - a^2))", "1/(abs(x)*sqrt(x^2 - a^2))", "x=-6,7 a=-2,5"),
    Integral("-sqrt(a^2 - x^2)/(a^2*x)", "1/(x^2*sqrt(a^2 - x^2))", "1/(x*sqrt(a^2 - x^2))", "x=-1,1/2 a=-2,5"),
    Integral("x/(a^2*sqrt(a^2 - x^2))", "(a^2 - x^2)^(-3/2)", "(a^2 - x^2)^(-1/2)", "x=-1,1/2 a=-2,5"),
    Integral("x/(a*sqrt(x^2 + a))", "(x^2 + a)^(-3/2)", "a*(x^2 + a)^(-3/2)", "x=-3,5/2 a=-2,5"),
    Integral("(x*sqrt(x^2 + 1) + asinh(x))/2", "sqrt(1 + x^2)", "1/sqrt(1 + x^2)", "x=-3,1/2,4"),
    Integral(
        "asin((2*x - a - b)/abs(a - b))",
        "1/sqrt((x - a)*(b - x))",
        "1/sqrt((x - a)*(x - b))",
        "x=1/2 a=-2 b=3; x=2 a=7 b=1",
    ),
    Integral(
        f"asinh(({_LINE})/{_ROOT})/sqrt(a)",
        "1/sqrt(a*x^2 + b*x + c)",
        "1/(sqrt(a)*x + sqrt(c))",
        "x=-3,1/2 a=2 b=-1,3 c=5",
    ),
    Integral(
        f"-asin(({_LINE})/sqrt(b^2 - 4*a*c))/sqrt(-a)",
        "1/sqrt(a*x^2 + b*x + c)",
        "-1/sqrt(a*x^2 + b*x + c)",
        "x=-1/2,1 a=-2 b=-1,1 c=5",
    ),
    Integral("asin(x) - sqrt(1 - x^2)", "sqrt((1 + x)/(1 - x))", "sqrt((1 - x)/(1 + x))", "x=-4/5,1/3,9/10"),
    # roots of a line
    Integral("2*(a*x + b)^(3/2)/(3*a)", "sqrt(a*x + b)", "a*sqrt(a*x + b)", "x=-3 a=-2 b=1; x=1/2 a=5 b=4"),
    Integral(
        "2*(3*a*x - 2*b)*(a*x + b)^(3/2)/(15*a^2)", "x*sqrt(a*x + b)", "x*sqrt(a*x - b)", "x=-3 a=-2 b=1; x=1/2 a=5 b=4"
    ),
    Integral("2*sqrt(a*x + b)/a", "1/sqrt(a*x + b)", "2/sqrt(a*x + b)", "x=-3 a=-2 b=1; x=1/2 a=5 b=4"),
    Integral(
        "2*atan(sqrt((a*x - b)/b))/sqrt(b)",
        "1/(x*sqrt(a*x - b))",
        "1/(a*x*sqrt(a*x - b))",
        "x=-3 a=-2 b=1; x=2 a=5 b=4",
    ),
    Integral(
        "log(abs((sqrt(a*x + b) - sqrt(b))/(sqrt(a*x + b) + sqrt(b))))/sqrt(b)",
        "1/(x*sqrt(a*x + b))",
        "1/(x*sqrt(a*x - b))",
        "x=-3 a=-2 b=1; x=1/2 a=5 b=4",
    ),
    Integral(
        "(a*x + b)^(n + 1)/(a*(n + 1))",
        "(a*x + b)^n",
        "n*(a*x + b)^(n - 1)",
        "x=-3 a=-2 b=1 n=-1/2,7/3; x=1/2 a=5 b=4 n=2/5",
    ),
    Integral("3*(a*x + b)^(4/3)/(4*a)", "cbrt(a*x + b)", "cbrt(abs(a*x + b))", "x=3,-7 a=-2 b=1; x=-1,4 a=5 b=-4"),
    Integral("3*cbrt(x)^2/2 - 3*cbrt(x) + 3*log(abs(1 + cbrt(x)))", "1/(1 + cbrt(x))", "1/(1 - cbrt(x))", "x=-3,1/2,4"),
    Integral("2*sqrt(x) - 2*log(1 + sqrt(x))", "1/(1 + sqrt(x))", "1/(1 - sqrt(x))", "x=1/2,4"),
    Integral("2*log(sqrt(x) + sqrt(x + a))", "1/sqrt(x^2 + a*x)", "2/sqrt(x^2 + a*x)", "x=3 a=-2,5"),
    # logarithms
    Integral("x^(n + 1)*(log(x)/(n + 1) - 1/(n + 1)^2)", "x^n*log(x)", "x^n*log(x)/n", "x=1/2,4 n=-1/2,7/3"),
    Integral("log(x)^(n + 1)/(n + 1)", "log(x)^n/x", "log(x)^n", "x=3/2,4 n=-1/2,7/3"),
    Integral("log(abs(log(x)))", "1/(x*log(x))", "1/abs(x*log(x))", "x=1/2,4"),
    Integral("x*log(a*x) - x", "log(abs(x)) + log(abs(a))", "log(abs(x))*log(abs(a))", "x=1/2,4 a=3; x=-2 a=-5"),
    Integral(
        "x*log(x^2 + a^2) - 2*x + 2*a*atan(x/a)", "2*log(sqrt(x^2 + a^2))", "log(sqrt(x^2 + a^2))", "x=-3,1/2 a=-2,5"
    ),
    Integral("x/2*(sin(log(x)) - cos(log(x)))", "sin(log(x))", "cos(log(x))", "x=1/2,4"),
    Integral("-(log(x) + 1)/x", "log(x)/x^2", "log(x)/x", "x=1/2,4"),
    # exponentials
    Integral(
        "exp(a*x)*(a*sin(b*x) - b*cos(b*x))/(a^2 + b^2)",
        "exp(a*x)*sin(b*x)",
        "exp(a*x)*cos(b*x)",
        "x=-3,1/2 a=-2,1 b=3",
    ),
    Integral(
        "exp(a*x)*(a*cos(b*x) + b*sin(b*x))/(a^2 + b^2)",
        "exp(a*x)*cos(b*x)",
        "exp(a*x)*sin(b*x)",
        "x=-3,1/2 a=-2,1 b=3",
    ),
    Integral("exp(a*x)*(x/a - 1/a^2)", "x*exp(a*x)", "a*x*exp(a*x)", "x=-3,1/2 a=-2,5"),
    Integral("exp(a*x)*(x^2/a - 2*x/a^2 + 2/a^3)", "x^2*exp(a*x)", "x^2*exp(x)^2/a", "x=-3,1/2 a=-2,5"),
    Integral(
        "(a*x - log(b + c*exp(a*x)))/(a*b)", "1/(b + c*exp(a*x))", "1/(b - c*exp(a*x))", "x=-3,1/2 a=-2,5 b=2 c=3"
    ),
    Integral(
        "sign(c)*atan(exp(a*x)*sqrt(b/c))/(a*sqrt(b*c))",
        "1/(b*exp(a*x) + c*exp(-a*x))",
        "1/abs(b*exp(a*x) + c*exp(-a*x))",
        "x=-3,1/2 a=-2,5 b=-2 c=-3; x=-3,1/2 a=-2,5 b=2 c=3",
    ),
    Integral("a^x/log(a)", "a^x", "a^x/log(a)^2", "x=-3,1/2 a=2,1/5"),
    Integral("sqrt(pi)*erf(a*x)/(2*a)", "exp(-(a*x)^2)", "exp(-a*x^2)", "x=-3,1/2 a=-2,5"),
    Integral("x*erf(x) + exp(-x^2)/sqrt(pi)", "-erf(-x)", "1 - erf(-x)", "x=-3,1/2,2"),
    # trigonometric functions
    Integral("log(abs(tan(x/2)))", "1/sin(x)", "1/abs(sin(x))", "x=-2,1,4"),
    Integral("log(abs(sec(x) + tan(x)))", "1/cos(x)", "-1/cos(x)", "x=-3,1/2,4"),
    Integral("tan(x) - x", "sin(x)^2/cos(x)^2", "cos(x)^2/sin(x)^2", "x=-3,1/2,4"),
    Integral(
        "-log(abs(cos(a*x + b)))/a", "sin(2*a*x + 2*b)/(1 + cos(2*a*x + 2*b))", "cot(a*x + b)", "x=-3,1/2 a=-2,5 b=-1,4"
    ),
    Integral("x/2 - sin(2*a*x)/(4*a)", "sin(a*x)^2", "cos(a*x)^2", "x=-3,1/2 a=-2,5"),
    Integral("-cos(a*x)/a + cos(a*x)^3/(3*a)", "sin(a*x)^3", "-sin(a*x)^3", "x=-3,1/2 a=-2,5"),
    Integral("3*x/8 + sin(2*x)/4 + sin(4*x)/32", "cos(x)^4", "sin(x)^4", "x=-3,1/2,4"),
    Integral(
        "sin((a - b)*x)/(2*(a - b)) - sin((a + b)*x)/(2*(a + b))",
        "sin(a*x)*sin(b*x)",
        "cos(a*x)*cos(b*x)",
        "x=-3,1/2 a=-2,5 b=1",
    ),
    Integral(
        "atan(b*tan(x)/a)/(a*b)",
        "1/(a^2*cos(x)^2 + b^2*sin(x)^2)",
        "1/(b^2*cos(x)^2 + a^2*sin(x)^2)",
        "x=-3,1/2 a=-2,5 b=-1,4",
    ),
    Integral(
        "2/sqrt(a^2 - b^2)*atan((a - b)*tan(x/2)/sqrt(a^2 - b^2))",
        "1/(a + b*cos(x))",
        "1/(a - b*cos(x))",
        "x=-3,1/2 a=-7,5 b=-1,4",
    ),
    Integral(
        "2/sqrt(a^2 - b^2)*atan((a*tan(x/2) + b)/sqrt(a^2 - b^2))",
        "1/(a + b*sin(x))",
        "1/abs(a + b*sin(x))",
        "x=-3,1/2 a=-7,5 b=-1,4",
    ),
    Integral("tan(x/2)", "1/(1 + cos(x))", "1/(1 - cos(x))", "x=-3,1/2,4"),
    Integral("x - tan(x/2)", "cos(x)/(1 + cos(x))", "sin(x)/(1 + cos(x))", "x=-3,1/2,4"),
    Integral("log(abs(sin(x) + cos(x)))/2 + x/2", "1/(1 + tan(x))", "1/(1 - tan(x))", "x=-3,1/2,4"),
    # inverse functions
    Integral("x*asin(x) + sqrt(1 - x^2)", "pi/2 - acos(x)", "pi/2 + acos(x)", "x=-4/5,1/3,9/10"),
    Integral(
        "x*acos(x) - sqrt(1 - x^2)", "2*atan(sqrt((1 - x)/(1 + x)))", "atan(sqrt((1 - x)/(1 + x)))", "x=-4/5,1/3,9/10"
    ),
    Integral("x*asin(x)^2 + 2*sqrt(1 - x^2)*asin(x) - 2*x", "asin(x)^2", "asin(x)^2 - 2", "x=-4/5,1/3,9/10"),
    Integral("x^2/2*asin(x) - asin(x)/4 + x*sqrt(1 - x^2)/4", "x*asin(x)", "x^2*asin(x)", "x=-4/5,1/3,9/10"),
    Integral(
        "x*atan(a*x) - log(1 + a^2*x^2)/(2*a)",
        "pi/2*sign(a*x) - atan(1/(a*x))",
        "pi/2 - atan(1/(a*x))",
        "x=-3,1/2 a=-2,5",
    ),
    Integral("(x^2 + 1)/2*atan(x) - x/2", "x*asin(x/sqrt(1 + x^2))", "asin(x/sqrt(1 + x^2))", "x=-3,1/2,4"),
    # hyperbolic functions and their inverses
    Integral(
        "x*asinh(x/a) - sign(a)*sqrt(x^2 + a^2)",
        "log(x/a + sqrt(x^2/a^2 + 1))",
        "log((x + sqrt(x^2 + a^2))/abs(a))",
        "x=-3,1/2 a=-2,5",
    ),
    Integral("x*acosh(x) - sqrt(x^2 - 1)", "log(x + sqrt(x^2 - 1))", "log(x - sqrt(x^2 - 1))", "x=3/2,4"),
    Integral(
        "x*atanh(x) + log(1 - x^2)/2", "(log(1 + x) - log(1 - x))/2", "log(1 + x) - log(1 - x)", "x=-4/5,1/3,9/10"
    ),
    Integral("log(cosh(a*x))/a", "1 - 2/(exp(2*a*x) + 1)", "1 - 2/(exp(a*x) + 1)", "x=-3,1/2 a=-2,5"),
    Integral("2*atan(exp(x))", "1/cosh(x)", "1/sinh(x)", "x=-3,1/2,4"),
    Integral("log(abs(tanh(x/2)))", "1/sinh(x)", "1/abs(sinh(x))", "x=-3,1/2"),
    Integral("sinh(2*a*x)/(4*a) - x/2", "sinh(a*x)^2", "cosh(a*x)^2", "x=-3,1/2 a=-2,1"),
    Integral("coth(x/2)", "1/(1 - cosh(x))", "1/(1 + cosh(x))", "x=-3,1/2,4"),
)
