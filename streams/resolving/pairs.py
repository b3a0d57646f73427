"""Two that were named together: `both sides`, `the two countries`, `the two leaders`."""

from __future__ import annotations

from collections.abc import Iterator

from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, ActorLexicon
from streams.resolving.page import Name, Page, locative

_STATES = grammar("pairs.states")
_PARTIES = frozenset({"country", "nationality", "seat", "organisation"})


def split_country(page: Page, head: Token, actors: ActorLexicon) -> list[Actor]:
    """Both halves of a divided country: "North and South Korea", "the two Koreas"; empty for any other phrase."""
    words = [head.lower_.removesuffix("s")] if head.tag_ == "NNPS" and head.i not in page.names else []
    before = page.doc[max(head.i - 3, 0) : head.i]
    if head.i in page.names and [token.lower_ for token in before[1:]] == ["and", "south"]:
        words = [head.lower_] if before[0].lower_ == "north" else []
    found = [
        next((e for e in actors.names.get(f"{side} {word.capitalize()}") if e.kind == "country"), None)
        for word in words
        for side in ("South", "North")
    ]
    return [actors.country(entry.key) for entry in found if entry is not None] if all(found) else []


def names_two(head: Token) -> str:
    """What kind of pair a phrase points back to: `side`, `state`, `leader`; empty if none."""
    lemma = head.lemma_.lower()
    words = actor_words()
    if head.tag_ != "NNS" or lemma not in words["pair"] | words["leaders"]:
        return ""
    left = [child for child in head.children if child.i < head.i]
    two = any(child.lower_ == "both" for child in left) or (
        any(child.lower_ == "two" for child in left) and any(child.lower_ in {"the", "these"} for child in left)
    )
    bare = all(child.lower_ in {"both", "the", "two", "these", "all"} for child in left)
    if not two or not bare or any(child.lower_ in {"of", "from", "in"} for child in head.children):
        return ""
    if lemma in words["leaders"]:
        return "leader"
    return "state" if lemma in _STATES else "side"


def last_two(page: Page, earlier: list[Page], head: Token) -> list[Actor]:
    """The two that a sentence before `head` names, the nearest that names just two; empty when it names more."""
    kind = names_two(head)
    if not kind:
        return []
    for where, sentence, limit in _back(page, earlier, head):
        found = _distinct(where, sentence, limit, kind)
        if len(found) >= 2:
            return found if len(found) == 2 else []
    return []


def _distinct(page: Page, sentence: Span, limit: int, kind: str) -> list[Actor]:
    found: dict[str, Actor] = {}
    for name in page.ordered():
        if not sentence.start <= name.start < min(sentence.end, limit) or _is_place(page, name):
            continue
        actor = name.actor
        if kind == "leader" and actor.person:
            found.setdefault(actor.id, actor)
        elif kind != "leader" and name.kind in _PARTIES and actor.sector != "JRN":
            if kind == "state" and "." in actor.id:
                continue
            found.setdefault(actor.id, actor)
    return list(found.values())


def _is_place(page: Page, name: Name) -> bool:
    return name.kind != "organisation" and locative(page.span(name).root)


def _back(page: Page, earlier: list[Page], head: Token) -> Iterator[tuple[Page, Span, int]]:
    """This sentence up to the head, those before it in the paragraph, then the paragraph before, of the same entry."""
    before = [sentence for sentence in page.doc.sents if sentence.start <= head.i]
    for sentence in reversed(before):
        yield page, sentence, head.i
    if earlier and earlier[-1].entry == page.entry:
        for sentence in reversed(earlier[-1].doc.sents):
            yield earlier[-1], sentence, sentence.end
