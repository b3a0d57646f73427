"""Reading the predicate lexicon from its files, once in a process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
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

OPEN = frozenset({"@two", "@must", "@not", "@subjunctive", "@stately", "@organs"})
"""What is written as a class and told by other means, too."""


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
    light = word_sets("light", additions)
    lexicon = Lexicon(
        verbs=verb_frames(types, additions),
        nouns=noun_frames(types, additions),
        light=light,
        carriers=frozenset().union(*light.values()),
        classes=classes,
        modes=mode_words(types, classes, additions),
        types=types,
        governors=word_sets("governors", additions),
        numbers={row.cells[0]: number_range(row) for row in read_rows("numbers", 3, additions)},
        harm=word_sets("harm", additions),
    )
    check_classes(lexicon)
    if own := frozenset(line.where for lines in additions.lines.values() for line in lines):
        check_own(lexicon, own)
    verbs = {lemma: tuple(map(partial(with_needs, classes), frames)) for lemma, frames in lexicon.verbs.items()}
    return replace(lexicon, verbs=verbs)


def with_needs(classes: Mapping[str, frozenset[str]], frame: VerbFrame) -> VerbFrame:
    """The frame with the words that it cannot do without."""
    parts = (part.fillers for part in frame.complements if "-" not in part.words)
    slots = (needed(classes, kinds) for kinds in (frame.subject, frame.object, *parts))
    return replace(frame, needs=tuple(words for words in slots if words))


def needed(classes: Mapping[str, frozenset[str]], kinds: Sequence[str]) -> frozenset[str]:
    """The words of the classes that alone can fill a slot; empty where something else can, too."""
    closed = all(kind.startswith("@") and kind not in OPEN for kind in kinds)
    return frozenset().union(*(classes[kind[1:]] for kind in kinds)) if closed else frozenset()


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
    """Raises `LexiconError` if a frame names a class that does not exist."""
    for frame in all_frames(lexicon):
        for kind in kinds_of(frame):
            if kind.removeprefix("!").startswith("@") and kind.removeprefix("!")[1:] not in lexicon.classes:
                raise LexiconError(f"{frame.where}: no class {kind}")
        if isinstance(frame, NounFrame) and frame.light and frame.light not in lexicon.light:
            raise LexiconError(f"{frame.where}: no light verbs {frame.light}")


def check_own(lexicon: Lexicon, own: frozenset[str]) -> None:
    """Raises `LexiconError` if a user's frame, at one of the places `own`, asks for a kind or has a flag unknown to us.

    Known is what our own frames use, so that no list must be kept beside the code that tells what each means.
    """
    ours = [frame for frame in all_frames(lexicon) if frame.where not in own]
    kinds = frozenset(kind for frame in ours for kind in kinds_of(frame))
    flags = frozenset(flag for frame in ours for flag in frame.outcome.flags)
    sectors = frozenset(frame.outcome.sector for frame in ours)
    for frame in (frame for frame in all_frames(lexicon) if frame.where in own):
        for kind in kinds_of(frame):
            if not kind.removeprefix("!").startswith("@") and kind not in kinds:
                raise LexiconError(f"{frame.where}: no kind {kind!r}; a class is written @{kind}")
        if frame.outcome.sector not in sectors:
            raise LexiconError(f"{frame.where}: no sector {frame.outcome.sector!r}; the first flag is one, or -")
        if unknown := frame.outcome.flags - flags:
            raise LexiconError(f"{frame.where}: no flag {', '.join(sorted(unknown))}")


def all_frames(lexicon: Lexicon) -> Iterator[VerbFrame | NounFrame]:
    """Every frame of verbs and nouns."""
    for verbs in lexicon.verbs.values():
        yield from verbs
    for nouns in lexicon.nouns.values():
        yield from nouns


def kinds_of(frame: VerbFrame | NounFrame) -> Iterator[str]:
    """The kinds and classes that the frame asks for."""
    parts = frame.complements if isinstance(frame, VerbFrame) else chain.from_iterable(frame.alone)
    if isinstance(frame, VerbFrame):
        yield from (*frame.subject, *frame.object)
        yield from (particle for particle in frame.particles if particle.startswith("@"))
    for part in parts:
        yield from part.fillers
