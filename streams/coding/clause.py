"""A verb with its logical arguments, whatever the voice and wherever the sentence puts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from streams.coding.agent import HYPHENS, by_agent
from streams.coding.hung_elsewhere import hidden_objects, listed
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
AWAY = grammar("clause.away")
"""Words that belong to the verb even where the parser hangs a noun on them: "sealed off the square"."""
FREED = frozenset({"free", "home", "clear", "loose", "alive", "safe"})
"""Adjectives with a verb of going whose prepositions are the verb's: "walked free from prison"."""
LEFT_BARE = frozenset({"ablaze", "alight", "afire", "aflame", "dead", "free", "hostage", "captive", "prisoner"})
"""Adjectives behind an object that the verb makes it: "set a refinery ablaze"."""
MOST = 4
"""Objects of one verb whose prepositions are read."""
TIMES = frozenset({"DATE", "TIME"})
LEADING = grammar("clause.leading")
"""Prepositions before a noun that only names the deed: "took part in talks with", "embarked on a visit to"."""
BARE = frozenset({"help"})
"""Verbs whose object is followed by an infinitive without "to"."""
RELATIVE = frozenset({"WDT", "WP", "WP$"})
OBJECT_CONTROL = grammar("clause.object-control")
"""Verbs whose object, not their subject, does what their complement tells."""


SPEAKING = grammar("clause.speaking")
"""Verbs of speech: their participle beside reported words ("said they must leave, calling on ...") is the speaker's."""


ROUGHLY = grammar("clause.roughly")
"""Words before a number that the parser takes for prepositions: "killing between 10 and 20 people"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and its arguments as the active voice would have them."""

    verb: Token
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    indirect: tuple[Token, ...]
    fillers: dict[str, tuple[Token, ...]]
    """For each preposition the heads of what follows it."""
    particles: frozenset[str]
    passive: bool
    infinitive: Token | None
    clausal: Token | None


def conjoined(heads: Iterable[Token]) -> tuple[Token, ...]:
    """The heads and what is joined to them by `and` or commas, in the order of the text."""
    found: list[Token] = []
    pending = list(heads)
    while pending:
        token = pending.pop(0)
        if token not in found:
            found.append(token)
            pending.extend(c for c in token.children if is_joined(token, c))
    return tuple(sorted(found, key=lambda token: token.i))


def is_joined(head: Token, token: Token) -> bool:
    """Whether the token is another of the same rank, also where a headline has a comma for "and"."""
    if token.dep_ == "conj":
        return token.pos_ not in {"VERB", "AUX"}
    if token.pos_ != "PROPN" or head.pos_ != "PROPN" or token.dep_ not in {"appos", "nmod"}:
        return False
    first, second = sorted((head, token), key=lambda one: one.i)
    between = [one.text for one in head.doc[first.i + 1 : second.i] if one.dep_ != "compound"]
    after = head.doc[second.i + 1] if second.i + 1 < len(head.doc) else None
    return between == [","] and after is not None and is_verb(after) and after.tag_ != "VBN"


def hyphenated(token: Token) -> str:
    """The lemma with what a hyphen ties to its front ("test-fire"), since tokens end at hyphens; empty without one."""
    at = token.i
    if (
        at < 2
        or token.doc[at - 1].text not in HYPHENS
        or token.doc[at - 1].whitespace_
        or token.doc[at - 2].whitespace_
    ):
        return ""
    return f"{token.doc[at - 2].lower_}-{token.lemma_.lower()}"


def is_verb(token: Token) -> bool:
    """Whether the token is a verb that can head a clause."""
    return token.pos_ in {"VERB", "AUX"}


