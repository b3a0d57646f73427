"""Which of a sentence's matches tell events: no figures of speech, nothing told only as another's content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.clause import beside_content, clause_of
from streams.coding.commitment import committed, refused_deed
from streams.coding.frames import VerbFrame
from streams.coding.match import Match
from streams.coding.opposite import with_opposites
from streams.coding.roles import ANY, parties
from streams.coding.said import SPOKEN_ONLY, is_own, is_under_way, is_willed, speakers
from streams.coding.scene import Scene, is_anyone
from streams.coding.status import is_negated
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.records import EventType

ABSORBING: frozenset[EventType] = frozenset(
    {"REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE", "ACCUSE", "CONSULT", "SUPPORT"}
)  # fmt: skip
CONTENT = grammar("select_matches.content")
"""Prepositions that lead to what a speech act is about; `after` or `during` lead to another event."""
CONDITIONS = grammar("select_matches.conditions")
SUFFERED = grammar("select_matches.suffered")
VOTING = grammar("select_matches.voting")
"""Verbs after which a deed of words or power is as good as done: "voted to expel", "decided to recognise"."""
DECIDED: frozenset[EventType] = frozenset(
    {"SUPPORT", "SANCTION", "COERCE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT"}
)  # fmt: skip
STATE = frozenset({"UNK.MIL", "UNK.GOV", "UNK.COP"})
IMPOSED = frozenset({"discontinue", "expel"})
"""Modes of what several impose by agreeing on it: "ministers agreed to extend sanctions"."""
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl"})


def chosen(scene: Scene, sentence: Span, found: Sequence[Match]) -> list[Match]:
    """The matches that stand for events of their own, promises turned into what they are."""
    sport = scene.lexicon.classes["sport"]
    if any(token.lemma_.lower() in sport and scene.party(token) is None for token in sentence):
        return []
    resolved = [None if of_others(scene, match, found) else promise(match, found) for match in found]
    owned = [by_speaker(scene, match) if is_content(match) else match for match in resolved if match is not None]
    kept = [match for match in owned if not is_content(match) or is_spoken(scene, match)]
    kept = [or_else(match) for match in kept]
    told = [match for match in kept if not absorbed(match, [other for other in kept if other is not match])]
    return with_opposites(scene, told)


def is_content(match: Match) -> bool:
    """Whether the frame tells only what somebody says, and no deed without its being said."""
    return bool(SPOKEN_ONLY & match.outcome.flags) and isinstance(match.frame, VerbFrame)


def is_spoken(scene: Scene, match: Match) -> bool:
    """Whether somebody says it: of himself that he will do it, or of another what will befall him."""
    said_by = speakers(match.verb, scene.lexicon.governors)
    willed = is_willed(match.verb) or is_under_way(match.verb)
    if not said_by or ("said" in match.outcome.flags and not willed):
        return False
    if match.actors == said_by:
        return not same_side(scene, said_by, match.recipients)
    return "UNK" in sides(scene, said_by) or same_side(scene, said_by, match.actors) or is_at_home(scene, match)


def by_speaker(scene: Scene, match: Match) -> Match:
    """The match as the speaker's own deed, where "he" or "his group" in his words is known by nothing else."""
    said_by = speakers(match.verb, scene.lexicon.governors)
    own = bool(match.actors) and all(is_own(head) for head in match.actors) and not sides(scene, match.actors)
    own = own or is_at_home(scene, match)
    return replace(match, actors=said_by) if own and said_by else match


def is_at_home(scene: Scene, match: Match) -> bool:
    """Whether those who act are an army or a government without a name: they are that of the minister who speaks."""
    named = [scene.party(head) for head in match.actors]
    return bool(named) and all(party is not None and party.id in STATE for party in named)


