"""Two people with histories become one, in one transaction (docs/decisions/0039-two-histories-become-one.md).

The person who stays is the one who made the code. They keep their settings; of two connections to the same
provider the older one stays; a purpose is allowed if both allowed it. Everything else is there once: tasks by
their id at their source, rewards by their decision.

Tests: tests/core/people/test_merging.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.chat import Channel
from core.dependencies import Dependencies
from core.errors import VaultError
from core.events import record_deletion, record_event
from core.integrations.revoking import queue
from core.integrations.stored_tokens import load
from core.learning.joining import join_learned
from core.people.connecting import pending_key
from core.people.consents import add_entries_in_force
from core.people.muting import joined
from core.people.preferences import Change, change_in
from core.records import (
    CalendarProvider,
    Consent,
    Integration,
    Person,
    Purpose,
    TaskSource,
    TaskState,
    TokenStatus,
)
from core.store import Unit
from core.tasks.reminders import follow_person, put_tasks

LONG_AGO = datetime.min.replace(tzinfo=UTC)
OUTSIDE_SOURCES = tuple(source for source in TaskSource if source is not TaskSource.OO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What did not come along when two people became one."""

    ended: tuple[Integration, ...] = ()
    """Connections that gave way to an older one with the same provider."""
    refused: tuple[Purpose, ...] = ()
    """Purposes that one of the two had allowed and the other had not."""
    revocations: tuple[str, ...] = ()
    """Ids of those that are queued for ended connections."""


async def merge(unit: Unit, gone: Person, kept: Person, channel: Channel, deps: Dependencies) -> Merged:
    """Make ``gone`` and ``kept`` one person, ``kept``, as they agreed to on ``channel``."""
    allowed, now, kept_id = _allowed_by_both(gone, kept), deps.clock.now(), kept.person_id
    shares = kept.consent is Consent.AGREED and Purpose.POPULATION in allowed
    await join_learned(unit, gone.person_id, kept_id, now, shares=shares)
    merged = await _choose_connections(unit, gone, kept, deps)
    await _seal_for(unit, gone.person_id, kept_id, deps)
    await unit.people.join(gone.person_id, kept_id, await _task_ids(unit, gone, kept_id, deps))
    # The log has the entries of both by now: of each purpose that either answered, it says what is in force.
    await add_entries_in_force(unit, kept_id, allowed, channel, now, answers_of=kept_id)
    await _drop_what_is_refused(unit, kept_id, allowed)
    after = await change_in(unit, kept_id, deps, _with_settings_of(gone, allowed), what="link")
    await follow_person(unit, gone, after, deps)
    await record_deletion(unit, deps, gone.person_id, merged_into=kept_id)
    await record_event(unit, deps, "people.merged", kept_id, channel=channel.value)
    either = {one for person in (gone, kept) for one in person.allowed if person.allows(one)}
    return replace(merged, refused=tuple(one for one in Purpose if one in either and one not in allowed))


# --- Settings and consents ---------------------------------------------------------------------------------


def _allowed_by_both(gone: Person, kept: Person) -> tuple[Purpose, ...]:
    """Somebody who was never asked has refused nothing."""
    if gone.consent is Consent.ASKED:
        return kept.allowed
    return tuple(one for one in kept.allowed if gone.allows(one))


def _with_settings_of(gone: Person, allowed: tuple[Purpose, ...]) -> Change:
    """The settings stay. Topics are muted if either muted them; a zone is taken if there was none."""

    def make(kept: Person) -> Person:
        return replace(
            kept,
            allowed=allowed,
            zone=kept.zone or gone.zone,
            preferences=joined(kept.preferences, gone.preferences),
            dosage=kept.dosage if Purpose.HOLDOUT in allowed else None,
        )

    return make


async def _drop_what_is_refused(unit: Unit, person_id: str, allowed: tuple[Purpose, ...]) -> None:
    if Purpose.TALK not in allowed:
        await unit.turns.forget(person_id)
    if Purpose.CALENDAR not in allowed:
        await unit.calendar.forget_titles(person_id)
    if Purpose.NOTIFICATIONS not in allowed:
        await unit.notifications.forget(person_id)


