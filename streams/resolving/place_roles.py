"""What a name of a place does in its sentence: a place where something is, one that acts, or a word beside a noun."""

from __future__ import annotations

from collections.abc import Mapping

from streams.parsing.tokens import Span, Token
from streams.resolving.gazetteer import Entry

Cues = Mapping[str, frozenset[str]]
_MODIFIERS = frozenset({"compound", "amod", "nmod", "nn"})


def is_modifier(span: Span, cues: Cues) -> bool:
    """Whether the name only says which: `the Kharkiv governor`, `a Moscow court`, `the Russia-backed side`."""
    doc = span.doc
    # of names joined by `and` the last is the one beside the noun: `Jammu and Kashmir police`
    root = span[-1] if span[-1].dep_ in _MODIFIERS and span[-1].head.i >= span.end else span.root
    if span.end + 1 < len(doc) and doc[span.end].text in "-‑–" and not doc[span.end - 1].whitespace_:
        return True
    if span.start > 1 and doc[span.start - 1].text in "-‑–" and not doc[span.start - 1].whitespace_:
        return bool(doc[span.start - 2].whitespace_ == "")
    if root.dep_ not in _MODIFIERS or root.head.i < span.end:
        return False
    if root.head.ent_type_ in {"GPE", "LOC"} and root.head.pos_ == "PROPN":
        return False
    return root.head.lower_ not in cues["facility"] | cues["admin1-tail"] | cues["local-tail"] | cues["settlement-head"]


def is_metonym(span: Span, entry: Entry | None, cues: Cues) -> bool:
    """Whether the name stands for those who rule there: `Moscow warned`, `talks with Kyiv`, `Russia attacked`.

    Only countries, capitals and governed regions act so; any other town only speaks.
    """
    dateline = span.start == 0 and span.end < len(span.doc) and span.doc[span.end].text in "(—–-"
    if entry is None or dateline:
        return False
    root = _top(span.root)
    if root.dep_ == "pobj" and root.head.lower_ == "to" and root.head.i and root.head.nbor(-1).lower_ == "according":
        return True
    governs = entry.kind in ("country", "admin1", "region") or entry.capital
    if root.dep_ == "nsubj":
        return _acts(root.head, cues, governs=governs)
    return governs and _is_dealt_with(root, entry, cues)


def _is_dealt_with(root: Token, entry: Entry, cues: Cues) -> bool:
    """Whether something is told or done to, or with, those who rule there."""
    if root.dep_ in {"dobj", "obj"}:
        return root.head.lemma_.lower() in cues["addressed"]
    if root.dep_ == "poss":
        return root.head.lower_ in cues["political-noun"]
    return root.dep_ == "pobj" and _is_party(root, entry, cues)


def _top(token: Token) -> Token:
    """The first of the names that are joined: in `Moscow and Kyiv agreed` both do what Moscow does."""
    while token.dep_ in {"conj", "appos"} and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def _acts(verb: Token, cues: Cues, *, governs: bool) -> bool:
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    lemma = verb.lemma_.lower()
    if not governs:
        return lemma in {"say", "warn", "accuse", "deny", "insist", "vow", "claim"}
    return lemma in cues["acting"] or lemma not in cues["stative"]


def _is_party(root: Token, entry: Entry, cues: Cues) -> bool:
    preposition = root.head
    word = preposition.lower_
    if word == "by":
        return preposition.dep_ == "agent" or preposition.head.pos_ == "NOUN"
    if word in {"from", "to"}:
        return entry.kind != "city" and preposition.head.lower_ in cues["political-noun"]
    return word in cues["party-preposition"] and word != "on"
