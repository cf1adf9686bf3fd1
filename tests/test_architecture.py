"""What CONTRIBUTING promises of the code's shape, looked up in the code: sizes, doors, banned calls, layers, tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TUTOR = sorted((ROOT / "tutor").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
SHORT = 20

DOORS = {
    "sympy": ("checking/symbolic*", "checking/certificate*"),
    "mpmath": ("checking/interval*",),
    "flint": ("checking/ball*", "checking/symbolic*ring*"),
    "numpy": (
        "expression/evaluate.py",
        "checking/finite_difference.py",
        "checking/wide_search.py",
        "feedback/slips/*",
        "feedback/answer_place.py",
    ),
    "yaml": ("exercise/*yaml*", "exercise/loader.py"),
    "prompt_toolkit": ("apps/quiz*",),
    "rich": ("apps/*progress*",),
    "platformdirs": ("practice/*", "apps/*", "cli*"),
    "psutil": ("worker/*",),
    "click": ("cli*",),
}
"""Who may import each third-party library; tests and scripts may import what they need."""

BANNED_NAMES = {"eval", "exec", "sympify", "S", "parse_expr", "lambdify", "setrecursionlimit", "compile", "__import__"}
BANNED_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}
BANNED_METHODS = {
    ("os", "system"), ("os", "popen"), ("yaml", "load"), ("yaml", "unsafe_load"), ("yaml", "full_load"),
    ("sys", "setrecursionlimit"), ("sympy", "S"), ("sympy", "sympify"), ("sympy", "parse_expr"), ("sympy", "lambdify"),
}  # fmt: skip
PUT_OFF = ("skip", "skipif", "xfail", "importorskip")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "types", "misc", "base"}

KNOWN: dict[str, str] = {}
"""Where the tree falls short of a promise: `file:function` (or a file) against the reason."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def body_length(function: Function) -> int:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return 0 if not body else (function.end_lineno or 0) - body[0].lineno + 1


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports anywhere in it, each with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def each_file(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


# ---- sizes and names ---------------------------------------------------------------------------------------


@each_file(TUTOR)
def test_a_file_has_one_noun_and_fits(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE or name_of(path) in KNOWN
    assert path.stem not in EMPTY_NAMES


@each_file(TUTOR)
def test_a_function_fits_in_a_glance(path: Path) -> None:
    long = {f"{name_of(path)}:{each.name}": body_length(each) for each in functions(path)}
    assert {name: size for name, size in long.items() if size > LONGEST_FUNCTION and name not in KNOWN} == {}


def test_nine_functions_in_ten_are_short() -> None:
    sizes = [body_length(each) for path in TUTOR for each in functions(path)]
    short = sum(1 for size in sizes if size <= SHORT)
    assert short >= 0.9 * len(sizes), f"{short} of {len(sizes)} have at most {SHORT} lines"


@each_file(TUTOR)
def test_what_is_public_says_what_it_is(path: Path) -> None:
    tree = tree_of(path)
    named = [node for node in tree.body if isinstance(node, Function | ast.ClassDef)]
    assert ast.get_docstring(tree), "the module has no docstring"
    assert [node.name for node in named if node.name[0] != "_" and not ast.get_docstring(node)] == []


# ---- what may be imported and called -----------------------------------------------------------------------


def is_door(path: Path, library: str) -> bool:
    inside = path.relative_to(ROOT / "tutor").as_posix()
    return any(fnmatch(inside, pattern) for pattern in DOORS[library])


@each_file(TUTOR)
def test_a_library_is_imported_at_its_door_only(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"tutor"}
    libraries = [(module.partition(".")[0], line) for module, line in imported(path)]
    foreign = [(name, line) for name, line in libraries if name not in allowed]
    assert [place for place in foreign if place[0] not in DOORS] == [], "a library without a door: see DOORS"
    assert [place for place in foreign if not is_door(path, place[0])] == [], "not the door of this library: see DOORS"


def test_the_declared_libraries_are_those_with_a_door_and_each_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", line, maxsplit=1)[0].lower() for line in project["dependencies"]}
    called = {"flint": "python-flint", "yaml": "pyyaml"}
    assert declared == {called.get(library, library) for library in DOORS}
    used = {module.partition(".")[0] for path in TUTOR for module, _ in imported(path)}
    assert {library for library in set(DOORS) - used if not is_imported_by_text(library)} == set()


def is_imported_by_text(library: str) -> bool:
    """Whether a file imports a library by its name as a text, as one that may be missing on some platform."""
    return any(f'import_module("{library}")' in path.read_text(encoding="utf-8") for path in TUTOR)


@each_file(TUTOR)
def test_nothing_runs_a_text(path: Path) -> None:
    found = [place for node in ast.walk(tree_of(path)) for place in banned(node)]
    assert found == []


def banned(node: ast.AST) -> Iterator[str]:
    """What a part of a file does that no file may do, with its line."""
    if isinstance(node, ast.Call):
        match node.func:
            case ast.Name(id=name) if name in BANNED_NAMES:
                yield f"{name}, line {node.lineno}"
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if (owner, name) in BANNED_METHODS:
                yield f"{owner}.{name}, line {node.lineno}"
        if any(word.arg == "shell" for word in node.keywords):
            yield f"shell=, line {node.lineno}"
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
        yield from (f"{name}, line {node.lineno}" for name in names if name in BANNED_MODULES | BANNED_NAMES)


@pytest.mark.parametrize(
    "text",
    ["eval('1')", "exec(x)", "import pickle", "from sympy import sympify", "sympy.S('x')", "os.system('ls')",
     "subprocess.run('ls', shell=True)", "yaml.load(x)", "sys.setrecursionlimit(9)"],
)  # fmt: skip
def test_the_ban_is_seen(text: str) -> None:
    assert [place for node in ast.walk(ast.parse(text)) for place in banned(node)]


FRONT_ENDS = [path for path in TUTOR if path.parent.name == "apps" and path.stem != "__init__"]


@each_file(FRONT_ENDS)
def test_front_ends_do_not_know_each_other(path: Path) -> None:
    own = path.stem.partition("_")[0]
    others = [module.removeprefix("tutor.apps.") for module, _ in imported(path) if module.startswith("tutor.apps.")]
    assert [other for other in others if other.partition("_")[0] != own] == []


# ---- start-up ----------------------------------------------------------------------------------------------


def modules_after(*arguments: str) -> set[str]:
    """The top-level modules that a run of Python has imported."""
    command = [sys.executable, "-X", "importtime", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True)
    lines = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("-c", "import tutor"), set[str]()),
        (("-m", "tutor", "--version"), {"click"}),
        (("-m", "tutor", "--help"), {"click"}),
        (("-m", "tutor", "grade", "--help"), {"click"}),
    ],
    ids=["import tutor", "--version", "--help", "grade --help"],
)
def test_starting_is_cheap(arguments: tuple[str, ...], allowed: set[str]) -> None:
    loaded = modules_after(*arguments) & set(DOORS)
    assert loaded - modules_after("-c", "pass") == allowed


