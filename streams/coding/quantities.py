"""Amounts of money and goods, and the weapons that a sentence names."""

from __future__ import annotations

import re

from streams.coding.frames import Lexicon
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span
from streams.records import Amount

MONEY = re.compile(
    r"(?P<sign>[$€£]|US\$|Rs\.? ?)(?P<a>\d[\d,]*(?:\.\d+)?) ?(?P<b>thousand|million|billion|trillion|bn|m\b)?"
    r"|(?P<c>\d[\d,]*(?:\.\d+)?) (?P<d>thousand |million |billion |trillion )?"
    r"(?P<unit>dollars?|euros?|pounds?|rupees|roubles|rubles|yuan|yen|tonnes|tons)\b"
)
SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "Rs": "INR"}
UNITS = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "rupee": "INR", "rouble": "RUB", "ruble": "RUB",
         "yuan": "CNY", "yen": "JPY", "tonne": "t", "ton": "t"}  # fmt: skip
FACTORS = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "": 1.0}
LONGEST = 30
"""Digits of an amount; more of them are no amount."""
VAGUE = grammar("quantities.vague")


def amounts(sentence: Span) -> tuple[Amount, ...]:
    """Sums of money and weights in a sentence, in the order of the text."""
    found = []
    for match in MONEY.finditer(sentence.text):
        digits = (match["a"] or match["c"]).replace(",", "")
        if len(digits) > LONGEST:
            continue
        factor = FACTORS[(match["b"] or match["d"] or "").strip()]
        sign = (match["sign"] or "").strip(" .")
        unit = SIGNS[sign] if sign else UNITS[match["unit"].rstrip("s")]
        after = re.match(r" (?:in|of|worth of) (\w+)", sentence.text[match.end() :])
        found.append(Amount(float(digits) * factor, unit, after.group(1) if after else ""))
    return tuple(found)


def weapons(sentence: Span, lexicon: Lexicon) -> tuple[str, ...]:
    """The weapons named, each with the words that say which kind, without doubles."""
    found: list[str] = []
    for token in sentence:
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN" or lemma not in lexicon.classes["weapon"] or lemma in VAGUE:
            continue
        kinds = [c for c in token.children if c.dep_ in {"compound", "nmod"} and c.i < token.i and not c.ent_type_]
        start = min((child.left_edge.i for child in kinds), default=token.i)
        text = token.doc[start : token.i + 1].text
        if text not in found:
            found.append(text)
    return tuple(found)
