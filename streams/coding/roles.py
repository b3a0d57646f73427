"""From heads of phrases to the parties that play a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from streams.coding.scene import CARRYING, LOADED, MODIFIERS, Scene, before
from streams.coding.tree import conjoined
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.resolving.discourse import Resolved
from streams.resolving.names import slug

OWNED = ("@weapon", "@attack", "@troops", "@vehicle", "@warship", "@aircraft", "@projectile", "@positions", "@drill")
"""Things that act or are hit for those whose they are."""
HARMED = (*OWNED, "@facility", "@people", "@territory", "@office", "@diplomat", "@goods", "@media", "@act", "@plan",
          "@demand", "@talks", "@deal", "@requestable", "@company")  # fmt: skip
SPOKESMEN = (*OWNED, "@mouthpiece")
"""Bodies that speak for those whose they are: "the Algerian presidency said"."""
ANY = ("any",)
"""Speech concerns whoever owns what it names: support for Lithuania's independence."""
OWNING = ("by", "of", "from")
AUTHORING = grammar("roles.authoring")
"""Verbs whose participle after a plan or a deed tells whose it is."""
CARRIERS = ("@vehicle", "@warship", "@aircraft", "@stranded")
ABOARD = frozenset({"MIL", "COP", "CVL", "REF", "GOV", "JRN", "LAB", "MED", "EDU", "REL", "UNK"})
MILITARY = grammar("roles.military")
SERVING = grammar("roles.serving")
DEEDS = ("@attack", "@crime", "@undergone")
"""Things done to what follows their "of": the killing of monks is not the monks'."""


ORGANS = frozenset({"MIL", "COP", "SPY", "GOV", "LEG", "JUD", "OPP", "REB", "PRM"})
"""Sectors of those whose name may stand between a nation and a thing: "an Indian police post"."""


def parties(scene: Scene, heads: Iterable[Token], kinds: tuple[str, ...]) -> list[Resolved]:
    """The parties behind the heads, each once; a thing of one of the kinds stands for its owner."""
    found: list[Resolved] = []
    for head in heads:
        for resolved in behind(scene, head, kinds):
            if all(other.id != resolved.id for other in found):
                found.append(resolved)
    return found


def behind(scene: Scene, head: Token, kinds: tuple[str, ...]) -> list[Resolved]:
    """The party of one phrase, or the owners of the thing that it names."""
    both = scene.discourse.pair(head)
    if both:
        return both
    master = served(scene, head)
    if master is not None:
        return [master]
    for core in scene.cores(head):
        resolved = scene.party(core)
        if resolved is not None:
            return [resolved, *of_other_nations(scene, core, resolved), *of_other_owners(scene, core, resolved)]
    wanted = (*kinds, "asset") if kinds == OWNED else kinds
    if scene.discourse.is_other(head) or not any(scene.fits(head, kind) for kind in (*wanted, "laden")):
        return []
    owners = [child for core in scene.cores(head) for child in before(core)]
    for child in owners:
        resolved = scene.party(child)
        if resolved is not None and not names_treaty(scene, child, resolved):
            resolved = in_sector(scene, head, resolved, [other for other in owners if child.i < other.i])
            others = [scene.party(other) for other in child.conjuncts if child.i < other.i < head.i]
            return [resolved, *(other for other in others if other is not None and other.id != resolved.id)]
    return (
        owners_after(scene, head)
        or owner_before(scene, head)
        or aboard(scene, head, kinds)
        or [resolved for good in scene.cargo(head) for resolved in behind(scene, good, ANY)]
    )


def names_treaty(scene: Scene, city: Token, resolved: Resolved) -> bool:
    """Whether a capital only names an accord that was made there: "withdrew from the Paris agreement"."""
    return resolved.via == "metonym" and city.dep_ == "compound" and scene.fits(city.head, "@deal")


def in_sector(scene: Scene, head: Token, owner: Resolved, later: Iterable[Token]) -> Resolved:
    """A country or people as owner of a thing, in the sector that the next words tell: "a Kenyan army base"."""
    if owner.country is None or ("." in owner.id and f"{owner.country}.CVL." not in owner.id):
        return owner
    # a people lives in several countries: its armed belong to where they are hit
    via = "role" if "." in owner.id else owner.via
    for word in later:
        role = scene.party(word)
        sector = role.sector if role is not None and role.via == "role" else None
        flying = sector == "REB" and scene.fits(head, "@aircraft")
        if sector is not None and sector in ORGANS and not flying:
            return replace(owner, id=f"{owner.country}.{sector}", sector=sector, via=via)
        if word.lower_ in MILITARY:
            return replace(owner, id=f"{owner.country}.MIL", sector="MIL", via=via)
    return owner


