"""Who does it, and to whom, where the parser hung a phrase on another word, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


def sides(mentions: tuple[Mention, ...], type_: str) -> list[tuple[list[str], list[str]]]:
    """Actor and recipient ids of the events of a type."""
    return [([p.id for p in m.actors], [p.id for p in m.recipients]) for m in mentions if m.type == type_]


@pytest.mark.parametrize(
    ("sentence", "type_", "actor", "recipient"),
    [
        ("A Kenyan senator was found guilty of fraud by a Nairobi court.", "SANCTION", "KEN.JUD", "KEN.LEG"),
        ("Internet access across Togo was cut off on orders of the army.", "COERCE", "TGO.MIL", "TGO"),
        ("Burundi became on Friday the first country to leave the International Criminal Court.", "SANCTION", "BDI.GOV",
         "IGO.icc"),
        ("Two Turkish teachers sacked in a purge have been on hunger strike.", "PROTEST", "TUR.EDU", "TUR.GOV"),
        ("About 70,000 South African platinum miners downed tools on Thursday.", "PROTEST", "ZAF.LAB", "ZAF.GOV"),
        ("Washington suspended $300 million in military aid to Pakistan on Saturday.", "SANCTION", "USA.GOV", "PAK"),
        ("EU ministers agreed to extend sanctions on Belarusian officials.", "SANCTION", "IGO.eu", "BLR.GOV"),
        ("Canada declared Chinese diplomat Zhao Wei persona non grata.", "SANCTION", "CAN.GOV", "CHN.GOV.zhao-wei"),
    ],
)  # fmt: skip
def test_phrases_that_hang_elsewhere(told: Told, sentence: str, type_: str, actor: str, recipient: str) -> None:
    assert ([actor], [recipient]) in sides(told(sentence), type_)


def test_things_among_ruins_have_no_doer(told: Told) -> None:
    assert not told("Residents of Gaza among destroyed houses.")


def test_what_a_measure_is_for_is_no_deed(told: Told) -> None:
    kinds = [mention.mode for mention in told("Peru declared a state of emergency in Puno to halt protests.")]
    assert kinds == ["martial-law"]


def test_a_capital_that_names_an_accord_is_no_party(told: Told) -> None:
    assert sides(told("Brazil withdrew from the Paris agreement."), "SANCTION") == [(["BRA.GOV"], [])]


def test_a_crowd_is_of_where_it_marches(told: Told) -> None:
    ((actors, _),) = sides(told("Students marched to the consulate of Japan in Guangzhou."), "PROTEST")
    assert actors == ["CHN.EDU"]


def test_prisoners_fast_against_those_who_hold_them(told: Told) -> None:
    found = sides(told("Palestinian prisoners held in Israel began a hunger strike."), "PROTEST")
    assert found == [(["PSE.CVL"], ["ISR.GOV"])]


def test_people_under_the_law_are_of_its_country(told: Told) -> None:
    assert sides(told("Police in Vanuatu locked up 30 of them."), "COERCE") == [(["VUT.COP"], ["VUT"])]


def test_property_of_people_abroad_is_frozen_as_a_sanction(told: Told) -> None:
    found = sides(told("Switzerland froze the accounts of Belarusian judges."), "SANCTION")
    assert found == [(["CHE.GOV"], ["BLR.JUD"])]
    assert not sides(told("Kenya froze the accounts of Kenyan judges."), "SANCTION")


def test_crimes_among_private_people_and_bans_that_last_are_no_events(told: Told) -> None:
    assert not told("Police in Athens arrested two men on Tuesday for robbing a shop.")
    assert not told("Gatherings of more than four people remained banned in Kenya.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of Lima apologised to the audience for the delay.",
        "Kenya's president spoke to the media with Tanzania's president in Arusha.",
        "Destructive outlets spread rumours of children.",
        "The central bank's reserves are frozen abroad.",
    ],
)
def test_words_to_no_party_and_states_are_no_deeds(told: Told, sentence: str) -> None:
    assert not told(sentence)


def test_what_would_be_a_declaration_of_war_accuses_nobody(told: Told) -> None:
    assert not sides(told("Mali said that an attack on Niger would be a declaration of war."), "ACCUSE")


def test_what_one_crowd_does_in_one_sentence_is_one_protest(told: Told) -> None:
    found = told("Peruvian protesters looted a bank and blocked the main road in Cusco on Monday.")

    assert [(m.type, m.actors[0].id) for m in found] == [("PROTEST", "PER.CVL")]
