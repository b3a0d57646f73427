"""The records on the wire: what each topic carries, as frozen dataclasses.

JSON, UTF-8, ISO 8601 dates in UTC. Unknown fields are ignored, new fields are optional, and a breaking change is a
new topic version. `streams/codec.py` turns them into bytes and back; `config/schemas/` is generated from them.

Offsets (`start`, `end`) are Unicode code points of the article's text exactly as it came; for an HTML article, of the
extracted text, which the document then carries as `text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
Status = Literal["happened", "ongoing", "future", "hypothetical", "historical"]
DatePrecision = Literal["day", "days", "week", "month", "season", "year", "unknown"]
ParagraphKind = Literal["title", "heading", "body", "caption", "quote"]
PlacePrecision = Literal["point", "city", "admin1", "country", "region", "named"]
Via = Literal["name", "country", "nationality", "metonym", "role", "pronoun"]
SubjectKind = Literal["actor", "place"]
ArticleOutcome = Literal["coded", "skipped"]
OverrideAction = Literal["suppress", "merge", "split", "change"]


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Which of two tellings is the newer: the later fetched, else the greater content hash."""

    fetched: str
    """Fetch time in UTC, ISO 8601 with microseconds and a `Z`, so that text order is time order."""
    content: str
    """SHA-256 (first 16 hex digits) of what was told; of nothing for a retraction."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as the feeder found it; key of `news.articles.v1` is its id."""

    fetched: datetime
    id: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    retracted: bool = False
    reason: str | None = None
    """Why it was retracted, for people."""


@dataclass(frozen=True, slots=True)
class DateWindow:
    """The days in which something lies, both ends included; an open end is null."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    precision: DatePrecision = "unknown"
    evidence: str = "none"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph that was kept. A title that came apart from the text has no offsets."""

    text: str
    start: int | None
    end: int | None
    entry: int = 0
    """Number of the live-blog entry it stands in, from 0; 0 in an ordinary article."""
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the text that was not kept, and why (`duplicate`, `promo`, `credit`, ...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: `id` is a path (`UKR.GOV.volodymyr-zelenskyy`), so that a prefix is a roll-up."""

    id: str
    name: str
    text: str
    start: int
    end: int
    via: Via = "name"


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym resolved; `id` is a path of country, GeoNames admin1 code and GeoNames id (`UKR.07.706483`)."""

    id: str
    name: str
    country: str
    text: str
    start: int
    end: int
    admin1: str | None = None
    admin1_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "named"
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells an event; `hash` is of the normalised sentence, the same in every reprint."""

    start: int
    end: int
    hash: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people with its range; `no casualties` is 0 to 0."""

    min: int
    max: int
    civilian: bool | None = None


@dataclass(frozen=True, slots=True)
class Casualties:
    """People harmed; what is not told is null."""

    killed: Figure | None = None
    wounded: Figure | None = None
    captured: Figure | None = None
    missing: Figure | None = None
    displaced: Figure | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity that belongs to the event, such as 400 million dollars of aid."""

    value: float
    unit: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things or people that a telling names, such as 8 missiles; an age counts years (`year-old`)."""

    value: int
    of: str
    fixed: bool = False
    """It is the same whenever it is told: ages and weapons, which do not grow as more becomes known."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as one article tells it, with every sentence that does."""

    id: str
    article_id: str
    type: EventType
    mode: str
    quad: Quad
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    date: DateWindow
    place: Place | None
    status: Status
    negated: bool
    attributed_to: Party | None
    casualties: Casualties
    amounts: tuple[Amount, ...]
    weapons: tuple[str, ...]
    sentences: tuple[Told, ...]
    trigger: Span
    confidence: float
    merge_key: str
    words: tuple[str, ...] = ()
    """Lemmas of a few things that the telling and its paragraph name besides the parties and places."""
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression in the text, by TIMEX3."""

    text: str
    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article read and coded; key of `news.documents.v1` is the article id."""

    article_id: str
    version: Version
    title: str | None
    source: str | None
    url: str | None
    published: DateWindow
    fetched: datetime
    language: str
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removed, ...]
    signature: tuple[int, ...]
    mentions: tuple[Mention, ...]
    coder: str
    """Versions of the coder and of its lexicons."""
    text: str | None = None
    """The extracted text that the offsets point into, when it is not the article's own text."""
    retracted: bool = False
    places: tuple[Place, ...] | None = None
    parties: tuple[Party, ...] | None = None
    times: tuple[TimeExpression, ...] | None = None

    @property
    def is_coded(self) -> bool:
        """Whether events were looked for in it: English alone is coded."""
        return self.language.startswith("en")


@dataclass(frozen=True, slots=True)
class MentionRef:
    """One mention of one article: what an editor's decision is anchored to, since event ids change as events grow."""

    article_id: str
    mention_id: str


