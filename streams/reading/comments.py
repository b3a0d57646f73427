"""The comments of readers under an article, from the line that counts them to the end or until the article goes on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from streams.reading.folding import bare, fold
from streams.reading.forms import is_timestamp
from streams.reading.lines import Line
from streams.remembering import ByLine

_OPENS = re.compile(
    r"(?:\d{1,5}|no|all|view all|show all|see all|read all|hide|view|show|read|load) (?:\d{1,5} )?"
    r"(?:comments?|thoughts?|replies|responses|reader comments)(?: (?:on|to|so far|yet)\b.{0,200})?"
    r"|(?:discussion|comments?|conversation|responses|reactions|what you said|have your say|the conversation)"
    r"(?: about this \w{1,10}| section)?(?:\s?[:(]?\s?\d{1,5}\)?)?(?: closed)?"
    r"|(?:\d{1,5} )?votes?|(?:your |readers'? |user |top |latest |newest |all )comments?(?: \(?\d{1,5}\)?)?"
)
_NAMED = re.compile(
    r"\W{0,3}\w[^:.!?]{0,40} (?:says|said|wrote|writes|replied|commented)\s?:?(?: on .{4,40})?$",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\W{0,3}(?:\d{1,4}[.)] ?)?(?:posted|submitted|sent|added|comment) by:? [^.!?]{2,60}", re.IGNORECASE
)
_AGED = re.compile(
    r"\W{0,3}\w[^:!?]{0,40}(?: [-|·•,])? \d{1,3} ?(?:s|m|h|d|w|mo|y|mins?|hours?|days?|weeks?|months?|years?)(?: ago)?"
)
_BUTTON = re.compile(
    r"(?:reply|report|report abuse|like|likes|share|flag|edit|delete|permalink|upvote|downvote|recommend|agree|quote"
    r"|respond|thumbs up|thumbs down|helpful|translate|hide|more|log in to reply|reply to .{1,40}|in reply to .{1,40}"
    r"|\d{1,5} (?:likes?|votes?|replies|reply|upvotes?|recommends?|agree|people like this)|top comment|edited|author"
    r"|(?:like|likes|reply|recommend|recommended|agree|disagree|share|upvotes?|score|votes?)[ :(]{1,2}\d{1,5}\)?"
    r"|(?:(?:like|reply|share|report|flag|recommend|edit|delete|permalink|quote|save)\b[ ·•|/,-]{0,3}){2,6}"
    r"|(?:\d{1,5} )?more (?:comments|replies).{0,3}|load more.{0,20}|show more.{0,20}"
    r"|liked by .{1,60}|restacks?|expand full comment|show replies|view replies|article rating|sort by.{0,30})"
)
_TO_COMMENT = re.compile(
    r"(?:sign|log|register|join|become|please|subscribe|you (?:must|need|have)|be the first|want)\b.{0,80}"
    r"\bto (?:(?:leave|post|add|write|join) (?:a|your|the) (?:comment|reply|discussion)|comment)\W?"
)
_REPLY = re.compile(
    r"(?:reply|reply to .{1,40}|(?:like|recommend)s? (?:reply|\d{1,5})|report(?: abuse)?|log in to reply)\b.{0,20}"
)
_SIGNED = re.compile(
    r"([@\w][^\d:,.]{1,30}?)[,\s·•|-]{1,3}(?=\d{1,2} [A-Z]|[A-Z][a-z]{2,8} \d{1,2},? \d{4}).{6,20}\d{1,2}[:.]\d{2}"
)
_WRITER = re.compile(r"[@\w][\w.'’ -]{1,30}")
_MOST_PARAGRAPHS = 4
"""So many paragraphs a comment can have."""

_GAP = _MOST_PARAGRAPHS + 3
"""Comments follow each other with so many lines between their marks at most."""

_PARAGRAPH = 80
_FEW_WORDS = 6
_MOST_ABOVE = 3
_PEOPLE = 2
_HEADING = re.compile(
    r"(?:(?:readers'?|user|your|all|latest|top) )?(?:comments?|responses)(?: \(?\d{1,5}\)?)?|\d{1,5} comments?"
)


def mark(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Mark comments below the paragraph at `first` with their reason.

    Two marks of comments under a line that opens them, or two buttons to reply, show that there are some. They go to
    the end, unless the article goes on below the last of them with more than one paragraph.
    """
    opened = next((i for i in range(first + 1, len(lines)) if _opens(lines[i].text.text, reasons[i])), None)
    # A button to reply also opens them, but a writer stands above it.
    found = [start for start in (opened, _unopened(lines, first)) if start is not None]
    if not found:
        return
    start = min(found)
    reasons[start] = reasons[start] or "comments"
    marks = _marks(lines, reasons, start + 1)
    if opened is not None and _by_name_only(lines, first, opened):
        for i in range(opened, len(lines)):
            reasons[i] = reasons[i] or "comments"
        return
    # `The governor said:` is a writer only where dates or buttons stand beside it.
    if not any(_shows(lines, i) for i in marks) or all(_NAMED.fullmatch(lines[i].text.text) for i in marks):
        return
    # A single one may be a button below the article; its writer still shows where a comment is.
    last = marks[-1] if marks else start
    end = last + 1
    if marks and _writes(lines[last].text.text):
        while end < len(lines) and _is_furniture(lines[end].text.text, reasons[end]):
            end += 1
        end = min(end + 1, len(lines))
    rest = [i for i in range(end, len(lines)) if reasons[i] is None and _is_paragraph(lines[i].text.text)]
    if len(marks) >= 2 and len(rest) < 2:
        end = len(lines)
    for i in range(start, end):
        reasons[i] = reasons[i] or "comments"


