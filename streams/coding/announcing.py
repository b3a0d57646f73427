"""Saying that one will do something, or will not, is a deed of words: a promise, a threat, a refusal."""

from __future__ import annotations

from dataclasses import replace

from streams.coding.commitment import committed, refused_deed
from streams.coding.match import Match
from streams.coding.roles import OWNED, parties
from streams.coding.said import SPOKEN_ONLY, is_ready, is_willed, speakers
from streams.coding.scene import Scene
from streams.coding.select_matches import by_speaker
from streams.coding.status import Factuality
from streams.parsing.tokens import Token
from streams.resolving.discourse import Resolved

MEETING = frozenset({"CONSULT", "AGREE"})
"""Types that stay what they are when somebody says that they will be."""


def announced(scene: Scene, match: Match, fact: Factuality, source: Resolved | None) -> tuple[Match, Factuality]:
    """Turns what the source says that it will do into the promise that saying so is."""
    if match.outcome.flags & SPOKEN_ONLY or "denied" in match.outcome.flags:
        return spoken(scene, match, fact)
    stays = match.outcome.type in MEETING and not fact.negated and not is_ready(match.verb)
    if source is None or stays or not is_willed(match.verb):
        return match, fact
    match = by_speaker(scene, under_threat(scene, match))
    own = {resolved.id.split(".")[0] for resolved in parties(scene, match.actors, OWNED)}
    conditional = not fact.negated and any(c.dep_ == "advcl" for c in match.verb.children) and would(match.verb)
    make = refused_deed if fact.negated else committed
    made = make(match.outcome.type, match.outcome.fallback)
    if made is None or source.id.split(".")[0] not in {*own, "UNK"} or (conditional and made[0] != "THREATEN"):
        return match, fact
    return match.made(made, scene.lexicon.types[made[0]].sector), replace(fact, status="happened", negated=False)


def under_threat(scene: Scene, match: Match) -> Match:
    """What will befall anyone is what the speaker will do: "any ship will be sunk, the navy said"."""
    warned = any(scene.fits(head, "anyone") for head in match.objects)
    if match.actors or not warned:
        return match
    return replace(match, actors=speakers(match.verb, scene.lexicon.governors))


def spoken(scene: Scene, match: Match, fact: Factuality) -> tuple[Match, Factuality]:
    """A frame of words alone: it happened when it was said; saying that one will not do it is a refusal."""
    said = replace(fact, status="happened", negated=False)
    if not fact.negated or "denied" in match.outcome.flags:
        return match, said
    made = refused_deed(match.outcome.type, match.outcome.fallback)
    if made is None:
        return match, replace(said, negated=True)
    return match.made(made, scene.lexicon.types[made[0]].sector), said


def would(verb: Token) -> bool:
    """Whether the verb stands under "would"."""
    return any(child.dep_ == "aux" and child.lower_ == "would" for child in verb.children)
