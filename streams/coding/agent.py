"""Who does it in the passive: the phrase after "by"."""

from __future__ import annotations

from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

HYPHENS = frozenset({"-", "–", "‑"})
CHANNELS = grammar("agent.channels")
"""What after "by" is a way or an occasion, and nobody who acts."""
JUDGES = grammar("agent.judges")
"""Who after "by" acts even where it hangs on what is judged: "jailed for two years by a court"."""
ORDERS = grammar("agent.orders")
"""What after "on" or "at" names who had it done: "cut off on orders of the ministry"."""
AMOUNTS = frozenset({"DATE", "TIME", "PERCENT", "CARDINAL", "MONEY"})
BELOW = frozenset({"prep", "pobj", "oprd", "ccomp"})
"""Relations by which a phrase behind the verb hangs on it."""
STEPS = 4


def by_agent(verb: Token) -> Token | None:
    """The head of `by whom`, unless it is a time or an amount; else who judged it, or ordered it."""
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
            for filler in child.children:
                if filler.dep_ == "pobj" and filler.ent_type_ not in AMOUNTS and not is_channel(filler):
                    return filler
    return below_judged(verb) or ordering(verb)


def below_judged(verb: Token) -> Token | None:
    """Who does it, where "by" hangs on a phrase behind the verb: "found guilty of fraud by a court"."""
    if verb.tag_ != "VBN":
        return None
    level = [verb]
    for _ in range(STEPS):
        level = [child for token in level for child in token.rights if child.dep_ in BELOW]
        for token in level:
            named = token.dep_ in {"oprd", "ccomp"}
            for word in token.children if token.pos_ in {"NOUN", "ADJ", "PROPN"} else ():
                for filler in word.children if word.lower_ == "by" else ():
                    if filler.dep_ == "pobj" and (named or filler.lemma_.lower() in JUDGES):
                        return filler
    return None


def ordering(verb: Token) -> Token | None:
    """On whose orders it was done."""
    for child in verb.children if verb.tag_ == "VBN" else ():
        for noun in child.children if child.lower_ in {"on", "at"} else ():
            for word in noun.children if noun.lemma_.lower() in ORDERS else ():
                for filler in word.children if word.lower_ in {"of", "from"} else ():
                    if filler.dep_ == "pobj":
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
