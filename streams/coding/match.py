"""Which frames of the lexicon fit a verb or a noun: syntax and word classes only, no records yet."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from streams.coding.clause import clause_of, surface_subject
from streams.coding.fillers import fillers_of
from streams.coding.frames import Complement, NounFrame, Outcome, VerbFrame
from streams.coding.light import carried, first_of, several
from streams.coding.nominal import noun_fillers, noun_matches
from streams.coding.readings import readings
from streams.coding.role_sources import role
from streams.coding.said import SPOKEN_ONLY
from streams.coding.scene import Scene
from streams.coding.slots import verb_fits
from streams.coding.tree import SUBJECTS, hyphenated, is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.records import EventType

STATES = grammar("match.states")
"""Verbs whose participle after a noun tells a state: "the territories occupied by"."""
LASTING = grammar("match.lasting")
"""Verbs before what is so still, and was done before: "gatherings remained banned"."""
STANDING = grammar("match.standing")
"""Verbs whose passive may tell a state: "troops are stationed there"."""
SINCE = frozenset({"since", "for"})
TIES: frozenset[EventType] = frozenset({"SUPPORT", "COOPERATE"})
"""Types whose participle after a noun tells what is always so: "troops backed by warplanes"."""
ARRIVING = grammar("match.arriving")
OCCASIONS = grammar("match.occasions")
DATING = grammar("match.dating")
OPENING: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE"})
"""Types whose nouns tell as much as a verb if they open, go on or end: "talks between them opened"."""
UNSPENDING: frozenset[EventType] = frozenset({"ACCUSE", "SUPPORT"})
"""Types about deeds that their object may tell as well: "condemned the raid"."""


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits at a trigger, with the heads of what plays the roles."""

    trigger: Token
    verb: Token
    """The verb that status, negation and attribution are told by: the trigger, its light verb or its governor."""
    outcome: Outcome
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    objects: tuple[Token, ...]
    complement: Token | None
    """The verb that the frame takes as its content."""
    confidence: float
    frame: VerbFrame | NounFrame
    nominal: bool = False
    opposites: tuple[Token, ...] = ()
    """Whom it is meant for if neither its own phrases nor its content tell."""

    def made(self, what: tuple[EventType, str], sector: str) -> Match:
        """The match as an event of another type and mode, whose bare countries act in the sector."""
        outcome = replace(self.outcome, type=what[0], mode=what[1], fallback=what[1], sector=sector)
        return replace(self, outcome=outcome)


def matches(scene: Scene, sentence: Span) -> list[Match]:
    """Every frame that fits in the sentence, at most one for each trigger, in the order of the text."""
    found: list[Match] = []
    spent: set[int] = set()
    for token in sentence:
        if is_verb(token):
            match = better(light_match(scene, token, spent), verb_match(scene, token))
            if match is not None:
                found.append(match)
                spent.add(match.trigger.i)
                if match.outcome.type not in UNSPENDING and not match.outcome.flags & SPOKEN_ONLY:
                    spent.update(head.i for head in match.objects)
    for token in sentence:
        if token.pos_ in {"NOUN", "PROPN"} and token.i not in spent:
            match = lone_noun(scene, token)
            if match is not None:
                found.append(match)
    return sorted(found, key=lambda match: match.trigger.i)


def better(light: Match | None, full: Match | None) -> Match | None:
    """A noun with its light verb, unless the verb's own frame asks for just such a noun."""
    if light is None or full is None or " " in light.frame.lemma or full.outcome.flags & SPOKEN_ONLY:
        return light or full
    if full.outcome.commit == "":
        return light
    asks = isinstance(full.frame, VerbFrame) and any(
        kind.startswith("@") or kind == "joint" for kind in full.frame.object
    )
    return full if asks and full.objects[:1] == (light.trigger,) else light


def verb_match(scene: Scene, verb: Token) -> Match | None:
    """The heaviest frame of the verb that fits."""
    sentence = verb.sent
    frames = [frame for frame in frames_of(scene, verb) if scene.has(sentence, frame.needs)]
    if not frames:
        return None
    clause = clause_of(verb)
    if is_state(verb, doer=bool(clause.subjects)):
        return None
    if clause.passive and has_stood(verb):
        return None
    state = verb.dep_ == "acl" and verb.tag_ == "VBN"
    fitting = [
        (frame, reading)
        for frame in frames
        if not (state and frame.outcome.type in TIES)
        for reading in readings(scene, frame, clause)
        if verb_fits(scene, frame, reading)
    ]
    if not fitting:
        return None
    best, clause = max(fitting, key=lambda pair: (not pair[0].outcome.flags & SPOKEN_ONLY, pair[0].weight))
    return Match(
        trigger=verb,
        verb=verb,
        outcome=best.outcome,
        actors=role(scene, clause, best.actor),
        recipients=role(scene, clause, best.recipient),
        objects=clause.objects,
        complement=clause.infinitive or clause.clausal or aim_of(clause.objects),
        confidence=best.outcome.confidence,
        frame=best,
    )


def is_state(verb: Token, *, doer: bool) -> bool:
    """Whether a participle tells only how things are, and not that they are made so."""
    if verb.dep_ == "amod":
        return not doer
    if verb.tag_ != "VBN":
        return False
    lasting = verb.dep_ in {"acomp", "xcomp"} and verb.head.lemma_ in LASTING
    lasting = lasting or any(child.dep_ == "auxpass" and child.lemma_ in LASTING for child in verb.children)
    return (lasting and not doer) or (verb.dep_ == "acl" and verb.lemma_ in STATES)


