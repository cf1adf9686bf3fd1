"""Functions and roots, and what they take for an argument: `sin(x)`, `sin 2x`, `sin^2 x`, `log_b(x)`, `√x`.

A function without parentheses takes the factors that stand next to it, up to an operator, a comma, a closing bracket,
or the next function; `e^…` behind a factor with a letter counts as a function, since `sin x e^x` means sin(x)·e^x.
"""

from __future__ import annotations

from tutor.errors import Span
from tutor.expression.brackets import bracketed
from tutor.expression.building import apply_at
from tutor.expression.calls import CALLS, INVERSES, OF_ONE, POWERS, Callee, applied
from tutor.expression.complaints import unreadable
from tutor.expression.growth import note_growth
from tutor.expression.pratt import EXPONENT, FACTORS, FUNCTIONS, NUMBERS, PRODUCT, SIGN, Parser
from tutor.expression.tree import Apply, Expression, Number, Symbol, walk


def function(parser: Parser, _: int) -> Expression:
    """A function with its argument, and the power that may stand on its name."""
    at = parser.at
    callee: Callee = parser.values[at]
    start = parser.starts[at]
    parser.at = at + 1
    if callee.instead:
        parser.notice("function-or-product", parser.since(start), name=callee.typed, instead=callee.instead)
    if callee.name in OF_ONE and parser.kinds[at + 1] == "open" and parser.kinds[at + 2] != "close":
        inside = _in_brackets(parser, callee)
        if len(inside) == 1:
            return apply_at(callee.name, inside, start, parser.ends[parser.at - 1])
        return _called(parser, callee, inside, start)
    return _applied(parser, callee, (), start)


def function_to_base(parser: Parser, _: int) -> Expression:
    """`log_b` with its base, which is the next token, and its argument."""
    callee: Callee = parser.values[parser.at]
    start = parser.starts[parser.at]
    parser.at += 1
    base = parser.prefixes[parser.kinds[parser.at]](parser, EXPONENT)
    return _applied(parser, callee, (base,), start)


def _applied(parser: Parser, callee: Callee, given: tuple[Expression, ...], start: int) -> Expression:
    exponent = _power_on_name(parser, callee) if parser.kinds[parser.at] == "^" else None
    name_end = parser.ends[parser.at - 1]
    if parser.kinds[parser.at : parser.at + 2] == ["open", "close"]:
        raise unreadable(
            "missing-argument", Span(start, name_end), name=callee.typed, suggestion=f"write {callee.typed}(x)"
        )
    if parser.kinds[parser.at] == "open":
        arguments = _in_brackets(parser, callee)
    else:
        arguments = (_bare_argument(parser, callee, Span(start, name_end)),)
    if callee.name in POWERS:
        parser.growth *= parser.limits.bits
    if exponent is None:
        return _called(parser, callee, given + arguments, start)
    _remark_on_base(parser, callee, arguments, start)
    return _raised(parser, callee, given + arguments, exponent, parser.since(start))


def _in_brackets(parser: Parser, callee: Callee) -> tuple[Expression, ...]:
    """The arguments in brackets; `Log[b, x]` has its base in front."""
    base_first = callee.typed == "Log" and parser.values[parser.at] == "["
    arguments = bracketed(parser)
    return arguments[::-1] if base_first and len(arguments) == 2 else arguments


def _called(parser: Parser, callee: Callee, arguments: tuple[Expression, ...], start: int) -> Expression:
    """A function with all its arguments, without a power on its name."""
    _remark_on_base(parser, callee, arguments, start)
    return applied(callee, arguments, start, parser.ends[parser.at - 1])


def _remark_on_base(parser: Parser, callee: Callee, arguments: tuple[Expression, ...], start: int) -> None:
    """Says to which base `log(x, b)` is read."""
    if len(arguments) == 2 and callee.name == "log":
        parser.notice("logarithm-to-base", parser.since(start), name=callee.typed)


