"""Mistaken laws of exponentials, of powers with a variable base and exponent, and of logarithms."""

from __future__ import annotations

from tutor.calculus.mal_law import EXP, EXPONENTIAL, POWER, another_symbol_in_power, both, mal_law

LN, LOG2, LOG10, LOG_BASE = both("log"), both("log2"), both("log10"), both("log-base")

# fmt: off
EXPONENTIALS = (
    mal_law("exp-power-rule",          "D(exp(u)) -> u*exp(u - 1)",             EXP),
    mal_law("exp-power-rule",          "D(exp(u)) -> u*exp(u - 1)*D(u)",        EXP),
    mal_law("exp-power-rule",          "D(e^u) -> u*e^(u - 1)",                 EXP),
    mal_law("exp-power-rule",          "D(e^u) -> u*e^(u - 1)*D(u)",            EXP),
    mal_law("exp-reduce-exponent",     "D(exp(u)) -> D(u)*exp(u - 1)",          EXP),
    mal_law("exp-reduce-exponent",     "D(e^u) -> D(u)*e^(u - 1)",              EXP),
    mal_law("exp-reduce-exponent",     "D(c^u) -> D(u)*c^(u - 1)",              EXPONENTIAL),
    mal_law("exp-reduce-exponent",     "D(c^u) -> D(u)*c^(u - 1)*ln(c)",        EXPONENTIAL),
    mal_law("exp-tower",               "D(exp(u^c)) -> D(exp(c*u))",            EXP),
    mal_law("exp-tower",               "D(e^(u^c)) -> D(e^(c*u))",              EXP),
    mal_law("exp-tower",               "D(k^(u^c)) -> D(k^(c*u))",              EXPONENTIAL),
    mal_law("exp-tower",               "D(exp(u)^c) -> D(exp(u^c))",            POWER),
    mal_law("exp-tower",               "D((e^u)^c) -> D(e^(u^c))",              POWER),
    mal_law("expbase-no-ln",           "D(c^u) -> c^u*D(u)",                    EXPONENTIAL),
    mal_law("expbase-power-rule",      "D(c^u) -> u*c^(u - 1)",                 EXPONENTIAL),
    mal_law("expbase-power-rule",      "D(c^u) -> u*c^(u - 1)*D(u)",            EXPONENTIAL),
    mal_law("partial-product-missing", "D(c^u) -> u*c^(u - 1)",                 EXPONENTIAL, another_symbol_in_power),
    mal_law("partial-product-missing", "D(c^u) -> u*c^(u - 1)*D(u)",            EXPONENTIAL, another_symbol_in_power),
    mal_law("varexp-power-only",       "D(u^v) -> v*u^(v - 1)*D(u)",            "general-power"),
    mal_law("varexp-power-only",       "D(u^v) -> v*u^(v - 1)*D(u)*D(v)",       "general-power"),
    mal_law("varexp-power-only",       "D(u^v) -> v*u^(v - 1)",                 "general-power"),
    mal_law("varexp-exp-only",         "D(u^v) -> u^v*ln(u)*D(v)",              "general-power"),
    mal_law("varexp-exp-only",         "D(u^v) -> u^v*ln(u)",                   "general-power"),
    mal_law("expbase-no-ln",           "D(u^v) -> u^v*D(v)",                    "general-power"),
    mal_law("logdiff-forget-y",        "D(u^v) -> D(v)*ln(u) + v*D(u)/u",       "general-power"),
    mal_law("product-of-derivatives",  "D(u^v) -> u^v*D(v)*D(u)/u",             "general-power"),
    mal_law("product-one-term",        "D(u^v) -> u^v*v*D(u)/u",                "general-power"),
    mal_law("product-minus",           "D(u^v) -> u^v*(D(v)*ln(u) - v*D(u)/u)", "general-power"),
)
LOGARITHMS = (
    mal_law("log-keep-log",            "D(ln(u)) -> D(u)/ln(u)",                LN),
    mal_law("log-keep-log",            "D(log2(u)) -> D(u)/log2(u)",            LOG2),
    mal_law("log-keep-log",            "D(log10(u)) -> D(u)/log10(u)",          LOG10),
    mal_law("log-keep-log",            "D(log_base(c, u)) -> D(u)/log_base(c, u)", LOG_BASE),
    mal_law("log-keep-argument",       "D(ln(u)) -> u*D(u)",                    LN),
    mal_law("log-keep-argument",       "D(log2(u)) -> u*D(u)/ln(2)",            LOG2),
    mal_law("log-keep-argument",       "D(log10(u)) -> u*D(u)/ln(10)",          LOG10),
    mal_law("log-keep-argument",       "D(log_base(c, u)) -> u*D(u)/ln(c)",     LOG_BASE),
    mal_law("log-pull-factor",         "D(ln(c*u)) -> c*D(ln(u))",              LN),
    mal_law("log-pull-factor",         "D(ln(u/c)) -> D(ln(u))/c",              LN),
    mal_law("log-pull-factor",         "D(log2(c*u)) -> c*D(log2(u))",          LOG2),
    mal_law("log-pull-factor",         "D(log10(c*u)) -> c*D(log10(u))",        LOG10),
    mal_law("log-base-ignored",        "D(log10(u)) -> D(u)/u",                 LOG10),
    mal_law("log-base-ignored",        "D(log2(u)) -> D(u)/u",                  LOG2),
    mal_law("log-base-ignored",        "D(log_base(c, u)) -> D(u)/u",           LOG_BASE),
    mal_law("log-base-ignored",        "D(log10(u)) -> ln(10)*D(u)/u",          LOG10),
    mal_law("log-base-ignored",        "D(log2(u)) -> ln(2)*D(u)/u",            LOG2),
    mal_law("log-base-ignored",        "D(log_base(c, u)) -> ln(c)*D(u)/u",     LOG_BASE),
    mal_law("log-base-ignored",        "D(log_base(u, v)) -> D(v)/v",           "general-log"),
    mal_law("log-base-ignored",        "D(ln(u)/ln(c)) -> D(u)/u",              "constant-divisor"),
    mal_law("log-base-ignored",        "D(ln(u)/(k*ln(c))) -> D(u)/(k*u)",      "constant-divisor"),
    mal_law("log-base-ignored",        "D(k/ln(c)*ln(u)) -> k*D(u)/u",          "constant-multiple"),
    mal_law("log-base-ignored",        "D(ln(u)/ln(v)) -> D(u)/u",              "quotient"),
    mal_law("log-power-confuse",       "D(ln(u)^c) -> c*D(u)/u",                POWER),
    mal_law("log-power-confuse",       "D(log2(u)^c) -> c*D(u)/(u*ln(2))",      POWER),
    mal_law("log-power-confuse",       "D(log10(u)^c) -> c*D(u)/(u*ln(10))",    POWER),
)
