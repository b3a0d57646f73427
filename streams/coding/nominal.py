"""Nouns that tell events, and what depends on them."""

from __future__ import annotations

from streams.coding.fillers import fillers_of
from streams.coding.frames import NounFrame, head_of, words_of
from streams.coding.scene import MODIFIERS, Scene
from streams.coding.tree import conjoined
from streams.parsing.tokens import Token

AGAINST = frozenset({"on", "against", "at", "upon"})


def noun_matches(scene: Scene, noun: Token) -> list[NounFrame]:
    """The frames whose noun, or expression of several words, stands here; longer expressions first."""
    frames = scene.lexicon.nouns.get(noun.lemma_.lower(), ()) or scene.lexicon.nouns.get(noun.lower_, ())
    if not frames:
        return []
    found = [(words_of(frame), frame) for frame in frames]
    fitting = [(words, frame) for words, frame in found if len(words) == 1 or expression_fits(noun, words)]
    return [frame for words, frame in sorted(fitting, key=lambda pair: -len(pair[0]))]


def expression_fits(noun: Token, words: list[str]) -> bool:
    """Whether the words around the noun are those of the expression."""
    start = noun.i - head_of(words)
    if start < 0 or start + len(words) > len(noun.doc):
        return False
    window = noun.doc[start : start + len(words)]
    return all(
        token.i == noun.i or word in {token.lower_, token.lemma_.lower()}
        for word, token in zip(words, window, strict=True)
    )


def noun_fillers(noun: Token) -> dict[str, tuple[Token, ...]]:
    """What depends on a noun: prepositions, and as `poss` and `mod` the words before it."""
    found = fillers_of([noun])
    for filler in found.get("of", ()):
        if "by" not in found and "by" in (below := fillers_of([filler])):
            found["by"] = below["by"]
    for doer in found.get("by", ()):
        # "an attack by militants on a village": what stands behind the doer is the deed's
        for name, heads in fillers_of([doer]).items():
            if name in AGAINST:
                found.setdefault(name, heads)
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners:
        found["poss"] = conjoined(owners)
    modifiers = [child for child in noun.children if child.dep_ in MODIFIERS and child.i < noun.i]
    if modifiers:
        found["mod"] = tuple(modifiers)
    return found
