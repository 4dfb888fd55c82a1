"""People, invitations and tasks in memory."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_jsonable_python

from core.chat import Channel
from core.records import Account, Person, PersonAccount, Purpose, Task, TaskOutline, TaskSource, TaskState
from core.store import DuePerson, Invitation
from tests.fakes.joining import give_all
from tests.fakes.tables import Tables

NEVER = datetime.min.replace(tzinfo=UTC)
SECRETS = {
    "handle", "code_hash", "state_hash", "browser_hash", "update", "ciphertext", "endpoint", "p256dh", "auth"
}  # fmt: skip
PEOPLE = ("person_id", "invited_by", "used_by")


class FakePeople:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, person_id: str) -> Person:
        person: Person = self._tables.get("people", person_id)
        return person

    async def add(self, person: Person) -> None:
        self._tables.add("people", person.person_id, person)

    async def save(self, person: Person) -> None:
        self._tables.save("people", person.person_id, person)

    async def ids(self) -> tuple[str, ...]:
        return tuple(sorted(one.person_id for one in self._tables.all("people")))

    async def allowing(self, purpose: Purpose, people: Sequence[str]) -> frozenset[str]:
        everybody = self._tables.all("people")
        return frozenset(
            one.person_id for one in everybody if one.person_id in people and one.allows(purpose)
        )

    async def owner(self) -> Person | None:
        return next(iter(self._tables.all("people", owner=True)), None)

    async def due(self, now: datetime, limit: int) -> tuple[DuePerson, ...]:
        people = [one for one in self._tables.all("people") if one.next_due_at and one.next_due_at <= now]
        people.sort(key=lambda one: (one.next_due_at, one.person_id))
        return tuple(DuePerson(person_id=one.person_id, due_at=one.next_due_at) for one in people[:limit])

    async def free(self, *people: str) -> Sequence[str]:
        return people

    async def claim(self, due: DuePerson, next_due_at: datetime | None) -> bool:
        unclaimed = self._tables.all("people", person_id=due.person_id, next_due_at=due.due_at)
        for person in unclaimed:
            self._tables.put("people", due.person_id, replace(person, next_due_at=next_due_at))
        return bool(unclaimed)

    async def account(self, channel: Channel, external_id: str) -> Account | None:
        return next(iter(self._tables.all("accounts", channel=channel, external_id=external_id)), None)

    async def known(self, channel: Channel, external_id: str) -> PersonAccount | None:
        account = await self.account(channel, external_id)
        return PersonAccount(person=await self.get(account.person_id), account=account) if account else None

    async def accounts(self, person_id: str) -> tuple[Account, ...]:
        accounts = self._tables.all("accounts", person_id=person_id)
        return tuple(sorted(accounts, key=lambda one: one.last_seen_at, reverse=True))

    async def account_with(self, account_id: str) -> Account | None:
        found: Account | None = self._tables.find("accounts", account_id)
        return found

    async def unreachable_on(self, channel: Channel) -> tuple[Account, ...]:
        found = self._tables.all("accounts", channel=channel, reachable=False)
        return tuple(sorted(found, key=lambda one: one.account_id))

    async def save_account(self, account: Account) -> None:
        self._tables.put("accounts", account.account_id, account)

    async def give_account(self, account: Account, person_id: str, *, instead: Account) -> None:
        await self.save_account(replace(account, person_id=person_id))
        self._empty(account, instead)

    async def remove_account(self, account: Account, *, instead: Account) -> None:
        self._empty(account, instead)
        self._tables.drop("accounts", account.account_id)

    def _empty(self, account: Account, instead: Account) -> None:
        for message in self._tables.all("messages", account_id=account.account_id):
            self._tables.drop("messages", (message.account_id, message.message_id))
        for unsent in self._tables.all("deliveries", account_id=account.account_id, message_id=None):
            moved = replace(unsent, account_id=instead.account_id)
            self._tables.put("deliveries", unsent.delivery_id, moved)

    async def forget(self, person_id: str) -> None:
        for table, key, record in self._about(person_id):
            if table == "inbox":
                self._tables.put(table, key, replace(record, update=None, external_id=None))
            else:
                self._tables.drop(table, key)
        used = {one.draw.model_version for one in self._tables.all("decisions") if one.draw}
        for snapshot in self._tables.all("snapshots"):
            if snapshot.model_version not in used:
                self._tables.drop("snapshots", snapshot.model_version)

    async def join(self, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
        give_all(self._tables, gone, kept, task_ids)

    async def everything(self, person_id: str) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        for table, _, record in self._about(person_id):
            row = to_jsonable_python(record, bytes_mode="base64")
            shown = {
                name: None if name in PEOPLE and value != person_id else value
                for name, value in row.items()
                if name not in SECRETS
            }
            found.setdefault(table, []).append(shown)
        return found

    def _about(self, person_id: str) -> list[tuple[str, Hashable, Any]]:
        """(table, key, record) of everything about the person."""
        places = {(one.channel, one.external_id) for one in self._tables.all("accounts", person_id=person_id)}
        return [
            (table, key, record)
            for table, key, record in self._tables.everything()
            if person_id in [getattr(record, name, None) for name in PEOPLE]
            or (table == "inbox" and (record.channel, record.external_id) in places)
        ]


class FakeInvitations:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, invitation: Invitation) -> None:
        self._tables.add("invitations", invitation.code_hash, invitation)

    async def get(self, code_hash: str) -> Invitation | None:
        found: Invitation | None = next(iter(self._tables.all("invitations", code_hash=code_hash)), None)
        return found

    async def redeem(self, code_hash: str, *, used_by: str, now: datetime) -> Invitation | None:
        unused = self._tables.all("invitations", code_hash=code_hash, used_at=None)
        usable = [one for one in unused if one.expires_at is None or one.expires_at > now]
        if not usable:
            return None
        self._tables.get("people", used_by)
        used: Invitation = replace(usable[0], used_at=now, used_by=used_by)
        self._tables.put("invitations", code_hash, used)
        return used

    async def revoke_owner_codes(self, before: datetime | None = None) -> None:
        for unused in self._tables.all("invitations", owner=True, used_at=None):
            if before is None or unused.created_at < before:
                self._tables.drop("invitations", unused.code_hash)

    async def revoke_links(self, person_id: str) -> None:
        for unused in self._tables.all("invitations", links=True, used_at=None, invited_by=person_id):
            self._tables.drop("invitations", unused.code_hash)

    async def revoke_guests(self, person_id: str, made_after: datetime) -> None:
        unused = self._tables.all("invitations", links=False, owner=False, used_at=None, invited_by=person_id)
        for one in unused:
            if one.created_at > made_after:
                self._tables.drop("invitations", one.code_hash)


class FakeTasks:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, task_id: str) -> Task:
        task: Task = self._tables.get("tasks", task_id)
        return task

    async def put(self, task: Task) -> None:
        self._tables.put("tasks", task.task_id, task)

    async def put_all(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            await self.put(task)

    async def some(self, task_ids: Sequence[str]) -> tuple[Task, ...]:
        return tuple([await self.get(task_id) for task_id in task_ids])

    async def outlines(self, person_id: str) -> tuple[TaskOutline, ...]:
        return tuple(
            TaskOutline(
                task_id=task.task_id,
                title=task.title,
                priority=task.priority,
                due=task.due,
                created_at=task.created_at,
                minutes=task.minutes,
                parent_id=task.parent_id if task.source is TaskSource.OO else None,
            )
            for task in await self.open(person_id)
        )

    async def open(self, person_id: str) -> tuple[Task, ...]:
        return _by_age(self._tables.all("tasks", person_id=person_id, state=TaskState.OPEN))

    async def done_since(self, person_id: str, since: datetime, limit: int) -> tuple[Task, ...]:
        theirs = self._tables.all("tasks", person_id=person_id)
        done = [one for one in theirs if one.state is not TaskState.GONE and (one.done_at or NEVER) >= since]
        newest = sorted(done, key=lambda one: one.task_id)
        newest.sort(key=lambda one: one.done_at, reverse=True)
        return tuple(newest[:limit][::-1])

    async def has_over(self, person_id: str, title: str) -> bool:
        tasks = self._tables.all("tasks", person_id=person_id)
        over = [one for one in tasks if one.state is not TaskState.OPEN]
        return any(one.title.lower() == title.lower() for one in over)

    async def count_added(self, person_id: str, start: datetime, end: datetime) -> int:
        tasks = [one for one in self._tables.all("tasks", person_id=person_id) if one.state != TaskState.GONE]
        return sum(start <= one.created_at < end for one in tasks)

    async def pieces(self, person_id: str, parent_ids: Sequence[str]) -> tuple[Task, ...]:
        tasks = self._tables.all("tasks", person_id=person_id)
        return _by_age([one for one in tasks if one.parent_id in parent_ids])

    async def below(self, person_id: str, task_id: str) -> tuple[Task, ...]:
        found: dict[str, Task] = {}
        level = [task_id]
        while level:
            pieces = await self.pieces(person_id, level)
            level = [one.task_id for one in pieces if one.task_id not in found]
            found |= {one.task_id: one for one in pieces}
        return _by_age([one for one in found.values() if one.task_id != task_id])

    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        tasks = self._tables.all("tasks", person_id=person_id, source=source)
        if since is not None:
            tasks = [one for one in tasks if one.state is TaskState.OPEN or _closed_at(one) >= since]
        return _by_age(tasks)


def _by_age(tasks: list[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda one: (one.created_at, one.task_id)))


def _closed_at(task: Task) -> datetime:
    return task.done_at or task.created_at
