"""What the API reads and writes: requests and answers without an HTTP library, and strict JSON."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bot.api.problems import Kind, Problem

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"

MAX_BODY_BYTES = 256 * 1024

ReadBody = Callable[[], Awaitable[bytes | None]]
"""The body; None if it has more than ``MAX_BODY_BYTES``. It is called at most once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """A request as it came in."""

    method: str
    path: str
    """Percent-decoded."""
    query: Sequence[tuple[str, str]] = ()
    """Percent-decoded, in order."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""
    address: str = ""
    """Where it came from."""
    read_body: ReadBody


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """An answer to be sent."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    """None without a body."""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Callable[[], AsyncGenerator[bytes]] | None = None
    """What is sent piece by piece in place of ``body``, until it ends or nobody reads it any more."""


def strict_json(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises ``Problem`` for anything else.

    Refused is also what parsers read differently: keys that stand twice, NaN and infinities, numbers that
    overflow, a byte order mark.
    """
    try:
        return json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite
        )
    except UnicodeDecodeError as fault:
        raise Problem(Kind.BAD_REQUEST, "The body is not UTF-8.") from fault
    except RecursionError as fault:
        raise Problem(Kind.BAD_REQUEST, "The body is nested too deeply.") from fault
    except ValueError as fault:
        raise Problem(Kind.BAD_REQUEST, "The body is not strict JSON.") from fault


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number overflows")
    return number
