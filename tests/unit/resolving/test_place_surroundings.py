"""What the sentence and the document around a name say of which place it means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.coding.pipeline import load_pipeline
from streams.resolving.gazetteer import Gazetteer, load_gazetteer
from streams.resolving.places import FoundPlace, PlaceResolver

Read = Callable[..., dict[str, FoundPlace]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> Read:
    """Resolve the paragraphs of one article and give its places by their text, the last of a text."""
    pipeline = load_pipeline("auto")
    resolver = PlaceResolver(gazetteer)

    def resolve(*paragraphs: str) -> dict[str, FoundPlace]:
        found = resolver.resolve(list(pipeline.pipe(paragraphs)))
        return {place.place.text: place for places in found for place in places}

    return resolve


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        # a sea or part of a continent is meant, not a village of that name, whatever follows the comma
        ("The United States sent a carrier to the Middle East, the Pentagon said.", "Middle East", "INT.-.middle-east"),
        ("The ministers flew to the Gulf states on Monday.", "Gulf states", "INT.-.gulf-states"),
        ("Congolese and Rwandan envoys spoke of the Great Lakes region.", "Great Lakes region",
         "INT.-.great-lakes-region-of-africa"),
        # the sentence says where a name lies, and the gazetteer's great namesake does not lie there
        ("Insurgents entered the town of Palma in northern Mozambique.", "Palma", "MOZ.-.palma"),
        ("Chinese ships drilled near Pingtan, an island off Fujian.", "Pingtan", "CHN.07.pingtan-island"),
        ("Morocco opened a road to Dakhla on Tuesday.", "Dakhla", "ESH.CE.2463447"),
        # a division that only one country has speaks of that country
        ("Russian troops entered Bakhmut district in the Donbas.", "Bakhmut", "UKR.05.713174"),
        # what follows a comma and a verb of speech is no larger place
        ("Speaking in Berlin, Zelensky said Russia had broken the truce.", "Berlin", "DEU.16.2950159"),
    ],
)  # fmt: skip
def test_surroundings_tell_which_place_is_meant(read: Read, text: str, name: str, wanted: str) -> None:
    assert read(text)[name].place.id == wanted


def test_where_a_name_lies_is_told_once_for_the_article(read: Read) -> None:
    found = read("Fighters attacked Palma in Mozambique.", "Two days later the army said that it held Palma.")
    assert found["Palma"].place.country == "MOZ"
    assert found["Palma"].place.precision == "named"


def test_a_capital_stays_itself_beside_another_country(read: Read) -> None:
    assert read("Envoys from Cairo in Ethiopia spoke on Monday.")["Cairo"].place.country == "EGY"


@pytest.mark.parametrize("source", ["Paris", "Kharkiv"])
def test_who_tells_it_is_no_place(read: Read, source: str) -> None:
    assert read(f"The troops had surrounded the base, according to {source}.")[source].metonym


def test_stoplist_holds_words_and_names_only(gazetteer: Gazetteer) -> None:
    stoplist = gazetteer.lexicon.stoplist
    assert set(stoplist.values()) == {"word", "name"}
    unknown = {name for name in stoplist if not gazetteer.lookup(name)}
    assert unknown <= {"east", "eastern", "northern", "south", "southern"}
    assert not {"libc", "subok", "dtype", "elif"} & stoplist.keys()
