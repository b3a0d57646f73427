"""The steps of a replay, in an order in which no two generations ever publish to the public topics.

1. Tell that a generation is built. Its worker reads all articles, and publishes to topics of its own.
2. Tell `stopping`: the serving workers end. Once their group has no members, nobody publishes.
3. The builder goes through what came meanwhile, and ends.
4. Tell `publishing`: from now on the switch can only be finished. Publish what differs.
5. Tell that the built generation serves: workers come up in it, and read on from where the builder was.

A replay that is called again goes on from what was told last (`streams.generations.plan`). Until 4 whatever fails
leaves the service as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from streams.generations import Generation, Plan, ReplayError, Step, plan, serving
from streams.records import Generations
from streams.replaying.building import Builder, builder_of
from streams.replaying.catching_up import OnProgress, catch_up, go_through, wait_unmanned
from streams.replaying.differences import Change, Kind, Tally
from streams.replaying.outputs import COMPARED, LETTERS, Placed, compared, differing, new_letters
from streams.replaying.publishing import ReplayWriter, replay_writer
from streams.reporting.generations import generations
from streams.reporting.topic_reader import consumer, partitions_of
from streams.settings import Settings
from streams.topic_admin import ensure_topics
from streams.topics import INPUTS

STOP_SECONDS = 150.0
"""How long workers may take to notice that they must end, and to finish what is under way."""
SWITCH_SECONDS = 900.0
"""How long the builder may take for what came while it caught up; else the service goes on as it was."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a replay is asked to do."""

    code: str
    """Version of the code and the lexicons that build."""
    anew: bool = False
    """Give up what an earlier replay has half built."""
    compare_only: bool = False
    """Build and compare, and leave the service as it is."""
    incomplete: bool = False
    """Go on although retention has deleted articles, whose events and counts are lost by it."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Who is told how it goes."""

    say: Callable[[str], None]
    on_progress: OnProgress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a replay."""

    number: int
    tallies: dict[str, Tally]
    """How the outputs of the new generation differed from the public ones, by topic."""
    letters: int
    """Dead letters that only the new generation has."""


def replay(settings: Settings, wanted: Wanted, observer: Observer) -> Outcome:
    """Do what is wanted, from where an earlier replay was broken off.

    Raises `ReplayError` when it cannot go on, `TopicsError` and `KafkaError`.
    """
    ensure_topics(settings)  # of a service that was set up before there were generations, one is missing
    if (building := generations(settings).building) is not None:
        _check_alone(settings, Generation(settings.application_id, building, is_building=True))
    with replay_writer(settings) as writer:
        told = generations(settings)
        planned = plan(told, wanted.code, anew=wanted.anew)
        built = Generation(settings.application_id, planned.number, is_building=True)
        observer.say(f"generation {told.serving} serves; {planned.step.value}: {planned.number}")
        if planned.step is not Step.PUBLISH:
            _check_complete(settings, planned, wanted)
            ensure_topics(settings, built)
            told = replace(told, building=built.number, code=wanted.code, switch="none")
            writer.tell(told)
            with builder_of(settings, built) as builder:
                catch_up(settings, built, _watching(builder, observer))
                if wanted.compare_only:
                    observer.say("caught up; comparing")
                    return Outcome(built.number, compared(settings, built), _letters(settings, built))
                _take_over(settings, writer, told, builder, observer)
        elif wanted.compare_only:
            raise ReplayError("a switch has begun and must be finished: call `daybook replay` without --compare")
        return _finish(settings, writer, replace(told, switch="publishing"), observer)


def _take_over(
    settings: Settings, writer: ReplayWriter, told: Generations, builder: Builder, observer: Observer
) -> None:
    """End all workers, with everything built; if that does not come about, let the serving ones go on."""
    live = serving(settings.application_id, told)
    built = Generation(settings.application_id, told.building or 0, is_building=True)
    observer.say(f"caught up; waiting for the workers of generation {live.number} to end")
    writer.tell(replace(told, switch="stopping"))
    try:
        wait_unmanned(settings, live, STOP_SECONDS)
        go_through(settings, built, _watching(builder, observer, time.monotonic() + SWITCH_SECONDS))
        builder.stop()
        wait_unmanned(settings, built, STOP_SECONDS)
    except BaseException:
        writer.tell(replace(told, switch="none"))
        observer.say(f"generation {live.number} goes on as before")
        raise
    writer.tell(replace(told, switch="publishing"))


def _finish(settings: Settings, writer: ReplayWriter, told: Generations, observer: Observer) -> Outcome:
    """Bring the public topics to what was built, and let it serve."""
    built = Generation(settings.application_id, told.building or 0, is_building=True)
    observer.say("nobody publishes now; publishing what differs")
    tallies = {topic.name: Tally() for topic in COMPARED}
    for topic in COMPARED:
        writer.publish(differing(settings, built, topic, tallies[topic.name]))
    letters = writer.publish(_placed_letters(settings, built))
    writer.tell(Generations(serving=built.number, code=told.code))
    return Outcome(built.number, tallies, letters)


def _placed_letters(settings: Settings, built: Generation) -> Iterator[Placed]:
    for topic in LETTERS:
        for letter in new_letters(settings, built, topic):
            yield Placed(topic.name, None, Change(letter.key, letter.value, Kind.NEW, letter.headers))


def _letters(settings: Settings, built: Generation) -> int:
    return sum(1 for _ in _placed_letters(settings, built))


def _watching(builder: Builder, observer: Observer, deadline: float | None = None) -> OnProgress:
    """Tell the progress, and give up when the builder has ended or the deadline, of the monotonic clock, has passed."""

    def look(topic: str, finished: int, there: int) -> None:
        builder.check()
        observer.on_progress(topic, finished, there)
        if deadline is not None and time.monotonic() > deadline:
            raise ReplayError(f"the builder was not done within {SWITCH_SECONDS:.0f} s")

    return look


def _check_alone(settings: Settings, built: Generation) -> None:
    """Raises `ReplayError` when another replay builds; one that was killed counts until its session has ended."""
    try:
        wait_unmanned(settings, built, settings.session_timeout_seconds + 10)
    except ReplayError as error:
        raise ReplayError(f"another replay is under way: it builds generation {built.number}") from error


def _check_complete(settings: Settings, planned: Plan, wanted: Wanted) -> None:
    """Raises `ReplayError` when articles that were counted cannot be read any more."""
    if planned.step is not Step.BEGIN or wanted.incomplete:
        return
    with consumer(settings) as reader:
        names = [topic.name for topic in INPUTS if topic.scope == "shared"]
        deleted = sum(reader.beginning_offsets(partitions_of(reader, names)).values())
    if deleted:
        raise ReplayError(
            f"retention has deleted {deleted:,} articles: a replay would take back what they told. "
            "--incomplete does it all the same"
        )
