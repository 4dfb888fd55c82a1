"""Deletes what is old, by the operator's rules; each kind by itself, so that no tap waits for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.dependencies import Dependencies
from core.incidents import KEPT_FOR
from core.integrations.revoking import drop_overdue
from core.people.mail import forget_requests
from core.people.sessions import SIGN_IN_LINK_LASTS
from core.people.signing_in import SIGN_IN_LASTS
from core.people.talk_memory import REMEMBERED
from core.store import LogPlace, Unit

BATCH_SIZE = 1000
"""Events in one transaction: some milliseconds."""

TEXTS_BATCH_SIZE = 50
"""Decisions whose texts are erased in one transaction."""

ERASED_UP_TO = "decision_texts_erased"
"""Key of the note that says up to where texts of decisions are erased."""

ANSWER_RETENTION = timedelta(days=1)
"""How long a request of the API can be repeated with its ``Idempotency-Key``."""


SAID_RETENTION = timedelta(hours=1)
"""How long an answer in conversation is kept for an update that is handled again. While no process runs, none
is deleted; another one takes an update over within seconds.
"""

DELIVERY_RETENTION = timedelta(days=30)
"""No task source repeats a webhook delivery after an hour."""

LEASE_RETENTION = timedelta(days=30)

PACE_RETENTION = timedelta(hours=1)


async def prune(deps: Dependencies) -> int:
    """Returns how many rows were deleted."""
    now, kept = deps.clock.now(), deps.rules.retention
    small: tuple[Callable[[Unit], Awaitable[int]], ...] = (
        lambda unit: unit.inbox.prune(now - kept.updates, mails_before=now - kept.buttons),
        lambda unit: unit.handles.prune(now - kept.buttons),
        lambda unit: unit.messages.prune(now - kept.messages),
        lambda unit: unit.turns.prune(now - REMEMBERED),
        lambda unit: unit.imports.prune(
            offered_before=now - deps.rules.answer_wait, before=now - kept.imports
        ),
        lambda unit: unit.embeddings.prune(now - kept.vectors),
        lambda unit: unit.spending.prune((now - kept.spending).date()),
        lambda unit: unit.kept_answers.prune(now - ANSWER_RETENTION, said_before=now - SAID_RETENTION),
        lambda unit: unit.connecting.prune(now - DELIVERY_RETENTION),
        lambda unit: unit.identities.prune(now - SIGN_IN_LASTS),
        lambda unit: unit.sessions.prune(now, links_before=now - SIGN_IN_LINK_LASTS),
        lambda unit: drop_overdue(unit, now),
        lambda unit: forget_requests(unit, now),
        lambda unit: unit.incidents.prune(now - KEPT_FOR),
        lambda unit: unit.leases.prune(now - LEASE_RETENTION),
        lambda unit: unit.paces.prune(now - PACE_RETENTION),
    )
    deleted = 0
    for work in small:
        async with deps.store.begin() as unit:
            deleted += await work(unit)
    await _erase_texts(deps)
    return deleted + await _prune_events(deps)


async def _erase_texts(deps: Dependencies) -> None:
    """Erase old texts in the decision log, from where the last run ended."""
    if deps.rules.retention.decision_texts is None:
        return
    before = deps.clock.now() - deps.rules.retention.decision_texts
    is_done = False
    while not is_done:
        async with deps.store.begin() as unit:
            after = _place(await unit.notes.get(None, ERASED_UP_TO))
            reached = await unit.decisions.erase_texts(after=after, before=before, limit=TEXTS_BATCH_SIZE)
            if reached:
                note = f"{reached.decided_at.isoformat()} {reached.decision_id}"
                await unit.notes.put(None, ERASED_UP_TO, note)
            is_done = reached is None


def _place(note: str | None) -> LogPlace | None:
    if note is None:
        return None
    at, _, decision_id = note.partition(" ")
    return LogPlace(decided_at=datetime.fromisoformat(at), decision_id=decision_id)


async def _prune_events(deps: Dependencies) -> int:
    if not deps.rules.retention.events:
        return 0
    before = deps.clock.now() - deps.rules.retention.events
    deleted = 0
    while True:
        async with deps.store.begin() as unit:
            batch = await unit.events.prune(before, BATCH_SIZE)
        deleted += batch
        if batch < BATCH_SIZE:
            return deleted
