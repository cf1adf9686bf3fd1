"""Numbers as they are shown beside one another: cut to five figures, with an ellipsis where more follow."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, Context, Decimal

WIDE = Context(prec=40, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""Arithmetic for enclosures of any size: what is too large becomes infinite."""

NOISE = Decimal("1e-15")
"""What is smaller is the radius of an enclosure of 0."""

_FIGURES = 5
_SETTLED = 12
"""Figures to which a value is rounded first, so that 0.4999999999999999 is shown as 0.5."""

_LONGEST = 10
"""Digits before the point that are written out; a larger number has a power of ten."""


def five_figures(text: str) -> str:
    """A decimal cut to five figures, or to its whole part where that is longer: `2.3318…`, `1234567…`, `1.2345…e-7`."""
    value = WIDE.create_decimal(text)
    if value.copy_abs() < NOISE:
        return "0"
    settled = Context(prec=_SETTLED).plus(value)
    whole = settled.adjusted() + 1
    is_plain = -_FIGURES < whole - 1 < _LONGEST
    cut = Context(prec=max(_FIGURES, whole) if is_plain else _FIGURES, rounding=ROUND_DOWN).plus(settled)
    more = "" if cut == settled else "…"
    if is_plain:
        return f"{cut.normalize():f}{more}"
    digits, _, exponent = f"{cut.normalize():e}".partition("e")
    return f"{digits}{more}e{int(exponent)}"
