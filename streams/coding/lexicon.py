"""Reading the predicate lexicon from its files, once in a process."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import cast

from streams.coding.frames import (
    Lexicon,
    LexiconError,
    NounFrame,
    TypeInfo,
    VerbFrame,
    complement,
    head_of,
    lexicon_files,
    outcome,
    read_rows,
    split,
    words_of,
)
from streams.records import Quad


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The predicate lexicon. Raises `LexiconError` with file and line for a row that is wrong."""
    types = {
        row.cells[0]: TypeInfo(cast("Quad", row.cells[1]), row.cells[2], frozenset(split(row.cells[3], " ")))
        for row in read_rows("types", 4)
    }
    classes = word_sets("classes")
    lexicon = Lexicon(
        verbs=verb_frames(types),
        nouns=noun_frames(types),
        light=word_sets("light"),
        classes=classes,
        modes=mode_words(types, classes),
        types=types,
        governors=word_sets("governors"),
        numbers={row.cells[0]: (int(row.cells[1]), int(row.cells[2])) for row in read_rows("numbers", 3)},
        harm=word_sets("harm"),
        version=fingerprint(),
    )
    check_classes(lexicon)
    return lexicon


def fingerprint() -> str:
    """Short hash of all files of the lexicon."""
    digest = hashlib.sha256()
    for name in ("verbs", "nouns", "light", "classes", "modes", "types", "governors", "numbers", "harm"):
        for _, file in lexicon_files(name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def word_sets(name: str) -> dict[str, frozenset[str]]:
    """A file of two columns: a name, and lemmas separated by blanks. Rows of one name add up."""
    sets: dict[str, frozenset[str]] = {}
    for row in read_rows(name, 2):
        key, words = row.cells
        sets[key] = sets.get(key, frozenset()) | frozenset(words.split())
    return sets


def mode_words(
    types: dict[str, TypeInfo], classes: dict[str, frozenset[str]]
) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """For each type its modes with the words that tell them, in the order of the file."""
    modes: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for row in read_rows("modes", 3):
        name, mode, words = row.cells
        if mode not in types[name].modes:
            raise LexiconError(f"{row.where}: {name} has no mode {mode}")
        lemmas: frozenset[str] = frozenset()
        for word in words.split():
            lemmas |= classes[word[1:]] if word.startswith("@") else {word}
        modes[name] = (*modes.get(name, ()), (mode, lemmas))
    return modes


def verb_frames(types: dict[str, TypeInfo]) -> dict[str, tuple[VerbFrame, ...]]:
    """The frames of each verb, in the order of the file."""
    frames: dict[str, tuple[VerbFrame, ...]] = {}
    for row in read_rows("verbs", 10):
        verb, particle, subject, object_, rest, actor, recipient, *last = row.cells
        complements = tuple(complement(cell, row.where) for cell in split(rest, " "))
        result = outcome(tuple(last), types, row.where)
        for lemma in dict.fromkeys(verb.split("|")):
            frame = VerbFrame(
                where=row.where,
                lemma=lemma,
                particles=split(particle),
                subject=split(subject),
                object=split(object_),
                complements=complements,
                actor=split(actor, "|"),
                recipient=split(recipient, "|"),
                outcome=result,
            )
            frames[lemma] = (*frames.get(lemma, ()), frame)
    return frames


def noun_frames(types: dict[str, TypeInfo]) -> dict[str, tuple[NounFrame, ...]]:
    """The frames of each noun, in the order of the file."""
    frames: dict[str, tuple[NounFrame, ...]] = {}
    for row in read_rows("nouns", 8):
        noun, actor, recipient, alone, light, *last = row.cells
        result = outcome(tuple(last), types, row.where)
        for lemma in dict.fromkeys(noun.split("|")):
            frame = NounFrame(
                where=row.where,
                lemma=lemma.replace("_", " "),
                actor=split(actor.replace("?", ""), "|"),
                recipient=split(recipient, "|"),
                alone=tuple(
                    tuple(complement(part, row.where) for part in choice.split("&")) for choice in split(alone, "|")
                ),
                light="" if light == "-" else light,
                outcome=result,
            )
            words = words_of(frame)
            head = words[head_of(words)]
            frames[head] = (*frames.get(head, ()), frame)
    return frames


def check_classes(lexicon: Lexicon) -> None:
    """Raises `LexiconError` if a frame names a class that does not exist."""
    slots = [
        (frame.lemma, slot)
        for frames in lexicon.verbs.values()
        for frame in frames
        for slot in (*frame.subject, *frame.object, *(f for c in frame.complements for f in c.fillers))
    ]
    slots += [
        (frame.lemma, slot)
        for frames in lexicon.nouns.values()
        for frame in frames
        for choice in frame.alone
        for part in choice
        for slot in part.fillers
    ]
    for lemma, slot in slots:
        if slot.startswith("@") and slot[1:] not in lexicon.classes:
            raise LexiconError(f"frame {lemma}: no class {slot}")
    for frames in lexicon.nouns.values():
        for frame in frames:
            if frame.light and frame.light not in lexicon.light:
                raise LexiconError(f"noun frame {frame.lemma}: no light verbs {frame.light}")
