"""Lists in parts. A cursor names the last item that was seen, so what is added or removed shifts nothing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.api.problems import Kind, Problem

T = TypeVar("T")
Place = tuple[str, str]
"""The place of an item in its list; sorts as the list does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list."""

    items: Sequence[T]
    last: Place | None
    """The place of the last item; None if none follows."""


def page(items: Sequence[T], cursor: str | None, limit: int, *, key: Callable[[T], Place]) -> Page[T]:
    """At most ``limit`` of ``items``, which are sorted by ``key``, after the cursor. Raises ``Problem``."""
    after = _place_of(cursor) if cursor is not None else None
    ahead = [one for one in items if after is None or key(one) > after]
    shown = ahead[:limit]
    return Page(items=shown, last=key(shown[-1]) if len(ahead) > limit else None)


def cursor_of(place: Place | None) -> str | None:
    """The cursor for what follows ``place``."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode() if place else None


def _place_of(cursor: str) -> Place:
    try:
        found = json.loads(urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, RecursionError) as fault:
        raise _foreign() from fault
    match found:
        case [str(first), str(second)]:
            return (first, second)
    raise _foreign()


def _foreign() -> Problem:
    return Problem(
        Kind.UNUSABLE, errors=[{"pointer": "/cursor", "detail": "should be a next_cursor of oO's"}]
    )
