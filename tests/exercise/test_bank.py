"""Banks: folders of files, the shipped exercises with their keys, and the stored form."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from mpmath import mp

from tests import oracle
from tests.sympy_oracle import to_sympy
from tutor.errors import ExerciseErrors, InputFileError, UsageError
from tutor.exercise.bank import Bank, load_bank, shipped, shipped_folder
from tutor.exercise.bank_cache import cached_bank, fingerprint
from tutor.exercise.model import Exercise
from tutor.exercise.stored import restored, stored
from tutor.expression.tree import Expression
from tutor.feedback.wording import mal_rules, skills
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Choice, Formula, Slope

SHIPPED = shipped(KINDS)
EXERCISES = SHIPPED.exercises
WITH_KEYS = [exercise for exercise in EXERCISES if exercise.functions and exercise.answer]
EACH = [pytest.param(exercise, id=exercise.id) for exercise in EXERCISES]
EACH_KEY = [pytest.param(exercise, id=exercise.id) for exercise in WITH_KEYS]


def write(folder: Path, **files: str) -> Path:
    for name, exercises in files.items():
        (folder / f"{name}.yaml").write_text(f"schema: 1\nexercises:\n{exercises}", encoding="utf-8")
    return folder


# ---- the shipped exercises ------------------------------------------------------------------------------------------


def test_there_are_enough_exercises_of_every_kind() -> None:
    assert len(EXERCISES) >= 50
    assert {exercise.kind for exercise in EXERCISES} == set(KINDS)


@pytest.mark.parametrize("exercise", EACH)
def test_each_exercise_has_a_difficulty_known_skills_and_a_question(exercise: Exercise) -> None:
    assert exercise.difficulty is not None
    assert exercise.skills
    assert set(exercise.skills) <= set(skills())
    kind = KINDS[exercise.kind]
    assert kind.prompt(exercise)
    assert kind.label(exercise)
    assert len({cell.name for cell in kind.cells(exercise)}) == len(kind.cells(exercise))
    if exercise.kind == "choice":
        assert all(option.feedback for option in exercise.options)


def points(exercise: Exercise, expressions: tuple[Expression, ...]) -> list[dict[str, Fraction]]:
    """Points of the domain at which all expressions have values, drawn with the exercise's id as seed."""
    from tutor.exercise.symbols import free_of

    draw = random.Random(exercise.id)
    found = []
    for _ in range(200):
        point = {}
        for symbol in sorted(free_of(expressions)):
            range_ = exercise.domain.of(symbol)
            low = range_.low if range_.low is not None else Fraction(-2)
            high = range_.high if range_.high is not None else low + 4
            point[symbol] = low + (high - low) * Fraction(draw.randint(1, 9999), 10_000)
        try:
            for expression in expressions:
                oracle.value(expression, point)
        except oracle.Undefined:
            continue
        found.append(point)
    return found[:5]


def exact(number: oracle.Real) -> oracle.Real:
    return mp.mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else number


def measured(slope: Slope, point: dict[str, Fraction]) -> oracle.Real:
    """The slope of f itself, by repeated central differences in mpmath; 12 digits and more are right."""
    values = {**point}
    for name, value in slope.at.items():
        values[name] = oracle.value(value, {})
    if len(slope.variables) == 1:
        return oracle.slope(slope.function, slope.variables[0], values)
    assert len(slope.variables) == 2
    assert len(set(slope.variables)) == 1
    step = Fraction(1, 10**20)
    centre = values.pop(slope.variables[0])
    with mp.workdps(120):
        below, at, above = (
            oracle.value(slope.function, {**values, slope.variables[0]: exact(centre) + k * exact(step)}, 100)
            for k in (-1, 0, 1)
        )
        return (above - 2 * at + below) * mp.mpf(10) ** 40