# ---- what is written about the code --------------------------------------------------------------------------

PAGES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "architecture.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
FILE_NAME = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|toml|md|lock))`")


@each_file(PAGES)
def test_a_file_that_a_page_names_exists(path: Path) -> None:
    """A name may leave out folders in front: `check.py`, `checking/check.py`. Names in capitals stand for any."""
    folders = (ROOT / name for name in ("docs", "exercises", "scripts", "tests", "tutor"))
    known = [*map(name_of, chain(ROOT.glob("*.*"), *(folder.rglob("*.*") for folder in folders)))]
    named = [name for name in FILE_NAME.findall(path.read_text(encoding="utf-8")) if "NAME" not in name]
    to_come = path.name == "0009-dependencies-come-with-their-code.md"
    missing = [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in known)]
    assert missing == (["practice/schedule.py"] if to_come else [])


# ---- tests -------------------------------------------------------------------------------------------------


def test_tests_mirror_the_packages() -> None:
    packages = {path.name for path in (ROOT / "tutor").iterdir() if path.is_dir()} | {
        "scripts",
        "verdicts",
        "diagnosis",
    }
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in TESTS if path.parent != ROOT / "tests"}
    assert folders - packages == set()


@each_file([path for path in TESTS if path.name.startswith("test_")])
def test_a_test_can_fail(path: Path) -> None:
    silent = [each.name for each in functions(path) if each.name.startswith("test_") and not can_fail(each, path)]
    assert silent == []


def can_fail(function: Function, path: Path) -> bool:
    """Whether a test asserts something, itself or through a function of its file that it calls."""
    if any(isinstance(node, ast.Assert) or is_raises(node) for node in ast.walk(function)):
        return True
    called = {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return any(can_fail(each, path) for each in functions(path) if each.name in called and each is not function)


def is_raises(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and (node.attr in {"raises", "warns", "fail"} or node.attr[:7] == "assert_")


@each_file(TESTS)
def test_no_test_is_put_off(path: Path) -> None:
    uses = [ast.unparse(node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)]
    assert set(uses) & {f"pytest.{where}{how}" for where in ("", "mark.") for how in PUT_OFF} == set()
