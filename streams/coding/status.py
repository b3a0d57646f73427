"""Whether it happened: status, negation, and what a governing verb makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from streams.coding.clause import beside_content
from streams.coding.tree import SUBJECTS, is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Status

FUTURE = grammar("status.future")
POSSIBLE = grammar("status.possible")
CONDITIONS = grammar("status.conditions")
NEGATORS = grammar("status.negators")
ATTEMPTS = grammar("status.attempts")
PHRASES = frozenset({"conj", "prep", "pobj", "dobj", "nsubj", "nsubjpass", "agent", "relcl", "cc", "dative"})
OCCASIONS = grammar("status.occasions")
"""Prepositions of an occasion: its reality does not hang on the verb that it stands beside."""
AIMS = grammar("status.aims")
"""Words that with "on" and a gerund tell only what somebody wants."""
MEANS = grammar("status.means")
"""Factive verbs that take an object and the deed that it serves: "used tractors to block"."""
STEPS = 6
EFFECTS: tuple[tuple[str, Status], ...] = (("future", "future"), ("hypothetical", "hypothetical"))


@dataclass(frozen=True, slots=True)
class Factuality:
    """What the text says of an event's reality. `purpose` marks one that only tells what for."""

    status: Status = "happened"
    negated: bool = False
    purpose: bool = False
    attempted: bool = False
    """It was tried, or failed: an attack that failed is still one."""


def factuality(verb: Token, governors: Mapping[str, frozenset[str]]) -> Factuality:
    """The reality of what a verb or a noun tells, its governors included."""
    if is_verb(verb):
        fact = Factuality(status=own_status(verb), negated=is_negated(verb))
    else:
        fact = Factuality(negated=any(child.lower_ == "no" and child.dep_ == "det" for child in verb.children))
    current = verb
    for _ in range(STEPS):
        head = current.head
        if head == current or beside_content(current):
            break
        fact = under(fact, current, governors)
        told = current.dep_ == "ccomp" and head.lemma_.lower() in governors["reporting"]
        # what a relative clause tells as past has happened, whatever becomes of what it describes
        past = current.dep_ == "relcl" and is_verb(current) and own_voice_past(current)
        if fact.purpose or told or past or current.dep_ == "advcl":
            break
        current = head
    return fact


def own_status(verb: Token) -> Status:
    """Status by the verb's own auxiliaries and conjunction."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"}}
    if marks & CONDITIONS or auxiliaries & POSSIBLE - {"would"}:
        return "hypothetical"
    if "would" in auxiliaries:
        return "future" if reported(verb) else "hypothetical"
    if auxiliaries & FUTURE or (verb.dep_ == "ROOT" and "to" in auxiliaries and verb.tag_ == "VB"):
        return "future"
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "'re", "'s", "am", "been"}:
        return "ongoing"
    if verb.dep_ == "conj" and is_verb(verb.head) and not has_own_voice(verb):
        return own_status(verb.head)
    return "happened"


def own_voice_past(verb: Token) -> bool:
    """Whether the verb is in the past tense or the perfect."""
    return verb.tag_ == "VBD" or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def reported(verb: Token) -> bool:
    """Whether "would" is only the "will" of reported speech: "said they would meet", without a condition."""
    conditional = any(child.dep_ == "advcl" for child in verb.children)
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"} and not conditional


def has_own_voice(verb: Token) -> bool:
    """Whether the verb has auxiliaries or a subject that make a statement of its own."""
    return any(child.dep_ in {"aux", *SUBJECTS} for child in verb.children) or verb.tag_ in {"VBD", "VBZ", "VBP"}


def is_negated(verb: Token) -> bool:
    """Whether "not", "never", or a "no" before subject or object denies the verb."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "not", "n't", "n’t"}:
            return True
        if child.dep_ in {*SUBJECTS, "dobj", "attr"} and (
            child.lower_ in NEGATORS or any(grand.lower_ == "no" and grand.dep_ == "det" for grand in child.children)
        ):
            return True
    return False


