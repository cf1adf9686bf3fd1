"""The catalogue in the terminal: every entry has its page, words find, and an unknown id is answered with a guess."""

from __future__ import annotations

import io
import json

import pytest

from tutor.apps.rules import run_rules
from tutor.calculus.rules import RULES
from tutor.errors import UsageError
from tutor.feedback.rule_catalogue import entries, found, mistaken_in_place_of
from tutor.feedback.wording import mal_rules
from tutor.render.look import Streams, Wishes

IDS = [entry.id for entry in entries()]


def screen(*words: str, as_json: bool = False, wishes: Wishes | None = None) -> str:
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    assert run_rules(words, streams, wishes or Wishes(), as_json=as_json) == 0
    assert isinstance(streams.stdout, io.StringIO)
    return streams.stdout.getvalue()


def test_the_list_has_every_rule_and_every_mal_rule_once() -> None:
    lines = screen().splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    known = {rule.id for rule in RULES} | set(mal_rules())
    assert sorted(name for name in listed if name in known) == sorted([rule.id for rule in RULES] + list(mal_rules()))
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("id_", IDS)
def test_every_entry_has_a_page_that_fits_into_80_columns(id_: str) -> None:
    page = screen(id_)
    assert page.startswith(f"{id_}   ")
    assert max(map(len, page.splitlines())) <= 80
    assert "Example: d/d" in page or "answered with" in page


@pytest.mark.parametrize("wishes", [Wishes(ascii=True), Wishes(plain=True, ascii=True)], ids=["ascii", "plain"])
def test_the_catalogue_can_be_told_in_ascii(wishes: Wishes) -> None:
    assert screen(wishes=wishes).isascii()
    assert screen("chain-drop-inner", wishes=wishes).isascii()


def test_a_page_says_what_a_teacher_would_ask_for() -> None:
    page = screen("chain-drop-inner")
    for part in (
        "Mistaken: f(g) -> f'(g)\n",
        "Right: f(g) -> f'(g)*g'\n",
        "Example: d/dx sin(x²) answered with cos(x²); right is 2x·cos(x²)\n",
        "Looked for as: D(f(u)) -> df(u)\n",
        "How common: ",
        "Try: d/dx ",
        mal_rules()["chain-drop-inner"].feedback,
    ):
        assert part in page


def test_a_rule_names_the_slips_that_stand_in_its_place() -> None:
    assert "quotient-flipped" in mistaken_in_place_of("quotient")
    assert "chain-drop-inner" in mistaken_in_place_of("chain-sin")
    assert "quotient-of-derivatives" in screen("quotient").partition("Slips in its place: ")[2]


def test_words_find_all_entries_that_have_them() -> None:
    assert {entry.id for entry in found("square root")} == {"root-forget-half"}
    several = found("quotient denominator")
    assert len(several) > 1
    assert all("quotient" in f"{entry.id} {entry.family}" for entry in several)
    assert [entry.id for entry in found("product-minus")] == ["product-minus"]


def test_the_same_as_json() -> None:
    one = json.loads(screen("trig-cos-sign", as_json=True))
    assert (one["id"], one["mal_rule"], one["laws"]) == ("trig-cos-sign", True, ["D(cos(u)) -> sin(u)*D(u)"])
    assert one["examples"][0].keys() == {"function", "variable", "wrong", "right"}
    several = json.loads(screen("chain", "inner", as_json=True))
    assert {entry["id"] for entry in several} >= {"chain-drop-inner", "chain-inner-only"}
    assert json.loads(screen(as_json=True))[0]["example"] is not None


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        screen("chian-drop-inner")
    assert caught.value.suggestion == "did you mean chain-drop-inner?"
