"""Who stands on both sides, according to whom, and where, when that is told apart from the deed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


def sides(mentions: tuple[Mention, ...], type_: str) -> list[tuple[str, str]]:
    """Actors and recipients of the events of a type."""
    return [
        ("+".join(party.id for party in mention.actors), "+".join(party.id for party in mention.recipients))
        for mention in mentions
        if mention.type == type_
    ]


@pytest.mark.parametrize(
    ("sentence", "type_", "actors", "recipients"),
    [
        ("Militants ambushed a Kenyan army convoy near Dhobley on Sunday.", "ASSAULT", "KEN.REB", "KEN.MIL"),
        ("A Canadian navy ship delivered water to Tonga on Friday.", "AID", "CAN.MIL", "TON"),
        ("Greece turned back a boat carrying 60 Somali migrants on Friday.", "REJECT", "GRC.GOV", "SOM.REF"),
        ("Spain, Italy forgive Albania 120 million dollars in debt", "AID", "ESP.GOV+ITA.GOV", "ALB"),
        ("Canada, Italy send Albania 40 trucks", "AID", "CAN.GOV+ITA.GOV", "ALB"),
        ("Chad rejected a truce proposed by Libya on Monday.", "REJECT", "TCD.GOV", "LBY"),
        ("Bolivia's opposition demanded new elections on Monday.", "REQUEST", "BOL.OPP", "BOL.GOV"),
        ("Jakarta calls for urgent ASEAN meeting over clash in strait", "REQUEST", "IDN.GOV", "IGO.asean"),
        ("The Kenyan government lifted a ban on rallies on Monday.", "CONCEDE", "KEN.GOV", "KEN.CVL"),
        ("A suicide bomber blew himself up in Kandahar, killing nine policemen.", "ASSAULT", "UNK.UAF", "AFG.COP"),
        ("U.S. and Mexican police carried out a joint operation on Monday.", "COOPERATE", "USA.COP+MEX.COP", ""),
        ("An Emirati charity delivered tents to Sudanese refugees on Monday.", "AID", "ARE.SOC", "SDN.REF"),
        ("Officials from North and South Korea signed a treaty on Monday.", "AGREE", "KOR.GOV+PRK.GOV", ""),
        ("Soldiers shot ten men, Chad said, accusing Sudan of murder.", "ACCUSE", "TCD.GOV", "SDN"),
        ("Insurgents attacked Monguno in Nigeria on Monday.", "ASSAULT", "NGA.REB", "NGA"),
    ],
)
def test_both_sides(told: Told, sentence: str, type_: str, actors: str, recipients: str) -> None:
    assert (actors, recipients) in sides(told(sentence), type_)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ethiopian troops have pulled out of the Eritrean town of Barentu, the Eritrean government said.", "ERI.GOV"),
        ("Ethiopian troops have pulled out of the Eritrean town of Barentu on Friday.", None),
    ],
)
def test_source_behind_the_deed(told: Told, sentence: str, source: str | None) -> None:
    (mention,) = told(sentence)
    assert (mention.attributed_to.id if mention.attributed_to else None) == source


@pytest.mark.parametrize(
    "sentence",
    [
        '"We thank Bhutan for standing with us," Prime Minister Narendra Modi told a rally in Jhansi.',
        "India condemned Pakistan over the raid, its foreign minister said in Jhansi on Monday.",
    ],
)
def test_speech_happened_where_it_was_said(told: Told, sentence: str) -> None:
    (mention,) = told(sentence)
    assert mention.place is not None
    assert mention.place.text == "Jhansi"


def test_where_police_search_offices(told: Told) -> None:
    (mention,) = told("Belarusian police searched the Minsk offices of an opposition party on Tuesday.")
    assert mention.place is not None
    assert mention.place.name == "Minsk"
