"""The parser finds what spaCy's own parts find, and the same whatever it has seen before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from streams.coding.pipeline import load_model, new_parser
from streams.parsing.arcs import ArcFinder
from streams.parsing.forms import Forms
from streams.parsing.lemmas import Lemmas
from streams.parsing.parser import Parser
from streams.parsing.tagging import Tagger
from streams.parsing.tokens import Doc, is_hung
from streams.parsing.vectors import Vectors

PARAGRAPHS = (
    "Sudan's army chief, General Abdel Fattah al-Burhan, said on Monday that 23 people had been killed in El Fasher.",
    'The U.S. Secretary of State flew to Vienna. "We will go on," he said at 10 a.m. on June 3. It didn\'t help.',
    "Troops shelled the town’s market, killing dozens of traders; witnesses, who couldn't flee, hid in cellars.",
    "Protesters marched.\tPolice   fired tear gas, and Mr. Diallo Jr. was arrested (his lawyer denied the charges).",
)


@pytest.fixture(scope="module")
def model() -> Language:
    return load_model()


def told(docs: Sequence[Doc]) -> list[tuple[object, ...]]:
    """All that the parser says of each word."""
    return [
        (token.text, token.idx, token.tag_, token.pos_, token.lemma_, token.dep_, token.head.i, token.ent_type_)
        for doc in docs
        for token in doc
    ]


def test_words_tags_and_vectors_are_those_of_spacy(model: Language) -> None:
    forms, vectors, tagger = Forms(model), Vectors(model), Tagger(model)
    for text in PARAGRAPHS:
        theirs = model(text, disable=["parser", "attribute_ruler", "lemmatizer"])
        ours = forms.cut(text)
        assert [(form.text, spaced) for form, spaced in ours] == [(t.text, bool(t.whitespace_)) for t in theirs]
        figures = vectors.of([ours])
        assert np.allclose(figures, theirs.tensor, atol=1e-4)
        numbers = tagger.tags(figures).tolist()
        assert [tagger.labels[number] for number in numbers] == [token.tag_ for token in theirs]


def test_words_that_are_cut_without_asking_are_those_of_spacy(model: Language) -> None:
    ruled = sorted(word for word in cast("Any", model.tokenizer).rules if not any(map(str.isspace, word)))
    known = [word.strip('.,;()“"') for text in PARAGRAPHS for word in text.split()]
    words = [*ruled, *known, "Kyiv", "NATO", "cannot", "two", "thirtieth", "kg", "PM", "a", "I", "U", "colour", "sci"]
    asked = [f"{word}{sign}" for word in words if word for sign in ("", ".", ",", ":", "?", "!", ";")]
    forms = Forms(model)
    forms.learn(asked)
    for text in asked:
        theirs = model.tokenizer(text)
        features = theirs.to_array(["NORM", "PREFIX", "SUFFIX", "SHAPE"]).tolist()
        ours = [form for form, _ in forms.cut(text)]
        assert [(form.text, form.lower, form.is_punct, form.like_num) for form in ours] == [
            (token.text, token.lower_, token.is_punct, token.like_num) for token in theirs
        ]
        assert [list(form.features) for form in ours] == features


def test_lemmas_are_those_of_spacy_for_the_word_by_itself(model: Language) -> None:
    lemmas = Lemmas(model)
    ruler, lemmatizer = model.get_pipe("attribute_ruler"), model.get_pipe("lemmatizer")
    pairs = {(token.text, token.tag_) for text in PARAGRAPHS for token in model(text)}
    for form, tag in pairs | {
        ("mice", "NNS"),
        ("BORDERS", "NNS"),
        ("worse", "JJR"),
        ("Kyiv", "NNP"),
        ("felled", "VBD"),
    }:
        token = lemmatizer(ruler(SpacyDoc(model.vocab, words=[form], tags=[tag])))[0]
        assert lemmas.reading(form, tag) == (tag, token.pos_, token.lemma_)


def test_arcs_are_those_of_spacy_in_one_sentence(model: Language) -> None:
    parser, finder = model.get_pipe("parser"), ArcFinder(model)
    docs = [model.tokenizer(text) for text in PARAGRAPHS]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = False
        doc.tensor = model.get_pipe("tok2vec").predict([doc])[0]  # type: ignore[attr-defined]
    found = finder.find([np.asarray(doc.tensor, dtype=np.float32) for doc in docs])
    for doc, (heads, labels) in zip(docs, found, strict=True):
        parser(doc)
        assert (list(heads), list(labels)) == ([token.head.i for token in doc], [token.dep_ for token in doc])


def test_a_sentence_has_the_same_figures_to_the_last_bit_in_any_company(model: Language) -> None:
    forms, vectors = Forms(model), Vectors(model)
    cut = [forms.cut(text) for text in PARAGRAPHS]
    alone = [vectors.of([words]) for words in cut]
    assert np.array_equal(np.concatenate(alone), vectors.of(cut))
    assert np.array_equal(np.concatenate(alone[::-1]), vectors.of(cut[::-1]))


def test_what_is_asked_for_late_is_what_is_parsed_ahead() -> None:
    ahead, late = new_parser(remembered=0), new_parser(remembered=0)
    first = ahead.pipe(PARAGRAPHS)
    ahead.hang_all(sentence for doc in first for sentence in doc.sents)
    second = late.pipe(PARAGRAPHS)
    assert not any(is_hung(sentence) for doc in second for sentence in doc.sents)
    assert told(first) == told(second)


@pytest.mark.parametrize("remembered", [0, 30, 100_000])
def test_nothing_depends_on_what_was_parsed_before(remembered: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {text: told([new_parser(remembered=0)(text)]) for text in PARAGRAPHS}
    monkeypatch.setattr("streams.parsing.forms.MOST", 25)
    parser = new_parser(remembered=remembered)
    dice = random.Random(7)
    for _ in range(30):
        text = dice.choice(PARAGRAPHS)
        docs = parser.pipe([text])
        if dice.random() < 0.5:
            parser.hang_all(docs[0].sents)
        assert told(docs) == wanted[text]


def test_new_words_leave_nothing_behind_in_spacy(model: Language) -> None:
    parser = new_parser(remembered=1000)
    parser(PARAGRAPHS[0])
    before = len(model.vocab.strings), len(model.vocab)
    for number in range(50):
        doc = parser(f"The Zorblax{number} militia frobnicated{number} Quuxville{number} on Monday.")
        assert doc[1].head.text
    assert (len(model.vocab.strings), len(model.vocab)) == before


def test_sentences_end_where_readers_say(model: Language) -> None:
    parser = Parser(model, lambda _words, _readings: [])
    doc = parser(
        'Gen. Musa of the U.S. Army met Mr. Okello. "Why now?" he asked. The talks in Washington D.C. ended at 5 p.m. '
        "They failed. Lt. Col. J. B. Adams left."
    )
    assert [sentence.text for sentence in doc.sents] == [
        "Gen. Musa of the U.S. Army met Mr. Okello.",
        '"Why now?" he asked.',
        "The talks in Washington D.C. ended at 5 p.m.",
        "They failed.",
        "Lt. Col. J. B. Adams left.",
    ]
