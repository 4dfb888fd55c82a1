"""Incidents: what the operator should know. They begin, are noticed again, and end by themselves.

``notice`` is called where something fails, in the transaction that stores the failure, and ``end`` where it
works again. What passes without a sign, such as a message whose arrival is unknown, ends after a while.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import NotFound
from core.records import Incident, IncidentKind
from core.store import Unit

MAX_SUBJECT_CHARACTERS = 80
_NOT_IN_A_SUBJECT = re.compile(r"[^A-Za-z0-9_.:/-]")

SHOWN_FOR = timedelta(days=7)
"""How long an incident that has ended is shown."""

MAX_ENDED = 50
"""How many of those are shown."""

KEPT_FOR = timedelta(days=90)
"""How long an incident that has ended is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRule:
    """How a kind of incident is told from a hiccup, and when it is over."""

    shown_from: int = 1
    """How often it is noticed in a row before the operator sees it."""
    passes_after: timedelta | None = None
    """It ends if it was not noticed for so long. None: only ``end`` ends it."""


RULES: Mapping[IncidentKind, IncidentRule] = {
    IncidentKind.CHANNEL_DOWN: IncidentRule(shown_from=2, passes_after=timedelta(minutes=10)),
    IncidentKind.DISK_NEARLY_FULL: IncidentRule(passes_after=timedelta(minutes=10)),
    IncidentKind.JOB_FAILING: IncidentRule(shown_from=3),
    IncidentKind.MODEL_FAILING: IncidentRule(shown_from=3, passes_after=timedelta(days=1)),
    IncidentKind.CONNECTIONS_LOST: IncidentRule(passes_after=timedelta(days=1)),
    IncidentKind.WORKSPACE_REMOVED: IncidentRule(passes_after=timedelta(days=7)),
    IncidentKind.DELIVERY_UNKNOWN: IncidentRule(passes_after=timedelta(days=1)),
}
"""Kinds with a rule of their own. A channel and a disk are looked at twice a minute by each process: if none
notices anything, the one that did is gone."""

_USUAL = IncidentRule()


def rule_of(kind: IncidentKind) -> IncidentRule:
    """The rule of a kind."""
    return RULES.get(kind, _USUAL)


async def notice(
    unit: Unit, kind: IncidentKind, now: datetime, subject: str = "", *, times: int = 1
) -> Incident:
    """Record that something is wrong, or still is: ``times`` more. ``subject`` is an id or a code."""
    subject = _NOT_IN_A_SUBJECT.sub("", subject)[:MAX_SUBJECT_CHARACTERS]
    before = await unit.incidents.open(kind, subject)
    if before:
        after = replace(before, last_seen_at=max(now, before.last_seen_at), count=before.count + times)
    else:
        after = Incident(
            incident_id=f"{kind.value}.{subject}.{now:%Y%m%dT%H%M%S%f}",
            kind=kind,
            subject=subject,
            since=now,
            last_seen_at=now,
            count=times,
        )
    await unit.incidents.put(after)
    return after


async def end(unit: Unit, kind: IncidentKind, now: datetime, subject: str = "") -> None:
    """Record that it is over. One that the operator never saw leaves nothing."""
    found = await unit.incidents.open(kind, subject)
    if found:
        await _end(unit, found, now)


async def end_passed(unit: Unit, now: datetime) -> int:
    """End what was not noticed for as long as its rule says, and a budget that was spent on an earlier day
    (UTC); returns how many.
    """
    passed = [one for one in await unit.incidents.all_open() if _has_passed(one, now)]
    for one in passed:
        await _end(unit, one, now)
    return len(passed)


def _has_passed(incident: Incident, now: datetime) -> bool:
    if incident.kind is IncidentKind.BUDGET_SPENT:
        return incident.last_seen_at.date() < now.date()
    after = rule_of(incident.kind).passes_after
    return after is not None and now - incident.last_seen_at >= after


async def _end(unit: Unit, incident: Incident, now: datetime) -> None:
    if is_shown(incident):
        await unit.incidents.put(replace(incident, ended_at=max(now, incident.last_seen_at)))
    else:
        await unit.incidents.remove(incident.incident_id)


def is_shown(incident: Incident) -> bool:
    """Whether it was noticed often enough for the operator to see it."""
    return incident.count >= rule_of(incident.kind).shown_from


# --- What no transaction meets -----------------------------------------------------------------------------

BACKUP_NOTE = "backup"
"""Key of the note of oO that holds when the last backup was made."""

BACKUP_OVERDUE_AFTER = timedelta(days=7)


async def last_backup(unit: Unit) -> datetime | None:
    """When `oo backup` made the last backup of this database; None if it never did."""
    stored = await unit.notes.get(None, BACKUP_NOTE)
    return datetime.fromisoformat(stored) if stored else None


async def look_for_backups(unit: Unit, now: datetime) -> None:
    """A backup is overdue a week after the last one, or after the first person came."""
    since = await last_backup(unit) or await unit.operations.started_at()
    is_overdue = since is not None and now - since >= BACKUP_OVERDUE_AFTER
    await set_open(unit, IncidentKind.BACKUP_OVERDUE, now, is_open=is_overdue)


async def look_for_isolated(unit: Unit, now: datetime) -> None:
    """An update is isolated until it is handled, or the person leaves."""
    left = {str(inbox_id) for inbox_id in await unit.inbox.isolated()}
    for subject in sorted(left):
        await notice(unit, IncidentKind.UPDATE_ISOLATED, now, subject)
    for one in await unit.incidents.all_open():
        if one.kind is IncidentKind.UPDATE_ISOLATED and one.subject not in left:
            await _end(unit, one, now)


async def set_open(
    unit: Unit, kind: IncidentKind, now: datetime, subject: str = "", *, is_open: bool
) -> None:
    """``notice`` or ``end``."""
    if is_open:
        await notice(unit, kind, now, subject)
    else:
        await end(unit, kind, now, subject)


# --- The operator ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentList:
    """The incidents that the operator sees."""

    open: tuple[Incident, ...]
    """Those that nobody has acknowledged come first."""
    ended: tuple[Incident, ...]
    """Of the last days, the last one first."""

    @property
    def unacknowledged(self) -> int:
        """How many open ones nobody has acknowledged."""
        return sum(one.acknowledged_at is None for one in self.open)


async def incidents(unit: Unit, now: datetime) -> IncidentList:
    """What the operator sees at ``now``."""
    found = [one for one in await unit.incidents.all_open() if is_shown(one)]
    return IncidentList(
        open=tuple(sorted(found, key=lambda one: (one.acknowledged_at is not None, one.since))),
        ended=await unit.incidents.ended(now - SHOWN_FOR, MAX_ENDED),
    )


async def acknowledge(unit: Unit, incident_id: str, operator: str, now: datetime) -> Incident:
    """Record that an operator has seen it. The first one counts. Raises ``NotFound``."""
    found = await unit.incidents.get(incident_id)
    if found is None or not is_shown(found):
        raise NotFound("no incident with that id")
    if found.acknowledged_at is not None:
        return found
    acknowledged = replace(found, acknowledged_at=now, acknowledged_by=operator)
    await unit.incidents.put(acknowledged)
    return acknowledged