@dataclass(frozen=True, slots=True)
class Override:
    """An editor's decision about events under one merge key, which wins over the machine. Key: its id.

    `suppress`: the event that holds one of `mentions` is neither published nor counted. `merge`: all `mentions` tell
    one event. `split`: `mentions` tell another event than those of `apart`. `change`: `field` of the event that holds
    one of `mentions` is `value`, in JSON as on the event. Of several decisions on one matter the last made wins. A
    later record with the same id and merge key replaces it; with `withdrawn` it is taken back.
    """

    id: str
    made: datetime
    merge_key: str
    action: OverrideAction
    mentions: tuple[MentionRef, ...]
    apart: tuple[MentionRef, ...] = ()
    field: str | None = None
    value: Any = None
    editor: str = ""
    reason: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """What has become of one article under one publication day and source; none withdraws. Key: `day|source`."""

    article_id: str
    version: Version
    day: str
    """ISO date of publication, or `undated`."""
    source: str
    """The outlet: source or host in lower case, or `unknown`."""
    outcome: ArticleOutcome | None
    mentions: int = 0
    coder: str = ""


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """The articles of one source published on one day: the denominator of the other counts. Key: `day|source`."""

    day: str
    source: str
    read: int
    coded: int
    skipped: int
    """Not coded, since they are not in English."""
    with_events: int
    """Coded articles that tell at least one event."""
    mentions: int
    revision: int = 0
    """Offset of the record that caused it; 0 without a broker."""
    updated: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything that one article says under one merge key; an empty one withdraws. Key: the merge key.

    An editor's decision travels as one too, so that MERGE has one input: with an article id of its own, and no mention.
    """

    article_id: str
    version: Version
    merge_key: str
    source: str | None
    url: str | None
    published: DateWindow
    signature: tuple[int, ...]
    mentions: tuple[Mention, ...]
    coder: str = ""
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an event."""

    article_id: str
    mention_id: str
    url: str | None
    source: str | None
    published: DateWindow


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, once, however many articles tell it. Key of `news.events.v1` is its id."""

    id: str
    revision: int
    """Offset of the mentions record that last changed it; 0 without a broker."""
    type: EventType
    mode: str
    quad: Quad
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    date: DateWindow
    place: Place | None
    status: Status
    negated: bool
    casualties: Casualties
    claimed_only: bool
    mentions: int
    articles: int
    sources: int
    reports: tuple[Report, ...]
    first_seen: str
    last_seen: str
    coder: str = ""
    merge_key: str = ""
    overrides: tuple[str, ...] = ()
    """Ids of the editors' decisions that it follows from."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one event adds to one actor or place of one day at one level."""

    kind: SubjectKind
    subject: str
    level: str
    name: str
    as_actor: int
    as_recipient: int
    type: EventType
    quad: Quad
    mentions: int
    sources: int
    claimed_only: bool
    killed: int
    wounded: int


@dataclass(frozen=True, slots=True)
class Contributions:
    """Everything that one event adds under one day and country; an empty one withdraws. Key: `day|country`."""

    event_id: str
    version: int
    day: str
    """ISO date, or `undated`."""
    country: str
    """First part of the subjects' ids: a country, or IGO, NGO, MNC, INT, UNK."""
    contributions: tuple[Contribution, ...]
    coder: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """The count of one actor or place on one day. Key: `day|subject`."""

    day: str
    kind: SubjectKind
    subject: str
    level: str
    name: str
    country: str
    events: int
    as_actor: int
    as_recipient: int
    mentions: int
    confirmed: int
    claimed_only: int
    by_type: dict[EventType, int] = field(default_factory=dict)
    by_quad: dict[Quad, int] = field(default_factory=dict)
    killed: int = 0
    wounded: int = 0
    revision: int = 0
    """Offset of the contributions record that caused it, above all of earlier generations; 0 without a broker."""
    updated: str = ""
    """Record time of that contribution, ISO 8601 in UTC; empty without a broker."""
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Generations:
    """Which generation of the service publishes, and how far a replay is. Key: the application id.

    A generation is the service built from the first article on, with state and internal topics of its own.
    """

    serving: int = 1
    """The generation whose outputs are on the public topics."""
    building: int | None = None
    """The one that a replay builds, or left half built."""
    code: str = ""
    """Version of the code and the lexicons that build it."""
    switch: Literal["none", "stopping", "publishing"] = "none"
    """`stopping`: the serving workers end. `publishing`: the replay makes the public topics those of the built one."""


class InvalidRecordError(Exception):
    """The input is bad and trying again cannot help: it belongs on the dead-letter topic.

    `reason` is a short, bounded label (`not-json`, `empty-text`, `too-long`, ...) for metrics; the message is for
    people.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type[InvalidRecordError], tuple[str, str]]:
        """How it travels from a coding process to the worker."""
        return type(self), (self.reason, str(self))
