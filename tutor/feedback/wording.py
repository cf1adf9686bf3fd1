"""The sentences of the tutor: what is said of each mal-rule and of each skill, read once from `tutor/data`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """One instance of a mal-rule: a function, its variable, the wrong answer and the right one, as texts."""

    function: str
    variable: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class MalRuleWording:
    """What is said of one mal-rule.

    `feedback` is for the learner, `follow_up` the next thing to ask; `wrong_rule` and `correct_rule` are for the eye.
    `how_common` says where the slip is attested. `answer_kind` is the kind of answer that shows it.
    """

    id: str
    name: str
    family: str
    tier: str
    feedback: str
    follow_up: str
    wrong_rule: str
    correct_rule: str
    how_common: str
    examples: tuple[Example, ...]
    answer_kind: str = "expression"
    note: str = ""

    @property
    def attestations(self) -> int:
        """How often the slip is attested: sources that report it, and questions of a public bank that expect it."""
        if self.how_common.startswith("no public"):
            return 0
        return sum(int(count) for count in _COUNTS.findall(self.how_common)) + self.how_common.count(";") + 1


_COUNTS = re.compile(r"(\d+)/108")
"""In how many of the 108 questions of a public bank the slip is named."""


@cache
def mal_rules() -> Mapping[str, MalRuleWording]:
    """The wording of every mal-rule by its id, in the order of the catalogue."""
    return MappingProxyType({id_: _mal_rule(id_, row) for id_, row in _table("malrules.toml").items()})


@cache
def skills() -> Mapping[str, str]:
    """The sentence of every skill by its name."""
    return MappingProxyType({name: str(sentence) for name, sentence in _table("skills.toml").items()})


def skill(name: str) -> str:
    """The sentence of one skill; empty for a skill that an author made up."""
    return skills().get(name, "")


def phrase(name: str, **parts: str) -> str:
    """The sentence of one name with its parts put in literally; KeyError when there is no such name."""
    sentence = _phrases()[name]
    for part, text in parts.items():
        sentence = sentence.replace(f"{{{part}}}", text)
    return sentence


@cache
def _phrases() -> Mapping[str, str]:
    return MappingProxyType({name: str(sentence) for name, sentence in _table("phrases.toml").items()})


def _mal_rule(id_: str, row: Mapping[str, Any]) -> MalRuleWording:
    examples = tuple(Example(**example) for example in row["examples"])
    return MalRuleWording(**{**row, "id": id_, "examples": examples})


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("tutor") / "data" / name).read_text(encoding="utf-8"))
