"""Wrong answers with the slips that are in them, as texts; what leaves the value right is no wrong answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from tests.diagnosis.draw import Drawn
from tests.diagnosis.forms import AS_DERIVED, written
from tests.diagnosis.injector import Slipped, algebra, double, misreadings, singles
from tests.diagnosis.truth import agree, is_wrong, values
from tutor.errors import AnswerError
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, size

LARGEST = 400
"""Parts of an answer as it falls out of the rules; a longer one is no answer that anybody types."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A wrong answer to a drawn function: its text, the form it was written in, and its slips."""

    drawn: Drawn
    text: str
    form: str
    slipped: Slipped

    @property
    def given(self) -> Expression:
        return parse(self.text, limits=IN_FILES).expression


def single_answers(drawn: Drawn, seed: str) -> Iterator[Answer]:
    """One answer for each single slip at each place that makes the derivative wrong."""
    yield from _answers(drawn, singles(drawn.function), seed)


def misread_answers(drawn: Drawn, seed: str) -> Iterator[Answer]:
    """The derivative of each function that a misreading makes of this one."""
    yield from _answers(drawn, misreadings(drawn.function), f"{seed}/misread")


def algebra_answers(drawn: Drawn, seed: str) -> Iterator[Answer]:
    """The right derivative, written down or simplified wrongly at each place."""
    yield from _answers(drawn, algebra(drawn.function), f"{seed}/algebra")


def double_answers(drawn: Drawn, seed: str, count: int) -> Iterator[Answer]:
    """Some answers with two slips, drawn at random."""
    random = Random(f"{seed}/two")
    found = [double(drawn.function, random) for _ in range(4 * count)]
    distinct = {(one.derivative, *(slip.law.id for slip in one.slips)): one for one in found if one is not None}
    yield from _answers(drawn, list(distinct.values())[:count], seed)


def _answers(drawn: Drawn, slipped: Iterable[Slipped], seed: str) -> Iterator[Answer]:
    for index, one in enumerate(slipped):
        if size(one.derivative) <= LARGEST:
            answer = _answer(drawn, one, Random(f"{seed}/{index}"))
            if answer is not None:
                yield answer


def _answer(drawn: Drawn, slipped: Slipped, random: Random) -> Answer | None:
    """The answer in some form; as it falls out of the rules where the form has another value."""
    plain = values(slipped.derivative, drawn.points)
    if not is_wrong(plain, drawn.points):
        return None
    form, tree = written(slipped.derivative, random)
    text = to_text(tree)
    if form != AS_DERIVED and not _says(text, plain, drawn):
        form, text = AS_DERIVED, to_text(slipped.derivative)
    return Answer(drawn, text, form, slipped) if len(text) <= IN_FILES.characters else None


def _says(text: str, wanted: tuple[object, ...], drawn: Drawn) -> bool:
    try:
        return agree(values(parse(text, limits=IN_FILES).expression, drawn.points), wanted)
    except AnswerError:
        return False
