"""Persons that the tables lack: known by how the text describes them, by a misspelling, or as strangers."""

from __future__ import annotations

from dataclasses import replace

from streams.parsing.tokens import Span, Token
from streams.records import DateWindow
from streams.resolving.actors import Actor, ActorLexicon, Role, office_actor
from streams.resolving.memory import STRANGER, Memory
from streams.resolving.names import slug, within_one_edit, words
from streams.resolving.page import Name, Page, is_proper, locative, role_path, title_before
from streams.resolving.standing import is_retired


def introduce_strangers(page: Page, actors: ActorLexicon, published: DateWindow, memory: Memory) -> None:
    """Puts persons without a known name on the page, and remembers their surnames."""
    for run in proper_runs(page):
        surname = words(run.text)[-1:]
        if not surname or (len(run) == 1 and surname[0] in actors.months):
            continue
        earlier = memory.surnames.get(surname[0]) or _respelt(memory, surname[0])
        title = title_before(page, run.start)
        if len(run) == 1 and earlier is not None:
            if earlier is not STRANGER:
                page.put(Name(run.start, run.end, "person", earlier))
            continue
        person = misspelt(actors, run, titled=title is not None)
        actor = office_actor(actors.persons[person], published) if person else None
        actor = actor or described(page, run, memory)
        if actor is not None:
            page.put(Name(run.start, run.end, "person", actor))
            memory.surnames[surname[0]] = actor
            for role in actor.roles:
                memory.roles.setdefault(role, set()).add(actor.id)
        elif len(run) > 1 and run[-1].ent_type_ == "PERSON":
            memory.surnames[surname[0]] = STRANGER


def _respelt(memory: Memory, surname: str) -> Actor | None:
    """Who was introduced by a long surname one edit away, if just one was."""
    if len(surname) < 7:
        return None
    near = {a.id: a for known, a in memory.surnames.items() if len(known) >= 7 and within_one_edit(known, surname)}
    return next(iter(near.values())) if len(near) == 1 else None


def described(page: Page, run: Span, memory: Memory) -> Actor | None:
    """A person by the title before the name or the apposition after it; None without either."""
    title = title_before(page, run.start)
    if title is not None and title.role.person:
        owner, role, appositive = title.owner or _apposed_owner(page, run), title.role, None
    else:
        appositive = _appositive(page, run)
        if appositive is None:
            return None
        role = page.roles[appositive.i].values[0]
        inside = {token.i for token in appositive.subtree}
        owners = [name.actor for name in page.ordered() if name.start in inside and name.kind != "city"]
        owner = owners[0] if owners else None
    if len(run) == 1 and title is None:
        return None
    if owner is None and role.generic and (master := _master(page, run)) is not None:
        role = master
    start = title.start if title is not None else appositive.left_edge.i if appositive is not None else run.start
    end = run.start if title is not None or appositive is None else appositive.i
    if is_retired(page, start, end) and role.sector in {"GOV", "LEG"}:
        role = replace(role, sector="ELI")
    path = described_path(role, owner, near_country(page, run, role, memory))
    return Actor(f"{path}.{slug(run.text)}", run.text, person=True, roles=frozenset({role.office or role.phrase}))


def _apposed_owner(page: Page, run: Span) -> Actor | None:
    """Whose role a name stands beside: `the Bangladeshi army chief, General ...`."""
    head = run.root.head
    if run.root.dep_ != "appos" or head.i not in page.roles:
        return None
    inside = {token.i for token in head.subtree if token.i < run.start}
    return next((name.actor for name in page.ordered() if name.start in inside), None)


def _master(page: Page, run: Span) -> Role | None:
    """Whose a spokesman is who is told by a role, too: of "the junta's spokesman, Ali Bah" the junta."""
    head = _appositive(page, run)
    owners = [child for child in head.children if child.dep_ == "poss"] if head is not None else []
    return next((role for owner in owners if (role := page.role(owner.i)) is not None and role.sector), None)


def described_path(role: Role, owner: Actor | None, near: str | None) -> str:
    """What the id of a described person starts with."""
    if owner is not None and owner.country is None and owner.sector is not None:
        return owner.id
    if owner is not None and role.generic and owner.sector is not None:
        return f"{owner.country or 'UNK'}.{owner.sector}"
    country = owner.country if owner is not None else near
    return role_path(role, country)


def _appositive(page: Page, run: Span) -> Token | None:
    role = page.role(run.root.head.i)
    if run.root.dep_ == "appos" and role is not None and role.person:
        return run.root.head
    for token in run:
        for child in token.children:
            role = page.role(child.i)
            if child.dep_ == "appos" and role is not None and role.person:
                return child
    return None


def near_country(page: Page, span: Span, role: Role, memory: Memory) -> str | None:
    """The country of a role without one: of the place its sentence names, if it is local; else of the document."""
    if role.foreign:
        return None
    if role.local:
        sentence = span.root.sent
        there = {
            name.actor.country
            for name in page.ordered()
            if sentence.start <= name.start < sentence.end and name.actor.country
            if name.kind == "city" or (name.kind in {"country", "seat"} and locative(page.span(name).root))
        }
        if len(there) == 1:
            return next(iter(there))
    return memory.clear_country() or (unspoken_for(memory) if role.person and role.sector == "GOV" else None)


def unspoken_for(memory: Memory) -> str | None:
    """The one country named so far that nobody introduced belongs to: that of the prime minister who comes next."""
    taken = {actor.country for actor in memory.surnames.values()}
    free = [country for country in memory.countries if country not in taken]
    return free[0] if len(free) == 1 and len(memory.countries) > 1 else None


def misspelt(actors: ActorLexicon, run: Span, *, titled: bool) -> str | None:
    """The slug of the one person whose name is one edit away: the same given name, or a title, is needed too."""
    parts = words(run.text)
    if not parts or len(parts[-1]) < 7 or (len(parts) == 1 and not titled):
        return None
    fit = []
    for key in actors.misspelt(parts[-1]):
        person = actors.persons[key]
        near = any(within_one_edit(parts[-1], surname.rsplit(" ", 1)[-1]) for surname in actors.surnames(person))
        if near and (len(parts) == 1 or words(person.name)[0] == parts[0]):
            fit.append(key)
    return fit[0] if len(fit) == 1 else None


def proper_runs(page: Page) -> list[Span]:
    """Runs of proper nouns on the page that no name and no role covers."""
    runs: list[Span] = []
    at, tokens = 0, page.doc.words
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in page.names and end not in page.roles:
            hyphen = at < end < len(tokens) - 1 and tokens[end].text == "-" and tokens[end + 1].text[:1].isupper()
            if not is_proper(tokens[end]) and not hyphen and not (end > at and tokens[end - 1].text == "-"):
                break
            end += 1
        if end > at:
            runs.append(page.doc[at:end])
        at = max(end, at + 1)
    return runs
