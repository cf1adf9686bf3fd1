"""How a law is written: metavariables by letter, D( ) for what is still to be differentiated, f and g for any function.

`x` is the variable, `c k n m a b` are free of it, `u v w` are anything. `f(…)` and `g(…)` stand for any function of
`tutor.calculus.outer`, `df(…)` and `dg(…)` for their slopes.
"""

from __future__ import annotations

from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression

MARK = "D"
FREE_OF_X = frozenset("ckmnab")
ANYTHING = frozenset("uvw")
METAVARIABLES = frozenset("x") | FREE_OF_X | ANYTHING
ANY_FUNCTION = frozenset("fg")
HEADS = frozenset({MARK, "f", "g", "df", "dg"})


def template(text: str) -> Expression:
    """The tree of one side of a law."""
    return parse(text, METAVARIABLES, heads=HEADS).expression


def sides(law: str) -> tuple[Expression, Expression]:
    """Pattern and template of a law `D(pattern) -> template`."""
    left, right = law.split("->")
    before = template(left)
    if not (isinstance(before, Apply) and before.head == MARK):
        raise ValueError(f"a law starts with D(…): {law}")
    return before.arguments[0], template(right)
