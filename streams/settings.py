"""Settings: one frozen object, built in `main`, from `config/daybook.toml` and then `DAYBOOK_*` variables."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DEFAULT_FILE = Path("config/daybook.toml")


class SettingsError(Exception):
    """The settings file cannot be read; the message says which and why."""


class Settings(BaseSettings):
    """Everything that can be set. Each field gives its meaning, unit and bound."""

    model_config = SettingsConfigDict(env_prefix="DAYBOOK_", frozen=True, extra="forbid")

    # The broker
    broker: Annotated[str, Field(description="Kafka bootstrap servers, host:port, separated by commas.")] = (
        "127.0.0.1:29092"
    )
    partitions: Annotated[int, Field(ge=1, le=1000, description="Partitions of every topic.")] = 8
    replication: Annotated[int, Field(ge=1, le=5, description="Replicas of every topic.")] = 1
    security_protocol: Annotated[Literal["PLAINTEXT", "SSL"], Field(description="How to speak to the broker.")] = (
        "PLAINTEXT"
    )

    # The worker
    application_id: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9][a-z0-9.-]*$",
            description="Consumer group and name of the worker's state; permanent.",
        ),
    ] = "daybook"
    state_dir: Annotated[Path, Field(description="Folder for the broker's data, the worker's state and logs.")] = Path(
        ".daybook"
    )
    web_host: Annotated[str, Field(description="Address of /metrics, /healthz and /readyz.")] = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535, description="Port of /metrics, /healthz and /readyz.")] = 9108
    session_timeout_seconds: Annotated[
        float,
        Field(ge=6, le=300, description="A worker that is silent for so long loses its partitions; seconds."),
    ] = 30.0
    coding_processes: Annotated[int, Field(ge=1, le=64, description="Processes that read and code articles.")] = 2
    article_seconds: Annotated[
        float,
        Field(ge=1, le=3600, description="A coding process that needs longer for one article is killed; seconds."),
    ] = 180.0
    stall_seconds: Annotated[
        float,
        Field(ge=5, le=7200, description="A worker with work and no progress for so long ends; above article_seconds."),
    ] = 300.0
    store: Annotated[
        Literal["memory", "rocksdb"],
        Field(description="Where the worker keeps its tables: rocksdb needs less memory and starts warm."),
    ] = "memory"
    unproven_faust: Annotated[
        bool, Field(description="Run with another faust-streaming than the one the engine is proven with.")
    ] = False
    count_interval_seconds: Annotated[
        float, Field(gt=0, le=60, description="A count is published at most once in so many seconds.")
    ] = 1.0
    horizon_days: Annotated[
        int,
        Field(ge=1, description="State that no article has touched for so many days is removed, and days close; "
              "by the times of the article records."),
    ] = 120  # fmt: skip
    dead_letters_per_minute: Annotated[
        int,
        Field(
            ge=1,
            description="More dead letters than this in a minute stop the worker for good: the deployment is bad.",
        ),
    ] = 300

    # Reading and coding
    live: Annotated[
        bool, Field(description="Sources are live: an article without any date is dated by its fetch time.")
    ] = False
    max_article_characters: Annotated[
        int, Field(ge=1000, description="Articles with more text go to the dead letters; characters without HTML.")
    ] = 200_000
    max_future_hours: Annotated[
        float,
        Field(ge=0, description="An article fetched or published later than so many hours from now is refused."),
    ] = 48.0
    pipeline: Annotated[
        str, Field(description="spaCy pipeline; `auto` prefers an installed official en_core_web_*.")
    ] = "auto"
    lexicon_folder: Annotated[
        Path, Field(description="Folder of lexicon files of your own; the default one may be missing.")
    ] = Path("config/lexicon")
    confidence: Annotated[float, Field(ge=0, le=1, description="Mentions with less confidence are dropped.")] = 0.68
    historical_days: Annotated[
        int, Field(ge=1, description="An event longer than so many days before publication is background.")
    ] = 45

    log_format: Annotated[Literal["auto", "text", "json"], Field(description="auto: text on a terminal.")] = "auto"
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Least level logged.")] = (
        "info"
    )

    @model_validator(mode="after")
    def _stall_is_longer(self) -> Self:
        """An article within its limit must not look like a stall."""
        if self.stall_seconds <= self.article_seconds:
            raise ValueError("stall_seconds must be above article_seconds")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the signature is pydantic's)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code wins over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def settings_file() -> Path | None:
    """The file that DAYBOOK_CONFIG names, else `config/daybook.toml` if it is there.

    Raises `SettingsError` for one that is named and missing, or is no TOML.
    """
    named = os.environ.get("DAYBOOK_CONFIG")
    file = Path(named or DEFAULT_FILE)
    if not file.exists():
        if named:
            raise SettingsError(f"DAYBOOK_CONFIG names {file}, which is not there")
        return None
    try:
        tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:  # TOML and UTF-8 faults alike
        raise SettingsError(f"{file}: {error}") from error
    return file


def load(**given: Any) -> Settings:
    """The settings, those in `given` that are not None first. Raises pydantic's `ValidationError`, `SettingsError`."""
    return Settings(**{name: value for name, value in given.items() if value is not None})
