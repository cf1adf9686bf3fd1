"""How a law is written: metavariables by letter, D( ) for what is still to be differentiated, f and g for any function.

`x` is the variable, `c k n m a b` are free of it, `p q` are numbers as they are written, `y` is another symbol,
`u v w` and `r s t` are anything. Where a law sees sums and products flat (`tutor.calculus.flat_match`), `r s t` are one
term with the sign of its letter, or one factor, and `u v w` may take several. `f(…)` and `g(…)` stand for any function
of `tutor.calculus.outer`, `df(…)` and `dg(…)` for their slopes.
"""

from __future__ import annotations

from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression

MARK = "D"
FREE_OF_X = frozenset("ckmnab")
NUMBERS = frozenset("pq")
OTHER_SYMBOL = frozenset("y")
ANYTHING = frozenset("uvw")
ONE_OF_MANY = frozenset("rst")
METAVARIABLES = frozenset("x") | FREE_OF_X | NUMBERS | OTHER_SYMBOL | ANYTHING | ONE_OF_MANY
ANY_FUNCTION = frozenset("fg")
HEADS = frozenset({MARK, "f", "g", "df", "dg"})


def template(text: str) -> Expression:
    """The tree of one side of a law."""
    return parse(text, METAVARIABLES, heads=HEADS).expression


def written(law: str) -> tuple[Expression, Expression]:
    """Pattern and template of a law `pattern -> template` about a formula as it is written."""
    left, right = law.split("->")
    return template(left), template(right)


def sides(law: str) -> tuple[Expression, Expression]:
    """Pattern and template of a law `D(pattern) -> template`."""
    before, after = written(law)
    if not (isinstance(before, Apply) and before.head == MARK):
        raise ValueError(f"a law starts with D(…): {law}")
    return before.arguments[0], after
