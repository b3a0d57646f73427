from hypothesis import given
from hypothesis import strategies as st

from streams.reading.mapped import Mapped
from streams.reading.splitting import LONGEST, pieces


def mapped(text: str) -> Mapped:
    return Mapped(text, range(len(text)))


def test_a_long_line_is_split_at_sentence_ends() -> None:
    sentence = "Police closed the road to Arequipa. "
    found = pieces(mapped(sentence * 200))
    assert len(found) > 2
    assert all(len(piece.text) <= LONGEST and piece.text.endswith("Arequipa.") for piece in found)
    assert " ".join(piece.text for piece in found) == (sentence * 200).strip()


def test_a_short_one_stays_whole() -> None:
    assert [piece.text for piece in pieces(mapped("One. Two. Three."))] == ["One. Two. Three."]


@given(st.text(alphabet="ab. !\n", max_size=50).map(lambda text: text * 300))
def test_nothing_is_lost_and_every_piece_knows_its_place(text: str) -> None:
    found = pieces(mapped(text))
    assert "".join("".join(piece.text.split()) for piece in found) == "".join(text.split())
    assert all(text[piece.start : piece.end] == piece.text for piece in found)
