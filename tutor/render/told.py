"""What is told of a wrong answer: the place in it, marked under its own text, and the slip, in words from the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.calculus.malrules import CONTEXTS
from tutor.exercise.model import Exercise
from tutor.expression.tree import free_symbols
from tutor.feedback.answer_place import AnswerPlace
from tutor.feedback.assessment import CellAssessment
from tutor.feedback.contexts import told_once
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.wording import mal_rules, phrase
from tutor.render.asked import bracketed, operator, said
from tutor.render.blocks import BULLET, GLUE, Block, Line, Marked, Maths, Paragraph, Words
from tutor.render.shown import shown

if TYPE_CHECKING:  # the slips that make one are loaded when somebody has slipped
    from tutor.feedback.follow_up import FollowUp

IN_FULL = 2
"""So many explanations are told in whole sentences; of more, each has one line."""

MOST_TOLD = 5
"""How many explanations that fit equally well are listed."""

MOST_OTHERS = 2
"""How many less likely ones are named."""


# ---- the place in the answer -------------------------------------------------------------------------------------


def marked(cell: CellAssessment, *, told: bool, worked: bool) -> tuple[Block, ...]:
    """The answer as it was typed with its place marked; what belongs there stands beside it once all is `worked`."""
    place = cell.place
    if place is None or (_is_whole(cell.answer, place) and not (told and place.missing)):
        return ()
    return (Marked(cell.answer, place.span, _label(place, told=told, worked=worked)),)


def _is_whole(answer: str, place: AnswerPlace) -> bool:
    """Whether a place is all of the answer, which says nothing as long as not told what is the matter."""
    return answer[place.span.start : place.span.end] == answer.strip()


def _label(place: AnswerPlace, *, told: bool, worked: bool) -> Line:
    if worked and place.belongs is not None:
        return said("mark-missing" if place.missing else "mark-wrong", belongs=Maths(place.belongs))
    return (Words(phrase("mark-lacks" if told and place.missing else "mark-look")),)


def look_at(cell: CellAssessment) -> tuple[Block, ...]:
    """The part of f to look at, where all explanations are about the same one and it is not all of f."""
    places = {finding.at for finding in cell.diagnosis.likeliest}
    match tuple(places):
        case (part,) if part is not None and cell.explanation is not None and part != cell.explanation.function:
            return (Paragraph(said("look-at", at=Maths(part))),)
        case _:
            return ()


# ---- what to try next --------------------------------------------------------------------------------------------


def try_next(next_one: FollowUp) -> Paragraph:
    """`Try next: d/dx sin(x³)`."""
    return Paragraph(_in_sentence("try-next", question_of(next_one)))


def question_of(next_one: FollowUp) -> Line:
    """What a follow-up asks, in one line."""
    if next_one.function is None:
        return (Words(shown(next_one.words)),)
    partial = bool(free_symbols(next_one.function) - {next_one.variable})
    return (
        Words(f"{operator((next_one.variable,) * next_one.order, partial=partial)} "),
        *bracketed(next_one.function),
    )


def _in_sentence(name: str, line: Line) -> Line:
    before, _, after = phrase(name).partition("{question}")
    return (Words(before), *line, Words(after))


# ---- the slip ----------------------------------------------------------------------------------------------------


def told(cell: CellAssessment, exercise: Exercise, *, worked: bool) -> tuple[Block, ...]:
    """What the slip is; several that fit are told as several, and an answer that none explains as such."""
    if exercise.options:
        return ()
    findings = told_once(cell.diagnosis.likeliest)
    return (*_likeliest(findings, cell, exercise, worked=worked), *_others(cell.diagnosis, exercise))


def _likeliest(
    findings: tuple[Finding, ...], cell: CellAssessment, exercise: Exercise, *, worked: bool
) -> tuple[Block, ...]:
    match findings:
        case ():
            return (Paragraph((Words(shown(_unknown(cell.diagnosis.remark), 1000)),)),)
        case (finding,) if len(finding.mal_rules) > 1:
            lead = Paragraph((Words(phrase("two-slips")),))
            return (lead, *(_bullet((Words(_sentence(name, exercise)),), name) for name in finding.mal_rules))
        case (finding,):
            return (_alone(finding, cell, exercise, worked=worked),)
        case _:
            return _several(findings, exercise, worked=worked)


def _others(diagnosis: Diagnosis, exercise: Exercise) -> tuple[Block, ...]:
    """Explanations that are less likely than the one that is told, in one line; no other names of the same slip."""
    if diagnosis.is_certain or len(told_once(diagnosis.likeliest)) > 1:
        return ()
    told = {finding.mal_rules for finding in diagnosis.likeliest}
    others = [
        each
        for each in told_once(diagnosis.findings)
        if each.mal_rules not in told and not CONTEXTS.keys() & set(each.mal_rules)
    ]
    titles = list(dict.fromkeys(_titles(finding, exercise) for finding in others))[:MOST_OTHERS]
    if not titles:
        return ()
    return (Paragraph((Words(phrase("less-likely", titles="; ".join(titles))),)),)


def _titles(finding: Finding, exercise: Exercise) -> str:
    return f" {phrase('and')} ".join(_title(name, exercise) for name in finding.mal_rules)


def _unknown(remark: str | None) -> str:
    return " ".join(part for part in (phrase("not-a-known-slip"), remark) if part)


def _alone(finding: Finding, cell: CellAssessment, exercise: Exercise, *, worked: bool) -> Paragraph:
    (name,) = finding.mal_rules
    sentence = _sentence(name, exercise)
    if not finding.certain:
        sentence = phrase("possibly", told=sentence)
    line: Line = (Words(sentence),)
    if worked and _is_skipped_layer(finding):
        line = said("not-multiplied", **_parts(finding))
    elif worked and (cell.place is None or cell.place.belongs is None):
        line = (*line, *_placed(finding))
    return Paragraph(line, name)


def _is_skipped_layer(finding: Finding) -> bool:
    known = finding.at is not None and finding.expected is not None
    return known and finding.certain and finding.layer is not None and finding.observed is None


def _several(findings: tuple[Finding, ...], exercise: Exercise, *, worked: bool) -> tuple[Block, ...]:
    two = any(len(finding.mal_rules) > 1 for finding in findings)
    lead = Paragraph((Words(phrase("one-of-pairs" if two else "one-of")),))
    if len(findings) <= IN_FULL and not two:
        lines = [_in_full(finding, exercise, worked=worked) for finding in findings]
    else:
        lines = [_in_short(finding, exercise) for finding in findings[:MOST_TOLD]]
    more = len(findings) - len(lines)
    rest = (Paragraph((Words(f"{BULLET}{phrase('and-more', count=str(more))}"),)),) if more > 0 else ()
    return (lead, *lines, *rest)


def _in_full(finding: Finding, exercise: Exercise, *, worked: bool) -> Paragraph:
    (name,) = finding.mal_rules
    placed = _placed(finding) if worked else ()
    return _bullet((Words(_sentence(name, exercise)), *placed), name)


def _in_short(finding: Finding, exercise: Exercise) -> Paragraph:
    names = _titles(finding, exercise)
    at: Line = () if finding.at is None else (Words(f", {phrase('in')}{GLUE}"), Maths(finding.at))
    return _bullet((Words(names), *at), ", ".join(finding.mal_rules))


def _bullet(line: Line, margin: str) -> Paragraph:
    return Paragraph((Words(BULLET), *line), margin)


def _placed(finding: Finding) -> Line:
    """The place of a slip and what belongs there, as a sentence after another one; empty where it is not known."""
    if finding.at is None or finding.expected is None:
        return ()
    if finding.observed is None:
        return (Words(" "), *said("belongs-there", **_parts(finding)))
    return (Words(" "), *said("stands-there", **_parts(finding), observed=Maths(finding.observed)))


def _parts(finding: Finding) -> dict[str, Maths]:
    assert finding.at is not None
    assert finding.expected is not None
    return {"at": Maths(finding.at), "expected": Maths(finding.expected)}


def _sentence(name: str, exercise: Exercise) -> str:
    """What is said of a slip: the author's words for a mistake of this exercise, else the catalogue's."""
    for mistake in exercise.mistakes:
        if mistake.name == name:
            return shown(mistake.feedback or mistake.name, 1000)
    wording = mal_rules().get(name)
    return wording.feedback if wording is not None else shown(name)


def _title(name: str, exercise: Exercise) -> str:
    """The slip in a few words."""
    wording = mal_rules().get(name)
    return wording.name if wording is not None else _sentence(name, exercise)
