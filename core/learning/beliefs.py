"""What oO believes about a person: kinds of tips that they follow more often, or less, than their others.

A tip counts once its reward taught the model something; it was followed if it was done. A group of tips makes
a belief when its share of followed ones differs from that of all the person's other tips by more than chance:
when the interval of the difference leaves out 0 (Newcombe, "Interval Estimation for the Difference Between
Independent Proportions", Statistics in Medicine 1998, method 10, made from the score intervals of Wilson,
JASA 1927). Several groups are looked at, one for each topic among them, so 95 % is asked of all of them
together (Bonferroni).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.learning.update import lesson
from core.model import Correction, CorrectionState, Decision, Person, Signal, TipKind
from core.policies.feature_inputs import MEMORY
from core.policies.features import FEATURE_VERSION, FEATURES
from core.store import Rewarded, Unit

FEWEST = 5
"""A group says something from so many tips on, and so do the tips outside it."""

MOST = 6
"""So many beliefs are shown, the strongest first."""

LOOKED_AT = 500
USUAL = 20
"""So many groups there are about without any topic; no fewer are reckoned with."""

FOLLOWED = frozenset({Signal.DONE, Signal.DONE_LATE, Signal.DONE_ELSEWHERE})
PARTS = {"night": 5, "morning": 12, "midday": 14, "afternoon": 17, "evening": 24}
"""The parts of a day, each with the hour at which it ends."""

_NAMES = tuple(feature.name for feature in FEATURES)
_OVERDUE, _PRIORITY = _NAMES.index("overdue"), _NAMES.index("priority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A tip that counts. ``at``: when it was chosen, on the person's clock; ``features`` by today's table."""

    decision_id: str
    at: datetime
    kind: TipKind
    topic: str | None
    features: tuple[float, ...]
    value: float
    followed: bool

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups that the tip is in."""
        part = next(name for name, end in PARTS.items() if self.at.hour < end)
        found = [self.kind.value, f"{self.kind.value}:{part}"]
        found.append("weekend" if self.at.weekday() >= 5 else "weekday")
        if self.kind is TipKind.TASK:
            found.append("overdue" if self.features[_OVERDUE] else "not_overdue")
            found.append(f"priority:{4 - round(3 * self.features[_PRIORITY])}")
        if self.topic:
            found.append(f"topic:{self.topic}")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """One belief, by its code (``task``, ``advice:evening``, ``priority:1``, ``topic:rent`` …).

    ``works``: the tips behind it are followed more often than others; ``strength``: their shares differ at
    least by so much, 0 if that may be chance. ``correction``: what the person said of
    it, if they did.
    """

    code: str
    done: int
    shown: int
    works: bool
    strength: float
    decisions: tuple[str, ...]
    correction: Correction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """All that is believed of a person, strongest first; ``done`` of ``shown`` tips that count in all.

    ``wrong`` are the standing corrections of beliefs that were wrong: these are believed no more.
    """

    held: tuple[Belief, ...]
    wrong: tuple[Correction, ...]
    done: int
    shown: int

    def named(self, code: str) -> Belief | None:
        """The belief with that code, if it is held."""
        return next((one for one in self.held if one.code == code), None)


async def beliefs(person: Person, deps: Dependencies) -> Beliefs:
    """What is believed of ``person`` now."""
    async with deps.store.read() as unit:
        evidence = await evidence_of(unit, person, deps.clock.now())
        return concluded(evidence, await unit.corrections.of(person.person_id))


async def evidence_of(unit: Unit, person: Person, now: datetime) -> tuple[Evidence, ...]:
    """The tips of the last weeks that count, newest first."""
    zone = ZoneInfo(person.zone or "UTC")
    found = await unit.reactions.rewarded(person.person_id, now - MEMORY, LOOKED_AT)
    return tuple([await _evidence(unit, one, zone) for one in found])


async def _evidence(unit: Unit, tip: Rewarded, zone: ZoneInfo) -> Evidence:
    features = tip.features
    if tip.feature_version != FEATURE_VERSION:
        features = features_today(await unit.decisions.get(tip.decision_id))
    return Evidence(
        decision_id=tip.decision_id,
        at=tip.decided_at.astimezone(zone),
        kind=tip.kind,
        topic=tip.topic,
        features=features,
        value=tip.value,
        followed=tip.source in FOLLOWED,
    )


def features_today(decision: Decision) -> tuple[float, ...]:
    """The features (d,) of what was drawn, by today's table: all that *Done* teaches about."""
    found = lesson(decision, Signal.DONE)
    if found is None:
        raise LookupError(f"decision {decision.decision_id} was not drawn by a policy")
    return found


