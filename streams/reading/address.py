"""Lines in which the page speaks to its reader: what it asks for, and how a live blog greets, hands over and closes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading.folding import fold
from streams.reading.phrases import words

_LONGEST = 400
_QUOTED = re.compile(r'"[^"]{0,300}"')
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*(?:5)?")
_CLAUSE = re.compile(
    r"(?:(?:^|[.!?:;|]\s|\s-\s)[^\w\"']{0,8}(?:(?:for|to|if) [^.,]{3,60}, )?(?:please )?(?:don't )?|\bplease )"
    r"([a-z]+)\b(?! (?:of|from|by|is|was|were|are|has|had)\b)"
)
_OWN = re.compile(r"\b(?:our|your|my) (?:[\w-]{1,20} )?([\w-]{2,20})")
_THIS = re.compile(
    r"\bthis (?:post|article|story|page|content|video|feature|site|piece|interview|episode|feed|blog|newsletter"
    r"|website)\b"
)
_PRICE = re.compile(r"[$€£₦₹] ?\d|\b\d{1,5} (?:euros|dollars|pounds)\b")
_STRONG = frozenset(
    {"cookies", "javascript", "html5", "newsletter", "newsletters", "unsubscribe", "browser", "paywall"}
)
_ASIDE = re.compile(r"\[[^\[\]]{0,200}\]")
_SENTENCE_END = re.compile(r"(?:!|(?<!\.)\.)[\"')\]]*$")
_TOLD = re.compile(
    r"\b(?:said|says|told|adds|added|asked|asks|warned|announced|explained|insisted|replied|wrote|urged|denied|claimed"
    r"|according to)\b"
)
_PAGE_REASONS = ("signup", "comments", "player", "advertisement", "share", "legal", "promo")
_YOU = frozenset({"you", "your", "yours", "you're", "you've", "you'll"})
_WE = frozenset({"we", "us", "our", "ours", "we're", "we've", "we'll", "me", "i'll", "i'm"})

_GREETING = re.compile(
    r"^(?:hello|hi|good (?:morning|afternoon|evening|day|night)|a (?:very )?warm welcome|welcome|thanks|thank you"
    r"|goodbye|greetings|that(?: i|')s (?:all|it))\b"
    r"|\b(?:good night|have a (?:good|nice|great) \w{1,12}|thanks? (?:you )?for \w{1,12}ing)\b"
)
_PLACE = re.compile(
    r"\b(?:this|our|the|today's|these) (?:\w{1,12} )?"
    r"(?:page|blog|liveblog|feed|file|ticker|thread|coverage|reporting|updates)\b"
)
_OWN_PLACE = re.compile(
    r"\b(?:this (?:live )?(?:page|blog|liveblog|feed|file|ticker|thread)"
    r"|our (?:\w{1,12} )?(?:blog|liveblog|feed|ticker|coverage|reporting|updates))\b"
)
_HANDOVER = re.compile(
    r"\b(?:hand(?:ing|ed)? (?:you )?(?:over|back)|picking up|taking over|take over|signing off|sign off|wrapping up"
    r"|wrap up|leav(?:e|ing) (?:you|it) (?:here|there|with)|stops here|ends here|comes? to (?:an end|a close)"
    r"|is (?:now )?(?:closed|closing|ending|over|paused)|(?:has|have) (?:now )?(?:ended|closed|finished)"
    r"|(?:are|'re|am|'m) (?:now )?(?:pausing|closing|ending|wrapping|stopping|back)|recap before)\b"
)
_SELF = re.compile(
    r"\b(?:i'm|i am|i'll|i will|we'll|we will|we are|we're|(?:this is|it's) \w{2,20}(?: [\w-]{2,20})?(?: here|, |\."
    r"| and | [a-z]+ing\b)|\w{2,20} here\b|(?:stay|stick|bear) (?:with|tuned)|joining (?:us|me)|with you\b"
    r"|being with us|from (?:us|me)\b|with (?:us|me)\b|(?:bring|bringing|keep|keeping) you\b)"
)


def reason(line: str) -> str | None:
    """Why a line that speaks to the reader is no part of the article, or None.

    What is quoted, and what somebody is reported to have said, is not the page's own voice.
    """
    if len(line) > _LONGEST:
        return None
    folded = _own_words(line)
    if _TOLD.search(folded):
        return None
    if _greets(folded):
        return "liveblog"
    strength = strength_of(folded)
    if strength < 3:
        return None
    # A line that ends like a sentence has to speak up more than the text of a link or button.
    ended = _SENTENCE_END.search(fold(line)) and _STRONG.isdisjoint(_TOKEN.findall(folded))
    return page_word(folded) if strength >= (4 if ended else 3) else None


def supported(line: str) -> bool:
    """True when a long sentence that begins like a request of the page is one, and not part of the report."""
    folded = _own_words(line)
    return not _TOLD.search(folded) and strength_of(folded) >= 4


def told(line: str) -> bool:
    """True when `line` reports what somebody said."""
    return bool(_TOLD.search(_own_words(line)))


def speaks_up(line: str) -> bool:
    """True when `line` names a part of the page and somebody there: `our editors`, `share this video`."""
    folded = _own_words(line)
    return not _TOLD.search(folded) and page_word(folded) is not None and strength_of(folded) >= 2


def asks(line: str) -> bool:
    """True when `line` begins with a request to the reader, whatever about."""
    found = _CLAUSE.match(_own_words(line))
    return found is not None and found[1] in words("urging")


def speaks(line: str) -> bool:
    """True when `line` asks its reader for something that is the reader's own, or the page's."""
    folded = _own_words(line)
    return not _TOLD.search(folded) and strength_of(folded) >= 3


@lru_cache(maxsize=1024)
def _own_words(line: str) -> str:
    """`line`, folded, without what stands in quotation marks or square brackets."""
    return _ASIDE.sub(" ", _QUOTED.sub(" ", fold(line)))


def page_word(folded: str) -> str | None:
    """The reason that goes with the first word of a page's furniture in `folded`, or None."""
    found = set(_TOKEN.findall(folded))
    why = next((why for why in _PAGE_REASONS if found & words(f"page_{why}")), None)
    return why or ("signup" if _PRICE.search(folded) else None)