def served(scene: Scene, head: Token) -> Resolved | None:
    """For whom unnamed people are said to work: "hackers working for the army"."""
    known = scene.party(head)
    if known is not None and not known.id.startswith("UNK"):
        return None
    for verb in head.children:
        if verb.dep_ != "acl" or verb.lemma_ not in SERVING:
            continue
        for word in verb.children:
            for filler in word.children if word.lower_ in {"for", "by"} else ():
                resolved = scene.party(filler) if filler.dep_ == "pobj" else None
                if resolved is not None:
                    return resolved
    return None


def of_other_nations(scene: Scene, head: Token, first: Resolved) -> list[Resolved]:
    """The others of "Turkish and Georgian troops": one noun, several nations."""
    found = []
    for child in head.children:
        if child.dep_ not in MODIFIERS or child.i > head.i or "." not in first.id:
            continue
        for other in (*child.conjuncts, *joined_before(head, child)):
            nation = scene.party(other) if other.i < head.i else None
            if nation is not None and "." not in nation.id and nation.country != first.country:
                found.append(replace(first, id=nation.id + first.id[3:], name=nation.name, country=nation.country))
    return found


def joined_before(head: Token, first: Token) -> list[Token]:
    """A second modifier after "and", where the parser did not join them: "U.S. and Mexican agents"."""
    joining = any(child.dep_ == "cc" for child in first.children)
    return [child for child in head.children if joining and child.dep_ in MODIFIERS and first.i + 2 == child.i < head.i]


def of_other_owners(scene: Scene, head: Token, first: Resolved) -> list[Resolved]:
    """The others of "the presidents of Peru and Chile": one role, several countries."""
    owners = [
        filler
        for child in head.children
        if child.lower_ in {"of", "from"}
        for filler in child.children
        if filler.dep_ == "pobj"
    ]
    plural = head.tag_ in {"NNS", "NNPS"}
    named = [
        party
        for owner in (conjoined(owners) if plural else ())
        for party in [*scene.discourse.pair(owner), scene.party(owner)]
    ]
    nations = [owner for owner in named if owner is not None and "." not in owner.id and owner.country is not None]
    if len(nations) < 2 or nations[0].country != first.country:
        return []
    return [
        replace(first, id=other.id + first.id[3:], name=other.name, country=other.country, start=other.start,
                end=other.end, text=other.text)
        for other in nations[1:]
    ]  # fmt: skip


def owners_after(scene: Scene, head: Token) -> list[Resolved]:
    """The owners named after a thing: "the convoy of the UN"; of what is done to somebody its doer, not its victim."""
    deed = any(scene.fits(head, kind) for kind in DEEDS)
    made = [child for child in head.children if child.dep_ == "acl" and child.lemma_ in AUTHORING]
    for word in OWNING:
        if deed and word == "of":
            continue
        # "the plan of Peru", "a plan proposed by Peru"
        hung = (*head.children, *(grand for verb in made for grand in verb.children if word == "by"))
        for child in hung:
            for filler in child.children if child.lower_ == word else ():
                resolved = scene.party(filler) if filler.dep_ == "pobj" else None
                if resolved is not None:
                    return [resolved]
    return []


def owner_before(scene: Scene, head: Token) -> list[Resolved]:
    """Somebody whom no list has, by his country: "Kenya's Safaricom" is one of Kenya, of no known sector."""
    if head.pos_ != "PROPN" or scene.place(head) is not None:
        return []
    owner = next((scene.party(child) for child in head.children if child.dep_ == "poss"), None)
    if owner is None or "." in owner.id or owner.country is None:
        return []
    return [replace(owner, id=f"{owner.id}.UNK.{slug(head.text)}", name=head.text, sector="UNK")]


def aboard(scene: Scene, head: Token, kinds: tuple[str, ...]) -> list[Resolved]:
    """Whom a ship, bus or plane that is hit or turned back has aboard: "a boat carrying Somali migrants"."""
    if kinds in {OWNED, SPOKESMEN} or not any(scene.fits(head, kind) for kind in CARRIERS):
        return []
    loads = [child for child in head.children if child.lower_ in LOADED or child.lemma_ in CARRYING]
    people = (filler for load in loads for filler in load.children if filler.dep_ in {"pobj", "dobj"})
    found = (scene.party(core) for filler in people for core in scene.cores(filler))
    return [resolved for resolved in found if resolved is not None and resolved.sector in ABOARD][:1]


def implied(resolved: Resolved, sector: str) -> str:
    """The id of an actor: a bare country that acts takes the sector that the act implies."""
    bare = "." not in resolved.id and resolved.country is not None and resolved.id not in {"INT", "UNK", "IGO", "NGO"}
    seat = "GOV" if resolved.via == "metonym" and sector != "MIL" else sector
    return f"{resolved.id}.{seat}" if bare and sector else resolved.id
