"""What the examination of one exercise finds: a remark about one of its fields, free of any file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing wrong with one exercise: the field (and which of its entries, from 0), a stable code, what to do.

    A warning is worth knowing and refuses nothing.
    """

    field: str
    code: str
    message: str
    suggestion: str | None = None
    item: int | None = None
    is_warning: bool = False
