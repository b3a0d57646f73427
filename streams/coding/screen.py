"""Which sentences will be asked how their words hang together: only these are parsed ahead of time, all together.

It is a forecast. A sentence that it passes over is parsed all the same when coding asks for it, so that nothing is
found with it that is not found without. Names, roles and times ask as often as frames do: of the sentences without any
frame nine in ten were parsed after all, one by one, which costs several times as much.
"""

from __future__ import annotations

from streams.parsing.tokens import Span


def will_be_asked(sentence: Span) -> bool:
    """Whether the sentence has more than one word: what hangs together in others is asked only now and then."""
    return len(sentence) > 1
