"""The place of a slip in the learner's own answer: the part that is wrong, or the product that lacks a factor.

Found by values, not by text. For each part of the answer there is a value that would make the whole answer right if
only that part were another one; it is carried down from the derivative at the root by undoing each operation on the
way. A part whose value is what the slip put there, and whose repair is what belongs there, is the place. Method: the
backward pass of HC4 (Benhamou, Goualard, Granvilliers & Puget 1999, Revising hull and box consistency), on points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from tutor.calculus.tidy import tidy
from tutor.errors import Span
from tutor.expression.evaluate import Values, evaluate, operate
from tutor.expression.fold import fold
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number, free_symbols, number, size, walk
from tutor.feedback.finding import Diagnosis, Finding

NEAR = 1e-7
"""Relative distance within which two values are the same; a repair has lost some figures on its way down."""

FAINT = 1e-12
"""What is as small as that is nothing."""

ENOUGH = 5
"""At how many points both values must be finite."""

MOST_PLACED = 8
"""For how many findings a place is looked for; so many ties are shown at most."""

MOST_CHANGED = 8
"""Parts of a change that is small."""

MOST_BELOW = 100
"""The largest denominator of a number that is said to belong somewhere."""


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """A place in the text of an answer; `missing` says that a factor lacks there, and not that the part is wrong.

    `belongs` is what stands there in a right answer, or the factor that lacks; None where only the place is known.
    `superfluous` says that nothing belongs there: the answer is right without this factor or term.
    """

    span: Span
    missing: bool
    belongs: Expression | None = None
    superfluous: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the answer with its values, and the values that would make the whole answer right in its stead.

    `above` is the head of the operation that the part is the given `argument` of.
    """

    part: Expression
    values: Values
    repaired: Values
    above: str = ""
    argument: int = 0


def with_places(
    diagnosis: Diagnosis, answer: Expression, right: Expression, points: Mapping[str, Values]
) -> tuple[Diagnosis, AnswerPlace | None]:
    """The diagnosis with the place of each finding in the answer, and the place on which the likeliest agree."""
    case = _Case(answer, right, points, evaluate(right, points))
    parts = sorted(_parts(case), key=lambda each: size(each.part))
    if not diagnosis.findings:
        is_right_here = _same(evaluate(answer, points), case.key)  # what is wrong is elsewhere
        return diagnosis, None if is_right_here else _shown(_mending(case, parts), answer)
    places = [
        _given(finding) or _shown(_blamed(case, parts, finding), answer) for finding in diagnosis.findings[:MOST_PLACED]
    ]
    spans = [None if place is None else place.span for place in places]
    spans += [None] * (len(diagnosis.findings) - len(places))
    findings = tuple(
        replace(finding, answer_span=span) for finding, span in zip(diagnosis.findings, spans, strict=True)
    )
    common = _common(places[: len(diagnosis.likeliest)])
    if common is None or common.belongs is None:
        common = _mending_anyway(case, parts, diagnosis, common)
    return replace(diagnosis, findings=findings), common


def _mending_anyway(
    case: _Case, parts: list[_Part], diagnosis: Diagnosis, common: AnswerPlace | None
) -> AnswerPlace | None:
    """What mends the answer, whichever of several explanations holds; not beside one that says all of it is wrong."""
    likeliest = diagnosis.likeliest
    if len(likeliest) < 2 and all(len(finding.mal_rules) < 2 for finding in likeliest):
        return common
    mending = _shown(_mending(case, parts), case.answer)
    return common if mending is None or (common is not None and _are_apart(mending.span, common.span)) else mending


def _are_apart(one: Span, other: Span) -> bool:
    return one.end <= other.start or other.end <= one.start


def _given(finding: Finding) -> AnswerPlace | None:
    """The place of a constant of integration, which the reader has found."""
    return None if finding.answer_span is None else AnswerPlace(finding.answer_span, missing=False, superfluous=True)


def _common(places: Sequence[AnswerPlace | None]) -> AnswerPlace | None:
    """The place that lies in all the others; what belongs there and what is the matter only where there is just one."""
    known = list(dict.fromkeys(place for place in places if place is not None))
    if len(known) < 2:
        return known[0] if known else None
    inmost = Span(max(place.span.start for place in known), min(place.span.end for place in known))
    if all(place.span != inmost for place in known):
        return None
    return AnswerPlace(inmost, all(place.missing for place in known))


def _blamed(case: _Case, parts: list[_Part], finding: Finding) -> _Change | None:
    """What a finding says is to be changed in the answer; None where no part of it can be blamed honestly."""
    stated = tuple(part for part in (finding.expected, finding.observed) if part is not None)
    if (
        finding.expected is None
        or len(finding.mal_rules) > 1
        or any(free_symbols(part) - set(case.points) for part in stated)
    ):
        return None
    expected = evaluate(finding.expected, case.points)
    if finding.observed is None or finding.observed == ONE:
        return _lacking(parts, expected, finding.expected)
    observed = evaluate(finding.observed, case.points)
    changes = (*_replaced(parts[:-1], observed, expected, finding.expected), *_edited(parts))
    mending = next((change for change in changes if _mends(change, case)), None)
    return mending or _out_of_scale(parts, observed, expected)


