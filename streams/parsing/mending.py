"""One mistake of the parser that news makes often: "on Friday and Chadian troops fired" joins the troops to the day."""

from __future__ import annotations

from collections.abc import Sequence

from streams.parsing.token import Token

Arcs = tuple[Sequence[int], Sequence[str]]
INSIDE = frozenset({"JJ", "NN", "NNS", "NNP", "NNPS", "CD", "DT", "PRP$", "POS", "HYPH"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
TIMES = frozenset({"DATE", "TIME"})


def mended(words: Sequence[Token], arcs: Arcs) -> Arcs:
    """The arcs with the subject that was joined to a day given to its verb, and its modifiers to the subject."""
    days = [
        at
        for at in range(1, len(words) - 3)
        if words[at + 1].lower_ == "and" and words[at].ent_type_ in TIMES and words[at + 2].ent_type_ not in TIMES
    ]
    if not days:
        return arcs
    heads, labels = list(arcs[0]), list(arcs[1])
    for day in days:
        _part(words, heads, labels, day)
    return heads, labels


def _part(words: Sequence[Token], heads: list[int], labels: list[str], day: int) -> None:
    """Parts the day from the subject of the next clause, if that stands right before a finite verb."""
    verb = day + 2
    while verb < len(words) and words[verb].tag_ in INSIDE:
        verb += 1
    noun = verb - 1
    if verb == len(words) or words[verb].tag_ not in FINITE or noun < day + 2 or words[noun].tag_ not in NOUNS:
        return
    while labels[verb] in {"aux", "auxpass"} and heads[verb] > verb:
        verb = heads[verb]
    joined = [at for at in range(day + 2, noun + 1) if heads[at] == day]
    if (not joined and heads[day] != noun) or _is_below(verb, noun, heads):
        return
    if heads[day] == noun and words[day - 1].tag_ == "IN":
        heads[day], labels[day] = day - 1, "pobj"
    for at in joined:
        heads[at], labels[at] = noun, "amod" if words[at].tag_ == "JJ" else "compound"
    if labels[noun] not in {"nsubj", "nsubjpass"}:
        heads[noun], labels[noun] = verb, "nsubj"


def _is_below(word: int, above: int, heads: Sequence[int]) -> bool:
    """Whether a word hangs below another."""
    while heads[word] != word:
        word = heads[word]
        if word == above:
            return True
    return False
