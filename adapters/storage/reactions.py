"""Reactions to tips, their rewards, and snoozed tips."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    text,
    type_coerce,
    update,
)

from adapters.storage.decisions import MAYBE_SHOWN
from adapters.storage.rows import LIMIT, Repository, Rows, insert_once
from adapters.storage.tables import (
    TERMINAL,
    decisions,
    deliveries,
    reactions,
    rewards,
    snoozes,
    tip_scores,
)
from core.errors import NotFound
from core.records import (
    DeliveryState,
    Reaction,
    ReactionKind,
    Reward,
    Signal,
    Snooze,
    SnoozeState,
    Trigger,
)
from core.store import TIP_TRIGGERS, Rewarded, TipCount

_REACTIONS = Rows(Reaction, reactions)
_REWARDS = Rows(Reward, rewards)
_SNOOZES = Rows(Snooze, snoozes)

_MICROSECONDS_PER_HOUR = 3_600_000_000  # microseconds
_HOURS_PER_DAY = 24  # hours

_NOT_UNDONE = reactions.c.undone_at.is_(None)
_CHANGED_AT = select(reactions.c.reacted_at, reactions.c.undone_at).where(
    reactions.c.decision_id == bindparam("decision_id")
)
_UPDATE_REACTION = update(reactions).where(reactions.c.reaction_id == bindparam("target_id"))

_REWARD_OF_DECISION = _REWARDS.select.where(rewards.c.decision_id == bindparam("decision_id"))
_UNLEARN = update(rewards).where(rewards.c.person_id == bindparam("whose")).values(learned=False)
_REWARDS_AFTER = (
    _REWARDS.select.where(rewards.c.decision_id > bindparam("after"))
    .order_by(rewards.c.decision_id)
    .limit(LIMIT)
)
_REWARDED_TIPS = (
    select(
        decisions.c.decision_id,
        decisions.c.decided_at,
        tip_scores.c.kind,
        tip_scores.c.topic,
        decisions.c.feature_version,
        tip_scores.c.features,
        rewards.c.source,
        rewards.c.value,
    )
    .select_from(decisions)
    .join(
        tip_scores,
        (tip_scores.c.decision_id == decisions.c.decision_id)
        & (tip_scores.c.candidate_id == decisions.c.tip),
    )
    .join(rewards, rewards.c.decision_id == decisions.c.decision_id)
    .where(
        decisions.c.person_id == bindparam("person_id"),
        decisions.c.decided_at >= bindparam("since"),
        decisions.c.tip.is_not(None),
        rewards.c.learned,
    )
    .order_by(decisions.c.decided_at.desc())
    .limit(LIMIT)
)
_DELETE_REWARD = delete(rewards).where(rewards.c.decision_id == bindparam("decision_id"))
_MARK_UNREWARDED = (
    update(deliveries).where(deliveries.c.decision_id == bindparam("target_id")).values(rewarded_at=None)
)

_WAS_DONE = exists().where(
    reactions.c.decision_id == decisions.c.decision_id, reactions.c.kind == ReactionKind.DONE, _NOT_UNDONE
)
_SHOWN_TIPS = (
    select(decisions.c.decided_at, case((_WAS_DONE, 1), else_=0).label("done"))
    .where(
        decisions.c.person_id == bindparam("person_id"),
        decisions.c.decided_at >= bindparam("since"),
        decisions.c.tip.is_not(None),
        decisions.c.trigger != Trigger.REMINDER,
        MAYBE_SHOWN,
    )
    .order_by(decisions.c.decided_at.desc())
    .limit(LIMIT)
    .subquery("shown")
)
_TIPS_BY_HOUR = select(
    (type_coerce(_SHOWN_TIPS.c.decided_at, BigInteger) // _MICROSECONDS_PER_HOUR % _HOURS_PER_DAY).label(
        "hour"
    ),
    func.count().label("tips"),
    func.sum(_SHOWN_TIPS.c.done).label("completed"),
).group_by(text("hour"))

_WAS_SENT = exists().where(
    deliveries.c.decision_id == decisions.c.decision_id, deliveries.c.state == DeliveryState.SENT
)
_WAS_FOLLOWED = _WAS_DONE | exists().where(
    rewards.c.decision_id == decisions.c.decision_id, rewards.c.source == Signal.DONE_ELSEWHERE
)
_CAME_BACK = exists().where(
    snoozes.c.decision_id == decisions.c.decision_id, snoozes.c.state == SnoozeState.BACK
)
_TIP_COUNT = select(
    func.count().label("sent"),
    func.coalesce(func.sum(case((_WAS_FOLLOWED, 1), else_=0)), 0).label("followed"),
).where(
    decisions.c.person_id == bindparam("person_id"),
    decisions.c.decided_at >= bindparam("start"),
    decisions.c.decided_at < bindparam("end"),
    decisions.c.tip.is_not(None),
    decisions.c.trigger.in_(TIP_TRIGGERS),
    _WAS_SENT,
    ~_CAME_BACK,
)

_IS_WAITING = snoozes.c.state == SnoozeState.WAITING
_LATEST_SNOOZE = (
    _SNOOZES.select.where(snoozes.c.decision_id == bindparam("decision_id"), _IS_WAITING)
    .order_by(snoozes.c.until.desc())
    .limit(1)
)
_WAITING_SNOOZES = _SNOOZES.select.where(snoozes.c.person_id == bindparam("person_id"), _IS_WAITING).order_by(
    snoozes.c.until, snoozes.c.snooze_id
)
_UPDATE_SNOOZE = update(snoozes).where(snoozes.c.snooze_id == bindparam("target_id"))


class Reactions(Repository):
    """Reactions and rewards."""

    async def add(self, reaction: Reaction) -> bool:
        first = insert_once(self._session.dialect, reactions, "decision_id", where=TERMINAL)
        return bool(await self._session.rows(first, **_REACTIONS.values(reaction)))

    async def changed_at(self, decision_id: str) -> datetime | None:
        found = await self._session.rows(_CHANGED_AT, decision_id=decision_id)
        return max((one for row in found for one in row if one), default=None)

    async def save(self, reaction: Reaction) -> None:
        values = {**_REACTIONS.values(reaction), "target_id": reaction.reaction_id}
        if not await self._session.change(_UPDATE_REACTION, values):
            raise NotFound("no such reaction")

    async def reward(self, decision_id: str) -> Reward | None:
        return await self._first(_REWARDS, _REWARD_OF_DECISION, decision_id=decision_id)

    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        return await self._all(_REWARDS, _REWARDS_AFTER, after=after, limit=limit)

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        rows = await self._session.rows(_REWARDED_TIPS, person_id=person_id, since=since, limit=limit)
        return tuple(Rewarded(**row._mapping) for row in rows)

    async def put_reward(self, reward: Reward) -> None:
        await self._put_later(_REWARDS, reward)

    async def unlearn(self, person_id: str) -> None:
        await self._session.change(_UNLEARN, {"whose": person_id})

    async def drop_reward(self, decision_id: str) -> None:
        await self._session.change(_DELETE_REWARD, {"decision_id": decision_id})
        await self._session.change(_MARK_UNREWARDED, {"target_id": decision_id})

    async def count_tips(self, person_id: str, start: datetime, end: datetime) -> TipCount:
        (row,) = await self._session.rows(_TIP_COUNT, person_id=person_id, start=start, end=end)
        return TipCount(sent=row.sent, followed=row.followed)

    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        tips, completed = [0] * _HOURS_PER_DAY, [0] * _HOURS_PER_DAY
        for row in await self._session.rows(_TIPS_BY_HOUR, person_id=person_id, since=since, limit=limit):
            tips[row.hour], completed[row.hour] = row.tips, row.completed
        return tuple(tips), tuple(completed)


class Snoozes(Repository):
    """Tips that are to be sent again."""

    async def add(self, snooze: Snooze) -> None:
        await self._add(_SNOOZES, snooze)

    async def save(self, snooze: Snooze) -> None:
        values = {**_SNOOZES.values(snooze), "target_id": snooze.snooze_id}
        if not await self._session.change(_UPDATE_SNOOZE, values):
            raise NotFound("no such snooze")

    async def of(self, decision_id: str) -> Snooze | None:
        return await self._first(_SNOOZES, _LATEST_SNOOZE, decision_id=decision_id)

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        return await self._all(_SNOOZES, _WAITING_SNOOZES, person_id=person_id)