def under(fact: Factuality, token: Token, governors: Mapping[str, frozenset[str]]) -> Factuality:
    """The reality of an event once the governor of `token` is taken into account."""
    if token.dep_ in PHRASES:
        return under_phrase(fact, token, governors)
    if token.dep_ == "advcl":
        return purpose(fact, token)
    if token.dep_ == "pcomp" and token.head.lower_ == "on" and token.head.head.lemma_ in AIMS:
        return replace(fact, purpose=True)
    if token.dep_ in {"xcomp", "ccomp", "acl", "pcomp"}:
        auxiliaries = {child.lower_ for child in token.children if child.dep_ == "aux"}
        infinitive = "to" in auxiliaries and "have" not in auxiliaries
        return governed(fact, token.head, governors, infinitive=infinitive)
    return fact


def under_phrase(fact: Factuality, token: Token, governors: Mapping[str, frozenset[str]]) -> Factuality:
    """The reality of an event that a noun phrase tells, once what governs the phrase is taken into account."""
    head = token.head
    if token.dep_ == "prep" and token.lower_ in {"without", "against"}:
        return replace(fact, negated=token.lower_ == "without" or fact.negated, status=weaker(fact, "hypothetical"))
    occasion = token.dep_ == "prep" and token.lower_ in OCCASIONS
    if occasion or not is_verb(head) or token.dep_ in {"conj", "relcl"}:
        return fact
    if token.dep_ not in SUBJECTS:
        return fact if is_verb(token) else governed(fact, head, governors)
    if head.lemma_.lower() not in governors["occurring"]:
        return fact
    return replace(fact, status=weaker(fact, own_status(head)), negated=fact.negated or is_negated(head))


def purpose(fact: Factuality, token: Token) -> Factuality:
    """An infinitive that tells what for is no event; a condition makes one hypothetical."""
    if any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children):
        return replace(fact, purpose=True)
    return fact


def governed(
    fact: Factuality, head: Token, governors: Mapping[str, frozenset[str]], *, infinitive: bool = False
) -> Factuality:
    """What the lemma of a governor makes of the event below it."""
    lemma = head.lemma_.lower()
    if lemma in ATTEMPTS and infinitive:
        return replace(fact, attempted=True, negated=fact.negated or lemma == "fail")
    governs = infinitive or any(lemma in words for words in governors.values())
    status = own_status(head) if is_verb(head) and governs else "happened"
    if status in {"future", "hypothetical"}:
        fact = replace(fact, status=weaker(fact, status))
    return by_lemma(fact, head, governors, infinitive=infinitive)


def by_lemma(fact: Factuality, head: Token, governors: Mapping[str, frozenset[str]], *, infinitive: bool) -> Factuality:
    """What a governor that is no attempt makes of the event: an aim, a plan, a possibility, a denial, or a fact."""
    lemma = head.lemma_.lower()
    wishing = lemma in governors["wish"] and (infinitive or lemma not in governors["reporting"])
    aimed = wishing or (lemma == "be" and infinitive and aims(head, governors["wish"]))
    effect: Status | None = next((meant for name, meant in EFFECTS if lemma in governors[name]), None)
    if effect == "future" and not infinitive and lemma in governors["reporting"]:
        effect = None
    if lemma == "be" and infinitive:
        effect = "future"
    if aimed or (infinitive and effect is None and lemma not in governors["factive"] | governors["negated"]):
        return replace(fact, purpose=True)
    if infinitive and effect is None and lemma in governors["factive"] and lemma not in MEANS and has_object(head):
        return replace(fact, purpose=True)  # "declared an emergency to halt protests"
    if effect is not None:
        return replace(fact, status=weaker(fact, effect))
    if lemma in governors["negated"]:
        return replace(fact, negated=not fact.negated)
    if is_negated(head) and lemma in governors["factive"]:
        return replace(fact, status=weaker(fact, "hypothetical"))
    running = lemma in {"continue", "keep", "resume"} and fact.status == "happened"
    return replace(fact, status="ongoing") if running else fact


def has_object(verb: Token) -> bool:
    """Whether the verb has an object of its own."""
    return any(child.dep_ == "dobj" for child in verb.children)


def aims(head: Token, wishes: frozenset[str]) -> bool:
    """Whether the subject of "is to" is an aim, and not somebody who is to do it."""
    return any(child.dep_ in SUBJECTS and child.lemma_.lower() in wishes for child in head.children)


def weaker(fact: Factuality, status: Status) -> Status:
    """The less certain of two: a condition beats a time, and a time what is known."""
    if "hypothetical" in {fact.status, status}:
        return "hypothetical"
    return fact.status if status == "happened" else status
