"""A worker for the tests to kill: `python -m coding_pool.killed_worker FOLDER STAGE`.

What its coding processes do at that time: `coding` (one hangs with the interpreter's lock held, one is idle),
`loading` (for ever), `starting` (they import their main module until a file `go-on` is there), `failing` (as coding,
and the worker ends by an error).
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from .coders import prepare, prepare_for_ever, wait_for
from .pools import pool

FOLDER, STAGE = Path(sys.argv[1]), sys.argv[2]

if __name__ == "__mp_main__" and STAGE == "starting":
    (FOLDER / str(os.getpid())).touch()
    wait_for(FOLDER / "go-on")


async def run() -> None:
    coding = pool(2, prepare=prepare_for_ever if STAGE == "loading" else prepare, state_dir=FOLDER)
    values = [f"hang-locked {FOLDER}/began", "one"] if STAGE in {"coding", "failing"} else ["one", "two"]
    calls = [asyncio.ensure_future(coding.process(None, value.encode(), 0)) for value in values]
    await calls[1]
    if STAGE == "failing":
        await asyncio.to_thread(wait_for, FOLDER / "began")
        raise ValueError("an error nobody foresaw")
    (FOLDER / "coded").touch()
    await asyncio.gather(*calls)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
