"""From paragraphs to words that know what they are: the whole way, and what is remembered on it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from spacy.language import Language

from streams.parsing.arcs import ArcFinder
from streams.parsing.forms import Form, Forms
from streams.parsing.lemmas import Reading
from streams.parsing.splitting import sentence_starts
from streams.parsing.tagging import Tagger
from streams.parsing.tokens import Arcs, Doc, Span, Token, is_hung
from streams.parsing.vectors import Floats, Vectors

Name = tuple[int, int, str]
"""A name, date or amount in a sentence: its first word, the word after it, its kind."""
Words = Sequence[tuple[Form, bool]]
"""A text cut up: each word, and whether a blank follows."""
Namer = Callable[[Words, Sequence[Reading]], list[Name]]
"""Finds the names of a sentence, none inside another."""
MOST_WORDS = 4000
"""Words whose vectors are computed at a time."""

REMEMBERED = 200_000
"""Words of sentences that are kept: at half a kilobyte each, less than a tenth of what a coding process may take."""


@dataclass(slots=True)
class Known:
    """What is remembered of a sentence."""

    readings: list[Reading]
    names: list[Name]
    arcs: Arcs | None = None


@dataclass(slots=True)
class Part:
    """A sentence on its way: its words, what is known of it, and its vectors as long as its article is at work."""

    key: str
    words: Words
    known: Known | None = None
    vectors: Floats | None = None


class Parser:
    """Parses paragraphs. The result depends on nothing but the paragraph, whatever was parsed before or is remembered.

    `remembered` is how many words of sentences are kept, to be found when a reprint has them again.
    """

    def __init__(self, nlp: Language, namer: Namer, *, remembered: int = REMEMBERED) -> None:
        self._forms = Forms(nlp)
        self._vectors = Vectors(nlp)
        self._tagger = Tagger(nlp)
        self._arcs = ArcFinder(nlp)
        self._namer = namer
        self._remembered = remembered
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._kept = 0

    def __call__(self, text: str) -> Doc:
        """One paragraph, as an article of its own."""
        return self.pipe([text])[0]

    def pipe(self, texts: Iterable[str]) -> list[Doc]:
        """The paragraphs of an article."""
        if self._forms.full:
            self._forms.forget()
            self._vectors.forget()
        paragraphs = list(texts)
        self._forms.learn(paragraphs)
        docs = [self._cut(text) for text in paragraphs]
        sentences = [sentence for doc in docs for sentence in doc.sents]
        self._tag([sentence.part for sentence in sentences if sentence.part.known is None])
        for sentence in sentences:
            _tell(sentence, sentence.part.known)
        return docs

    def hang_all(self, sentences: Iterable[Span]) -> None:
        """Parse these sentences of the article at work together: sooner done than one by one, and with no other end."""
        waiting = [sentence for sentence in sentences if not is_hung(sentence)]
        self._find_arcs([sentence.part for sentence in waiting if sentence.part.known.arcs is None])
        for sentence in waiting:
            sentence.doc.attach(sentence, sentence.part.known.arcs)

    def _hang(self, sentence: Span) -> None:
        self.hang_all([sentence])

    def _cut(self, text: str) -> Doc:
        """A paragraph in words and sentences."""
        words = self._forms.cut(text)
        doc = Doc(text, [], self._hang)
        starts = sentence_starts(words)
        at = 0
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
            sentence, part = Span(doc, start, end), words[start:end]
            doc.sents.append(sentence)
            first = at
            for number, (form, spaced) in enumerate(part, start):
                doc.words.append(Token(doc, sentence, form, number, at, spaced=spaced))
                at += len(form.text) + spaced
            key = text[first:at]
            sentence.part = Part(key, part, self._recall(key))
        return doc

    def _tag(self, parts: Sequence[Part]) -> None:
        """Give sentences their tags, lemmas and names."""
        for some in batches(parts):
            vectors = self._vectors.of([part.words for part in some])
            forms = [form for part in some for form, _ in part.words]
            readings = self._tagger.readings(forms, self._tagger.tags(vectors).tolist())
            at = 0
            for part in some:
                end = at + len(part.words)
                own = readings[at:end]
                part.vectors = vectors[at:end]
                part.known = Known(own, self._namer(part.words, own))
                self._remember(part.key, part.known)
                at = end

    def _find_arcs(self, parts: Sequence[Part]) -> None:
        """Parse sentences. Those that were remembered without their vectors get them again."""
        for some in batches(parts):
            lacking = [part for part in some if part.vectors is None]
            if lacking:
                vectors = self._vectors.of([part.words for part in lacking])
                at = 0
                for part in lacking:
                    part.vectors = vectors[at : at + len(part.words)]
                    at += len(part.words)
            arcs = self._arcs.find([part.vectors for part in some if part.vectors is not None])
            for part, found in zip(some, arcs, strict=True):
                if part.known is not None:
                    part.known.arcs = found

    def _recall(self, key: str) -> Known | None:
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
        return known

    def _remember(self, key: str, known: Known) -> None:
        if self._remembered == 0 or key in self._known:
            return
        self._known[key] = known
        self._kept += len(known.readings)
        while self._kept > self._remembered:
            _, old = self._known.popitem(last=False)
            self._kept -= len(old.readings)


def batches(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts in groups of so many words that their figures stay in bounds."""
    groups: list[list[Part]] = []
    words = MOST_WORDS
    for part in parts:
        if words + len(part.words) > MOST_WORDS:
            groups.append([])
            words = 0
        groups[-1].append(part)
        words += len(part.words)
    return groups


def _tell(sentence: Span, known: Known) -> None:
    """Write what is known of a sentence to its words."""
    doc = sentence.doc
    words = doc.words[sentence.start : sentence.end]
    for token, (tag, part, lemma) in zip(words, known.readings, strict=True):
        token.tag_, token.pos_, token.lemma_ = tag, part, lemma
        token.ent_type_ = ""
        token.ent_iob_ = "O"
    for start, end, kind in known.names:
        doc.ents.append(Span(doc, sentence.start + start, sentence.start + end, kind))
        for token in words[start:end]:
            token.ent_type_ = kind
            token.ent_iob_ = "I"
        words[start].ent_iob_ = "B"
    if known.arcs is not None:
        doc.attach(sentence, known.arcs)