def _power_on_name(parser: Parser, callee: Callee) -> Expression:
    """The exponent between a function's name and its argument: one number, name, or group, with a sign or without."""
    parser.at += 1
    start, negative = parser.starts[parser.at], parser.kinds[parser.at] == "-"
    parser.at += negative
    kind = parser.kinds[parser.at]
    if kind not in NUMBERS and kind not in ("symbol", "constant", "open"):
        raise unreadable("missing-exponent", parser.since(parser.starts[parser.at - 1]), sign="^")
    exponent = parser.prefixes[kind](parser, EXPONENT)
    note_growth(parser, None, exponent)
    return Apply("neg", (exponent,), parser.since(start)) if negative else exponent


def _raised(
    parser: Parser, callee: Callee, arguments: tuple[Expression, ...], exponent: Expression, span: Span
) -> Expression:
    """A function to a power; -1 means the inverse function where there is one."""
    match exponent:
        case Apply("neg", (Number(value),)) if value == 1:
            inverse = INVERSES.get(callee.name)
            if inverse is not None:
                parser.notice("inverse-function", span, name=callee.typed, inverse=inverse)
                return applied(Callee(inverse, callee.typed), arguments, *span)
            parser.notice("reciprocal-function", span, name=callee.typed)
        case _:
            pass
    return Apply("^", (applied(callee, arguments, *span), exponent), span)


def _bare_argument(parser: Parser, callee: Callee, name: Span) -> Expression:
    """The factors behind a function's name; AnswerError when there are none."""
    kinds, first = parser.kinds, parser.at
    kind = kinds[first]
    if callee.name in CALLS and CALLS[callee.name].most > 1 and callee.name != "log_base":
        raise unreadable("needs-brackets", name, name=callee.typed, suggestion=f"write {callee.typed}(a, b)")
    if kind not in FACTORS and kind not in FUNCTIONS and kind != "-":
        raise unreadable("missing-argument", name, name=callee.typed, suggestion=f"write {callee.typed}(x)")
    if kinds[first : first + 3] == ["-", "number", "open"] and parser.values[first + 1].value == 1:
        raise _inverse_or_number(parser, callee, Span(name.start, parser.ends[first + 1]))
    start = parser.starts[first]
    argument = parser.expression(PRODUCT)
    _remark_on_power(parser, callee, first, name)
    while kinds[parser.at] in FACTORS and not _ends_before(parser, argument):
        factor = parser.at
        right = parser.expression(PRODUCT)
        argument = apply_at("*", (argument, right), start, parser.ends[parser.at - 1])
        _remark_on_power(parser, callee, factor, name)
    _remark_on_end(parser, callee, name)
    return argument


def _inverse_or_number(parser: Parser, callee: Callee, span: Span) -> Exception:
    """The error for `sin-1(x)`, which some write for the inverse function and some for sin(-x)."""
    typed, inverse = callee.typed, INVERSES.get(callee.name)
    meant = f"{inverse}(x)" if inverse else f"1/{typed}(x)"
    suggestion = f"write {meant} or {typed}(-1*…)"
    return unreadable("ambiguous-name", span, name=f"{parser.slice(*span)}(…)", suggestion=suggestion)


_GROUPS = frozenset(("bar-open", "radical", "fraction"))


def _ends_before(parser: Parser, argument: Expression) -> bool:
    """Whether an argument with a letter ends before the next factor: before `e^…`, a bar, a root or a fraction.

    A parenthesis belongs to the argument, with or without blanks before it: `cos x (x + 1)` is cos(x(x + 1)).
    """
    at, kind = parser.at, parser.kinds[parser.at]
    if kind == "constant":
        exponential = parser.values[at].value == "e" and parser.kinds[at + 1] == "^"
        return exponential and not isinstance(argument, Number)
    apart = kind in _GROUPS or (kind == "open" and parser.groups_apart)
    return apart and any(isinstance(part, Symbol) for part in walk(argument))


