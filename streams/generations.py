"""Generations: what a replay builds beside the service that runs, and when which of them may work.

A generation is the service built from the first article on, with a consumer group, state and internal topics of its
own. Generation 1 has the names of `streams/topics.py`. One that is being built has output topics of its own too; once
it serves, it publishes to the public ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from streams.records import Generations
from streams.topics import INPUTS, TOPICS, Topic

REVISIONS = 10**12
"""Revisions of one generation: more than a partition will ever have records.

So those of each generation are above all before it. Nine thousand generations stay below 2^53, where readers of JSON
begin to confuse numbers.
"""
TOPICS_BY_NAME = {topic.name: topic for topic in TOPICS}


class ReplayError(Exception):
    """A replay cannot go on; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, and how everything of it is called."""

    application: str
    """The setting `application_id`: the same for all generations."""
    number: int = 1
    is_building: bool = False
    """Not serving yet: its outputs go to topics of its own."""

    @property
    def application_id(self) -> str:
        """Its consumer group, and the beginning of its changelogs' names."""
        return self.application if self.number == 1 else f"{self.application}-g{self.number}"

    def name_of(self, topic: str) -> str:
        """How a topic of `streams/topics.py` is called for this generation; one that is not there keeps its name."""
        known = TOPICS_BY_NAME.get(topic)
        return topic if known is None else self.own(known).name

    def own(self, topic: Topic) -> Topic:
        """The topic as this generation has it."""
        is_own = self.is_building if topic.scope == "output" else topic.scope == "internal"
        return replace(topic, name=f"{topic.name}.g{self.number}") if is_own and self.number > 1 else topic

    @property
    def inputs(self) -> tuple[Topic, ...]:
        """What its agents consume, in the order of the flow."""
        return tuple(self.own(topic) for topic in INPUTS)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All its topics but the changelogs."""
        return tuple(self.own(topic) for topic in TOPICS)

    def revision(self, offset: int) -> int:
        """The revision that a record at this offset causes."""
        return (self.number - 1) * REVISIONS + offset

    def state_folder(self, state_dir: Path) -> Path:
        """Where its workers keep their state: another generation's would be taken for its own."""
        return state_dir if self.number == 1 else state_dir / f"generation-{self.number}"

    def may_work(self, told: Generations) -> bool:
        """Whether a worker of this generation may run, so that nobody else publishes where it does."""
        if self.is_building:
            return told.building == self.number and told.switch != "publishing"
        return told.serving == self.number and told.switch == "none"


def serving(application: str, told: Generations) -> Generation:
    """The generation whose outputs are public."""
    return Generation(application, told.serving)


class Step(Enum):
    """What a replay has to do next."""

    BEGIN = "build a new generation from the first article on"
    RESUME = "go on building the generation that an earlier replay left"
    PUBLISH = "finish the switch that an earlier replay left"


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step, and the generation that it is about."""

    step: Step
    number: int


def plan(told: Generations, code: str, *, anew: bool) -> Plan:
    """What a replay by this version of the code does, whatever became of those before it.

    What another version has half built would be of neither. `anew` gives up what is half built in any case. A switch
    that has begun to publish can only be finished: the public topics are of two generations until then.
    """
    if told.building is not None and told.switch == "publishing":
        return Plan(Step.PUBLISH, told.building)
    if told.building is not None and told.code == code and not anew:
        return Plan(Step.RESUME, told.building)
    return Plan(Step.BEGIN, max(told.serving, told.building or 0) + 1)
