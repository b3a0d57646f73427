"""Faust's settings with which nothing is lost."""

from __future__ import annotations

import faust

from streams.engine.app import App
from streams.engine.tables import Table, TableManager
from streams.engine.topic import Topic

YEAR = 365 * 24 * 3600.0


def test_a_worker_without_partitions_does_not_leave_the_group_for_never_polling() -> None:
    """aiokafka leaves it after this interval, which ends the worker and rebalances all others, and so on for ever."""
    assert App("ours").conf.broker_max_poll_interval > YEAR
    assert faust.App("stock").conf.broker_max_poll_interval < YEAR


def test_faust_is_told_to_use_our_parts() -> None:
    conf = App("ours", session_seconds=10.0, broker="kafka://127.0.0.1:1").conf
    parts: tuple[object, ...] = (conf.Table, conf.TableManager, conf.Topic)
    assert parts == (Table, TableManager, Topic)
    assert (conf.table_standby_replicas, conf.topic_allow_declare, conf.topic_disable_leader) == (0, False, True)
    assert conf.broker_heartbeat_interval * 3 <= conf.broker_session_timeout == 10.0


def test_the_users_own_settings_stand_beside_them() -> None:
    assert App("ours", topic_partitions=3).conf.topic_partitions == 3
