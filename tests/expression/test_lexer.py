"""Tokens, their places, and texts of the kinds that attackers and accidents produce."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import AnswerError
from tutor.expression.building import Leaf, apply_at, constant_at, decimal_at, number_at, symbol_at
from tutor.expression.lexer import tokens_of
from tutor.expression.limits import TYPED
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Span, Symbol
from tutor.expression.vocabulary import Vocabulary, canonical, vocabulary


def names(*declared: str) -> Vocabulary:
    return vocabulary(frozenset(declared), frozenset(), TYPED)


# fmt: off
TOKENS = [
    ("2x",          "number symbol end"),
    ("2e3 .5",      "scientific decimal end"),
    ("x**y^2",      "symbol ^ symbol ^ number end"),
    ("xsinx",       "symbol function symbol end"),
    ("|x||y|",      "bar-open symbol bar-close bar-open symbol bar-close end"),
    ("||x|-x|",     "bar-open bar-open symbol bar-close - symbol bar-close end"),
    ("x|x|",        "symbol bar-open symbol bar-close end"),
    ("x²",          "symbol ^ number end"),
    ("x⁻¹",         "symbol ^ open - number close end"),
    ("½",           "open number / number close end"),
    ("log_2(x)",    "function open symbol close end"),
    ("log_x 3",     "based symbol number end"),
    (r"\left(x\right)\,x", "open symbol close symbol end"),
    ("[x, y}",      "open symbol , symbol close end"),
    ("2 *x",        "number * symbol end"),
    ("x ** 2",      "symbol ^ number end"),
    ("2e *x",       "number constant * symbol end"),
    ("2.5/x , 3)",  "decimal / symbol , number close end"),
    ("sin (x)",     "function open symbol close end"),
    ("log_(2)(x) ", "based open number close open symbol close end"),
    (r"2\left(x",   "number open symbol end"),
    ("x |x|",       "symbol bar-open symbol bar-close end"),
    ("\t\u00a0",    "end"),
    ("",            "end"),
]
# fmt: on


@pytest.mark.parametrize(("text", "kinds"), TOKENS, ids=[ascii(text) for text, _ in TOKENS])
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(tokens_of(text, names("x", "y"), 0, len(text)).kinds) == kinds


@given(
    st.lists(
        st.sampled_from(["x", "2", "1.5", "sin", "+", "(", ")", "α", " ", "\u2009", "np.cos", r"\cdot", "^"]),
        max_size=12,
    )
)
def test_places_give_back_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    tokens = tokens_of(text, names("x", "alpha"), 0, len(text))
    places = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(places).split() == "".join(text.replace("\u2009", " ").split()).split()


PLACES = {
    "blanks before a number and its sign": ("x  +  12 * x", [(0, 1), (3, 4), (6, 8), (9, 10), (11, 12)]),
    "a sign of two characters": ("x ** 12", [(0, 1), (2, 4), (5, 7)]),
    "a word of several names": ("  xsinx/2", [(2, 3), (3, 6), (6, 7), (7, 8), (8, 9)]),
    "a Greek letter": (" α * 2", [(1, 2), (3, 4), (5, 6)]),
}


@pytest.mark.parametrize(("text", "places"), PLACES.values(), ids=PLACES.keys())
def test_places_are_those_of_the_text(text: str, places: list[tuple[int, int]]) -> None:
    for _ in range(2):
        tokens = tokens_of(text, names("x", "alpha"), 0, len(text))
        assert list(zip(tokens.starts, tokens.ends, strict=True)) == [*places, (len(text), len(text))]


@pytest.mark.parametrize(("text", "place"), [("x + foo * 2", (4, 7)), ("2 *  foo", (5, 8)), ("x  +  $", (6, 7))])
def test_an_error_has_the_place_of_what_is_wrong(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(AnswerError) as caught:
        tokens_of(text, names("x"), 0, len(text))
    assert caught.value.span == Span(*place)


def test_what_pieces_mean_is_kept_for_few_and_short_pieces_only() -> None:
    kept = names("kept")
    for number in range(5_000):
        parse(str(number), ("kept",))
    parse("0." + "1" * 40, ("kept",))
    assert len(kept.pieces) <= 1_000
    assert all(len(piece) <= 24 for piece in kept.pieces)


def test_parts_built_quickly_equal_parts_built_plainly() -> None:
    value = parse("2.5", ()).expression
    assert isinstance(value, Number)
    pairs: list[tuple[Expression, Expression]] = [
        (number_at(value.value, 1, 2), Number(value.value, Span(1, 2))),
        (decimal_at(value.value, 1, 2), Number(value.value, Span(1, 2), decimal=True)),
        (symbol_at("x", 1, 2), Symbol("x", Span(1, 2))),
        (constant_at("pi", 1, 2), Apply("pi", (), Span(1, 2))),
        (apply_at("sin", (Symbol("x"),), 1, 2), Apply("sin", (Symbol("x"),), Span(1, 2))),
    ]
    for quick, plain in pairs:
        assert type(quick) is type(plain)
        assert quick == plain
        assert hash(quick) == hash(plain)
        assert all(getattr(quick, field.name) == getattr(plain, field.name) for field in fields(plain) if field.init)
        with pytest.raises(FrozenInstanceError):
            quick.span = None  # type: ignore[misc]


def test_leaves_are_kept_at_so_many_places_and_no_more() -> None:
    leaf = Leaf("x", symbol_at)
    assert leaf.at(3, 4) is leaf.at(3, 4)
    assert [leaf.at(start, start + 1) for start in range(20_000)] == [Symbol("x")] * 20_000
    assert all(tree.span == Span(start, start + 1) for start, tree in leaf.places.items())
    assert 0 < len(leaf.places) < 10_000


@pytest.mark.parametrize(
    ("name", "plain"), [("θ", "theta"), ("x₁₂", "x_12"), ("x_{12}", "x_12"), ("α_1", "alpha_1"), ("w1", "w1")]
)
def test_canonical_names(name: str, plain: str) -> None:
    assert canonical(name) == plain
    assert parse(plain, (name,)).expression == Symbol(plain)


# fmt: off
HOSTILE = [
    # ---- code ----
    '__import__("os").system("id")', 'open("f","w")', "exec('1')", "eval('x')", "os.getcwd()", "x.__class__.__mro__",
    "().__class__",
    "sin.__globals__", "lambda: x", "f'{x}'", "[x for x in y]", "x if x else x", "print(x)", "globals()", "S('x')",
    "sympify(x)",
    "x.subs(x, 1)", "sympy.diff(x, x)", "Integral(x)", "factorial(9)", "prime(9)", "Symbol('x')", "np.linalg.inv(x)",
    "torch.load(x)",
    # ---- other languages ----
    "$(id)", "`id`", "x; rm", "x'); DROP TABLE t;--", "%s%n", "${x}", "<script>", "&lt;", r"\input{x}",
    r"\write18{id}",
    r"\includegraphics{x}", r"\def\x{1}", "=cmd|'/C calc'!A1", "@SUM(1)", "=1+1", "//x", "#x", "x // 2", "/* x */ 1",
    # ---- characters ----
    "x\x1b[31m", "x\x9b31m", "x\b", "x\x00", "x\x7f", "x\r\ny", "x\n", "x\x0b", "x\x85", "x\u2028", "x\u2029",
    "x\u202e1", "x\u2066",
    "x\u200b", "x\u200d", "x\u2060", "x\ufeff", "x\u00ad", "x\ufe0f", "x\u3164", "x\u2800", "x\u034f", "x\U000e0041",
    "x\ue000", "x\ud800",
    "x\u0308", "\u0445", "\u0435^x", "\u0441os(x)", "ѕin(x)", "\uff58", "\U0001d465", "\uff11", "\u0661",
    "\U0001d7cf", "２", "x＋1", "x\u2024",
    "İ", "ﬁ", "ǆ", "ß", "٪", "🙂", "日", "ﷺ", "x̂",
    # ---- no formula ----
    "dont know", "?", "...", "x,y", "1.2.3.4", "x==1", "x^^3", "*", "undefined", "exit", "None", "True", "if", "nan",
    "inf", "oo", "zoo", "1_000",
    "0x10", "1j", "x:y", "x->y", "x≠1", "5!!", "x'", "y''", "∂x", "∫x dx", "∑x", "x±1", "∞", "x°", "50%", "√", "|",
    "||", "(((", ")))", "()()",
]
# fmt: on


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text, ("x", "y"))
    error = caught.value
    assert error.span is not None
    assert 0 <= error.span.start <= error.span.end <= len(text)
    assert error.message.isprintable()
    assert (error.suggestion or "").isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "(",
        "|x|",
        "sin ",
        "x",
        "xy",
        "sinx",
        "1",
        "1.",
        "x+",
        "x_1",
        "a.",
        "\\",
        r"\frac{",
        "²",
        "⁻",
        "½",
        "y' = ",
        "'",
        "d/dx",
        " ",
        "σ(",
    ],
)
def test_long_repetitions_end(text: str) -> None:
    for symbols in (None, ("x", "y"), ("s", "i", "n", "x")):
        with suppress(AnswerError):
            assert parse((text * 1000)[:1000], symbols).expression is not None
