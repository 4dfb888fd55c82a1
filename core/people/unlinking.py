"""One of a person's accounts leaves and is somebody else from then on.

Everything stays with the person, what was learned included: it can't be divided. The account starts empty, or
with a copy of oO's own open tasks, their reminders and the settings. Nothing learned is copied, so nothing
counts twice.

Tests: tests/core/people/test_unlinking.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.chat import Channel
from core.deciding.decision_points import reschedule
from core.dependencies import Dependencies
from core.events import record_event
from core.people.consents import add_entries_in_force
from core.people.preferences import change_in, prefer
from core.records import (
    Account,
    Person,
    Purpose,
    Reminder,
    ReminderState,
    Task,
    TaskSource,
)
from core.store import Unit
from core.tasks.reminders import follow_person


async def unlink(person: Person, account_id: str, deps: Dependencies, *, copies: bool) -> Person | None:
    """Make the account a person of its own; ``copies``: with a copy of tasks and settings.

    None if it is not the person's, or their only chat.
    """
    async with deps.store.begin() as unit:
        accounts = await unit.people.accounts(person.person_id)
        leaving = next((one for one in accounts if one.account_id == account_id), None)
        others = sorted(
            (one for one in accounts if one is not leaving), key=lambda one: not one.channel.is_chat
        )
        if leaving is None or not leaving.channel.is_chat or not any(one.channel.is_chat for one in others):
            return None
        stored = await unit.people.get(person.person_id)
        own = Person(person_id=deps.random.new_id(), created_at=deps.clock.now())
        await unit.people.add(own)
        await unit.people.give_account(leaving, own.person_id, instead=others[0])
        await _stop_connecting(unit, person.person_id, leaving, deps)
        await unit.notifications.forget(person.person_id)  # they are read again
        await _write_elsewhere(unit, stored, others, deps)
        if copies:
            own = await _with_copies(unit, stored, own, leaving.channel, deps)
        data = {"channel": leaving.channel.value, "copies": copies}
        await record_event(unit, deps, "account.left", person.person_id, **data)
        await record_event(unit, deps, "account.joined", own.person_id, channel=leaving.channel.value)
        return own


async def _stop_connecting(unit: Unit, person_id: str, leaving: Account, deps: Dependencies) -> None:
    """Links that wait for a word on that account no longer work."""
    for source in deps.oauth:
        pending = await unit.connecting.of(person_id, source)
        there = [one.state_hash for one in pending if one.account_id == leaving.account_id]
        await unit.connecting.remove(there)


async def _write_elsewhere(unit: Unit, person: Person, others: Sequence[Account], deps: Dependencies) -> None:
    """A channel that was chosen is so no longer, if the person has no account there."""
    chosen = person.preferences.channel
    if chosen and chosen not in {one.channel for one in others}:
        await change_in(unit, person.person_id, deps, prefer(channel=None), what="channel")


# --- The copy ----------------------------------------------------------------------------------------------


async def _with_copies(
    unit: Unit, person: Person, own: Person, channel: Channel, deps: Dependencies
) -> Person:
    """The settings, consents and tasks of ``person``, for ``own``. A hold-out experiment is not continued."""
    now = deps.clock.now()
    allowed = tuple(one for one in person.allowed if one is not Purpose.HOLDOUT)
    settled = replace(
        own,
        consent=person.consent,
        consent_at=now,
        allowed=allowed,
        zone=person.zone,
        paused_until=person.paused_until,
        pause_starts=person.pause_starts,
        pause_ends=person.pause_ends,
        preferences=replace(person.preferences, channel=None),
    )
    await add_entries_in_force(unit, own.person_id, allowed, channel, now, answers_of=person.person_id)
    settled = await reschedule(unit, settled, deps)
    await _copy_tasks(unit, person.person_id, own.person_id, deps)
    await follow_person(unit, own, settled, deps)
    return settled


async def _copy_tasks(unit: Unit, person_id: str, own_id: str, deps: Dependencies) -> None:
    """oO's own open tasks and what the person is to be reminded of about them."""
    tasks = [task for task in await unit.tasks.open(person_id) if task.source is TaskSource.OO]
    ids = {task.task_id: deps.random.new_id() for task in tasks}
    await unit.tasks.put_all([_copied(task, own_id, ids) for task in tasks])
    reminders = await unit.reminders.of_tasks(list(ids))
    await unit.reminders.put(*(_reminding(one, own_id, ids) for one in reminders if _is_copied(one)))


def _copied(task: Task, own_id: str, ids: dict[str, str]) -> Task:
    parent_id = ids.get(task.parent_id) if task.parent_id else None
    return replace(task, task_id=ids[task.task_id], person_id=own_id, parent_id=parent_id)


def _is_copied(reminder: Reminder) -> bool:
    """Those with the same id as their task; a snoozed ringing stays with its message."""
    names_task = reminder.task_id is not None and reminder.task_id in reminder.reminder_id
    return names_task and reminder.state is ReminderState.ACTIVE and reminder.snoozed is None


def _reminding(reminder: Reminder, own_id: str, ids: dict[str, str]) -> Reminder:
    task_id = reminder.task_id or ""
    name = reminder.reminder_id.replace(task_id, ids[task_id])
    return replace(reminder, reminder_id=name, person_id=own_id, task_id=ids[task_id])
