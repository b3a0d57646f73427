"""Organisations that the tables lack: kept by their name, with the sector that its words tell."""

from __future__ import annotations

from functools import cache

from streams.extending.grammar import grammar
from streams.extending.in_force import forgotten_with_lexicon, in_force
from streams.parsing.tokens import Span, Token
from streams.resolving.actor_tables import read_table, sectors
from streams.resolving.actors import Actor, Role
from streams.resolving.memory import Memory
from streams.resolving.names import slug
from streams.resolving.page import Name, Page, acronym_after, role_path
from streams.resolving.strangers import near_country

_NONE = "-"
_OWNING = frozenset({"country", "nationality", "city", "organisation"})
_NAMING = frozenset({"NNP", "NNPS", "JJ", "NN", "NNS"})
_LEADING = grammar("organisations.leading")
_LINKS = grammar("organisations.links")
_INNER = grammar("organisations.inner")


@forgotten_with_lexicon
@cache
def organisation_words() -> tuple[dict[str, str], ...]:
    """The sector that a word of a name tells, the strongest words first.

    Raises ValueError for a strength other than 1, 2 and 3, or an unknown sector.
    """
    levels: tuple[dict[str, str], ...] = ({}, {}, {})
    known = sectors(in_force()) | {_NONE}
    for row in read_table("organisation_words.tsv", in_force()):
        if row["strength"] not in {"1", "2", "3"}:
            raise row.wrong(f"{row['strength']!r} is no strength: 1, 2 or 3")
        if row["sector"] not in known:
            raise row.wrong(f"{row['sector']!r} is no sector")
        levels[int(row["strength"]) - 1][row["word"]] = row["sector"]
    return levels


@forgotten_with_lexicon
@cache
def _heads() -> frozenset[str]:
    """The words that a name of an organisation has."""
    return frozenset().union(*organisation_words())


def introduce_organisations(page: Page, memory: Memory) -> None:
    """Puts organisations without a known name on the page, and learns the acronyms that stand behind them."""
    at, heads, words = 0, _heads(), page.doc.words
    while at < len(words):
        word = words[at]
        if not word.text[:1].isupper() or (word.lower_ not in heads and word.text not in memory.acronyms):
            at += 1
            continue
        span = _name_around(page, at)
        actor = _told_by_name(page, span, at, memory) if span is not None else memory.acronyms.get(word.text)
        if actor is None or (span is None and at in page.names):
            at += 1
            continue
        start, end = (span.start, span.end) if span is not None else (at, at + 1)
        page.put(Name(start, end, "organisation", actor))
        if acronym := acronym_after(page.doc, end):
            memory.acronyms.setdefault(acronym, actor)
        at = end


def _name_around(page: Page, head: int) -> Span | None:
    """The name of an organisation with this word as its head: `Popular Front`, `Movement for Change`."""
    word = page.doc[head]
    if not _is_capital(word) or word.lower_ not in _heads():
        return None
    name, role = page.names.get(head), page.role(head)
    if name is not None or (role is not None and _says_more(word, role)):
        return None
    start, end = _start(page, head), _end(page, head)
    following = page.doc[head + 1] if end == head + 1 < len(page.doc) else None
    goes_on = following is not None and _is_capital(following) and following.i not in page.names
    return None if end - start < 2 or goes_on else page.doc[start:end]


def _says_more(word: Token, role: Role) -> bool:
    """Whether the role that the head names tells better who it is: "the City Council", "Fighters of the north"."""
    return word.is_sent_start or not (role.refers or role.sector == "SOC" or word.lower_ in organisation_words()[1])


def _start(page: Page, head: int) -> int:
    """Leftwards over capitals, and over the `'` of "Teachers' Union", but not over that of "Bolivia's Union"."""
    doc, at = page.doc, head
    while at > 0:
        before = doc[at - 1]
        plural = before.tag_ == "POS" and at > 1 and doc[at - 2].lower_.endswith("s") and at - 2 not in page.names
        if not (plural or (_is_capital(before) and before.lower_ not in _LEADING)):
            break
        at -= 1
    return at


def _end(page: Page, head: int) -> int:
    """Rightwards over `of`, `for` or `to` and the capitals behind it."""
    doc, at = page.doc, head + 1
    if at >= len(doc) or doc[at].lower_ not in _LINKS:
        return at
    first = end = at + 1
    while end < len(doc) and (_is_capital(doc[end]) or (doc[end].lower_ in _INNER and doc[end].i + 1 < len(doc))):
        end += 1
    while end > first and not _is_capital(doc[end - 1]):
        end -= 1
    return end if end > first else at


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_ in _NAMING


def _told_by_name(page: Page, span: Span, head: int, memory: Memory) -> Actor | None:
    """The listed organisation of which only a word more is said ("Fatah Movement"), else one of its own."""
    inside = [page.names[at] for at in range(span.start, span.end) if at in page.names]
    listed = next((name for name in inside if name.kind == "organisation"), None)
    if listed is not None and listed.start == span.start and listed.end == head == span.end - 1:
        return listed.actor
    words = [token.lower_ for token in span]
    sector = next((level[word] for level in organisation_words() for word in words if word in level), _NONE)
    if sector == _NONE:
        return None
    role = Role(
        words[-1], sector, person=False, group=True, generic=False, local=True, foreign=False, noun=False, office="",
        refers=frozenset(),
    )  # fmt: skip
    country = _owner(page, span) or near_country(page, span, role, memory)
    return Actor(f"{role_path(role, country)}.{slug(span.text)}", span.text, plural=span[-1].tag_ == "NNPS")


def _owner(page: Page, span: Span) -> str | None:
    """The country that the name itself names, or that stands right before it: "Bolivia's", "the Kenyan"."""
    before = span.start - 1
    if before >= 0 and page.doc[before].tag_ == "POS":
        before -= 1
    near = (page.names[at] for at in (*range(span.start, span.end), before) if at in page.names)
    return next((name.actor.country for name in near if name.kind in _OWNING and name.actor.country), None)
