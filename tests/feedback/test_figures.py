"""Decimals cut for showing: nothing is made larger or smaller by the cut than by what stands behind the ellipsis."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.feedback.figures import five_figures

FIGURES = {
    "as it is": ("2.5", "2.5"),
    "cut": ("2.3318412345", "2.3318…"),
    "small": ("0.02074057912345", "0.02074…"),
    "very small": ("-0.00001234567", "-1.2345…e-5"),
    "noise is zero": ("3.1e-24", "0"),
    "zeros at the end": ("0.5000000000000000000", "0.5"),
    "a hair below": ("0.4999999999999999999", "0.5"),
    "a long whole part stays": ("1234567.891234", "1234567…"),
    "a whole number": ("123456789", "123456789"),
    "very large": ("12345678901234567890.5", "1.2345…e19"),
    "a power of ten": ("1e40", "1e40"),
    "negative": ("-2", "-2"),
}


@pytest.mark.parametrize(("text", "shown"), FIGURES.values(), ids=FIGURES.keys())
def test_a_decimal_is_shown_in_five_figures(text: str, shown: str) -> None:
    assert five_figures(text) == shown


@given(st.decimals(min_value="1e-14", max_value="1e30", allow_nan=False, allow_infinity=False, places=20))
def test_what_is_shown_is_within_a_ten_thousandth(value: Decimal) -> None:
    shown = Decimal(five_figures(str(value)).replace("…", ""))
    assert abs(shown - value) <= value * Decimal("1e-4")