def concluded(evidence: Sequence[Evidence], corrections: Sequence[Correction]) -> Beliefs:
    """What ``evidence`` says, and what the person said of that."""
    said = {one.belief: one for one in corrections if one.state is not CorrectionState.FORGOTTEN}
    wrong = tuple(one for one in said.values() if one.state is CorrectionState.WRONG)
    denied = {one.belief for one in wrong}
    groups = _grouped(evidence)
    z = z_for(sum(len(tips) >= FEWEST for tips in groups.values()))
    found = [_belief(code, tips, evidence, said.get(code), z) for code, tips in groups.items()]
    telling = [one for one in found if one.strength and one.code not in denied]
    telling.sort(key=lambda one: (-round(one.strength, 9), not one.works))
    return Beliefs(
        held=tuple(telling[:MOST]),
        wrong=wrong,
        done=sum(tip.followed for tip in evidence),
        shown=len(evidence),
    )


def _grouped(evidence: Sequence[Evidence]) -> Mapping[str, tuple[Evidence, ...]]:
    """The tips of each group; of groups that hold the very same tips only the first."""
    found = defaultdict[str, list[Evidence]](list)
    for tip in evidence:
        for code in tip.groups:
            found[code].append(tip)
    once = {tuple(tips): code for code, tips in reversed(found.items())}
    return {code: tips for tips, code in reversed(once.items())}


def _belief(
    code: str, tips: Sequence[Evidence], evidence: Sequence[Evidence], correction: Correction | None, z: float
) -> Belief:
    done, all_done = sum(tip.followed for tip in tips), sum(tip.followed for tip in evidence)
    difference = least_difference(done, len(tips), all_done - done, len(evidence) - len(tips), z=z)
    return Belief(
        code=code,
        done=done,
        shown=len(tips),
        works=difference > 0,
        strength=abs(difference),
        decisions=tuple(tip.decision_id for tip in tips),
        correction=correction,
    )


def z_for(groups: int) -> float:
    """Of the normal distribution, for a two-sided interval of 1 - 0.05 / ``groups``; 3.02 for ``USUAL``."""
    return NormalDist().inv_cdf(1 - 0.05 / max(groups, USUAL) / 2)


def least_difference(done: int, shown: int, other_done: int, others: int, *, z: float) -> float:
    """By how much two shares differ at least, with its sign; 0 if it may be chance, or tips are few."""
    if min(shown, others) < FEWEST:
        return 0.0
    low, share, high = _wilson(done, shown, z)
    other_low, other, other_high = _wilson(other_done, others, z)
    if share > other:
        return max(0.0, share - other - math.hypot(share - low, other_high - other))
    return min(0.0, share - other + math.hypot(high - share, other - other_low))


def _wilson(done: int, shown: int, z: float) -> tuple[float, float, float]:
    """The share, between the ends of its score interval."""
    share, z2 = done / shown, z * z
    middle = (share + z2 / (2 * shown)) / (1 + z2 / shown)
    half = z / (1 + z2 / shown) * math.sqrt(share * (1 - share) / shown + z2 / (4 * shown * shown))
    return middle - half, share, middle + half
