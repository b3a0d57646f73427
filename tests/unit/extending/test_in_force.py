"""Which additions are in force: what depends on them is worked out anew, and a wrong row leaves nothing half done."""

from __future__ import annotations

import pytest

from streams.coding.status import ATTEMPTS
from streams.extending.additions import NOTHING, read_additions
from streams.extending.in_force import in_force, put_in_force
from streams.extending.rows import LexiconError
from streams.parsing.splitting import abbreviations
from streams.remembering import ByLine
from tests.unit.extending.conftest import Write


def test_what_is_cached_stays_until_other_additions_come(write: Write) -> None:
    folder = write("parsing/abbreviations.txt", "brgy")
    put_in_force(read_additions(folder))
    first = abbreviations()
    put_in_force(read_additions(folder))
    assert abbreviations() is first
    put_in_force(NOTHING)
    assert first - abbreviations() == {"brgy"}


def test_what_is_remembered_of_lines_is_asked_anew(write: Write) -> None:
    is_abbreviation = ByLine(lambda word: word in abbreviations())
    assert not is_abbreviation("brgy")
    put_in_force(read_additions(write("parsing/abbreviations.txt", "brgy")))
    assert is_abbreviation("brgy")
    put_in_force(NOTHING)
    assert not is_abbreviation("brgy")


def test_a_modules_own_set_is_filled_anew(write: Write) -> None:
    ours = frozenset(ATTEMPTS)
    put_in_force(read_additions(write("grammar/words.tsv", "status.attempts  endeavour !push")))
    assert ATTEMPTS ^ ours == {"endeavour", "push"}
    put_in_force(NOTHING)
    assert ours == ATTEMPTS


def test_additions_with_a_wrong_row_are_refused_each_time(write: Write) -> None:
    ours = frozenset(ATTEMPTS)
    additions = read_additions(write("grammar/words.tsv", "status.tries  endeavour"))
    for _ in range(2):
        with pytest.raises(LexiconError, match=r"words\.tsv line 1: no 'status\.tries'"):
            put_in_force(additions)
        assert in_force() is not additions
    put_in_force(NOTHING)
    assert ours == ATTEMPTS