def surface_subject(verb: Token, depth: int = 6) -> tuple[Token, ...]:
    """Who grammatically governs the verb, followed through conjunction, control, relative and participial clauses."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        if verb.dep_ == "relcl" and own[0].tag_ in RELATIVE:
            return conjoined([verb.head])
        return (*named_before(verb, own[0]), *conjoined([*own, *listed(own[0], verb)]))
    stray = named_before(verb, verb)
    if depth == 0 or stray:
        return stray
    return governing_subject(verb, depth - 1)


def named_before(verb: Token, next_: Token) -> tuple[Token, ...]:
    """A name that the parser hangs on the verb as an adverb: "Bucharest criticised", "US, Japan reach a deal"."""
    start = next_.left_edge.i if next_ != verb else verb.i
    for child in verb.children:
        adverbial = child.dep_ in {"npadvmod", "advmod"} and child.pos_ == "PROPN" and child.ent_type_ not in TIMES
        gap = [token.text for token in verb.doc[child.i + 1 : start]] if child.i < start else None
        if adverbial and child.left_edge.i == verb.sent.start and gap == ([] if next_ == verb else [","]):
            return (child,)
    return ()


def governing_subject(verb: Token, depth: int) -> tuple[Token, ...]:
    """The subject that a verb without its own takes over from what governs it."""
    head = verb.head
    if verb.dep_ == "acl":
        return subject_of_participle(verb, depth)
    if verb.dep_ == "conj" and is_verb(head):
        return surface_subject(head, depth)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and is_verb(head):
        return subject_of_complement(verb, depth)
    if verb.dep_ == "xcomp" and head.dep_ == "acomp" and is_verb(head.head):
        return surface_subject(head.head, depth)
    if verb.dep_ == "acomp" and is_verb(head):
        return surface_subject(head, depth)
    return subject_of_gerund(head, depth) if verb.dep_ == "pcomp" else ()


def subject_of_participle(verb: Token, depth: int) -> tuple[Token, ...]:
    """Whom a participle after a noun speaks of: the noun; of "a plan to attack" whoever has the plan."""
    head = verb.head
    if verb.tag_ in {"VBG", "VBN"}:
        return conjoined([head])
    return surface_subject(head.head, depth) if is_verb(head.head) and head.dep_ == "dobj" else ()


def subject_of_complement(verb: Token, depth: int) -> tuple[Token, ...]:
    """The controller of a complement or adverbial clause: the governor's object for "ask", else its subject."""
    head = verb.head
    objects = [child for child in head.children if child.dep_ in {"dobj", "nsubjpass"}]
    if verb.dep_ != "advcl" and head.lemma_ in OBJECT_CONTROL and objects:
        return conjoined(objects)
    if verb.dep_ == "advcl" and verb.lemma_ in SPEAKING and head.dep_ == "ccomp" and is_verb(head.head):
        return surface_subject(head.head, depth)
    if verb.dep_ == "ccomp" and not any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children):
        return ()
    return surface_subject(head, depth)


def subject_of_gerund(preposition: Token, depth: int) -> tuple[Token, ...]:
    """Who does what follows a preposition: "accused them of killing", "left after attacking"."""
    governor = preposition.head
    if not is_verb(governor):
        return ()
    objects = [child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"}]
    if governor.lemma_ in OBJECT_CONTROL and objects:
        return conjoined(objects)
    return surface_subject(governor, depth)


def is_passive(verb: Token) -> bool:
    """Whether the surface subject is the logical object; also in headlines without auxiliary and in participles."""
    children = list(verb.children)
    if any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in children):
        return True
    if verb.tag_ not in {"VBN", "VBD"} or any(child.dep_ == "dobj" for child in children):
        return False
    if verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBN":
        return not any(child.dep_ in {"aux", "nsubj"} for child in children) and not finite_after_all(verb)
    auxiliaries = any(child.dep_ in {"aux", "auxpass"} for child in children)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_verb(verb.head) and not auxiliaries:
        return is_passive(verb.head)
    return by_agent(verb) is not None and not any(child.dep_ == "aux" for child in children)


