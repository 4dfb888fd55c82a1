"""People: their state, their preferences, and their accounts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum

from core.chat import Channel
from core.records.consents import Purpose

WEEKDAYS = range(7)
"""Monday is 0, as in ``datetime.date.weekday``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietWindow:
    """Recurring quiet hours, by the wall clock."""

    start: time
    end: time
    """Excluded. A window whose end is before its start runs past midnight; the parser refuses equal ones."""
    days: tuple[int, ...] = tuple(WEEKDAYS)
    """The weekdays on which it starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTimes:
    """The wall-clock times at which oO may write on some weekdays."""

    days: tuple[int, ...]
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MutedDays:
    """A topic that is muted on some weekdays only."""

    topic: str
    """In lower case."""
    days: tuple[int, ...]
    """In order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set. Stored as JSON: a row from before a field was added gets its default."""

    times: tuple[DayTimes, ...] = (DayTimes(days=tuple(WEEKDAYS), times=(time(9), time(13), time(18, 30))),)
    quiet: tuple[QuietWindow, ...] = (QuietWindow(start=time(22), end=time(7)),)
    cap: int = 3
    """Maximum number of pushes a day; 0 means that tips come only on request."""
    muted: tuple[str, ...] = ()
    """Topics, in lower case."""
    muted_days: tuple[MutedDays, ...] = ()
    """Topics that are muted on some weekdays, each once."""
    language: str | None = None
    """IETF tag, such as ``de``; None: that of the account."""
    lead: int | None = None
    """How many minutes before its time a task is announced; None: not at all."""
    brief: time | None = None
    """Wall-clock time of the daily agenda; None: none is sent."""
    review: time | None = None
    """Wall-clock time of the look back at the day; None: none is sent."""
    channel: Channel | None = None
    """Where oO writes on its own, if it can; None: where the person was heard last."""

    @property
    def muted_topics(self) -> tuple[str, ...]:
        """Each topic that is muted, always or on some weekdays; those first that are always."""
        return tuple(dict.fromkeys((*self.muted, *(one.topic for one in self.muted_days))))

    def muted_on(self, day: int) -> tuple[str, ...]:
        """The topics about which oO does not write on a weekday."""
        on_that_day = tuple(one.topic for one in self.muted_days if day in one.days)
        return self.muted + tuple(topic for topic in on_that_day if topic not in self.muted)


class Consent(StrEnum):
    """The answer to the question at the start. Without an agreement no purpose is allowed: oO sends nothing
    unasked, calls no LLM and fetches nothing.
    """

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """How much less than the cap oO writes while the hold-out experiment shows no benefit."""

    since: datetime
    """When the dosage was last changed."""
    fewer: int = 0
    """Pushes a day below the cap."""
    told: bool = True
    """Whether a message has announced the last change."""
    kept: bool = False
    """Whether the person wants the cap as they set it. Then the dosage is not changed any more."""
    harm: bool = False
    """Whether the last change was made because tips do harm."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which oO writes nothing by itself."""

    until: datetime
    """Excluded. In the far future for a pause without end."""
    starts: datetime | None = None
    """None: it has begun."""

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at that instant."""
        return at < self.until and (self.starts is None or self.starts <= at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody oO talks to."""

    person_id: str
    created_at: datetime
    consent: Consent = Consent.ASKED
    consent_at: datetime | None = None
    allowed: tuple[Purpose, ...] = ()
    """The purposes that the latest entries of the consent log allow."""
    zone: str | None = None
    """IANA name; None until it is known. An unknown zone is asked for and never assumed to be UTC."""
    paused_until: datetime | None = None
    """The end of a pause that has begun at once; in the far future for one without end."""
    pause_starts: datetime | None = None
    """The beginning of a pause that was planned; there is at most one, beside that which began at once."""
    pause_ends: datetime | None = None
    """Its end, likewise."""
    preferences: Preferences = field(default_factory=Preferences)
    next_due_at: datetime | None = None
    """The next decision point; None if there is none (no consent, no zone, a pause without end). Indexed: the
    scheduler scans it.
    """
    owner: bool = False
    """Whether this oO belongs to them."""
    dosage: Dosage | None = None
    """None outside of the hold-out experiment."""

    def allows(self, purpose: Purpose) -> bool:
        """Whether the person has agreed, and to this purpose."""
        return self.consent is Consent.AGREED and purpose in self.allowed

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The pauses that the person wants, past ones included."""
        at_once = (Pause(self.paused_until),) if self.paused_until else ()
        planned = (Pause(self.pause_ends, self.pause_starts),) if self.pause_ends else ()
        return at_once + planned

    @property
    def most_a_day(self) -> int:
        """Maximum number of pushes a day: cap - fewer, but at least 1 unless the cap is 0."""
        cap = self.preferences.cap
        return min(cap, max(1, cap - self.dosage.fewer)) if self.dosage else cap

    def on(self, account: Account) -> Person:
        """The person as they are addressed on ``account``: in its language, unless they have chosen one."""
        language = self.preferences.language or account.language
        return replace(self, preferences=replace(self.preferences, language=language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person on one channel."""

    account_id: str
    person_id: str
    channel: Channel
    external_id: str
    """The platform's id of the person."""
    address: str
    """Where the platform delivers messages to them."""
    language: str | None = None
    """IETF tag, such as ``de``."""
    reachable: bool = True
    """False after they have blocked oO."""
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAccount:
    """A person and the account from which they write."""

    person: Person
    account: Account
