"""What reading an exercise asks of its kind; kinds stand above and are handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tutor.exercise.model import Complaint, Exercise


class Form(Protocol):
    """The fields of a kind, and what it finds wrong. `tutor.kinds.kind.Kind` is one."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its exercises may have besides those of every kind."""

    @property
    def required(self) -> frozenset[str]:
        """The fields that they must have; `a or b` asks for one of the two."""

    @property
    def check(self) -> Callable[[Exercise], tuple[Complaint, ...]]:
        """What the kind finds wrong with an exercise that fields alone cannot say."""
