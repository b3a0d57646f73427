"""What a telling names besides its parties and places: things and numbers, by which other articles tell it again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from streams.coding.frames import Lexicon
from streams.coding.numbers import MOST, one_phrase
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.records import Count

MOST_WORDS = 8
"""Of a mention; more say little more, and merging files a mention under each."""
MOST_COUNTS = 6
SHORTEST = 3
"""Letters of a word that may tell one event from another."""
THINGS = frozenset({"", "FAC", "EVENT", "LAW", "PRODUCT"})
"""Kinds of names whose words count; parties, places, days and sums are compared as what they are."""
COMMON = grammar("details.common")
AGED = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
AGE = "year-old"


def words_of(sentence: Span) -> tuple[str, ...]:
    """The lemmas of things that the sentence and then the rest of its paragraph name, without the most common."""
    paragraph = sentence.doc.words
    order = (*paragraph[sentence.start : sentence.end], *paragraph[: sentence.start], *paragraph[sentence.end :])
    return first_of((token.lemma_.lower() for token in order if _names_a_thing(token)), MOST_WORDS)


def counts_of(sentence: Span, lexicon: Lexicon) -> tuple[Count, ...]:
    """Numbers above one of things and people in the sentence, and ages; weapons and ages do not grow later."""
    found = [Count(int(match.group(1)), AGE, fixed=True) for match in AGED.finditer(sentence.text)]
    for token in sentence:
        if token.pos_ == "NOUN" and not token.ent_type_ and any(child.dep_ == "nummod" for child in token.children):
            told = one_phrase(token, lexicon.numbers)
            if told is not None and told[0] == told[1] and 1 < told[0] <= MOST:
                of = token.lemma_.lower()
                found.append(Count(told[0], of, fixed=of in lexicon.classes["weapon"]))
    return tuple(dict.fromkeys(found))[:MOST_COUNTS]


def first_of(words: Iterable[str], most: int) -> tuple[str, ...]:
    """The first distinct words."""
    return tuple(dict.fromkeys(words))[:most]


def _names_a_thing(token: Token) -> bool:
    if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ not in THINGS or len(token.text) < SHORTEST:
        return False
    return token.lemma_.lower() not in COMMON and token.text[0].isalpha()
