"""Which sentences may tell an event, from their words alone: only these are parsed ahead of time, all together.

It is a forecast. A sentence that it passes over is parsed all the same when coding asks how its words hang together (to
whom a pronoun refers, what a name is apposed to), so that nothing is found with it that is not found without.
"""

from __future__ import annotations

from streams.coding.frames import Lexicon
from streams.parsing.tokens import Span

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def may_tell(sentence: Span, lexicon: Lexicon) -> bool:
    """Whether a verb or noun of the sentence has a frame."""
    for token in sentence:
        if token.pos_ in _VERBS:
            if token.lemma_.lower() in lexicon.verbs:
                return True
        elif token.pos_ in _NOUNS and (token.lemma_.lower() in lexicon.nouns or token.lower_ in lexicon.nouns):
            return True
    return False
