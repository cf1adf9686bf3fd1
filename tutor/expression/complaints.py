"""What is said about a text that cannot be read: one sentence a code, filled with the words at hand.

The sentence says what is wrong at the place; `suggestion` (where there is one) what to write instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutor.errors import AnswerError, Span

# fmt: off
SENTENCES: Mapping[str, str] = MappingProxyType({
    # ---- something is missing -------------------------------------------------------------------------------------
    "empty":             "there is no formula here",
    "missing-factor":    "a factor is missing {side} {sign}",
    "missing-term":      "a term is missing {side} {sign}",
    "missing-exponent":  "an exponent is missing after {sign}",
    "missing-base":      "what is raised to the power is missing before {sign}",
    "missing-radicand":  "what stands under the root is missing after {sign}",
    "missing-argument":  "{name} needs an argument: {name}(x)",
    "missing-group":     "{name} needs two groups: {name}{{a}}{{b}}",
    "missing-bar":       "this | has no partner",
    "missing-bracket":   "this {opening} is never closed: {closing} is missing",
    "missing-entry":     "an entry is missing {side} the comma",
    "empty-brackets":    "there is nothing between these brackets",
    # ---- something is there that does not belong ------------------------------------------------------------------
    "unmatched-bracket": "this {closing} closes nothing",
    "wrong-bracket":     "{opening} is closed by {closing} instead of {wanted}",
    "comma":             "a comma separates the entries of a vector or the arguments of a function",
    "decimal-comma":     "a comma does not mark decimals here",
    "two-numbers":       "two numbers stand side by side with no sign between them",
    "two-points":        "a number has one decimal point",
    "equals-sign":       "an answer is one expression, without an equals sign",
    "comparison":        "an answer is one expression, without {sign}",
    "derivative-mark":   "{sign} for a derivative cannot be part of the formula",
    "attribute":         "{name} is not known: a point joins only a library to a function, as in np.sin",
    "subscript":         "a subscript holds letters and digits only, as in x_1 or w_{{12}}",
    "double-underscore": "names with two underscores are not read",
    "unknown-command":   "unknown LaTeX command {name}",
    "lonely-dollar":     "a $ stands only around the whole formula",
    # ---- names ----------------------------------------------------------------------------------------------------
    "unknown-function":  "unknown function '{name}'",
    "unknown-name":      "unknown name '{name}'",
    "undeclared":        "{declared}; {name} is not one of them",
    "no-variables":      "there are no variables here; {name} is not known",
    "not-a-function":    "{name} is not a function",
    "differential":      "{name} belongs to an integral or a quotient of differentials, not to the formula",
    "ambiguous-name":    "'{name}' can be read in two ways",
    "argument-count":    "{name} takes {wanted}, here {are} {count}",
    "needs-brackets":    "{name} takes several arguments: write them in parentheses",
    # ---- characters -----------------------------------------------------------------------------------------------
    "control-character": "a control character ({character}) cannot be part of a formula",
    "hidden-character":  "an invisible character ({character}) cannot be part of a formula",
    "combining-mark":    "a mark that changes the letter before it ({character}) cannot be part of a formula",
    "lookalike":         "{character} is not {plain}",
    "character":         "{character} is not read in a formula",
    # ---- limits ---------------------------------------------------------------------------------------------------
    "too-long":          "the text has {count:,} characters; at most {limit:,} are read",
    "too-many-parts":    "the formula has more than {limit:,} parts",
    "too-deep":          "the formula is nested more than {limit} levels deep",
    "too-many-digits":   "a number has at most {limit} digits",
    "exponent-of-ten":   "the power of ten of a number lies between -{limit} and {limit}",
    "power-too-large":   "a whole exponent is at most {limit:,}",
    "number-too-large":  "this number would have more than {limit:,} binary digits",
})
# fmt: on


def unreadable(code: str, span: Span | None, *, suggestion: str | None = None, **words: object) -> AnswerError:
    """The error of a text that cannot be read, to be raised: its sentence from the table, filled with words."""
    return AnswerError(code, SENTENCES[code].format(**words), span, suggestion=suggestion)
