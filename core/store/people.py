"""People, their accounts, and invitation codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.chat import Channel
from core.records import Account, Person, PersonAccount, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePerson:
    """A person whose decision point, ``due_at``, has come."""

    person_id: str
    due_at: datetime


class People(Protocol):
    """Persons and their accounts."""

    async def get(self, person_id: str) -> Person: ...
    async def add(self, person: Person) -> None: ...
    async def save(self, person: Person) -> None: ...
    async def ids(self) -> tuple[str, ...]:
        """The ids of all people."""
        ...

    async def allowing(self, purpose: Purpose, people: Sequence[str]) -> frozenset[str]:
        """Those of these people who allow the purpose."""
        ...

    async def owner(self) -> Person | None: ...
    async def due(self, now: datetime, limit: int) -> tuple[DuePerson, ...]:
        """Persons with ``next_due_at <= now``, the longest overdue first; one indexed scan."""
        ...

    async def free(self, *people: str) -> Sequence[str]:
        """Those of these people whom no other transaction works on; none will before the end of this one.

        So a transaction that began about somebody else makes them its own, and waits for none of them.
        """
        ...

    async def claim(self, due: DuePerson, next_due_at: datetime | None) -> bool:
        """Move the decision point on unless that was done since ``due`` was read. True for one caller."""
        ...

    async def account(self, channel: Channel, external_id: str) -> Account | None: ...
    async def known(self, channel: Channel, external_id: str) -> PersonAccount | None:
        """The account and its person."""
        ...

    async def accounts(self, person_id: str) -> tuple[Account, ...]:
        """All accounts, last seen first."""
        ...

    async def account_with(self, account_id: str) -> Account | None:
        """The account with that id."""
        ...

    async def unreachable_on(self, channel: Channel) -> tuple[Account, ...]:
        """The accounts of a channel to which nothing can be sent, ordered by their ids."""
        ...

    async def save_account(self, account: Account) -> None:
        """Insert or update by account_id."""
        ...

    async def give_account(self, account: Account, person_id: str, *, instead: Account) -> None:
        """Give an account to another person. What its messages were about is forgotten; what was to be sent
        there goes to the account ``instead``.
        """
        ...

    async def remove_account(self, account: Account, *, instead: Account) -> None:
        """Delete an account. What its messages were about is forgotten; what was to be sent there goes to the
        account ``instead``.
        """
        ...

    async def forget(self, person_id: str) -> None:
        """Delete every row about this person, in every table, and overwrite the freed bytes."""
        ...

    async def join(self, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
        """Give every row about the person ``gone`` to ``kept``, in every table, and delete ``gone``.

        Of two rows with the same key the one of ``kept`` stays; what was spent is added up. Statistics,
        secrets and daily messages of ``gone`` are deleted. Where both had a decision for the same slot, that
        of ``gone`` is no longer for a slot. Both may not have an integration with the same provider.

        ``task_ids``: new ids of tasks of ``gone``, wherever they are named. If ``kept`` has a task with such
        an id, it takes the place of the other.
        """
        ...

    async def everything(self, person_id: str) -> dict[str, list[dict[str, object]]]:
        """Every personal column of every table about this person, by table; for exports."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A code that can be used once."""

    code_hash: str
    """The code itself is not stored."""
    created_at: datetime
    expires_at: datetime | None
    owner: bool = False
    """Whether using it makes a person the owner of this oO."""
    invited_by: str | None = None
    """person_id."""
    used_at: datetime | None = None
    used_by: str | None = None
    """person_id."""
    links: bool = False
    """Whether using it joins the account to the person ``invited_by``."""


class Invitations(Protocol):
    """Invitation codes."""

    async def add(self, invitation: Invitation) -> None: ...
    async def get(self, code_hash: str) -> Invitation | None:
        """The invitation with that code, used and expired ones included."""
        ...

    async def redeem(self, code_hash: str, *, used_by: str, now: datetime) -> Invitation | None:
        """Use an unused, unexpired code for the person ``used_by``; None if there is none.

        Exactly one caller gets it.
        """
        ...

    async def revoke_owner_codes(self, before: datetime | None = None) -> None:
        """Delete unused owner codes; with ``before``, only those that were made before then."""
        ...

    async def revoke_links(self, person_id: str) -> None:
        """Delete the unused codes that join an account to that person, so that only the newest one works."""
        ...

    async def revoke_guests(self, person_id: str, made_after: datetime) -> None:
        """Delete the unused codes by which that person has let others in after then."""
        ...
