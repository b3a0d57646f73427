"""`daybook replay` that is killed at a moment of its own; `python -m tests.faults.faulty_replay MOMENT`.

The faults are put in here, so that the command has no switch for them.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from streams.cli import main
from streams.replaying import publishing
from streams.replaying.publishing import ReplayWriter

if TYPE_CHECKING:
    from streams.records import Generations

PUBLISHED_UNTIL_FAULT = 25
STOPPING, PUBLISHING = "stopping", "publishing"


class StoppingWriter(ReplayWriter):
    """Killed when it has told the serving workers to end."""

    def tell(self, told: Generations) -> None:
        """Tell all workers."""
        super().tell(told)
        if told.switch == "stopping":
            os.kill(os.getpid(), signal.SIGKILL)


class PublishingWriter(ReplayWriter):
    """Killed in the middle of a transaction, when some records of it are on the public topics."""

    published = 0

    def _send(self, one: Any) -> Any:
        sent = super()._send(one)
        self.published += 1
        if self.published > PUBLISHED_UNTIL_FAULT:
            self._producer.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return sent


FAULTS = {STOPPING: StoppingWriter, PUBLISHING: PublishingWriter}

if __name__ == "__main__":
    vars(publishing)["ReplayWriter"] = FAULTS[sys.argv.pop(1)]
    sys.argv.append("replay")
    main()
