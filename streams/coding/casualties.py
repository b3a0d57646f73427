"""People harmed, as a sentence tells it: killed, wounded, captured, missing, displaced, each with its range."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

from streams.coding.clause import clause_of
from streams.coding.frames import Lexicon
from streams.coding.numbers import Range, counted, range_of
from streams.coding.tree import is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.records import Casualties, Figure

Kind = Literal["killed", "wounded", "captured", "missing", "displaced"]
KINDS: tuple[Kind, ...] = ("killed", "wounded", "captured", "missing", "displaced")
WAYS = ("verb", "state", "word", "deed", "noun")
"""How a word may tell harm: tables of the lexicon."""
NOBODY = grammar("casualties.nobody")
GROUP = grammar("casualties.group")


@dataclass(frozen=True, slots=True)
class Harm:
    """One figure and the word that tells it."""

    kind: Kind
    figure: Figure
    word: Token
    heads: tuple[Token, ...] = ()
    """Heads of the phrases of those harmed."""


def harms(sentence: Span, lexicon: Lexicon) -> list[Harm]:
    """Every figure of people harmed in a sentence, in the order of the text."""
    found: list[Harm] = []
    kinds = kinds_in(sentence, lexicon)
    for token in sentence:
        for kind in kinds:
            figure = told_by(token, kind, lexicon)
            if figure is not None and all(harm.kind != kind or harm.word != token for harm in found):
                clause = clause_of(token) if is_verb(token) else None
                state = clause is not None and token.lemma_ in lexicon.harm.get(f"{kind}.state", frozenset())
                heads = () if clause is None else clause.subjects if state else clause.objects
                found.append(Harm(kind, figure, token, heads))
        found += none_harmed(token)
    return found


def kinds_in(sentence: Span, lexicon: Lexicon) -> list[Kind]:
    """The kinds of harm of which the sentence has any word: without one no figure is looked for."""
    words = {word for token in sentence for word in (token.lemma_.lower(), token.lower_)}
    return [kind for kind in KINDS if any(not words.isdisjoint(lexicon.harm.get(f"{kind}.{way}", ())) for way in WAYS)]


def told_by(token: Token, kind: Kind, lexicon: Lexicon) -> Figure | None:
    """The figure that one word tells of one kind of harm."""
    lemma = token.lemma_.lower()
    if is_verb(token) and lemma in lexicon.harm.get(f"{kind}.verb", frozenset()):
        return figure_of(clause_of(token).objects, token, lexicon)
    if is_verb(token) and lemma in lexicon.harm.get(f"{kind}.state", frozenset()):
        return figure_of(clause_of(token).subjects, token, lexicon)
    if token.lower_ in lexicon.harm.get(f"{kind}.word", frozenset()):
        return beside(token, lexicon) or left_so(token, lexicon)
    if lemma in lexicon.harm.get(f"{kind}.deed", frozenset()):
        victims = [grand for child in token.children if child.lower_ == "of" for grand in child.children]
        return figure_of(tuple(victims[:1]), token, lexicon)
    if lemma in lexicon.harm.get(f"{kind}.noun", frozenset()):
        value = counted(token, lexicon.numbers)
        return Figure(*value) if value and has_number(token) else None
    return None


def left_so(word: Token, lexicon: Lexicon) -> Figure | None:
    """The figure of those whom a verb leaves in this state: "shot dead two policemen", "left five injured"."""
    verb = word.head
    if not is_verb(verb) or word.dep_ not in {"acomp", "advmod", "oprd", "amod", "prt", "ccomp", "xcomp"}:
        return None
    return figure_of(clause_of(verb).objects, verb, lexicon)


def has_number(token: Token) -> bool:
    """Whether a number stands with the noun."""
    return any(child.dep_ == "nummod" for child in token.children)


def figure_of(heads: tuple[Token, ...], verb: Token, lexicon: Lexicon) -> Figure | None:
    """The figure of those harmed: the sum of the phrases, if each tells one."""
    del verb
    total: Range | None = None
    if not heads:
        return None
    own = counted(heads[0], lexicon.numbers)
    if own is not None:
        total = own
    elif heads[0].lower_ in NOBODY or (heads[0].lower_ == "one" and any(c.lower_ == "no" for c in heads[0].children)):
        total = (0, 0)
    elif heads[0].ent_type_ == "PERSON" or (heads[0].tag_ == "NN" and heads[0].lemma_ in lexicon.classes["people"]):
        total = (1, 1)
    if total is None:
        return None
    civilian = any(about(head, lexicon) for head in heads) or None
    return Figure(total[0], total[1], civilian)


def about(head: Token, lexicon: Lexicon) -> bool:
    """Whether those counted are civilians by their word."""
    words = lexicon.harm["civilian.word"]
    return any(token.lemma_.lower() in words for token in [head, *head.children]) or any(
        filler.lemma_.lower() in words for child in head.children if child.lower_ == "of" for filler in child.children
    )


def beside(word: Token, lexicon: Lexicon) -> Figure | None:
    """The figure beside an adjective or participle: `12 dead`, `dozens wounded`, `left five injured`."""
    for child in word.children:
        if child.dep_ in {"nummod", "quantmod", "det", "nsubj", "npadvmod", "nsubjpass", "dobj"}:
            value = range_of(child, lexicon.numbers) or counted(child, lexicon.numbers)
            if value is not None and child.lower_ != "no":
                return Figure(*value, civilian=about(child, lexicon) or None)
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is not None and before.pos_ in {"NUM", "NOUN"}:
        value = range_of(before, lexicon.numbers)
        if value is not None:
            return Figure(*value)
    return None


def none_harmed(token: Token) -> list[Harm]:
    """`No casualties`: nobody killed and nobody wounded."""
    if token.lower_ in {"casualties", "injuries", "deaths"} and any(c.lower_ == "no" for c in token.children):
        nobody = Figure(0, 0)
        kinds: dict[str, tuple[Kind, ...]] = {
            "casualties": ("killed", "wounded"), "injuries": ("wounded",), "deaths": ("killed",),
        }  # fmt: skip
        return [Harm(kind, nobody, token) for kind in kinds[token.lower_]]
    return []


def gather(found: list[Harm]) -> Casualties:
    """The figures as one record; of two of one kind in a sentence the first counts."""
    casualties = Casualties()
    for harm in found:
        if getattr(casualties, harm.kind) is None:
            casualties = replace(casualties, **{harm.kind: harm.figure})
    return casualties


def together(first: Casualties, second: Casualties) -> Casualties:
    """What two tellings of one event say: each figure of the first, else of the second; 7 and 9 are 7 to 9."""
    changes = {}
    for field in fields(Casualties):
        ours, theirs = getattr(first, field.name), getattr(second, field.name)
        if ours is None:
            changes[field.name] = theirs
        elif theirs is not None:
            changes[field.name] = Figure(
                min(ours.min, theirs.min), max(ours.max, theirs.max), ours.civilian or theirs.civilian
            )
    return replace(first, **changes)
