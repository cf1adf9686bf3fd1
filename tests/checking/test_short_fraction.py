"""Short fractions in an interval, against trying all denominators."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, islice

from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.checking.short_fraction import short_fractions, simplest_fraction
from tutor.expression.domain import Range

ends = st.fractions(-20, 20, max_denominator=200)


@given(ends, ends)
def test_no_fraction_between_has_a_smaller_denominator(one: Fraction, other: Fraction) -> None:
    assume(one != other)
    low, high = sorted((one, other))
    found = simplest_fraction(low, high)
    assert low < found < high
    smallest = next(d for d in count(1) if (low * d).__floor__() + 1 < high * d)
    assert found.denominator == smallest


@given(st.none() | ends, st.none() | ends)
def test_all_are_inside_and_differ(one: Fraction | None, other: Fraction | None) -> None:
    low, high = (one, other) if one is None or other is None or one < other else (other, one)
    assume(low is None or high is None or low < high)
    within = Range(low, high)
    found = list(islice(short_fractions(within), 8))
    assert all(within.surrounds(each) for each in found)
    assert len(set(islice(short_fractions(within), 2))) == 2
