"""Where and when an event happened: from its clause, else its sentence, its paragraph, the heading above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from streams.coding.clause import surface_subject
from streams.coding.match import Match
from streams.coding.said import reporting_verb
from streams.coding.scene import Scene
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.reading.times import FoundTime
from streams.records import DateWindow
from streams.resolving.places import FoundPlace

OUTSIDE = grammar("where_when.outside")
AUDIENCE = grammar("where_when.audience")
"""Whom one speaks to, and where: what stands between a verb of speech and the place."""
GOALS = grammar("where_when.goals")
WITH_PLACE = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE", "RETREAT", "AID", "CONSULT", "AGREE", "COOPERATE"})
REACHING = frozenset({"ASSAULT", "AID", "RETREAT", "MOBILIZE", "COERCE"})
"""Types whose object can be the place itself: a town that is shelled, taken, left."""
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Types that happened where they were said, not at the places that they speak of."""
SPEECH = grammar("where_when.speech")
WIDE = frozenset({"ASSAULT", "PROTEST", "COERCE", "RETREAT", "MOBILIZE"})
"""Types whose place may be told by the paragraph or heading around them."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place and how near to the trigger it was told: 3 in the clause, 2 sentence, 1 paragraph, 0 heading."""

    found: FoundPlace
    scene: Scene
    nearness: int


def usable(found: FoundPlace) -> bool:
    """Whether a toponym can be where something happens."""
    return not found.metonym and not found.modifier


def could_be(found: FoundPlace, token: Token, match: Match) -> bool:
    """Whether the toponym can be the event's place: a party of it is no place, what was hit or visited is one."""
    if token in match.objects or token in match.recipients:
        return (match.outcome.type in REACHING or match.outcome.fallback == "visit") and not found.modifier
    return usable(found)


def left(match: Match) -> frozenset[str]:
    """The prepositions before the place of an event that is told as leaving it."""
    return frozenset({"from"}) if match.outcome.fallback == "withdraw" else frozenset()


def token_of(scene: Scene, found: FoundPlace) -> Token | None:
    """The head token of a toponym."""
    span = scene.doc.char_span(found.place.start, found.end, alignment_mode="expand")
    return span.root if span is not None else None


def preposition(token: Token) -> str:
    """The preposition before a phrase, or nothing."""
    return token.head.lower_ if token.dep_ == "pobj" else ""


def inside(token: Token, clause: set[int]) -> bool:
    """Whether the token depends on the event's words."""
    return token.i in clause


def words_of(match: Match) -> set[int]:
    """Token numbers of the event's own clause: what its trigger and light verb govern, clauses below left out."""
    own: set[int] = set()
    pending = [match.trigger, *([match.verb] if not match.nominal else [])]
    pending += [actor for actor in match.actors if actor.pos_ == "NOUN"]
    while pending:
        token = pending.pop()
        if token.i in own:
            continue
        own.add(token.i)
        pending.extend(
            child
            for child in token.children
            if child.dep_ not in {"ccomp", "advcl", "parataxis", "relcl", "nsubj"} and not told_apart(token, child)
        )
    return own


def told_apart(token: Token, child: Token) -> bool:
    """Whether a verb joined to another one tells something else."""
    return child.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}


def place_of(scene: Scene, match: Match, heading: Scene | None) -> Where | None:
    """The event's place: the finest of the nearest ring that names one."""
    clause = words_of(match)
    rings: list[list[FoundPlace]] = [[], [], []]
    sentence = match.trigger.sent
    for found in scene.places:
        token = token_of(scene, found)
        if token is None or not could_be(found, token, match):
            continue
        if token.dep_ in {"nsubj", "poss", "agent"} or preposition(token) in GOALS - left(match):
            continue
        if match.outcome.type in SPOKEN:
            if token.dep_ == "pobj" and said_at(scene, token.head.head, match):
                rings[0].append(found)
        elif inside(token, clause):
            rings[0].append(found)
        elif sentence.start <= token.i < sentence.end and not reporting_place(scene, token, match):
            rings[1].append(found)
        elif token.i < sentence.start:
            rings[2].append(found)
    return nearest(scene, match, rings, heading)


def said_at(scene: Scene, above: Token, match: Match) -> bool:
    """Whether a place below this word is where a speech act was done: "said in Oslo", "told a rally in Oslo"."""
    saying = {match.verb, match.trigger}
    reporting = reporting_verb(match.verb, scene.lexicon.governors)
    if reporting is not None and is_speaker(scene, surface_subject(reporting), match):
        saying.add(reporting)
    if above.lemma_.lower() in AUDIENCE:
        above = above.head.head if above.dep_ == "pobj" else above.head
    return above in saying


