"""Whether what is told makes an event: enough parties, and a deed of politics or force."""

from __future__ import annotations

from dataclasses import dataclass

from streams.coding.attribution import SPOKEN
from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.roles import OWNED, parties
from streams.coding.said import PRONOUNS, SPOKEN_ONLY, is_own
from streams.coding.scene import Scene
from streams.coding.status import Factuality
from streams.coding.supplied import sector_of
from streams.coding.where_when import Where
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Party

SPEAKING = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "CONSULT", "AGREE"})
"""Types that somebody known must do: without an actor they are not coded."""
BETWEEN = SPEAKING | {"COOPERATE", "AID"}
"""Types that are events only if a party to them is political."""
PRIVATE = frozenset({"CVL", "EDU", "MED", "BUS", "JRN", "UNK"})
DEFIANT = frozenset({"REB", "OPP", "UAF", "PRE"})
"""Sectors that are no government's own side, though of its country."""
SHARES = grammar("judging.shares")
"""Words before people who are only counted: "most Germans oppose"."""
HABITS = grammar("judging.habits")
POLLS = grammar("judging.polls")
"""What opinions are asked in; "poll" alone may be an election."""
RULING = frozenset({"GOV", "LEG", "COP", "MIL", "JUD"})
"""Sectors that speak to their people as the state."""
POLICING = frozenset({"COP", "JUD", "SPY"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an event."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]


def enough(sides: Sides, match: Match, where: Where | None) -> bool:
    """Whether what is told makes an event: a party, both parties of a meeting, the speaker of a speech act."""
    type_, flags = match.outcome.type, match.outcome.flags
    told = (*sides.actors, *sides.recipients)
    if not told:
        return type_ == "ASSAULT" and where is not None and where.nearness >= 2 and not match.nominal
    if type_ == "CONSULT" and len({p.id for p in told}) < 2 and not any(p.id.startswith(("IGO", "INT")) for p in told):
        return False
    silent = type_ in SPEAKING and not sides.actors
    soldiers = sides.actors and all(sector_of(p) == "MIL" for p in sides.actors)
    unpoliced = "police" in flags and not any(sector_of(p) in POLICING for p in sides.actors)
    among = {p.id[:3] for p in sides.actors if sector_of(p) not in DEFIANT} & {
        p.id[:3] for p in sides.recipients if sector_of(p) not in DEFIANT
    }
    protest = match.outcome.fallback == "vandalize" and soldiers
    return not (silent or protest or unpoliced or ("crossparty" in flags and among))


def pointless(scene: Scene, match: Match, sides: Sides, fact: Factuality) -> bool:
    """Whether it tells no deed of politics or force: a denial of words, a running total, words among one's own."""
    type_ = match.outcome.type
    if is_unpolitical(scene, match, sides):
        return True
    if type_ in SPEAKING and match.actors and all(is_nobody(scene, head) for head in match.actors):
        return True
    if type_ in {"CONSULT", "SUPPORT"} and (sides.recipients or len(sides.actors) > 1) and among_own(sides):
        return True
    if match.outcome.flags & SPOKEN_ONLY and all(is_private(party) for party in sides.actors):
        return True
    return (
        (type_ == "REQUEST" and (to_own(match, sides) or to_itself(sides) or to_public(scene, match, sides)))
        or is_habit(match)
        or (type_ in SPEAKING and is_polled(match))
        or (type_ == "REJECT" and bool(sides.actors) and all(sector_of(p) == "JUD" for p in sides.actors))
        or (fact.negated and type_ in SPOKEN and type_ != "AGREE")
        or (type_ == "REJECT" and match.complement is not None and scene.fits(match.complement, "@silence"))
        or (type_ == "AID" and any(child.lower_ == "since" for child in match.verb.children))
        or (type_ == "MOBILIZE" and match.verb.dep_ == "acl" and match.verb.tag_ == "VBG")
        or (scene.paragraph.kind == "caption" and is_picture(match))
    )


def with_itself(scene: Scene, match: Match, sides: Sides) -> bool:
    """Whether the partner is only the actor's own: "the navy held drills with two destroyers"."""
    partners = parties(scene, match.recipients, OWNED)
    alone = len(sides.actors) == 1 and not sides.recipients and match.recipients != match.actors
    return alone and bool(partners) and all(partner.id == sides.actors[0].id for partner in partners)


def is_unpolitical(scene: Scene, match: Match, sides: Sides) -> bool:
    """Whether no two parties of politics deal with each other, though a frame of such dealings fits."""
    private = all(is_private(party) for party in (*sides.actors, *sides.recipients))
    striking = match.outcome.sector == "LAB"
    if match.outcome.type in BETWEEN and private and not striking:
        return True
    serving = match.outcome.type in SPEAKING and bool(match.recipients)
    if serving and all(scene.fits(head, "@clientele") for head in match.recipients):
        return True
    if match.outcome.type == "CONSULT" and is_to_press(scene, match):
        return True
    alone = "mutual" in match.outcome.flags and with_itself(scene, match, sides)
    return alone or (match.outcome.fallback == "visit" and is_tourism(sides))


def is_to_press(scene: Scene, match: Match) -> bool:
    """Whether those who stand together only speak to reporters: "speaks to the media with the chancellor"."""
    return any(scene.fits(head, "@t-press") for head in clause_of(match.verb).fillers.get("to", ()))


def is_tourism(sides: Sides) -> bool:
    """Whether only private people go somewhere where nobody is said to receive them."""
    private = bool(sides.actors) and all(sector_of(p) in PRIVATE and p.id.count(".") < 2 for p in sides.actors)
    return private and all(p.via in {"country", "name"} and sector_of(p) in {"", "GOV"} for p in sides.recipients)


def to_own(match: Match, sides: Sides) -> bool:
    """Whether a leader asks only his own people: "urged her party to stay united", "told its citizens to leave"."""
    heads = match.recipients
    theirs = bool(heads) and all(is_own(head) and head.lower_ not in PRONOUNS for head in heads)
    states = {p.id.split(".")[0] for p in sides.recipients} - {"UNK"}
    return theirs and bool(sides.recipients) and states <= {p.id.split(".")[0] for p in sides.actors}


def to_public(scene: Scene, match: Match, sides: Sides) -> bool:
    """Whether a state advises its people, and not those who stand against it: "police asked motorists to"."""
    own = {p.id.split(".")[0] for p in sides.actors if sector_of(p) in RULING}
    public = any(scene.fits(head, "@s-public") for head in match.recipients)
    people = {path for country in own for path in (country, f"{country}.CVL" if public else country)}
    return bool(sides.recipients) and all(p.id in people for p in sides.recipients)


def to_itself(sides: Sides) -> bool:
    """Whether a government only says what its country must do."""
    own = {p.id.split(".")[0] for p in sides.actors}
    return bool(sides.recipients) and all(p.id in own and p.via in {"role", "pronoun"} for p in sides.recipients)


def is_habit(match: Match) -> bool:
    """Whether it tells what somebody does again and again: "often criticises", "has long accused"."""
    return any(
        child.dep_ == "advmod"
        and child.lower_ in HABITS
        and (child.lower_ != "long" or child.doc[max(child.i - 1, 0)].lemma_ == "have")
        for child in match.verb.children
    )


def is_polled(match: Match) -> bool:
    """Whether the sentence tells what people answered in a poll: an opinion is no deed."""
    return any(
        token.lemma_.lower() in POLLS and (token.dep_ in {"nsubj", "pobj"} or token.head.lemma_ == "accord")
        for token in match.trigger.sent
    )


def is_nobody(scene: Scene, head: Token) -> bool:
    """Whether the speaker is no party: an analyst, "some", or "they" for whom the text names nobody."""
    if any(child.lower_ in SHARES for child in head.children):
        return True
    known = scene.party(head)
    return scene.fits(head, "@nonspeaker") and (known is None or known.via != "pronoun")


def is_private(party: Party) -> bool:
    """Whether somebody is only a person or firm, whose dealings are no politics."""
    if party.id.startswith("MNC"):
        return True
    return party.via in {"role", "pronoun"} and sector_of(party) in PRIVATE and party.id.count(".") < 2


def is_picture(match: Match) -> bool:
    """Whether a caption only says what is seen: "a soldier fires a howitzer"."""
    one = [head for head in match.actors if any(child.lower_ in {"a", "an"} for child in head.children)]
    return match.verb.tag_ in {"VBZ", "VBP"} and bool(one)


def among_own(sides: Sides) -> bool:
    """Whether all parties are one country's and only one of them is political: a president among his troops."""
    told = (*sides.actors, *sides.recipients)
    if len({p.id.split(".")[0] for p in told}) > 1 or told[0].id.startswith(("IGO", "UNK", "INT")):
        return False
    sectors = {sector_of(p) for p in told} - {"CVL", "MIL", "COP", "UNK", "MED", "JRN", "GOV", ""}
    return not sectors
