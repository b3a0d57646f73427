"""Deeds told in ways that the parser or a plain frame would miss."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("A Swedish cargo plane loaded with blankets landed in Tirana on Friday.", "AID", "SWE", "ALB"),
        ("Ten Czech howitzers were handed to Moldova's army on Monday.", "AID", "CZE", "MDA"),
        ("Chadian rebels handed in their rifles at a camp near Faya-Largeau.", "RETREAT", "TCD.REB", "TCD"),
        ("Electricity was cut off across the town by the Syrian forces.", "COERCE", "SYR.MIL", ""),
        ("Turkey, Azerbaijan hold joint air drills near Ganja", "COOPERATE", "TUR", ""),
        ("Peru recalls ambassador from Quito over border remarks", "SANCTION", "PER", "ECU"),
        ("Danish and Polish frigates carried out a naval exercise off Gotland on Monday.", "COOPERATE", "DNK", ""),
        ("Angola has moved tanks to its border with Zambia on Tuesday.", "MOBILIZE", "AGO.MIL", "ZMB"),
        ("Ghanaian nurses began a strike over pay on Monday.", "PROTEST", "GHA", "GHA"),
        ("Rallies went on in the Bolivian town of Oruro on Sunday.", "PROTEST", "BOL.CVL", "BOL.GOV"),
        ("On 5 May 2024, North Korea test-fired two missiles.", "MOBILIZE", "PRK.MIL", ""),
        ("On Sunday, 17 March 2024, a Malian jet fired rockets at a clinic in Kidal.", "ASSAULT", "MLI.MIL", "MLI"),
        ("The court in Accra found Ghana's former defence minister guilty of treason.", "SANCTION", "GHA.JUD", "GHA"),
        ("The accord that Ethiopia and Djibouti reached last week helps trade.", "AGREE", "ETH", ""),
        ("Three lorries with tonnes of maize from Qatar rolled into Lodwar in Kenya.", "AID", "QAT", "KEN"),
        ("Hackers working for the Belarusian army brought down Latvia's servers.", "COERCE", "BLR.MIL", "LVA"),
    ],
)
def test_a_deed_is_found_with_its_parties(told: Told, text: str, type_: str, actor: str, recipient: str) -> None:
    found = [mention for mention in told(text) if mention.type == type_]

    assert found
    assert any(party.id.startswith(actor) for party in found[0].actors)
    assert not recipient or any(party.id.startswith(recipient) for party in found[0].recipients)


@pytest.mark.parametrize(
    "text",
    [
        "A tourist boat entered the bay near Split.",
        "A Kenyan cargo plane with roses landed in Amsterdam on Monday.",
        "The Polish team trained with the Danish side on Tuesday.",
    ],
)
def test_what_only_looks_like_a_deed_of_force_is_none(told: Told, text: str) -> None:
    assert not told(text)


def test_what_a_relative_clause_tells_as_past_has_happened(told: Told) -> None:
    text = "Chile will rebuild the bridge that Bolivian rebels blew up on Sunday."

    assert [mention.status for mention in told(text) if mention.type == "ASSAULT"] == ["happened"]


def test_an_attack_with_a_day_of_its_own_is_sure(told: Told) -> None:
    text = "The mayor spoke of {} attack on a police station in the Malian town of Gao."
    dated, undated = (told(text.format(words)) for words in ("Tuesday's", "the"))

    assert dated[0].confidence > undated[0].confidence


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipient"),
    [
        ("India's minister Anil Rao and Nepali President Hari Thapa met in Pokhara.", "CONSULT", "IND NPL", ""),
        ("U.S. and Mexican agents carried out a joint operation on Monday.", "COOPERATE", "USA MEX", ""),
        ("Latvian and Estonian police arrested smugglers in a joint search on Monday.", "COOPERATE", "LVA EST", ""),
        ("Chile's congress adopted a motion praising Ghana.", "SUPPORT", "CHL", "GHA"),
        ("A resolution condemning Togo was adopted by Kenya's parliament.", "ACCUSE", "KEN", "TGO"),
        ("European Union ministers meeting in Brussels on Monday praised Moldova's reforms.", "SUPPORT", "IGO", "MDA"),
        ("Kuwait's emir promised Somalia's president $50 million for roads.", "AGREE", "KWT", "SOM"),
        ("Buses between Dhaka and Kolkata resumed on Sunday.", "COOPERATE", "BGD IND", ""),
        ("Yemeni soldiers freed two engineers who had been held by tribesmen.", "AID", "YEM", ""),
        ("A consignment of 20 Slovak tanks was handed over to Ukrainian forces.", "AID", "SVK", "UKR"),
        ("The IMF disbursed $188 million to Zambia on Thursday.", "AID", "IGO", "ZMB"),
        ("Peru's president and Bolivia's president conferred by video link on Sunday.", "CONSULT", "PER BOL", ""),
        ("The government of Niger and striking teachers' unions met on Tuesday.", "CONSULT", "NER NER", ""),
        ("Fiji's government withdrew a fuel tax after weeks of protests.", "CONCEDE", "FJI", ""),
        ("France said it would pull its troops out of Niger.", "CONCEDE", "FRA", "NER"),
        ("China undertook to build a dam in Cambodia.", "AGREE", "CHN", "KHM"),
        ("The rebels said they were suspending attacks in Mali on Monday.", "CONCEDE", "", ""),
        ("A summit of NATO leaders opened in Vilnius on Tuesday.", "CONSULT", "IGO", ""),
        ("Jordan's air force dropped food parcels over Gaza on Monday.", "AID", "JOR", "PSE"),
    ],
)
def test_who_deals_with_whom_is_found(told: Told, text: str, type_: str, actors: str, recipient: str) -> None:
    found = [mention for mention in told(text) if mention.type == type_]

    assert found
    heads = {party.id[:3] for party in (*found[0].actors, *found[0].recipients)}
    assert set(actors.split()) <= heads
    assert not recipient or recipient in {party.id[:3] for party in found[0].recipients}


@pytest.mark.parametrize(
    "text",
    [
        "The Chinese navy held drills with two destroyers on Tuesday.",
        "Tourists from Israel visited Dubai on Monday.",
        "A flight from Paris landed in Tunis on Monday.",
    ],
)
def test_those_without_a_partner_deal_with_nobody(told: Told, text: str) -> None:
    assert not [mention for mention in told(text) if mention.type in {"CONSULT", "COOPERATE", "AID"}]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The ministers of Armenia and Azerbaijan met in Tbilisi on Friday.", "third-party"),
        ("The ministers of Armenia and Georgia met in Tbilisi on Friday.", ""),
        ("Mercosur leaders met in Montevideo on Monday.", "multilateral"),
    ],
)
def test_the_place_and_the_parties_tell_how_they_met(told: Told, text: str, mode: str) -> None:
    assert [mention.mode for mention in told(text) if mention.type == "CONSULT"] == [mode]
