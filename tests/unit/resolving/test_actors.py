"""The tables of actors: complete, consistent, and found by any of their names."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pycountry
import pytest

from streams.records import DateWindow
from streams.resolving.actor_tables import check_path, listed, read_table, rows_of, sectors
from streams.resolving.actors import ActorLexicon, load_actors
from streams.resolving.names import fold, slug, within_one_edit, words
from streams.resolving.offices import holder

SECTORS = sectors()
ENDED = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD"}
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
    assert codes | {"XKX"} | ENDED == set(actors.countries)
    assert {country.alpha_3 for country in pycountry.historic_countries} >= ENDED
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
    rows = list(read_table("roles.tsv"))
    roles = [phrase for row in rows for phrase in (row["phrase"], *listed(row["also"]))]
    assert len(roles) == len(set(roles))
    assert len(rows) >= 450
    assert len(actors.organisations) >= 2000
    assert len(actors.persons) >= 1250


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
    assert len({entry.key.rpartition(".")[2] for entry in actors.names.get("RSF")}) == 2


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


def test_offices_reach_back_to_the_eighties(actors: ActorLexicon) -> None:
    for code, role, year, expected in [
        ("USA", "president", 1986, "ronald-reagan"),
        ("USA", "president", 1990, "george-h-w-bush"),
        ("SUN", "president", 1990, "mikhail-gorbachev"),
        ("ISR", "prime minister", 1994, "yitzhak-rabin"),
        ("NIC", "president", 1987, "daniel-ortega"),
        ("IGO.un", "secretary-general", 1994, "boutros-boutros-ghali"),
        ("IRN", "foreign minister", 1988, "ali-akbar-velayati"),
    ]:
        day = date(year, 7, 1)
        found = holder(actors.persons.values(), code, role, DateWindow(day, day, "day"))
        assert found is not None
        assert found.slug == expected


def test_nobody_holds_one_office_twice_at_a_time(actors: ActorLexicon) -> None:
    for person in actors.persons.values():
        held = sorted((o.role, o.path, o.from_, o.to or date.max) for o in person.offices)
        for one, other in pairwise(held):
            assert one[:2] != other[:2] or one[3] <= other[2], (person.slug, one, other)


def test_names_are_folded_and_compared() -> None:
    assert fold("Łódź U.S. Đukanović") == "lodz us dukanovic"
    assert words("Sana'a-based al-Assad") == ("sana", "a", "based", "al", "assad")
    assert slug("Zeid Ra'ad al-Hussein") == "zeid-raad-al-hussein"
    assert within_one_edit("zelensky", "zelenskyy")
    assert within_one_edit("zelensky", "zelenskt")
    assert not within_one_edit("zelensky", "zelenka")


@pytest.mark.parametrize(
    ("name", "year", "key"),
    [
        ("Moscow", 1985, "SUN"), ("Moscow", 2015, "RUS"), ("Prague", 1990, "CSK"), ("Prague", 1995, "CZE"),
        ("Belgrade", 1999, "YUG"), ("Belgrade", 2005, "SCG"), ("Belgrade", 2010, "SRB"), ("Soviets", 1985, "SUN"),
    ],
)  # fmt: skip
def test_a_name_is_of_the_state_that_stood_then(actors: ActorLexicon, name: str, year: int, key: str) -> None:
    day = date(year, 6, 1)
    standing = actors.standing(actors.names.get(name), DateWindow(day, day, "day"))
    assert {entry.key for entry in standing} == {key}


def test_without_a_date_a_name_is_of_the_state_that_stands_now(actors: ActorLexicon) -> None:
    assert {entry.key for entry in actors.standing(actors.names.get("Moscow"), DateWindow())} == {"RUS"}
    assert {entry.key for entry in actors.standing(actors.names.get("Soviet Union"), DateWindow())} == {"SUN"}


@pytest.mark.parametrize(
    ("name", "year", "ids"),
    [
        ("Renamo", 1988, {"MOZ.REB.renamo"}), ("Renamo", 2015, {"MOZ.OPP.renamo"}),
        ("Taliban", 2010, {"AFG.REB.taliban"}), ("Taliban", 2023, {"AFG.GOV.taliban"}),
        ("TPLF", 1988, {"ETH.REB.tigray-peoples-liberation-front"}),
        ("TPLF", 2010, {"ETH.PTY.tigray-peoples-liberation-front"}),
        ("TPLF", 2021, {"ETH.REB.tigray-peoples-liberation-front"}),
    ],
)  # fmt: skip
def test_an_organisation_that_took_up_arms_or_laid_them_down(
    actors: ActorLexicon, name: str, year: int, ids: set[str]
) -> None:
    day = date(year, 6, 1)
    assert {entry.key for entry in actors.standing(actors.names.get(name), DateWindow(day, day, "day"))} == ids


def test_a_wrong_row_is_named_by_file_and_line() -> None:
    table = "# id\tfrom\tto\nFRA.GOV.x\t2001\t2000\nFRA.GOV.y\t20x1\nFRA.XYZ.z\nQQQ.GOV.z\nFRA.GOV\n"
    ends_early, no_date, no_sector, no_country, too_short = rows_of(table, "some.tsv")
    with pytest.raises(ValueError, match=r"some\.tsv:2: it ends"):
        ends_early.span()
    with pytest.raises(ValueError, match=r"some\.tsv:3: '20x1' in column 'from' is no date"):
        no_date.span()
    for row, what in ((no_sector, "4: 'XYZ' is no sector"), (no_country, "5: 'QQQ' is no country"), (too_short, "6")):
        with pytest.raises(ValueError, match=f"some.tsv:{what}"):
            check_path(row, row["id"], {"FRA"}, SECTORS, entity=True)
    with pytest.raises(ValueError, match=r"some\.tsv:2: 4 cells for 3 columns"):
        list(rows_of("# a\tb\tc\n1\t2\t3\t4\n", "some.tsv"))
