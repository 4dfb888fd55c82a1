"""What is fuzzed: a parser, what must hold of it, and where the search begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).parent
REGRESSIONS = HERE / "regressions"

T = TypeVar("T")


class Shape(Enum):
    """What inputs consist of: how they are changed."""

    BYTES = "bytes"
    WORDS = "words"
    """Text: words are added, dropped and swapped as well."""
    JSON = "json"
    """Values are changed within their document as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A parser that is fuzzed."""

    name: str
    run: Callable[[bytes], object]
    """Reads an input. Raises what no input may cause: an ``AssertionError`` says that a result is wrong."""
    seeds: Callable[[], Iterable[bytes]]
    """Inputs that are understood."""
    shape: Shape = Shape.BYTES
    words: Callable[[], Iterable[str]] = tuple
    """What parsers look for in an input."""
    max_bytes: int = 4096
    """Longest input that the search makes. Seeds and regressions may be longer."""


MODULES = {
    "commands": "chat",
    "words": "chat",
    "tasks": "tasks",
    "recurrences": "tasks",
    "text": "messages",
    "callbacks": "messages",
    "telegram": "platforms",
    "slack": "platforms",
    "todoist": "sources",
    "signatures": "signatures",
    "links": "signatures",
    "answers": "models",
    "api": "programs",
    "mcp": "programs",
    "pages": "pages",
    "todo-files": "files",
    "csv-files": "files",
    "ics-files": "files",
    "calendars": "calendars",
    "rules": "calendars",
    "caldav": "calendars",
    "todos": "calendars",
    "events": "network",
    "headers": "network",
    "addresses": "network",
    "subscriptions": "identities",
    "oidc": "identities",
    "mail": "network",
    "config": "configuration",
    "environment": "configuration",
    "prompts": "configuration",
    "conversation": "conversations",
}
"""The names of all targets, with the module below ``tests.fuzz.targets`` that each is in."""

PACKAGES = {"answers": ("json_repair",), "config": ("yaml",), "rules": ("dateutil",)}
"""Of others, whose branches guide the search as well as oO's own."""


def target(name: str) -> Target:
    """The target of that name. Imports its module only, as imports are slow while they are instrumented."""
    found: dict[str, Target] = import_module(f"tests.fuzz.targets.{MODULES[name]}").TARGETS
    return found[name]


def by_name(*targets: Target) -> dict[str, Target]:
    """The targets of a module."""
    return {one.name: one for one in targets}


FIRST = ord("0")
"""The byte that chooses the first of several."""

# --- What targets make of bytes ----------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    """The text that the bytes are; lone surrogates are possible, as JSON can hold them."""
    return data.decode("utf-8", "surrogatepass") if _is_utf8(data) else data.decode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def chosen(data: bytes, choices: Sequence[T]) -> tuple[T, bytes]:
    """One of the choices, by the first byte, and the other bytes."""
    return choices[(data[0] - FIRST if data else 0) % len(choices)], data[1:]


def choice(number: int, rest: str | bytes) -> bytes:
    """The bytes of which ``chosen`` makes that choice, readable in an editor."""
    return bytes([FIRST + number]) + (
        rest.encode("utf-8", "surrogatepass") if isinstance(rest, str) else rest
    )
