"""math-verify on pairs in LaTeX, as lines of JSON; a program of the benchmark of verdicts.

It runs under a Python in which `math-verify` is installed, and imports nothing of this project.
"""

from __future__ import annotations

import importlib
import json
import logging
import sys


def main() -> None:
    """Answers each line of the input."""
    logging.disable(logging.CRITICAL)
    library = importlib.import_module("math_verify")
    for line in sys.stdin:
        pair = json.loads(line)
        try:
            key, answer = library.parse(f"${pair['key']}$"), library.parse(f"${pair['answer']}$")
            said = "unsupported" if not key or not answer else _named(library.verify(key, answer))
        except Exception:  # whatever it raises, it has no verdict on the pair
            said = "unsupported"
        print(json.dumps(said), flush=True)


def _named(is_equal: bool) -> str:  # noqa: FBT001 - what `verify` returns
    return "equal" if is_equal else "different"


if __name__ == "__main__":
    main()
