"""Beliefs about a person: groups of tips that they follow more often, or less often, than their other tips.

The evidence is every tip whose reward was learned; a tip was followed if its task was done. A group becomes
a belief if its share of followed tips differs significantly from that of all other tips of the person: if
the interval of the difference excludes 0. The interval is method 10 of Newcombe, "Interval Estimation for
the Difference Between Independent Proportions", Statistics in Medicine 17, 1998, built from the score
intervals of Wilson (JASA 22, 1927):

    lower = p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²),   upper = p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)

The confidence of 95 % holds for all groups together (Bonferroni correction).
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
from core.learning.update import observed_features
from core.policies.feature_inputs import HISTORY_WINDOW
from core.policies.features import FEATURE_VERSION, FEATURES
from core.records import Correction, CorrectionState, Decision, Person, Signal, TipKind
from core.scheduling.timezones import zone_of
from core.store import Rewarded, Unit

MIN_GROUP_TIPS = 5
"""Minimal number of tips within a group, and outside it."""

MAX_BELIEFS = 6
"""Only the strongest beliefs are shown."""

MAX_EVIDENCE = 500
"""Only the latest tips are read."""

MIN_COMPARISONS = 20
"""Minimal number of groups in the Bonferroni correction: about as many as exist without topics."""

FOLLOWED = frozenset({Signal.DONE, Signal.DONE_LATE, Signal.DONE_ELSEWHERE})
DAY_PARTS = {"night": 5, "morning": 12, "midday": 14, "afternoon": 17, "evening": 24}
"""Parts of a day with the hour at which each ends."""

_NAMES = tuple(feature.name for feature in FEATURES)
_OVERDUE, _PRIORITY = _NAMES.index("overdue"), _NAMES.index("priority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A tip with a learned reward."""

    decision_id: str
    at: datetime
    """When it was chosen, in the person's time zone."""
    kind: TipKind
    topic: str | None
    features: tuple[float, ...]
    """By today's table of features, (d,)."""
    value: float
    """The reward."""
    followed: bool

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups that contain the tip."""
        part = next(name for name, end in DAY_PARTS.items() if self.at.hour < end)
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
    """One belief about a group of tips."""

    code: str
    """The group: ``task``, ``advice:evening``, ``priority:1``, ``topic:rent`` …"""
    done: int
    """Followed tips of the group."""
    shown: int
    """All tips of the group."""
    works: bool
    """Whether these tips are followed more often than others; less often otherwise."""
    strength: float
    """Lower bound on the absolute difference of the shares; 0 if not significant."""
    decisions: tuple[str, ...]
    """The decisions of its tips."""
    correction: Correction | None = None
    """The person's answer to it, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """All beliefs about a person."""

    held: tuple[Belief, ...]
    """The strongest first."""
    wrong: tuple[Correction, ...]
    """Active corrections of wrong beliefs; these groups are left out of ``held``."""
    done: int
    """Followed tips in the evidence."""
    shown: int
    """All tips in the evidence."""

    def named(self, code: str) -> Belief | None:
        """The belief about the group ``code``, if it is held."""
        return next((one for one in self.held if one.code == code), None)


async def beliefs(person: Person, deps: Dependencies) -> Beliefs:
    """The current beliefs about ``person``."""
    async with deps.store.read() as unit:
        evidence = await evidence_of(unit, person, deps.clock.now())
        return infer_beliefs(evidence, await unit.corrections.of(person.person_id))


async def evidence_of(unit: Unit, person: Person, now: datetime) -> tuple[Evidence, ...]:
    """The person's evidence within ``HISTORY_WINDOW``, newest first."""
    zone = zone_of(person)
    found = await unit.reactions.rewarded(person.person_id, now - HISTORY_WINDOW, MAX_EVIDENCE)
    return tuple([await _evidence(unit, one, zone) for one in found])


