"""Every notation that the design lists, with its meaning written out in prefix notation."""

from __future__ import annotations

import re

import pytest

from tests.expression.spelled import spelled, unmarked
from tutor.errors import AnswerError
from tutor.expression.functions import SPELLINGS
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression

DECLARED = ("x", "y", "a", "b", "n", "t", "w", "x_1", "x_12", "w1", "alpha", "theta")

# fmt: off
NOTATIONS = [
    # ---- how learners write (34 notations that other programs were compared on) ----
    ("2x", "(* 2 x)"), ("2x sin(x)", "(* (* 2 x) (sin x))"), ("sin x", "(sin x)"), ("sin 2x", "(sin (* 2 x))"),
    ("sin^2 x", "(^ (sin x) 2)"), ("sin²(x)", "(^ (sin x) 2)"), ("xsinx", "(* x (sin x))"),
    ("x e^x", "(* x (^ e x))"),
    ("e^(2x)", "(^ e (* 2 x))"), ("e^-x", "(^ e (neg x))"), ("2·x", "(* 2 x)"), ("2×x", "(* 2 x)"),
    ("√(x+1)", "(sqrt (+ x 1))"), ("√x", "(sqrt x)"), ("x²+x³", "(+ (^ x 2) (^ x 3))"), ("x⁻²", "(^ x (neg 2))"),
    ("π x", "(* pi x)"), ("|x-2|", "(abs (- x 2))"), ("ln x", "(log x)"), ("ln(x)^2", "(^ (log x) 2)"),
    ("x(x+1)", "(* x (+ x 1))"), ("(x+1)(x-1)", "(* (+ x 1) (- x 1))"), ("3x**2", "(* 3 (^ x 2))"),
    ("cos(x)^2", "(^ (cos x) 2)"), ("x_1^2", "(^ x_1 2)"), ("sin x cos x", "(* (sin x) (cos x))"),
    ("arctan(x)", "(atan x)"), ("sin^-1(x)", "(asin x)"), ("−x", "(neg x)"), ("1/2 x", "(* (/ 1 2) x)"),
    ("[x+1]/2", "(/ (+ x 1) 2)"), ("0.5x", "(* 1/2 x)"), (".5x", "(* 1/2 x)"), ("-x^2", "(neg (^ x 2))"),
    ("2^3^x", "(^ 2 (^ 3 x))"),
    # ---- operators ----
    ("x-1-2", "(- (- x 1) 2)"), ("x/2/3", "(/ (/ x 2) 3)"), ("x-2*3", "(- x (* 2 3))"), ("2--x", "(- 2 (neg x))"),
    ("2*-x", "(* 2 (neg x))"), ("+x", "x"), ("x+-1", "(+ x (neg 1))"), ("-2x", "(* (neg 2) x)"),
    ("-x/2", "(/ (neg x) 2)"),
    ("2^-x^2", "(^ 2 (neg (^ x 2)))"), ("x**-1", "(^ x (neg 1))"), ("x÷2", "(/ x 2)"), ("x∕2", "(/ x 2)"),
    ("x⋅y", "(* x y)"), ("6–x", "(- 6 x)"), ("x y", "(* x y)"), ("xy", "(* x y)"), ("x(y)", "(* x y)"),
    ("(x)y", "(* x y)"),
    ("{x+1}/2", "(/ (+ x 1) 2)"), ("2(x+1)", "(* 2 (+ x 1))"), ("e(x+1)", "(* e (+ x 1))"), ("x^2y", "(* (^ x 2) y)"),
    ("(ln(x)-3)2x+x", "(+ (* (* (- (log x) 3) 2) x) x)"), ("x\t+\u00a0\u20091", "(+ x 1)"),
    # ---- numbers ----
    ("2e3", "2000"), ("2E3", "2000"), ("1.5e-3", "3/2000"), ("2e−3", "1/500"), ("2e", "(* 2 e)"),
    ("2e-x", "(- (* 2 e) x)"),
    ("2e^x", "(* 2 (^ e x))"), ("0.1", "1/10"), ("1.", "1"), ("½", "(/ 1 2)"), ("½x", "(* (/ 1 2) x)"),
    ("2½", "(+ 2 (/ 1 2))"), ("x^½", "(^ x (/ 1 2))"), ("1e5x", "(* 100000 x)"),
    # ---- raised and lowered characters ----
    ("x¹²", "(^ x 12)"), ("x⁻¹", "(^ x (neg 1))"), ("xⁿ", "(^ x n)"), ("eˣ", "(^ e x)"), ("xⁿ⁻¹", "(^ x (- n 1))"),
    ("x⁽ⁿ⁺¹⁾", "(^ x (+ n 1))"), ("x²y", "(* (^ x 2) y)"), ("x²3", "(* (^ x 2) 3)"), ("(x+1)²", "(^ (+ x 1) 2)"),
    ("x₁", "x_1"), ("x₁₂", "x_12"), ("log₂ x", "(log2 x)"), ("log₂(x)", "(log2 x)"),
    # ---- functions without parentheses ----
    ("sin 2x cos x", "(* (sin (* 2 x)) (cos x))"), ("cos²x sin x", "(* (^ (cos x) 2) (sin x))"),
    ("2sin x", "(* 2 (sin x))"),
    ("sin x y", "(sin (* x y))"), ("ln 2x", "(log (* 2 x))"), ("sin 3x^2", "(sin (* 3 (^ x 2)))"),
    ("sin -x", "(sin (neg x))"),
    ("sin²(x)cos(x)", "(* (^ (sin x) 2) (cos x))"), ("sin(x)^2", "(^ (sin x) 2)"), ("log(x)/x", "(/ (log x) x)"),
    ("sin(x)x", "(* (sin x) x)"), ("sin (x) x", "(* (sin x) x)"), ("sin(x)(x+1)", "(* (sin x) (+ x 1))"),
    ("sin 2(x+1)", "(sin (* 2 (+ x 1)))"), ("sin cos x", "(sin (cos x))"), ("sin x + 1", "(+ (sin x) 1)"),
    ("e^sin x", "(^ e (sin x))"), ("sin e^x", "(sin (^ e x))"), ("sin 2e^x", "(sin (* 2 (^ e x)))"),
    ("sin√x", "(sin (sqrt x))"),
    ("sin^2x", "(^ (sin x) 2)"), ("sin^n x", "(^ (sin x) n)"), ("sin^(n+1) x", "(^ (sin x) (+ n 1))"),
    ("sin|x|", "(sin (abs x))"),
    ("ln 2 sin x", "(* (log 2) (sin x))"), ("sin -2x", "(sin (* (neg 2) x))"), ("sin πx", "(sin (* pi x))"),
    # ---- roots ----
    ("2√x", "(* 2 (sqrt x))"), ("√x+1", "(+ (sqrt x) 1)"), ("√(x)y", "(* (sqrt x) y)"), ("√(x)^2", "(^ (sqrt x) 2)"),
    ("√sin x", "(sqrt (sin x))"), ("√√x", "(sqrt (sqrt x))"), ("√|x|", "(sqrt (abs x))"), ("∛x", "(root x 3)"),
    ("∛(x+1)", "(root (+ x 1) 3)"), ("∜x", "(root x 4)"), ("cbrt(x)", "(root x 3)"), ("cbrt x", "(root x 3)"),
    ("root(x, n)", "(root x n)"), ("x^(1/3)", "(^ x (/ 1 3))"),
    # ---- logarithms ----
    ("log(x)", "(log x)"), ("log2(x)", "(log2 x)"), ("log10 x", "(log10 x)"), ("log_2 x", "(log2 x)"),
    ("log_2x", "(log2 x)"),
    ("log_{10}(x)", "(log10 x)"), ("log_b(x)", "(log_base b x)"), ("log_3(x)", "(log_base 3 x)"),
    ("log_b x", "(log_base b x)"),
    ("log_base(b, x)", "(log_base b x)"), ("log_e(x)", "(log x)"), ("lg x", "(log10 x)"),
    ("log_b^2(x)", "(^ (log_base b x) 2)"),
    # ---- absolute values ----
    ("||x|-1|", "(abs (- (abs x) 1))"), ("|x-1||x+1|", "(* (abs (- x 1)) (abs (+ x 1)))"), ("x|x|", "(* x (abs x))"),
    ("|x|y|x|", "(* (* (abs x) y) (abs x))"), ("|x|^2", "(^ (abs x) 2)"), ("|sin x|", "(abs (sin x))"),
    ("Abs(x)", "(abs x)"),
    ("|(|x|)|", "(abs (abs x))"), ("-|x|", "(neg (abs x))"), ("2|x|/x", "(/ (* 2 (abs x)) x)"),
    ("|-|x||", "(abs (neg (abs x)))"),
    # ---- names ----
    ("α", "alpha"), ("alpha", "alpha"), ("θ x", "(* theta x)"), ("σ(x)", "(sigmoid x)"), ("sigma(x)", "(sigmoid x)"),
    ("x1", "x_1"), ("x_{12}", "x_12"), ("w_1", "w1"), ("w1x_1", "(* w1 x_1)"), ("axy", "(* (* a x) y)"),
    ("xe^x", "(* x (^ e x))"),
    ("sinx", "(sin x)"), ("sin2x", "(sin (* 2 x))"), ("xlnx", "(* x (log x))"), ("ln2", "(log 2)"),
    ("sinxcosx", "(* (sin x) (cos x))"), ("pix", "(* pi x)"), ("2πx", "(* (* 2 pi) x)"), ("arcsinx", "(asin x)"),
    ("SIN(x)", "(sin x)"), ("Max(x, y)", "(max x y)"), ("LN x", "(log x)"), ("ReLU(x)", "(relu x)"), ("PI", "pi"),
    # ---- Python ----
    ("np.cos(x)", "(cos x)"), ("math.exp(x)", "(exp x)"), ("torch.tanh(x)", "(tanh x)"),
    ("numpy.sqrt(x)", "(sqrt x)"),
    ("jnp.sin(x)", "(sin x)"), ("F.relu(x)", "(relu x)"), ("torch.nn.functional.relu(x)", "(relu x)"),
    ("np.pi", "pi"),
    ("math.e**x", "(^ e x)"), ("tf.nn.softplus(x)", "(softplus x)"), ("np.arctan(x)", "(atan x)"),
    ("np.abs(x)", "(abs x)"),
    ("np.power(x, 2)", "(^ x 2)"), ("pow(x, 2)", "(^ x 2)"), ("np.square(x)", "(^ x 2)"),
    ("np.log1p(x)", "(log (+ 1 x))"),
    ("np.expm1(x)", "(- (exp x) 1)"), ("torch.maximum(x, y)", "(max x y)"),
    ("2*x*np.cos(x**2)", "(* (* 2 x) (cos (^ x 2)))"),
    ("np.array([x, y])", "(vector x y)"), ("torch.rsqrt(x)", "(/ 1 (sqrt x))"), ("max([x, 0])", "(max x 0)"),
    # ---- LaTeX ----
    (r"\frac{x}{2}", "(/ x 2)"), (r"\dfrac{1}{2}x", "(* (/ 1 2) x)"), (r"\frac12", "(/ 1 2)"),
    (r"\frac1x", "(/ 1 x)"),
    (r"\sin x", "(sin x)"), (r"\sin(x)", "(sin x)"), (r"\sin{x}", "(sin x)"), (r"\sin^{2}x", "(^ (sin x) 2)"),
    (r"\sin^{-1} x", "(asin x)"), (r"2\cdot x", "(* 2 x)"), (r"2\times x", "(* 2 x)"),
    (r"\left(x+1\right)^{2}", "(^ (+ x 1) 2)"),
    (r"\left|x\right|", "(abs x)"), (r"\lvert x\rvert", "(abs x)"),
    (r"\left|\left|x\right|-1\right|", "(abs (- (abs x) 1))"),
    (r"\sqrt{x}", "(sqrt x)"), (r"\sqrt[3]{x}", "(root x 3)"), (r"\sqrt x", "(sqrt x)"), (r"e^{2x}", "(^ e (* 2 x))"),
    (r"x_{12}", "x_12"), (r"\ln x", "(log x)"), (r"\exp(x)", "(exp x)"), (r"\operatorname{relu}(x)", "(relu x)"),
    (r"\mathrm{sin}(x)", "(sin x)"), (r"\mathrm{e}^{x}", "(^ e x)"), (r"\pi x", "(* pi x)"),
    (r"\alpha x", "(* alpha x)"),
    (r"x\,y", "(* x y)"), (r"x\;y\quad a\!b", "(* (* (* x y) a) b)"), (r"$x^2$", "(^ x 2)"), (r"$$x$$", "x"),
    (r"\(x\)", "x"),
    (r"\[x\]", "x"), (r"\log_2 x", "(log2 x)"), (r"\log_{b}(x)", "(log_base b x)"), (r"\left\{x\right\}", "x"),
    (r"\arctan x", "(atan x)"), (r"\sigma(x)", "(sigmoid x)"), (r"\frac{\sin x}{\cos x}", "(/ (sin x) (cos x))"),
    # ---- vectors ----
    ("(x, y)", "(vector x y)"), ("[x, y]", "(vector x y)"), ("[[x,y],[a,b]]", "(vector (vector x y) (vector a b))"),
    ("(2,5)", "(vector 2 5)"), ("((x), y)", "(vector x y)"),
    # ---- what stands in front ----
    ("dy/dx = 2x", "(* 2 x)"), ("y' = 2x", "(* 2 x)"), ("f'(x) = 2x", "(* 2 x)"), ("df/dx = 2x", "(* 2 x)"),
    ("∂f/∂x = 2x", "(* 2 x)"), ("∇f = (x, y)", "(vector x y)"), ("f_x = 2x", "(* 2 x)"),
    ("d/dx(x^2) = 2x", "(* 2 x)"),
    ("grad f = (x, y)", "(vector x y)"), ("f'' (x) = 2", "2"), ("d^2y/dx^2 = 2", "2"), ("y″ = 2", "2"),
    ("f_{xy} = 2", "2"),
    ("∂²f/∂x∂y = 2", "2"), (r"\frac{dy}{dx} = 2x", "(* 2 x)"), (r"\frac{d}{dx} x^2 = 2x", "(* 2 x)"),
    ("df(x)/dx=x", "x"),
    (r"$\frac{\partial f}{\partial x} = 2x$", "(* 2 x)"), (r"\nabla f = (x, y)", "(vector x y)"),
    ("dL/dw = 2w", "(* 2 w)"),
]

