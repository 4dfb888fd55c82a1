"""Synthetic people: their traits, and the true probability of each response to each tip.

Each person differs from the average by random effects, so that a personalised model can beat a model of the
average person. Messages cause fatigue, which decays. Preferences drift. oO sees only what people type and
tap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from bot.simulate.clock import stream
from bot.simulate.synthetic_tasks import ADVICE_TOPICS, BY_TITLE, TOPICS, SyntheticTask
from core.policies.rewards import RewardRules
from core.policies.rewards import worth as worth_of
from core.records import Context, Signal, Task, TipCandidate, TipKind
from core.scheduling.timezones import zone_by_name
from core.tips.cooldowns import about
from core.tips.urgency import due_instant

_DAY = timedelta(days=1)
FATIGUE_HALF_LIFE_DAYS = 1.0
"""Half-life of fatigue."""

HOMES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
)
MEAN_PEAK_HOURS = {
    "work": 10.0,
    "home": 18.0,
    "health": 8.0,
    "money": 11.0,
    "friends": 19.0,
    "planning": 9.0,
    "breaks": 14.0,
}
"""Local hour at which the average person is most inclined to each topic; the effect follows a cosine."""


class Response(StrEnum):
    """Every possible response to a tip."""

    DONE = "done"
    FOLLOWED = "followed"  # done without a tap
    SNOOZE = "snooze"
    DISMISS = "dismiss"
    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"
    SILENCE = "silence"


DISMISSAL_SHARES = {
    Response.DISMISS: 0.4,
    Response.NOT_NOW: 0.3,
    Response.NOT_THIS: 0.23,
    Response.DID_IT: 0.05,
    Response.NEVER_TOPIC: 0.02,
}
ADVICE_DISMISSAL_SHARES = DISMISSAL_SHARES | {Response.DISMISS: 0.45, Response.DID_IT: 0.0}
"""Shares of the kinds of dismissal, for tasks and for advice, which nobody can have done already."""


def worth(response: Response, rules: RewardRules) -> float:
    """The reward that oO learns from this response to a fresh tip.

    Done counts as soon, as the delay of a response does not depend on what was sent.
    """
    signal = Signal.DONE_ELSEWHERE if response is Response.FOLLOWED else Signal(response.value)
    return worth_of(signal, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A stay in another zone."""

    start: int
    """Number of the first day."""
    days: int
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What never changes about a person. Hours are local; weights are log odds of following a noticed tip."""

    name: str
    home: str
    """Time zone."""
    wakes: float
    sleeps: float
    starts_work: float
    ends_work: float
    baseline_log_odds: float
    """For the average tip."""
    duration_weight: float
    """Per doubling of the duration above 15 minutes, subtracted."""
    urgency_weight: float
    """Per unit of ``_pressure``."""
    fatigue_weight: float
    """Per recent message, subtracted."""
    notice_probability: float
    """That a message is seen at all."""
    median_delay_minutes: float
    """From a message to the response."""
    prefers_late_tip: bool
    """Wants the evening's tip during quiet hours, so that it is moved to the morning."""
    peak_hours: Mapping[str, float]
    """By topic."""
    trip: Trip | None
    taste_change_day: int | None
    """Number of the day on which all tastes are drawn again."""


@dataclass(slots=True, kw_only=True)
class Persona:
    """A person and their present state."""

    traits: Traits
    zone: ZoneInfo
    tastes: dict[str, float]
    """Log odds by topic."""
    messages: float = 0.0
    """Fatigue at the time ``fatigue_at``."""
    fatigue_at: datetime | None = None
    """Time of the latest message; None before the first one."""

    # --- State -----------------------------------------------------------------------------------------

    def fatigue(self, now: datetime) -> float:
        """Number of past messages, each weighted by 0.5 ** (age / half-life)."""
        if self.fatigue_at is None:
            return 0.0
        return float(self.messages * 0.5 ** ((now - self.fatigue_at) / _DAY / FATIGUE_HALF_LIFE_DAYS))

    def receive_message(self, now: datetime) -> None:
        """Count a message."""
        self.messages, self.fatigue_at = self.fatigue(now) + 1.0, now

    def drift(self, random: Random) -> None:
        """Random walk of the tastes, one step a day."""
        for topic in self.tastes:
            self.tastes[topic] += random.gauss(0, 0.04)

    def is_awake(self, now: datetime) -> bool:
        """Whether they are awake."""
        return self.traits.wakes <= _hour(now.astimezone(self.zone)) < self.traits.sleeps

    def is_working(self, now: datetime) -> bool:
        """Whether they are at work."""
        local = now.astimezone(self.zone)
        return local.weekday() < 5 and self.traits.starts_work <= _hour(local) < self.traits.ends_work

    # --- Responses ---------------------------------------------------------------------------------------

    def likelihoods(self, tip: TipCandidate, context: Context) -> dict[Response, float]:
        """The true probability of every response to ``tip`` if it were sent now; they sum to 1."""
        noticed = self.traits.notice_probability * self._attention(context.now)
        inclined = _logistic(self._appeal(tip, context))
        done = noticed * inclined
        is_task = tip.kind is TipKind.TASK
        tap_share = 0.8 if is_task else 1.0
        annoyance = _logistic(0.35 * self.fatigue(context.now) - 3.2)
        dismissed = noticed * (1 - inclined) * annoyance
        snoozed = noticed * (1 - inclined) * (1 - annoyance) * 0.25
        found = {
            Response.DONE: done * tap_share,
            Response.FOLLOWED: done * (1 - tap_share),
            Response.SNOOZE: snoozed,
        }
        reasons = DISMISSAL_SHARES if is_task else ADVICE_DISMISSAL_SHARES
        found |= {response: dismissed * share for response, share in reasons.items()}
        return found | {Response.SILENCE: 1 - done - dismissed - snoozed}

    def expected(self, tip: TipCandidate, context: Context, rules: RewardRules) -> float:
        """The true mean reward of ``tip`` if it were sent now; silence is worth 0."""
        if tip.kind is TipKind.SILENCE:
            return 0.0
        likely = self.likelihoods(tip, context)
        return math.fsum(chance * worth(response, rules) for response, chance in likely.items())

    def _attention(self, now: datetime) -> float:
        if not self.is_awake(now):
            return 0.3
        return 0.85 if self.is_working(now) else 1.0

    def _appeal(self, tip: TipCandidate, context: Context) -> float:
        """Log odds of following it once noticed."""
        subject = _subject(tip)
        hour = _hour(context.now.astimezone(self.zone))
        terms = (
            self.traits.baseline_log_odds,
            self.tastes[subject.topic],
            0.9 * math.cos((hour - self.traits.peak_hours[subject.topic]) * math.pi / 12),
            self._location_effect(subject.topic, context.now),
            -self.traits.duration_weight * math.log2(subject.minutes / 15),
            self.traits.urgency_weight * _pressure(tip, context, self.zone),
            -self.traits.fatigue_weight * self.fatigue(context.now),
            -0.8 * _recent_exposure(tip, context),
        )
        return math.fsum(terms)

    def _location_effect(self, topic: str, now: datetime) -> float:
        """Log odds: +0.6 for work during work hours and for the rest outside of them, else -0.6."""
        if topic in ADVICE_TOPICS:
            return 0.0
        return 0.6 if (topic == "work") == self.is_working(now) else -0.6


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _hour(local: datetime) -> float:
    return local.hour + local.minute / 60


