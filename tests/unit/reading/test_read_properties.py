"""What holds for reading whatever the text is."""

from __future__ import annotations

from datetime import UTC, datetime

from ftfy.badness import is_bad
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from streams.reading import Reading, read
from streams.records import Article, InvalidRecordError, Version

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
REASONS = {
    "advertisement", "byline", "comments", "credit", "duplicate", "foreign", "legal", "liveblog", "masthead",
    "navigation", "number", "placeholder", "player", "promo", "separator", "share", "shortcode", "signup", "timestamp",
}  # fmt: skip
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FRAGMENTS = st.sampled_from(
    [
        "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, it said.",
        "RUSSIA is moving", "A POST Soldiers in Maru", "?? ??", "?? ?? Soldiers", "forcesMr. Karimov said",
        "armyhe said ",        "positions.Ukraine", "they", "could.", "“We will not go.”", "Read More: Tips",
        "Related articles", "[ad_1]",
        "[caption id=3]A soldier[/caption]", "17.20", "189", "Photo: A / B", "Open in full screen mode", "(Photo: A)",
        "By ANNA WRITER", "3 June 2024", "A soldier’s post", "A soldier's post", "presi-", "dent of", "\u200b", "\xa0",
        "donâ€™t", "This blog is now closed", "- item", "Home » World » Africa", "[étrangères]", "…", '"', "İ", "ß",
    ]
)  # fmt: skip
NEWS = st.lists(st.tuples(FRAGMENTS, st.sampled_from(["\n", "\n\n", " ", "\r\n", ""])), min_size=1, max_size=25).map(
    lambda parts: "".join(fragment + gap for fragment, gap in parts)
)


def reading(text: str) -> Reading | None:
    try:
        return read(Article(fetched=FETCHED, text=text), "a", Version("2024", "0"))
    except InvalidRecordError as refused:
        assert refused.reason in {"empty-text", "binary"}
        return None


def offsets_of(found: Reading, number: int) -> list[int]:
    return [found.raw(number, i) for i in range(len(found.document.paragraphs[number].text))]


@QUICK
@given(st.one_of(st.text(max_size=400), NEWS, st.text(st.characters(), max_size=200)))
def test_any_text_is_read_or_refused_and_offsets_hold(text: str) -> None:
    found = reading(text)
    if found is None or found.document.text is not None:
        return
    for number, paragraph in enumerate(found.document.paragraphs):
        offsets = offsets_of(found, number)
        assert offsets == sorted(offsets)
        assert paragraph.start == offsets[0]
        assert paragraph.end == offsets[-1] + 1
        if is_bad(text):
            continue
        for i, (character, offset) in enumerate(zip(paragraph.text, offsets, strict=True)):
            put_in = i + 1 < len(offsets) and offsets[i + 1] == offset
            if not character.isspace() and not put_in:
                assert character.casefold() == found.text[offset].casefold()


@QUICK
@given(NEWS)
def test_nothing_is_lost_in_silence(text: str) -> None:
    assume(not is_bad(text))
    found = reading(text)
    if found is None:
        return
    numbers = range(len(found.document.paragraphs))
    told = {offset for number in numbers for offset in offsets_of(found, number)}
    for cut in found.document.removed:
        assert cut.reason in REASONS
        assert 0 <= cut.start < cut.end <= len(text)
        told.update(range(cut.start, cut.end))
    assert {i for i, character in enumerate(text) if character.isalnum()} <= told


@QUICK
@given(NEWS)
def test_paragraphs_stand_in_order_and_reading_is_a_function(text: str) -> None:
    found = reading(text)
    if found is None:
        return
    starts = [paragraph.start or 0 for paragraph in found.document.paragraphs]
    assert starts == sorted(starts)
    assert reading(text) == found


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=200), NEWS), st.lists(st.sampled_from(["<p>", "</p>", "<div", "<!--", "<table>", "<"]))
)
def test_any_page_is_read_or_refused(text: str, tags: list[str]) -> None:
    html = "".join(tag + text[i * 7 : i * 7 + 40] for i, tag in enumerate(tags)) + text
    try:
        found = read(Article(fetched=FETCHED, html=html), "a", Version("2024", "0"))
    except InvalidRecordError as refused:
        assert refused.reason in {"empty-text", "binary"}
    else:
        assert found.document.text == found.text
