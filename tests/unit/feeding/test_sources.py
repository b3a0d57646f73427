import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from streams import codec
from streams.feeding.sources import files_under, items_of_file, items_of_stream
from streams.records import Article

NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)


def article_of(value: bytes) -> Article:
    return codec.decode(Article, value)


def test_a_folder_gives_its_articles_in_order_of_name_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c/d.jsonl", "README.md", "gold/x.json", ".git/e.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x", encoding="utf-8")
    assert [file.name for file in files_under([tmp_path])] == ["a.html", "b.txt", "d.jsonl"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        files_under([tmp_path / "gone"])


def test_the_same_text_in_two_files_is_one_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Protesters marched in Lima.", encoding="utf-8")
    items = [next(items_of_file(tmp_path / name)) for name in ("a.txt", "b.txt")]
    assert items[0].key == items[1].key
    assert items[0].content == items[1].content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = "Le président a quitté Niamey après l’échec des négociations, où la junte régnait. " * 5
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert article_of(next(items_of_file(tmp_path / "a.txt")).value).text == text


def test_binary_is_passed_on_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\x00\x01")
    assert next(items_of_file(tmp_path / "a.txt")).value == b"\x89PNG\x00\x01"


def test_html_files_are_html_articles(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>x</p>", encoding="utf-8")
    assert article_of(next(items_of_file(tmp_path / "a.html")).value).html == "<p>x</p>"


def test_lines_keep_their_fetch_time_and_get_one_where_it_is_missing() -> None:
    lines = b'\n{"text": "a"}\n\n{"text": "b", "fetched": "2020-01-01T00:00:00Z"}\n{"broken\n'
    items = list(items_of_stream(io.BytesIO(lines), "in", NOON))
    first, second = (article_of(item.value) for item in items[:2])
    assert first.fetched == NOON
    assert second.fetched == datetime(2020, 1, 1, tzinfo=UTC)
    assert items[2].value == b'{"broken'
    assert [item.origin for item in items] == ["in:1", "in:3", "in:4"]


def test_standard_input_that_is_no_json_is_one_article() -> None:
    (item,) = items_of_stream(io.BytesIO(b"First line.\nSecond line.\n"), "in", NOON)
    assert article_of(item.value).text == "First line.\nSecond line.\n"


def test_a_time_that_cannot_be_is_left_to_the_worker_to_refuse() -> None:
    line = b'{"text": "a", "fetched": "0001-01-01T00:00:00+14:00"}'
    assert next(items_of_stream(io.BytesIO(line), "in", NOON)).value == line


def test_a_change_of_source_or_address_is_a_change() -> None:
    lines = b'{"id": "1", "text": "a"}\n{"id": "1", "text": "a", "url": "https://x.org/a"}'
    one, two = items_of_stream(io.BytesIO(lines), "in", NOON)
    assert one.key == two.key
    assert one.content != two.content
