"""What the prover's worker runs: two formulas in, the outcome of `prove_here` out."""

from __future__ import annotations

from typing import Any

from tutor.checking.symbolic import prove_here
from tutor.checking.wire import unpacked


def prove_packed(payload: dict[str, Any]) -> dict[str, Any]:
    """The outcome, the method and its identities for the packed formulas `left` and `right`."""
    left, right = unpacked(payload["left"]), unpacked(payload["right"])
    check = prove_here(left, right, thorough=payload.get("thorough", True))
    return {"outcome": check.outcome.value, "method": check.method, "identities": list(check.identities)}
