"""What a worker does for `verify`: one line of a file in, what became of it out; only text crosses."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tutor.apps.verify_fields import BadRow, row_of
from tutor.apps.verify_finding import Finding, Verified
from tutor.apps.verify_row import verified


def verify_line(payload: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `Verified` for the row in `line`; `folder` holds the exercises, None for the program's own."""
    try:
        row = row_of(payload["line"])
    except BadRow as error:
        return asdict(Verified(findings=(Finding("bad-row", str(error)),)))
    return asdict(verified(row, payload["folder"]))
