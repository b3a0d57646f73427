"""The coder: a document read, and what it tells as mentions of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from streams.coding.build import Surroundings, draft
from streams.coding.casualties import Harm, harms
from streams.coding.draft import Draft
from streams.coding.elsewhere import completed
from streams.coding.everything import all_parties, all_places, all_times
from streams.coding.join import joined
from streams.coding.lexicon import load_lexicon
from streams.coding.match import Match, matches
from streams.coding.merge_key import merge_key
from streams.coding.parses import Parses, base_of
from streams.coding.pipeline import actor_lexicon, gazetteer, load_pipeline, load_word_lists
from streams.coding.raw import RawText
from streams.coding.remembered import ROOM, Coded, CodingMemory, Telling, renewed, steps_of
from streams.coding.scene import Scene
from streams.coding.screen import will_be_asked
from streams.coding.select_matches import chosen
from streams.coding.sentences import mention_id, normalised
from streams.coding.timing import Timeline
from streams.coding.where_when import usable
from streams.extending.additions import NOTHING, Additions
from streams.extending.in_force import put_in_force
from streams.extending.version import lexicon_version
from streams.parsing.parser import Parser
from streams.parsing.tokens import Doc
from streams.reading.result import Reading
from streams.records import Document, Mention, Paragraph
from streams.resolving.discourse import Discourse
from streams.resolving.places import FoundPlace, PlaceResolver

CODER_VERSION = "2"
HEADINGS = frozenset({"title", "heading"})
Parsed = tuple[Parses, Sequence[Sequence[FoundPlace]]]
"""The paragraphs of a text in words, and the places of each."""


@lru_cache(maxsize=2)
def place_resolver(additions: Additions) -> PlaceResolver:
    """The resolver of places with its gazetteer, read once in a process."""
    return PlaceResolver(gazetteer(additions))


class Coder:
    """Codes documents. Loads its pipeline and lexicons when built; `code` then depends on its arguments alone.

    `confidence` is the least that a mention needs, from 0 to 1. Events told to be more than `historical_days` before
    publication are background. `parser` replaces the pipeline's; without `screened` every sentence is parsed. What
    texts told is kept, up to `remembered` bytes, to be told again by reprints. `additions` are a user's to the
    lexicons; `version` names the coder and what is in all lexicons.
    """

    def __init__(  # noqa: PLR0913  (each may be given by name)
        self,
        *,
        pipeline: str = "auto",
        confidence: float = 0.68,
        historical_days: int = 45,
        parser: Parser | None = None,
        screened: bool = True,
        additions: Additions = NOTHING,
        remembered: int = ROOM,
    ) -> None:
        self._parser = parser or load_pipeline(pipeline, additions=additions)
        self._screened = screened
        self._additions = additions
        load_word_lists(additions)
        self._lexicon = load_lexicon(additions)
        self._actors = actor_lexicon(additions)
        self._places = place_resolver(additions) if remembered else PlaceResolver(gazetteer(additions), room=0)
        self._confidence = confidence
        self._historical_days = historical_days
        self._memory = CodingMemory(remembered)
        self.version = f"{CODER_VERSION}-{lexicon_version(additions)}"

    def code(self, reading: Reading, *, full: bool = False) -> Document:
        """The document with its mentions; none if it is not in English.

        With `full` it also carries every place, party and time expression of the kept text.
        """
        put_in_force(self._additions)
        document = replace(reading.document, mentions=(), coder=self.version)
        if not document.is_coded:
            return replace(document, places=(), parties=(), times=()) if full else document
        return self._coded(reading, document, full=full)

    def lemmas(self, reading: Reading) -> dict[int, str]:
        """The lemma of each word of the kept text, in lower case, by where it begins in its paragraph."""
        put_in_force(self._additions)
        parses = Parses(reading.document.paragraphs, self._parser)
        return {token.idx: token.lemma_.lower() for doc in parses.all() for token in doc}

    def _coded(self, reading: Reading, document: Document, *, full: bool) -> Document:
        steps = steps_of(reading)
        known = self._memory.whole(steps, full=full)
        if known is None:
            known = self._newly(reading, document, steps, full=full)
            self._memory.keep(known, full=full)
        return renewed(known, document)

    def _newly(self, reading: Reading, document: Document, steps: tuple[bytes, ...], *, full: bool) -> Coded:
        """What a text tells that did not come before as a whole; one that did but for its end tells its beginning."""
        paragraphs = document.paragraphs
        parses, places = self._parsed(paragraphs, ahead=full or not self._memory.begins_one(steps))
        told = [] if full else self._memory.beginning(steps, places, paragraphs)
        scenes: list[Scene] = []
        if len(told) < len(paragraphs):
            scenes = self._scenes(reading, (parses, places))
            self._hang(parses.all()[len(told) :])
            around = Surroundings(document.published, self._historical_days, RawText(reading))
            told = self._told(scenes, told, around)
        mentions, founders = self._mentions(
            document.article_id, joined(completed([one for part in told for one in part.drafts]))
        )
        document = replace(document, mentions=mentions)
        if full:
            document = with_all(document, scenes, RawText(reading))
        return Coded(steps, paragraphs, document, founders, tuple(told))

    def _parsed(self, paragraphs: Sequence[Paragraph], *, ahead: bool = True) -> Parsed:
        """Every paragraph in words, once asked for, and its places; with `ahead`, what may tell parsed at once."""
        parses = Parses(paragraphs, self._parser)
        if ahead:
            self._hang(parses.all())
        return parses, self._places.resolve_texts(parses.texts, parses.one, parses.datelines)

    def _hang(self, docs: Sequence[Doc]) -> None:
        sentences = (sentence for doc in docs for sentence in doc.sents)
        self._parser.hang_all(one for one in sentences if not self._screened or will_be_asked(one))

    def _scenes(self, reading: Reading, parsed: Parsed | None = None) -> list[Scene]:
        """Every paragraph with its places, its times and parties to be asked for in order."""
        document = reading.document
        parses, places = parsed or self._parsed(document.paragraphs)
        discourse = Discourse(self._actors, document.published)
        return [
            Scene(doc, number, base_of(paragraph), paragraph, found, discourse, self._lexicon)
            for number, (doc, paragraph, found) in enumerate(
                zip(parses.all(), document.paragraphs, places, strict=True)
            )
        ]

    def _told(self, scenes: Sequence[Scene], known: Sequence[Telling], around: Surroundings) -> list[Telling]:
        """What the sentences of every paragraph tell, in the order of the text; of the first it is known."""
        told = list(known)
        timeline = Timeline(around.published)
        heading: Scene | None = None
        entry = 0
        for scene in scenes:
            if scene.paragraph.entry != entry:
                entry, heading = scene.paragraph.entry, None
                scene.discourse.new_entry()
            scene.discourse.observe(scene.doc)
            if scene.paragraph.kind in HEADINGS:
                heading = scene
            if scene.number >= len(known):
                told.append(self._telling(scene, heading, timeline, around))
            elif scene.number == len(known) - 1:
                scene.discourse.resume(one.answers for one in known)
                timeline = Timeline(around.published, entry, known[-1].day)
            if entry and any(usable(found) for found in scene.places):
                heading = scene
        return told

    def _telling(self, scene: Scene, heading: Scene | None, timeline: Timeline, around: Surroundings) -> Telling:
        asked = scene.discourse.count()
        scene.times = timeline.read(scene)
        drafts = self._paragraph(scene, heading, around)
        return Telling(tuple(scene.places), tuple(drafts), timeline.day, scene.discourse.asked(asked))

    def _paragraph(self, scene: Scene, heading: Scene | None, around: Surroundings) -> list[Draft]:
        drafts: list[Draft] = []
        for sentence in scene.doc.sents:
            found = chosen(scene, sentence, matches(scene, sentence))
            if not found:
                continue
            shares = shared_out(harms(sentence, self._lexicon), found)
            for match, harmed in zip(found, shares, strict=True):
                told = draft(scene, match, heading, harmed, around)
                if told is not None:
                    drafts.append(told)
        return drafts

    def _mentions(
        self, article_id: str, drafts: Sequence[Draft]
    ) -> tuple[tuple[Mention, ...], tuple[tuple[str, int], ...]]:
        """The drafts that are sure enough, as records with their ids, and what those are made of."""
        founded: dict[str, int] = {}
        mentions, founders = [], []
        for told in sorted(drafts, key=lambda d: (d.trigger.start, d.trigger.end, d.type)):
            if told.confidence < self._confidence:
                continue
            ordinal = founded.get(told.sentence, 0)
            founded[told.sentence] = ordinal + 1
            mentions.append(self._mention(article_id, told, ordinal))
            founders.append((normalised(told.sentence), ordinal))
        return tuple(mentions), tuple(founders)

    def _mention(self, article_id: str, told: Draft, ordinal: int) -> Mention:
        return Mention(
            id=mention_id(article_id, told.sentence, ordinal),
            article_id=article_id,
            type=told.type,
            mode=told.mode,
            quad=self._lexicon.types[told.type].quad,
            actors=told.actors,
            recipients=told.recipients,
            mutual=told.mutual,
            date=told.date,
            place=told.place,
            status=told.status,
            negated=told.negated,
            attributed_to=told.attributed_to,
            casualties=told.casualties,
            amounts=told.amounts,
            weapons=told.weapons,
            sentences=told.told,
            trigger=told.trigger,
            confidence=told.confidence,
            merge_key=merge_key(told.type, told.actors, told.recipients, told.place, mutual=told.mutual),
            words=told.things,
            counts=told.counts,
        )


def with_all(document: Document, scenes: Sequence[Scene], raw: RawText) -> Document:
    """The document with every place, party and time expression of its paragraphs."""
    places, parties, times = all_places(scenes, raw), all_parties(scenes, raw), all_times(scenes, raw)
    return replace(document, places=places, parties=parties, times=times)


def shared_out(harmed: Sequence[Harm], found: Sequence[Match]) -> list[list[Harm]]:
    """For each match the figures that are its own: of its trigger, else of the nearest assault in the sentence."""
    shares: list[list[Harm]] = [[] for _ in found]
    for harm in harmed:
        exact = [n for n, match in enumerate(found) if harm.word in {match.trigger, match.verb}]
        able = exact or [n for n, match in enumerate(found) if match.outcome.type in {"ASSAULT", "PROTEST"}]
        if able:
            shares[min(able, key=lambda n: abs(found[n].trigger.i - harm.word.i))].append(harm)
    return shares
