"""The other programs that the benchmark of verdicts asks: how each is started, asked and understood."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench_verdicts_pairs import Pair, warming_pairs
from bench_verdicts_process import Process
from bench_verdicts_table import Said, Seen

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: what starts it, what it is told first, how a pair becomes a question and its output a verdict."""

    name: str
    command: tuple[str, ...]
    question: Callable[[Pair], str]
    verdict: Callable[[str], Said | None]
    opening: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def asked(peer: Peer, pairs: Iterable[Pair]) -> Iterator[Seen]:
    """What a program says of each pair, and the processor time that it takes for each."""
    with Process(peer.command, peer.opening, environment=peer.environment) as process:
        for pair in pairs:
            if not process.is_running:
                for other in warming_pairs():
                    process.ask(peer.question(other), peer.verdict)
            reply = process.ask(peer.question(pair), peer.verdict)
            said = reply.answer or (Said.UNSUPPORTED if reply.ended else Said.LATE)
            if said is Said.UNDECIDED and peer.opening:
                process.end()  # Maxima may wait for an answer to a question of its own
            yield Seen(pair.is_right, said, reply.seconds)


# ---- programs that speak JSON ----------------------------------------------------------------------------------------


def _as_json(pair: Pair) -> str:
    return json.dumps({"key": pair.key, "answer": pair.answer}) + "\n"


def _in_latex(pair: Pair) -> str:
    from tutor.expression.parser import parse
    from tutor.expression.to_latex import to_latex

    key, answer = (to_latex(parse(text).expression) for text in (pair.key, pair.answer))
    return json.dumps({"key": key, "answer": answer}) + "\n"


def _from_json(output: str) -> Said | None:
    return Said(json.loads(output)) if output.endswith("\n") else None


def sympy(method: str, name: str) -> Peer:
    """SymPy by `simplify` or by `equals`."""
    return Peer(name, (sys.executable, str(HERE / "bench_verdicts_sympy.py"), method), _as_json, _from_json)


def math_verify(python: str) -> Peer:
    """math-verify, by a Python in which it is installed."""
    return Peer("math-verify (LaTeX)", (python, str(HERE / "bench_verdicts_mathverify.py")), _in_latex, _from_json)


def kas(modules: str) -> Peer:
    """KAS, from a folder `node_modules`."""
    command = ("node", str(HERE / "bench_verdicts_kas.js"))
    return Peer("KAS compare", command, _as_json, _from_json, environment={"NODE_PATH": modules})


# ---- Maxima ----------------------------------------------------------------------------------------------------------

_ZERO_TEST = """
vanishes(e) := is(fullratsimp(e) = 0) = true$
zerotest(d) := block([e: fullratsimp(d)],
  if vanishes(e) then "equal"
  elseif vanishes(e: trigsimp(e)) then "equal"
  elseif vanishes(e: trigexpand(e)) then "equal"
  elseif vanishes(e: trigreduce(e)) then "equal"
  elseif vanishes(e: radcan(exponentialize(e))) then "equal"
  elseif vanishes(radcan(rootscontract(logcontract(e)))) then "equal"
  else "different")$
"""
"""Rational, trigonometric and radical normal forms in turn, as Maxima's users chain them to see that a sum is zero."""

_ASKS = re.compile(r"\?\s*$|positive, negative|zero or nonzero|positive or negative")


def maxima(program: str) -> Peer:
    """Maxima in one process that stays."""
    return Peer("Maxima persistent", (program, "--very-quiet"), _for_maxima, from_maxima, _ZERO_TEST)


def _for_maxima(pair: Pair) -> str:
    difference = f"({in_maxima(pair.key)})-({in_maxima(pair.answer)})"
    return f'errcatch(print(concat("said=",zerotest({difference}))))$ print(concat("en","ded"))$\n'


def in_maxima(text: str) -> str:
    """A text in Maxima's notation."""
    return re.sub(r"\bsign\(", "signum(", re.sub(r"\bpi\b", "%pi", text))


def from_maxima(output: str) -> Said | None:
    """What Maxima's output says; undecided when it asks for the sign of something, None while it is at work."""
    if re.search(r"^ended", output, re.MULTILINE):
        found = re.search(r"^said=(\w+)", output, re.MULTILINE)
        return Said(found[1]) if found else Said.UNSUPPORTED
    return Said.UNDECIDED if _ASKS.search(output) else None


# ---- which are here --------------------------------------------------------------------------------------------------


def peers(
    sympy_methods: Iterable[str], maxima_program: str, *, math_verify_python: str | None, kas_modules: str | None
) -> tuple[Peer, ...]:
    """The programs that are installed; SymPy always is, and is asked by each of some methods."""
    found = [sympy(method, f"SymPy {method}") for method in sympy_methods]
    if shutil.which(maxima_program):
        found.append(maxima(maxima_program))
    if math_verify_python and shutil.which(math_verify_python):
        found.append(math_verify(math_verify_python))
    if kas_modules and shutil.which("node"):
        found.append(kas(kas_modules))
    return tuple(found)
