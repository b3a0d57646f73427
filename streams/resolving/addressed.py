"""Who is spoken to or of: `it` in `accusing it of`, and whose `his forces` are when he is asked to withdraw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from streams.parsing.tokens import Span, Token
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor
from streams.resolving.page import locative

Resolve = Callable[[Token], Actor | None]
Fits = Callable[[str, Actor, Token], bool]

_OBJECTS = frozenset({"dobj", "iobj", "dative"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BELOW = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "acl"})
_CLAUSES = frozenset({"xcomp", "ccomp"})
_MODIFIERS = frozenset({"compound", "amod", "poss", "nmod", "npadvmod"})


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb; of one without its own, that of the verb it is joined to or hangs on."""
    while True:
        own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if own is not None:
            return own
        if verb.dep_ not in _BELOW or verb.head is verb:
            return None
        verb = verb.head


def speech_verb(pronoun: Token) -> Token | None:
    """The verb that addresses or judges the pronoun: `urged him`, `called on it`, `told them to leave`."""
    head = pronoun.head
    if pronoun.dep_ == "pobj" and head.lower_ in {"on", "upon", "to"}:
        head = head.head
    elif pronoun.dep_ == "nsubj":
        infinitive = head.dep_ in _CLAUSES and any(child.lower_ == "to" for child in head.children)
        head = head.head if infinitive else pronoun
    elif pronoun.dep_ not in _OBJECTS:
        return None
    judged = actor_words()["judged"] if pronoun.lower_ in {"him", "her"} else frozenset()
    return head if head.lemma_.lower() in actor_words()["told"] | judged else None


def addressee(pronoun: Token, back: Iterator[tuple[Span, int]], resolve: Resolve, fits: Fits) -> Actor | None:
    """The party last named that fits a pronoun and is not the subject; None when an unknown one may be meant."""
    subject = subject_of(speech_verb(pronoun) or pronoun.head)
    speaker = resolve(subject) if subject is not None else None
    return last_named(pronoun.lower_, back, resolve, fits, speaker)


def last_named(
    word: str, back: Iterator[tuple[Span, int]], resolve: Resolve, fits: Fits, other: Actor | None
) -> Actor | None:
    """The party last named that fits, and is not `other`."""
    for sentence, limit in back:
        for token in reversed([token for token in sentence if token.i < limit]):
            if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in _MODIFIERS or locative(token):
                continue
            actor = resolve(token)
            if actor is not None and fits(word, actor, token):
                plural = actor.plural or token.tag_ in {"NNS", "NNPS"}
                if (other is None or actor.id != other.id) and (word != "them" or plural):
                    return actor
            elif actor is None and token.ent_type_ == "PERSON" and word in {"him", "her", "his"}:
                return None
    return None


def controller(pronoun: Token) -> tuple[Token | None, bool]:
    """Who is to do what concerns a possessive's thing (`urged it to withdraw its troops`), and if it must be his."""
    thing = pronoun.head
    verb = thing
    while verb.dep_ in {"dobj", "pobj", "prep", "conj", "compound", "dative"} and verb.pos_ != "VERB":
        verb = verb.head
    told = verb.head
    infinitive = any(child.lower_ == "to" for child in verb.children)
    if verb.dep_ not in _CLAUSES or not infinitive or told.lemma_.lower() not in actor_words()["told"]:
        return None, False
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    given = next((child for child in told.children if child.dep_ in _OBJECTS), None)
    on = (c for child in told.children if child.lower_ in {"on", "upon"} for c in child.children if c.dep_ == "pobj")
    return own or given or next(on, None), thing.dep_ == "dobj" and thing.head is verb


def asked_to_yield(pronoun: Token) -> Token | None:
    """The verb that asks for what an owner gives up: `urging a withdrawal of his forces`."""
    of = pronoun.head.head
    noun = of.head
    if pronoun.head.dep_ != "pobj" or of.lower_ != "of" or noun.lemma_.lower() not in actor_words()["yielding"]:
        return None
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return verb if verb.lemma_.lower() in actor_words()["told"] | {"seek", "want"} else None
