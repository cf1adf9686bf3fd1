"""Mistaken laws of what trains a model: activations, losses, and gradients carried back through a network.

A sigmoid or a tanh may be written out with exponentials; each law stands once for each of these spellings.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.calculus.mal_law import (
    POWER,
    QUOTIENT,
    RECIPROCAL,
    both,
    exponential_above,
    falling,
    mal_law,
    sum_of_exponentials,
    with_symbol,
)
from tutor.calculus.rule import Rule

SIGMOIDS = ("(1 + exp(u))", "(exp(u) + 1)", "(1 + e^u)", "(e^u + 1)")
"""What a sigmoid of -u is one over."""

SIGMOID_FRACTIONS = ("exp(u)/(1 + exp(u))", "exp(u)/(exp(u) + 1)", "e^u/(1 + e^u)", "e^u/(e^u + 1)")
"""A sigmoid of u as a fraction."""

TANHS = tuple(f"({a} - {b})/({a} + {b})" for a, b in (("exp(u)", "exp(v)"), ("e^u", "e^v"))) + tuple(
    f"({a} - 1)/({a} + 1)" for a in ("exp(u)", "e^u")
)
"""A tanh written out: of u where v is -u, of u/2 where the second exponential is 1."""


def _sigmoid(id: str, slope: str) -> Iterator[Rule]:
    """A wrong slope of the sigmoid in s, the sigmoid's value, and z, what stands inside, for each spelling."""
    yield mal_law(id, f"D(sigmoid(u)) -> {_put(slope, 'sigmoid(u)', 'u')}*D(u)", both("sigmoid"))
    for below in SIGMOIDS:
        yield mal_law(id, f"D(k/{below}) -> -k*({_put(slope, f'1/{below}', '(-u)')})*D(u)", RECIPROCAL)
        yield mal_law(id, f"D({below}^(-1)) -> -({_put(slope, f'{below}^(-1)', '(-u)')})*D(u)", "chain-power")
    for spelling in SIGMOID_FRACTIONS:
        yield mal_law(id, f"D({spelling}) -> {_put(slope, spelling, 'u')}*D(u)", QUOTIENT)


def _tanh(id: str, slope: str) -> Iterator[Rule]:
    """A wrong slope of tanh in s, its value, and z, what stands inside, for each spelling."""
    yield mal_law(id, f"D(tanh(u)) -> {_put(slope, 'tanh(u)', 'u')}*D(u)", both("tanh"))
    for spelling in TANHS:
        inside = "u" if "v" in spelling else "u/2"
        yield mal_law(id, f"D({spelling}) -> {_put(slope, spelling, f'({inside})')}*D({inside})", QUOTIENT)


def _put(slope: str, value: str, inside: str) -> str:
    return slope.replace("S", f"({value})").replace("Z", inside)


