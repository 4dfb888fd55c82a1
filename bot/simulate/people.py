"""Synthetic people: what each is like, and from that the true probability of each answer to each tip.

Everybody differs from the average by random effects, so that a model of people can win over a model of the
average person. Tips weary them; that passes. What they like drifts. oO sees none of this: it hears what they
type and tap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from bot.simulate.chores import BY_TITLE, OF_ADVICE, TOPICS, Chore
from bot.simulate.clock import stream
from core.model import Context, Signal, Task, TipCandidate, TipKind
from core.policies.rewards import RewardRules
from core.policies.rewards import worth as worth_of
from core.scheduling.timezones import known_zone
from core.tips.cooldowns import about
from core.tips.urgency import due_instant

_DAY = timedelta(days=1)
RECOVERY_DAYS = 1.0
"""After so long, half of the weariness is gone."""

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
PEAKS = {
    "work": 10.0,
    "home": 18.0,
    "health": 8.0,
    "money": 11.0,
    "friends": 19.0,
    "planning": 9.0,
    "breaks": 14.0,
}
"""At which local hour the average person is most inclined to what; in between it falls like a cosine."""


class Answer(StrEnum):
    """All that can become of a tip."""

    DONE = "done"
    FOLLOWED = "followed"  # done, but not told by a tap
    SNOOZE = "snooze"
    DISMISS = "dismiss"
    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"
    SILENCE = "silence"


DISMISSALS = {
    Answer.DISMISS: 0.4,
    Answer.NOT_NOW: 0.3,
    Answer.NOT_THIS: 0.23,
    Answer.DID_IT: 0.05,
    Answer.NEVER_TOPIC: 0.02,
}
NOT_OF_TASKS = DISMISSALS | {Answer.DISMISS: 0.45, Answer.DID_IT: 0.0}
"""How dismissals divide, of tasks and of advice: *did it already* is no answer to the latter."""


def worth(answer: Answer, rules: RewardRules) -> float:
    """The reward that oO learns from this answer to a fresh tip. Done counts as soon: how long somebody takes
    to answer does not depend on what was sent.
    """
    signal = Signal.DONE_ELSEWHERE if answer is Answer.FOLLOWED else Signal(answer.value)
    return worth_of(signal, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Somewhere else, from the morning of the day ``start`` on, for so many ``days``."""

    start: int
    days: int
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What somebody is like for good. Hours are local. ``eager``: log odds of following the average tip;
    ``brevity``, ``urgency``, ``weariness``: what length, pressure and recent messages weigh in these odds;
    ``notices``: how likely a message is seen at all; ``delay``: median minutes until the answer.
    """

    name: str
    home: str
    wakes: float
    sleeps: float
    starts_work: float
    ends_work: float
    eager: float
    brevity: float
    urgency: float
    weariness: float
    notices: float
    delay: float
    late: bool  # wants the evening's tip when it is quiet already: it has to wait for the morning
    peaks: Mapping[str, float]
    trip: Trip | None
    upheaval: int | None  # the day on which their tastes change for good


@dataclass(slots=True, kw_only=True)
class Persona:
    """Somebody at a moment: where they are, what they like these days, how weary of messages they are."""

    nature: Nature
    zone: ZoneInfo
    tastes: dict[str, float]
    messages: float = 0.0
    counted_at: datetime | None = None

    # --- How they are ----------------------------------------------------------------------------------

    def weary(self, now: datetime) -> float:
        """Recent messages, each halved every ``RECOVERY_DAYS``."""
        if self.counted_at is None:
            return 0.0
        return float(self.messages * 0.5 ** ((now - self.counted_at) / _DAY / RECOVERY_DAYS))

    def got_message(self, now: datetime) -> None:
        """One more message."""
        self.messages, self.counted_at = self.weary(now) + 1.0, now

    def drift(self, random: Random) -> None:
        """A day passes: what they like moves a little."""
        for topic in self.tastes:
            self.tastes[topic] += random.gauss(0, 0.04)

    def is_awake(self, now: datetime) -> bool:
        """Whether they are up."""
        return self.nature.wakes <= _hour(now.astimezone(self.zone)) < self.nature.sleeps

    def is_working(self, now: datetime) -> bool:
        """Whether they are at work."""
        local = now.astimezone(self.zone)
        return local.weekday() < 5 and self.nature.starts_work <= _hour(local) < self.nature.ends_work

    # --- What they would answer --------------------------------------------------------------------------

    def likelihoods(self, tip: TipCandidate, context: Context) -> dict[Answer, float]:
        """The true probability of every answer to ``tip``, were it sent now; they sum to 1."""
        seen = self.nature.notices * self._attention(context.now)
        inclined = _logistic(self._appeal(tip, context))
        done = seen * inclined
        is_task = tip.kind is TipKind.TASK
        told = 0.8 if is_task else 1.0
        annoyed = _logistic(0.35 * self.weary(context.now) - 3.2)
        dismissed = seen * (1 - inclined) * annoyed
        snoozed = seen * (1 - inclined) * (1 - annoyed) * 0.25
        found = {Answer.DONE: done * told, Answer.FOLLOWED: done * (1 - told), Answer.SNOOZE: snoozed}
        reasons = DISMISSALS if is_task else NOT_OF_TASKS
        found |= {answer: dismissed * share for answer, share in reasons.items()}
        return found | {Answer.SILENCE: 1 - done - dismissed - snoozed}

    def expected(self, tip: TipCandidate, context: Context, rules: RewardRules) -> float:
        """The true mean reward of ``tip``, were it sent now; staying silent is worth 0."""
        if tip.kind is TipKind.SILENCE:
            return 0.0
        likely = self.likelihoods(tip, context)
        return math.fsum(chance * worth(answer, rules) for answer, chance in likely.items())

    def _attention(self, now: datetime) -> float:
        if not self.is_awake(now):
            return 0.3
        return 0.85 if self.is_working(now) else 1.0

    def _appeal(self, tip: TipCandidate, context: Context) -> float:
        """Log odds that they follow it, once seen."""
        matter = _matter(tip)
        hour = _hour(context.now.astimezone(self.zone))
        terms = (
            self.nature.eager,
            self.tastes[matter.topic],
            0.9 * math.cos((hour - self.nature.peaks[matter.topic]) * math.pi / 12),
            self._place(matter.topic, context.now),
            -self.nature.brevity * math.log2(matter.minutes / 15),
            self.nature.urgency * _pressing(tip, context, self.zone),
            -self.nature.weariness * self.weary(context.now),
            -0.8 * _heard_lately(tip, context),
        )
        return math.fsum(terms)

    def _place(self, topic: str, now: datetime) -> float:
        """Work belongs to the office, the rest to the hours outside."""
        if topic in OF_ADVICE:
            return 0.0
        return 0.6 if (topic == "work") == self.is_working(now) else -0.6


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _hour(local: datetime) -> float:
    return local.hour + local.minute / 60


def _matter(tip: TipCandidate) -> Chore:
    """What a tip is about; oO's own advice says its topic and length itself."""
    advice = Chore(title=tip.content, topic=tip.topic or "planning", minutes=tip.minutes or 15)
    return BY_TITLE.get(tip.content, advice)