# --- Connections -------------------------------------------------------------------------------------------


async def _choose_connections(unit: Unit, gone: Person, kept: Person, deps: Dependencies) -> Merged:
    """End one of two connections to the same provider: the newer, or the one that does not work."""
    here = {one.provider: one for one in await unit.integrations.of(kept.person_id)}
    ended: list[Integration] = []
    revocations: list[str] = []
    for theirs in await unit.integrations.of(gone.person_id):
        mine = here.get(theirs.provider)
        if mine is None:
            continue
        loser = mine if _rank(theirs) < _rank(mine) else theirs
        is_same = mine.account_id is not None and mine.account_id == theirs.account_id
        if not is_same:
            ended.append(loser)
            revocations += await _queue_revocation(unit, loser, deps)
        await _end(unit, loser, deps, drops_tasks=not is_same)
    shown = tuple(one for one in ended if one.provider != TaskSource.CALDAV)  # goes with its calendar
    return Merged(ended=shown, revocations=tuple(revocations))


def _rank(integration: Integration) -> tuple[bool, bool, datetime]:
    is_own = not integration.by_operator
    return integration.status.must_reconnect, is_own, integration.connected_at or LONG_AGO


async def _queue_revocation(unit: Unit, integration: Integration, deps: Dependencies) -> list[str]:
    source = next((one for one in deps.oauth if one == integration.provider), None)
    if source is None:
        return []
    try:
        secret = await deps.vault.get(unit, integration.person_id, source)
        queued = await queue(unit, source, load(secret), deps) if secret else None
    except (VaultError, ValueError):
        return []
    return [queued] if queued else []


async def _end(unit: Unit, integration: Integration, deps: Dependencies, *, drops_tasks: bool) -> None:
    """Delete the connection, with its secret and copies. Tasks stay if the other one lists them too."""
    person_id, provider = integration.person_id, integration.provider
    await unit.integrations.remove(person_id, provider)
    await deps.vault.remove(unit, person_id, provider)
    if provider in list(CalendarProvider):
        await unit.calendar.replace(person_id, CalendarProvider(provider), ())
    elif drops_tasks:
        copies = [task for task in await unit.tasks.open(person_id) if task.source == provider]
        await put_tasks(unit, [replace(task, state=TaskState.GONE) for task in copies], deps)


async def _seal_for(unit: Unit, gone: str, kept: str, deps: Dependencies) -> None:
    """Encrypt the secrets of ``gone`` by the key of ``kept``. A lost one is to be connected again."""
    for one in await unit.integrations.of(gone):
        if not await _seal_one(unit, gone, kept, one.provider, deps):
            lost = replace(one, status=TokenStatus.MISSING, changed_at=deps.clock.now())
            await unit.integrations.put(lost)
    for source in deps.oauth:
        for pending in await unit.connecting.of(gone, source):
            await _seal_one(unit, gone, kept, pending_key(source, pending.state_hash), deps)


async def _seal_one(unit: Unit, gone: str, kept: str, key: str, deps: Dependencies) -> bool:
    """False if there is a secret that can't be read."""
    try:
        secret = await deps.vault.get(unit, gone, key)
        if secret is not None:
            await deps.vault.put(unit, kept, key, secret)
    except VaultError:
        return False
    return True


# --- Tasks -------------------------------------------------------------------------------------------------


async def _task_ids(unit: Unit, gone: Person, kept: str, deps: Dependencies) -> Mapping[str, str]:
    """The ids that copies of outside tasks get: they depend on the person, so that a sync finds them.

    Without the provider that knows these ids the copies become oO's own, and the connection ends.
    """
    ids: dict[str, str] = {}
    for source in OUTSIDE_SOURCES:
        copies = await unit.tasks.mirrored(gone.person_id, source)
        provider = deps.providers.get(source)
        if provider:
            ids |= {
                task.task_id: provider.task_id(kept, task.external_id) for task in copies if task.external_id
            }
        elif copies:
            await unit.tasks.put_all(
                [replace(task, source=TaskSource.OO, external_id=None) for task in copies]
            )
            await unit.integrations.remove(gone.person_id, source)
            await deps.vault.remove(unit, kept, source)
    return ids
