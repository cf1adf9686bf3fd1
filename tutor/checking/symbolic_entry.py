"""What the prover's worker runs: two formulas in, the outcome of `prove_here` out."""

from __future__ import annotations

from typing import Any

from tutor.checking.symbolic import prove_here
from tutor.checking.wire import unpacked


def prove_packed(payload: dict[str, list[Any]]) -> dict[str, str | None]:
    """The outcome and the method for the packed formulas `left` and `right`."""
    check = prove_here(unpacked(payload["left"]), unpacked(payload["right"]))
    return {"outcome": check.outcome.value, "method": check.method}
