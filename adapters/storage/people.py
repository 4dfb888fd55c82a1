"""People, their accounts, and invitations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, text, update

from adapters.storage import joining, personal
from adapters.storage.endings import address_hash, deletion_hash
from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.session import Session
from adapters.storage.tables import accounts, deliveries, invitations, messages, people
from core.chat import Channel
from core.errors import NotFound
from core.records import Account, Consent, Person, PersonAccount, Purpose
from core.store import DuePerson, Invitation

PEOPLE = Rows(Person, people)
_ACCOUNTS = Rows(Account, accounts)
_INVITATIONS = Rows(Invitation, invitations)

_IS_PERSON = people.c.person_id == bindparam("target_id")
_PERSON = PEOPLE.select.where(_IS_PERSON)
_IDS = select(people.c.person_id).order_by(people.c.person_id)
_ALLOWED = select(people.c.person_id, people.c.allowed).where(
    people.c.person_id.in_(bindparam("people", expanding=True)), people.c.consent == Consent.AGREED
)
_OWNER = PEOPLE.select.where(text("owner")).limit(1)  # in the words of its index
_DUE_PEOPLE = (
    select(people.c.person_id, people.c.next_due_at)
    .where(people.c.next_due_at <= bindparam("now"))
    .order_by(people.c.next_due_at, people.c.person_id)
    .limit(LIMIT)
)
_UPDATE_PERSON = update(people).where(_IS_PERSON)
_CLAIM_PERSON = update(people).where(_IS_PERSON, people.c.next_due_at == bindparam("due_at"))

_IS_ACCOUNT = (accounts.c.channel == bindparam("channel")) & (
    accounts.c.external_id == bindparam("external_id")
)
_ACCOUNT = _ACCOUNTS.select.where(_IS_ACCOUNT)
_ACCOUNT_WITH_PERSON = (
    select(*_ACCOUNTS.columns, *PEOPLE.columns).join_from(accounts, people).where(_IS_ACCOUNT)
)
_ACCOUNTS_OF_PERSON = _ACCOUNTS.select.where(accounts.c.person_id == bindparam("person_id")).order_by(
    accounts.c.last_seen_at.desc(), accounts.c.account_id
)
_WITH_ID = _ACCOUNTS.select.where(accounts.c.account_id == bindparam("account_id"))
_UNREACHABLE = _ACCOUNTS.select.where(
    accounts.c.channel == bindparam("channel"),
    text("NOT reachable"),  # in the words of its index
).order_by(accounts.c.account_id)
_REMOVE_ACCOUNT = delete(accounts).where(accounts.c.account_id == bindparam("leaving"))

_INVITATION = _INVITATIONS.select.where(invitations.c.code_hash == bindparam("code"))
_IS_UNUSED = invitations.c.used_at.is_(None)
_REDEEM_INVITATION = (
    update(invitations)
    .where(
        invitations.c.code_hash == bindparam("code"),
        _IS_UNUSED,
        or_(invitations.c.expires_at.is_(None), invitations.c.expires_at > bindparam("now")),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("by"))
    .returning(*_INVITATIONS.columns)
)
_DELETE_OWNER_CODES = delete(invitations).where(invitations.c.owner, _IS_UNUSED)
_DELETE_OLD_OWNER_CODES = _DELETE_OWNER_CODES.where(invitations.c.created_at < bindparam("before"))
_DELETE_LINK_CODES = delete(invitations).where(
    invitations.c.links, _IS_UNUSED, invitations.c.invited_by == bindparam("target_id")
)
_DELETE_GUEST_CODES = delete(invitations).where(
    invitations.c.links.is_(False),
    invitations.c.owner.is_(False),
    _IS_UNUSED,
    invitations.c.invited_by == bindparam("target_id"),
    invitations.c.created_at > bindparam("after"),
)

_FORGET_MESSAGES = delete(messages).where(messages.c.account_id == bindparam("leaving"))
_SEND_ELSEWHERE = (
    update(deliveries)
    .where(deliveries.c.account_id == bindparam("leaving"), deliveries.c.message_id.is_(None))
    .values(account_id=bindparam("elsewhere"))
)


class People(Repository):
    """People and their accounts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._known: dict[str, Person] = {}
        """The people whom this transaction has read: nobody else changes them before its end."""
        self.has_forgotten = False
        """Whether this transaction deleted people: freed bytes must be overwritten after it."""
        self.has_freed_secrets = False
        """Whether secrets or addresses were deleted whose bytes must not stay in the file."""

    async def get(self, person_id: str) -> Person:
        if person_id not in self._known:
            self._known[person_id] = await self._one(PEOPLE, _PERSON, target_id=person_id)
        return self._known[person_id]

    async def add(self, person: Person) -> None:
        await self._add(PEOPLE, person)

    async def save(self, person: Person) -> None:
        """Raises ``NotFound`` if the person was deleted meanwhile: they must not be stored again."""
        self._known.pop(person.person_id, None)
        if not await self._session.change(
            _UPDATE_PERSON, {**PEOPLE.values(person), "target_id": person.person_id}
        ):
            raise NotFound("no such person")

    async def ids(self) -> tuple[str, ...]:
        return tuple(row.person_id for row in await self._session.rows(_IDS))

    async def allowing(self, purpose: Purpose, people: Sequence[str]) -> frozenset[str]:
        rows = await self._session.rows(_ALLOWED, people=people)
        return frozenset(row.person_id for row in rows if purpose in row.allowed)

    async def owner(self) -> Person | None:
        return await self._first(PEOPLE, _OWNER)

    async def due(self, now: datetime, limit: int) -> tuple[DuePerson, ...]:
        rows = await self._session.rows(_DUE_PEOPLE, now=now, limit=limit)
        return tuple(DuePerson(person_id=row.person_id, due_at=row.next_due_at) for row in rows)

    async def free(self, *people: str) -> Sequence[str]:
        return await self._session.lock_free(people)

    async def claim(self, due: DuePerson, next_due_at: datetime | None) -> bool:
        self._known.pop(due.person_id, None)
        values = {"target_id": due.person_id, "due_at": due.due_at, "next_due_at": next_due_at}
        return bool(await self._session.change(_CLAIM_PERSON, values))

    async def account(self, channel: Channel, external_id: str) -> Account | None:
        return await self._first(_ACCOUNTS, _ACCOUNT, channel=channel, external_id=external_id)

    async def known(self, channel: Channel, external_id: str) -> PersonAccount | None:
        found = await self._session.rows(_ACCOUNT_WITH_PERSON, channel=channel, external_id=external_id)
        if not found:
            return None
        person = found[0][len(_ACCOUNTS.columns) :]
        return PersonAccount(account=_ACCOUNTS.record(found[0]), person=PEOPLE.record(person))

    async def accounts(self, person_id: str) -> tuple[Account, ...]:
        return await self._all(_ACCOUNTS, _ACCOUNTS_OF_PERSON, person_id=person_id)

    async def account_with(self, account_id: str) -> Account | None:
        return await self._first(_ACCOUNTS, _WITH_ID, account_id=account_id)

    async def unreachable_on(self, channel: Channel) -> tuple[Account, ...]:
        return await self._all(_ACCOUNTS, _UNREACHABLE, channel=channel)

    async def save_account(self, account: Account) -> None:
        if account.channel is Channel.EMAIL and not account.reachable:
            self._session.ended.append(address_hash(account.account_id))
        await self._put(_ACCOUNTS, account)

    async def give_account(self, account: Account, person_id: str, *, instead: Account) -> None:
        leaving = {"leaving": account.account_id}
        await self._put(_ACCOUNTS, replace(account, person_id=person_id))
        await self._session.change(_FORGET_MESSAGES, leaving)
        await self._session.change(_SEND_ELSEWHERE, {**leaving, "elsewhere": instead.account_id})

    async def remove_account(self, account: Account, *, instead: Account) -> None:
        leaving = {"leaving": account.account_id}
        await self._session.change(_FORGET_MESSAGES, leaving)
        await self._session.change(_SEND_ELSEWHERE, {**leaving, "elsewhere": instead.account_id})
        await self._session.change(_REMOVE_ACCOUNT, leaving)
        if account.channel is Channel.EMAIL:
            self._session.ended.append(address_hash(account.account_id))
        self.has_freed_secrets = True

    async def forget(self, person_id: str) -> None:
        self._known.pop(person_id, None)
        self.has_forgotten = True
        self._session.ended.append(deletion_hash(person_id))
        await self._session.run(lambda connection: personal.forget(connection, person_id))

    async def join(self, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
        self._known.clear()
        self.has_freed_secrets = True
        await self._session.run(lambda connection: joining.give_all(connection, gone, kept, task_ids))

    async def everything(self, person_id: str) -> dict[str, list[dict[str, object]]]:
        return await self._session.run(lambda connection: personal.everything(connection, person_id))


class Invitations(Repository):
    """Codes that let people in."""

    async def add(self, invitation: Invitation) -> None:
        await self._add(_INVITATIONS, invitation)

    async def get(self, code_hash: str) -> Invitation | None:
        return await self._first(_INVITATIONS, _INVITATION, code=code_hash)

    async def redeem(self, code_hash: str, *, used_by: str, now: datetime) -> Invitation | None:
        used = await self._session.rows(_REDEEM_INVITATION, code=code_hash, by=used_by, now=now)
        return _INVITATIONS.record(used[0]) if used else None

    async def revoke_owner_codes(self, before: datetime | None = None) -> None:
        if before is None:
            await self._session.change(_DELETE_OWNER_CODES, {})
        else:
            await self._session.change(_DELETE_OLD_OWNER_CODES, {"before": before})

    async def revoke_links(self, person_id: str) -> None:
        await self._session.change(_DELETE_LINK_CODES, {"target_id": person_id})

    async def revoke_guests(self, person_id: str, made_after: datetime) -> None:
        await self._session.change(_DELETE_GUEST_CODES, {"target_id": person_id, "after": made_after})
