"""The place of a cause: the layer of the chain, the part of f, and the right and the mistaken result there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from tutor.calculus.arrange import arrange
from tutor.calculus.derivation import derivative
from tutor.calculus.layers import ChainLayer, layers
from tutor.calculus.rule import Bindings, fill, match
from tutor.calculus.tidy import tidy
from tutor.expression.tree import ONE, Apply, Expression, Path, Symbol, depth, size, substitute, walk
from tutor.feedback.finding import Finding
from tutor.feedback.slips.cause import AnotherQuestion, Candidate, Cause, Earlier, Misread, Reworked, Whole
from tutor.feedback.slips.slopes import Slip


def finding(candidate: Candidate, function: Expression, variable: str) -> Finding:
    """The finding that a candidate amounts to in a function, at the place of its first cause."""
    found = [_of_cause(cause, function, variable) for cause in candidate.causes]
    names = tuple(name for each in found for name in each.mal_rules)
    return replace(found[0], mal_rules=names, certain=len(names) == 1)


def _of_cause(cause: Cause, function: Expression, variable: str) -> Finding:
    match cause:
        case Slip():
            return _of_slip(cause, function, variable)
        case Earlier(slip=slip):
            name, at, expected, observed = _described(slip, variable)
            return Finding((name,), certain=True, at=at, expected=expected, observed=observed)
        case Misread(rewriting=made):
            return Finding(
                (made.rule.id,),
                certain=True,
                path=made.path,
                at=made.before,
                expected=made.before,
                observed=tidy(made.after),
                misread=True,
            )
        case Reworked(rewriting=made):
            return Finding((made.rule.id,), certain=True, expected=made.before, observed=made.after)
        case AnotherQuestion(slip=question):
            return Finding((question.rule.id,), certain=True)
        case Whole(mal_rule=mal_rule):
            return Finding((mal_rule,), certain=True)


def _of_slip(slip: Slip, function: Expression, variable: str) -> Finding:
    """The finding that a slip amounts to in a function."""
    name, at, expected, observed = _described(slip, variable)
    path, written = _as_written(function, variable, at) or ((), at)
    return Finding(
        (name,),
        certain=True,
        layer=_layer_number(function, variable, at),
        path=path,
        at=written,
        expected=expected,
        observed=observed,
    )


_OF_THE_INSIDE: Mapping[str, Callable[[Expression, Expression], Expression]] = MappingProxyType(
    {
        "chain-inner-not-differentiated": lambda inner, slope: inner,
        "inner-sign-lost": lambda inner, slope: tidy(Apply("neg", (slope,))),
    }
)
"""What was put in the place of the slope of the inside, by the slips of a chain law that are about that alone."""

LARGEST_SHOWN = 200
"""Parts of a local result that is shown; more fill a page."""

DEEPEST_SHOWN = 30
"""How deep a part may be for its whole derivative to be shown; the derivative of a deeper one fills pages."""


def _described(slip: Slip, variable: str) -> tuple[str, Expression, Expression | None, Expression | None]:
    """The mal-rule's id here, the part it is about, what belongs there and what was put there (None: nothing)."""
    inner = slip.bindings.get("u")
    if inner is not None and slip.rule.id == "chain-drop-inner":
        innermost = slip.chained and len(layers(inner, variable)) == 1
        return slip.rule.inside if innermost else slip.rule.id, inner, derivative(inner, (variable,)), None
    if inner is not None and slip.rule.id == "chain-inner-only":
        name = slip.rule.inside if slip.chained else slip.rule.id
        sound = match(slip.sound.before, slip.at, variable) or slip.bindings  # the mistaken law names fewer letters
        return name, slip.at, _local(slip.sound.after, sound, variable) or ONE, None
    if inner is not None and slip.rule.id in _OF_THE_INSIDE:
        slope = derivative(inner, (variable,))
        return slip.rule.id, inner, slope, _OF_THE_INSIDE[slip.rule.id](inner, slope)
    sound = match(slip.sound.before, slip.at, variable) or slip.bindings  # the mistaken law may name fewer letters
    laws = ((slip.sound.after, sound), (slip.rule.after, slip.bindings))
    right, wrong = (_local(after, bindings, variable) for after, bindings in laws)
    if len({_inner(after, bindings) for after, bindings in laws}) > 1:
        right = wrong = None
    if (right is None or wrong is None) and depth(slip.at) <= DEEPEST_SHOWN:
        right, wrong = (_whole(after, bindings, variable) for after, bindings in laws)
    if any(each is not None and size(each) > LARGEST_SHOWN for each in (right, wrong)):
        return slip.rule.id, slip.at, None, None
    return slip.rule.id, slip.at, right, wrong


def _local(after: Expression, bindings: Bindings, variable: str) -> Expression | None:
    """The local slope of a chain law: the template without its factor D(u); None where it has another form."""
    match after:
        case Apply("*", (local, Apply("D", _))):
            return _whole(local, bindings, variable)
        case Apply("/", (Apply("D", _), below)):
            return _whole(Apply("/", (ONE, below)), bindings, variable)
        case _:
            return None


def _inner(after: Expression, bindings: Bindings) -> Expression | None:
    """What is still to be differentiated in a chain law."""
    match after:
        case Apply("*", (_, Apply("D", (inner,)))) | Apply("/", (Apply("D", (inner,)), _)):
            return fill(inner, bindings)
        case _:
            return None


def _whole(after: Expression, bindings: Bindings, variable: str) -> Expression:
    return tidy(_differentiated(fill(after, bindings), variable))


def _differentiated(filled: Expression, variable: str) -> Expression:
    match filled:
        case Apply("D", (part,)):
            return derivative(part, (variable,))
        case Apply(head, arguments) if arguments:
            return Apply(head, tuple(_differentiated(argument, variable) for argument in arguments))
        case _:
            return filled


def _layer_number(function: Expression, variable: str, at: Expression) -> int | None:
    chain = layers(function, variable)
    if len(chain) == 1:
        return None
    for number, layer in enumerate(chain, start=1):
        if at in (layer.whole, arrange(layer.whole, variable)) or _is_bared(at, layer, variable):
            return number
    return None


def _is_bared(at: Expression, layer: ChainLayer, variable: str) -> bool:
    """Whether a part is a layer without the constants around its function: exp(v) of the layer 1 + exp(v)."""
    if layer.inside is None:
        return False
    letter = Symbol(layer.letter)
    bared = (part for part in walk(layer.function) if part != letter and letter in walk(part))
    forms = (substitute(part, {layer.letter: layer.inside}) for part in bared)
    return any(at in (form, arrange(form, variable)) for form in forms)


def _as_written(function: Expression, variable: str, at: Expression) -> tuple[Path, Expression] | None:
    """The address of the first part of a function that is the given one, as written or as arranged, and that part."""
    if at in (function, arrange(function, variable)):
        return (), function
    if isinstance(function, Apply):
        for index, argument in enumerate(function.arguments):
            inner = _as_written(argument, variable, at)
            if inner is not None:
                return (index, *inner[0]), inner[1]
    return None
