"""SymPy as most people ask it: both texts through `parse_expr`, then `simplify(a - b) == 0`, or `a.equals(b)`.

A program of the benchmark of verdicts: `bench_verdicts_sympy.py simplify` reads pairs as lines of JSON and writes a
line for each. `parse_expr` runs what stands in a text, so this is for texts of our own, in a process of its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

_NAMES = {"abs": "Abs", "max": "Max", "min": "Min"}


def _read(text: str) -> Any:
    named = re.sub(r"\b(abs|max|min)\(", lambda found: f"{_NAMES[found[1]]}(", text)
    return parse_expr(named, transformations=(*standard_transformations, convert_xor))


def simplified(key: str, answer: str) -> str:
    """Equal when SymPy's simplify turns the difference into 0."""
    return "equal" if sp.simplify(_read(key) - _read(answer)) == 0 else "different"


def held_equal(key: str, answer: str) -> str:
    """What SymPy's equals says; it may say nothing."""
    return {True: "equal", False: "different", None: "undecided"}[_read(key).equals(_read(answer))]


METHODS: Mapping[str, Callable[[str, str], str]] = {"simplify": simplified, "equals": held_equal}


def main(method: str) -> None:
    """Answers each line of the input."""
    for line in sys.stdin:
        pair = json.loads(line)
        try:
            said = METHODS[method](pair["key"], pair["answer"])
        except Exception:  # whatever SymPy raises, it has no verdict on the pair
            said = "unsupported"
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