def has_stood(verb: Token) -> bool:
    """Whether it tells where forces are and have been: "are stationed in", "have been stationed in the north since"."""
    if verb.lemma_ not in STANDING:
        return False
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    lasting = any(child.lower_ in SINCE for child in verb.children)
    return auxiliaries in ({"is"}, {"are"}) or (bool(auxiliaries & {"have", "has", "had"}) and lasting)


def aim_of(objects: Sequence[Token]) -> Token | None:
    """The infinitive that says what the object is for: "approved a plan to send troops"."""
    for child in objects[0].children if objects else ():
        if child.dep_ in {"acl", "relcl"} and any(
            grand.dep_ == "aux" and grand.lower_ == "to" for grand in child.children
        ):
            return child
    return None


def frames_of(scene: Scene, verb: Token) -> tuple[VerbFrame, ...]:
    """The frames of the verb, of its hyphened form first; a lemma that the lemmatizer spelt wrong is tried anew."""
    verbs = scene.lexicon.verbs
    lemma = verb.lemma_.lower()
    found = verbs.get(hyphenated(verb)) or verbs.get(lemma)
    if found:
        return found
    guesses = (lemma.removesuffix("e"), f"{lemma}e", f"{lemma}l", f"{lemma.removesuffix('ie')}y", verb.lower_)
    return next((verbs[guess] for guess in guesses if guess != lemma and guess in verbs), ())


def light_match(scene: Scene, verb: Token, spent: AbstractSet[int]) -> Match | None:
    """A noun's frame with a light verb: "carried out a strike on", "imposed sanctions on"."""
    light = carried(scene, verb, spent)
    if light is None:
        return None
    return Match(
        trigger=light.noun,
        verb=verb,
        outcome=light.frame.outcome,
        actors=light.actors,
        recipients=light.recipients,
        objects=(light.noun,),
        complement=None,
        confidence=light.frame.outcome.confidence,
        frame=light.frame,
    )


def lone_noun(scene: Scene, noun: Token) -> Match | None:
    """A noun's frame without a light verb: "the shelling of", "talks between"."""
    frames = noun_matches(scene, noun)
    if not frames or only_dates(noun):
        return None
    sent = arrived_from(noun)
    own = {**sent, **noun_fillers(noun)}
    for frame in frames:
        met = those_who_met(scene, noun, frame)
        if not met and not any(all(alone_fits(scene, part, own) for part in choice) for choice in frame.alone):
            continue
        shared = any(child.lower_ in {"joint", "bilateral"} for child in noun.children)
        if {"joint", "soloexercise"} & frame.outcome.flags and shared != ("joint" in frame.outcome.flags):
            continue
        held = bool(sent) or takes_place(scene, noun, frame)
        return Match(
            trigger=noun,
            verb=governor(noun),
            outcome=frame.outcome,
            actors=met or first_of(scene, own, frame.actor),
            recipients=first_of(scene, own, frame.recipient),
            objects=(),
            complement=None,
            confidence=frame.outcome.confidence - (0.0 if held else 0.15),
            frame=frame,
            nominal=not held,
        )
    return None


def arrived_from(noun: Token) -> dict[str, tuple[Token, ...]]:
    """Who sent what is said to come from him: "a call for calm came from the bishops"."""
    verb = noun.head
    came = noun.dep_ == "nsubj" and verb.lemma_ in ARRIVING
    return {name: heads for name, heads in fillers_of([verb]).items() if name == "from"} if came else {}


def takes_place(scene: Scene, noun: Token, frame: NounFrame) -> bool:
    """Whether a verb says that the talks or the exercise begin, go on or end."""
    lasting = frame.outcome.type in OPENING and noun.dep_ in {"nsubj", "nsubjpass"}
    return lasting and noun.head.lemma_.lower() in scene.lexicon.governors["occurring"]


def those_who_met(scene: Scene, noun: Token, frame: NounFrame) -> tuple[Token, ...]:
    """Who talked, when the sentence tells it only as its occasion: "after talks in Moscow, both ministers agreed"."""
    measure = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and scene.fits(measure, "@quantity"):
        noun = measure
    occasion = noun.dep_ == "pobj" and noun.head.lower_ in OCCASIONS and is_verb(noun.head.head)
    together = frame.outcome.type == "CONSULT" or "joint" in frame.outcome.flags
    if not together or frame.outcome.fallback == "visit" or not occasion:
        return ()
    subjects = surface_subject(noun.head.head)
    if frame.outcome.type != "CONSULT" and not several(scene, subjects):
        return ()
    return subjects if subjects and scene.fits(subjects[0], "@two") and any(map(scene.is_party, subjects)) else ()


def only_dates(noun: Token) -> bool:
    """Whether the noun only dates something else: "since the invasion", "before Russia's offensive"."""
    top = noun
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ in SUBJECTS and is_verb(top.head):
        return any(child.dep_ == "mark" and child.lower_ in DATING for child in top.head.children)
    return top.dep_ == "pobj" and top.head.lower_ in DATING


def alone_fits(scene: Scene, part: Complement, own: dict[str, tuple[Token, ...]]) -> bool:
    """Whether the noun has one of the dependents asked for, and a party or place in it."""
    for word in own if part.words == ("any",) else part.words:
        for head in own.get(word, ()):
            kinds = part.fillers or ("party", "place", "person")
            if any(scene.fits(head, kind) for kind in kinds) or (not part.fillers and owned(scene, head)):
                return True
    return False


def owned(scene: Scene, head: Token) -> bool:
    """Whether a thing is said to be somebody's: "the strike on Russian positions"."""
    return any(
        child.dep_ in {"poss", "amod", "compound", "nmod"} and (scene.is_party(child) or scene.is_place(child))
        for child in head.children
    )


def governor(noun: Token) -> Token:
    """The verb that a noun stands under, or the noun itself."""
    for ancestor in noun.ancestors:
        if is_verb(ancestor):
            return ancestor
    return noun
