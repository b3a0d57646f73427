"""Who `he`, `they`, `the group` are: the last subject that fits, in this sentence or the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, Role
from streams.resolving.addressed import addressee, asked_to_yield, controller, last_named, speech_verb, subject_of
from streams.resolving.memory import Memory
from streams.resolving.page import Page

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = grammar("coreference.plural")
_THING = grammar("coreference.thing")
_SPEAKER = grammar("coreference.speaker")
_IMPERSONAL = grammar("coreference.impersonal")
_OBJECTS = grammar("coreference.objects")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_QUOTED = frozenset({"ccomp", "parataxis"})

Resolve = Callable[[Token], Actor | None]


def antecedent(pages: Sequence[Page], page: Page, pronoun: Token, resolve: Resolve) -> Actor | None:
    """The actor behind a pronoun. None when no subject fits, when several do, or when the fitting one is unknown."""
    word = pronoun.lower_
    if word in _SPEAKER:
        return speaker(pronoun, resolve)
    if word not in _GENDER and word not in _PLURAL and word not in _THING:
        return None
    if speech_verb(pronoun) is not None:
        return addressee(pronoun, _back(pages, page, pronoun), resolve, _fits)
    if pronoun.tag_ == "PRP$":
        decided, owner = _asked_owner(pages, page, pronoun, resolve)
        if decided:
            return owner
    return _last_subject(pages, page, pronoun, resolve)


def _asked_owner(pages: Sequence[Page], page: Page, pronoun: Token, resolve: Resolve) -> tuple[bool, Actor | None]:
    """Whose `his forces` are when somebody is asked to withdraw them; whether that decides it."""
    word = pronoun.lower_
    asked, his = controller(pronoun)
    if asked is not None:
        actor = resolve(asked)
        if his and actor is not None and _fits(word, actor, asked):
            return True, actor
        return not his and actor is not None and _fits(word, actor, asked), None
    verb = asked_to_yield(pronoun)
    if verb is None:
        return False, None
    subject = subject_of(verb)
    speaker_ = resolve(subject) if subject is not None else None
    actor = last_named(word, _back(pages, page, pronoun), resolve, _fits, speaker_)
    return actor is not None, actor


def _last_subject(pages: Sequence[Page], page: Page, pronoun: Token, resolve: Resolve) -> Actor | None:
    """The last subject that fits, in this sentence or the one before."""
    word = pronoun.lower_
    if word == "it" and (pronoun.dep_ not in _SUBJECTS or pronoun.head.lemma_ in _IMPERSONAL):
        return None  # "denied it": most often what was said, not who said it
    own_subject = _own_subject(pronoun, resolve)
    for sentence, limit in _back(pages, page, pronoun):
        fitting: dict[str, Actor] = {}
        beside: set[str] = set()
        for token in sentence:
            if token.i >= limit or token.dep_ not in _SUBJECTS or token.head.i == pronoun.i:
                continue
            actor = resolve(token)
            if token.head.i == pronoun.head.i and token.doc is pronoun.doc and word in _OBJECTS:
                beside |= {actor.id} if actor is not None else set()
            elif actor is not None and _fits(word, actor, token):
                fitting[actor.id] = actor
            elif actor is None and _may_fit(word, token):
                return None
        own_subject |= beside
        fitting = {key: actor for key, actor in fitting.items() if key not in own_subject}
        if len(fitting) == 1:
            return next(iter(fitting.values()))
        if fitting:
            return None
    return None


def _own_subject(pronoun: Token, resolve: Resolve) -> set[str]:
    """The subject of the verb whose object a pronoun is: never the same party."""
    if pronoun.lower_ not in _OBJECTS or pronoun.dep_ not in {"dobj", "iobj", "dative"}:
        return set()
    subject = subject_of(pronoun.head)
    actor = resolve(subject) if subject is not None else None
    return {actor.id} if actor is not None else set()


def speaker(pronoun: Token, resolve: Resolve) -> Actor | None:
    """Who says `we`: the subject of the verb that the quoted clause hangs on; None where the sentence names nobody."""
    token = pronoun
    while token.head.i != token.i:
        above = token.head
        if token.dep_ in _QUOTED and above.pos_ == "VERB":
            for child in above.children:
                if child.dep_ == "nsubj" and child.i != pronoun.i and child.lower_ not in _SPEAKER:
                    return resolve(child)
        token = above
    return None


def _back(pages: Sequence[Page], page: Page, pronoun: Token) -> Iterator[tuple[Span, int]]:
    """This sentence up to the pronoun, then the whole sentence before it, of the same live-blog entry."""
    sentence = pronoun.sent
    yield sentence, pronoun.i
    if sentence.start > 0:
        before = page.doc[sentence.start - 1].sent
        yield before, before.end
    elif page.number > 0 and pages[page.number - 1].entry == page.entry:
        earlier = pages[page.number - 1].doc
        if len(earlier):
            before = earlier[len(earlier) - 1].sent
            yield before, before.end


def _fits(word: str, actor: Actor, token: Token) -> bool:
    if word in _GENDER:
        return actor.person and actor.gender in {"", _GENDER[word]}
    if word in _PLURAL:
        return not actor.person
    return not actor.person and not actor.plural and token.tag_ not in {"NNS", "NNPS"}


def _may_fit(word: str, token: Token) -> bool:
    """Whether a subject that is no known actor might be meant all the same."""
    if token.pos_ == "PRON":
        return token.lower_ == word
    if word in _GENDER:
        return token.ent_type_ == "PERSON"
    plural = token.tag_ in {"NNS", "NNPS"}
    return plural if word in _PLURAL else token.pos_ == "PROPN" and token.ent_type_ in {"ORG", "GPE"}


def referent(pages: Sequence[Page], page: Page, head: Token, role: Role, memory: Memory) -> Actor | None:
    """The actor that `the group`, `the president`, `the rebels` point back to; None when none or several could be."""
    if not any(child.lower_ in {"the", "this", "that"} for child in head.lefts):
        return None
    if role.person and head.tag_ == "NN":
        ids = memory.roles.get(role.office or role.phrase, set())
        told = {actor.id: actor for actor in memory.surnames.values() if actor.id in ids}
        return next(iter(told.values())) if len(told) == 1 else None
    land = head.lemma_.lower() in actor_words()["land"]
    if not role.refers or (land and head.dep_ != "poss"):
        return None  # of "troops landed on the island" the text may mean one that it has not named
    return _named_before(pages, page, head, role, memory)


def _named_before(pages: Sequence[Page], page: Page, head: Token, role: Role, memory: Memory) -> Actor | None:
    """The last organisation or country named before that a group, a country or an island can point back to."""
    land = head.lemma_.lower() in actor_words()["land"]
    for earlier in reversed(pages[: page.number + 1]):
        names = [n for n in earlier.ordered() if earlier.number < page.number or n.end <= head.i]
        for name in reversed(names):
            if name.kind == "organisation" and name.actor.sector in role.refers:
                return name.actor
            if land and name.actor.id.lower() in actor_words()["islands"]:
                return name.actor
            if "COUNTRY" in role.refers and name.kind == "country" and not land:
                clear = memory.clear_country()
                return name.actor if clear is None or clear == name.actor.id else None
    return None
