"""A verb with its logical arguments, whatever the voice and wherever the sentence puts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from streams.coding.agent import by_agent
from streams.coding.fillers import TIMES, fillers_of_verb, particles_of
from streams.coding.hung_elsewhere import (
    before_participle,
    beside_participle,
    described,
    hidden_objects,
    hidden_takers,
    listed,
    made_so,
    parted,
    who_meet,
)
from streams.coding.tree import RELATIVE, SUBJECTS, conjoined, is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

BARE = grammar("clause.bare")
"""Verbs whose object is followed by an infinitive without "to"."""
OBJECT_CONTROL = grammar("clause.object-control")
"""Verbs whose object, not their subject, does what their complement tells."""
SPEAKING = grammar("clause.speaking")
"""Verbs of speech: their participle beside reported words ("said they must leave, calling on ...") is the speaker's."""
DOCUMENTS = grammar("clause.documents")
"""What speaks for those who issue it: "signed a statement backing"."""
UNDERGOING_NOTHING = grammar("clause.undergoing-nothing")
"""Verbs without a passive: who "stood by Syria" is no victim of Syria's."""
RANKED = grammar("clause.ranked")
"""Words that say who else did it before, or will: "became the second country to leave"."""
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


def surface_subject(verb: Token, depth: int = 6) -> tuple[Token, ...]:
    """Who grammatically governs the verb, followed through conjunction, control, relative and participial clauses."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        if verb.dep_ == "relcl" and own[0].tag_ in RELATIVE:
            return conjoined([verb.head])
        return (*named_before(verb, own[0]), *conjoined([*map(who_meet, own), *listed(own[0], verb)]))
    stray = named_before(verb, verb) or before_participle(verb)
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
    if is_first_to(verb) or (verb.dep_ == "xcomp" and head.dep_ == "acomp" and head.pos_ == "ADJ"):
        return surface_subject(head.head, depth) if is_verb(head.head) else ()
    if verb.dep_ == "acl":
        return subject_of_participle(verb, depth)
    if verb.dep_ == "conj" and is_verb(head):
        return surface_subject(head, depth)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and is_verb(head):
        return subject_of_complement(verb, depth)
    if verb.dep_ == "acomp" and is_verb(head):
        return surface_subject(head, depth)
    return subject_of_gerund(head, depth) if verb.dep_ == "pcomp" else ()


def is_first_to(verb: Token) -> bool:
    """Whether the verb tells what the subject of "be" or "become" was the first to do."""
    head = verb.head
    ranked = head.lower_ in RANKED or any(child.lower_ in RANKED for child in head.children)
    return ranked and head.dep_ in {"attr", "acomp", "oprd"} and is_infinitive(verb) and is_verb(head.head)


def subject_of_participle(verb: Token, depth: int) -> tuple[Token, ...]:
    """Whom a participle after a noun speaks of: the noun; of "a plan to attack" whoever has the plan.

    A past tense with an object is none, but the verb of the sentence: "a report accused Chad of". Of a paper that says
    something it is who issued it: "adopted a motion condemning the coup".
    """
    head = verb.head
    told = verb.tag_ == "VBD" and any(child.dep_ == "dobj" for child in verb.children)
    saying = verb.tag_ == "VBG" and head.lemma_.lower() in DOCUMENTS
    if told or (verb.tag_ in {"VBG", "VBN"} and not saying):
        return conjoined([head])
    if not is_verb(head.head) or head.dep_ not in {"dobj", "nsubjpass"}:
        return ()
    agent = by_agent(head.head) if head.dep_ == "nsubjpass" else None
    return conjoined([agent]) if agent is not None else surface_subject(head.head, depth)


def subject_of_complement(verb: Token, depth: int) -> tuple[Token, ...]:
    """The controller of a complement or adverbial clause: the governor's object for "ask", else its subject."""
    head = verb.head
    objects = [child for child in head.children if child.dep_ in {"dobj", "nsubjpass"}]
    if verb.dep_ != "advcl" and head.lemma_ in OBJECT_CONTROL and objects:
        return conjoined(objects)
    if verb.dep_ == "advcl" and verb.lemma_ in SPEAKING:
        above = [head.head] if head.dep_ == "ccomp" and is_verb(head.head) else []
        beside = [child for child in head.children if child.dep_ == "parataxis" and head.i < child.i < verb.i]
        if above or beside:  # "troops killed ten men, Chad said, accusing the army of murder"
            return surface_subject((above or beside)[0], depth)
    if verb.dep_ == "ccomp" and not is_infinitive(verb) and not beside_reduced(verb):
        return ()
    return surface_subject(head.head if described(head) is not None else head, depth)


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before the verb."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def beside_reduced(verb: Token) -> bool:
    """Whether the governor is only what describes the subject: "two teachers sacked in May have been on strike"."""
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} or any(child.tag_ in {"VBD", "VBZ", "VBP"} for child in verb.children)
    return (
        finite and verb.head.tag_ == "VBD" and verb.head.i < verb.i and not any(c.dep_ == "mark" for c in verb.children)
    )


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
    if (
        verb.tag_ not in {"VBN", "VBD"}
        or verb.lemma_ in UNDERGOING_NOTHING
        or any(child.dep_ == "dobj" for child in children)
    ):
        return False
    if described(verb) is not None:
        return True
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
    below = set(verb.subtree)
    finite = (token for token in sentence if token.tag_ in {"VBD", "VBZ", "VBP", "MD"})
    return sentence[-1].text == "." and all(token in below for token in finite)


def surface_objects(verb: Token) -> tuple[Token, ...]:
    """The direct objects, also the antecedent of a relative clause and one shared with the verb joined next."""
    own = [child for child in verb.children if child.dep_ in {"dobj", "obj"}]
    if own and verb.dep_ == "relcl" and (own[0].tag_ in RELATIVE or own[0].text == "that"):
        return conjoined([verb.head])
    told = conjoined(own) or asked_object(verb) or conjoined(hidden_objects(verb)) or beside_participle(verb)
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
    """Who is asked or made something, where the parser takes him for a subject: "implored both to stop"."""
    for child in verb.children:
        made = made_so(child)
        if made is not None:
            return conjoined([made])
        if child.dep_ in {"ccomp", "xcomp"} and child.tag_ in {"VB", "VBN"} and child.i > verb.i:
            own = [grand for grand in child.children if grand.dep_ in {"nsubj", "nsubjpass"}]
            bare = not any(grand.dep_ in {"mark", "aux"} and grand.lower_ != "to" for grand in child.children)
            to = any(grand.dep_ == "aux" for grand in child.children)
            if own and bare and (to or verb.lemma_ in BARE):
                return conjoined(own)
    return ()


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
    taker, objects = parted(objects) if not passive else ((), objects)
    agent = by_agent(verb) if passive else None
    subjects = (conjoined([agent]) if agent else ()) if passive else surface
    return Clause(
        verb=verb,
        subjects=tuple(subjects),
        objects=surface if passive else objects,
        indirect=(conjoined(
            c for c in verb.children if c.dep_ in {"dative", "iobj"} and c.pos_ not in {"ADP", "PART"}
        ) + taker or hidden_takers(verb)) if not passive else objects,
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
        if is_infinitive(child) is to and (to or child.dep_ == "ccomp"):
            return child
    return None
