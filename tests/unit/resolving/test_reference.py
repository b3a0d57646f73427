"""Who is meant by pronouns, by pairs, and by those whom the text calls by their tie to another."""

from __future__ import annotations

import pytest

from tests.frames.examples import coder, reading_of
from tests.frames.examples import told as mentions


def found(text: str) -> dict[str, str]:
    """The parties of a text: ids by the words that tell them, of equal words the last."""
    parties: dict[str, str] = {}
    for scene in coder()._scenes(reading_of(text)):
        parties |= {party.text: party.id for party in scene.discourse.parties(scene.doc)}
    return parties


def sides(text: str) -> list[tuple[str, str]]:
    """Actors and recipients of each event."""
    return [
        tuple("+".join(party.id for party in side) for side in (mention.actors, mention.recipients))  # type: ignore[misc]
        for mention in mentions(text)
    ]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Iran condemned Iraq, accusing it of bowing to foreign powers.", "it", "IRQ"),
        ("President Vladimir Putin met Alexander Lukashenko and thanked him.", "him", "BLR.GOV.alexander-lukashenko"),
        ("Macron spoke to Putin and urged him to withdraw.", "him", "RUS.GOV.vladimir-putin"),
        ("Macron urged Putin to withdraw his troops.", "his troops", "RUS.MIL"),
        ("Macron spent 90 minutes on the phone to Putin urging a withdrawal of his forces.", "his forces", "RUS.MIL"),
        ("Zelensky urged Biden to send weapons to his forces.", "his forces", "UNK.MIL"),
        ("Zelensky said his forces had advanced.", "his forces", "UKR.MIL"),
    ],
)
def test_pronouns_of_speech(text: str, words: str, expected: str) -> None:
    assert found(text)[words] == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("President Volodymyr Zelensky thanked the fighters for their courage.", "fighters", "UKR.MIL"),
        ("Kyiv's men attacked a bridge.", "Kyiv's men", "UKR.MIL"),
        ("The White House's men arrived.", "White House's men", "USA.CVL"),
        ("The warlord Jonas Savimbi's men attacked a convoy.", "Jonas Savimbi's men", "AGO.REB"),
        ("A suicide bomber killed nine people in Baghdad.", "suicide bomber", "UNK.UAF"),
        ("A Hamas suicide bomber attacked a bus.", "Hamas suicide bomber", "PSE.REB.hamas"),
    ],
)
def test_whose_the_armed_are(text: str, words: str, expected: str) -> None:
    assert found(text)[words] == expected


def test_a_word_that_only_modifies_is_nobody() -> None:
    assert not any("REB" in actors for actors, _ in sides("A terrorist bombing killed four people in Madrid."))
    assert found("The national defence ministry of Poland condemned the raid.") == {
        "national defence ministry": "POL.GOV"
    }
    assert found("National police arrested two students.")["National police"] == "UNK.COP"


@pytest.mark.parametrize(
    "text",
    [
        "France criticised Ukraine's allies.", "Police arrested the president's opponents.",
        "France warned Israel's neighbours.", "Iran threatened Turkey's partners.",
    ],
)  # fmt: skip
def test_an_ally_is_not_whose_ally_he_is(text: str) -> None:
    assert all(recipients == "" for _, recipients in sides(text))


def test_an_ally_who_is_named_is_known() -> None:
    assert any(recipients == "POL" for _, recipients in sides("Russia threatened Ukraine's ally Poland."))


def test_a_counterpart_is_of_another_country() -> None:
    assert "TUR.GOV" in found("Lavrov met his Turkish counterpart.").values()
    assert set(found("Lavrov met his counterpart in Ankara.").values()) == {"RUS.GOV.sergei-lavrov"}


def test_two_who_were_named_together() -> None:
    countries = sides("India and Pakistan exchanged fire. The two countries condemned the raid.")
    assert ("IND.GOV+PAK.GOV", "") in countries
    leaders = sides("Macron met Zelensky in Paris. The two leaders condemned the raid.")
    assert ("FRA.GOV.emmanuel-macron+UKR.GOV.volodymyr-zelenskyy", "") in leaders
    three = found("India, Nepal and Pakistan held talks. The two countries agreed to a ceasefire.")
    assert set(three) == {"India", "Nepal", "Pakistan"}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Rebels in Sudan killed six farmers.", "Rebels", "SDN.REB"),
        ("NATO Defence Ministers met in Brussels.", "NATO Defence Ministers", "IGO.nato"),
        ("Foreign Ministers of Egypt and Jordan met.", "Foreign Ministers", "EGY.GOV"),
        ("The West African bloc ECOWAS said it had suspended Niger.", "ECOWAS", "IGO.ecowas"),
        ("Mr Putin met Mr Lukashenko.", "Putin", "RUS.GOV.vladimir-putin"),
    ],
)
def test_capitals_do_not_hide_who_it_is(text: str, words: str, expected: str) -> None:
    parties = found(text)
    assert parties[words] == expected
    assert "INT.west" not in parties.values()
