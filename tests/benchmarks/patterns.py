"""All regular expressions of reading, and texts that are made to keep each of them busy."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from inspect import signature
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # the standard library's own reader of patterns
from typing import Any

import streams.reading
from streams.reading.times_words import compile_pattern

_CALLS = {f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub")}
_LONG_TABLE = 120
_ENDS = ("", "\x00", "\n!", " x9")


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern by where it comes from: module attributes, the tables, and those written inside functions."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.iter_modules(streams.reading.__path__):
        module = importlib.import_module(f"streams.reading.{info.name}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", None) == module.__name__
            made = value() if own and hasattr(value, "cache_info") and not signature(value).parameters else value
            inside = list(_inside(made))
            # The patterns of a long table are made alike, by one function: some of them tell about all.
            inside = inside if len(inside) < _LONG_TABLE else inside[:: len(inside) // 20]
            found |= {f"{info.name}.{name}.{i}": pattern for i, pattern in enumerate(inside)}
        found |= {f"{info.name}:{line}": p for line, p in _inline(Path(str(module.__file__)))}
    by_text = {(pattern.pattern, pattern.flags): name for name, pattern in reversed(found.items())}
    return {name: pattern for name, pattern in found.items() if by_text[pattern.pattern, pattern.flags] == name}


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns in a value, in its items and in the fields of these: a table of the lexicon, for one."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _inside(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _inside(tuple(getattr(value, field.name) for field in fields(value)))


def _inline(source: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        text, called = node.args[0].value, ast.unparse(node.func)
        if called == "compile_pattern":
            yield node.lineno, compile_pattern(text)
        elif called in _CALLS and isinstance(text, str):
            yield node.lineno, re.compile(text)


def attacks(pattern: re.Pattern[str], samples: int = 3) -> list[tuple[str, str]]:
    """Pairs (unit to repeat, failing end): its own characters, and words that it nearly or wholly matches."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    chance = random.Random(7)
    made = [_sample(tree, chance, most=2) for _ in range(samples)]
    stretched = _sample(tree, chance, most=30)
    units = [*made, *(unit[: len(unit) // 2] for unit in made[:2]), stretched, stretched[:-1]]
    signs = dict.fromkeys(made[0] + made[-1])
    units += list(signs)[:6] + [sign + " " for sign in list(signs)[:2]]
    return [(unit, _ENDS[i % len(_ENDS)]) for i, unit in enumerate(dict.fromkeys(filter(None, units)))]


def _sample(tree: Any, chance: random.Random, most: int) -> str:
    """A text that the parsed pattern would match, but for what stands around it; repetitions up to `most`."""
    return "".join(_part(str(kind), value, chance, most) for kind, value in tree)


def _part(kind: str, value: Any, chance: random.Random, most: int) -> str:
    made = ""
    if kind == "LITERAL":
        made = chr(value)
    elif kind == "NOT_LITERAL":
        made = "a" if chr(value) != "a" else "b"
    elif kind == "IN":
        made = _of_set(value, chance)
    elif kind in {"ANY", "CATEGORY"}:
        made = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "a")
    elif kind == "BRANCH":
        made = _sample(chance.choice(value[1]), chance, most)
    elif kind == "SUBPATTERN":
        made = _sample(value[3], chance, most)
    elif kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        low, high, inside = value
        made = "".join(_sample(inside, chance, most) for _ in range(min(int(high), max(int(low), most))))
    return made


def _of_set(items: Any, chance: random.Random) -> str:
    first = str(items[0][0])
    if first == "NEGATE":
        barred = {chr(value) for kind, value in items[1:] if str(kind) == "LITERAL"}
        return next(sign for sign in "a-.1 " if sign not in barred)
    kind, value = chance.choice(items)
    if str(kind) == "RANGE":
        return chr(chance.randint(*value))
    return _part(str(kind), value, chance, 1)