def _pressing(tip: TipCandidate, context: Context, zone: ZoneInfo) -> float:
    """0 for advice and for what has time, about 1 for what is urgent, important and late."""
    task = next((one for one in context.tasks if one.task_id == tip.task_id), None)
    if task is None:
        return 0.0
    return (4 - task.priority) / 6 + _nearness(task, context.now, zone) / 2


def _nearness(task: Task, now: datetime, zone: ZoneInfo) -> float:
    """0 without a date, 1 when it is due, a half two days before; from then on it falls again: who let it lie
    for weeks will not do it today.
    """
    if task.due is None:
        return 0.0
    ahead = (due_instant(task.due, zone) - now) / _DAY
    return 2 / (2 + ahead) if ahead >= 0 else 7 / (7 - ahead)


def _heard_lately(tip: TipCandidate, context: Context) -> float:
    """Earlier tips about the same thing, each halved every two days."""
    subject = about(tip)
    ages = [(context.now - past.decided_at) / _DAY for past in context.past if about(past) == subject]
    return math.fsum(0.5 ** (age / 2) for age in ages)


# --- Where they come from --------------------------------------------------------------------------------


def born(seed: int, number: int, days: int) -> Persona:
    """The person ``number`` of a simulation of so many ``days``; the same for the same arguments."""
    random = stream(seed, "born", number)
    wakes, starts = random.gauss(7.0, 0.8), random.gauss(9.0, 0.7)
    home = random.choice(HOMES)
    nature = Nature(
        name=f"p{number:04}",
        home=home,
        wakes=wakes,
        sleeps=min(wakes + random.gauss(15.7, 0.5), 23.75),
        starts_work=starts,
        ends_work=starts + random.gauss(8.0, 0.7),
        eager=random.gauss(-0.7, 0.5),
        brevity=random.gauss(0.25, 0.2),
        urgency=random.gauss(1.3, 0.5),
        weariness=0.15 * math.exp(random.gauss(0, 0.5)),
        notices=1 - 0.15 * random.random(),
        delay=25 * math.exp(random.gauss(0, 0.8)),
        late=random.random() < 0.2,
        peaks={topic: peak + random.gauss(0, 2.5) for topic, peak in PEAKS.items()},
        trip=_trip(random, days, home),
        upheaval=random.randrange(days) if random.random() < 0.15 else None,
    )
    return Persona(nature=nature, zone=known_zone(home), tastes=some_tastes(random))


def some_tastes(random: Random) -> dict[str, float]:
    """How much somebody likes each topic: average people differ by this much."""
    return {topic: random.gauss(0, 0.7) for topic in TOPICS}


def _trip(random: Random, days: int, home: str) -> Trip | None:
    """One in three goes on a journey, if there is time for one."""
    if days < 10 or random.random() > 1 / 3:
        return None
    length = random.randint(3, 8)
    elsewhere = random.choice([zone for zone in HOMES if zone != home])
    return Trip(start=random.randint(2, days - length), days=length, zone=elsewhere)
