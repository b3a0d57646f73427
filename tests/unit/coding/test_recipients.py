"""Who is on the receiving side where no phrase of the clause names a country, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


def receivers(mentions: tuple[Mention, ...], type_: str) -> list[str]:
    """Recipient ids of the events of a type."""
    return [party.id for mention in mentions if mention.type == type_ for party in mention.recipients]


@pytest.mark.parametrize(
    ("sentence", "type_", "wanted"),
    [
        ("Kenya's opposition blamed the government.", "ACCUSE", ["KEN.GOV"]),
        ("Moldova's president asked parliament to approve the law.", "REQUEST", ["MDA.LEG"]),
        ("Georgian police arrested 40 demonstrators outside the station.", "COERCE", ["GEO.CVL"]),
        ("The president of Chile declared a curfew in Santiago.", "COERCE", ["CHL.CVL"]),
        ("Wagner fighters withdrew from Kidal on Sunday.", "RETREAT", ["MLI"]),
        ("Kenya refused to receive a Ugandan delegation.", "REJECT", ["UGA.GOV"]),
        ("Turkey refused to negotiate with Cyprus.", "REJECT", ["CYP"]),
        ("Serbia rejected the European Union's proposal.", "REJECT", ["IGO.eu"]),
        ("Poland condemned the killing of two monks by Russian troops.", "ACCUSE", ["RUS.MIL"]),
        ("Poland condemned the killing of two monks.", "ACCUSE", []),
        ("A minister of Togo resigned in Lome on Friday.", "RETREAT", []),
    ],
)
def test_recipient_of_one_sentence(told: Told, sentence: str, type_: str, wanted: list[str]) -> None:
    assert receivers(told(sentence), type_) == wanted


def test_who_fights_at_home_hits_his_own_country(told: Told) -> None:
    mentions = told("Clashes broke out in Kassala on Monday. Sudanese army guns pounded the eastern districts.")
    assert "SDN" in receivers(mentions, "ASSAULT")


def test_expelled_from_a_country_is_by_it(told: Told) -> None:
    (mention,) = told("A Polish diplomat was expelled from Belarus.")
    assert [party.id for party in mention.actors] == ["BLR.GOV"]
    assert [party.id for party in mention.recipients] == ["POL.GOV"]


def test_place_of_the_speaker_is_not_the_place_of_the_deed(told: Told) -> None:
    mentions = told("Speaking in Berlin, Zelensky said Russian troops had killed 20 civilians.")
    assert [mention.place for mention in mentions if mention.type == "ASSAULT"] == [None]