def is_speaker(scene: Scene, heads: Sequence[Token], match: Match) -> bool:
    """Whether who is said to have told it speaks for whoever does it."""
    own = {party.country for head in match.actors if (party := scene.party(head)) is not None}
    return any((party := scene.party(head)) is not None and party.country in own for head in heads)


def nearest(scene: Scene, match: Match, rings: Sequence[list[FoundPlace]], heading: Scene | None) -> Where | None:
    """The best place of the innermost ring that has any and that the type allows."""
    reach = 3 if match.outcome.type in WIDE else 2 if match.outcome.type in WITH_PLACE else 1
    for number, ring in enumerate(rings[:reach]):
        if ring:
            ordered = ring if number < 2 else list(reversed(ring))
            return Where(min(ordered, key=fineness), scene, 3 - number)
    if heading is not None and match.outcome.type in WIDE:
        for found in heading.places:
            if usable(found):
                return Where(found, heading, 0)
    return None


def fineness(found: FoundPlace) -> int:
    """Finer places first, those of one country before seas and deserts; of equally fine ones the first named."""
    order = ("point", "city", "named", "admin1", "region", "country")
    return order.index(found.place.precision) + (len(order) if found.place.country in {"INT", "UNK", ""} else 0)


def reporting_place(scene: Scene, token: Token, match: Match) -> bool:
    """Whether a place belongs to a clause that only tells who said so: "he said in Oslo", "speaking in Oslo, he"."""
    above = {ancestor.i for ancestor in match.verb.ancestors}
    reporting = scene.lexicon.governors["reporting"]
    for ancestor in token.ancestors:
        if ancestor.pos_ not in {"VERB", "AUX"}:
            continue
        if ancestor.dep_ == "advcl" and ancestor.lemma_.lower() in SPEECH and ancestor.head.lemma_.lower() in reporting:
            return ancestor.head.i in above
        subjects = [child.i for child in ancestor.children if child.dep_ in {"nsubj", "nsubjpass"}]
        fronted = bool(subjects) and token.i < min(subjects)
        return ancestor.lemma_.lower() in reporting and ancestor.i in above and not fronted
    return False


def date_of(scene: Scene, match: Match, published: DateWindow) -> tuple[DateWindow, bool]:
    """The event's date, and whether it goes on since then; without one in the sentence, the publication's."""
    sentence = match.trigger.sent
    times = [time for time in scene.times if time.window and sentence.start_char <= time.start < sentence.end_char]
    clause = words_of(match)
    own = [time for time in times if tied(scene, time, clause)]
    loose = [time for time in times if time not in own and not elsewhere(sentence, time, match)]
    if match.outcome.type in SPOKEN:
        own, loose = ([time for time in part if adverbial(sentence, time)] for part in (own, loose))
    for time in (*own, *loose):
        word = before(sentence, time)
        if time.type in {"DATE", "TIME"} or word == "since":
            if word in OUTSIDE - {"since", "from"}:
                continue
            if time.window is not None:
                return replace(time.window, evidence="text"), word == "since"
    return replace(published, evidence="published" if published.from_ or published.to else "none"), False


def tied(scene: Scene, time: FoundTime, clause: set[int]) -> bool:
    """Whether a time expression stands in the event's own clause."""
    span = scene.doc.char_span(time.start, time.end, alignment_mode="expand")
    return span is not None and any(token.i in clause for token in span)


def adverbial(sentence: Span, time: FoundTime) -> bool:
    """Whether a time expression says when a verb's deed was done, not which thing is meant ("October's election")."""
    span = sentence.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return False
    above = span.root.head.head if span.root.dep_ == "pobj" else span.root.head
    return above.pos_ in {"VERB", "AUX"}


def elsewhere(sentence: Span, time: FoundTime, match: Match) -> bool:
    """Whether a time expression belongs to a clause below or beside the event's own."""
    span = sentence.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return True
    above = {match.verb.i, *(ancestor.i for ancestor in match.verb.ancestors)}
    verbs = [ancestor for ancestor in span.root.ancestors if ancestor.pos_ in {"VERB", "AUX"}]
    return bool(verbs) and verbs[0].i not in above


def before(sentence: Span, time: FoundTime) -> str:
    """The word before a time expression, in lower case."""
    words = sentence.text[: time.start - sentence.start_char].split()
    return words[-1].lower() if words else ""


def is_old(date: DateWindow, published: DateWindow, days: int) -> bool:
    """Whether the date is more than so many days before publication."""
    if date.to is None or published.from_ is None or date.evidence != "text":
        return False
    return date.to < published.from_ - timedelta(days=days)
