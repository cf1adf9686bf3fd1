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
from tutor.render.asked import bracketed, operator, prose, said
from tutor.render.blocks import BULLET, GLUE, Block, Line, Marked, Maths, Paragraph, Role, Words
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
    if told and place.superfluous:
        return (Words(phrase("mark-superfluous")),)
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
    """The place in the answer and what the slip is; several that fit are told as several.

    One slip is named in a headline above the place, so that the first lines say what happened and where in f.
    """
    place = marked(cell, told=True, worked=worked)
    if exercise.options:
        return place
    findings = told_once(cell.diagnosis.likeliest)
    match findings:
        case ():
            return (*place, Paragraph((Words(shown(_unknown(cell.diagnosis.remark), 1000)),)))
        case (finding,):
            headline, sentences = _alone(finding, cell, exercise, worked=worked)
            return (*headline, *place, *sentences, *_others(cell.diagnosis, exercise))
        case _:
            return (*_one_or_other(findings, exercise), *place, *_several(findings, cell, exercise, worked=worked))


def _unknown(remark: str | None) -> str:
    return " ".join(part for part in (phrase("not-a-known-slip"), remark) if part)


def _others(diagnosis: Diagnosis, exercise: Exercise) -> tuple[Block, ...]:
    """Explanations that are less likely than the one that is told, in one line; no other names of the same slip."""
    if diagnosis.is_certain:
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


# ---- one explanation ---------------------------------------------------------------------------------------------


