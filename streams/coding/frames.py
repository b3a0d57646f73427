"""The predicate lexicon: frames of verbs and nouns, word classes, modes, as the files in `lexicon/predicates` say.

A fault in a file is a `LexiconError` that names the file and line, so that a wrong row never codes silently. A user's
`Additions` are read with our files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar, cast, get_args

from streams.extending.additions import NOTHING, Additions
from streams.extending.rows import LexiconError, Line
from streams.extending.tables import FIELDS
from streams.records import EventType, Quad

Alternatives = tuple[str, ...]
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Complement:
    """One more thing that a verb must have: a preposition with a filler, or a clause (`to-v`, `that`)."""

    words: Alternatives
    fillers: Alternatives


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a frame says when it fits. `mode` may be `*` (told by words nearby), then `fallback` if none tells."""

    type: EventType
    mode: str
    fallback: str
    sector: str
    flags: frozenset[str]
    commit: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """One row of verbs.tsv for one lemma. `where` is its file and line."""

    where: str
    lemma: str
    particles: Alternatives
    subject: Alternatives
    object: Alternatives
    complements: tuple[Complement, ...]
    actor: Alternatives
    recipient: Alternatives
    outcome: Outcome
    needs: tuple[frozenset[str], ...] = ()
    """Words of which one each must stand in the sentence: those of slots that only classes fill."""

    @property
    def weight(self) -> float:
        """How much the frame asks for: of the frames that fit, the heaviest is taken."""
        asked = sum(1.0 for slot in (self.subject, self.object) if slot and slot != ("none",))
        particle = 1.5 if self.particles and "-" not in self.particles else 0.0
        fillers = sum(1.5 + 0.5 * bool(complement.fillers) for complement in self.complements)
        return asked + particle + fillers


@dataclass(frozen=True, slots=True)
class NounFrame:
    """One row of nouns.tsv for one lemma, or for an expression of several words. `where` is its file and line."""

    where: str
    lemma: str
    actor: Alternatives
    recipient: Alternatives
    alone: tuple[tuple[Complement, ...], ...]
    light: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """What holds for every event of a type."""

    quad: Quad
    sector: str
    modes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All predicates."""

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    light: Mapping[str, frozenset[str]]
    carriers: frozenset[str]
    """All light verbs."""
    classes: Mapping[str, frozenset[str]]
    modes: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    types: Mapping[str, TypeInfo]
    governors: Mapping[str, frozenset[str]]
    numbers: Mapping[str, tuple[int, int]]
    harm: Mapping[str, frozenset[str]]

    def is_in(self, lemma: str, name: str) -> bool:
        """Whether the lemma is in the word class."""
        return lemma in self.classes[name]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, split at tabs. `own` is a user's."""

    where: str
    cells: tuple[str, ...]
    own: bool = False

    def known(self, name: str, names: Mapping[str, Known]) -> Known:
        """What the name stands for. Raises `LexiconError` for one that is unknown."""
        if name not in names:
            raise LexiconError(f"{self.where}: unknown {name!r}")
        return names[name]


def lexicon_files(name: str) -> Iterator[tuple[str, Traversable]]:
    """The files of this name: the common one, then each field's, with what to call them in an error."""
    folder = files("streams.lexicon") / "predicates"
    for place in (*FIELDS, ""):
        file = (folder / place if place else folder) / f"{name}.tsv"
        if file.is_file():
            yield f"{place}/{name}.tsv".lstrip("/"), file


def read_rows(name: str, width: int, additions: Additions = NOTHING) -> Iterator[Row]:
    """The rows of the lexicon files of this name, a user's laid over ours, without comments and empty lines."""
    for line in additions.over(f"predicates/{name}", _our_rows(name, width)):
        yield Row(*line)


def _our_rows(name: str, width: int) -> Iterator[Line]:
    for told, file in lexicon_files(name):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("#") or not line.strip():
                continue
            cells = tuple(line.split("\t"))
            if len(cells) != width:
                raise LexiconError(f"{told} line {number}: {len(cells)} columns, expected {width}")
            yield Line(f"{told} line {number}", cells)


def split(cell: str, separator: str = ",") -> Alternatives:
    """The alternatives of a cell; `-` alone is none."""
    return () if cell == "-" else tuple(cell.split(separator))


def complement(cell: str, where: str) -> Complement:
    """`from|out=place,@territory` as a record."""
    words, _, fillers = cell.partition("=")
    if not words:
        raise LexiconError(f"{where}: empty complement")
    return Complement(split(words, "|"), split(fillers) if fillers else ())


def outcome(cells: tuple[str, ...], types: Mapping[str, TypeInfo], where: str) -> Outcome:
    """The last three columns: type, mode, flags."""
    name, mode, flags = cells
    if name not in get_args(EventType):
        raise LexiconError(f"{where}: unknown type {name}")
    fallback = mode[1:] if mode.startswith("*") else ("" if mode == "-" else mode)
    if fallback and fallback not in types[name].modes:
        raise LexiconError(f"{where}: {name} has no mode {fallback}")
    sector, *rest = flags.split() or ["-"]
    values = dict(flag.split("=", 1) for flag in rest if "=" in flag)
    return Outcome(
        type=cast("EventType", name),
        mode="*" if mode.startswith("*") else fallback,
        fallback=fallback,
        sector=types[name].sector if sector == "-" else sector,
        flags=frozenset(flag for flag in rest if "=" not in flag),
        commit=values.get("commit"),
        confidence=_share(values.get("conf", "0.8"), where),
    )


def _share(cell: str, where: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise LexiconError(f"{where}: conf={cell} is no number") from None


def words_of(frame: NounFrame) -> list[str]:
    """The tokens of the frame's expression; a hyphen is one."""
    return frame.lemma.replace("-", " - ").split(" ")


def head_of(words: list[str]) -> int:
    """Which word of an expression is its head: the last, or the one before "of"."""
    return words.index("of") - 1 if "of" in words[1:] else len(words) - 1
