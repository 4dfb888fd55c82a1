"""Ids of tasks on CalDAV servers. Light: it is imported at the start.

Tests: tests/adapters/calendars/test_todos.py.
"""

from __future__ import annotations

from hashlib import blake2b


def task_id(person_id: str, external_id: str) -> str:
    """Text of constant length that depends only on the person and the path of the resource."""
    return f"caldav-{blake2b(f'{person_id} {external_id}'.encode(), digest_size=16).hexdigest()}"
