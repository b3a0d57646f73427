"""Places found and resolved in sentences from all over the world, parsed by the real pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.coding.pipeline import load_pipeline
from streams.resolving.gazetteer import Gazetteer, load_gazetteer
from streams.resolving.places import FoundPlace, PlaceResolver

Read = Callable[..., list[FoundPlace]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> Read:
    """Resolve the paragraphs of one article and give its places as one list."""
    pipeline = load_pipeline("auto")
    resolver = PlaceResolver(gazetteer)

    def resolve(*paragraphs: str) -> list[FoundPlace]:
        docs = list(pipeline.pipe(paragraphs))
        found = resolver.resolve(docs)
        for doc, places in zip(docs, found, strict=True):
            for place in places:
                assert doc.text[place.place.start : place.place.end] == place.place.text
        return [place for places in found for place in places]

    return resolve


WORLD = [
    ("Shells fell on Kharkiv and Izium overnight.", {"Kharkiv": "UKR.07.706483", "Izium": "UKR.07.707292"}),
    ("A drone hit a depot near Orikhiv in Zaporizhzhia Oblast, Ukraine.",
     {"Orikhiv": "UKR.26.698428", "Zaporizhzhia Oblast": "UKR.26", "Ukraine": "UKR"}),
    ("Ships in the Red Sea were fired on near Hodeidah, Yemen.",
     {"Red Sea": "INT.-.red-sea", "Hodeidah": "YEM.08.79415", "Yemen": "YEM"}),
    ("Fighters entered El Fasher in North Darfur and the Zamzam camp.",
     {"El Fasher": "SDN.55.379555", "North Darfur": "SDN.55", "Zamzam": "SDN.55.zamzam"}),
    ("Rebels took Goma and marched on Bukavu in South Kivu province.",
     {"Goma": "COD.11.216281", "Bukavu": "COD.12.217831", "South Kivu": "COD.12"}),
    ("Gunmen kidnapped pupils in Niger state, Nigeria.", {"Niger": "NGA.31", "Nigeria": "NGA"}),
    ("The army fought near Djibo in Burkina Faso.", {"Djibo": "BFA.12.2361177", "Burkina Faso": "BFA"}),
    ("Floods killed 20 near Guwahati in Assam, India.", {"Guwahati": "IND.03.1271476", "Assam": "IND.03"}),
    ("Planes bombed Lashio in northern Shan state, Myanmar.", {"Lashio": "MMR.11.1314759", "Shan": "MMR.11"}),
    ("Refugees reached Cox's Bazar, Bangladesh.", {"Cox's Bazar": "BGD.84.1336134", "Bangladesh": "BGD"}),
    ("A Chinese ship came near Second Thomas Shoal in the South China Sea.",
     {"Second Thomas Shoal": "INT.-.second-thomas-shoal", "South China Sea": "INT.-.south-china-sea"}),
    ("Troops fought in Marawi, on Mindanao, in the Philippines.",
     {"Marawi": "PHL.14.1701053", "Mindanao": "PHL.-.mindanao"}),
    ("Gangs burned houses in Port-au-Prince, Haiti, and in Les Cayes.",
     {"Port-au-Prince": "HTI.11.3718426", "Haiti": "HTI", "Les Cayes": "HTI.12.3728097"}),
    ("Acapulco, in Guerrero state, Mexico, was hit by a hurricane.",
     {"Acapulco": "MEX.12.3533462", "Guerrero": "MEX.12", "Mexico": "MEX"}),
    ("Protests reached Quito, Guayaquil and Cuenca in Ecuador.",
     {"Quito": "ECU.18.3652462", "Guayaquil": "ECU.10.3657509", "Cuenca": "ECU.02.3658666", "Ecuador": "ECU"}),
    ("Fires burned near Perth, Western Australia.", {"Perth": "AUS.08.2063523", "Western Australia": "AUS.08"}),
    ("An earthquake struck Aleppo, Syria, and Kahramanmaras, Turkey.",
     {"Aleppo": "SYR.09.170063", "Syria": "SYR", "Kahramanmaras": "TUR.46.310859", "Turkey": "TUR"}),
    ("Raids went on in Rafah, Khan Younis and Gaza City in the Gaza Strip.",
     {"Rafah": "PSE.GZ.281102", "Khan Younis": "PSE.GZ.281124", "Gaza City": "PSE.GZ.281133", "Gaza Strip": "PSE.GZ"}),
    ("People fled from Gaza.", {"Gaza": "PSE.GZ"}),
    ("A bomb went off in Derna, Libya.", {"Derna": "LBY.70.87205", "Libya": "LBY"}),
    ("Mazar-i-Sharif and Kandahar fell in Afghanistan.",
     {"Mazar-i-Sharif": "AFG.30.1133616", "Kandahar": "AFG.23.1138336", "Afghanistan": "AFG"}),
    ("A train left Kiev for Lvov.", {"Kiev": "UKR.12.703448", "Lvov": "UKR.15.702550"}),
    ("A storm hit Calcutta and Rangoon.", {"Calcutta": "IND.28.1275004", "Rangoon": "MMR.17.1298824"}),
    ("Police shot protesters in Kisumu and Nairobi, Kenya.",
     {"Kisumu": "KEN.26.191245", "Nairobi": "KEN.05.184745", "Kenya": "KEN"}),
    ("Clashes broke out in Beledweyne, in Somalia's Hiraan region.",
     {"Somalia": "SOM", "Hiraan": "SOM.07"}),
    ("Soldiers patrolled Vilnius, Riga and Tallinn.",
     {"Vilnius": "LTU.65.593116", "Riga": "LVA.25.456172", "Tallinn": "EST.01.588409"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORLD, ids=[text for text, _ in WORLD])
def test_places_of_the_world(read: Read, text: str, expected: dict[str, str]) -> None:
    found = {found.place.text: found.place.id for found in read(text)}
    assert expected.items() <= found.items()


HOMONYMS = [
    (("Libyan militias clashed in Tripoli.",), "Tripoli", "LBY.77.2210247"),
    (("Lebanese troops deployed in Tripoli, north of Beirut.",), "Tripoli", "LBN.09.266826"),
    (("Protesters marched in Tbilisi, Georgia.",), "Georgia", "GEO"),
    (("Atlanta voted early.", "Turnout in Georgia rose, as in Florida and Alabama."), "Georgia", "USA.GA"),
    (("A bomb went off in Hyderabad, in Pakistan's Sindh province.",), "Hyderabad", "PAK.05.1176734"),
    (("Police in Hyderabad arrested two men, India said.",), "Hyderabad", "IND.40.1269843"),
    (("A judge in San Jose, California, agreed.",), "San Jose", "USA.CA.5392171"),
    (("Costa Rica's president spoke in San José.",), "San José", "CRI.08.3621849"),
    (("Spanish police raided homes in Córdoba and Seville.",), "Córdoba", "ESP.51.2519240"),
    (("Argentine police raided homes in Córdoba and Rosario.",), "Córdoba", "ARG.05.3860259"),
    (("Crowds met in Birmingham, Alabama.",), "Birmingham", "USA.AL.4049979"),
    (("Crowds met in Birmingham, England.",), "Birmingham", "GBR.ENG.2655603"),
    (("A ferry left Victoria, British Columbia.",), "Victoria", "CAN.02.6174041"),
    (("Fires spread in Victoria, Australia.",), "Victoria", "AUS.07"),
    (("In Venezuela, protesters marched in Valencia and Maracaibo.",), "Valencia", "VEN.07.3625549"),
    (("Floods hit Valencia, Spain's third city.",), "Valencia", "ESP.60.2509954"),
    (("American senators from Texas and Florida disagreed.", "Talks were held in Paris."), "Paris", "FRA.11.2988507"),
    (("Rwandan troops were seen in eastern Congo, near Goma.",), "Congo", "COD"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "text", "expected"), HOMONYMS, ids=[row[2] for row in HOMONYMS])
def test_homonyms_follow_the_document(read: Read, paragraphs: tuple[str, ...], text: str, expected: str) -> None:
    assert [found.place.id for found in read(*paragraphs) if found.place.text == text] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton met President Lincoln and Kim Jong-un.",
        "He studied at the University of Oxford.",
        "The Bank of England raised its rate in March.",
        "The New York Times reported it.",
        "Most of the Police walked out in May.",
        "Nancy Pelosi thanked Lindsey Graham.",
        "Ukrainian and Polish soldiers trained together.",
        "The Treaty of Lisbon came before the Paris Agreement.",
    ],
)
def test_names_of_others_are_no_places(read: Read, text: str) -> None:
    assert read(text) == []


def test_those_who_rule_are_told_from_the_place(read: Read) -> None:
    text = "Moscow warned Kyiv over the strikes. Russia attacked Odesa. He lives in Moscow. Kyiv was shelled."
    assert [(found.place.text, found.metonym) for found in read(text)] == [
        ("Moscow", True), ("Kyiv", True), ("Russia", True), ("Odesa", False), ("Moscow", False), ("Kyiv", False),
    ]  # fmt: skip


def test_a_name_that_only_says_which_is_a_modifier(read: Read) -> None:
    found = read("The Kharkiv governor and a Moscow court agreed. Fire broke out in the Kharkiv region.")
    assert [(place.place.id, place.modifier) for place in found] == [
        ("UKR.07.706483", True), ("RUS.48.524901", True), ("UKR.07", False),
    ]  # fmt: skip


def test_a_dateline_is_a_place_that_does_not_act(read: Read) -> None:
    first = read("PARIS (Reuters) - France's president met the mayor.")[0]
    assert (first.place.id, first.metonym) == ("FRA.11.2988507", False)


def test_a_country_after_a_word_for_a_settlement_is_still_the_country(read: Read) -> None:
    assert [found.place.id for found in read("Rockets fell on cities of Ukraine and the capital of Georgia.")] == [
        "UKR",
        "GEO",
    ]


def test_an_unknown_village_stays_named_where_the_text_puts_it(read: Read) -> None:
    place = read("A shell hit the village of Zelenohradivka, Kharkiv region, on Monday.")[0].place
    assert (place.id, place.precision) == ("UKR.07.zelenohradivka", "named")
    assert (place.lat, place.lon, place.admin1_name) == (49.69, 36.55, "Kharkiv")


def test_an_unknown_town_without_context_has_no_country(read: Read) -> None:
    assert [found.place.id for found in read("They met in the town of Qoryalowe.")] == ["UNK.-.qoryalowe"]


def test_a_hamlet_elsewhere_does_not_take_the_name(read: Read) -> None:
    assert "Moscow" in {found.place.text for found in read("Troops left Moscow.")}
    assert all(found.place.country == "RUS" for found in read("Troops left Moscow for Belgorod, Russia."))


def test_a_resolved_place_carries_its_division_and_coordinates(read: Read) -> None:
    place = read("Snow fell in Lviv.")[0].place
    assert (place.country, place.admin1, place.admin1_name, place.precision) == ("UKR", "15", "Lviv", "city")
    assert place.lat == pytest.approx(49.84, abs=0.02)
    assert place.lon == pytest.approx(24.02, abs=0.02)
