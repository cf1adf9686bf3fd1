"""Whether a hint or a prompt says the answer: its formulas are read and compared with the key, not its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.errors import AnswerError
from tutor.exercise.model import Exercise
from tutor.exercise.symbols import declared_symbols
from tutor.expression.evaluate import evaluate
from tutor.expression.functions import SPELLINGS
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, free_symbols
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.values import Points, Values, agree

_CONSTANTS = frozenset({"e", "pi", "root"})
_PIECE = re.compile(r"[^\W\d_](?:[^\W²³⁴⁵]|_)*|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_SIGNS = "-+*/^()|²³⁴⁵·×÷√½−"
_LONGEST = 400
"""Characters of a formula in a hint that are looked at."""


def gives_away(text: str, exercise: Exercise, keys: tuple[Expression, ...]) -> bool:
    """Whether a text states every key of an exercise; a key that is a number counts only where it stands after `=`."""
    return bool(keys) and all(_states(text, exercise, key) for key in keys)


def _states(text: str, exercise: Exercise, key: Expression) -> bool:
    if not free_symbols(key):
        said = rf"(?:=\s*|\b(?:is|gives|get)\s+){re.escape(to_text(key))}(?!\.\d|\s*[\w^*/(])"
        return re.search(said, text) is not None
    if not isinstance(key, Apply):
        return False
    points = generic_points((key,), exercise.domain, declared_symbols(exercise))
    if points is None:
        return False
    right = evaluate(key, points)
    if any(_same(function, points, right) for function in exercise.functions):
        return False  # exp is its own slope: to name the function is no hint
    return any(_same(formula, points, right) for formula in formulas_in(text, declared_symbols(exercise)))


def _same(formula: Expression, points: Points, right: Values) -> bool:
    return agree(evaluate(formula, points), right)


def formulas_in(text: str, symbols: frozenset[str]) -> Iterator[Expression]:
    """The formulas in a text, longest runs of names, numbers and signs; words and `=` part them."""
    for run in _runs(text, symbols):
        formula = _read(run, symbols)
        if isinstance(formula, Apply):
            yield formula


def _runs(text: str, symbols: frozenset[str]) -> Iterator[str]:
    run = ""
    for piece in _PIECE.findall(text):
        if _is_part(piece, symbols):
            run += piece
            continue
        yield run
        run = ""
    yield run


def _is_part(piece: str, symbols: frozenset[str]) -> bool:
    if piece[0].isalpha():
        return piece in symbols or piece.casefold() in SPELLINGS or piece in _CONSTANTS or _splits(piece, symbols)
    return piece.isspace() or piece[0].isdigit() or piece in _SIGNS


def _splits(word: str, symbols: frozenset[str]) -> bool:
    """Whether a word is a product of one-letter symbols, such as `xy`."""
    return len(word) <= 3 and all(letter in symbols for letter in word)


def _read(run: str, symbols: frozenset[str]) -> Expression | None:
    formula = run.strip()[:_LONGEST].rstrip("-+*/^( ")
    if not formula:
        return None
    try:
        return parse(formula, symbols).expression
    except AnswerError:
        return None
