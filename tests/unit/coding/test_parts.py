"""The pure parts: merge keys, sentence identity, numbers, the lexicon's own checks."""

from __future__ import annotations

import pytest

from streams.coding.frames import complement, outcome
from streams.coding.lexicon import load_lexicon
from streams.coding.merge_key import merge_key
from streams.coding.numbers import word_range
from streams.coding.sentences import mention_id, sentence_hash
from streams.extending.rows import LexiconError
from streams.records import EventType, Party, Place


def party(id_: str) -> Party:
    return Party(id_, id_, id_, 0, 0)


ODESA = Place("UKR.17.698740", "Odesa", "UKR", "Odesa", 0, 5)


@pytest.mark.parametrize(
    ("type_", "actors", "recipients", "place", "key"),
    [
        ("ACCUSE", ["RUS.GOV"], ["UKR"], ODESA, "verbal|RUS"),
        ("CONSULT", ["RUS.GOV"], ["PRK.GOV"], None, "mutual|AS"),
        ("ASSAULT", ["RUS.MIL"], ["POL"], ODESA, "material|UKR"),
        ("ASSAULT", ["RUS.MIL"], ["POL"], None, "material|POL"),
        ("ASSAULT", ["RUS.MIL"], ["UNK.CVL"], None, "material|RUS"),
        ("MOBILIZE", ["RUS.MIL"], [], None, "material|RUS"),
        ("SANCTION", ["UKR.GOV"], ["RUS.BUS"], None, "material|UKR"),
        ("SANCTION", [], ["RUS.BUS"], ODESA, "material|UKR"),
    ],
)
def test_merge_key(type_: EventType, actors: list[str], recipients: list[str], place: Place | None, key: str) -> None:
    told = merge_key(type_, [party(a) for a in actors], [party(r) for r in recipients], place, mutual=False)
    assert told == key


def test_merge_key_of_a_deed_of_two_countries_is_that_of_the_first_wherever_it_is_placed() -> None:
    sides = [party("RUS"), party("UKR")]
    keys = {merge_key("RETREAT", sides, [], place, mutual=True) for place in (None, ODESA)}
    assert keys == {"material|RUS"}


def test_sentence_hash_forgets_case_and_punctuation() -> None:
    assert sentence_hash("Kyiv's men “fled”.") == sentence_hash("KYIV’S MEN 'fled'")
    assert sentence_hash("Kyiv's men fled.") != sentence_hash("Kyiv's men stayed.")
    assert mention_id("a", "One.", 0) != mention_id("a", "One.", 1)


@pytest.mark.parametrize(
    ("word", "told"),
    [("14", (14, 14)), ("1,400", (1400, 1400)), ("dozens", (24, 99)), ("twenty-one", (21, 21)), ("army", None)],
)
def test_word_range(word: str, told: tuple[int, int] | None) -> None:
    assert word_range(word, load_lexicon().numbers) == told


def test_lexicon_covers_every_type_and_is_large_enough() -> None:
    lexicon = load_lexicon()
    verbs = [frame for frames in lexicon.verbs.values() for frame in frames]
    nouns = [frame for frames in lexicon.nouns.values() for frame in frames]
    assert len(verbs) >= 250
    assert len(nouns) >= 80
    assert {frame.outcome.type for frame in verbs} == set(lexicon.types)


def test_wrong_rows_are_named() -> None:
    types = load_lexicon().types
    with pytest.raises(LexiconError, match=r"verbs.tsv line 7: ASSAULT has no mode demo"):
        outcome(("ASSAULT", "demo", "MIL"), types, "verbs.tsv line 7")
    with pytest.raises(LexiconError, match="unknown type FIGHT"):
        outcome(("FIGHT", "-", "MIL"), types, "verbs.tsv line 8")
    with pytest.raises(LexiconError, match="empty complement"):
        complement("=place", "verbs.tsv line 9")
