"""The identities that the normal form may use, by name; `docs/soundness.md` says of each why it holds on the reals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["IDENTITIES"]

# fmt: off
IDENTITIES: Mapping[str, str] = MappingProxyType({
    # ---- functions that stay closed
    "closed-function":         "f(u) = f(v) where u = v as fractions; f(-u) = -f(u) for sin, sinh, atan, sign, …",
    "pythagoras":              "sin² u = 1 - cos² u, sinh² u = cosh² u - 1",
    "power-of-root":           "(u^(1/q))^q = u, (c·u)^(1/q) = c^(1/q)·u^(1/q) for c > 0",
    # ---- signs and absolute values
    "fractions":               "a/b + c/d = (a·d + b·c)/(b·d), (a·c)/(b·c) = a/b",
    "absolute-value":          "|u| = u·Π s(f) over the factors f of odd exponent of u",
    "sign-of-product":         "sign u = Π s(f)",
    "positive-where-real":     "s(f)·s(g)… = ±1 where log(f·g…), a power or an even root is real",
    "sign-of-increasing":      "sign(F(u) - F(v)) = sign(u - v) for increasing F: exp, log, atan, …; |atan u| < pi/2",
    "sign-cases":              "u = v where u = v for s(f) = 1, and for s(f) = -1",
    # ---- powers and roots
    "root-of-product":         "u^(p/q) = |c|^(p/q)·Π |f|^(e·p/q) for u = c·Π f^e, q even",
    "odd-root":                "u^(p/q) = s(u)^p·|c|^(p/q)·Π |f|^(e·p/q), q odd",
    "moving-exponent":         "u^v = |u|^v·T(s, v), |u|^v = exp(v·log|u|)",
    "denesting":               "√|a + bR| = |√|p| ± √|q||, p, q = (a ± d)/2, d² = a² - b²R² a square",
    "root-of-conjugate":       "|a + bR|^r = |N|^r/|a - bR|^r, N = a² - b²R² a single term",
    "closed-power":            "a sum with a large power is a kernel",
    # ---- kernels for what is not taken apart
    "closed-part":             "a real part N/D in which i occurs is a number times a kernel g = N/(c·D)",
    "closed-inverse":          "asin u, acosh u, asinh u, atanh u are kernels",
    # ---- exponentials and logarithms
    "exponential-of-sum":      "exp t = Π exp(u·m)^(c/u) over the terms c·m of t",
    "power-of-logarithm":      "exp(c·log|f|) = |f|^c",
    "logarithm-of-product":    "log u = log|c| + Σ e·log|f| for u = c·Π f^e",
    "logarithm-of-conjugate":  "log|a + bR| = log|N| - log|a - bR|, N = a² - b²R² a single term",
    # ---- trigonometric functions
    "euler":                   "sin u = (z - 1/z)/(2i), cos u = (z + 1/z)/2, z = exp(iu)",
    "half-tangent":            "sin u = 2t/(1 + t²), cos u = (1 - t²)/(1 + t²), t = tan(u/2)",
    "definition":              "tan u = sin u/cos u, sinh u = (exp u - exp(-u))/2, max(u, v) = (u + v + |u - v|)/2, …",
    "exact-angle":             "cos(pi/3) = 1/2, tan(pi/4) = 1, …",
    "cosine-of-turn":          "cos(k·pi/L) = C_k(w)/2, w = 2·cos(pi/L) a root of its minimal polynomial",
    "gauss-sum":               "√p = Σ (k/p)·cos(2·pi·k/p) for p = 1 mod 4, Σ (k/p)·sin(2·pi·k/p) for p = 3 mod 4",
    "angle-of-arcsine":        "(cos, sin) of asin u = (√(1 - u²), u); tan(asin(u)/2) = u/(1 + √(1 - u²))",
    "angle-of-arctangent":     "(cos, sin) of atan u = (1, u)/√(1 + u²); tan(atan(u)/2) = u/(1 + √(1 + u²))",
    # ---- inverse functions
    "exact-arctangent":        "atan u = s(u)·pi/6, s(u)·pi/4, s(u)·pi/3 for u² = 1/3, 1, 3",
    "gaussian-primes":         "atan(p/q) = m·pi/4 + Σ ±e·atan(b/a) over the primes a + bi of q + pi",
    "surd-arctangent":         "atan(√2 - 1) = pi/8, atan(2 - √3) = pi/12, …",
    "arctangent-of-reciprocal": "atan u = s(u)·pi/2 - atan(1/u)",
    "half-arctangent":         "atan u = 2·atan(u/(1 + q)) = pi/2 - 2·atan(q - u), q = √(1 + u²)",
    "arcsine":                 "asin u = atan(u/√(1 - u²))",
    "arccosine":               "acos u = pi/2 - asin u",
    "inverse-hyperbolic":      "asinh u = log(u + √(u² + 1)), acosh u = log(u + √(u² - 1)), atanh u = …",
    "odd-function":            "f(-u) = -f(u) for f = atan, asin, asinh, atanh, erf",
})
# fmt: on
