"""Persons, their accounts, and the invitations that let them in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from adapters.storage import personal
from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.session import Session
from adapters.storage.tables import accounts, invitations, people
from core.chat import Channel
from core.errors import NotFound
from core.model import Account, Known, Person
from core.store import DuePerson, Invitation

_PEOPLE = Rows(Person, people)
_ACCOUNTS = Rows(Account, accounts)
_INVITATIONS = Rows(Invitation, invitations)

_THAT = people.c.person_id == bindparam("that")
_PERSON = _PEOPLE.select.where(_THAT)
_OWNER = _PEOPLE.select.where(people.c.owner).limit(1)
_DUE = (
    select(people.c.person_id, people.c.next_due_at)
    .where(people.c.next_due_at <= bindparam("now"))
    .order_by(people.c.next_due_at, people.c.person_id)
    .limit(LIMIT)
)
_SAVE = update(people).where(_THAT)
_CLAIM = update(people).where(_THAT, people.c.next_due_at == bindparam("due_at"))

_PLACE = (accounts.c.channel == bindparam("channel")) & (accounts.c.external_id == bindparam("external_id"))
_ACCOUNT = _ACCOUNTS.select.where(_PLACE)
_KNOWN = select(*_ACCOUNTS.columns, *_PEOPLE.columns).join_from(accounts, people).where(_PLACE)
_THEIR_ACCOUNTS = _ACCOUNTS.select.where(accounts.c.person_id == bindparam("person_id")).order_by(
    accounts.c.last_seen_at.desc(), accounts.c.account_id
)

_INVITATION = _INVITATIONS.select.where(invitations.c.code_hash == bindparam("code"))
_UNUSED = invitations.c.used_at.is_(None)
_REDEEM = (
    update(invitations)
    .where(
        invitations.c.code_hash == bindparam("code"),
        _UNUSED,
        or_(invitations.c.expires_at.is_(None), invitations.c.expires_at > bindparam("now")),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("by"))
    .returning(*_INVITATIONS.columns)
)
_REVOKE = delete(invitations).where(invitations.c.owner, _UNUSED)
_REVOKE_LINKS = delete(invitations).where(
    invitations.c.links, _UNUSED, invitations.c.invited_by == bindparam("that")
)


class People(Repository):
    """Persons and their accounts. ``forgot`` says that freed bytes await their end."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.forgot = False

    async def get(self, person_id: str) -> Person:
        return await self._one(_PEOPLE, _PERSON, that=person_id)

    async def add(self, person: Person) -> None:
        await self._add(_PEOPLE, person)

    async def save(self, person: Person) -> None:
        """Raises ``NotFound`` for somebody who was forgotten meanwhile: they must not come back."""
        if not await self._session.change(_SAVE, {**_PEOPLE.values(person), "that": person.person_id}):
            raise NotFound("no such person")

    async def owner(self) -> Person | None:
        return await self._first(_PEOPLE, _OWNER)

    async def due(self, now: datetime, limit: int) -> tuple[DuePerson, ...]:
        rows = await self._session.rows(_DUE, now=now, limit=limit)
        return tuple(DuePerson(person_id=row.person_id, due_at=row.next_due_at) for row in rows)

    async def claim(self, due: DuePerson, next_due_at: datetime | None) -> bool:
        values = {"that": due.person_id, "due_at": due.due_at, "next_due_at": next_due_at}
        return bool(await self._session.change(_CLAIM, values))

    async def account(self, channel: Channel, external_id: str) -> Account | None:
        return await self._first(_ACCOUNTS, _ACCOUNT, channel=channel, external_id=external_id)

    async def known(self, channel: Channel, external_id: str) -> Known | None:
        found = await self._session.rows(_KNOWN, channel=channel, external_id=external_id)
        if not found:
            return None
        person = found[0][len(_ACCOUNTS.columns) :]
        return Known(account=_ACCOUNTS.record(found[0]), person=_PEOPLE.record(person))

    async def accounts(self, person_id: str) -> tuple[Account, ...]:
        return await self._all(_ACCOUNTS, _THEIR_ACCOUNTS, person_id=person_id)

    async def save_account(self, account: Account) -> None:
        await self._put(_ACCOUNTS, account)

    async def forget(self, person_id: str) -> None:
        self.forgot = True
        await self._session.run(lambda connection: personal.forget(connection, person_id))

    async def everything(self, person_id: str) -> dict[str, list[dict[str, object]]]:
        return await self._session.run(lambda connection: personal.everything(connection, person_id))


class Invitations(Repository):
    """Codes that let people in."""

    async def add(self, invitation: Invitation) -> None:
        await self._add(_INVITATIONS, invitation)

    async def get(self, code_hash: str) -> Invitation | None:
        return await self._first(_INVITATIONS, _INVITATION, code=code_hash)

    async def redeem(self, code_hash: str, *, used_by: str, now: datetime) -> Invitation | None:
        used = await self._session.rows(_REDEEM, code=code_hash, by=used_by, now=now)
        return _INVITATIONS.record(used[0]) if used else None

    async def revoke_owner_codes(self) -> None:
        await self._session.change(_REVOKE, {})

    async def revoke_links(self, person_id: str) -> None:
        await self._session.change(_REVOKE_LINKS, {"that": person_id})