async def _evidence(unit: Unit, tip: Rewarded, zone: ZoneInfo) -> Evidence:
    features = tip.features
    if tip.feature_version != FEATURE_VERSION:
        features = current_features(await unit.decisions.get(tip.decision_id))
    return Evidence(
        decision_id=tip.decision_id,
        at=tip.decided_at.astimezone(zone),
        kind=tip.kind,
        topic=tip.topic,
        features=features,
        value=tip.value,
        followed=tip.source in FOLLOWED,
    )


def current_features(decision: Decision) -> tuple[float, ...]:
    """The features (d,) of the drawn candidate by today's table. Raises LookupError if no policy drew it."""
    found = observed_features(decision, Signal.DONE)
    if found is None:
        raise LookupError(f"decision {decision.decision_id} was not drawn by a policy")
    return found


def infer_beliefs(evidence: Sequence[Evidence], corrections: Sequence[Correction]) -> Beliefs:
    """The beliefs that ``evidence`` supports, together with the person's ``corrections``."""
    answers = {one.belief: one for one in corrections if one.state is not CorrectionState.FORGOTTEN}
    wrong = tuple(one for one in answers.values() if one.state is CorrectionState.WRONG)
    denied = {one.belief for one in wrong}
    groups = _group_evidence(evidence)
    z = critical_z(sum(len(tips) >= MIN_GROUP_TIPS for tips in groups.values()))
    found = [_belief(code, tips, evidence, answers.get(code), z) for code, tips in groups.items()]
    significant = [one for one in found if one.strength and one.code not in denied]
    significant.sort(key=lambda one: (-round(one.strength, 9), not one.works))
    return Beliefs(
        held=tuple(significant[:MAX_BELIEFS]),
        wrong=wrong,
        done=sum(tip.followed for tip in evidence),
        shown=len(evidence),
    )


def _group_evidence(evidence: Sequence[Evidence]) -> Mapping[str, tuple[Evidence, ...]]:
    """The tips of each group; of several groups with the same tips, the first one only."""
    found = defaultdict[str, list[Evidence]](list)
    for tip in evidence:
        for code in tip.groups:
            found[code].append(tip)
    unique = {tuple(tips): code for code, tips in reversed(found.items())}
    return {code: tips for tips, code in reversed(unique.items())}


def _belief(
    code: str, tips: Sequence[Evidence], evidence: Sequence[Evidence], correction: Correction | None, z: float
) -> Belief:
    done, all_done = sum(tip.followed for tip in tips), sum(tip.followed for tip in evidence)
    difference = difference_bound(done, len(tips), all_done - done, len(evidence) - len(tips), z=z)
    return Belief(
        code=code,
        done=done,
        shown=len(tips),
        works=difference > 0,
        strength=abs(difference),
        decisions=tuple(tip.decision_id for tip in tips),
        correction=correction,
    )


def critical_z(groups: int) -> float:
    """The normal quantile for a two-sided interval of confidence 1 − 0.05 / ``groups``, with at least
    ``MIN_COMPARISONS`` groups: 3.02.
    """
    return NormalDist().inv_cdf(1 - 0.05 / max(groups, MIN_COMPARISONS) / 2)


def difference_bound(done: int, shown: int, other_done: int, others: int, *, z: float) -> float:
    """The signed bound of Newcombe's interval nearest to 0; 0 if it contains 0 or there are too few tips."""
    if min(shown, others) < MIN_GROUP_TIPS:
        return 0.0
    low, share, high = _wilson(done, shown, z)
    other_low, other, other_high = _wilson(other_done, others, z)
    if share > other:
        return max(0.0, share - other - math.hypot(share - low, other_high - other))
    return min(0.0, share - other + math.hypot(high - share, other - other_low))


def _wilson(done: int, shown: int, z: float) -> tuple[float, float, float]:
    """(l, p, u): the share p = done / shown between the ends of its score interval,
    (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n).
    """
    share, z2 = done / shown, z * z
    centre = (share + z2 / (2 * shown)) / (1 + z2 / shown)
    half_width = z / (1 + z2 / shown) * math.sqrt(share * (1 - share) / shown + z2 / (4 * shown * shown))
    return centre - half_width, share, centre + half_width