def same_side(scene: Scene, first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether both phrases name parties of one country or organisation."""
    return bool(sides(scene, first) & sides(scene, second))


def sides(scene: Scene, heads: Sequence[Token]) -> set[str]:
    """The first parts of the ids of the parties that the phrases stand for."""
    return {resolved.id.split(".")[0] for resolved in parties(scene, heads, ANY)}


def of_others(scene: Scene, match: Match, found: Sequence[Match]) -> bool:
    """Whether the deed that a warning speaks of is another country's: a forecast, and no threat."""
    if match.outcome.type != "THREATEN" or match.outcome.commit is None or match.complement is None:
        return False
    inner = promised(match, found)
    doers = inner.actors if inner is not None else clause_of(match.complement).subjects
    named = {party.id.split(".")[0] for head in doers if (party := scene.party(head)) is not None} - {"UNK"}
    speaking = sides(scene, match.actors) if named else set()
    return bool(speaking) and not named & speaking


def promise(match: Match, found: Sequence[Match]) -> Match | None:
    """A match whose type follows from the verb that it governs, with that type; None if that is no deed."""
    commit = match.outcome.commit
    if commit is None:
        return match
    inner = promised(match, found)
    if inner is None:
        return match if commit else None
    if commit == "THREATEN":
        return replace(match, recipients=match.recipients or inner.recipients)
    made = commitment_of(match, inner)
    if made is None or (match.outcome.type == "THREATEN" and made[0] != "THREATEN"):
        return match if commit else None
    return replace(match.made(made, match.outcome.sector), recipients=match.recipients or inner.recipients)


def commitment_of(match: Match, inner: Match) -> tuple[EventType, str] | None:
    """Type and mode of promising, or deciding, what the inner match tells; promising not to do it refuses or spares."""
    type_, mode = inner.outcome.type, inner.outcome.fallback
    if is_negated(inner.verb) and "denied" not in inner.outcome.flags:
        return refused_deed(type_, mode) or ("AGREE", "")
    decided = (match.verb.lemma_ in VOTING and type_ in DECIDED) or (match.verb.lemma_ == "agree" and mode in IMPOSED)
    if is_content(inner) or decided:
        return type_, mode
    return committed(type_, mode)


def promised(match: Match, found: Sequence[Match]) -> Match | None:
    """The match that the promise governs: of its verb, else of what lies deeper in its content."""
    if match.complement is None:
        return None
    below = {match.complement} if match.outcome.type == "THREATEN" else set(match.complement.subtree)
    inner = [other for other in found if other is not match and other.verb in below]
    return next((other for other in inner if match.complement in {other.verb, other.trigger}), next(iter(inner), None))


def absorbed(match: Match, others: Sequence[Match]) -> bool:
    """Whether the match is only the content of a request, threat, promise, refusal or accusation."""
    token = match.trigger if match.nominal else match.verb
    path: list[Token] = [token]
    if conditional(token) and any(
        other.verb in token.ancestors and other.outcome.type in ABSORBING for other in others
    ):
        return True
    if token.dep_ in {"relcl", "acl"} and is_anyone(token.head) and is_willed(token.head.head):
        return True
    while token.head != token and len(path) < 10:
        if not leads_up(token):
            return False
        token = token.head
        path.append(token)
        for other in others:
            if token in {other.trigger, other.verb} and other.trigger != match.trigger and takes(other, path):
                return True
    return False


def or_else(match: Match) -> Match:
    """A demand with an "or face" behind it as the threat that it is."""
    if match.outcome.type != "REQUEST" or match.complement is None:
        return match
    alternatives = any(child.dep_ == "cc" and child.lower_ == "or" for child in match.complement.children)
    ills = [child for child in match.complement.children if child.dep_ == "conj" and is_ill(child)]
    if not (alternatives and ills):
        return match
    return replace(match, outcome=replace(match.outcome, type="THREATEN", mode="*", fallback=""))


def is_ill(verb: Token) -> bool:
    """Whether the verb tells what is suffered: "or face war", "or be wiped out"."""
    return verb.lemma_.lower() in SUFFERED or any(child.dep_ == "auxpass" for child in verb.children)


def conditional(verb: Token) -> bool:
    """Whether the verb only tells on which condition: "unless his troops left", "until the rebels withdraw"."""
    return verb.dep_ == "advcl" and any(child.lower_ in CONDITIONS for child in verb.children)


def leads_up(token: Token) -> bool:
    """Whether the step from a token to its governor leads from content to what it is content of."""
    if beside_content(token):
        return False
    if token.dep_ == "advcl" and token.tag_ == "VBG" and 0 < token.i - token.head.i <= 2:
        return True
    if token.dep_ in CLAUSES:
        infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)
        return token.dep_ != "advcl" or infinitive
    if token.dep_ == "prep":
        return token.lower_ in CONTENT
    return token.dep_ in {"pobj", "dobj", "conj", "nsubj", "compound", "attr", "nsubjpass"}


def takes(other: Match, path: Sequence[Token]) -> bool:
    """Whether the other match absorbs what lies at the start of this path."""
    if other.outcome.type not in ABSORBING:
        return False
    last = path[-2]
    if last.dep_ in {"nsubj", "nsubjpass", "conj"}:
        return False
    spared = other.outcome.type == "SUPPORT" or other.outcome.fallback == "disapprove"
    return not (spared and path[0].pos_ in {"NOUN", "PROPN"})
