"""How a derivative comes about, as blocks: the layers of a chain, the steps, the result, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import isfinite, nan

from tutor.calculus.tidy import tidy
from tutor.expression.tree import Apply, Expression, Number, free_symbols, substitute
from tutor.feedback.explanation import Explanation, FriendlyPoint, Layer, Step
from tutor.feedback.ticks import Tick
from tutor.render.asked import at_point, bracketed, operator, prose
from tutor.render.blocks import (
    GLUE,
    Block,
    Formula,
    Heading,
    LayerRow,
    LayerTable,
    Line,
    Maths,
    Paragraph,
    Role,
    StepLine,
    StepTree,
    Table,
    Words,
)

MOST_STEPS = 14
"""How many steps are shown unless all are asked for: a screen has 24 lines."""


def explained(explanation: Explanation, *, full: bool = False, partial: bool = False) -> tuple[Block, ...]:
    """A derivative with its heading, as one of several; `partial` where there are other variables."""
    sign = operator(explanation.variables[-1:], partial=partial)
    head = Heading((Words(f"{sign} "), *bracketed(explanation.function)))
    return (head, *derivation_page(explanation, full=full, partial=partial))


def derivation_page(explanation: Explanation, *, full: bool = False, partial: bool = False) -> tuple[Block, ...]:
    """How a derivative comes about, from the layers to the result; all steps when `full`.

    Of a higher order it is the last differentiation.
    """
    return (
        *differentiated_before(explanation, partial=partial),
        *layers(explanation),
        *steps(explanation, full=full, partial=partial),
        *result(explanation),
    )


def differentiated_before(explanation: Explanation, *, partial: bool = False) -> tuple[Block, ...]:
    """Of a higher order what the last differentiation starts from, which the layers and steps are about."""
    if len(explanation.variables) < 2:
        return ()
    return (Formula(f"After {operator(explanation.variables[:-1], partial=partial)}:", explanation.function),)


def layers(explanation: Explanation, *, hide_wrong: bool = False) -> tuple[Block, ...]:
    """The table of layers; with `hide_wrong` without the local derivatives that the learner is still to find."""
    rows = tuple(_layer_row(layer, hide_wrong=hide_wrong) for layer in explanation.layers)
    return (LayerTable(rows),) if rows else ()


def steps(explanation: Explanation, *, full: bool = False, partial: bool = False) -> tuple[Block, ...]:
    """The tree of steps, cut where it is long unless `full`."""
    lines = tuple(_step_lines(explanation.steps, operator(explanation.variables[-1:], partial=partial), 0))
    kept = lines if full or len(lines) <= MOST_STEPS else lines[: MOST_STEPS - 1]
    if not lines:
        return ()
    tree = StepTree(kept, len(lines) - len(kept))
    return (tree, laws(lines)) if full else (tree,)


def is_judged(tree: tuple[Step, ...]) -> bool:
    """Whether a diagnosis marked any of the steps."""
    return any(step.tick is not Tick.UNKNOWN or step.remark or is_judged(step.substeps) for step in tree)


def branches(explanation: Explanation, *, hide_wrong: bool = False, partial: bool = False) -> tuple[Block, ...]:
    """The steps down to the slip: the branch that went wrong opened, the right ones folded.

    With `hide_wrong` only results that the learner found are shown; nothing where the slip is about the whole.
    """
    if hide_wrong and explanation.steps[0].tick is Tick.WRONG:
        return ()
    sign = operator(explanation.variables[-1:], partial=partial)
    lines = tuple(_step_lines(tuple(_folded(step, hide_wrong=hide_wrong) for step in explanation.steps), sign, 0))
    kept = lines[:MOST_STEPS]
    if hide_wrong:
        kept = tuple(replace(line, after=line.after if line.tick is Tick.RIGHT else None) for line in kept)
        kept = tuple(line if line.tick is Tick.RIGHT else replace(line, remark="") for line in kept)
    return (StepTree(kept, len(lines) - len(kept)),)


def _folded(step: Step, *, hide_wrong: bool) -> Step:
    """A step without those below that show nothing more: none under a right one, under the wrong one its own parts."""
    if step.tick is Tick.RIGHT or (step.tick is Tick.WRONG and hide_wrong):
        return replace(step, substeps=())
    if step.tick is Tick.WRONG:
        return replace(step, substeps=tuple(replace(inner, substeps=()) for inner in step.substeps))
    return replace(step, substeps=tuple(_folded(inner, hide_wrong=hide_wrong) for inner in step.substeps))


def way(explanation: Explanation, seen: int, *, partial: bool = False) -> tuple[Block, ...]:
    """The steps with their rules, and of their results as much as one may see who has spent `seen` attempts.

    Before the first attempt none, after it those of the innermost steps, then all but the last.
    """
    lines = tuple(_step_lines(explanation.steps, operator(explanation.variables[-1:], partial=partial), 0))
    open_ = tuple(line if _is_seen(line, lines, seen) else replace(line, after=None) for line in lines[:MOST_STEPS])
    return (StepTree(open_, len(lines) - len(open_), "the way goes on like this"),) if lines else ()


def _is_seen(line: StepLine, lines: tuple[StepLine, ...], seen: int) -> bool:
    if line.depth == 0 or seen == 0:
        return False
    return seen > 1 or not any(other.number.startswith(f"{line.number}.") for other in lines)


def laws(lines: tuple[StepLine, ...]) -> Table:
    """The laws of the rules in some steps, each once, in the order in which they come."""
    used = {line.rule: line.law for line in lines if line.law}
    return Table(("rule", "law"), tuple(((Words(rule, Role.NAME),), (Words(law),)) for rule, law in used.items()))


def result(explanation: Explanation) -> tuple[Block, ...]:
    """The product of the layers, the derivative, and one sentence why."""
    blocks: list[Block] = []
    if explanation.layers:
        blocks.append(Formula("Product:", _product(explanation.layers)))
    blocks.append(Formula("Result:", explanation.derivative))
    blocks.extend(_corner(corner) for corner in explanation.corners)
    if explanation.why:
        blocks.append(Paragraph((Words(prose(explanation.why)),)))
    return tuple(blocks)


def _corner(corner: Expression) -> Paragraph:
    start, end = Words(f"The rule gives no slope where{GLUE}"), Words(f"{GLUE}= 0: two branches meet there.")
    return Paragraph((start, Maths(corner), end))


def value_at(derivative: Expression, at: Mapping[str, Expression]) -> tuple[Block, ...]:
    """The value of a derivative at a point, exact and as a decimal; nothing where no point is asked for."""
    if not at:
        return ()
    value = tidy(substitute(derivative, dict(at)))
    decimal = () if isinstance(value, Number) else _decimal(value)
    return (Paragraph((Words("The value"), *at_point(at), Words(f" is{GLUE}"), Maths(value), *decimal, Words("."))),)


def see_it(point: FriendlyPoint, measured: str, yours: str) -> Line:
    """One sentence with a point, what is measured there, and what the answer gives."""
    place = ", ".join(f"{name} = {plain_number(value)}" for name, value in point.at)
    gives = f"{yours}{GLUE}{point.answer}" if point.answer is not None else "your formula has no real value there"
    start = f"See it at {place}: " if place else ""
    sentence = f"{start}{measured} is{GLUE}{point.slope}, {gives}."
    return (Words(sentence[0].upper() + sentence[1:]),)


def plain_number(value: Fraction) -> str:
    """An exact number as one would write it: 0.8, -3, 1/3."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if value.denominator == 1 or rest != 1 or value.denominator > 10**6:
        return str(value)
    places = next(n for n in range(1, 21) if 10**n % value.denominator == 0)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _decimal(value: Expression) -> Line:
    """` = 0.96891…` for a formula without symbols; nothing where it cannot be computed."""
    from tutor.expression.evaluate import evaluate  # NumPy, for this sentence alone

    number = float(evaluate(value, {})) if not free_symbols(value) else nan
    return (Words(f" = {number:.6g}"),) if isfinite(number) else ()


def _layer_row(layer: Layer, *, hide_wrong: bool) -> LayerRow:
    hidden = hide_wrong and layer.tick is not Tick.RIGHT
    return LayerRow(
        number=layer.number,
        outer=layer.outer,
        inside_name=layer.inside_name,
        inside=layer.inside,
        local=None if hidden else layer.local,
        tick=layer.tick,
        remark="" if hidden else layer.remark,
    )


def _product(chain: tuple[Layer, ...]) -> Expression:
    product: Expression = chain[0].local
    for layer in chain[1:]:
        product = Apply("*", (product, layer.local))
    return product


def _step_lines(tree: tuple[Step, ...], sign: str, depth: int) -> Iterator[StepLine]:
    for step in tree:
        yield StepLine(
            depth=depth,
            number=step.number,
            operator=sign,
            before=step.before,
            after=step.after,
            rule=step.rule,
            law=step.law,
            tick=step.tick,
            remark=step.remark,
        )
        yield from _step_lines(step.substeps, sign, depth + 1)