REMARKED = [
    ("sin x/2", "(/ (sin x) 2)", ["bare-quotient"]), ("sin 2*x", "(* (sin 2) x)", ["bare-product"]),
    ("sin x^2", "(sin (^ x 2))", ["bare-power"]), ("sin x²", "(sin (^ x 2))", ["bare-power"]),
    ("ln x^2 y", "(log (* (^ x 2) y))", ["bare-power"]), ("1/2x", "(* (/ 1 2) x)", ["quotient-factor"]),
    ("1/2 x", "(* (/ 1 2) x)", ["quotient-factor"]), ("(1/2)x", "(* (/ 1 2) x)", []),
    ("x/y sin x", "(* (/ x y) (sin x))", ["quotient-factor"]),
    ("e^2x", "(* (^ e 2) x)", ["power-factor"]), ("e^-2x", "(* (^ e (neg 2)) x)", ["power-factor"]),
    ("e²x", "(* (^ e 2) x)", []),
    ("2^3x", "(* (^ 2 3) x)", ["power-factor"]), ("x^2x", "(* (^ x 2) x)", ["power-factor"]),
    ("e^x sin x", "(* (^ e x) (sin x))", []), ("e^x(x+1)", "(* (^ e x) (+ x 1))", []),
    ("x^2(x+1)", "(* (^ x 2) (+ x 1))", []),
    ("sin^-1 x", "(asin x)", ["inverse-function"]), ("tan⁻¹ x", "(atan x)", ["inverse-function"]),
    ("sin^-2 x", "(^ (sin x) (neg 2))", []), ("ln^-1 x", "(^ (log x) (neg 1))", ["reciprocal-function"]),
    ("sin x cos x", "(* (sin x) (cos x))", []), ("sin x * cos x", "(* (sin x) (cos x))", []),
    ("sin x e^x", "(* (sin x) (^ e x))", ["bare-exponential"]),
    ("sin x(x+1)", "(sin (* x (+ x 1)))", ["bare-parenthesis"]),
    ("sin x (x+1)", "(sin (* x (+ x 1)))", ["bare-parenthesis"]), ("ln x |x|", "(* (log x) (abs x))", ["bare-group"]),
    ("sin 2 (x+1)", "(sin (* 2 (+ x 1)))", []), (r"\ln x\frac{1}{x}", "(* (log x) (/ 1 x))", ["bare-group"]),
    ("np.heaviside(x, 0.5)", "(heaviside x)", []), ("Log[2, x]", "(log_base 2 x)", ["logarithm-to-base"]),
    ("x^1/2", "(/ (^ x 1) 2)", ["power-quotient"]), ("x^3/2", "(/ (^ x 3) 2)", []),
    ("x 2", "(* x 2)", ["number-behind"]),
    ("√2x", "(* (sqrt 2) x)", ["radical-factor"]), ("√x²", "(sqrt (^ x 2))", ["bare-root-power"]),
    ("log(x, 2)", "(log_base 2 x)", ["logarithm-to-base"]), ("acos(x)", "(acos x)", ["function-or-product"]),
    ("dy/dt = 2x", "(* 2 x)", []), ("dy/dz = 2x", "(* 2 x)", ["unknown-variable"]),
]

