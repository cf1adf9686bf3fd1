"""Mistaken chain rules. `f` stands for any outer function and `df` for its slope.

A law is mistaken for every rule of the family behind it: `chain`, or `plain` for the slope of a function at x.
"""

from __future__ import annotations

from tutor.calculus.mal_law import PRODUCT, QUOTIENT, falling, mal_law

# fmt: off
CHAIN = (
    mal_law("chain-drop-inner",               "D(f(u)) -> df(u)",                "chain"),
    mal_law("chain-outer-at-x",               "D(f(u)) -> df(x)*D(u)",           "chain"),
    mal_law("chain-outer-at-derivative",      "D(f(u)) -> df(D(u))",             "chain"),
    mal_law("chain-outer-at-derivative",      "D(f(u)) -> df(D(u))*D(u)",        "chain"),
    mal_law("chain-outer-at-derivative",      "D(f(g(u))) -> df(dg(u))*D(u)",    "chain"),
    mal_law("chain-function-of-derivative",   "D(f(u)) -> f(D(u))",              "chain"),
    mal_law("chain-outer-kept",               "D(f(u)) -> f(u)*D(u)",            "chain"),
    mal_law("chain-inner-not-differentiated", "D(f(u)) -> df(u)*u",              "chain"),
    mal_law("chain-add-inner",                "D(f(u)) -> df(u) + D(u)",         "chain"),
    mal_law("bp-add-not-multiply",            "D(f(u)) -> df(u) + D(u)",         "chain"),
    mal_law("chain-inner-only",               "D(f(u)) -> D(u)",                 "chain"),
    mal_law("chain-extra-factor",             "D(f(u)) -> df(u)*D(u)*D(u)",      "chain"),
    mal_law("chain-extra-factor",             "D(f(u)) -> df(u)*f(u)*D(u)",      "chain plain"),
    mal_law("chain-as-product",               "D(f(u)) -> df(x)*u + f(x)*D(u)",  "chain"),
    mal_law("chain-swapped-inner",            "D(f(u)*g(v)) -> df(u)*D(v)*g(v) + f(u)*dg(v)*D(u)", PRODUCT),
    mal_law("chain-swapped-inner",            "D(f(u)/g(v)) -> (df(u)*D(v)*g(v) - f(u)*dg(v)*D(u))/g(v)^2", QUOTIENT),
    mal_law("power-of-derivative",            "D(u^c) -> D(u)^c",                "chain-power"),
    mal_law("inner-sign-lost",                "D(f(u)) -> -df(u)*D(u)",          "chain", falling),
)