def _alone(
    finding: Finding, cell: CellAssessment, exercise: Exercise, *, worked: bool
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The headline of one explanation, which stands above the place in the answer, and its sentences below that."""
    if len(finding.mal_rules) > 1:
        lead = Paragraph(_named("two-slips", finding, exercise))
        return (lead,), tuple(_bullet((_sentence(name, exercise),), name) for name in finding.mal_rules)
    (name,) = finding.mal_rules
    sentence = _sentence(name, exercise)
    if name not in mal_rules():
        return (), (Paragraph((sentence,), name),)
    headline = Paragraph(_named("headline" if finding.certain else "headline-possibly", finding, exercise))
    if worked and _is_skipped_layer(finding):
        return (headline,), (Paragraph(said("not-multiplied", **_parts(finding)), name),)
    is_shown = not worked or (cell.place is not None and cell.place.belongs is not None)
    return (headline,), (Paragraph((sentence, *(() if is_shown else _placed(finding))), name),)


def _named(lead: str, finding: Finding, exercise: Exercise) -> Line:
    """What happened and where, as a headline."""
    before, _, after = phrase(lead).partition("{told}")
    return (Words(before), *_where(finding, exercise, Role.STRONG), Words(after))


def _where(finding: Finding, exercise: Exercise, role: Role = Role.PLAIN) -> Line:
    """What happened, and in which part of f."""
    return (Words(_titles(finding, exercise), role), *_in_part(finding))


def _in_part(finding: Finding) -> Line:
    return () if finding.at is None else (Words(f", {phrase('in')}{GLUE}"), Maths(finding.at))


def _is_skipped_layer(finding: Finding) -> bool:
    known = finding.at is not None and finding.expected is not None
    return known and finding.certain and finding.layer is not None and finding.observed is None


# ---- several that fit equally well -------------------------------------------------------------------------------


def _one_or_other(findings: tuple[Finding, ...], exercise: Exercise) -> tuple[Block, ...]:
    """A headline of few single slips that fit, so that the first lines say what happened and where in f."""
    if not _is_headed(findings):
        return ()
    before, _, after = phrase("headline").partition("{told}")
    joint = f" {phrase('or')} "
    if len({finding.at for finding in findings}) == 1:
        titles = joint.join(_titles(finding, exercise) for finding in findings)
        return (Paragraph((Words(before), Words(titles, Role.STRONG), *_in_part(findings[0]), Words(after))),)
    told = [(*_where(finding, exercise, Role.STRONG), Words(f",{joint}")) for finding in findings]
    line = [part for each in told for part in each][:-1]
    return (Paragraph((Words(before), *line, Words(after))),)


def _is_headed(findings: tuple[Finding, ...]) -> bool:
    """Whether explanations are few single slips of the catalogue, so that a headline names them."""
    single = all(len(finding.mal_rules) == 1 and finding.mal_rules[0] in mal_rules() for finding in findings)
    return single and len(findings) <= IN_FULL


def _several(
    findings: tuple[Finding, ...], cell: CellAssessment, exercise: Exercise, *, worked: bool
) -> tuple[Block, ...]:
    two = any(len(finding.mal_rules) > 1 for finding in findings)
    sets = _one_of_each(findings) if two else None
    if sets is not None:
        return (Paragraph((Words(phrase("one-of-each")),)), *(_choice(names, exercise) for names in sets))
    lead = Paragraph((Words(phrase("one-of-pairs" if two else "one-of")),))
    if len(findings) <= IN_FULL and not two:
        lines = [_in_full(finding, findings, cell, exercise, worked=worked) for finding in findings]
    else:
        lines = [_in_short(finding, exercise) for finding in findings[:MOST_TOLD]]
    more = len(findings) - len(lines)
    rest = (Paragraph((Words(f"{BULLET}{phrase('and-more', count=str(more))}"),)),) if more > 0 else ()
    return (lead, *lines, *rest)


def _one_of_each(findings: tuple[Finding, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Two sets of mal-rules of which every pair is among the findings and no other; None where they are none."""
    pairs = {frozenset(finding.mal_rules) for finding in findings}
    names = tuple(dict.fromkeys(name for finding in findings for name in finding.mal_rules))
    second = tuple(name for name in names if frozenset({names[0], name}) in pairs)
    first = tuple(name for name in names if name not in second)
    return (first, second) if pairs == {frozenset({one, other}) for one in first for other in second} else None


def _choice(names: tuple[str, ...], exercise: Exercise) -> Paragraph:
    """One of two slips: what it may be."""
    return _bullet((Words(f" {phrase('or')} ".join(_title(name, exercise) for name in names)),), ", ".join(names))


def _in_full(
    finding: Finding, beside: tuple[Finding, ...], cell: CellAssessment, exercise: Exercise, *, worked: bool
) -> Paragraph:
    """One of some explanations in whole sentences; with what it is called where no headline names them."""
    (name,) = finding.mal_rules
    is_named = _is_headed(beside) or name not in mal_rules()
    head = () if is_named else (*_named("headline", finding, exercise), Words(" "))
    is_shown = not worked or (cell.place is not None and cell.place.span == finding.answer_span)
    return _bullet((*head, _sentence(name, exercise), *(() if is_shown else _placed(finding))), name)


def _in_short(finding: Finding, exercise: Exercise) -> Paragraph:
    return _bullet(_where(finding, exercise), ", ".join(finding.mal_rules))


def _bullet(line: Line, margin: str) -> Paragraph:
    return Paragraph((Words(BULLET), *line), margin)


def _titles(finding: Finding, exercise: Exercise) -> str:
    return f" {phrase('and')} ".join(_title(name, exercise) for name in finding.mal_rules)


def _placed(finding: Finding) -> Line:
    """What belongs in the place of a slip, as a sentence after another one; empty where it is not known."""
    if finding.at is None or finding.expected is None:
        return ()
    if finding.observed is None:
        return (Words(" "), *said("belongs-here", expected=Maths(finding.expected)))
    name = "read-as" if finding.misread else "stands-here"
    return (Words(" "), *said(name, **_parts(finding), observed=Maths(finding.observed)))


def _parts(finding: Finding) -> dict[str, Maths]:
    assert finding.at is not None
    assert finding.expected is not None
    return {"at": Maths(finding.at), "expected": Maths(finding.expected)}


def _sentence(name: str, exercise: Exercise) -> Words:
    """What is said of a slip: the author's words for a mistake of this exercise, else the catalogue's."""
    for mistake in exercise.mistakes:
        if mistake.name == name:
            return Words(shown(mistake.feedback or mistake.name, 1000))
    wording = mal_rules().get(name)
    return Words(prose(wording.feedback)) if wording is not None else Words(shown(name))


def _title(name: str, exercise: Exercise) -> str:
    """The slip in a few words."""
    wording = mal_rules().get(name)
    return prose(wording.name) if wording is not None else _sentence(name, exercise).text
