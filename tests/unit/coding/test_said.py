"""What is only said: promises, refusals and threats told with "will" and "would", in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


def brief(mention: Mention) -> tuple[str, str, str]:
    """Type, actor ids, recipient ids."""
    sides = ("+".join(party.id for party in side) for side in (mention.actors, mention.recipients))
    actors, recipients = sides
    return mention.type, actors, recipients


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        # of oneself
        ("Iran said it would respond in kind if Israel struck again.", ("THREATEN", "IRN.GOV", "ISR")),
        ("Chad said it was ready to send tents to Sudan.", ("AGREE", "TCD.GOV", "SDN")),
        ("Kenya will contribute 40 trucks to Somalia, the minister told parliament.", ("AGREE", "KEN.GOV", "SOM")),
        ("Norway to give Moldova ten ambulances, says minister", ("AGREE", "NOR.GOV", "MDA")),
        ("Egypt said it would not extend aid to Sudan.", ("REJECT", "EGY.GOV", "SDN")),
        ("Mali saw no need for talks with France, it said.", ("REJECT", "MLI.GOV", "FRA")),
        ("Niger said it was open to talks.", ("AGREE", "NER.GOV", "")),
        # of others
        ("Ghana warned that Togo would pay a heavy price.", ("THREATEN", "GHA.GOV", "TGO")),
        ("Any Chadian raid will be treated as an act of war, Libya said.", ("THREATEN", "LBY.GOV", "TCD")),
        ("Peru said Chile had breached the treaty.", ("ACCUSE", "PER.GOV", "CHL")),
        # whom it is meant for
        ("Chad gave Libya two days to withdraw or face war.", ("THREATEN", "TCD.GOV", "LBY")),
        ("Togo left the pact, a move Ghana called unacceptable.", ("ACCUSE", "GHA.GOV", "TGO")),
        # where the parser hangs somebody elsewhere
        ("Peru, Chile reach border deal", ("AGREE", "PER.GOV+CHL.GOV", "")),
        ("Japan offers Fiji two patrol boats", ("AGREE", "JPN.GOV", "FJI")),
        ("The Vatican implored both sides to stop the war.", ("REQUEST", "VAT.GOV", "")),
        # decided
        ("The Danish parliament voted to recognise Kosovo.", ("SUPPORT", "DNK.LEG", "XKX")),
    ],
)
def test_what_is_said(told: Told, sentence: str, event: tuple[str, str, str]) -> None:
    found = [brief(mention) for mention in told(sentence) if mention.status == "happened"]
    assert any(kind == event[0] and acting == event[1] and who.startswith(event[2]) for kind, acting, who in found), (
        found
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Ukraine warned that Russia would attack in the spring.",
        "The farmers will pay a high price for the drought, the minister of Chad said.",
        "The government of Togo said it would respond to the report in writing.",
        "The coach of Chile said his team would strike back in the second leg.",
        "The company said it would cooperate with the auditors.",
        "The prime minister of Peru urged his party to stay united.",
        "Most Germans oppose the pension reform.",
        "Turkey said it would build a new airport in Izmir.",
    ],
)
def test_what_is_no_deed_of_words(told: Told, sentence: str) -> None:
    assert [brief(mention) for mention in told(sentence) if mention.confidence >= 0.68] == []
