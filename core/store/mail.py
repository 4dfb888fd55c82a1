"""How many mails were asked for, for an address and by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class MailRequests(Protocol):
    """Counts requests to send a mail that nobody has confirmed yet. A row names nobody: a scope is a keyed
    hash. So the limits hold although a person was deleted.
    """

    async def counts(self, scopes: Sequence[str], since: datetime) -> tuple[int, ...]:
        """How many requests of each scope there were at ``since`` or later."""
        ...

    async def add(self, scopes: Sequence[str], at: datetime) -> None:
        """Count one request in each scope."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget earlier ones; returns how many rows."""
        ...
