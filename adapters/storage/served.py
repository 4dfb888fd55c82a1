"""Pages of the decision log for off-policy evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, Text, bindparam, or_, select, type_coerce

from adapters.storage.rows import LIMIT
from adapters.storage.tables import decisions, rewards, shadow_distributions, tip_scores
from core.records import Shadow
from core.store import RewardedDraw

_HELD_OUT_PATTERN = '%"held_out":true%'
# Decisions whose reward is known: that of a tip that was sent, and that of drawn silence, which is 0.
# Held-out decisions are left out whatever was drawn, else those that sent nothing would be over-represented.
_EVALUABLE_DECISIONS = (
    select(
        decisions.c.decision_id,
        decisions.c.decided_at,
        decisions.c.policy_id,
        decisions.c.feature_version,
        decisions.c.action,
        decisions.c.propensity,
        decisions.c.prompt,
        rewards.c.value.label("reward"),
    )
    .outerjoin(rewards, rewards.c.decision_id == decisions.c.decision_id)
    .where(
        decisions.c.decision_id > bindparam("after"),
        decisions.c.action.is_not(None),
        or_(rewards.c.value.is_not(None), decisions.c.tip.is_(None)),
        or_(decisions.c.coin.is_(None), type_coerce(decisions.c.coin, Text).not_like(_HELD_OUT_PATTERN)),
    )
    .order_by(decisions.c.decision_id)
    .limit(LIMIT)
)
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_ALLOWED_CANDIDATES = (
    select(
        tip_scores.c.decision_id,
        tip_scores.c.candidate_id,
        tip_scores.c.kind,
        tip_scores.c.prompt_version,
        tip_scores.c.llm_model,
        tip_scores.c.features,
        tip_scores.c.probability,
    )
    .where(tip_scores.c.decision_id.in_(_IDS), tip_scores.c.dropped.is_(None))
    .order_by(tip_scores.c.decision_id, tip_scores.c.position)
)
_SHADOWS = (
    select(
        shadow_distributions.c.decision_id,
        shadow_distributions.c.policy_id,
        shadow_distributions.c.model_version,
        shadow_distributions.c.probabilities,
    )
    .where(shadow_distributions.c.decision_id.in_(_IDS))
    .order_by(shadow_distributions.c.decision_id, shadow_distributions.c.position)
)


def served_page(connection: Connection, after: str, limit: int) -> tuple[RewardedDraw, ...]:
    """As ``core.store.Decisions.rewarded_draws``: three queries."""
    page = connection.execute(_EVALUABLE_DECISIONS, {"after": after, "limit": limit}).all()
    ids = {"ids": [row.decision_id for row in page]}
    candidates = _by_decision(connection.execute(_ALLOWED_CANDIDATES, ids).all())
    shadows = _by_decision(connection.execute(_SHADOWS, ids).all())
    return tuple(_served(row, candidates[row.decision_id], shadows.get(row.decision_id, [])) for row in page)


def _by_decision(rows: Sequence[Any]) -> Mapping[str, list[Any]]:
    return {decision_id: list(some) for decision_id, some in groupby(rows, key=lambda row: row.decision_id)}


def _served(row: Any, candidates: Sequence[Any], shadows: Sequence[Any]) -> RewardedDraw:
    drawn = next(place for place, one in enumerate(candidates) if one.candidate_id == row.action)
    return RewardedDraw(
        decision_id=row.decision_id,
        decided_at=row.decided_at,
        policy_id=row.policy_id,
        feature_version=row.feature_version,
        propensity=row.propensity,
        reward=row.reward,
        drawn=drawn,
        kind=candidates[drawn].kind,
        prompt_version=candidates[drawn].prompt_version,
        llm_model=candidates[drawn].llm_model,
        features=tuple(one.features for one in candidates),
        probabilities=tuple(one.probability for one in candidates),
        shadows=tuple(
            Shadow(policy_id=one.policy_id, model_version=one.model_version, probabilities=one.probabilities)
            for one in shadows
        ),
        prompt=row.prompt,
    )
