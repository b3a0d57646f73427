"""The phrase lexicon of boilerplate."""

from __future__ import annotations

from importlib.resources import files

import pytest

from streams.reading.folding import fold
from streams.reading.phrases import phrases, words

FOLDER = files("streams") / "lexicon" / "boilerplate"
FILES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".txt"))


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_rule_or_a_comment(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    rules = [line for line in lines if not line.startswith("#")]
    assert rules
    for line in rules:
        mode, _, phrase = line.partition(": ")
        assert mode in {"is", "starts", "ends", "has", "section"}, line
        assert phrase
        assert phrase == fold(phrase), line
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_finds_itself(name: str) -> None:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            phrase = line.partition(": ")[2]
            assert phrases().reason(phrase.upper()) is not None, line


def test_a_start_ends_at_a_word() -> None:
    assert phrases().reason("Read more about it") == "promo"
    assert phrases().reason("Read moreover what it says") is None
    assert phrases().reason("The paper is widely read. More follows") is None


def test_word_lists_carry_no_comments() -> None:
    for name in ("acronyms", "saying", "titles", "unfinished", "time"):
        assert words(name)
        assert not any(word.startswith("#") or " " in word for word in words(name))
