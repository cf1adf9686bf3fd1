"""Comma-separated answers: what is read, what is a broken row, and what makes the file unusable."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.apps.grade_csv import read_csv
from tutor.apps.grade_rows import Row
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.errors import InputFileError


def rows_of(text: str) -> list[Row]:
    return list(read_csv(Lines("answers.csv", io.StringIO(text, newline=""))))


def answers(text: str) -> list[object]:
    return [row.fault.code if row.fault else row.fields["answer"] for row in rows_of(text)]


HEAD = "learner,exercise,answer\n"

READ = {
    "one row": (HEAD + "ana,e1,2x\n", ["2x"]),
    "no line end after the last row": (HEAD + "ana,e1,2x", ["2x"]),
    "Windows line ends": ("learner,exercise,answer\r\nana,e1,2x\r\nben,e1,3x\r\n", ["2x", "3x"]),
    "old Macintosh line ends": ("learner,exercise,answer\rana,e1,2x\rben,e1,3x\r", ["2x", "3x"]),
    "names in any case and with blanks": (" Learner ,EXERCISE, Answer\nana,e1,2x\n", ["2x"]),
    "semicolons": ("learner;exercise;answer\nana;e1;(2x, 3y)\n", ["(2x, 3y)"]),
    "tabs": ("learner\texercise\tanswer\nana\te1\t2x\n", ["2x"]),
    "a first line that names the semicolon": ("sep=;\nlearner;exercise;answer\nana;e1;2x\n", ["2x"]),
    "a quoted comma": (HEAD + 'ana,e1,"(2x, 3y)"\n', ["(2x, 3y)"]),
    "a quoted quote": (HEAD + 'ana,e1,"a ""b"""\n', ['a "b"']),
    "a quote in the middle": (HEAD + 'ana,e1,f"(x)\n', ['f"(x)']),
    "an answer over two lines": (HEAD + 'ana,e1,"2x\n+ 1"\nben,e1,3x\n', ["2x\n+ 1", "3x"]),
    "blank lines": ("\n\n" + HEAD + "\nana,e1,2x\n\n\n", ["2x"]),
    "rows of commas at the end of a sheet": (HEAD + "ana,e1,2x\n,,\n , ,\n", ["2x"]),
    "commas behind the last column": ("learner,exercise,answer,,\nana,e1,2x,,\n", ["2x"]),
    "a blank answer": (HEAD + "ana,e1,\n", [""]),
    "a blank answer of blanks": (HEAD + "ana,e1,  \n", ["  "]),
    "an answer that a spreadsheet would compute": (HEAD + "ana,e1,=1+1\n", ["=1+1"]),
    "a short row": (HEAD + "ana,e1\nben,e1,3x\n", ["short-row", "3x"]),
    "a long row": (HEAD + "ana,e1,2x,3y\nben,e1,3x\n", ["long-row", "3x"]),
    "text after a closing quote": (HEAD + 'ana,e1,"2x"y\nben,e1,3x\n', ["broken-csv", "3x"]),
    "a null character": (HEAD + "ana,e1,2\0x\nben,e1,3x\n", ["null-character", "3x"]),
    "only a header": (HEAD, []),
}


@pytest.mark.parametrize("case", READ, ids=str)
def test_rows_are_read(case: str) -> None:
    text, expected = READ[case]
    assert answers(text) == expected


UNUSABLE = {
    "a quote that is never closed": (HEAD + 'ana,e1,2x\nben,e1,"3x\nchi,e1,4x\n', "open-quote", ":3: "),
    "a quote that another one closes": (HEAD + 'ana,e1,"2x\nben,"e1",3x\n', "open-quote", ":2: "),
    "a quote that swallows whole rows": (HEAD + 'ana,e1,"2x\nben,e1,3x\nchi,e1,"\nd,e,f,g\n', None, ""),
    "a quote that runs into a row of another length": (HEAD + 'ana,"e1,2x\nben",e1,3x,4\n', "open-quote", ":2: "),
    "a row that never ends": (HEAD + 'ana,e1,"' + "2x\n" * 30_000, "long-line", ":2: "),
    "a line that is too long": (HEAD + "ana,e1," + "x" * (LONGEST_LINE + 5) + "\n", "long-line", ":2: "),
    "no answer": ("learner,exercise\nana,e1\n", "missing-column", "answer"),
    "an answer with another name": ("learner,exercise,anser\nana,e1,2x\n", "missing-column", "anser"),
    "no exercise": ("learner,answer\nana,2x\n", "missing-column", "exercise"),
    "the same name twice": ("learner,exercise,answer,Answer\nana,e1,2x,3x\n", "double-column", "answer"),
    "the same other name twice": ("note,exercise,answer,note\na,e1,2x,3x\n", "double-column", "note"),
    "nothing but blanks": ("\n \n\n", "empty-file", ""),
    "no header at all": ("ana,e1,2x\n", "missing-column", "answer"),
    "a header with an open quote": ('"learner,exercise,answer\n', "open-quote", ":1: "),
}


