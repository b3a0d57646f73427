"""Sentences of our own, each with the events that it tells: all types, many constructions, and near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


def brief(mention: Mention) -> tuple[str, str, str, str]:
    """Type, mode, actor ids, recipient ids."""
    return (
        mention.type,
        mention.mode,
        "+".join(party.id for party in mention.actors),
        "+".join(party.id for party in mention.recipients),
    )


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        # material conflict
        (
            "Russian shelling killed two people in Nikopol on Saturday.",
            ("ASSAULT", "heavy-weapons", "RUS.MIL", "UKR.CVL"),
        ),
        ("Israeli troops killed by Hamas near Khan Younis", ("ASSAULT", "", "PSE.REB.hamas", "ISR.MIL")),
        ("The army of Chad retook the town of Adre on Monday.", ("ASSAULT", "territory", "TCD.MIL", "TCD")),
        ("Gunmen kidnapped six villagers near Maiduguri on Tuesday.", ("ASSAULT", "abduct", "NGA.UAF", "NGA.CVL")),
        (
            "The Kenyan police fired tear gas at protesters in Nairobi.",
            ("ASSAULT", "crowd-control", "KEN.COP", "KEN.CVL"),
        ),
        ("Kenyan police arrested two opposition members in Nairobi.", ("COERCE", "arrest", "KEN.COP", "KEN.OPP")),
        ("The governor of Lagos imposed a night curfew on the state.", ("COERCE", "curfew", "NGA.GOV", "NGA.CVL")),
        ("Ottawa expelled four Russian diplomats.", ("SANCTION", "expel", "CAN.GOV", "RUS.GOV")),
        ("Canada imposed sanctions on three Iranian generals.", ("SANCTION", "discontinue", "CAN.GOV", "IRN.MIL")),
        ("A court in Rome sentenced two Libyan soldiers to six years.", ("SANCTION", "convict", "ITA.JUD", "LBY.MIL")),
        ("Algeria moved two brigades to the border with Morocco.", ("MOBILIZE", "troops", "DZA.MIL", "MAR")),
        ("North Korea test-fired a missile into the sea.", ("MOBILIZE", "weapons", "PRK.MIL", "")),
        ("About 5,000 people marched through Accra against the tax.", ("PROTEST", "demo", "GHA.CVL", "GHA.GOV")),
        ("Hundreds of protesters blocked a road in Warsaw on Friday.", ("PROTEST", "obstruct", "POL.CVL", "POL.GOV")),
        # verbal conflict
        ("Ukraine asked Germany for howitzers.", ("REQUEST", "assist", "UKR.GOV", "DEU")),
        ("The Vatican urged Israel to stop the fighting.", ("REQUEST", "yield", "VAT.GOV", "ISR")),
        ("Kyiv accused Minsk of letting drones pass.", ("ACCUSE", "allege", "UKR.GOV", "BLR")),
        ("Denmark condemned the raid.", ("ACCUSE", "disapprove", "DNK.GOV", "")),
        ("Hungary refused to let the convoy cross.", ("REJECT", "assist", "HUN.GOV", "")),
        ("Hamas rejected the truce offered by Israel.", ("REJECT", "yield", "PSE.REB.hamas", "ISR")),
        ("Turkey threatened to expel ten ambassadors.", ("THREATEN", "expel", "TUR.GOV", "")),
        ("Russia threatened to attack Poland.", ("THREATEN", "violence", "RUS.GOV", "POL")),
        # verbal cooperation
        ("Norway pledged 200 million euros for rebuilding the port.", ("AGREE", "", "NOR.GOV", "")),
        ("Canada said it would send forty ambulances to Moldova.", ("AGREE", "", "CAN.GOV", "MDA")),
        ("Peru and Chile signed a fishing treaty on Monday.", ("AGREE", "", "PER.GOV+CHL.GOV", "")),
        ("Iran and Saudi Arabia agreed to restore ties.", ("AGREE", "", "IRN.GOV+SAU.GOV", "")),
        ("Talks between Egypt and Sudan resumed in Cairo on Tuesday.", ("CONSULT", "", "EGY.GOV+SDN.GOV", "")),
        ("Egypt praised Jordan for taking in refugees.", ("SUPPORT", "", "EGY.GOV", "JOR")),
        ("Spain recognised the new government of Ecuador.", ("SUPPORT", "", "ESP.GOV", "ECU.GOV")),
        ("Japan apologised to South Korea for the incident.", ("CONCEDE", "", "JPN.GOV", "KOR")),
        ("Canada lifted sanctions on two Belarusian banks.", ("CONCEDE", "", "CAN.GOV", "BLR.BUS")),
        # material cooperation
        ("Turkey sent 30 tonnes of medicine to Somalia.", ("AID", "", "TUR.GOV", "SOM")),
        ("Russia helped by North Korea", ("AID", "", "PRK.GOV", "RUS")),
        ("Turkish and Georgian troops began a joint exercise near Kars.", ("COOPERATE", "", "TUR.MIL+GEO.MIL", "")),
        ("Chad's army withdrew from the town of Adre on Monday.", ("RETREAT", "withdraw", "TCD.MIL", "")),
        (
            "The interior minister of Kenya resigned after the vote.",
            ("RETREAT", "resign", "KEN.GOV.kithure-kindiki", ""),
        ),
        ("Colombia freed two Venezuelan prisoners.", ("RETREAT", "release", "COL.GOV", "VEN.CVL")),
        # constructions
        ("Putin's troops attacked Kharkiv.", ("ASSAULT", "", "RUS.MIL", "UKR")),
        ("The army of Chad carried out a strike on Goma.", ("ASSAULT", "", "TCD.MIL", "COD")),
        (
            "The Kremlin, which has denied the claim, accused NATO of lying.",
            ("ACCUSE", "allege", "RUS.GOV", "IGO.nato"),
        ),
        ("Israel was accused by Hamas of lying.", ("ACCUSE", "allege", "PSE.REB.hamas", "ISR")),
        ("Norway and Sweden condemned Iran.", ("ACCUSE", "disapprove", "NOR.GOV+SWE.GOV", "IRN")),
    ],
)
def test_sentence_tells_the_event(told: Told, sentence: str, event: tuple[str, str, str, str]) -> None:
    assert event in [brief(mention) for mention in told(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The president of Mexico said the economy was strong.",
        "Leeds United won the battle for the title.",
        "Floods killed 40 people in Pakistan.",
        "An earthquake hit Turkey on Monday, killing twelve people.",
        "The minister came to the office, a spokesman for Kenya's government said.",
        "Kenya's finance minister told reporters that winter would be hard.",
        "Since the Russian invasion of Ukraine, prices have risen.",
        "The president of Kenya visited Kenyan troops in Nairobi.",
        "Critics have called for a boycott of Hungary.",
        "India's air force declined to comment.",
        "Tensions between Egypt and Sudan are high.",
        "The general of Chad hopes to attack Goma.",
        "Somalia wants to buy tanks.",
        "Kenya did not condemn Uganda.",
    ],
)
def test_sentence_tells_no_event(told: Told, sentence: str) -> None:
    assert told(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "type_", "status", "negated"),
    [
        ("Germany will deliver howitzers to Ukraine next month.", "AID", "future", False),
        ("Iran may attack Israel.", "ASSAULT", "hypothetical", False),
        ("If Turkey attacks Syria, Iran will respond.", "ASSAULT", "hypothetical", False),
        ("Russian troops are shelling Kharkiv.", "ASSAULT", "ongoing", False),
        ("Chad's army captured the town of Adre in May 2012.", "ASSAULT", "historical", False),
        ("Peru and Chile did not sign the treaty.", "AGREE", "happened", True),
        ("Hamas denied having attacked the Israeli convoy.", "ASSAULT", "happened", True),
        ("Russian troops failed to capture Kharkiv.", "ASSAULT", "happened", False),
        ("Turkey plans to send tents to Syria.", "AID", "future", False),
    ],
)
def test_status(told: Told, sentence: str, type_: str, status: str, *, negated: bool) -> None:
    found = [mention for mention in told(sentence) if mention.type == type_]
    assert [(mention.status, mention.negated) for mention in found] == [(status, negated)]


def test_month_inside_a_noun_phrase_does_not_date_a_speech(told: Told) -> None:
    (mention,) = told("Kenya rejected Uganda's demand for a repeat of October's election.")
    assert (mention.type, mention.date.evidence) == ("REJECT", "published")


def test_requests_for_aid_are_not_aid(told: Told) -> None:
    found = told("Kenya asked France to send two million tents to Somalia.")
    assert [mention.type for mention in found] == ["REQUEST"]


def test_threat_absorbs_what_it_threatens(told: Told) -> None:
    assert [mention.type for mention in told("Russia threatened to bomb Poland.")] == ["THREATEN"]


def test_several_verbs_of_one_speaker(told: Told) -> None:
    found = told("Kenya condemned Uganda, thanked France and demanded an apology.")
    assert [mention.type for mention in found] == ["ACCUSE", "SUPPORT", "REQUEST"]
    assert {mention.actors[0].id for mention in found} == {"KEN.GOV"}