@pytest.mark.parametrize("exercise", EACH_KEY)
def test_each_stated_key_is_the_slope_of_the_function_itself(exercise: Exercise) -> None:
    cells = KINDS[exercise.kind].cells(exercise)
    assert len(cells) == len(exercise.answer)
    for cell, key in zip(cells, exercise.answer, strict=True):
        assert isinstance(cell.target, Slope)
        drawn = points(exercise, (*exercise.functions, key))
        assert len(drawn) >= 3
        for point in drawn:
            at = {name: oracle.value(value, {}) for name, value in exercise.at.items()}
            assert oracle.close(oracle.value(key, {**point, **at}), measured(cell.target, point)), point


@pytest.mark.parametrize("exercise", EACH_KEY)
def test_each_stated_key_is_what_sympy_derives(exercise: Exercise) -> None:
    for cell, key in zip(KINDS[exercise.kind].cells(exercise), exercise.answer, strict=True):
        assert isinstance(cell.target, Slope)
        derived = to_sympy(cell.target.function)
        for variable in cell.target.variables:
            derived = sympy.diff(derived, sympy.Symbol(variable, real=True))
        derived = derived.subs({sympy.Symbol(name, real=True): to_sympy(at) for name, at in exercise.at.items()})
        for point in points(exercise, (*exercise.functions, key)):
            values = {
                sympy.Symbol(name, real=True): sympy.Rational(*at.as_integer_ratio()) for name, at in point.items()
            }
            value = mp.mpf(str(sympy.N(derived.subs(values), 30)))
            assert oracle.close(oracle.value(key, point), value), point


@pytest.mark.parametrize("exercise", EACH_KEY)
def test_each_expected_mistake_is_a_mistake(exercise: Exercise) -> None:
    for mistake in exercise.mistakes:
        parts = (*exercise.answer, *mistake.answer)
        assert any(
            not oracle.close(oracle.value(key, point), oracle.value(wrong, point))
            for point in points(exercise, parts)
            for key, wrong in zip(exercise.answer, mistake.answer, strict=True)
        )


@pytest.mark.parametrize("exercise", EACH)
def test_each_kind_reads_its_own_key(exercise: Exercise) -> None:
    from tutor.expression.to_text import to_text

    kind = KINDS[exercise.kind]
    for cell in kind.cells(exercise):
        if isinstance(cell.target, Choice):
            right = [exercise.options[number].text for number in sorted(cell.target.right)]
            assert kind.read(exercise, "; ".join(right))[0].chosen == cell.target.right
    if exercise.answer:
        text = ", ".join(to_text(entry) for entry in exercise.answer)
        answers = kind.read(exercise, text)
        assert [answer.error for answer in answers] == [None] * len(answers)
        assert tuple(answer.reading.expression for answer in answers if answer.reading) == exercise.answer


@pytest.mark.parametrize("exercise", EACH)
def test_each_exercise_has_hints_unless_it_is_a_choice(exercise: Exercise) -> None:
    hints = KINDS[exercise.kind].hints(exercise)
    assert all(hint for hint in hints)
    assert hints or exercise.kind == "choice" or not exercise.functions


def test_names_of_mistakes_are_ids_of_the_catalogue_or_plainly_not() -> None:
    names = {mistake.name for exercise in EXERCISES for mistake in exercise.mistakes}
    families = {id_.partition("-")[0] for id_ in mal_rules()}
    assert {name for name in names if name not in mal_rules() and name.partition("-")[0] in families} <= set()


def test_a_formula_cell_stands_where_there_is_no_function() -> None:
    for exercise in EXERCISES:
        if exercise.answer and not exercise.functions:
            assert all(isinstance(cell.target, Formula) for cell in KINDS[exercise.kind].cells(exercise))


# ---- folders --------------------------------------------------------------------------------------------------------


def test_units_come_in_the_order_of_the_file_names(tmp_path: Path) -> None:
    write(tmp_path, b="- {id: two, function: x}\n", a="- {id: one, function: x}\n")
    (tmp_path / ".hidden.yaml").write_text("nonsense: [", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nonsense", encoding="utf-8")
    assert [exercise.id for exercise in load_bank(tmp_path, KINDS).exercises] == ["one", "two"]


def test_an_id_of_an_earlier_file_is_a_fault_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, a="- {id: one, function: x}\n", b="- {id: two, function: x}\n- {id: one, function: x}\n")
    with pytest.raises(ExerciseErrors) as caught:
        load_bank(tmp_path, KINDS)
    (fault,) = caught.value.errors
    assert (fault.code, Path(fault.file).name, fault.line) == ("duplicate-id", "b.yaml", 4)
    assert "a.yaml:3" in fault.message


