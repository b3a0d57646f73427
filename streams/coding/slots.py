"""Whether a clause has what a verb frame asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from streams.coding.clause import Clause
from streams.coding.frames import Complement, VerbFrame
from streams.coding.said import SPOKEN_ONLY, is_own
from streams.coding.scene import Scene
from streams.coding.status import is_negated
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

BLASTS = grammar("slots.blasts")
MADE_OTHER = grammar("slots.made-other")
"""Verbs that mean something else with a particle: who takes up positions takes none."""
BESIDE = ("with", "alongside")
INDIRECT = frozenset({"iobj", "dative"})
DEEDS = frozenset({"COOPERATE", "AID", "RETREAT", "MOBILIZE", "COERCE", "ASSAULT"})
"""Types that armed force does for those whose it is."""

WORDS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})
"""Types that a spokesman, a body or a paper does for those whose it is."""


def verb_fits(scene: Scene, frame: VerbFrame, clause: Clause) -> bool:
    """Whether all that the frame asks for is there."""
    if not particle_fits(scene, frame.particles, clause):
        return False
    if not sense_fits(frame, clause.verb):
        return False
    if not subject_fits(scene, frame, clause) or not slot_fits(scene, frame.object, clause.objects):
        return False
    if natural(scene, clause.subjects) or (frame.outcome.type == "COOPERATE" and alone(scene, clause)):
        return False
    if "violence" in frame.outcome.flags and not violent(scene, clause.verb):
        return False
    return all(complement_fits(scene, part, clause) for part in frame.complements)


def sense_fits(frame: VerbFrame, verb: Token) -> bool:
    """Whether the verb is denied where the frame asks for that, and is no naming: calling him a friend is no call."""
    if "denied" in frame.outcome.flags and not is_negated(verb):
        return False
    return frame.outcome.type != "CONSULT" or all(
        child.dep_ != "oprd" or child.pos_ != "NOUN" for child in verb.children
    )


def subject_fits(scene: Scene, frame: VerbFrame, clause: Clause) -> bool:
    """Whether the subject is what the frame asks for; what armed force somebody has acts as that party does.

    But it does not speak: a ship that arrives is no visitor. In a frame of words "it" may be a speaker whom none names.
    """
    if frame.outcome.flags & SPOKEN_ONLY and clause.subjects and is_own(clause.subjects[0]):
        return True
    kinds = frame.subject
    wider = (*kinds, "asset") if "party" in kinds and frame.outcome.type in DEEDS else kinds
    wider = (*wider, "laden") if "party" in kinds and frame.outcome.type == "AID" else wider
    wider = (*wider, "voice") if "party" in kinds and frame.outcome.type in WORDS else wider
    wider = (*wider, "state") if {"@stately", "@organs"} & set(kinds) else wider
    return slot_fits(scene, wider, clause.subjects)


def particle_fits(scene: Scene, wanted: Sequence[str], clause: Clause) -> bool:
    """Whether one of the particles, or a word of a class, stands with the verb, where the frame asks for one."""
    if not wanted:
        return clause.verb.lemma_ not in MADE_OTHER or all(child.dep_ != "prt" for child in clause.verb.children)
    if "-" in wanted:
        return True
    return any(
        not clause.particles.isdisjoint(scene.lexicon.classes[word[1:]])
        if word.startswith("@")
        else word in clause.particles
        for word in wanted
    )


def alone(scene: Scene, clause: Clause) -> bool:
    """Whether all that something is done with is the actor's own: "began exercises with warships"."""
    beside = [head for word in BESIDE for head in clause.fillers.get(word, ())]
    return bool(beside) and all(map(scene.is_equipment, beside))


def natural(scene: Scene, subjects: Iterable[Token]) -> bool:
    """Whether nature or an accident did it: floods kill, but they do not attack; nor does a blast of gas."""
    return any(
        not violent(scene, subject) if subject.lemma_ in BLASTS else scene.fits(subject, "@natural")
        for subject in subjects
    )


def violent(scene: Scene, verb: Token) -> bool:
    """Whether the sentence names something violent, so that an unnamed hand may be meant."""
    words = scene.lexicon.harm["violence.word"]
    lemmas = {token.lemma_.lower() for token in verb.sent if token != verb and token.lemma_ not in BLASTS}
    return bool(lemmas & words) and not lemmas & scene.lexicon.classes["natural"]


def slot_fits(scene: Scene, kinds: Sequence[str], heads: Sequence[Token]) -> bool:
    """Whether one of the heads is of one of the kinds; `none` asks that there are none."""
    if not kinds:
        return True
    if not heads:
        return "none" in kinds
    wanted = [kind for kind in kinds if kind != "none"]
    if wanted == ["@two"] or (len(wanted) == 1 and wanted[0] == "@two"):
        return len(heads) > 1 or scene.fits(heads[0], "@two")
    return any(scene.fits(head, kind) for head in heads for kind in wanted)


def complement_fits(scene: Scene, part: Complement, clause: Clause) -> bool:
    """Whether the clause or prepositional phrase that the frame asks for is there."""
    if part.words == ("to-v",):
        return clause.infinitive is not None and verb_in(scene, clause.infinitive, part.fillers)
    if part.words == ("ing",):
        gerunds = (child for child in clause.verb.children if child.tag_ == "VBG" and child.dep_ in {"xcomp", "dobj"})
        return any(scene.fits(child, kind) for child in gerunds for kind in part.fillers)
    if part.words == ("that",):
        return clause.clausal is not None and verb_in(scene, clause.clausal, part.fillers)
    for word in part.words:
        if word == "-" or (not part.fillers and word in clause.particles):
            return True
        heads = clause.indirect if word in INDIRECT else clause.fillers.get(word, ())
        if heads and (not part.fillers or any(scene.fits(h, kind) for h in heads for kind in part.fillers)):
            return True
    return False


def subjunctive(verb: Token) -> bool:
    """Whether the content of a past verb stands in its bare form: "insisted that the troops leave"."""
    bare = not any(child.dep_ in {"aux", "auxpass"} and child.lower_ != "be" for child in verb.children)
    return bare and verb.tag_ in {"VB", "VBP", "VBN"} and verb.head.tag_ in {"VBD", "VBN"} and verb.lemma_ != "be"


def obliged(verb: Token) -> bool:
    """Whether it is said that somebody must do it; to be of some mood is no deed: "should be proud"."""
    modal = any(child.dep_ == "aux" and child.lower_ in {"must", "should"} for child in verb.children)
    return modal and not (verb.lemma_ == "be" and any(child.dep_ == "acomp" for child in verb.children))


def verb_in(scene: Scene, verb: Token, fillers: Sequence[str]) -> bool:
    """Whether the governed verb is of a class; `@must` asks for an obligation, `@not` for a negation."""
    if not fillers:
        return True
    if "@must" in fillers and obliged(verb):
        return True
    if "@subjunctive" in fillers and subjunctive(verb):
        return True
    if "@not" in fillers and is_negated(verb):
        return True
    return any(verb.lemma_.lower() in scene.lexicon.classes[kind[1:]] for kind in fillers)
