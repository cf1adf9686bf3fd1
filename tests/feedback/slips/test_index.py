"""The look-up finds what a comparison with every candidate finds."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.feedback.slips.index import near, slip_index
from tutor.feedback.slips.values import Values

COUNTS = (3, 10, 16)
"""Numbers of points, fewer than the projections take among them."""


def candidates(count: int) -> Values:
    """Candidates of all sizes, some of them without a value at some points, every fifth twice."""
    random = np.random.default_rng(count)
    values = random.normal(size=(400, count)) * 10.0 ** random.integers(-8, 9, size=(400, 1))
    values[random.random(values.shape) < 0.05] = np.nan
    values[random.random(values.shape) < 0.05] = np.inf
    values[random.random(values.shape) < 0.05] = -1e300
    values[1::5] = values[::5]
    return values


@pytest.mark.parametrize("count", COUNTS)
def test_every_candidate_is_near_its_own_values(count: int) -> None:
    values = candidates(count)
    index = slip_index(values)
    for place, row in enumerate(values):
        equal = [other for other, known in enumerate(values) if np.array_equal(known, row, equal_nan=True)]
        found = near(index, row.tolist())
        assert place in found
        assert set(equal) <= set(found)
        assert found == sorted(found)


@pytest.mark.parametrize("count", COUNTS)
def test_values_rounded_elsewhere_are_near_too(count: int) -> None:
    values = candidates(count)
    index = slip_index(values)
    moved = values * (1 + 1e-9 * np.random.default_rng(1).uniform(-1, 1, values.shape))
    assert all(place in near(index, row.tolist()) for place, row in enumerate(moved))


@pytest.mark.parametrize("lost", range(5))
def test_a_figure_lost_at_one_of_the_first_points_hides_nothing(lost: int) -> None:
    values = candidates(16)
    index = slip_index(values)
    values[:, lost] = 0.5
    assert all(place in near(index, row.tolist()) for place, row in enumerate(values))


def test_other_values_are_far() -> None:
    assert near(slip_index(np.ones((5, 16))), [1.1] * 16) == []
