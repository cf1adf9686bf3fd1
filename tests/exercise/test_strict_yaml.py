"""The strict reader: what it keeps, what it refuses and where, and that nothing makes it slow or crash."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.exercise.page import Place
from tutor.exercise.strict_yaml import DEEPEST, MOST_NODES, Mapping, Node, Sequence, Text, read_yaml


def plain(node: Node | None) -> object:
    """A node as lists, dictionaries and texts."""
    match node:
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.value: plain(entry.value) for entry in node.entries}
        case Text():
            return node.value
        case None:
            return None


@pytest.mark.parametrize(
    "scalar",
    ["no", "on", "1e-5", "010", "1:30", "0x1f", "1_000", "2001-01-01", ".inf", "+1", "true", "-x^2", "1/2x", "=", "y"],
)
def test_every_scalar_stays_as_it_was_typed(scalar: str) -> None:
    assert plain(read_yaml(f"a: {scalar}").root) == {"a": scalar}


@pytest.mark.parametrize(
    ("value", "null"), [("", True), ("~", True), ("null", True), ("''", False), ("'~'", False), ("0", False)]
)
def test_only_a_plain_empty_value_is_null(value: str, null: bool) -> None:
    root = read_yaml(f"a: {value}").root
    assert isinstance(root, Mapping)
    assert isinstance(root.entries[0].value, Text)
    assert root.entries[0].value.is_null is null


def test_nodes_know_their_places() -> None:
    root = read_yaml("a: 1\nb:\n  - x\n  - {y: z}\n").root
    assert isinstance(root, Mapping)
    (a, b) = root.entries
    assert (a.key.place, a.value.place) == (Place(1, 1), Place(1, 4))
    assert isinstance(b.value, Sequence)
    assert [item.place for item in b.value.items] == [Place(3, 5), Place(4, 5)]


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert plain(read_yaml("\ufeffa: 1\r\nb: 2\r\n").root) == {"a": "1", "b": "2"}


REFUSED = [
    # text, code, line, column, what the suggestion holds
    ("", "empty-file", 1, 1, "schema: 1"),
    ("# only a comment\n", "empty-file", 1, 1, "schema: 1"),
    ("a: 1\nf: *x\n", "alias", 2, 4, 'f: "*x"'),
    ("f: *x + 1", "alias", 1, 4, 'f: "*x + 1"'),
    ("f: &x", "anchor", 1, 4, '"&x"'),
    ("f: &x 2", "anchor", 1, 4, '"&x 2"'),
    ("f: !x 2", "tag", 1, 4, '"!x 2"'),
    ("f: !!python/object/apply:os.system [ls]", "tag", 1, 4, None),
    ("a: 1\na: 2", "duplicate-key", 2, 1, "keep one"),
    ("- {a: 1, a: 2}", "duplicate-key", 1, 10, "keep one"),
    ("a:\tx", "tab", 1, 3, "blanks"),
    ("a: x\u200by", "control-character", 1, 5, "delete"),
    ("a: x\u202ey", "control-character", 1, 5, "delete"),
    ("a: x\x00y", "control-character", 1, 5, "delete"),
    ("a: 1\u2028b: 2", "control-character", 1, 5, "delete"),
    ("a: 1\rb: 2", "control-character", 1, 5, "delete"),
    ('a: "x\\ty"', "control-character", 1, 4, None),
    ("--- 1\n--- 2\n", "several-documents", 2, 1, None),
    ("? [a, b]\n: 1", "key-not-text", 1, 3, None),
    ("f: |x| + 1", "yaml", 1, 5, 'f: "|x| + 1"'),
    ("f: %x", "yaml", 1, 4, 'f: "%x"'),
    ("f: @x", "yaml", 1, 4, 'f: "@x"'),
    ("f: `x`", "yaml", 1, 4, 'f: "`x`"'),
    ("f: [x+1]/2", "yaml", 1, 9, 'f: "[x+1]/2"'),
    ("prompt: Find f': it is easy", "yaml", 1, 16, 'prompt: "Find f\': it is easy"'),
    ("f: 'x", "yaml", 1, 6, None),
    ("f: [x, y", "yaml", 1, 9, None),
    ('f: "\\frac{1}{x}"', "control-character", 1, 4, "use ' '"),
    ('f: "\\d"', "yaml", 1, 5, "'\\d'"),
    ("a: 1\n b: 2", "yaml", 2, 3, None),
    ("a:\n  - x\n - y", "yaml", 3, 2, None),
    ("[" * (DEEPEST + 1), "too-deep", 1, DEEPEST + 1, None),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "fix"), REFUSED, ids=[repr(row[0][:40]) for row in REFUSED])
def test_what_is_refused_has_a_place_and_a_fix(text: str, code: str, line: int, column: int, fix: str | None) -> None:
    fault = read_yaml(text, "bank.yaml").faults[0]
    assert (fault.code, fault.file, fault.line, fault.column) == (code, "bank.yaml", line, column)
    assert fix is None or fix in (fault.suggestion or "")


def test_several_faults_are_found_in_one_reading() -> None:
    found = [(fault.code, fault.line) for fault in read_yaml("a: *x\nb: !t 1\nc: 1\nc: 2\nd: \t3\n").faults]
    assert found == [("alias", 1), ("tag", 2), ("duplicate-key", 4), ("tab", 5)]


HOSTILE = {
    "brackets": "[" * 500_000,
    "braces": "{" * 500_000,
    "list marks": "- " * 300_000,
    "question marks": "? " * 200_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1000)),
    "billion laughs": "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50)),
    "merge keys": "a: &a {x: 1}\nb: {<<: [*a, *a, *a]}\n",
    "many nodes": "- x\n" * (MOST_NODES + 10),
    "long scalar": "a: " + "x" * 20_000,
    "large file": "# " + "x" * (1 << 20),
    "many documents": "--- x\n" * 1000,
    "aliases": "- *a\n" * 25_000,
    "tags": "- !t x\n" * 19_000,
    "duplicate keys": "a: 1\n" * 19_000,
    "one quote": '"' + "x\n" * 100_000,
    "hidden characters": "\x01" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_in_faults(text: str) -> None:
    assert 1 <= len(read_yaml(text).faults) <= 200


@given(st.text(max_size=200))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_root_or_faults(text: str) -> None:
    document = read_yaml(text)
    assert (document.root is not None) or document.faults
    for fault in document.faults:
        assert 1 <= fault.line <= len(document.page.lines)
        assert fault.column >= 1


YAMLISH = st.text(alphabet="ab:-[]{}*&!|>\"'#,? \n\t%@~<=01", max_size=60)


@given(YAMLISH)
@settings(max_examples=500, deadline=None)
def test_what_is_read_is_what_another_reader_reads(text: str) -> None:
    document = read_yaml(text)
    if not document.faults:
        assert plain(document.root) == yaml.load(text, Loader=yaml.CBaseLoader)


TREES = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text("abcdef", min_size=1), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_what_a_writer_writes_is_read_back(tree: object) -> None:
    text = yaml.dump(tree, Dumper=yaml.SafeDumper, allow_unicode=True, width=10_000)
    document = read_yaml(text)
    if not any(fault.code in ("too-deep", "tag", "control-character") for fault in document.faults):
        assert plain(document.root) == tree
