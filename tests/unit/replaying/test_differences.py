import json
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from streams.replaying.differences import Change, Kept, Key, Kind, Letter, Stamp, Tally, changes, stamp, unknown_letters


def value(events: int, revision: int = 0) -> bytes:
    return json.dumps({"events": events, "revision": revision, "updated": f"at {revision}"}).encode()


def stamped(public: Mapping[Key, bytes]) -> dict[Key, Stamp]:
    return {key: stamp(one) for key, one in public.items()}


def kept(new: Mapping[Key, bytes]) -> dict[Key, Kept]:
    return {key: Kept(one, ()) for key, one in new.items()}


def published(public: Mapping[Key, bytes], told: list[Change]) -> dict[Key, bytes]:
    """The public topic after these changes."""
    after = {**public, **{change.key: change.value for change in told}}
    return {key: one for key, one in after.items() if one is not None}


TOPIC = st.dictionaries(
    st.binary(min_size=1, max_size=1), st.builds(value, st.integers(0, 2), st.integers(0, 2)), max_size=6
)


@given(TOPIC, TOPIC, st.integers(0, 6))
def test_whatever_part_is_published_the_rest_makes_both_equal(
    public: dict[Key, bytes], new: dict[Key, bytes], crash_after: int
) -> None:
    half = published(public, list(changes(stamped(public), kept(new), Tally()))[:crash_after])
    again = list(changes(stamped(half), kept(new), Tally()))
    assert published(half, again) == new
    assert list(changes(stamped(new), kept(new), Tally())) == []


def test_what_tells_the_same_is_published_for_its_revision_and_counted_as_the_same() -> None:
    tally = Tally()
    told = changes(
        stamped({b"same": value(1, 3), b"equal": value(2, 3), b"changed": value(1, 3), b"gone": value(1, 3)}),
        kept({b"same": value(1, 10**12), b"equal": value(2, 3), b"changed": value(2, 10**12), b"new": value(1, 4)}),
        tally,
    )
    assert {(change.key, change.kind) for change in told} == {
        (b"same", Kind.SAME), (b"changed", Kind.CHANGED), (b"new", Kind.NEW), (b"gone", Kind.GONE),
    }  # fmt: skip
    assert tally.numbers == {Kind.SAME: 2, Kind.CHANGED: 1, Kind.NEW: 1, Kind.GONE: 1}
    assert tally.differing == 3


def test_a_value_that_is_no_record_is_compared_byte_for_byte() -> None:
    assert stamp(b"{torn") == stamp(b"{torn") != stamp(b"[1]")


def letter(offset: int, reason: str) -> Letter:
    told = {"topic": "news.articles.v1", "partition": "3", "offset": str(offset), "error": reason}
    return Letter(b"key", b"bytes", tuple((name, text.encode()) for name, text in told.items()))


def test_only_articles_that_were_readable_before_are_new_dead_letters() -> None:
    public = [letter(1, "binary"), letter(2, "not-json")]
    new = [letter(1, "wrong-fields"), letter(5, "too-long"), letter(5, "too-long")]
    assert list(unknown_letters(public, new)) == [letter(5, "too-long")]
