"""Who speaks, to whom, and whether it is a deed, where grammar or another phrase tells it, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention
from tests.unit.coding.test_sentences import brief

Told = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        # bodies and papers speak for those whose they are
        ("A U.N. report accused Chad of arming rebels.", ("ACCUSE", "allege", "IGO.un", "TCD")),
        ("Serbia's leadership rejected a Croatian proposal.", ("REJECT", "change", "SRB.GOV", "HRV")),
        # a verb that was parsed as a participle, and what was hung on a day
        (
            "Venezuela's opposition alleged on Monday that the government had rigged the vote.",
            ("ACCUSE", "allege", "VEN.OPP", "VEN.GOV"),
        ),
        ("North Korea warned on Sunday of a strike against Japan.", ("THREATEN", "violence", "PRK.GOV", "JPN")),
        # a refusal until something is done
        (
            "Somalia said it would not negotiate with Ethiopia unless the port deal was cancelled.",
            ("REJECT", "meet", "SOM.GOV", "ETH.GOV"),
        ),
        ("Chile said it would not extradite the general to Peru.", ("REJECT", "assist", "CHL.GOV", "PER")),
        # parties of what is asked for, and those who do it in the passive
        (
            "Syria called for the withdrawal of American forces from its northeast.",
            ("REQUEST", "yield", "SYR.GOV", "USA.MIL"),
        ),
        ("Manila called for an urgent ASEAN meeting.", ("REQUEST", "meet", "PHL.GOV", "IGO.asean")),
        (
            "Chile requested the extradition of a former officer from Peru.",
            ("REQUEST", "assist", "CHL.GOV", "PER"),
        ),
        (
            "The Lebanese army's request for heavier weapons was refused by a committee of the U.S. Congress.",
            ("REJECT", "assist", "USA.LEG", "LBN.MIL"),
        ),
        ("A call for calm in Kenya came from Uganda.", ("REQUEST", "", "UGA.GOV", "")),
        # whom a threat is meant for
        ("North Korea threatened to sink South Korean patrol boats.", ("THREATEN", "violence", "PRK.GOV", "KOR.MIL")),
        ("Kinshasa pointed the finger at Kigali again.", ("ACCUSE", "allege", "COD.GOV", "RWA")),
        (
            "Ghana's doctors threatened to go on strike next week over their pay.",
            ("THREATEN", "restrict", "GHA.MED", "GHA.GOV"),
        ),
        (
            "Thailand turned away two boats carrying Rohingya migrants.",
            ("REJECT", "assist", "THA.GOV", "MMR.REF"),
        ),
        (
            "Protesters who block roads will be arrested, Kenya's interior ministry said.",
            ("THREATEN", "arrest", "KEN.GOV", "KEN.CVL"),
        ),
        # the mode is what is threatened, not on what condition
        (
            "The Taliban threatened to kill two German hostages unless Berlin withdrew its troops.",
            ("THREATEN", "violence", "AFG.GOV.taliban", "DEU.CVL"),
        ),
        ("Congo's government called the Rwandan raid an act of war.", ("ACCUSE", "disapprove", "COD.GOV", "RWA")),
    ],
)
def test_speech_act_has_its_parties(told: Told, sentence: str, event: tuple[str, str, str, str]) -> None:
    assert event in [brief(mention) for mention in told(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The president of Kenya urged Kenyans to plant trees.",
        "Norwegian police asked motorists to avoid the bridge near Oslo.",
        "The president of Chile said that Chile must learn from the earthquake.",
        "The Swiss envoy said that both countries should be proud.",
    ],
)
def test_advice_to_ones_own_is_no_request(told: Told, sentence: str) -> None:
    assert not [mention for mention in told(sentence) if mention.type == "REQUEST"]


def test_what_is_forbidden_to_all_has_not_happened(told: Told) -> None:
    mentions = told("Protesters who block roads will be arrested, Kenya's interior ministry said.")
    assert [mention.type for mention in mentions] == ["THREATEN"]


def test_victims_of_what_is_to_stop_are_not_asked(told: Told) -> None:
    (mention,) = told("The Philippines pleaded for the release of its captured sailors.")
    assert mention.recipients == ()