UNDECLARED = [
    ("ax", "(* a x)"), ("wx+b", "(+ (* w x) b)"), ("xyz", "(* (* x y) z)"), ("xsinx", "(* x (sin x))"),
    ("xe^x", "(* x (^ e x))"),
    ("x1", "x1"), ("w_1", "w_1"), ("x_{12}", "x_12"), ("w1x1+w2x2", "(+ (* w1 x1) (* w2 x2))"), ("lambda", "lambda"),
    ("E0", "E0"),
    ("sigma", "sigma"), ("σ x", "(* sigma x)"), ("σ(x)", "(sigmoid x)"), ("eta", "eta"), ("theta_1", "theta_1"),
    ("θ₁", "theta_1"),
    ("x + C", "(+ x C)"), ("sinx", "(sin x)"), ("cos2x", "(cos (* 2 x))"), ("at^2/2", "(/ (* a (^ t 2)) 2)"),
    ("e^x", "(^ e x)"),
]
# fmt: on


@pytest.mark.parametrize(("text", "meaning"), NOTATIONS, ids=[text for text, _ in NOTATIONS])
def test_notation(text: str, meaning: str) -> None:
    assert spelled(parse(text, DECLARED).expression) == meaning


@pytest.mark.parametrize(("text", "meaning", "codes"), REMARKED, ids=[row[0] for row in REMARKED])
def test_notice(text: str, meaning: str, codes: list[str]) -> None:
    reading = parse(text, DECLARED)
    assert spelled(reading.expression) == meaning
    assert [notice.code for notice in reading.notices] == codes


