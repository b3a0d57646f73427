"""Who is meant when arms, posts and planes stand for those whose they are, and what parts the parser joins wrongly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.records import Mention

Told = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("Rebels attacked a Kenyan army convoy on Friday.", "ASSAULT", "KEN.REB", "KEN.MIL"),
        ("Turkish jets bombed a Kurdish militia base in northern Syria.", "ASSAULT", "TUR.MIL", "SYR.REB"),
        ("Somali pirates hijacked a Panama-flagged tanker on Tuesday.", "ASSAULT", "SOM", "PAN"),
        ("South Korean fighters were scrambled on Monday.", "MOBILIZE", "KOR.MIL", ""),
        ("Libyan fighters massed south of Tripoli on Monday.", "MOBILIZE", "LBY.REB", ""),
        ("ELN rebels freed two Colombian teachers held since May in the jungle.", "RETREAT", "COL.REB", "COL"),
        (
            "Pakistan handed over to India on Friday a pilot whose plane it had shot down over Kashmir.",
            "RETREAT",
            "PAK",
            "IND",
        ),
        ("Libyan militiamen took up positions at a mosque in Zuwara.", "MOBILIZE", "LBY", ""),
        ("Israel bombed Gaza on Tuesday and Hamas fighters launched rockets at Ashdod.", "ASSAULT", "PSE", "ISR"),
        ("Armenian troops left on Friday and Azerbaijani guards attacked a village.", "ASSAULT", "AZE", ""),
        ("A man armed with a knife attacked two policemen in Lyon on Monday.", "ASSAULT", "FRA.CVL", "FRA.COP"),
    ],
)
def test_arms_stand_for_those_whose_they_are(told: Told, text: str, type_: str, actor: str, recipient: str) -> None:
    found = [mention for mention in told(text) if mention.type == type_]

    assert any(
        any(party.id.startswith(actor) for party in mention.actors)
        and (not recipient or any(party.id.startswith(recipient) for party in mention.recipients))
        for mention in found
    )


def test_a_suicide_bomber_of_nobody_known_is_of_no_country(told: Told) -> None:
    found = told("A suicide bomber blew himself up at a market in Kano on Friday, killing ten people.")

    assert [mention.mode for mention in found] == ["suicide-attack"]
    assert [party.id for party in found[0].actors] == ["UNK.UAF"]


def test_who_takes_up_positions_takes_no_ground(told: Told) -> None:
    assert all(mention.type != "ASSAULT" for mention in told("Rebels took up positions in the Malian town of Gao."))


@pytest.mark.parametrize(
    "text", ["French troops have been stationed in Djibouti since 1977.", "Some 500 Polish soldiers are based in Riga."]
)
def test_where_troops_have_stood_for_long_is_no_deed(told: Told, text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "The Chinese navy held live-fire drills with two destroyers and a submarine in the Taiwan Strait.",
            "MOBILIZE",
        ),
        ("Egypt held naval drills with French ships off Alexandria.", "COOPERATE"),
    ],
)
def test_who_drills_with_ships_of_his_own_drills_alone(told: Told, text: str, type_: str) -> None:
    assert [mention.type for mention in told(text)] == [type_]


def test_what_was_hit_does_not_tell_what_with(told: Told) -> None:
    found = told("Ten people died in an attack by suspected jihadists on a gold mine in Burkina Faso on Monday.")

    assert [mention.mode for mention in found] == [""]
    assert found[0].recipients
