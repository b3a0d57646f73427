"""The tables of actors: complete, consistent, and found by any of their names."""

from __future__ import annotations

from datetime import date

import pycountry
import pytest

from streams.records import DateWindow
from streams.resolving.actor_tables import listed, read_table
from streams.resolving.actors import ActorLexicon, Entry, load_actors
from streams.resolving.names import fold, slug, within_one_edit, words
from streams.resolving.offices import holder

SECTORS = set("GOV LEG MIL REB UAF OPP PTY SPY COP JUD CVL JRN MED EDU BUS REL REF LAB AGR CRM UNK".split())  # noqa: SIM905
OUTSIDE = {"IGO", "NGO", "MNC", "INT"}


@pytest.fixture(scope="module")
def actors() -> ActorLexicon:
    return load_actors()


def _path_is_sound(path: str, countries: set[str]) -> bool:
    parts = path.split(".")
    if parts[0] in OUTSIDE:
        return len(parts) == 2
    return parts[0] in countries | {"UNK"} and parts[1] in SECTORS


def test_every_country_is_there_with_its_people(actors: ActorLexicon) -> None:
    codes = {country.alpha_3 for country in pycountry.countries}
    assert codes | {"XKX"} == set(actors.countries)
    without = {row["code"] for row in read_table("countries.tsv") if not row["demonyms"]}
    assert not without & {"BFA", "ARE", "NER", "NGA", "GIN", "XKX", "PSE", "TWN", "SSD", "DMA", "FSM"}


def test_ids_are_sound_paths(actors: ActorLexicon) -> None:
    countries = set(actors.countries)
    for identity in actors.organisations:
        parts = identity.split(".")
        prefix = identity if parts[0] in OUTSIDE else ".".join(parts[:2])
        assert _path_is_sound(prefix, countries), identity
        assert len(parts) == (2 if parts[0] in OUTSIDE else 3)
    for person in actors.persons.values():
        for office in person.offices:
            assert _path_is_sound(office.path, countries), (person.slug, office.path)
            assert office.to is None or office.from_ <= office.to, person.slug
            parts = office.path.split(".")
            assert parts[0] not in OUTSIDE or office.path in actors.organisations, office.path


def test_tables_are_as_large_as_promised(actors: ActorLexicon) -> None:
    roles = [phrase for row in read_table("roles.tsv") for phrase in (row["phrase"], *listed(row["also"]))]
    assert len(roles) == len(set(roles))
    assert len(roles) >= 250
    assert len(actors.organisations) >= 250
    assert len(actors.persons) >= 300


def test_roles_have_known_sectors() -> None:
    for row in read_table("roles.tsv"):
        assert row["sector"] in SECTORS | {""} or row["sector"].split(".")[0] in OUTSIDE, row["phrase"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Burkinabe", "BFA"), ("Burkinabé", "BFA"), ("DPRK", "PRK"), ("Türkiye", "TUR"), ("Congo-Kinshasa", "COD"),
        ("Côte d'Ivoire", "CIV"), ("Élysée", "FRA"), ("Foggy Bottom", "USA"), ("Emirati", "ARE"), ("Kosovar", "XKX"),
    ],
)  # fmt: skip
def test_names_of_countries(actors: ActorLexicon, name: str, key: str) -> None:
    assert {entry.key for entry in actors.names.get(name)} == {key}


def test_an_acronym_can_stand_for_two(actors: ActorLexicon) -> None:
    assert len([entry for entry in actors.names.get("RSF") if isinstance(entry, Entry)]) == 2


def test_no_two_hold_a_highest_office_in_the_middle_of_a_year(actors: ActorLexicon) -> None:
    for code, role, year, expected in [
        ("USA", "president", 2003, "george-w-bush"),
        ("GBR", "prime minister", 2011, "david-cameron"),
        ("DEU", "chancellor", 2023, "olaf-scholz"),
        ("JPN", "prime minister", 2015, "shinzo-abe"),
        ("BRA", "president", 2024, "luiz-inacio-lula-da-silva"),
        ("IGO.un", "secretary-general", 2010, "ban-ki-moon"),
    ]:
        day = date(year, 7, 1)
        found = holder(actors.persons.values(), code, role, DateWindow(day, day, "day"))
        assert found is not None
        assert found.slug == expected
    assert holder(actors.persons.values(), "USA", "president", DateWindow()) is None


def test_names_are_folded_and_compared() -> None:
    assert fold("Łódź U.S. Đukanović") == "lodz us dukanovic"
    assert words("Sana'a-based al-Assad") == ("sana", "a", "based", "al", "assad")
    assert slug("Zeid Ra'ad al-Hussein") == "zeid-raad-al-hussein"
    assert within_one_edit("zelensky", "zelenskyy")
    assert within_one_edit("zelensky", "zelenskt")
    assert not within_one_edit("zelensky", "zelenka")
