"""Requests about a task on the list: to change it, or to remove it.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.words.changes import read_change
from core.words.intents import ChangeTask, MoveTask, RemoveTask, SkipTask
from core.words.moves import read_move, read_skip
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import one_of
from core.words.removals import read_removal

MAX_REQUEST = 700
"""Code points."""

_I_WANT_TO = re.compile(rf"^(?:{one_of(requests.I_WANT_TO)}) ", re.IGNORECASE)
_NO_LONGER = re.compile(rf"\b(?:{one_of(requests.NO_LONGER)})\b", re.IGNORECASE)


def read_task_request(
    words: str, *, now: datetime, zone: ZoneInfo
) -> ChangeTask | RemoveTask | MoveTask | SkipTask | None:
    """The request that the words are, without what is no request in ``otherwise``; None for other words.

    Raises ``BadInput`` (``task_too_long``) for a new title.
    """
    if len(words) > MAX_REQUEST:
        return None
    wanted = _I_WANT_TO.sub("", words)
    asked = read_change(wanted, now=now, zone=zone) or read_removal(wanted)
    if asked is None:
        return read_skip(wanted) or read_move(wanted)
    off = read_skip(wanted) if isinstance(asked, RemoveTask) and asked.title else None
    if off and off.is_off:  # "yoga is cancelled": what repeats is off once, and other tasks are removed
        return replace(off, otherwise=asked)
    if wanted == words:
        return asked
    return replace(asked, only_if_it_fits=True, typed=words)  # "I'd like to …" may be a to-do as well


def is_no_wish(words: str) -> bool:
    """Whether a request that looks like a wish is none: "I'd like to …", "ich muss … nicht mehr …"."""
    return bool(_I_WANT_TO.match(words) or _NO_LONGER.search(words))
