"""Reading the predicate lexicon from its files, once in a process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from streams.coding.frames import (
    Lexicon,
    NounFrame,
    Row,
    TypeInfo,
    VerbFrame,
    complement,
    head_of,
    outcome,
    read_rows,
    split,
    words_of,
)
from streams.extending.additions import NOTHING, Additions
from streams.extending.rows import LexiconError
from streams.records import Quad

KINDS = frozenset({"any", "none", "party", "person", "place"})
"""What a frame can ask for besides the word classes."""


def load_lexicon(additions: Additions = NOTHING) -> Lexicon:
    """The predicate lexicon, read once in a process. Raises `LexiconError` with file and line for a wrong row."""
    return _load_lexicon(additions)


@lru_cache(maxsize=2)
def _load_lexicon(additions: Additions) -> Lexicon:
    # Types are of the codebook: records name them, so a user adds none.
    types = {
        row.cells[0]: TypeInfo(cast("Quad", row.cells[1]), row.cells[2], frozenset(split(row.cells[3], " ")))
        for row in read_rows("types", 4)
    }
    classes = word_sets("classes", additions)
    lexicon = Lexicon(
        verbs=verb_frames(types, additions),
        nouns=noun_frames(types, additions),
        light=word_sets("light", additions),
        classes=classes,
        modes=mode_words(types, classes, additions),
        types=types,
        governors=word_sets("governors", additions),
        numbers={row.cells[0]: number_range(row) for row in read_rows("numbers", 3, additions)},
        harm=word_sets("harm", additions),
    )
    check_classes(lexicon)
    return lexicon


def number_range(row: Row) -> tuple[int, int]:
    """The range of a number word. Raises `LexiconError`."""
    try:
        return int(row.cells[1]), int(row.cells[2])
    except ValueError:
        raise LexiconError(f"{row.where}: the range of {row.cells[0]} is not two whole numbers") from None


def word_sets(name: str, additions: Additions = NOTHING) -> dict[str, frozenset[str]]:
    """A file of two columns: a name, and lemmas separated by blanks. Rows of one name add up.

    A user's row takes out the lemmas that have a `!` before them; he makes new sets only of classes and light verbs.
    """
    sets: dict[str, frozenset[str]] = {}
    closed = name in {"governors", "harm"}
    for row in read_rows(name, 2, additions):
        key, words = row.cells
        known = sets.get(key, frozenset())
        if row.own and closed:
            row.known(key, sets)
        taken = frozenset(word[1:] for word in words.split() if row.own and word.startswith("!"))
        if missing := taken - known:
            raise LexiconError(f"{row.where}: it removes {', '.join(sorted(missing))}, which {key} does not have")
        sets[key] = (known | {word for word in words.split() if not word.startswith("!")}) - taken
    return sets


def mode_words(
    types: dict[str, TypeInfo], classes: dict[str, frozenset[str]], additions: Additions = NOTHING
) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """For each type its modes with the words that tell them, in the order of the file.

    A user's words join ours of that mode; a mode without any of ours comes first.
    """
    modes: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for row in read_rows("modes", 3, additions):
        name, mode, words = row.cells
        if mode not in row.known(name, types).modes:
            raise LexiconError(f"{row.where}: {name} has no mode {mode}")
        lemmas: frozenset[str] = frozenset()
        for word in words.split():
            lemmas |= row.known(word[1:], classes) if word.startswith("@") else {word}
        before = modes.get(name, ())
        modes[name] = joined_mode(before, mode, lemmas) if row.own else (*before, (mode, lemmas))
    return modes


def joined_mode(
    before: tuple[tuple[str, frozenset[str]], ...], mode: str, lemmas: frozenset[str]
) -> tuple[tuple[str, frozenset[str]], ...]:
    """The modes of a type with more words for one of them, where it is first listed."""
    at = next((number for number, (known, _) in enumerate(before) if known == mode), None)
    if at is None:
        return ((mode, lemmas), *before)
    return (*before[:at], (mode, before[at][1] | lemmas), *before[at + 1 :])


def verb_frames(types: dict[str, TypeInfo], additions: Additions = NOTHING) -> dict[str, tuple[VerbFrame, ...]]:
    """The frames of each verb, in the order of the file."""
    frames: dict[str, tuple[VerbFrame, ...]] = {}
    for row in read_rows("verbs", 10, additions):
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


def noun_frames(types: dict[str, TypeInfo], additions: Additions = NOTHING) -> dict[str, tuple[NounFrame, ...]]:
    """The frames of each noun, in the order of the file."""
    frames: dict[str, tuple[NounFrame, ...]] = {}
    for row in read_rows("nouns", 8, additions):
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
    """Raises `LexiconError` if a frame asks for a class or kind that does not exist."""
    for frames in lexicon.verbs.values():
        for frame in frames:
            fillers = (filler for part in frame.complements for filler in part.fillers)
            check_kinds(lexicon, frame.where, (*frame.subject, *frame.object, *fillers))
    for noun in (frame for frames in lexicon.nouns.values() for frame in frames):
        check_kinds(
            lexicon, noun.where, (filler for choice in noun.alone for part in choice for filler in part.fillers)
        )
        if noun.light and noun.light not in lexicon.light:
            raise LexiconError(f"{noun.where}: no light verbs {noun.light}")


def check_kinds(lexicon: Lexicon, where: str, kinds: Iterable[str]) -> None:
    """Raises `LexiconError` for what a frame cannot ask for."""
    for kind in kinds:
        if kind.startswith("@") and kind[1:] not in lexicon.classes:
            raise LexiconError(f"{where}: no class {kind}")
        if not kind.startswith("@") and kind not in KINDS:
            raise LexiconError(f"{where}: no kind {kind!r}; kinds are {', '.join(sorted(KINDS))} and @class")