@forgotten_with_lexicon
@cache
def _page_words() -> frozenset[str]:
    """All words of a page's furniture."""
    return frozenset().union(*(words(f"page_{why}") for why in _PAGE_REASONS))


@forgotten_with_lexicon
@lru_cache(maxsize=1024)
def strength_of(folded: str) -> int:
    """How strongly `folded` speaks to a reader: requests count two, persons and words of the page one each."""
    tokens = _TOKEN.findall(folded)
    asked = [found[1] for found in _CLAUSE.finditer(folded) if found[1] in words("urging")]
    speaking = (not _YOU.isdisjoint(tokens)) + (not _WE.isdisjoint(tokens)) + bool(_THIS.search(folded))
    if not asked and not speaking:
        return 0
    page = _page_words().intersection(tokens)
    # The same word is not both the request and its object: `Comment from the governor was brief.`
    page -= {asked[0]} if tokens.count(asked[0] if asked else "") == 1 else set()
    own = any(found[1] in page or found[1] in {"read", "reads"} for found in _OWN.finditer(folded))
    named = min(2 * len(page & _STRONG) + len(page - _STRONG) + bool(_PRICE.search(folded)), 2)
    return 2 * bool(asked) + 2 * own + speaking + named


def keeps_company(line: str) -> bool:
    """True when `line` greets, hands over or closes a live blog."""
    return _greets(_own_words(line))


def _greets(folded: str) -> bool:
    """True for greetings, hand-overs and closings: two signs of them, of which one names the page or a change."""
    greets = bool(_GREETING.search(folded))
    if greets and len(folded.split()) <= 4:
        return bool(re.match(r"(?:hello|hi|good (?:morning|afternoon|evening)|welcome)\b[\w ,]{0,80}[.!]?$", folded))
    hands_over, own = bool(_HANDOVER.search(folded)), bool(_OWN_PLACE.search(folded))
    if not (greets or hands_over or own):
        return False
    placed, speaks = bool(_PLACE.search(folded)), bool(_SELF.search(folded))
    return (own and (greets or hands_over or speaks)) or (greets and (placed or speaks)) or (hands_over and speaks)
