"""Who is of the opposition, out of office, or a country's branch of something; and when a surname is a town."""

from __future__ import annotations

import pytest

from tests.unit.resolving.test_reference import found


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Moldovan opposition parties met.", "Moldovan opposition parties", "MDA.OPP"),
        ("Moldovan parties met.", "Moldovan parties", "MDA.PTY"),
        ("The opposition Unity Party of Kenya won.", "Unity Party of Kenya", "KEN.OPP.unity-party-of-kenya"),
        ("Four former Colombian lawmakers spoke.", "Four former Colombian lawmakers", "COL.ELI"),
        ("Four Colombian lawmakers spoke.", "Four Colombian lawmakers", "COL.LEG"),
        ("The Turkish Red Crescent sent tents.", "Red Crescent", "TUR.SOC.red-crescent"),
        ("The Red Crescent sent tents.", "Red Crescent", "NGO.red-crescent"),
        ("Refugees from Cameroon's west arrived.", "Refugees", "CMR.REF"),
        ("Ministers of the APEC group meeting spoke.", "Ministers", "IGO.apec"),
        ("Taiwan spoke. The island's president spoke.", "island's president", "TWN.GOV.lai-ching-te"),
    ],
)  # fmt: skip
def test_where_somebody_stands(text: str, words: str, expected: str) -> None:
    assert found(text)[words] == expected


def test_a_surname_is_a_town_where_the_deed_says_so() -> None:
    assert "Monguno" not in found("Insurgents in Nigeria attacked Monguno on Monday.")
    assert found("Nigeria spoke. President Bola Tinubu praised Monguno on Monday.")["Monguno"].startswith("NGA.")


def test_a_river_is_no_government() -> None:
    assert "San Juan" not in found("They crossed the San Juan river.")
