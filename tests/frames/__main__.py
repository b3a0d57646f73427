"""`python -m tests.frames [FIELD [WORD ...]]`: the examples that fail, and the frames that no example fires.

With words (`shell.v`), or `@200` for line 200 and later, only those examples, and not the frames.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.frames.examples import examples, fault, fired, frames, misfire


def main(field: str, *words: str) -> None:
    """Prints every fault, then a summary."""
    first = next((int(word[1:]) for word in words if word.startswith("@")), 0)
    failed = Counter[str]()
    seen = set()
    rows = [
        example
        for example in examples(field)
        if not words or example.word in words or 0 < first <= int(example.where.rsplit(" ", 1)[1])
    ]
    for example in rows:
        for name, what, text in (
            ("sentence", fault(example), example.sentence),
            ("near miss", misfire(example), example.near_miss),
        ):
            if what:
                failed[name] += 1
                print(f"{example.where} {example.word} {name}: {text}\n    {what}")
        if not words:
            seen |= {id(frame) for frame, _ in fired(example.sentence)}
    bare = [
        (word, frame)
        for word, frame in frames(field)
        if id(frame) not in seen and not words and "claim" not in frame.outcome.flags
    ]
    for word, frame in bare:
        print(f"no example fires {word} of {frame.where}")
    kinds = Counter(word[-1] for word, _ in frames(field))
    print(f"{len(rows)} examples, failed: {dict(failed)}; frames: {dict(kinds)}, without example: {len(bare)}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [""]))
