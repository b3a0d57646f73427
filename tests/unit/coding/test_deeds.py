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
