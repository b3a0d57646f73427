"""The day of news that `merging.py` measures with: one country, under one merge key.

Events come over the whole day, and articles mostly as they are published. Few are told by thousands, most by one or
two: the number of tellings follows Zipf's law, and so do the towns that they happen in, the forces that take part, and
the words that tell them. Seven tellings in ten print an earlier one again, one of them in five cut short; the others
are in own words, and leave out or blur what they know of the deed. One event in six happens in no town, and one telling
in seven of the others does not name it.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from streams.coding.details import MOST_WORDS
from streams.identity import utc_text
from streams.records import (
    Amount,
    Casualties,
    Count,
    DateWindow,
    EventType,
    Figure,
    Mention,
    Mentions,
    Party,
    Place,
    Quad,
    Span,
    Told,
    Version,
)
from tests.benchmarks.zipf import Zipf

DAY = date(2026, 3, 5)
KEY = "material|UKR"
TOWNS = Zipf(3000, 2)
ADMIN1S = 24
UNITS = Zipf(300, 2)
VOCABULARY = Zipf(6000, 20)
MOST_TOLD = 3000
REPRINTED, CUT = 0.7, 0.2
WITHOUT_TOWN = 0.15
"""Share of tellings that name only the country, the first-level division, or nothing."""
NATIONAL = 1 / 6
"""Share of events that happen in no town."""
DELAYED = 0.05
"""Share of articles that come up to two hours after they were fetched."""
CHANGED = 0.1
"""Share of records among the reprints that correct or retract an earlier copy."""
CONFLICT: Quad = "material-conflict"
HELP: Quad = "material-cooperation"
KINDS: tuple[tuple[EventType, str, Quad, tuple[str, ...]], ...] = (
    ("ASSAULT", "heavy-weapons", CONFLICT, ("shelled", "fired", "bombarded", "hit")),
    ("ASSAULT", "aerial", CONFLICT, ("struck", "bombed", "hit", "attacked")),
    ("COERCE", "arrest", CONFLICT, ("detained", "arrested", "held")),
    ("AID", "humanitarian", HELP, ("delivered", "gave", "brought")),
    ("ASSAULT", "territory", CONFLICT, ("captured", "took", "seized")),
    ("PROTEST", "demo", CONFLICT, ("rallied", "protested", "marched")),
    ("ASSAULT", "abduct", CONFLICT, ("abducted", "kidnapped")),
    ("ASSAULT", "destroy", CONFLICT, ("destroyed", "burned", "blew")),
    ("RETREAT", "withdraw", HELP, ("withdrew", "left", "retreated")),
    ("RETREAT", "release", HELP, ("released", "freed", "exchanged")),
    ("COERCE", "restrict", CONFLICT, ("banned", "restricted", "closed")),
    ("COERCE", "censor", CONFLICT, ("blocked", "censored")),
    ("SANCTION", "discontinue", CONFLICT, ("cut", "suspended", "halted")),
    ("MOBILIZE", "militia", CONFLICT, ("deployed", "sent", "massed")),
    ("PROTEST", "riot", CONFLICT, ("rioted", "clashed")),
    ("PROTEST", "strike", CONFLICT, ("struck", "walked")),
    ("AID", "military", HELP, ("supplied", "delivered", "shipped")),
    ("COOPERATE", "security", HELP, ("trained", "helped")),
)
"""Type, mode, quad and the words that tell it, the usual first; the most frequent first."""
KIND = Zipf(len(KINDS), 2)
SIDES = (
    ("RUS.MIL", "UKR.CVL"),
    ("RUS.MIL", "UKR.MIL"),
    ("UKR.MIL", "RUS.MIL"),
    ("UKR.GOV", "UKR.CVL"),
    ("UKR.COP", "UKR.CVL"),
    ("RUS.GOV", "UKR.GOV"),
    ("UKR.GOV", "UKR.BUS"),
    ("UKR.CVL", "UKR.GOV"),
    ("IGO.united-nations", "UKR.CVL"),
    ("NGO.red-cross", "UKR.REF"),
    ("USA.GOV", "UKR.MIL"),
    ("DEU.GOV", "UKR.GOV"),
)
SIDE = Zipf(len(SIDES), 2)


@dataclass(frozen=True)
class Deed:
    """What happened, as the most complete telling has it."""

    kind: tuple[EventType, str, Quad, tuple[str, ...]]
    actor: str
    recipient: str
    place: Place
    killed: Figure | None
    amounts: tuple[Amount, ...]
    counts: tuple[Count, ...]
    words: tuple[str, ...]
    """Things that most who tell it name."""
    wire: str
    """Hash of the sentence that agencies spread."""


def day(mentions: int, seed: int = 1) -> list[Mentions]:
    """Records of one mention each, in the order in which they come; more mentions are of more events."""
    rng = random.Random(seed)
    towns = [town(number, rng) for number in range(TOWNS.size)]
    coming: list[tuple[float, Mentions]] = []
    event = 0
    while len(coming) < mentions:
        place = country() if rng.random() < NATIONAL else towns[TOWNS.draw(rng)]
        happened = rng.random()
        told: list[Mentions] = []
        for copy in range(min(MOST_TOLD, int(rng.paretovariate(0.9)))):
            if not copy:
                of = deed(event, place, rng)
            article = f"e{event}-{copy}"
            if told and rng.random() < REPRINTED:
                told.append(_reprint(rng.choice(told), article, rng))
            else:
                told.append(record(article, [_telling(of, article, rng)], rng))
            coming.append((happened + rng.expovariate(4), told[-1]))
        event += 1
    rng.shuffle(coming)
    del coming[mentions:]
    arriving = [
        (moment + (rng.random() / 12 if rng.random() < DELAYED else 0.0), moment, one) for moment, one in coming
    ]
    return [fetched(one, moment) for _, moment, one in sorted(arriving, key=lambda one: one[:2])]


def fetched(told: Mentions, moment: float) -> Mentions:
    """The record as of a moment, in days: the article was published and fetched then."""
    at = datetime.combine(DAY, time.min, UTC) + timedelta(days=moment)
    published = DateWindow(at.date(), at.date(), "day", "given")
    return replace(told, version=Version(utc_text(at), told.version.content), published=published)


def deed(number: int, place: Place, rng: random.Random) -> Deed:
    """An event with its own forces, words and numbers."""
    actor, recipient = SIDES[SIDE.draw(rng)]
    if rng.random() < 0.5:
        actor = f"{actor}.unit-{UNITS.draw(rng)}"
    dead = int(rng.paretovariate(0.8))
    return Deed(
        KINDS[KIND.draw(rng)],
        actor,
        recipient,
        place,
        Figure(dead, dead + dead // 4) if rng.random() < 0.4 else None,
        (Amount(float(rng.randrange(1, 500)), "people"),) if rng.random() < 0.2 else (),
        tuple(Count(2 + int(rng.paretovariate(0.8)), _word(rng)) for _ in range(rng.randrange(3))),
        tuple(dict.fromkeys(_word(rng) for _ in range(MOST_WORDS))),
        f"wire {number}",
    )


def whole(of: Deed, article: str, number: int) -> Mention:
    """The most complete telling."""
    kind, mode, quad, words = of.kind
    return Mention(
        id=_hash_of(f"{article}-{number}"),
        article_id=article,
        type=kind,
        mode=mode,
        quad=quad,
        actors=(_party(of.actor),),
        recipients=(_party(of.recipient),),
        mutual=False,
        date=DateWindow(DAY, DAY, "day", "text"),
        place=of.place,
        status="happened",
        negated=False,
        attributed_to=None,
        casualties=Casualties(killed=of.killed),
        amounts=of.amounts,
        weapons=(),
        sentences=(Told(0, 90, of.wire),),
        trigger=Span(10, 17, words[0]),
        confidence=0.9,
        merge_key=KEY,
        words=of.words,
        counts=of.counts,
    )


def _telling(of: Deed, article: str, rng: random.Random) -> Mention:
    """One article's own words: it may leave out or blur what the deed has."""
    told = whole(of, article, 0)
    own = tuple(Told(90 * one, 90 * one + 80, f"{article} {one}") for one in range(rng.randrange(1, 3)))
    place: Place | None = told.place
    if rng.random() < WITHOUT_TOWN:
        place = rng.choice((None, country(), oblast(of.place.admin1) if of.place.admin1 else None))
    published = DateWindow(DAY, DAY, "day", "published")
    words = [*rng.sample(of.words, rng.randrange(2, len(of.words))), *(_word(rng) for _ in range(12))]
    return replace(
        told,
        sentences=(Told(0, 90, of.wire), *own) if rng.random() < 0.3 else own,
        place=place,
        actors=rng.choice((told.actors, told.actors, (_party(".".join(of.actor.split(".")[:2])),), ())),
        recipients=told.recipients if rng.random() < 0.8 else (),
        casualties=told.casualties if rng.random() < 0.7 else Casualties(),
        amounts=told.amounts if rng.random() < 0.7 else (),
        counts=tuple(count for count in told.counts if rng.random() < 0.6),
        trigger=told.trigger if rng.random() < 0.4 else Span(10, 15, rng.choice(of.kind[3])),
        date=rng.choice((told.date, told.date, published, DateWindow(DAY, DAY + timedelta(days=1), "days", "text"))),
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
    )


