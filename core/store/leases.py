"""Leases: who may do what only one process at a time may do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import Lease

LIVING = "replica "
"""The names of leases of processes begin with it."""


class Leases(Protocol):
    """One row for each name; it stays when nobody holds it, so that its fence goes on growing.

    ``now`` is the caller's clock. It counts where every process has the same one: in a database that is a
    file. A server has a clock of its own and uses that, since those of several machines differ and step.

    A transaction that only takes, renews or gives back begins with ``begin(lock_of(name))``, so that it
    waits for nobody's else.
    """

    async def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> Lease | None:
        """Hold ``name`` for ``seconds`` from now; None while somebody else holds it.

        Whoever holds it already holds it longer, with the same fence. A lease that would last more than a
        minute longer than it was taken for is over as well: the clock was set back since.
        """
        ...

    async def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease | None:
        """Hold it for ``seconds`` from now; None if somebody else took it, or it was given back.

        One that is over is renewed if nobody has taken it meanwhile.
        """
        ...

    async def give_back(self, lease: Lease) -> None:
        """Let others take it at once; nothing happens if it is somebody else's by now."""
        ...

    async def holds(self, lease: Lease) -> bool:
        """Whether nobody has taken it since, and nobody will before this transaction ends.

        Read in the transaction that only the holder may do. It may be over: what counts is that no other
        process does the same.
        """
        ...

    async def held(self, prefix: str, now: datetime) -> Sequence[Lease]:
        """All that are held now and whose names begin with ``prefix``, by name."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete the rows of leases that were over before that time; returns how many."""
        ...


def lock_of(name: str) -> str:
    """For ``Store.begin``: the lock under which a lease is written, which is nobody's id."""
    return f"lease {name}"
