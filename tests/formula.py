"""Trees for tests from Python's own grammar, so that a test of a printer does not rest on our reader."""

from __future__ import annotations

import ast
from fractions import Fraction

from tutor.expression.tree import EULER, PI, Apply, Expression, Number, Symbol

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_CONSTANTS: dict[str, Expression] = {"pi": PI, "e": EULER}


def formula(text: str) -> Expression:
    """The tree of a formula in Python's notation, with ^ for powers, [a, b] for vectors and lambda spelt lambda_."""
    source = text.replace("^", "**")
    return _tree(ast.parse(source, mode="eval").body, source)


def _tree(node: ast.expr, source: str) -> Expression:
    match node:
        case ast.Constant():
            digits = ast.get_source_segment(source, node) or ""
            return Number(Fraction(digits), decimal="." in digits or "e" in digits)
        case ast.Name(name):
            return _CONSTANTS.get(name) or Symbol(name.rstrip("_"))
        case ast.UnaryOp(_, operand):
            return Apply("neg", (_tree(operand, source),))
        case ast.BinOp(left, operator, right):
            return Apply(_BINARY[type(operator)], (_tree(left, source), _tree(right, source)))
        case ast.Call(ast.Name(name), arguments):
            return Apply(name, tuple(_tree(argument, source) for argument in arguments))
        case ast.List(entries):
            return Apply("vector", tuple(_tree(entry, source) for entry in entries))
        case _:
            raise ValueError(text_of(node))


def text_of(node: ast.expr) -> str:
    """A node that no formula has, for the message."""
    return ast.dump(node)
