"""What prepositions and particles stand with a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from streams.coding.hung_elsewhere import made_so
from streams.coding.tree import conjoined
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

FREED = grammar("fillers.freed")
"""Adjectives with a verb of going whose prepositions are the verb's: "walked free from prison"."""
MOST = 4
"""Objects of one verb whose prepositions are read."""
TIMES = frozenset({"DATE", "TIME"})
LEADING = grammar("fillers.leading")
"""Prepositions before a noun that only names the deed: "took part in talks with", "embarked on a visit to"."""
DEEPER = (("to", "with"), ("of", "from"), ("of", "against"), ("of", "to"))
"""Prepositions below others that are the verb's: "returned to talks with", "sought the return of relics from"."""
ABOUT = "on"
ACTS = frozenset({"act", "acts"})
"""What is called by what it is an act of: "called the raid an act of war"."""
DIRECTIONS = grammar("fillers.directions")
"""Adverbs that say on which side of a place something is: "massed south of Tripoli"."""
AWAY = grammar("fillers.away")
"""Words that belong to the verb even where the parser hangs a noun on them: "sealed off the square"."""
MEANS = grammar("fillers.means")
"""What one speaks by; what hangs on it belongs to the verb: "spoke by telephone with"."""
EXPRESSING = frozenset({"prt", "advmod", "acomp", "oprd", "npadvmod", "attr", "intj"})
"""Relations of particles, adverbs and bare complements to their verb."""
LEFT_BARE = grammar("fillers.left-bare")
"""Adjectives behind an object that the verb makes it: "set a refinery ablaze"."""


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition below a token with the head that fills it; of `out of` both."""
    for child in token.children:
        if child.dep_ not in {"prep", "agent", "dative"} or child.pos_ not in {"ADP", "SCONJ", "VERB", "ADV", "PART"}:
            continue
        for filler in child.children:
            yield from filled(child.lower_, filler)
    yield from (("to", child) for child in token.children if is_named_goal(child))
    for child in token.children:
        bare = child.dep_ == "acomp" and child.lower_ in FREED
        if child.dep_ == "advmod" and child.lower_ in DIRECTIONS:
            yield from (("near", filler) for _, filler in prepositions(child))
        elif bare or (child.dep_ in {"advmod", "prt"} and child.pos_ in {"ADV", "ADP"}):
            yield from prepositions(child)
        if child.dep_ in {"acl", "relcl", "advcl", "ccomp", "xcomp"} and any(c.lower_ == "for" for c in child.lefts):
            yield from (("for", subject) for subject in child.lefts if subject.dep_ in {"nsubj", "nsubjpass"})


def filled(name: str, filler: Token) -> Iterator[tuple[str, Token]]:
    """A preposition with what fills it; of a time that measures something with this: "after weeks of protests"."""
    if name == "in" and filler.lower_ == "front":
        yield from (("outside", deep) for word in filler.children for _, deep in nested(word))
    elif filler.dep_ == "pobj" and filler.ent_type_ in TIMES:
        yield from ((name, deep) for word in filler.children if word.lower_ == "of" for _, deep in nested(word))
        if filler.pos_ == "PROPN":
            # what the parser hangs on a day is the verb's: "warned on Sunday of a strike"
            yield from prepositions(filler)
    elif filler.dep_ in {"pobj", "pcomp", "obj"}:
        yield name, filler
        if filler.lower_ in MEANS:
            yield from prepositions(filler)
    elif filler.dep_ in {"prep", "pcomp"} and filler.pos_ == "ADP":
        yield from nested(filler)


def is_named_goal(token: Token) -> bool:
    """Whether a name after "to" was taken for a verb: "disbursed ten million to Zambia"."""
    before = token.doc[token.i - 1] if token.i else token
    name = token.tag_ in {"VB", "NNP", "NNPS"} and token.text[:1].isupper() and token.text[1:].islower()
    return name and before.lower_ == "to" and before.head == token and token.dep_ in {"xcomp", "advcl", "ccomp"}


def nested(preposition: Token) -> Iterator[tuple[str, Token]]:
    """The filler of a preposition that stands below another one."""
    for filler in preposition.children:
        if filler.dep_ == "pobj":
            yield preposition.lower_, filler


def fillers_of(tokens: Iterable[Token]) -> dict[str, tuple[Token, ...]]:
    """What follows each preposition below the tokens; the first token's come first."""
    found: dict[str, tuple[Token, ...]] = {}
    for token in tokens:
        for name, filler in prepositions(token):
            found[name] = (*found.get(name, ()), *(t for t in conjoined([filler]) if t not in found.get(name, ())))
    return found


def fillers_of_verb(verb: Token, objects: Sequence[Token], subjects: Sequence[Token]) -> dict[str, tuple[Token, ...]]:
    """What follows the prepositions of a verb, its object, the deed it leads to; its subject's `from`, `by`."""
    states = tuple(child for child in verb.children if child.dep_ == "acomp")
    found = fillers_of((verb, *states, *objects[:MOST]))
    for word in LEADING & found.keys():
        # what an object is about leads to nothing: of "a Union proposal on the status of the port" the port
        leading = found if word != ABOUT else fillers_of((verb, *states))
        for name, heads in fillers_of(leading.get(word, ())[:1]).items():
            found.setdefault(name, heads)
    for word, name in DEEPER:
        deeper = fillers_of(found.get(word, ())[:1])
        if name in deeper:
            found.setdefault(name, deeper[name])
    for name, heads in fillers_of(subjects[:1]).items():
        if name in {"from", "between", "by"}:
            found.setdefault(name, heads)
    return found


def particles_of(verb: Token) -> frozenset[str]:
    """Particles, adverbs and bare complements that make one expression with the verb."""
    found: set[str] = set()
    for child in verb.children:
        relation = child.dep_
        if relation in EXPRESSING:
            found.add(child.lower_)
        if relation == "prep":
            found.update(grand.lower_ for grand in child.children if grand.dep_ == "intj")
            if child.pos_ in {"ADP", "ADV"} and (child.lower_ in AWAY or not child.children):
                found.add(child.lower_)
        elif relation in {"oprd", "attr"}:
            found.update(grand.lower_ for grand in child.children if grand.dep_ in {"amod", "compound"})
            if child.lower_ in ACTS:
                found.update(deep.lower_ for name, deep in prepositions(child) if name == "of")
        elif made_so(child) is not None or (relation == "ccomp" and child.pos_ == "NOUN"):
            found.add(child.lower_)
        elif relation in {"dobj", "obj"}:
            found.update(late.lower_ for late in child.rights if late.lower_ in LEFT_BARE)
    return frozenset(found)