def finite_after_all(verb: Token) -> bool:
    """Whether what was parsed as a participle is the verb of the sentence: a full one that would have none else."""
    top = verb.head
    if verb.dep_ != "acl" or top.dep_ != "ROOT" or is_verb(top) or verb.i < top.i or by_agent(verb) is not None:
        return False
    sentence = verb.sent
    return sentence[-1].text == "." and not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in sentence)


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition below a token with the head that fills it; of `out of` both."""
    for child in token.children:
        if child.dep_ not in {"prep", "agent", "dative"} or child.pos_ not in {"ADP", "SCONJ", "VERB", "ADV", "PART"}:
            continue
        name = child.lower_
        for filler in child.children:
            if name == "in" and filler.lower_ == "front":
                yield from (("outside", deep) for word in filler.children for _, deep in nested(word))
            elif filler.dep_ in {"pobj", "pcomp", "obj"} and filler.ent_type_ not in TIMES:
                yield name, filler
            elif filler.dep_ in {"prep", "pcomp"} and filler.pos_ == "ADP":
                yield from nested(filler)
    for child in token.children:
        bare = child.dep_ == "acomp" and child.lower_ in FREED
        if bare or (child.dep_ in {"advmod", "prt"} and child.pos_ in {"ADV", "ADP"}):
            yield from prepositions(child)
        if child.dep_ in {"acl", "relcl", "advcl", "ccomp", "xcomp"} and any(c.lower_ == "for" for c in child.lefts):
            yield from (("for", subject) for subject in child.lefts if subject.dep_ in {"nsubj", "nsubjpass"})


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
    """What follows the prepositions of a verb, its object, the deed it leads to; `from`, `between` of its subject."""
    states = (child for child in verb.children if child.dep_ == "acomp")
    found = fillers_of((verb, *states, *objects[:MOST]))
    for word in LEADING & found.keys():
        for name, heads in fillers_of(found[word][:1]).items():
            found.setdefault(name, heads)
    for name, heads in fillers_of(subjects[:1]).items():
        if name in {"from", "between"}:
            found.setdefault(name, heads)
    return found


def surface_objects(verb: Token) -> tuple[Token, ...]:
    """The direct objects, also the antecedent of a relative clause and one shared with the verb joined next."""
    own = [child for child in verb.children if child.dep_ in {"dobj", "obj"}]
    if own and own[0].tag_ in RELATIVE and verb.dep_ == "relcl":
        return conjoined([verb.head])
    told = conjoined(own) or asked_object(verb) or conjoined(hidden_objects(verb))
    if told:
        return told
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if verb.dep_ == "relcl" and subjects and subjects[0].tag_ not in RELATIVE:
        adverbs = any(child.tag_ in {"WRB", "WDT"} for child in (*verb.children, *subjects[0].children))
        adverbs = adverbs or any(child.tag_ == "WP$" for child in subjects[0].children)
        return () if adverbs or verb.head.ent_type_ in {"DATE", "TIME"} else conjoined([verb.head])
    counted = counted_objects(verb)
    if counted:
        return counted
    for joined in verb.children:
        if joined.dep_ == "conj" and is_verb(joined) and joined.i - verb.i <= 2:
            return surface_objects(joined)
    return ()


def counted_objects(verb: Token) -> tuple[Token, ...]:
    """What stands after a word that only makes a number rough: "killing between 10 and 20 people"."""
    return conjoined(
        filler
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in ROUGHLY
        for filler in child.children
        if filler.dep_ == "pobj"
        and filler.ent_type_ not in {"DATE", "TIME", "MONEY"}
        and any(number.dep_ == "nummod" for number in filler.children)
    )


def asked_object(verb: Token) -> tuple[Token, ...]:
    """Who is asked or helped, where the parser takes him for the subject of the infinitive: "implored both to stop"."""
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"} and child.tag_ == "VB" and child.i > verb.i:
            own = [grand for grand in child.children if grand.dep_ in {"nsubj", "nsubjpass"}]
            bare = not any(grand.dep_ in {"mark", "aux"} and grand.lower_ != "to" for grand in child.children)
            to = any(grand.dep_ == "aux" for grand in child.children)
            if own and bare and (to or verb.lemma_ in BARE):
                return conjoined(own)
    return ()


def particles_of(verb: Token) -> frozenset[str]:
    """Particles, adverbs and bare complements that make one expression with the verb."""
    kinds = {"prt", "advmod", "acomp", "oprd", "npadvmod", "attr", "intj"}
    found = {child.lower_ for child in verb.children if child.dep_ in kinds}
    found |= {
        grand.lower_
        for child in verb.children
        if child.dep_ == "prep"
        for grand in child.children
        if grand.dep_ == "intj"
    }
    found |= {
        grand.lower_
        for child in verb.children
        if child.dep_ in {"oprd", "attr"}
        for grand in child.children
        if grand.dep_ in {"amod", "compound"}
    }
    found |= {
        child.lower_
        for child in verb.children
        if child.dep_ == "prep" and child.pos_ in {"ADP", "ADV"} and (child.lower_ in AWAY or not child.children)
    }
    objects = (child for child in verb.children if child.dep_ in {"dobj", "obj"})
    found |= {late.lower_ for head in objects for late in head.rights if late.lower_ in LEFT_BARE}
    return frozenset(found)


def beside_content(token: Token) -> bool:
    """Whether a clause stands beside a verb of speech with its own content: "Peru votes, Chile warns of war"."""
    verb = token.head
    if token.dep_ != "ccomp" or token.i > verb.i:
        return False
    return any(child.dep_ == "dobj" or (child.dep_ == "prep" and child.lower_ == "of") for child in verb.rights)


@lru_cache(maxsize=512)
def clause_of(verb: Token) -> Clause:
    """The verb with its logical arguments: those of the last verbs are kept, as each is asked about several times."""
    passive = is_passive(verb)
    surface = surface_subject(verb)
    objects = surface_objects(verb)
    agent = by_agent(verb) if passive else None
    subjects = (conjoined([agent]) if agent else ()) if passive else surface
    return Clause(
        verb=verb,
        subjects=tuple(subjects),
        objects=surface if passive else objects,
        indirect=conjoined(
            c for c in verb.children if c.dep_ in {"dative", "iobj"} and c.pos_ not in {"ADP", "PART"}
        ) if not passive else objects,
        fillers=fillers_of_verb(verb, surface if passive else objects, () if passive else surface),
        particles=particles_of(verb),
        passive=passive,
        infinitive=complement_verb(verb, to=True),
        clausal=complement_verb(verb, to=False),
    )  # fmt: skip


def complement_verb(verb: Token, *, to: bool) -> Token | None:
    """The verb of an infinitive with `to`, or of a clause, that completes the verb."""
    for child in verb.children:
        if child.dep_ not in {"xcomp", "ccomp", "advcl"} or not is_verb(child):
            continue
        infinitive = any(grand.dep_ == "aux" and grand.lower_ == "to" for grand in child.children)
        if infinitive is to and (to or child.dep_ == "ccomp"):
            return child
    return None
