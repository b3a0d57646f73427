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


def test_a_warning_of_what_others_would_do_is_no_threat(told: Told) -> None:
    assert not [m for m in told("Ukraine warned that Russia would attack Odesa.") if m.type == "THREATEN"]
    (threat,) = told("Russia warned that it would attack Poland.")
    assert (threat.type, [party.id for party in threat.recipients]) == ("THREATEN", ["POL"])


def test_who_claims_responsibility_is_the_actor(told: Told) -> None:
    (bombing,) = told(
        "A bomb exploded at a market in Peshawar, killing ten people. The Taliban claimed responsibility."
    )
    assert bombing.actors
    assert bombing.casualties.killed is not None
    assert bombing.casualties.killed.min == 10


def test_retaken_ground_is_taken_from_the_enemy_whom_the_article_knows(told: Told) -> None:
    mentions = told("Ukrainian troops recaptured the town of Izium. Russian forces shelled Kharkiv on Sunday.")
    assert [party.id for party in mentions[0].recipients] == ["RUS.MIL"]


def test_ministers_of_two_countries_are_two_parties(told: Told) -> None:
    (agreed,) = [m for m in told("The presidents of Peru and Chile signed a treaty in Arica.") if m.type == "AGREE"]
    assert [party.id for party in agreed.actors] == ["PER.GOV", "CHL.GOV"]


def test_we_in_a_quotation_are_the_speaker(told: Told) -> None:
    (thanked,) = told('"We thank Bhutan for its help," Prime Minister Narendra Modi told a rally.')
    assert thanked.actors[0].id == "IND.GOV.narendra-modi"


def test_who_is_blamed_for_a_deed_told_before_is_its_doer(told: Told) -> None:
    mentions = told(
        "Two Russian missiles hit a clinic in Sumy on Friday, killing four people. Germany deplored the strike."
    )
    assert [[party.id for party in m.recipients] for m in mentions if m.type == "ACCUSE"] == [["RUS.MIL"]]


def test_nobody_is_blamed_for_his_own_deed(told: Told) -> None:
    mentions = told(
        "Two Russian missiles hit a clinic in Sumy on Friday, killing four people. Russia deplored the strike."
    )
    assert not [m.recipients for m in mentions if m.type == "ACCUSE" and m.recipients]


def test_a_strike_of_workers_is_no_attack(told: Told) -> None:
    (strike,) = told("The Federation of Andean Miners began a strike in La Paz on Monday against the government.")
    assert (strike.type, strike.mode) == ("PROTEST", "strike")


@pytest.mark.parametrize(
    "sentence",
    [
        "Two senators support lifting the embargo on Cuba.",
        "Washington has long criticised Beijing over the yuan.",
        "Nigeria's government often accuses Niger of smuggling.",
        "Kenya's president said the country must win the war on poverty.",
        "A survey showed that voters in Peru rejected the plan of the government.",
    ],
)
def test_habits_attitudes_and_polls_are_no_events(told: Told, sentence: str) -> None:
    assert not [mention for mention in told(sentence) if mention.confidence >= 0.68]


@pytest.mark.parametrize(
    ("sentence", "type_", "actor"),
    [
        ("Rebels attacked a police station in Jaffna on Monday, killing nine officers.", "ASSAULT", "LKA.REB"),
        ("Separatists attacked a school in Aceh.", "ASSAULT", "IDN.REB"),
        (
            "Emmanuel Macron spoke by telephone with Nigeria's president on Sunday.",
            "CONSULT",
            "FRA.GOV.emmanuel-macron",
        ),
        ("General Burhan ruled out talks with the militia as long as it stays in Khartoum.", "REJECT", "SDN.MIL"),
    ],
)
def test_rebels_attack_at_home_and_people_speak_by_telephone(told: Told, sentence: str, type_: str, actor: str) -> None:
    assert [m for m in told(sentence) if m.type == type_ and m.actors and m.actors[0].id.startswith(actor)]
