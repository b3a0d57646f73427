"""Leads and sentences in capitals, written as they would be elsewhere: `RUSSIA is` is `Russia is`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from babel import Locale

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading.mapped import Edit, Mapped
from streams.reading.phrases import words
from streams.remembering import ByLine

_INSIDE = re.compile(r"(?:(?<=[a-z] )|(?<=[a-z], ))[^\W\d_][\w.’'-]*[^\W_]|(?<=\()[A-Z]{2,10}(?=\))")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_DATELINE = re.compile(r"\s?(?:[,/:(]|[-–—]\s|\.\s?[-–—])")
_LEAST_WORDS = 5
"""So many words in capitals are a sentence and no name."""


@dataclass(frozen=True)
class Spellings:
    """How the article itself writes words inside its sentences."""

    texts: tuple[str, ...]

    @cached_property
    def usual(self) -> dict[str, str]:
        """The most frequent spelling of each word that follows a lower-case word or a comma, by its lower-case form.

        Few articles have capitals to be recased, so it is not counted before it is asked for.
        """
        counts: Counter[str] = Counter()
        for text in self.texts:
            if text.upper() != text:
                counts.update(_INSIDE.findall(text))
        usual: dict[str, str] = {}
        for form in sorted(counts):
            folded = form.casefold()
            if folded not in usual or counts[form] > counts[usual[folded]]:
                usual[folded] = form
        return usual

    def write(self, word: str, *, starts: bool) -> str:
        """`word`, given in capitals, as it stands in a sentence; `starts` if it begins one."""
        if word in words("acronyms"):
            return word
        base = re.sub(r"[’']S$", "", word)
        known = self.usual.get(base.casefold()) or _names().get(base.casefold())
        new = (known if known and len(known) == len(base) else base.lower()) + word[len(base) :].lower()
        if starts:
            new = new[:1].upper() + new[1:]
        return new if len(new) == len(word) else word


@forgotten_with_lexicon
@cache
def _names() -> dict[str, str]:
    """Words that are written with a capital in English: of countries, their peoples, months and days."""
    english = Locale("en")
    found = [str(name) for name in english.territories.values()]
    found += [str(name) for names in (english.months, english.days) for name in names["format"]["wide"].values()]
    countries = {word.casefold(): word for name in found for word in _WORD.findall(name) if word[0].isupper()}
    return countries | {word.casefold(): word for word in words("nationalities")}


def recase(text: Mapped, spellings: Spellings, *, caption: bool) -> Mapped:
    """`text` with the capitals at its start, or all of it, recased; a caption's label gets a colon."""
    end, count = _capitals(text.text)
    rest = text.text[end:]
    if count == 0 or (rest and _DATELINE.match(rest)):
        return text
    following = rest.lstrip()[:1]
    sentence = count >= _LEAST_WORDS
    label = caption and following.isupper() and not sentence
    lead = following.islower() or following.isdigit()
    if not (sentence or label or lead) or (count == 1 and not _is_word(text.text[:end], spellings)):
        return text
    new = Mapped(_rewritten(text.text[:end], spellings) + rest, text.offsets)
    return new.edited([Edit(end, end, ":")]) if label and text.text[end - 1].isalnum() else new


def _is_word(alone: str, spellings: Spellings) -> bool:
    """False for what may be an abbreviation: a single word that is short, listed, or written in capitals elsewhere."""
    word = alone.strip("“\"‘' .")
    known = spellings.usual.get(word.casefold())
    if word in words("acronyms") or (known is not None and known.isupper()):
        return False
    return known is not None or word.casefold() in _names() or len(word) > 5 or (len(word) > 3 and _spoken(word))


def _spoken(word: str) -> bool:
    return bool(re.search(r"[AEIOUY]", word)) and not re.search(r"[^AEIOUY\W]{4}", word)


@ByLine
def _capitals(text: str) -> tuple[int, int]:
    """Where the run of words in capitals at the start of `text` ends, and how many words it has."""
    end = count = position = 0
    for found in re.finditer(r"\S+", text):
        letters = [character for character in found[0] if character.isalpha()]
        if any(not character.isupper() for character in letters):
            break
        if not letters and count == 0:
            break
        position = found.end()
        if len(letters) > 1 or (letters and count):
            count += 1
            end = position
        elif letters:
            count += 1
    else:
        end = position
    if end == 0:
        return 0, 0
    run = text[:end].rstrip(",;:-–—/(")
    return len(run), count


def _rewritten(capitals: str, spellings: Spellings) -> str:
    parts: list[str] = []
    done = 0
    for found in _WORD.finditer(capitals):
        gap = capitals[done : found.start()]
        starts = done == 0 or any(mark in gap for mark in (".", "!", "?", " - ", "–", "—"))
        parts += (gap, spellings.write(found[0], starts=starts))
        done = found.end()
    return "".join((*parts, capitals[done:]))