@pytest.mark.parametrize(("text", "meaning"), UNDECLARED, ids=[text for text, _ in UNDECLARED])
def test_without_declared_symbols(text: str, meaning: str) -> None:
    assert spelled(parse(text).expression) == meaning


@pytest.mark.parametrize(
    "text", "sine foo cosinus sink erfc(x) f(x) if exit undefined acosx dx gamma(x) ex cos2(x)".split()
)
def test_unknown_word_without_declared_symbols(text: str) -> None:
    with pytest.raises(AnswerError):
        parse(text)


@pytest.mark.parametrize("text", ["x^2 + C", "x^2+c", "x^2 +K ", "$x^2 + k$", "F'(x) = x^2 + C"])
def test_constant_of_integration(text: str) -> None:
    reading = parse(text, ("x",))
    assert spelled(reading.expression) == "(^ x 2)"
    assert reading.constant is not None
    assert re.fullmatch(r"\+ ?[CcKk]", text[reading.constant.start : reading.constant.end])


def test_declared_letters_are_no_constants_of_integration() -> None:
    reading = parse("x^2 + C", ("x", "C"))
    assert (spelled(reading.expression), reading.constant) == ("(+ (^ x 2) C)", None)


def test_declared_e_is_a_symbol() -> None:
    assert spelled(parse("e^x", ("x", "e")).expression) == "(^ e x)"
    assert not isinstance(parse("e", ("e",)).expression, Apply)