def _reprint(known: Mentions, article: str, rng: random.Random) -> Mentions:
    """The same words in another article; one that is cut short lacks the last sentence and some words."""
    told = known.mentions[0]
    copy = replace(told, id=_hash_of(f"{article}-0"), article_id=article)
    text = known.signature
    if rng.random() < CUT:
        copy = replace(copy, sentences=told.sentences[: max(1, len(told.sentences) - 1)], words=told.words[:6])
        text = tuple(value if rng.random() > 0.1 else rng.randrange(2**32) for value in text)
    return replace(record(article, [copy], rng), signature=text)


def record(article: str, mentions: list[Mention], rng: random.Random) -> Mentions:
    """All that one article tells; when it was published and fetched is not known yet."""
    return Mentions(
        article,
        Version("", "c"),
        KEY,
        f"outlet {rng.randrange(3000)}",
        f"https://www.outlet.example/{article}",
        DateWindow(),
        tuple(rng.randrange(2**32) for _ in range(128)),
        tuple(mentions),
        "coder 1",
    )


def town(number: int, rng: random.Random) -> Place:
    """One of many towns, somewhere in the country."""
    admin1 = f"{number % ADMIN1S:02}"
    lat, lon = rng.uniform(45, 52), rng.uniform(23, 40)
    name = f"Town {number}"
    return Place(f"UKR.{admin1}.{700000 + number}", name, "UKR", name, 0, 8, admin1, "Oblast", lat, lon, "city")


def oblast(admin1: str) -> Place:
    """A first-level division."""
    return Place(f"UKR.{admin1}", "Oblast", "UKR", "Oblast", 0, 6, admin1, "Oblast", precision="admin1")


def country() -> Place:
    """The whole country."""
    return Place("UKR", "Ukraine", "UKR", "Ukraine", 0, 7, precision="country")


def _word(rng: random.Random) -> str:
    return f"thing {VOCABULARY.draw(rng)}"


def _party(path: str) -> Party:
    return Party(path, path.rpartition(".")[2], path, 0, 9)


def _hash_of(text: str) -> str:
    """Ids of mentions are hashes: their order is no order of time."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
