"""Removes what is left of generations that no longer serve, and of replays that were given up."""

from __future__ import annotations

from collections.abc import Iterator

from streams.generations import Generation, ReplayError
from streams.records import Generations
from streams.reporting.generations import generations
from streams.settings import Settings
from streams.topic_admin import admin_client, internal_topics
from streams.topics import TOPICS


def former(application: str, told: Generations) -> Iterator[Generation]:
    """Every generation there may ever have been that neither serves nor is being built."""
    for number in range(1, max(told.serving, told.building or 0) + 1):
        if number not in (told.serving, told.building):
            yield Generation(application, number)


def leftovers(application: str, told: Generations) -> set[str]:
    """Names of the topics that nobody needs any more; some may not exist.

    The outputs that a generation had of its own while it was built are among them once it serves.
    """
    names: set[str] = set()
    for generation in former(application, told):
        own = (generation.name_of(topic.name) for topic in TOPICS if topic.scope == "internal")
        names |= {*own, *(topic.name for topic in internal_topics(generation.application_id))}
    for number in range(2, max(told.serving, told.building or 0) + 1):
        if number != told.building:
            built = Generation(application, number, is_building=True)
            names |= {built.name_of(topic.name) for topic in TOPICS if topic.scope == "output"}
    return names


def clean(settings: Settings) -> list[str]:
    """Delete the leftovers on the broker; the names of the topics deleted. Raises `ReplayError` while one switches."""
    told = generations(settings)
    if told.switch != "none":
        raise ReplayError("a switch is not finished: call `daybook replay` first")
    with admin_client(settings) as admin:
        there = sorted(leftovers(settings.application_id, told) & set(admin.list_topics()))
        if there:
            admin.delete_topics(there)
        groups = {found["group_id"] for found in admin.list_groups()}
        gone = [one.application_id for one in former(settings.application_id, told) if one.application_id in groups]
        if gone:
            admin.delete_groups(gone)
    return there
