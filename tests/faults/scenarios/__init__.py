"""The scenarios by name."""

from __future__ import annotations

from tests.faults.scenarios import brokers, calm, decisions, inside, replays, storage, workers
from tests.faults.scene import Scenario

ALL = (workers, brokers, inside, storage, decisions, replays, calm)
SCENARIOS: dict[str, Scenario] = {one.name: one for module in ALL for one in module.SCENARIOS}
