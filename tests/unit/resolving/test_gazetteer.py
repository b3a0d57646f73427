"""The gazetteer's tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.resolving.gazetteer import Gazetteer, load_gazetteer
from streams.resolving.toponyms import fold, slug


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"countries\.tsv"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Kharkiv", "UKR.07"), ("Odesa", "UKR.17"), ("Khartoum", "SDN.29"), ("Texas", "USA.TX"), ("Kerala", "IND.13"),
        ("Cusco", "PER.08"), ("Crimea", "UKR.11"), ("Gaza Strip", "PSE.GZ"), ("West Bank", "PSE.WE"),
        ("Transnistria", "MDA.58"), ("Tigray", "ETH.53"), ("Donbas", "UKR.-.donbas"), ("Black Sea", "INT.-.black-sea"),
        ("Kashmir", "INT.-.kashmir"), ("U.S.", "USA"), ("Côte d’Ivoire", "CIV"), ("Severodonetsk", "UKR.14.691999"),
        ("Al-Fashir", "SDN.55.379555"), ("Bab el Mandeb", "INT.-.bab-el-mandeb"), ("St. Petersburg", "RUS.66.498817"),
    ],
)  # fmt: skip
def test_a_name_in_any_spelling_leads_to_its_place(gazetteer: Gazetteer, name: str, place: str) -> None:
    assert place in {entry.id for entry in gazetteer.lookup(name)}


def test_the_most_populous_comes_first(gazetteer: Gazetteer) -> None:
    cities = [entry.population for entry in gazetteer.lookup("Birmingham") if entry.kind == "city" and entry.exact]
    assert cities == sorted(cities, reverse=True)
    assert len(cities) > 2


def test_an_unknown_name_has_no_places(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertzuiop") == ()


def test_only_one_namesake_in_a_country_is_its_capital(gazetteer: Gazetteer) -> None:
    assert [entry.id for entry in gazetteer.lookup("Washington") if entry.capital] == ["USA.DC.4140963"]


def test_divisions_have_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.admin1_name("SDN", "55") == "North Darfur"
    assert gazetteer.admin1_name("SDN", "nowhere") is None


def test_spellings_fold_to_one() -> None:
    assert fold("Sana'a") == fold("Sanaa") == fold("Sana’a")
    assert fold("Al-Fāshir") == fold("al Fashir")
    assert fold("Łódź") == "lodz"
    assert slug("Ruska Lozova") == "ruska-lozova"
