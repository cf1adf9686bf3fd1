"""The search for garbage is put off while a table is built, and only then."""

from __future__ import annotations

import gc

import pytest

from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.feedback.diagnosis import table_of
from tutor.feedback.slips.collecting import collecting_later
from tutor.feedback.slips.wrong_answers import Asked


def test_it_is_off_inside_and_on_again_behind_the_last() -> None:
    with collecting_later():
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_it_was() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collecting_later():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_a_table_leaves_no_garbage_that_only_a_search_would_find() -> None:
    first, second = (Asked(parse(f"sin({k}*x^2)*exp(5*x)/(x + 7)").expression, ("x",)) for k in (13, 17))
    assert table_of(first, Domain()) is not None
    gc.collect()
    gc.disable()
    try:
        assert table_of(second, Domain()) is not None
        assert gc.collect() < 20
    finally:
        gc.enable()