def _by_name_only(lines: Sequence[Line], first: int, opened: int) -> bool:
    """True when under the heading to the end each text stands below a short name, as comments without dates do.

    Several paragraphs have to stand above it: a count of comments on top of an article heads nothing.
    """
    texts = [line.text.text for line in lines[opened + 1 :]]
    above = sum(_ends(line.text.text) for line in lines[first:opened])
    if above < _MOST_ABOVE or not texts or not _HEADING.fullmatch(bare(fold(lines[opened].text.text))):
        return False
    names = [i for i, text in enumerate(texts) if not _ends(text)]
    apart = all(
        0 < after - before - 1 <= _MOST_PARAGRAPHS for before, after in itertools.pairwise([*names, len(texts)])
    )
    few = all(_WRITER.fullmatch(texts[i]) and len(texts[i].split()) <= _FEW_WORDS // 2 for i in names)
    return len(names) >= _PEOPLE and names[0] == 0 and apart and few


def _ends(text: str) -> bool:
    return text.rstrip("\"”’')]» ")[-1:] in set(".!?…")


def _opens(text: str, reason: str | None) -> bool:
    return reason == "comments" or _is_opening(text)


@ByLine
def _is_opening(text: str) -> bool:
    if len(text) <= 120 and _TO_COMMENT.fullmatch(fold(text)):
        return True
    return len(text) <= 200 and bool(_OPENS.fullmatch(bare(fold(text)) + (")" if text.endswith(")") else "")))


def _unopened(lines: Sequence[Line], first: int) -> int | None:
    """The line of the first writer where no line opens the comments, but buttons to reply stand below them."""
    replies = [i for i in range(first + 1, len(lines)) if _replies(lines[i].text.text)]
    if len(replies) < 2:
        return None
    above = range(max(replies[0] - _GAP, first + 1), replies[0])
    dated = next((i for i in above if _dates(lines[i].text.text) or _writes(lines[i].text.text)), None)
    if dated is None:
        return None
    named = dated - 1 > first and _dates(lines[dated].text.text) and _WRITER.fullmatch(lines[dated - 1].text.text)
    return dated - 1 if named else dated


def _marks(lines: Sequence[Line], reasons: Sequence[str | None], start: int) -> list[int]:
    """Indexes of what stands around comments: writers, times and buttons, until too many lines lie between them."""
    found: list[int] = []
    for i in range(start, len(lines)):
        if i - (found[-1] if found else start - 1) > _GAP:
            break
        text = lines[i].text.text
        if len(text) <= 100 and (reasons[i] == "comments" or _writes(text) or _dates(text) or _is_button(text)):
            found.append(i)
    return found


def _shows(lines: Sequence[Line], at: int) -> bool:
    """True for what stands nowhere but at comments: a writer, a button to reply, a name above a date with a time."""
    text, above = lines[at].text.text, lines[at - 1].text.text
    named = bool(_WRITER.fullmatch(above)) and above[-1] != "." and len(above.split()) <= _FEW_WORDS // 2
    return _writes(text) or _replies(text) or (named and ":" in text and _dates(text))


def _writes(text: str) -> bool:
    aged = len(text.split()) <= _FEW_WORDS and _AGED.fullmatch(fold(text))
    return len(text) <= 100 and bool(aged or _NAMED.fullmatch(text) or _POSTED.fullmatch(text) or _signs(text))


def _signs(text: str) -> bool:
    """True for `Ann 12 May 2017 09:01`: a name of few words before a date with a time."""
    found = _SIGNED.match(text)
    return found is not None and len(found[1].split()) <= 3 and _dates(text[found.end(1) :].strip(" ,·•|-"))


def _dates(text: str) -> bool:
    return len(text) <= 60 and is_timestamp(text)


def _is_button(text: str) -> bool:
    return len(text) <= 100 and bool(_BUTTON.fullmatch(bare(fold(text))))


def _replies(text: str) -> bool:
    return len(text) <= 60 and bool(_REPLY.fullmatch(bare(fold(text))))


def _is_furniture(text: str, reason: str | None) -> bool:
    return reason is not None or _dates(text) or _is_button(text)


def _is_paragraph(text: str) -> bool:
    return len(text) >= _PARAGRAPH and _ends(text)
