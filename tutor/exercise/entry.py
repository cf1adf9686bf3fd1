"""One exercise of a file: its own fields and the defaults, fitted to its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.errors import ExerciseError, ExerciseErrors, UsageError
from tutor.exercise.convert import Scope, attempt, fault, text
from tutor.exercise.fields import EVERY_KIND, FIELDS, FIRST, known_entries
from tutor.exercise.form import Form
from tutor.exercise.model import Complaint, Exercise, Source
from tutor.exercise.nearest import did_you_mean
from tutor.exercise.ranges import domain_of
from tutor.exercise.strict_yaml import Entry, Node
from tutor.exercise.strict_yaml import Mapping as FieldList
from tutor.exercise.symbols import default_variables, symbols_of


def read_exercise(node: Node, scope: Scope, file: FileContext) -> Exercise:
    """The exercise in a node; ExerciseErrors with everything that is wrong in it."""
    return _Entries(node, scope, file).read()


@dataclass(frozen=True, slots=True)
class FileContext:
    """What the file says for all its exercises."""

    kinds: Mapping[str, Form]
    unit: str
    defaults: tuple[Entry, ...]


@dataclass(slots=True)
class _Entries:
    """The entries of one exercise while they are read, and the faults so far."""

    node: Node
    scope: Scope
    file: FileContext
    own: tuple[Entry, ...] = ()
    faults: list[ExerciseError] = field(default_factory=list)

    def read(self) -> Exercise:
        self.own = known_entries(self.node, self.scope, FIELDS, self.faults)
        kind = self.kind()
        entries = self.fitting(kind)
        self.missing(kind, entries)
        values = self.values(entries)
        if not self.faults:
            self.settle(values, entries)
        if self.faults or kind is None:
            raise ExerciseErrors(tuple(self.faults))
        source = Source(self.scope.page.file, self.node.place.line)
        exercise = Exercise(**{"unit": self.file.unit, **values, "kind": kind, "source": source})
        self.complain(self.file.kinds[kind].check(exercise), entries)
        return exercise

    def report(self, node: Node, code: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(fault(self.scope, node, code, message, suggestion))

    def kind(self) -> str | None:
        """The name of the kind, None where it is not known."""
        entry = next((e for e in (*self.own, *self.file.defaults) if e.key.value == "kind"), None)
        if entry is None:
            return "expression"
        name = attempt(self.faults, lambda: text(entry.value, self.scope))
        if name is None or name in self.file.kinds:
            return name
        self.report(entry.value, "unknown-kind", f"there is no kind `{name[:40]}`", did_you_mean(name, self.file.kinds))
        return None

    def fitting(self, kind: str | None) -> tuple[Entry, ...]:
        """The entries that an exercise of this kind may have, with the defaults that it does not set itself."""
        allowed = EVERY_KIND | self.file.kinds[kind].fields if kind is not None else frozenset(FIELDS)
        for entry in self.own:
            if entry.key.value not in allowed:
                message = f"an exercise of kind {kind} has no field `{entry.key.value}`"
                self.report(entry.key, "field-of-another-kind", message, "delete it, or change the kind")
        filled = {_fills(entry) for entry in self.own}
        inherited = (entry for entry in self.file.defaults if _fills(entry) not in filled)
        return tuple(entry for entry in (*self.own, *inherited) if entry.key.value in allowed)

    def missing(self, kind: str | None, entries: tuple[Entry, ...]) -> None:
        """Report each field that is required and not there."""
        if not isinstance(self.node, FieldList):
            return
        filled = {_fills(entry) for entry in entries}
        required = self.file.kinds[kind].required if kind is not None else frozenset[str]()
        for wanted in sorted({"id", *required}):
            names = wanted.split(" or ")
            if not any(FIELDS[name].fills in filled for name in names):
                message = f"the field `{'` or `'.join(names)}` is missing"
                self.report(self.node, "missing-field", message, f"{names[0]}: …")

    def values(self, entries: tuple[Entry, ...]) -> dict[str, Any]:
        """The values by attribute; those that say which symbols there are come first."""
        values: dict[str, Any] = {}
        for entry in sorted(entries, key=lambda entry: _fills(entry) not in FIRST):
            if _fills(entry) in values:
                message = f"`{entry.key.value}` says again what another field says"
                self.report(entry.key, "duplicate-key", message, "keep one of the two")
                continue
            symbols = None if _fills(entry) in FIRST else symbols_of(values)
            values[_fills(entry)] = self.value(entry, Scope(self.scope.page, symbols))
        return values

    def value(self, entry: Entry, scope: Scope) -> Any:
        """The value of one field, None (and a fault) where it cannot be read."""
        return attempt(self.faults, lambda: FIELDS[entry.key.value].convert(entry.value, scope))

    def settle(self, values: dict[str, Any], entries: tuple[Entry, ...]) -> None:
        """Fill in the variable and the domain, which come from several fields together."""
        about = {_fills(entry): entry.value for entry in entries}
        try:
            values["variables"] = values.get("variables") or default_variables(values.get("functions", ()))
        except UsageError as error:
            self.report(about["functions"], error.code, error.message, error.suggestion)
        try:
            values["domain"] = domain_of((*values.get("domain", ()), *values.pop("assume", ())))
        except UsageError as error:
            self.report(about.get("domain", self.node), error.code, error.message, error.suggestion)

    def complain(self, complaints: tuple[Complaint, ...], entries: tuple[Entry, ...]) -> None:
        """Raise what the kind finds wrong with the whole, each complaint at its field."""
        places: dict[str, Node] = {_fills(entry): entry.key for entry in entries}
        for one in complaints:
            self.report(places.get(FIELDS[one.field].fills, self.node), one.code, one.message, one.suggestion)
        if self.faults:
            raise ExerciseErrors(tuple(self.faults))


def _fills(entry: Entry) -> str:
    return FIELDS[entry.key.value].fills
