"""May oO disturb this person now? Decided before any chance is involved, and stored with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.model import Consent, Person, Preferences, Reason, Trigger
from core.scheduling.quiet_hours import DAY, GUARD, instant, quiet_starts_within, quiet_until, wall_clock
from core.scheduling.slots import is_stale
from core.scheduling.timezones import known_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The operator's limits.

    ``spacing`` lies between two tips, ``freshness`` is how long a slot may wait, and in the ``guard`` before
    quiet hours nothing starts: it is longer than the longest attempt to send.
    """

    spacing: timedelta = timedelta(minutes=30)
    freshness: timedelta = timedelta(minutes=90)
    guard: timedelta = GUARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Whether oO may act: ``reason`` is None when it may. ``until`` is when to look again, where known."""

    reason: Reason | None = None
    until: datetime | None = None


def available(
    person: Person,
    *,
    now: datetime,
    slot_at: datetime | None,
    trigger: Trigger,
    sent_today: int,
    promised_today: int,
    last_sent_at: datetime | None,
    reachable: bool,
    rules: Rules,
    even_if_quiet: bool = False,
) -> Availability:
    """The first thing that forbids a tip now, or an ``Availability`` without a reason.

    ``sent_today`` counts pushes since the ``local_day`` began; ``promised_today`` the snoozes still due back
    in it: they hold a place under the cap. A tip that is asked for needs consent only. One that a snooze
    brings back was promised: cap, spacing and age don't hold it up, nor do quiet hours if it was chosen
    ``even_if_quiet``.
    """
    if person.consent is not Consent.AGREED:
        return Availability(reason=Reason.NO_CONSENT)
    if trigger is Trigger.REQUESTED:
        return Availability()
    if person.zone is None:
        return Availability(reason=Reason.NO_ZONE)
    zone = known_zone(person.zone)
    scheduled = trigger is Trigger.SCHEDULED
    refusal = _out_of_reach(person, now, reachable)
    if refusal is None and scheduled:
        refusal = _late(slot_at, now, rules.freshness)
    if refusal is None and not even_if_quiet:
        refusal = _quiet(person.preferences, now, zone, rules.guard)
    if refusal is None and scheduled:
        refusal = _enough(person, now, zone, sent_today + promised_today) or _too_soon(
            last_sent_at, now, rules.spacing
        )
    return refusal or Availability()


def local_day(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The day that ``now`` belongs to for the person, as instants: its start, and its end (excluded).

    Where midnight comes twice, the first one begins the new day, so that every instant has exactly one day.
    """
    today = wall_clock(now, zone).date()
    start, end = (instant(datetime.combine(today + ahead * DAY, time()), zone) for ahead in (0, 1))
    if now < end:
        return start, end
    return end, instant(datetime.combine(today + 2 * DAY, time()), zone)


def _out_of_reach(person: Person, now: datetime, reachable: bool) -> Availability | None:
    if not reachable:
        return Availability(reason=Reason.UNREACHABLE)
    if person.paused_until and now < person.paused_until:
        return Availability(reason=Reason.PAUSED, until=person.paused_until)
    return None


def _quiet(preferences: Preferences, now: datetime, zone: ZoneInfo, guard: timedelta) -> Availability | None:
    """Quiet now or about to be."""
    start = quiet_starts_within(now, guard, zone, preferences.quiet)
    if start is None:
        return None
    return Availability(reason=Reason.QUIET, until=quiet_until(start, zone, preferences.quiet))


def _late(slot_at: datetime | None, now: datetime, freshness: timedelta) -> Availability | None:
    return Availability(reason=Reason.STALE) if slot_at and is_stale(slot_at, now, freshness) else None


def _enough(person: Person, now: datetime, zone: ZoneInfo, taken: int) -> Availability | None:
    if taken < person.most_a_day:
        return None
    return Availability(reason=Reason.CAP, until=local_day(now, zone)[1])


def _too_soon(last_sent_at: datetime | None, now: datetime, spacing: timedelta) -> Availability | None:
    if last_sent_at is None or now >= last_sent_at + spacing:
        return None
    return Availability(reason=Reason.SPACING, until=last_sent_at + spacing)
