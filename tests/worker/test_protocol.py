"""Messages: whatever JSON can say comes back the same; whatever is no message is None."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.worker.protocol import decode, described, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_messages_come_back_in_one_line(message: dict[str, Any]) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert decode(line) == message


@settings(max_examples=300, deadline=None)
@given(st.binary())
def test_any_bytes_are_a_message_or_none(line: bytes) -> None:
    assert isinstance(decode(line), dict | None)


@pytest.mark.parametrize("line", [b"", b"[1]", b"7", b'{"a":', b"[" * 100_000, b"\xff\xfe"], ids=str)
def test_no_message(line: bytes) -> None:
    assert decode(line) is None


UNSENDABLE = {"a set": {1}, "infinity": float("inf"), "17 million characters": "x" * 17_000_000}


@pytest.mark.parametrize("case", UNSENDABLE, ids=str)
def test_what_cannot_be_sent_is_refused(case: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode({"a": UNSENDABLE[case]})


def test_exceptions_are_described_in_few_words() -> None:
    assert described(ValueError("no")) == "ValueError: no"
    assert described(ValueError()) == "ValueError"
    assert len(described(ValueError("x" * 10_000))) < 600