def _mending(case: _Case, parts: list[_Part]) -> _Change | None:
    """The one small change that makes an answer right, where no slip explains it.

    It is that of a sign, an exponent, a number, a number before a term, or of a part into one that the derivative has.
    """
    changes = (*_edited(parts), *_scaled(parts), *_exchanged(parts[:-1], case))
    return next((change for change in changes if _mends(change, case)), None)


@dataclass(frozen=True, slots=True)
class _Case:
    """An answer with the right one, as formulas and, at the points, as values."""

    answer: Expression
    right: Expression
    points: Mapping[str, Values]
    key: Values


@dataclass(frozen=True, slots=True)
class _Change:
    """What is to be done with a part of the answer: to multiply it by what lacks, or to put what belongs there."""

    part: Expression
    belongs: Expression | None = None
    missing: bool = False


def _shown(change: _Change | None, answer: Expression) -> AnswerPlace | None:
    if change is None or change.part.span is None:
        return None
    belongs = None if change.belongs is None else tidy(change.belongs)
    superfluous = not change.missing and belongs is not None and _is_neutral(change.part, belongs, answer)
    return AnswerPlace(change.part.span, change.missing, belongs, superfluous)


def _is_neutral(part: Expression, belongs: Expression, answer: Expression) -> bool:
    """Whether a part is a factor that should be 1, or a term that should be 0."""
    above = {each.head for each in walk(answer) if isinstance(each, Apply) and any(part is a for a in each.arguments)}
    return (belongs == ONE and above == {"*"}) or (belongs == ZERO and above in ({"+"}, {"-"}))


def _mends(change: _Change, case: _Case) -> bool:
    """Whether an answer is right with a change, also where the way back to the part could not be gone."""
    if change.belongs is None:
        return False
    by = Apply("*", (change.belongs, change.part)) if change.missing else change.belongs
    return _same(evaluate(_with(case.answer, change.part, by), case.points), case.key)


def _with(whole: Expression, part: Expression, by: Expression) -> Expression:
    """The tree with one part, which is not looked for by its shape, replaced."""
    if whole is part:
        return by
    if not isinstance(whole, Apply):
        return whole
    return Apply(whole.head, tuple(_with(argument, part, by) for argument in whole.arguments), whole.span)


# ---- which part --------------------------------------------------------------------------------------------------


def _lacking(parts: Sequence[_Part], factor: Values, belongs: Expression) -> _Change | None:
    """The largest part that becomes right with the factor."""
    with np.errstate(all="ignore"):
        found = [each for each in parts if _same(each.values * factor, each.repaired)]
    return _Change(found[-1].part, belongs, missing=True) if found else None


def _replaced(parts: Sequence[_Part], observed: Values, expected: Values, belongs: Expression) -> Iterator[_Change]:
    """The parts that are what was observed and should be what was expected; below a line, one over these."""
    with np.errstate(all="ignore"):
        below, above = 1.0 / observed, 1.0 / expected
    for each in parts:
        if _same(each.values, observed) and _same(each.repaired, expected):
            yield _Change(each.part, belongs)
    for each in parts if not _same(below, -above) else ():
        if _same(each.values, below) and _same(each.repaired, above):
            yield _Change(each.part, Apply("/", (ONE, belongs)))


def _edited(parts: Sequence[_Part]) -> Iterator[_Change]:
    """The one sign, the one exponent, the one number whose change may make the answer right.

    That a number wants another sign says that its whole term does.
    """
    signs = [each for each in parts if each.above in ("+", "-") and _same(each.repaired, -each.values)]
    if len(signs) == 1:
        yield _Change(signs[0].part, Apply("neg", (signs[0].part,)))
    numbers = [(each, wanted) for each in parts if (wanted := _number_wanted(each)) is not None]
    exponents = [found for found in numbers if (found[0].above, found[0].argument) == ("^", 1)]
    plain = [(each, wanted) for each, wanted in numbers if isinstance(each.part, Number) and each.part.value != -wanted]
    for found in (exponents, plain):
        if len(found) == 1:
            yield _Change(found[0][0].part, number(found[0][1]))


def _number_wanted(each: _Part) -> Fraction | None:
    """The short number that makes the answer right in the place of a constant; None where there is none."""
    return None if free_symbols(each.part) else _short(each.repaired)


def _short(values: Values) -> Fraction | None:
    """The number with a small denominator that all values are; None where they are none."""
    if not _is_constant(values):
        return None
    value = float(np.median(values[np.isfinite(values)]))
    short = Fraction(value).limit_denominator(MOST_BELOW)
    return short if abs(float(short) - value) <= NEAR * max(1.0, abs(value)) else None


