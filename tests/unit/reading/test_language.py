import pytest

from streams.reading.language import detect

ENGLISH = [
    "NAIROBI, June 16 (Lakewire) - Kenyan police arrested protesters in Nairobi on Monday.",
    "Gunmen killed 14 villagers in Zamfara State, Nigeria.",
    "Taliban arrest Afghan journalist in Kandahar",
    "Houthis seize ship off Hodeidah",
    "Wickremesinghe meets Rajapaksa loyalists in Colombo as Jaffna shuts down",
]
OTHERS = [
    ("es", "Los manifestantes bloquearon el lunes la carretera que une Arequipa con Puno."),
    ("fr", "La police a arrêté des manifestants à Paris lundi."),
    ("de", "Die Polizei nahm am Montag Demonstranten fest."),
    ("nl", "De politie arresteerde maandag demonstranten in Amsterdam."),
    ("no", "Politiet arresterte demonstranter i Oslo mandag"),
    ("sw", "Polisi wakamata waandamanaji jijini Nairobi siku ya Jumatatu."),
    ("ru", "Полиция задержала протестующих в Москве."),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_short_english_full_of_foreign_names_is_english(text: str) -> None:
    assert detect(text, None) == "en"


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_another_language_is_told_from_one_sentence(code: str, text: str) -> None:
    assert detect(text, None) == code


def test_a_hint_decides_where_there_is_too_little_text() -> None:
    assert detect("Macron visite Berlin", "fr-FR") == "fr"
    assert detect("", None) == "en"
