"""The fields of an exercise file: one row each, from which loader, field table and editor schema are made."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tutor.errors import ExerciseError, ExerciseErrors
from tutor.exercise import convert as to
from tutor.exercise.convert import Converter, Scope, attempt, fault
from tutor.exercise.model import Mistake, Option
from tutor.exercise.nearest import did_you_mean
from tutor.exercise.strict_yaml import Entry, Node, Text
from tutor.exercise.strict_yaml import Mapping as FieldList

# fmt: off
FORMS: Mapping[str, str] = MappingProxyType({
    "any":                   "any right answer",
    "factored":              "a product of powers; no factor is a sum whose terms share a number or a factor, or that is a product of polynomials over the rationals in its symbols, roots and functions",
    "expanded":              "no sum is multiplied, divided, subtracted in brackets or raised to a whole power",
    "simplified":            "no numbers to work out, no like terms or factors to gather, no signs to cancel, every fraction in lowest terms, and nothing that a textbook would write more shortly",
    "no-quotient":           "nothing is divided by, and no negative exponent stands at, what holds a symbol; x/2 is allowed",
    "no-negative-exponents": "no exponent is negative or begins with a minus; exp(-x) and e^(-x) are allowed",
    "single-fraction":       "at most one fraction bar, at the top, and no negative exponents; exp(-x) and e^(-x) are allowed",
})
# fmt: on
"""The forms that can be asked for and what they demand; decided by `tutor.checking.required_form`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the attribute that it fills, its converter, its form and meaning in words, its default."""

    name: str
    fills: str
    convert: Converter
    form: str
    doc: str
    default: str = ""


def table(*rows: Field) -> Mapping[str, Field]:
    """Rows by their names."""
    return MappingProxyType({row.name: row for row in rows})


def record(node: Node, scope: Scope, rows: Mapping[str, Field], required: Iterable[str]) -> dict[str, Any]:
    """The values of a field list; ExerciseErrors with everything that is wrong in it."""
    faults: list[ExerciseError] = []
    values: dict[str, Any] = {}
    entries = known_entries(node, scope, rows, faults)
    for entry in entries:
        row = rows[entry.key.value]
        values[row.fills] = attempt(faults, lambda entry=entry, row=row: row.convert(entry.value, scope))  # type: ignore[misc]
    names = {entry.key.value for entry in entries}
    wanted = required if isinstance(node, FieldList) else ()
    faults.extend(
        fault(scope, node, "missing-field", f"the field `{name}` is missing", f"{name}: …")
        for name in wanted
        if name not in names
    )
    if faults:
        raise ExerciseErrors(tuple(faults))
    return values


def known_entries(
    node: Node, scope: Scope, rows: Mapping[str, Field], faults: list[ExerciseError]
) -> tuple[Entry, ...]:
    """The entries of a field list whose names are known; a fault for each other one."""
    if not isinstance(node, FieldList):
        faults.append(fault(scope, node, "not-a-field-list", "fields such as `id: …` are wanted here", "id: chain-1"))
        return ()
    unknown = [entry for entry in node.entries if entry.key.value not in rows]
    faults.extend(_unknown(entry, scope, rows) for entry in unknown)
    return tuple(entry for entry in node.entries if entry.key.value in rows)


def _unknown(entry: Entry, scope: Scope, rows: Mapping[str, Field]) -> ExerciseError:
    name = entry.key.value
    broken = isinstance(entry.value, Text) and entry.value.is_null and not name.replace("_", "").isalnum()
    fix = "put the formula in quotes: a comma inside { } starts the next field" if broken else did_you_mean(name, rows)
    return fault(scope, entry.key, "unknown-field", f"there is no field `{name[:40]}`", fix)


def _mistake(node: Node, scope: Scope) -> Mistake:
    return Mistake(**{"name": "", **record(node, scope, MISTAKE, ("answer",))})


def _option(node: Node, scope: Scope) -> Option:
    return Option(**record(node, scope, OPTION, ("text",)))


# fmt: off
MISTAKE = table(
    Field("answer",   "answer",   to.formulas, "formula or list",   "the wrong answer that is expected"),
    Field("name",     "name",     to.slug,     "name",              "the id of a mal-rule, or a name of your own"),
    Field("feedback", "feedback", to.text,     "text",              "what the learner is told"),
    Field("credit",   "credit",   to.share,    "number from 0 to 1", "the share of the points that it earns", "0"),
)

OPTION = table(
    Field("text",     "text",     to.text,  "text",          "the option as it is shown"),
    Field("correct",  "correct",  to.truth, "true or false", "whether it is right", "false"),
    Field("feedback", "feedback", to.text,  "text",          "what the learner is told who chose it"),
)

FIELDS = table(
    # ---- every exercise ---------------------------------------------------------------------------------------
    Field("id",         "id",         to.slug,              "name",             "its name, unique in the whole bank"),
    Field("kind",       "kind",       to.slug,              "name of a kind",   "what is asked for", "expression"),
    # ---- what is differentiated -------------------------------------------------------------------------------
    Field("function",   "functions",  to.functions,         "formula",          "what is differentiated"),
    Field("functions",  "functions",  to.functions,         "list of formulas", "several functions: the rows of a Jacobian"),
    Field("variable",   "variables",  to.variables,         "symbol",           "with respect to what", "the only symbol"),
    Field("variables",  "variables",  to.variables,         "list of symbols",  "with respect to what, in this order"),
    Field("order",      "order",      to.whole(1, 8),       "number, 1 to 8",   "how often it is differentiated", "1"),
    Field("at",         "at",         to.point,             "{x: 2}",           "the point at which the value is wanted"),
    Field("domain",     "domain",     to.domain,            "{x: [0, 2]} or 0 < x < 2", "where the symbols lie", "where f is real"),
    Field("assume",     "assume",     to.assumptions,       "{a: positive}",    "positive, negative, integer or real", "real"),
    # ---- the answer -------------------------------------------------------------------------------------------
    Field("answer",     "answer",     to.formulas,          "formula or list",  "the key; checked against the derived one", "derived"),
    Field("form",       "form",       to.one_of(FORMS),     " or ".join(FORMS), "the form that is asked for; in another one a right answer earns 0.9 of the points", "any"),
    Field("tolerance",  "tolerance",  to.tolerance,         "number",           "how far off a number may be, relative", "as typed"),
    Field("choices",    "options",    to.many(_option),     "list of {text, correct, feedback}", "the options"),
    Field("multiple",   "multiple",   to.truth,             "true or false",    "whether several options are right", "false"),
    Field("mistakes",   "mistakes",   to.many(_mistake),    "list of {answer, name, feedback, credit}", "wrong answers you expect"),
    # ---- what is said -----------------------------------------------------------------------------------------
    Field("prompt",     "prompt",     to.prompt,            "text",             "the question; {function}, {variable}, {at} are filled in", "made from kind and function"),
    Field("title",      "title",      to.text,              "text",             "a short heading"),
    Field("hints",      "hints",      to.many(to.text),     "list of texts",    "one a rung, the last one nearly the answer", "made from the layers"),
    Field("explain",    "explain",    to.text,              "text",             "shown after the worked steps"),
    # ---- for choosing and scoring -----------------------------------------------------------------------------
    Field("skills",     "skills",     to.words,             "list of names",    "what it trains, the main one first"),
    Field("unit",       "unit",       to.slug,              "name",             "the unit it belongs to", "that of the file"),
    Field("difficulty", "difficulty", to.whole(1, 5),       "number, 1 to 5",   "how hard it is"),
    Field("points",     "points",     to.positive,          "number",           "the largest score", "1"),
)

FILE = table(
    Field("schema",    "schema",    to.whole(1, 1), "1",                 "the version of this form"),
    Field("unit",      "unit",      to.slug,        "name",              "the name of the unit"),
    Field("title",     "title",     to.text,        "text",              "the title of the unit"),
    Field("defaults",  "defaults",  to.unread,      "fields",            "fields for every exercise of the file that does not set them"),
    Field("exercises", "exercises", to.unread,      "list of exercises", "the exercises, in the order in which they are asked"),
)
"""The fields of a whole file."""
# fmt: on

EVERY_KIND = frozenset({"id", "kind", "prompt", "title", "hints", "explain", "skills", "unit", "difficulty", "points"})
"""The fields that an exercise of any kind may have."""

FIRST = ("functions", "variables")
"""The attributes that are read before all others, because they say which symbols a formula may use."""