def _scaled(parts: Sequence[_Part]) -> Iterator[_Change]:
    """The one term that lacks a short number as a factor, or does not belong there."""
    with np.errstate(all="ignore"):
        factors = [(each, _short(each.repaired / each.values)) for each in parts if each.above in ("+", "-")]
    lacking = [(each, factor) for each, factor in factors if factor is not None and abs(factor) != 1]
    if len(lacking) == 1:
        [(each, factor)] = lacking
        yield _Change(each.part, number(factor), missing=True) if factor else _Change(each.part, ZERO)


def _exchanged(parts: Sequence[_Part], case: _Case) -> Iterator[_Change]:
    """The small parts that would be right as another small part, one that the derivative has."""
    known = [(part, evaluate(part, case.points)) for part in sorted(dict.fromkeys(walk(case.right)), key=size)]
    for each in parts:
        belongs = next((part for part, values in known if _same(values, each.repaired)), None)
        if belongs is not None and size(each.part) <= MOST_CHANGED and size(belongs) <= MOST_CHANGED:
            yield _Change(each.part, belongs)


def _out_of_scale(parts: Sequence[_Part], observed: Values, expected: Values) -> _Change | None:
    """The largest part that is a constant times what was observed; else the whole term in which the slip lies.

    None for the whole answer: that something in it is wrong is known already.
    """
    with np.errstate(all="ignore"):
        off = [each for each in parts if _same(each.values * expected, each.repaired * observed)]
        scaled = [each for each in off if _is_constant(each.values / observed)]
        if _is_constant(expected / observed):
            scaled = []  # every factor of the term would do
    found = scaled[-1] if scaled else off[-1] if off else None
    return None if found is None or found is parts[-1] else _Change(found.part)


# ---- the value that would make the answer right ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Valued:
    part: Expression
    values: Values
    arguments: tuple[_Valued, ...]


def _parts(case: _Case) -> Iterator[_Part]:
    """The parts of an answer that can be repaired alone; the whole answer by the derivative itself."""

    def valued(part: Expression, arguments: Sequence[_Valued]) -> _Valued:
        if isinstance(part, Apply):
            with np.errstate(all="ignore"):
                values = operate(part, [each.values for each in arguments], case.key.shape)
        else:
            values = evaluate(part, case.points)
        return _Valued(part, np.broadcast_to(np.asarray(values, dtype=np.float64), case.key.shape), tuple(arguments))

    stack = [(fold(case.answer, valued), case.key, "", 0)]
    while stack:
        here, repaired, above, argument = stack.pop()
        yield _Part(here.part, here.values, repaired, above, argument)
        head = here.part.head if isinstance(here.part, Apply) else ""
        if head in _UNDOING:
            with np.errstate(all="ignore"):
                below = _UNDOING[head](repaired, *(each.values for each in here.arguments))
            stack.extend(
                (each, wanted, head, at) for at, (each, wanted) in enumerate(zip(here.arguments, below, strict=True))
            )


def _undo_power(power: Values, base: Values, exponent: Values) -> tuple[Values, Values]:
    """The base, with the sign that it has, and the exponent, where the base is positive, of a power with its value."""
    size = np.abs(power) ** (1.0 / exponent)
    fits = (power > 0) | ((power < 0) & (exponent % 2 == 1))
    sign = np.where(exponent % 2 == 1, np.sign(power), np.sign(base))
    return np.where(fits, sign * size, np.nan), np.log(power) / np.log(np.where(base > 0, base, np.nan))


_UNDOING: Mapping[str, Callable[..., tuple[Values, ...]]] = MappingProxyType(
    {
        "+": lambda value, left, right: (value - right, value - left),
        "-": lambda value, left, right: (value + right, left - value),
        "*": lambda value, left, right: (value / right, value / left),
        "/": lambda value, above, below: (value * below, above / value),
        "neg": lambda value, _: (-value,),
        "^": _undo_power,
        "exp": lambda value, _: (np.log(value),),
        "ln": lambda value, _: (np.exp(value),),
        "sqrt": lambda value, _: (np.where(value > 0, value * value, np.nan),),
    }
)
"""What each argument of an operation would have to be for it to have a value, the others being as they are."""


def _same(values: Values, others: Values) -> bool:
    """Whether two columns agree wherever both are finite, at enough points; `np.allclose` takes ten times as long."""
    with np.errstate(all="ignore"):
        off = np.abs(values - others)
        near = off <= NEAR * np.abs(others) + FAINT
    finite = np.isfinite(off)
    return int(finite.sum()) >= ENOUGH and bool(near[finite].all())


def _is_constant(values: Values) -> bool:
    finite = values[np.isfinite(values)]
    return len(finite) >= ENOUGH and bool((np.abs(finite - finite[0]) <= NEAR * abs(finite[0])).all())
