"""The heads that play a role of a verb's frame."""

from __future__ import annotations

from collections.abc import Sequence

from streams.coding.clause import Clause, surface_subject
from streams.coding.roles import ANY, DEEDS, parties
from streams.coding.said import speakers
from streams.coding.scene import Scene
from streams.coding.tree import is_verb
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

DONE = (*DEEDS, "@misdeed", "@deed")
"""Things whose "of" names whom they were done to: "condemned the closure of the radio"."""
MOVES = grammar("role_sources.moves")
"""Words that sum up what the clause before them tells."""


def done_by(objects: tuple[Token, ...]) -> tuple[Token, ...]:
    """The object; of "Peru left the pact, a move Chile condemned" him whose move it was."""
    head = objects[0] if objects else None
    if head is None or head.dep_ != "appos" or head.lemma_ not in MOVES:
        return objects
    deed = next((token for token in head.ancestors if is_verb(token)), None)
    return (surface_subject(deed) or objects) if deed is not None else objects


def role(scene: Scene, clause: Clause, sources: Sequence[str]) -> tuple[Token, ...]:
    """The heads that play a role: of the first source that tells a party, else of the first that gives any."""
    wanted = clause.objects if "obj" in sources else clause.fillers.get("for", ()) if "for" in sources else ()
    undergone = any(scene.fits(head, kind) for head in wanted for kind in DONE)
    told = [source for source in sources if not (undergone and source == "of")]
    given = [heads for source in told if (heads := role_source(scene, clause, source))]
    telling = (heads for heads in given if len(given) > 1 and parties(scene, heads, ANY))
    return next(telling, given[0] if given else ())


def role_source(scene: Scene, clause: Clause, source: str) -> tuple[Token, ...]:
    """The heads that one source of a role gives."""
    if source == "speaker":
        return speakers(clause.verb, scene.lexicon.governors)
    named = {
        "subj": clause.subjects,
        "obj": done_by(clause.objects),
        "iobj": clause.indirect,
        "dative": clause.indirect,
    }
    if source in named:
        return named[source]
    if source == "thatsubj":
        content = clause.clausal or clause.infinitive
        return surface_subject(content) if content is not None else ()
    heads = clause.fillers.get(source, ())
    # "refused by Congress": who does it is not the one to whom it is done
    return tuple(head for head in heads if head not in clause.subjects) if source == "by" else heads
