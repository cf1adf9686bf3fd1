"""Bytes to lines: encodings, what is no text, what is not there; always one clear sentence."""

from __future__ import annotations

import codecs
import errno
import io
from pathlib import Path

import pytest

from tutor.apps.grade_source import Source, opened, sources_in
from tutor.errors import InputFileError

TEXT = "learner,exercise,answer\nĐorđe,e1,2x²\n佐藤,e1,√x\n"


def read(path: Path) -> list[str]:
    with opened(Source(str(path)), io.StringIO()) as lines:
        return list(lines)


ENCODED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a byte order mark": codecs.BOM_UTF8 + TEXT.encode(),
    "UTF-16, little end first": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
}


@pytest.mark.parametrize("case", ENCODED, ids=str)
def test_unicode_text_is_read(case: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(ENCODED[case])
    assert "".join(read(path)) == TEXT


REFUSED = {
    "nothing": (b"", "empty-file"),
    "Latin-1": (
        TEXT.replace("Đ", "D").replace("đ", "ð").replace("佐藤", "é").replace("√", "").encode("latin-1"),
        "wrong-encoding",
    ),
    "UTF-16 without a byte order mark": (TEXT.encode("utf-16-le"), "binary-file"),
    "UTF-16 that breaks off": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00", "wrong-encoding"),
    "a lone surrogate in UTF-16": (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "wrong-encoding"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(100), "binary-file"),
    "a PDF": (b"%PDF-1.7\n", "binary-file"),
    "a program": (b"\x7fELF" + bytes(50), "binary-file"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_is_no_text_is_refused(case: str, tmp_path: Path) -> None:
    data, code = REFUSED[case]
    path = tmp_path / "answers.csv"
    path.write_bytes(data)
    with pytest.raises(InputFileError) as caught:
        read(path)
    assert caught.value.code == code
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.suggestion


def test_a_wrong_byte_is_found_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(b"a\nb\n" * 5000 + b"caf\xe9\n" + b"c\n")
    with pytest.raises(InputFileError, match=r"answers.csv:10001: not UTF-8"):
        read(path)


def test_a_missing_file_has_a_likely_neighbour(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("x")
    with pytest.raises(InputFileError) as caught:
        read(tmp_path / "anwsers.csv")
    assert caught.value.code == "no-file"
    assert caught.value.suggestion == f"did you mean {tmp_path / 'answers.csv'}?"


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputFileError) as caught:
        read(tmp_path)
    assert caught.value.code == "directory"


def test_a_name_with_a_null_character_is_refused() -> None:
    with pytest.raises(InputFileError):
        read(Path("a\0b"))


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = tmp_path / "answers.csv"
    path.write_text(TEXT)
    monkeypatch.setattr("builtins.open", refuse)  # root may read everything
    with pytest.raises(InputFileError) as caught:
        read(path)
    assert caught.value.code == "no-permission"


def test_standard_input_may_be_bytes_or_text() -> None:
    for stdin in (io.TextIOWrapper(io.BytesIO(TEXT.encode())), io.StringIO(TEXT)):
        with opened(Source("-"), stdin) as lines:
            assert "".join(lines) == TEXT


def test_standard_input_may_be_closed() -> None:
    with pytest.raises(InputFileError, match="closed"), opened(Source("-"), None):
        pass


def test_peeking_leaves_lines_and_numbers_as_they_were() -> None:
    with opened(Source("-"), io.StringIO("\n \nfirst\nsecond\n")) as lines:
        assert lines.peek() == "first\n"
        assert lines.number == 0
        assert list(lines) == ["\n", " \n", "first\n", "second\n"]
        assert lines.number == 4


# ---- folders --------------------------------------------------------------------------------------------------------


def test_a_folder_is_its_answer_files_in_order(tmp_path: Path) -> None:
    for name in ("b/2.yaml", "b/.hidden.csv", ".git/x.csv", "a.CSV", "a/1.jsonl", "notes.txt", "c.pdf", "a~"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = sources_in(str(tmp_path))
    assert [Path(source.path).relative_to(tmp_path).as_posix() for source in found] == [
        "a/1.jsonl",
        "a.CSV",
        "b/2.yaml",
    ]
    assert all(source.in_folder for source in found)


def test_a_folder_without_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(InputFileError) as caught:
        sources_in(str(tmp_path))
    assert caught.value.code == "no-answer-files"
    assert ".yaml" in (caught.value.suggestion or "")


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(sources_in(str(tmp_path))) == 1
