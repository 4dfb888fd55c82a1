"""A shadow is promoted to serve once the log proves that it is better.

``examine`` compares a shadow with the incumbent on the decisions that the incumbent served. The test is
anytime-valid (``core/bandit/evaluation/paired.py``), so it may be run every day. Each shadow is tested at a
significance level of its own, and the levels of all shadows of an incumbent sum to at most 5 %. So, as long
as the incumbent serves, any shadow that is at no time better is promoted with a probability of at most 5 %,
however many shadows join later and for whatever reason.

That holds for a log that only grows. If a person is forgotten, their decisions leave it: the evidence
changes, the levels do not. Which policy serves is read in ``core/deciding/active_policy.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.bandit.evaluation.evaluate import REWARD_RANGE, Weights, describe_weights
from core.bandit.evaluation.paired import PairedLog, estimate_difference, lower_bound
from core.bandit.policy import Policy
from core.deciding.active_policy import (
    PROMOTIONS_NOTE,
    ActivePolicies,
    Promotions,
    active_policies,
    policies_by,
)
from core.dependencies import Dependencies
from core.errors import BadInput
from core.events import record_event
from core.records import Event
from core.store import NOBODY, Unit
from core.text import clean

ERROR_RATE = 0.05
"""Error rate of all tests of one incumbent taken together (family-wise)."""

RESERVED_SHARE = 0.2
"""The part of the remaining error rate that each cohort leaves to later ones."""

COHORTS_NOTE = "shadows"
"""Key of the note that stores the cohorts of shadows of each incumbent."""

ShadowCohorts = tuple[tuple[str, ...], ...]
"""Ids of shadows by cohort, in the order in which these joined. A cohort joined at the same time."""

PROMOTED, ROLLED_BACK = "policy.promoted", "policy.rolled_back"
KINDS = frozenset((PROMOTED, ROLLED_BACK))
MAX_HISTORY = 100


# --- The test ----------------------------------------------------------------------------------------------


class PromotionRefusal(StrEnum):
    """Why a shadow is not promoted."""

    TOO_FEW = "too_few"
    """The effective sample size is too small."""
    UNSOUND = "unsound"
    """The mean importance weight is too far from 1."""
    NOT_BETTER = "not_better"
    """The lower bound of the gain is not above 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GainEstimate:
    """Mean rewards by decision. They are stored with a promotion under these names."""

    earns: float
    """Mean reward of the incumbent."""
    more: float
    """Estimated gain of the shadow over the incumbent."""
    least: float
    """Lower confidence bound of the gain, at the level of the test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionVerdict:
    """The result of one test."""

    weights: Weights
    error: float
    """The level of the test: the probability that a shadow that is at no time better ever passes it."""
    figures: GainEstimate | None = None
    """None if there are too few decisions."""
    refusal: PromotionRefusal | None = None

    @property
    def promotes(self) -> bool:
        """Whether the shadow may serve."""
        return self.refusal is None


def with_new_cohorts(since: Mapping[str, float], before: ShadowCohorts = ()) -> ShadowCohorts:
    """The cohorts ``before``, followed by those of the new shadows: a cohort was first logged at one instant,
    by ``since``.
    """
    known = {shadow for cohort in before for shadow in cohort}
    new = {shadow: at for shadow, at in since.items() if shadow not in known}
    cohorts = (tuple(one for one in new if new[one] == at) for at in sorted(set(new.values())))
    return (*before, *cohorts)


def significance_level(shadow: str, cohorts: ShadowCohorts) -> float:
    """The level at which a shadow of cohort k (from 0), one of n_k, is tested:

        ERROR_RATE * RESERVED_SHARE^k * (1 - RESERVED_SHARE) / n_k

    The levels of all cohorts sum to at most ERROR_RATE (a geometric series), so something is always left
    for a new one, and no level ever changes (alpha spending).
    """
    earlier, cohort = next(found for found in enumerate(cohorts) if shadow in found[1])
    return ERROR_RATE * RESERVED_SHARE**earlier * (1 - RESERVED_SHARE) / len(cohort)


async def update_cohorts(unit: Unit, incumbent: str, since: Mapping[str, float]) -> ShadowCohorts:
    """The cohorts of shadows beside ``incumbent``, new ones stored. The order in which they were first found
    is kept, whatever leaves the log or enters it late.
    """
    stored = await unit.notes.get(None, COHORTS_NOTE)
    by_incumbent: dict[str, ShadowCohorts] = json.loads(stored) if stored else {}
    before = tuple(map(tuple, by_incumbent.get(incumbent, ())))
    cohorts = with_new_cohorts(since, before)
    if cohorts != before:
        await unit.notes.put(None, COHORTS_NOTE, json.dumps(by_incumbent | {incumbent: cohorts}))
    return cohorts


def examine(paired: PairedLog, *, error: float) -> PromotionVerdict:
    """Test at level ``error`` whether a shadow is better, on the decisions that the incumbent served and in
    which the shadow was logged.
    """
    weights = describe_weights(paired.weights)
    if not weights.enough:
        return PromotionVerdict(weights=weights, error=error, refusal=PromotionRefusal.TOO_FEW)
    figures = GainEstimate(
        earns=float(paired.rewards.mean()),
        more=estimate_difference(paired),
        least=lower_bound(paired, rewards_in=REWARD_RANGE, error=error),
    )
    return PromotionVerdict(
        weights=weights, error=error, figures=figures, refusal=_refusal(weights, figures.least)
    )


def _refusal(weights: Weights, least: float) -> PromotionRefusal | None:
    if not weights.sound:
        return PromotionRefusal.UNSOUND
    return None if least > 0 else PromotionRefusal.NOT_BETTER


# --- Promotion and roll-back -------------------------------------------------------------------------------


def shadow_named(name: str, now: ActivePolicies) -> Policy:
    """The shadow with that id, or the only one with that bare name. Raises ``BadInput`` with the names of the
    shadows.
    """
    if not now.shadows:
        raise BadInput("no_shadows")
    exact = [one for one in now.shadows if one.policy_id == name]
    alike = [one for one in now.shadows if one.policy_id.partition(":")[0] == name]
    found = exact or alike
    if len(found) == 1:
        return found[0]
    names, said = "\n".join(one.policy_id for one in found or now.shadows), clean(name, 80)
    if found:
        raise BadInput("which_shadow", value=said, names=names)
    if name in (now.policy.policy_id, now.policy.policy_id.partition(":")[0]):
        raise BadInput("serves_already", value=said, names=names)
    raise BadInput("unknown_shadow", value=said, names=names)


async def promote(deps: Dependencies, shadow: Policy, verdict: PromotionVerdict, *, over: Policy) -> None:
    """Let ``shadow`` serve in place of ``over`` from the next decision on, and record why.

    Raises ``BadInput`` if another policy serves by now, ValueError if ``verdict`` does not promote.
    """
    if verdict.figures is None or verdict.refusal is not None:
        raise ValueError(f"{shadow.policy_id} has not proved itself better: {verdict.refusal}")
    async with deps.store.begin(NOBODY) as unit:
        now = await active_policies(unit, deps)
        if now.policy.policy_id != over.policy_id:
            raise BadInput("another_serves", value=now.policy.policy_id)
        before = now.promotions.policies if now.promotions else ()
        await _note(unit, deps, (*before, shadow.policy_id))
        await record_event(
            unit,
            deps,
            PROMOTED,
            None,
            policy_id=shadow.policy_id,
            over=over.policy_id,
            decisions=verdict.weights.decisions,
            effective=verdict.weights.effective,
            mean_weight=verdict.weights.mean,
            error=verdict.error,
            **asdict(verdict.figures),
        )


async def roll_back(deps: Dependencies) -> ActivePolicies:
    """Undo the last promotion; returns the policies that serve then. If the promotions are not in effect any
    more, only the note is cleared.

    Raises ``BadInput`` if nothing was promoted.
    """
    async with deps.store.begin(NOBODY) as unit:
        stored = await unit.notes.get(None, PROMOTIONS_NOTE)
        now = policies_by(stored, deps)
        if stored is None:
            raise BadInput("nothing_promoted", value=now.policy.policy_id)
        if now.promotions is None:
            await _note(unit, deps, ())
            return now
        await _note(unit, deps, now.promotions.policies[:-1])
        back = await active_policies(unit, deps)
        await record_event(
            unit, deps, ROLLED_BACK, None, policy_id=back.policy.policy_id, over=now.policy.policy_id
        )
    return back


async def _note(unit: Unit, deps: Dependencies, policies: tuple[str, ...]) -> None:
    promotions = Promotions(configured=deps.policy.policy_id, policies=policies)
    await unit.notes.put(None, PROMOTIONS_NOTE, promotions.as_text() if policies else None)


async def history(unit: Unit) -> tuple[Event, ...]:
    """Promotions and roll-backs, newest first."""
    return await unit.events.own(KINDS, MAX_HISTORY)
