"""May oO send this person something now? Answered before anything is drawn, and stored with its reason.

There is one function for each question: a slot, something outside slots, a requested tip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import Consent, Person, Purpose, Reason
from core.scheduling.pauses import paused_until
from core.scheduling.quiet_hours import (
    DAY,
    DEFAULT_GUARD,
    instant,
    quiet_starts_within,
    quiet_until,
    wall_clock,
)
from core.scheduling.slots import is_stale
from core.scheduling.timezones import zone_by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityRules:
    """The operator's limits."""

    spacing: timedelta = timedelta(minutes=30)
    """Minimum time between two pushes."""
    freshness: timedelta = timedelta(minutes=90)
    """Maximum age of a slot."""
    guard: timedelta = DEFAULT_GUARD
    """Nothing starts this long before quiet hours. Longer than the longest attempt to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Whether oO may act."""

    reason: Reason | None = None
    """Why not; None if it may."""
    until: datetime | None = None
    """When to ask again, where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentPushes:
    """What counts against cap and spacing. Requested tips do not; reminders count for the spacing only."""

    sent_today: int = 0
    """Pushes since the person's local day began."""
    snoozes_today: int = 0
    """Snoozes that come back before it ends. Each holds a place under the cap."""
    last_sent_at: datetime | None = None


def available_on_request(person: Person) -> Availability:
    """Whether a tip that was asked for may be sent: only the agreement counts."""
    return Availability(reason=None if person.consent is Consent.AGREED else Reason.NO_CONSENT)


def available_outside_slots(
    person: Person,
    *,
    now: datetime,
    reachable: bool,
    guard: timedelta,
    even_if_quiet: bool = False,
    busy_until: datetime | None = None,
    silenced_until: datetime | None = None,
) -> Availability:
    """Whether something may be sent that neither cap nor spacing nor age holds up: a snoozed tip that comes
    back, a reminder, or a notice.

    ``even_if_quiet``: the person chose a time inside their quiet hours, so neither these nor a meeting nor
    silenced notifications hold it up. ``busy_until``: the end of the meeting in which the person is;
    ``silenced_until``: that of their silenced notifications. Both are None for a reminder: that is a promise,
    so it rings.
    """
    refusal = _out_of_reach(person, now, reachable)
    if refusal is None and not even_if_quiet:
        refusal = _quiet(person, now, guard) or _silenced(silenced_until) or _in_meeting(busy_until)
    return refusal or Availability()


def available_for_slot(
    person: Person,
    *,
    now: datetime,
    slot_at: datetime | None,
    pushes: RecentPushes,
    reachable: bool,
    rules: AvailabilityRules,
    busy_until: datetime | None = None,
    silenced_until: datetime | None = None,
) -> Availability:
    """Whether a slot may be served now; the first reason against it. ``slot_at`` None: its age is checked
    elsewhere. ``busy_until``, ``silenced_until``: the end of the person's meeting, and of their silenced
    notifications.
    """
    return (
        _out_of_reach(person, now, reachable)
        or _stale(slot_at, now, rules.freshness)
        or _quiet(person, now, rules.guard)
        or _silenced(silenced_until)
        or _over_cap(person, now, pushes)
        or _in_meeting(busy_until)
        or _too_soon(pushes, now, rules.spacing)
        or Availability()
    )


def local_day(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The local day of ``now``, as instants: its start and its end (excluded).

    Where midnight comes twice, the first one begins the new day, so every instant has exactly one day.
    """
    today = wall_clock(now, zone).date()
    start, end = (instant(datetime.combine(today + ahead * DAY, time()), zone) for ahead in (0, 1))
    if now < end:
        return start, end
    return end, instant(datetime.combine(today + 2 * DAY, time()), zone)


def _out_of_reach(person: Person, now: datetime, reachable: bool) -> Availability | None:
    if not person.allows(Purpose.MESSAGES):
        return Availability(reason=Reason.NO_CONSENT)
    if person.zone is None:
        return Availability(reason=Reason.NO_ZONE)
    if not reachable:
        return Availability(reason=Reason.UNREACHABLE)
    if until := paused_until(person, now):
        return Availability(reason=Reason.PAUSED, until=until)
    return None


def _quiet(person: Person, now: datetime, guard: timedelta) -> Availability | None:
    """Quiet hours now, or within ``guard``."""
    zone, quiet = _zone(person), person.preferences.quiet
    start = quiet_starts_within(now, guard, zone, quiet)
    if start is None:
        return None
    return Availability(reason=Reason.QUIET, until=quiet_until(start, zone, quiet))


def _stale(slot_at: datetime | None, now: datetime, freshness: timedelta) -> Availability | None:
    return Availability(reason=Reason.STALE) if slot_at and is_stale(slot_at, now, freshness) else None


def _silenced(until: datetime | None) -> Availability | None:
    return Availability(reason=Reason.SILENCED, until=until) if until else None


def _in_meeting(until: datetime | None) -> Availability | None:
    return Availability(reason=Reason.MEETING, until=until) if until else None


def _over_cap(person: Person, now: datetime, pushes: RecentPushes) -> Availability | None:
    if pushes.sent_today + pushes.snoozes_today < person.most_a_day:
        return None
    return Availability(reason=Reason.CAP, until=local_day(now, _zone(person))[1])


def _too_soon(pushes: RecentPushes, now: datetime, spacing: timedelta) -> Availability | None:
    if pushes.last_sent_at is None or now >= pushes.last_sent_at + spacing:
        return None
    return Availability(reason=Reason.SPACING, until=pushes.last_sent_at + spacing)


def _zone(person: Person) -> ZoneInfo:
    """Raises ``BadInput`` for none, and for one that this system does not know."""
    return zone_by_name(person.zone or "")
