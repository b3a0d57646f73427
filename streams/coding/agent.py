"""Who does it in the passive: the phrase after "by"."""

from __future__ import annotations

from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

HYPHENS = frozenset({"-", "–", "‑"})
CHANNELS = grammar("agent.channels")
"""What after "by" is a way or an occasion, and nobody who acts."""


def by_agent(verb: Token) -> Token | None:
    """The head of `by whom`, unless it is a time or an amount."""
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
            for filler in child.children:
                amount = filler.ent_type_ in {"DATE", "TIME", "PERCENT", "CARDINAL", "MONEY"}
                if filler.dep_ == "pobj" and not amount and not is_channel(filler):
                    return filler
    return None


def is_channel(filler: Token) -> bool:
    """Whether it is a way to do it, and nobody who does: "by force", "by video link", but not "by the forces"."""
    if filler.text in HYPHENS:
        return True
    if any(child.dep_ == "compound" and child.lower_ in CHANNELS for child in filler.children):
        return filler.tag_ not in {"NNS", "NNPS"}
    bare = not any(child.dep_ in {"det", "amod", "poss", "compound", "nummod"} for child in filler.children)
    return filler.lemma_.lower() in CHANNELS and bare and filler.tag_ not in {"NNS", "NNPS"}
