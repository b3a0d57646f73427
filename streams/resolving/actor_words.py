"""Words that say how parties stand to each other: `streams/lexicon/actors/words.tsv`."""

from __future__ import annotations

from functools import cache

from streams.extending.files import gathered
from streams.extending.in_force import forgotten_with_lexicon

KINDS = frozenset(
    {
        "other",
        "told",
        "judged",
        "honouring",
        "ranks",
        "men",
        "violent",
        "yielding",
        "pair",
        "leaders",
        "honorific",
        "opposed",
        "partisan",
        "retired",
        "branches",
        "state",
        "land",
        "islands",
        "ranked",
        "nature",
        "airborne",
        "flying",
    }
)


@forgotten_with_lexicon
@cache
def actor_words() -> dict[str, frozenset[str]]:
    """The words of each kind. Raises ValueError when a kind is unknown, or one is missing."""
    found = gathered("actors/words", lambda cell: cell.lower().split())
    if wrong := KINDS ^ set(found):
        raise ValueError(f"words.tsv: no kind, or one that is missing: {', '.join(sorted(wrong))}")
    return found