def _remark_on_power(parser: Parser, callee: Callee, first: int, name: Span) -> None:
    """Says that `sin x^2` is read as sin(x²), and `sin x(x+1)` as sin(x(x+1))."""
    kinds, words = parser.kinds, {"name": callee.typed}
    span = Span(name.start, parser.ends[parser.at - 1])
    if parser.at > first + 1 and kinds[first] != "open" and "^" in kinds[first : first + 3]:
        parser.notice("bare-power", span, argument=parser.slice(name.end, span.end), **words)
    elif kinds[first] == "open" and kinds[first - 1] == "symbol":
        parser.notice("bare-parenthesis", span, argument=parser.slice(name.end, span.end), **words)


def _remark_on_end(parser: Parser, callee: Callee, name: Span) -> None:
    """Says that `sin x/2` is read as sin(x)/2 and `sin 2*x` as sin(2)*x; a function ends every argument plainly."""
    kind, following = parser.kinds[parser.at], parser.kinds[min(parser.at + 1, len(parser.kinds) - 1)]
    if kind == "constant":
        code = "bare-exponential"
    elif kind in _GROUPS:
        code = "bare-group"
    elif kind in ("/", "*") and following not in FUNCTIONS:
        code = "bare-quotient" if kind == "/" else "bare-product"
    else:
        return
    end = parser.ends[parser.at - 1]
    parser.notice(code, Span(name.start, end), name=callee.typed, argument=parser.slice(name.end, end))


def radical(parser: Parser, _: int) -> Expression:
    r"""A root by its sign: `√x`, `√(x + 1)`, `∛x`, `\sqrt[3]{x}`. Without brackets it takes what stands next to it."""
    sign: Callee = parser.values[parser.at]
    start, end = parser.starts[parser.at], parser.ends[parser.at]
    parser.at += 1
    kind = parser.kinds[parser.at]
    if kind == "open":
        return _bracketed_radical(parser, sign, start)
    if kind not in FACTORS and kind not in FUNCTIONS:
        raise unreadable("missing-radicand", Span(start, end), sign=sign.typed)
    first = parser.at
    radicand = parser.expression(PRODUCT)
    span = parser.since(start)
    if "^" in parser.kinds[first : first + 2] and kind not in FUNCTIONS:
        parser.notice("bare-root-power", span, name=sign.typed, argument=parser.slice(end, span.end))
    following = parser.kinds[parser.at]
    if following in FACTORS and kind in NUMBERS:
        right = parser.slice(parser.starts[parser.at], parser.ends[parser.at])
        parser.notice("radical-factor", span, left=parser.slice(*span), right=right)
    return applied(sign, (radicand,), *span)


def _bracketed_radical(parser: Parser, sign: Callee, start: int) -> Expression:
    degree_follows = parser.values[parser.at] == "[" and sign.typed.startswith("\\")
    inside = bracketed(parser)
    if degree_follows and parser.kinds[parser.at] in FACTORS:
        parser.growth *= parser.limits.bits
        radicands = bracketed(parser) if parser.kinds[parser.at] == "open" else (parser.expression(SIGN),)
        return applied(Callee("root", sign.typed), radicands + inside, *parser.since(start))
    return applied(sign, inside, *parser.since(start))


def fraction(parser: Parser, _: int) -> Expression:
    r"""`\frac{a}{b}`; each of the two may be a group or one digit or letter."""
    name, start = parser.values[parser.at], parser.starts[parser.at]
    here = parser.here()
    parser.at += 1
    above = _numerator_or_denominator(parser, name, here)
    below = _numerator_or_denominator(parser, name, here)
    return Apply("/", (above, below), parser.since(start))


def _numerator_or_denominator(parser: Parser, name: str, place: Span) -> Expression:
    kind = parser.kinds[parser.at]
    if kind == "open":
        group = bracketed(parser)
        if len(group) == 1:
            return group[0]
    elif kind in ("number", "symbol", "constant") and parser.ends[parser.at] - parser.starts[parser.at] == 1:
        return parser.prefixes[kind](parser, EXPONENT)
    raise unreadable("missing-group", place, name=name, suggestion=f"write {name}{{a}}{{b}}")
