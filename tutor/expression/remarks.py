"""What the reader says about a text that can be meant in another way than it was read: one sentence a code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutor.errors import Span
from tutor.expression.reading import Notice

# fmt: off
SENTENCES: Mapping[str, str] = MappingProxyType({
    "quotient-factor":     "{left}{right} is read as ({left})*{right}; write parentheses around a longer denominator",
    "power-factor":        "{left}{right} is read as ({left})*{right}; write parentheses around a longer exponent",
    "power-quotient":      "{left}/{right} is read as ({left})/{right}; write parentheses around a fraction",
    "bare-quotient":       "{name} is applied to {argument} only: read as {name}({argument})/…",
    "bare-product":        "{name} is applied to {argument} only: read as {name}({argument})*…",
    "bare-power":          "{name} {argument} is read as {name}({argument}), not as a power of {name}",
    "bare-parenthesis":    "{name} {argument} is read as {name}({argument})",
    "bare-group":          "{name} is applied to {argument} only: read as {name}({argument})*(…)",
    "bare-exponential":    "{name} is applied to {argument} only: read as {name}({argument})*e^…",
    "inverse-function":    "{name}^-1 is read as the inverse function {inverse}; write 1/{name}(x) for the reciprocal",
    "reciprocal-function": "{name}^-1 is read as 1/{name}(x)",
    "function-or-product": "{name} is read as one function; write {instead} if that is meant",
    "number-behind":       "{left} {right} is read as {left}*{right}; write {left}^{right} for a power",
    "radical-factor":      "{left}{right} is read as {left}*{right}: a root takes only what stands next to it",
    "bare-root-power":     "{name}{argument} is read as the root of {argument}",
    "logarithm-to-base":   "{name}(x, b) is read as the logarithm of x to the base b",
    "other-variable":      "in front of the equals sign stands a derivative with respect to {name}, not {wanted}",
    "unknown-variable":    "in front of the equals sign stands a derivative with respect to {name}, no variable here",
})  # fmt: skip
# fmt: on


def remark(code: str, span: Span, **words: str) -> Notice:
    """A notice: its sentence from the table, filled with pieces of the learner's own text."""
    return Notice(code, SENTENCES[code].format(**words), span)
