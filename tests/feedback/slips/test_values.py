"""When two columns of values are the same: figures lost at a few points are no difference, another domain is one."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.feedback.slips.values import agree

X = np.linspace(0.2, 2.6, 16)


@pytest.mark.parametrize(("lost", "same"), [(0, True), (3, True), (4, True), (5, False), (8, False), (16, False)])
def test_no_value_at_a_few_points_is_no_difference(lost: int, same: bool) -> None:
    holed = np.where(np.arange(16) < lost, np.nan, X**2)
    assert agree(X**2, holed) is same
    assert agree(holed, X**2) is same


def test_another_value_at_one_point_is_a_difference() -> None:
    assert not agree(X**2, np.where(np.arange(16) == 3, 2 * X**2, X**2))
