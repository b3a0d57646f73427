"""Generates the JSON Schemas of the records and the AsyncAPI description of the topics from the code that defines them.

`make schemas` writes them to `config/`; a test compares what is written with what would be.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from streams import codec
from streams.topics import DEAD_LETTERS, TOPICS, Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(record_type: type) -> dict[str, Any]:
    """JSON Schema of one record as it stands on the wire."""
    schema = codec.adapter(record_type).json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, **schema}


def record_types() -> dict[str, type]:
    """The record types that topics carry, by name."""
    return {topic.record.__name__: topic.record for topic in TOPICS if topic.record is not None}


def asyncapi() -> dict[str, Any]:
    """The topics as an AsyncAPI 3.0 document: one channel a topic, one message a record type."""
    messages = {name: {"name": name, "payload": {"$ref": f"schemas/{name}.json"}} for name in record_types()}
    messages["DeadLetter"] = {
        "name": "DeadLetter",
        "summary": "The original bytes of a record that could not be read, under its original key.",
        "headers": {
            "type": "object",
            "properties": {
                name: {"type": "string"}
                for name in ("topic", "partition", "offset", "stage", "error", "message", "time")
            },
        },
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Daybook topics", "version": "1.0.0", "description": "Generated from streams/topics.py."},
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "components": {"messages": messages},
    }


def _channel(topic: Topic) -> dict[str, Any]:
    message = "DeadLetter" if topic in DEAD_LETTERS else topic.record.__name__ if topic.record else "DeadLetter"
    return {
        "address": topic.name,
        "description": f"{topic.about}; key: {topic.key}",
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "topicConfiguration": {"cleanup.policy": [topic.cleanup], "retention.ms": topic.retention_ms},
                "bindingVersion": "0.5.0",
            }
        },
    }


def generated() -> dict[str, bytes]:
    """Every generated file by its path below `config/`. AsyncAPI is JSON, which is YAML too."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    files = {
        f"schemas/{name}.json": orjson.dumps(schema_of(kind), option=options) for name, kind in record_types().items()
    }
    return {**files, "asyncapi.yaml": orjson.dumps(asyncapi(), option=options)}


def main() -> None:
    """Write the generated files below the folder named on the command line."""
    folder = Path(sys.argv[1])
    for name, content in generated().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
