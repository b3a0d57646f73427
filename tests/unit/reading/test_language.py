import numpy as np
import pytest

from streams.reading import language
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


@pytest.mark.parametrize("text", [*ENGLISH, *(text for _, text in OTHERS), "Łódź, 中国 \u0e44\u0e17\u0e22 😀", "a", ""])
def test_the_last_bytes_tell_the_state_that_a_walk_from_the_beginning_comes_to(text: str) -> None:
    model, told, state, walked = language._identifier(), text.encode(), 0, []
    for byte in told:
        state = model.tk_nextmove[(model.tk_row[state] << 8) + byte]
        walked.append(state)
    assert language._states(np.frombuffer(told, dtype=np.uint8)).tolist() == walked