def test_the_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, a="- {id: one, function: x +}\n", b="- {id: Two, function: x}\n")
    with pytest.raises(ExerciseErrors) as caught:
        load_bank(tmp_path, KINDS)
    assert [(Path(fault.file).name, fault.code) for fault in caught.value.errors] == [
        ("a.yaml", "unreadable-formula"),
        ("b.yaml", "bad-name"),
    ]


@pytest.mark.parametrize(("name", "code"), [("none", "no-such-file"), ("", "no-exercises")])
def test_nothing_to_read_is_said(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InputFileError) as caught:
        load_bank(tmp_path / name, KINDS)
    assert caught.value.code == code


def test_an_unknown_id_names_its_neighbour() -> None:
    assert "u04-sinsq" in SHIPPED
    assert SHIPPED.find("u04-sinsq").id == "u04-sinsq"
    with pytest.raises(UsageError, match="u04-sinsqq") as caught:
        SHIPPED.find("u04-sinsqq")
    assert "u04-sinsq" in (caught.value.suggestion or "")


# ---- the stored form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", EACH)
def test_an_exercise_comes_back_from_its_stored_form(exercise: Exercise) -> None:
    assert restored(json.loads(json.dumps(stored(exercise)))) == exercise


def test_a_bank_is_read_once_and_again_after_a_change(tmp_path: Path) -> None:
    folder = write(tmp_path, a="- {id: one, function: x}\n")
    cache = tmp_path / "cache"
    readings: list[Bank] = []

    def read(path: Path) -> Bank:
        readings.append(load_bank(path, KINDS))
        return readings[-1]

    first, second = (cached_bank(folder, cache, read) for _ in range(2))
    assert (first, len(readings)) == (second, 1)
    write(tmp_path, a="- {id: two, function: x}\n")
    assert cached_bank(folder, cache, read).exercises[0].id == "two"
    assert len(readings) == 2
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"units": [{"name": 1}]}', '{"units": [{"exercises": [{"id": 1, "functions": [[]]}]}]}'],
)
def test_a_cache_that_makes_no_sense_is_passed_over(tmp_path: Path, content: str) -> None:
    folder = write(tmp_path, a="- {id: one, function: x}\n")
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / f"bank-{fingerprint(folder)}.json").write_text(content, encoding="utf-8")
    assert cached_bank(folder, cache, lambda path: load_bank(path, KINDS)).exercises[0].id == "one"


def test_a_cache_folder_that_cannot_be_made_is_passed_over(tmp_path: Path) -> None:
    folder = write(tmp_path, a="- {id: one, function: x}\n")
    assert "one" in cached_bank(folder, tmp_path / "a.yaml" / "cache", lambda path: load_bank(path, KINDS))


def test_a_bank_comes_from_the_cache_without_yaml_and_parser() -> None:
    import subprocess
    import sys

    program = (
        "import sys, tempfile; from pathlib import Path\n"
        "from tutor.exercise.bank_cache import cached_bank\n"
        "cache = Path(sys.argv[2])\n"
        "def read(path):\n"
        "    from tutor.exercise.bank import load_bank; from tutor.kinds.catalogue import KINDS\n"
        "    return load_bank(path, KINDS)\n"
        "bank = cached_bank(Path(sys.argv[1]), cache, read)\n"
        "print(len(bank.exercises), 'yaml' in sys.modules, 'tutor.expression.parser' in sys.modules)\n"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-c", program, str(shipped_folder()), cache]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    assert runs == [[str(len(EXERCISES)), "True", "True"], [str(len(EXERCISES)), "False", "False"]]
