"""Trees written out as `(head argument …)`, independently of the program's printers, and texts with a marked place."""

from __future__ import annotations

from tutor.errors import Span
from tutor.expression.tree import Apply, Expression, Number, Symbol


def spelled(expression: Expression) -> str:
    """A tree in prefix notation: `(+ x 1)`; constants are their names, numbers exact."""
    match expression:
        case Number(value):
            return str(value)
        case Symbol(name):
            return name
        case Apply(head, ()):
            return head
        case Apply(head, arguments):
            return f"({head} {' '.join(map(spelled, arguments))})"


def unmarked(marked: str) -> tuple[str, Span]:
    """A text without its two marks `«` and `»`, and the place between them."""
    start = marked.index("«")
    end = marked.index("»") - 1
    return marked.replace("«", "").replace("»", ""), Span(start, end)