# fmt: off
ACTIVATIONS = (
    *_sigmoid("sigmoid-wrong-form", "(1 - S)"),
    *_sigmoid("sigmoid-wrong-form", "S*(1 + S)"),
    *_sigmoid("sigmoid-wrong-form", "S"),
    *_sigmoid("sigmoid-wrong-form", "S^2"),
    *_sigmoid("sigmoid-wrong-form", "(1 - S^2)"),
    *_sigmoid("bp-preact-vs-act",   "Z*(1 - Z)"),
    *_sigmoid("bp-preact-vs-act",   "sigmoid(S)*(1 - sigmoid(S))"),
    *_sigmoid("bp-skip-activation", "1"),
    *_tanh("bp-preact-vs-act",      "(1 - Z^2)"),
    *_tanh("bp-preact-vs-act",      "(1 - tanh(S)^2)"),
    *_tanh("bp-skip-activation",    "1"),
    mal_law("bp-skip-activation",    "D(relu(u)) -> D(u)",                      both("relu")),
    mal_law("bp-skip-activation",    "D(softplus(u)) -> D(u)",                  both("softplus")),
    mal_law("bp-skip-activation",    "D(silu(u)) -> D(u)",                      both("silu")),
    mal_law("bp-skip-activation",    "D(gelu(u)) -> D(u)",                      both("gelu")),
    mal_law("relu-wrong-branch",     "D(relu(u)) -> relu(u)",                   both("relu")),
    mal_law("relu-wrong-branch",     "D(relu(u)) -> relu(u)*D(u)",              "chain-relu"),
    mal_law("relu-wrong-branch",     "D(relu(u)) -> D(u)",                      both("relu")),
    mal_law("relu-wrong-branch",     "D(relu(u)) -> heaviside(-u)*D(u)",        both("relu")),
    mal_law("relu-wrong-branch",     "D(relu(u)) -> u",                         both("relu")),
    mal_law("relu-wrong-branch",     "D(max(u, v)) -> max(u, v)",               "max"),
    mal_law("relu-wrong-branch",     "D(max(u, v)) -> D(u)",                    "max"),
    mal_law("relu-wrong-branch",     "D(max(u, v)) -> D(v)",                    "max"),
    mal_law("relu-wrong-branch",     "D(max(u, v)) -> max(D(u), D(v))",         "max"),
    mal_law("relu-wrong-branch",     "D(max(u, v)) -> heaviside(v - u)*D(u) + heaviside(u - v)*D(v)", "max"),
    mal_law("relu-wrong-branch",     "D(min(u, v)) -> min(u, v)",               "min"),
    mal_law("relu-wrong-branch",     "D(min(u, v)) -> D(u)",                    "min"),
    mal_law("relu-wrong-branch",     "D(min(u, v)) -> D(v)",                    "min"),
    mal_law("relu-wrong-branch",     "D(min(u, v)) -> min(D(u), D(v))",         "min"),
    mal_law("relu-wrong-branch",     "D(min(u, v)) -> heaviside(u - v)*D(u) + heaviside(v - u)*D(v)", "min"),
    mal_law("product-one-term",      "D(silu(u)) -> sigmoid(u)*D(u)",           both("silu")),
    mal_law("product-one-term",      "D(silu(u)) -> u*sigmoid(u)*(1 - sigmoid(u))*D(u)", both("silu")),
    mal_law("product-of-derivatives", "D(silu(u)) -> sigmoid(u)*(1 - sigmoid(u))*D(u)", both("silu")),
    mal_law("product-one-term",      "D(gelu(u)) -> (1 + erf(u/sqrt(2)))/2*D(u)", both("gelu")),
    mal_law("product-one-term",      "D(gelu(u)) -> u*exp(-u^2/2)/sqrt(2*pi)*D(u)", both("gelu")),
    mal_law("product-of-derivatives", "D(gelu(u)) -> exp(-u^2/2)/sqrt(2*pi)*D(u)", both("gelu")),
    mal_law("softmax-diagonal-only", "D(k/u) -> 0*D(u)",                        RECIPROCAL, exponential_above),
    mal_law("softmax-diagonal-only", "D(ln(u)) -> 0*D(u)",                      both("log"), sum_of_exponentials),
    mal_law("softmax-offdiag-sign",  "D(k/u) -> k*D(u)/u^2",                    RECIPROCAL, exponential_above),
)
LOSSES = (
    mal_law("ce-sign",               "D(-ln(u)) -> D(u)/u",                     "negation"),
    mal_law("ce-sign",               "D(-(c*ln(u))) -> c*D(u)/u",               "negation"),
    mal_law("ce-extra-activation",   "D(ln(1 + exp(u))) -> sigmoid(u)^2*(1 - sigmoid(u))*D(u)", both("log")),
    mal_law("ce-extra-activation",   "D(ln(1 + e^u)) -> sigmoid(u)^2*(1 - sigmoid(u))*D(u)", both("log")),
    mal_law("ce-extra-activation",   "D(softplus(u)) -> sigmoid(u)^2*(1 - sigmoid(u))*D(u)", both("softplus")),
    mal_law("bce-inner-minus",       "D(ln(u)) -> -D(u)/u",                     "chain-log", falling),
    mal_law("mse-sign",              "D(u^2) -> -2*u*D(u)",                     "chain-power", falling),
    mal_law("mse-missing-two",       "D(u^2) -> u*D(u)",                        POWER),
)
NETWORKS = (
    mal_law("bp-skip-weight",        "D(c*u) -> D(u)",                          "constant-multiple", with_symbol),
    mal_law("bp-wrong-layer-input",  "D(c*u) -> c*u",                           "constant-multiple", with_symbol),
    mal_law("bp-wrong-layer-input",  "D(f(k)*u) -> k*D(u)",                     "constant-multiple"),
    mal_law("bp-wrong-layer-input",  "D(f(k*n)*u) -> n*D(u)",                   "constant-multiple"),
    mal_law("bp-wrong-layer-input",  "D(f(k*n)*u) -> k*D(u)",                   "constant-multiple"),
    mal_law("bp-wrong-layer-input",  "D(f(c*x)) -> df(c*x)*f(c*x)",             "chain"),
)
LEARNING = (*ACTIVATIONS, *LOSSES, *NETWORKS)
