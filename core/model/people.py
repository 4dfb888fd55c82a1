"""People: who they are, what they have set, and where they can be reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from core.chat import Channel

WEEKDAYS = range(7)  # Monday is 0, as in datetime.date.weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietWindow:
    """Recurring silence from ``start`` to ``end`` (wall clock, end excluded) beginning on ``days``.

    A window whose end is before its start runs past midnight. ``start == end`` is refused where it is parsed.
    """

    start: time
    end: time
    days: tuple[int, ...] = tuple(WEEKDAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTimes:
    """At which wall-clock times oO may write on the given weekdays."""

    days: tuple[int, ...]
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set. Declared once; stored as JSON; shown by ``/prefs``."""

    times: tuple[DayTimes, ...] = (DayTimes(days=tuple(WEEKDAYS), times=(time(9), time(13), time(18, 30))),)
    quiet: tuple[QuietWindow, ...] = (QuietWindow(start=time(22), end=time(7)),)
    cap: int = 3
    muted: tuple[str, ...] = ()
    use_llm: bool = True
    learn: bool = True
    hold_out: bool = False


class Consent(StrEnum):
    """Where a person stands. Without ``AGREED`` oO sends nothing on its own, calls no LLM and fetches
    nothing.
    """

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """How much oO writes while it is tested whether it helps: so many ``fewer`` a day than the cap.

    It has been so since ``since``. ``told``: the person has heard of it; ``kept``: they want the cap as they
    set it, so that it stays so; ``harm``: the last step was taken because tips were seen to do harm.
    """

    since: datetime
    fewer: int = 0
    told: bool = True
    kept: bool = False
    harm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody oO talks to. ``zone`` is None until it is known: an unknown zone is a question, never UTC.

    ``paused_until`` in the far future means until they say otherwise. ``next_due_at`` is the next decision
    point, None when nothing is due (no consent, no zone, a pause without end); the scheduler scans it by
    index.
    """

    person_id: str
    created_at: datetime
    consent: Consent = Consent.ASKED
    consent_at: datetime | None = None
    zone: str | None = None
    paused_until: datetime | None = None
    preferences: Preferences = field(default_factory=Preferences)
    next_due_at: datetime | None = None
    owner: bool = False
    dosage: Dosage | None = None

    @property
    def most_a_day(self) -> int:
        """How many pushes a day there are at most: the cap, or less while it is not known that tips help."""
        cap = self.preferences.cap
        return min(cap, max(1, cap - self.dosage.fewer)) if self.dosage else cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's place on one channel. ``reachable`` turns false when they block oO."""

    account_id: str
    person_id: str
    channel: Channel
    external_id: str
    address: str
    language: str | None = None
    reachable: bool = True
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person and the account they are speaking from."""

    person: Person
    account: Account
