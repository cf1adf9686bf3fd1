"""Which bar of an absolute value opens and which closes, since both are written `|`.

A bar closes where a factor has ended and a bar is open within the same brackets; else it opens. Where that would make
an absolute value of a plain number, as in `|2|x|-1|`, or leave a bar without a partner, the bars that could have opened
as well are tried: the first way to pair them without such a part is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tutor.errors import AnswerError, Span
from tutor.expression.complaints import unreadable
from tutor.expression.pratt import FACTORS, FUNCTIONS, NUMBERS

_DOUBTFUL = 6
"""How many bars are tried both ways."""

_ENDS_FACTOR = NUMBERS | {"symbol", "constant", "close", "bar-close"}
_STARTS_FACTOR = FACTORS | FUNCTIONS | {"bar"}


def paired(kinds: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """The kinds of tokens with each `bar` as `bar-open` or `bar-close`; AnswerError for a bar without a partner."""
    doubtful: list[int] = []
    plain: list[str] | None = None
    failure: AnswerError | None = None
    try:
        plain = _paired(kinds, starts, ends, frozenset(), doubtful)
        if not _holds_plain_number(plain):
            return plain
    except AnswerError as error:
        failure = error
    for opening in _openings(doubtful[:_DOUBTFUL]):
        try:
            other = _paired(kinds, starts, ends, opening, [])
        except AnswerError:
            continue
        if not _holds_plain_number(other):
            return other
    if plain is None:
        assert failure is not None
        raise failure
    return plain


def _openings(doubtful: Sequence[int]) -> Iterator[frozenset[int]]:
    """Every choice of doubtful bars that open, few of them first."""
    for count in range(1, len(doubtful) + 1):
        yield from map(frozenset, combinations(doubtful, count))


def _paired(
    kinds: Sequence[str], starts: Sequence[int], ends: Sequence[int], opening: frozenset[int], doubtful: list[int]
) -> list[str]:
    """The kinds where some bars open although they could close; adds to `doubtful` the bars that could do both."""
    found: list[str] = []
    waiting: list[int] = [-1]
    for index, given in enumerate(kinds):
        kind = given
        if kind == "bar":
            closes = waiting[-1] >= 0 and bool(found) and found[-1] in _ENDS_FACTOR
            if closes and kinds[index + 1] in _STARTS_FACTOR:
                doubtful.append(index)
                closes = index not in opening
            kind = "bar-close" if closes else "bar-open"
        found.append(kind)
        if kind in ("bar-open", "open"):
            waiting.append(index if kind == "bar-open" else -1)
        elif kind in ("close", "bar-close", "end"):
            lonely = _lonely(waiting, index, kind)
            if lonely is not None:
                raise unreadable("missing-bar", Span(starts[lonely], ends[lonely]))
    return found


def _lonely(waiting: list[int], index: int, kind: str) -> int | None:
    """The bar without a partner, if any; takes the partner of a closing token off the stack."""
    opened = waiting[-1]
    if kind == "bar-close" and opened < 0:
        return index
    if kind != "bar-close" and opened >= 0:
        return opened
    if len(waiting) > 1:
        waiting.pop()
    return None


def _holds_plain_number(kinds: Sequence[str]) -> bool:
    """Whether an absolute value holds nothing but digits, with a sign or without."""
    for index, kind in enumerate(kinds):
        if kind == "bar-open":
            first = index + 1 + (kinds[index + 1] == "-")
            if kinds[first] in NUMBERS and kinds[first + 1] == "bar-close":
                return True
    return False