def test_variable_of_the_derivative_in_front() -> None:
    assert [notice.code for notice in parse("dy/dt = x", ("x", "t"), variable="x").notices] == ["other-variable"]
    assert parse("dy/dt = x", ("x", "t"), variable="t").notices == ()


def test_heads() -> None:
    assert spelled(parse("D(u*v) + f(u)", ("u", "v"), heads=("D", "f")).expression) == "(+ (D (* u v)) (f u))"


@pytest.mark.parametrize("spelling", sorted(set(SPELLINGS) - {"e", "pi", "π"}))
def test_every_spelling_of_a_function(spelling: str) -> None:
    head = SPELLINGS[spelling]
    arguments = "(x, y)" if head in ("root", "log_base", "softmax", "max", "min") else "(x)"
    expression = parse(spelling + arguments, ("x", "y")).expression
    assert isinstance(expression, Apply)
    assert expression.head == head


# fmt: off
SPANS = [
    ("«2x» + 1", (0,)), ("2«x» + 1", (0, 1)), ("sin(«x^2»)", (0,)), ("y' = «2»x", (0,)),
    (r"\frac{«x+1»}{2}", (0,)), (r"$\sin{«x»}$", (0,)), ("«x²»y", (0,)), ("x«½»", (1,)), ("«α_1» + 1", (0,)),
    ("2·«√x»", (1,)), ("«sin^2 x» + 1", (0,)), ("  «x»  + 1", (0,)), ("log_«b»(x)", (0,)), ("w1«x_1»", (1,)),
    ("«|x|» + 1", (0,)),
    ("(«x» + 1) y", (0, 0)), ("«(x + 1) y» + 2", (0,)), ("-«x^2»", (0,)), ("x^«-2»", (1,)), ("[«x», y]", (0,)),
]
# fmt: on
@pytest.mark.parametrize(("marked", "path"), SPANS, ids=[marked for marked, _ in SPANS])
def test_place_of_a_part(marked: str, path: tuple[int, ...]) -> None:
    text, place = unmarked(marked)
    part: Expression = parse(text, (*DECLARED, "alpha_1")).expression
    for index in path:
        assert isinstance(part, Apply)
        part = part.arguments[index]
    assert part.span == place


def test_every_sentence_shows_what_was_typed() -> None:
    (notice,) = parse("sin x/2", ("x",)).notices
    assert notice.message == "sin is applied to x only: read as sin(x)/…"
    (notice,) = parse("1/2x", ("x",)).notices
    assert notice.message.startswith("1/2x is read as (1/2)*x")
