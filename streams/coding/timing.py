"""When the text says it was: every temporal expression of a document, read in order and by the tense around it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from streams.coding.scene import Scene
from streams.extending.grammar import grammar
from streams.parsing.tokens import Doc, Token
from streams.reading.times import FoundTime, find_times
from streams.reading.times_words import words
from streams.records import DateWindow

_AHEAD = grammar("timing.ahead")
_BEHIND = grammar("timing.behind")
_NOW = grammar("timing.now")


@dataclass(slots=True)
class Timeline:
    """Reads the times of one paragraph after the other, and remembers at which day the story is."""

    published: DateWindow
    entry: int = 0
    day: DateWindow | None = None

    def read(self, scene: Scene) -> tuple[FoundTime, ...]:
        """The expressions of the paragraph; offsets are those of its parse, so a dateline's are negative."""
        if scene.paragraph.entry != self.entry:
            self.entry, self.day = scene.paragraph.entry, None
        starts = [token.idx + scene.base for token in scene.doc]

        def past(offset: int) -> bool | None:
            return tense(scene.doc, bisect_right(starts, offset) - 1)

        found = find_times(scene.paragraph.text, self.published, tense=past, story=self.day)
        self.day = next((time.window for time in reversed(found) if self._is_told(time)), self.day)
        if scene.base == 0:
            return found
        return tuple(replace(time, start=time.start - scene.base, end=time.end - scene.base) for time in found)

    def _is_told(self, time: FoundTime) -> bool:
        """Whether the story has come to that day: one day, and not one that is still to come."""
        window = time.window
        if time.type not in {"DATE", "TIME"} or window is None or window.precision != "day":
            return False
        return window.from_ is not None and (self.published.to is None or window.from_ <= self.published.to)


def tense(doc: Doc, index: int) -> bool | None:
    """Whether the verb over a token tells what is past (True) or to come (False); None when it does not say."""
    if not 0 <= index < len(doc):
        return None
    for token in (doc[index], *doc[index].ancestors):
        if token.pos_ in {"VERB", "AUX"}:
            told = _of_verb(token)
            if told is not None or token.dep_ in {"ROOT", "conj", "ccomp", "relcl", "advcl"}:
                return told
    return None


def _of_verb(verb: Token) -> bool | None:
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    planned = verb.lemma_.lower() in words().planning
    if helpers & _AHEAD and "have" not in helpers:
        return False
    if verb.tag_ == "VBD" or helpers & _BEHIND:
        return None if planned else True
    if verb.tag_ == "VBN":
        return False if planned else None if helpers else True
    if verb.tag_ == "VBG" and helpers & _NOW:
        return False
    if verb.tag_ == "VB" and "to" in helpers and verb.head.lemma_.lower() in words().planning:
        return False
    return False if verb.tag_ in {"VBZ", "VBP"} and verb.lemma_.lower() in words().scheduled else None
