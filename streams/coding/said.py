"""What somebody says that he or another will do: the deed is in the saying, and the speaker is who does it."""

from __future__ import annotations

from collections.abc import Mapping

from streams.coding.clause import surface_subject
from streams.coding.tree import SUBJECTS, is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

ADDRESSING = grammar("said.addressing")
"""Verbs that give their subject's words beside those of reporting."""
MODALS = grammar("said.modals")
READY = grammar("said.ready")
PRONOUNS = grammar("said.pronouns")
OWNERS = grammar("said.owners")
RISING = frozenset({"conj", "xcomp", "acomp", "parataxis"})
BESIDE = frozenset({"parataxis", "conj", "ccomp", "dep"})
SPOKEN_ONLY = frozenset({"said", "told"})
"""Flags of frames that are deeds only as somebody's words: "said it would answer in kind"."""
STEPS = 4


def speakers(verb: Token, governors: Mapping[str, frozenset[str]]) -> tuple[Token, ...]:
    """Who says the clause of this verb."""
    told = reporting_verb(verb, governors)
    return surface_subject(told) if told is not None else ()


def reporting_verb(verb: Token, governors: Mapping[str, frozenset[str]]) -> Token | None:
    """The verb that gives the clause as somebody's words: "X said that ...", or "..., X said" beside it."""
    current = verb
    for _ in range(STEPS):
        head = current.head
        if head == current:
            break
        if current.dep_ == "ccomp" and is_verb(head):
            return head if gives_words(head, governors) else None
        if current.dep_ not in RISING:
            break
        current = head
    return aside_of(current, governors)


def aside_of(verb: Token, governors: Mapping[str, frozenset[str]]) -> Token | None:
    """A verb of speech set beside the clause, after a comma: "..., the minister told parliament"."""
    for child in verb.children:
        own = [grand for grand in child.children if grand.dep_ in SUBJECTS]
        bare = not any(grand.dep_ in {"ccomp", "xcomp"} for grand in child.children)
        if child.dep_ in BESIDE and child.i > verb.i and gives_words(child, governors) and own and bare:
            first = min(token.i for token in own[0].subtree)
            if child.doc[first - 1].text in {",", "”", '"', "''"}:
                return child
    return None


def gives_words(verb: Token, governors: Mapping[str, frozenset[str]]) -> bool:
    """Whether the verb gives the words of its subject."""
    lemma = verb.lemma_.lower()
    return lemma in governors["reporting"] or lemma in ADDRESSING


def is_willed(verb: Token) -> bool:
    """Whether the verb tells what somebody will do, or is ready to do."""
    if any(child.dep_ == "aux" and child.lower_ in MODALS for child in verb.children):
        return True
    head = verb.head
    if is_headline_plan(verb) or is_ready(verb) or is_set(verb):
        return True
    return verb.dep_ == "conj" and is_verb(head) and not stands_alone(verb) and is_willed(head)


def is_ready(verb: Token) -> bool:
    """Whether the verb tells what somebody is ready to do."""
    return verb.dep_ == "xcomp" and (verb.head.lemma_.lower() in READY or verb.head.lower_ in READY)


def is_set(verb: Token) -> bool:
    """Whether somebody "is to" do it."""
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    return to and verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.i - verb.head.i <= 2


def is_under_way(verb: Token) -> bool:
    """Whether the verb tells what somebody "is doing", and so has decided."""
    return verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children)


def is_headline_plan(verb: Token) -> bool:
    """Whether an infinitive is the verb of a headline: "Canada to send ten trucks, says minister"."""
    infinitive = verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    subject = any(child.dep_ in {*SUBJECTS, "dep"} and child.i < verb.i for child in verb.children)
    return infinitive and subject and verb.dep_ in {"ROOT", "ccomp"} and verb.i < verb.head.i


def stands_alone(verb: Token) -> bool:
    """Whether the verb has a subject or a mood of its own, and does not share that of the verb before it."""
    return any(child.dep_ in {"aux", *SUBJECTS} for child in verb.children) or verb.tag_ in {"VBD", "VBZ"}


def is_own(head: Token) -> bool:
    """Whether the phrase is a pronoun, or something of "his" or "its", that can stand for the speaker."""
    return head.lower_ in PRONOUNS or any(child.dep_ == "poss" and child.lower_ in OWNERS for child in head.children)