@pytest.mark.parametrize("case", UNUSABLE, ids=str)
def test_a_file_that_cannot_be_used_says_where(case: str) -> None:
    text, code, place = UNUSABLE[case]
    if code is None:
        assert answers(text) == [
            "2x\nben,e1,3x\nchi,e1,",
            "long-row",
        ]  # well-formed: nothing tells that it was not meant
        return
    with pytest.raises(InputFileError) as caught:
        rows_of(text)
    assert caught.value.code == code
    assert caught.value.message.startswith("answers.csv:")
    assert place in caught.value.message


def test_a_misspelt_column_is_guessed() -> None:
    with pytest.raises(InputFileError) as caught:
        rows_of("learner,exercise,Anwser\n")
    assert caught.value.suggestion == "is 'Anwser' meant to be 'answer'? Rename it in the first line"


def test_other_columns_are_carried_along_as_they_are() -> None:
    (row,) = rows_of("Seconds,exercise,ANSWER, Note \n 04 ,e1,2x,=SUM(A1)\n")
    assert row.extra == {"Seconds": " 04 ", "Note": "=SUM(A1)"}
    assert row.place == "answers.csv:2"
    assert row.fields == {"exercise": "e1", "answer": "2x"}


WORDS = {"Response": "answer", "Solution": "answer", "anser": "answer"}


@pytest.mark.parametrize("word", WORDS, ids=str)
def test_other_words_for_a_column_are_understood_but_not_taken(word: str) -> None:
    with pytest.raises(InputFileError) as caught:
        rows_of(f"learner,exercise,{word}\nana,e1,2x\n")
    assert caught.value.suggestion == f"is {word!r} meant to be {WORDS[word]!r}? Rename it in the first line"


LEARNERS = {
    "the column learner": ("learner,student,answer,exercise\nana,7,2x,e1\n", "ana", {"student": "7"}),
    "a student": ("Student,answer,exercise\n7,2x,e1\n", "7", {"Student": "7"}),
    "the better of two": (
        "email,username,answer,exercise\na@b,ana,2x,e1\n",
        "ana",
        {"email": "a@b", "username": "ana"},
    ),
    "nobody": ("colour,answer,exercise\nred,2x,e1\n", None, {"colour": "red"}),
}


@pytest.mark.parametrize("case", LEARNERS, ids=str)
def test_who_answered_is_found(case: str) -> None:
    text, learner, carried = LEARNERS[case]
    (row,) = rows_of(text)
    assert row.fields.get("learner") == learner
    assert row.extra == carried


def test_rows_know_their_number_and_their_line() -> None:
    rows = rows_of(HEAD + 'ana,e1,"2\nx"\n\nben,e1\nchi,e1,4x\n')
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 5), (3, 6)]


FIELDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
TABLES = st.lists(st.tuples(FIELDS, FIELDS, FIELDS), max_size=8)


@settings(max_examples=300, deadline=None)
@given(TABLES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_is_read_back(table: list[tuple[str, str, str]], delimiter: str, end: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("learner", "exercise", "answer"), *table])
    wanted = [fields for fields in table if any(field.strip() for field in fields)]
    assert [tuple(row.fields.values()) for row in rows_of(written.getvalue())] == wanted


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_rows_or_one_clear_error(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            numbers = [row.number for row in rows_of(whole)]
        except InputFileError:
            continue
        assert numbers == list(range(1, len(numbers) + 1))
