"""A due date as a short text without personal words, for events: ``2026-11-23T09:00 Europe/Berlin``.

Tests: tests/core/tasks/test_history.py.
"""

from __future__ import annotations

from datetime import date, time

from core.records import Due


def due_code(due: Due | None) -> str:
    """``2026-11-23``, ``2026-11-23T09:00`` or, with a zone of its own, ``2026-11-23T09:00 Europe/Berlin``;
    empty without a date.
    """
    if due is None:
        return ""
    moment = f"{due.on.isoformat()}T{due.at.isoformat()}" if due.at else due.on.isoformat()
    return f"{moment} {due.zone}" if due.zone else moment


def due_of(code: str) -> Due | None:
    """The inverse of ``due_code``."""
    if not code:
        return None
    moment, _, zone = code.partition(" ")
    on, _, at = moment.partition("T")
    return Due(on=date.fromisoformat(on), at=time.fromisoformat(at) if at else None, zone=zone or None)
