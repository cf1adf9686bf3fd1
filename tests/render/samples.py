"""Frozen assessments made by hand: what the screens are drawn from in these tests."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.checking.verdict import Enclosure, NumericCheck, Outcome, Status, Witness
from tutor.errors import Span
from tutor.exercise.model import Exercise, Mistake
from tutor.expression.tree import Apply, Expression, Number, Symbol
from tutor.feedback.answer_place import AnswerPlace
from tutor.feedback.assessment import Assessment, CellAssessment, Fault
from tutor.feedback.explanation import Explanation, FriendlyPoint, Layer, Step
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.ticks import Tick

X, Y, U, V = Symbol("x"), Symbol("y"), Symbol("u"), Symbol("v")


def number(value: int) -> Number:
    return Number(Fraction(value))


def call(head: str, *arguments: Expression) -> Apply:
    return Apply(head, arguments)


SQUARE = call("^", X, number(2))
SIN_SQUARE = call("sin", SQUARE)
COS_SQUARE = call("cos", SQUARE)
TWO_X = call("*", number(2), X)
F = call("exp", SIN_SQUARE)
ANSWER = call("*", TWO_X, F)
SLOPE = call("*", call("*", TWO_X, COS_SQUARE), F)
WHY = "Name the layers before you differentiate."

LAYERS = (
    Layer(1, call("exp", U), "u", call("sin", V), F, Tick.RIGHT),
    Layer(2, call("sin", V), "v", SQUARE, COS_SQUARE, Tick.WRONG, "missing from your answer"),
    Layer(3, SQUARE, None, None, TWO_X, Tick.RIGHT),
)

STEPS = (
    Step(
        "1",
        "chain",
        "f(g) -> f'(g)*g'",
        F,
        SLOPE,
        substeps=(
            Step("1.1", "exp", "exp(u) -> exp(u)", F, F),
            Step(
                "1.2",
                "chain",
                "f(g) -> f'(g)*g'",
                SIN_SQUARE,
                call("*", TWO_X, COS_SQUARE),
                substeps=(Step("1.2.1", "power", "x^n -> n*x^(n-1)", SQUARE, TWO_X),),
            ),
        ),
    ),
)

EXPLANATION = Explanation(
    function=F,
    variables=("x",),
    layers=LAYERS,
    steps=STEPS,
    derivative=SLOPE,
    why=WHY,
    friendly=FriendlyPoint((("x", Fraction(4, 5)),), "2.3318…", "2.9072…"),
)

FINDING = Finding(("chain-drop-middle",), certain=True, layer=1, at=SIN_SQUARE, expected=COS_SQUARE)

EXERCISE = Exercise("inline", functions=(F,), variables=("x",))

CELL = CellAssessment(
    name="f'(x)",
    answer="2x exp(sin(x^2))",
    status=Status.INCORRECT,
    score=0.0,
    read=ANSWER,
    read_as="2*x*exp(sin(x^2))",
    proved=True,
    diagnosis=Diagnosis((FINDING,)),
    place=AnswerPlace(Span(0, 16), missing=True, belongs=COS_SQUARE),
    explanation=EXPLANATION,
)

MISSING_MIDDLE = Assessment(
    exercise=EXERCISE,
    answer=CELL.answer,
    status=Status.INCORRECT,
    score=0.0,
    max_score=1.0,
    cells=(CELL,),
    message="",
)


def only(cell: CellAssessment, exercise: Exercise = EXERCISE) -> Assessment:
    """The assessment of an exercise with one cell."""
    return Assessment(exercise, cell.answer, cell.status, cell.score, 1.0, (cell,), "")


RIGHT = only(
    replace(
        CELL, answer="2x cos(x^2) exp(sin(x^2))", status=Status.CORRECT, score=1.0, read=SLOPE, diagnosis=Diagnosis()
    )
)

RIGHT_NOT_PROVED = only(
    replace(
        RIGHT.cells[0],
        proved=False,
        numeric=NumericCheck(Outcome.EQUAL, 6, "2e-24"),
        notices=("1/2x is read as (1/2)·x",),
    )
)

PROVED_SOMEWHERE = only(replace(RIGHT.cells[0], proved=True, holds=("x > 0",)))

WITH_CONSTANT = only(
    replace(
        CELL,
        answer="2x cos(x^2) exp(sin(x^2)) + C",
        place=AnswerPlace(Span(26, 29), missing=False),
        read=SLOPE,
        code="constant-of-integration",
        explanation=replace(EXPLANATION, layers=(), friendly=None),
        diagnosis=Diagnosis((Finding(("constant-of-integration",), certain=True),)),
    )
)

UNREADABLE = only(
    CellAssessment(
        name="f'(x)",
        answer="2x^^3",
        status=Status.UNREADABLE,
        score=None,
        fault=Fault(
            "missing-factor", "a power is missing after ^", Span(3, 4), "Write the exponent after ^, as in x^3."
        ),
    )
)

UNDECIDED = replace(
    only(replace(CELL, status=Status.UNDECIDED, score=None)),
    message="The answer could not be told from the derivative within the work budget.",
)

TIE = only(
    replace(
        CELL,
        place=None,
        explanation=replace(EXPLANATION, layers=()),
        diagnosis=Diagnosis(
            (
                Finding(
                    ("chain-outer-at-x",), certain=False, at=SIN_SQUARE, expected=COS_SQUARE, observed=call("cos", X)
                ),
                Finding(("chain-drop-inner", "power-keep-exponent"), certain=False, at=SIN_SQUARE),
            )
        ),
    )
)

NO_SLIP = only(
    replace(
        CELL,
        place=None,
        explanation=replace(EXPLANATION, layers=(), friendly=None),
        diagnosis=Diagnosis(),
        numeric=NumericCheck(
            Outcome.DIFFERENT, 6, "2e-24", Witness({"x": Fraction(5, 4)}, Enclosure("0.020740579328211", "1e-53"), None)
        ),
    )
)

AUTHORS_MISTAKE = only(
    replace(CELL, place=None, diagnosis=Diagnosis((Finding(("forgot-cos",), certain=True),))),
    replace(EXERCISE, mistakes=(Mistake((ANSWER,), "forgot-cos", "The slope of sin is still to be counted."),)),
)

G = call("+", call("*", SQUARE, Y), Y)
BY_X, BY_Y = call("*", TWO_X, Y), call("+", SQUARE, number(1))
GRADIENT = Assessment(
    Exercise("saddle", kind="gradient", functions=(G,), variables=("x", "y")),
    "(2xy, x^2)",
    Status.PARTIAL,
    0.5,
    1.0,
    (
        CellAssessment("∂f/∂x", "2xy", Status.CORRECT, 1.0, BY_X, explanation=Explanation(G, ("x",), (), (), BY_X)),
        CellAssessment(
            "∂f/∂y",
            "x^2",
            Status.INCORRECT,
            0.0,
            SQUARE,
            explanation=Explanation(
                G,
                ("y",),
                (),
                (Step("1", "sum", "u+v -> u'+v'", G, BY_Y),),
                BY_Y,
                friendly=FriendlyPoint((("x", Fraction(1, 2)), ("y", Fraction(-1))), "1.25", "0.25"),
            ),
        ),
    ),
    "",
)