def _subject(tip: TipCandidate) -> SyntheticTask:
    """Topic and duration of a tip; advice states them itself. A topic of a language model's for which nobody
    has a taste counts as planning.
    """
    topic = tip.topic if tip.topic in TOPICS else "planning"
    advice = SyntheticTask(title=tip.content, topic=topic, minutes=tip.minutes or 15)
    return BY_TITLE.get(tip.content, advice)


def _pressure(tip: TipCandidate, context: Context, zone: ZoneInfo) -> float:
    """0 for advice and tasks without urgency, about 1 for an important task that is due."""
    task = next((one for one in context.tasks if one.task_id == tip.task_id), None)
    if task is None:
        return 0.0
    return (4 - task.priority) / 6 + _nearness(task, context.now, zone) / 2


def _nearness(task: Task, now: datetime, zone: ZoneInfo) -> float:
    """Nearness of the due date: 0 without one, 1 at the due date, 2 / (2 + days) before it and 7 / (7 + days)
    after it, as a task that is overdue for weeks is unlikely to be done today.
    """
    if task.due is None:
        return 0.0
    ahead = (due_instant(task.due, zone) - now) / _DAY
    return 2 / (2 + ahead) if ahead >= 0 else 7 / (7 - ahead)


def _recent_exposure(tip: TipCandidate, context: Context) -> float:
    """Number of earlier tips about the same thing, weighted with a half-life of two days."""
    subject = about(tip)
    ages = [(context.now - past.decided_at) / _DAY for past in context.past if about(past) == subject]
    return math.fsum(0.5 ** (age / 2) for age in ages)


# --- Creation --------------------------------------------------------------------------------------------


def create_persona(seed: int, number: int, days: int) -> Persona:
    """Person ``number`` of a simulation of ``days`` days; the same for the same arguments."""
    random = stream(seed, "born", number)
    wakes, starts = random.gauss(7.0, 0.8), random.gauss(9.0, 0.7)
    home = random.choice(HOMES)
    traits = Traits(
        name=f"p{number:04}",
        home=home,
        wakes=wakes,
        sleeps=min(wakes + random.gauss(15.7, 0.5), 23.75),
        starts_work=starts,
        ends_work=starts + random.gauss(8.0, 0.7),
        baseline_log_odds=random.gauss(-0.7, 0.5),
        duration_weight=random.gauss(0.25, 0.2),
        urgency_weight=random.gauss(1.3, 0.5),
        fatigue_weight=0.15 * math.exp(random.gauss(0, 0.5)),
        notice_probability=1 - 0.15 * random.random(),
        median_delay_minutes=25 * math.exp(random.gauss(0, 0.8)),
        prefers_late_tip=random.random() < 0.2,
        peak_hours={topic: peak + random.gauss(0, 2.5) for topic, peak in MEAN_PEAK_HOURS.items()},
        trip=_trip(random, days, home),
        taste_change_day=random.randrange(days) if random.random() < 0.15 else None,
    )
    return Persona(traits=traits, zone=zone_by_name(home), tastes=draw_tastes(random))


def draw_tastes(random: Random) -> dict[str, float]:
    """Draw a taste for each topic: normal, mean 0, standard deviation 0.7 log odds."""
    return {topic: random.gauss(0, 0.7) for topic in TOPICS}


def _trip(random: Random, days: int, home: str) -> Trip | None:
    """One person in three makes a trip, if the simulation is long enough."""
    if days < 10 or random.random() > 1 / 3:
        return None
    length = random.randint(3, 8)
    elsewhere = random.choice([zone for zone in HOMES if zone != home])
    return Trip(start=random.randint(2, days - length), days=length, zone=elsewhere)
