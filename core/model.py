"""The records oO works with. Plain, frozen, without behaviour that needs the world.

Times are aware and in UTC unless a name says ``local``; a *planned* time is a wall-clock rule plus the
person's zone, never a stored instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Flag, StrEnum, auto
from typing import Literal

from core.chat import Channel

WEEKDAYS = range(7)  # Monday is 0, as in datetime.date.weekday


# --- People ------------------------------------------------------------------------------------------------


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


# --- Tasks -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due: a date, maybe a wall-clock time, maybe a fixed zone (None: the person's own,
    wherever they are).
    """

    on: date
    at: time | None = None
    zone: str | None = None


class TaskSource(StrEnum):
    """Where a task lives."""

    OO = "oo"
    TODOIST = "todoist"


class TaskState(StrEnum):
    """A task is open until it is done or gone."""

    OPEN = "open"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A person's to-do. ``priority`` 1 is the most urgent, 4 the default (as people type p1…p4).

    ``repeats`` is an RFC 5545 RRULE without DTSTART (oO's own tasks) or the source's own words (Todoist);
    completing such a task moves ``due``.
    """

    task_id: str
    person_id: str
    title: str
    created_at: datetime
    source: TaskSource = TaskSource.OO
    external_id: str | None = None
    priority: int = 4
    due: Due | None = None
    repeats: str | None = None
    state: TaskState = TaskState.OPEN
    done_at: datetime | None = None


# --- Schedule ----------------------------------------------------------------------------------------------


class Trigger(StrEnum):
    """Why a decision is made."""

    SCHEDULED = "scheduled"
    REQUESTED = "requested"
    SNOOZED = "snoozed"


class Moved(StrEnum):
    """Why a slot is not at its planned wall-clock time."""

    CLOCKS_FORWARD = "clocks_forward"
    QUIET = "quiet"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One decision point of a schedule.

    ``key`` (``2027-03-28T02:30``) is the planned local date and time: at most one tip per person and key,
    whatever the zone does. ``local`` is the wall clock at ``at`` (naive). ``merged`` holds the keys of
    later slots that quiet hours moved to the same instant.
    """

    key: str
    at: datetime
    local: datetime
    moved: tuple[Moved, ...] = ()
    merged: tuple[str, ...] = ()


# --- Decisions ---------------------------------------------------------------------------------------------


class TipKind(StrEnum):
    """What a candidate is about. ``SILENCE`` is the candidate *no tip*."""

    TASK = "task"
    ADVICE = "advice"
    SILENCE = "silence"


class TipSource(StrEnum):
    """Who wrote a candidate."""

    TASKS = "tasks"
    LLM = "llm"
    TEMPLATES = "templates"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is known now and that a tip may rest on (``t3``: a task; ``now``: the local time)."""

    fact_id: str
    text: str
    task_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TipCandidate:
    """A tip that could be sent now. ``content`` is its first line, ``rationale`` the line of why.

    ``topic`` is what ``/mute`` and *never about this* act on (lower case). ``dropped`` holds why it may not
    be chosen; such a candidate is logged with probability 0. ``minutes`` is how long it takes, when that is
    known.
    """

    candidate_id: str
    kind: TipKind
    source: TipSource
    content: str = ""
    rationale: str = ""
    topic: str | None = None
    task_id: str | None = None
    fact_ids: tuple[str, ...] = ()
    minutes: int | None = None
    prompt_version: str | None = None
    llm_model: str | None = None
    dropped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTip:
    """A tip sent earlier, and what became of it: input for recency, cool-downs and ``/why``.

    ``content`` is its first line.
    """

    decision_id: str
    decided_at: datetime
    kind: TipKind
    source: TipSource
    task_id: str | None
    topic: str | None
    content: str = ""  # none in contexts that were logged before it was kept
    reaction: ReactionKind | None
    reason: DismissReason | None = None
    reacted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person said about the moment when they asked for a tip."""

    minutes: int | None = None
    energy: Literal["low", "high"] | None = None


HASHED = "hashed"
"""The space of words whose numbers are worked out from their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the candidates are worded, as numbers of one space: HASHED, or an embedder's.

    There, ``directions`` holds those of the candidates whose text was embedded, by candidate_id.
    """

    space: str = HASHED
    directions: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known at the decision point, frozen in the decision log.

    ``tasks`` are the most pressing open tasks (overdue and urgent first), capped; the counts cover all.
    ``past`` holds recent tips, newest first; ``snoozed`` the decisions of those that are promised back;
    ``held_out`` the tasks of tips that a coin keeps back today. ``done_by_hour`` counts completed tips by
    local hour, ``tips_by_hour`` tips sent (24 entries each): the person's time pattern.
    """

    now: datetime
    zone: str
    trigger: Trigger
    tasks: tuple[Task, ...] = ()
    open_tasks: int = 0
    overdue_tasks: int = 0
    past: tuple[PastTip, ...] = ()
    snoozed: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    done_by_hour: tuple[int, ...] = (0,) * 24
    tips_by_hour: tuple[int, ...] = (0,) * 24
    request: Request = field(default_factory=Request)
    muted: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    wording: Wording = field(default_factory=Wording)


class Reason(StrEnum):
    """Why oO stayed silent, or moved on."""

    NO_CONSENT = "no_consent"
    NO_ZONE = "no_zone"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    QUIET = "quiet"
    CAP = "cap"
    STALE = "stale"
    SPACING = "spacing"
    NOTHING_TO_SAY = "nothing_to_say"
    CHOSE_SILENCE = "chose_silence"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """A candidate as the policy saw it: feature vector (d,), score, probability (0 when dropped)."""

    candidate: TipCandidate
    features: tuple[float, ...] = ()
    score: float = 0.0
    probability: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What another policy would have done: its whole distribution over the candidates that were not
    dropped, in their order.
    """

    policy_id: str
    model_version: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coin:
    """The coin of the hold-out: with probability ``chance`` it falls "held out", and if what was drawn is a
    tip about a task, that is not sent.
    """

    seed: int
    chance: float
    held_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, silence included: everything that is needed to explain, replay and evaluate it.

    ``unavailable`` set: decided before randomising that nothing may be sent; no candidates. ``action`` is
    the candidate_id that was drawn, ``propensity`` its probability, ``seed`` what the draw used, ``floor``
    the least probability that any allowed candidate had. ``merged`` holds the keys of further slots that
    this decision serves.
    """

    decision_id: str
    person_id: str
    trigger: Trigger
    slot: str | None
    merged: tuple[str, ...] = ()
    decided_at: datetime
    unavailable: Reason | None = None
    unavailable_until: datetime | None = None
    context: Context | None = None
    policy_id: str = ""
    model_version: str = ""
    feature_version: str = ""
    seed: int = 0
    floor: float = 0.0
    action: str | None = None
    propensity: float | None = None
    candidates: tuple[ScoredCandidate, ...] = ()
    shadows: tuple[Shadow, ...] = ()
    latency_ms: dict[str, float] = field(default_factory=dict)
    coin: Coin | None = None

    @property
    def held_out(self) -> bool:
        """Whether the coin kept the tip back: it is not sent, and teaches nothing. Silence, and a tip about
        no task, are kept from nobody, however the coin fell.
        """
        about_a_task = self.tip is not None and self.tip.task_id is not None
        return about_a_task and self.coin is not None and self.coin.held_out

    @property
    def chosen(self) -> ScoredCandidate | None:
        """The candidate that was drawn; None when oO was not available."""
        return next((c for c in self.candidates if c.candidate.candidate_id == self.action), None)

    @property
    def tip(self) -> TipCandidate | None:
        """The tip to send, unless it is held out; None when the decision was silence."""
        chosen = self.chosen
        return chosen.candidate if chosen and chosen.candidate.kind is not TipKind.SILENCE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A decision whose tip was about a task and for which the coin was tossed: sent or held out, and what
    came of the task. ``ends_at`` ends the person's day on which it was decided; ``done_at`` is when the task
    was first done on that day, with a tap or without.
    """

    decision_id: str
    person_id: str
    task_id: str
    decided_at: datetime
    chance: float
    held_out: bool
    ends_at: datetime
    done_at: datetime | None = None


# --- Delivery ----------------------------------------------------------------------------------------------


class DeliveryState(StrEnum):
    """``reserved → sending → sent | rejected | unknown → sent (observed)``; ``abandoned`` when it must not
    go any more.
    """

    RESERVED = "reserved"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One tip on its way to one account. ``message_id`` is the platform's, once known."""

    delivery_id: str
    decision_id: str
    person_id: str
    account_id: str
    state: DeliveryState
    attempt: int = 0
    reserved_at: datetime
    changed_at: datetime
    not_before: datetime | None = None
    message_id: str | None = None
    reason: str | None = None


# --- Reactions and rewards ---------------------------------------------------------------------------------


class ReactionKind(StrEnum):
    """What a tap means. Done and dismiss are terminal; a snooze is not; undo retracts."""

    DONE = "done"
    SNOOZE = "snooze"
    DISMISS = "dismiss"


class DismissReason(StrEnum):
    """Why a tip was dismissed: four different signals."""

    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Signal(StrEnum):
    """All that can become of a tip, as far as it is rewarded. ``core/rewards.py`` says what each is worth and
    what it teaches.
    """

    DONE = "done"  # soon after it was sent
    DONE_LATE = "done_late"  # not so soon, or only after a snooze
    DONE_ELSEWHERE = "done_elsewhere"  # without a tap
    SNOOZE = "snooze"
    SILENCE = "silence"  # no reaction until the wait time was over
    DISMISS = "dismiss"  # without a reason
    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Aspect(Flag):
    """What a feature is about, and what a signal teaches.

    Timing: another moment would change it (also the hours of one kind of tip). Content: another tip would.
    Both: it says how the two match, as a task's date does, or the minutes there are.
    """

    NOTHING = 0
    TIMING = auto()
    CONTENT = auto()
    BOTH = TIMING | CONTENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A person's standing reaction to a tip. At most one per decision that is not undone."""

    reaction_id: str
    decision_id: str
    person_id: str
    kind: ReactionKind
    reacted_at: datetime
    reason: DismissReason | None = None
    until: datetime | None = None  # snooze: when it comes back
    undone_at: datetime | None = None
    late: bool = False
    muted: str | None = None  # the topic that this tap muted, and that undoing it allows again


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """The number learned from, at most one per decision.

    ``learned``: whether the model took it in. With the ``source`` this says what was learned, so that exactly
    that can be taken back.
    """

    decision_id: str
    person_id: str
    value: float
    source: Signal
    given_at: datetime
    learned: bool = True


class CorrectionState(StrEnum):
    """What a person said of a belief, as long as they have not taken it back."""

    RIGHT = "right"
    WRONG = "wrong"
    FORGOTTEN = "forgotten"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's own word on what oO believes of them. ``belief`` is its code, ``decisions`` those whose
    rewards it rests on.

    *Wrong* teaches ``count`` times that the mean tip behind the belief, ``features``, earns ``value``. Right
    and forgotten ones teach nothing: they have no features and count 0.
    """

    correction_id: str
    person_id: str
    belief: str
    state: CorrectionState
    decisions: tuple[str, ...]
    feature_version: str
    features: tuple[float, ...] = ()
    value: float = 0.0
    count: int = 0
    given_at: datetime


class SnoozeState(StrEnum):
    """A snoozed tip waits, then is back; or it was called off."""

    WAITING = "waiting"
    BACK = "back"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A promise to bring a tip back at ``until``. ``even_if_quiet``: the person chose a time inside their
    quiet hours, for this once.
    """

    snooze_id: str
    decision_id: str
    person_id: str
    until: datetime
    state: SnoozeState = SnoozeState.WAITING
    even_if_quiet: bool = False


# --- Learning ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The parameters that a decision used, kept under a name made from their content, so that a replay
    reads the very same numbers.
    """

    model_version: str
    policy_id: str
    feature_version: str
    weights: tuple[float, ...]


# --- Events ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, appended in the transaction that made it so. ``data`` holds ids and numbers,
    no personal text.
    """

    event_id: str
    kind: str
    happened_at: datetime
    person_id: str | None = None
    data: dict[str, str | int | float | bool | None] = field(default_factory=dict)
