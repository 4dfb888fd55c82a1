"""What people did with their tips, what that was worth, and which tips are to come back."""

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
from core.model import Reaction, ReactionKind, Reward, Snooze, SnoozeState
from core.store import Rewarded

_REACTIONS = Rows(Reaction, reactions)
_REWARDS = Rows(Reward, rewards)
_SNOOZES = Rows(Snooze, snoozes)

_HOUR = 3_600_000_000  # microseconds
_DAY = 24  # hours

_STANDS = reactions.c.undone_at.is_(None)
_SAVE_REACTION = update(reactions).where(reactions.c.reaction_id == bindparam("that"))

_REWARD = _REWARDS.select.where(rewards.c.decision_id == bindparam("decision_id"))
_PAGE = (
    _REWARDS.select.where(rewards.c.decision_id > bindparam("after"))
    .order_by(rewards.c.decision_id)
    .limit(LIMIT)
)
_REWARDED = (
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
_DROP_REWARD = delete(rewards).where(rewards.c.decision_id == bindparam("decision_id"))
_AWAIT_AGAIN = (
    update(deliveries).where(deliveries.c.decision_id == bindparam("that")).values(rewarded_at=None)
)

_DONE = exists().where(
    reactions.c.decision_id == decisions.c.decision_id, reactions.c.kind == ReactionKind.DONE, _STANDS
)
_SHOWN = (
    select(decisions.c.decided_at, case((_DONE, 1), else_=0).label("done"))
    .where(
        decisions.c.person_id == bindparam("person_id"),
        decisions.c.decided_at >= bindparam("since"),
        decisions.c.tip.is_not(None),
        MAYBE_SHOWN,
    )
    .order_by(decisions.c.decided_at.desc())
    .limit(LIMIT)
    .subquery("shown")
)
_TALLY = select(
    (type_coerce(_SHOWN.c.decided_at, BigInteger) // _HOUR % _DAY).label("hour"),
    func.count().label("tips"),
    func.sum(_SHOWN.c.done).label("completed"),
).group_by(text("hour"))

_WAITS = snoozes.c.state == SnoozeState.WAITING
_SNOOZE = (
    _SNOOZES.select.where(snoozes.c.decision_id == bindparam("decision_id"), _WAITS)
    .order_by(snoozes.c.until.desc())
    .limit(1)
)
_WAITING = _SNOOZES.select.where(snoozes.c.person_id == bindparam("person_id"), _WAITS).order_by(
    snoozes.c.until, snoozes.c.snooze_id
)
_SAVE_SNOOZE = update(snoozes).where(snoozes.c.snooze_id == bindparam("that"))


class Reactions(Repository):
    """Reactions and rewards."""

    async def add(self, reaction: Reaction) -> bool:
        first = insert_once(self._session.dialect, reactions, "decision_id", where=TERMINAL)
        return bool(await self._session.rows(first, **_REACTIONS.values(reaction)))

    async def save(self, reaction: Reaction) -> None:
        values = {**_REACTIONS.values(reaction), "that": reaction.reaction_id}
        if not await self._session.change(_SAVE_REACTION, values):
            raise NotFound("no such reaction")

    async def reward(self, decision_id: str) -> Reward | None:
        return await self._first(_REWARDS, _REWARD, decision_id=decision_id)

    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        return await self._all(_REWARDS, _PAGE, after=after, limit=limit)

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        rows = await self._session.rows(_REWARDED, person_id=person_id, since=since, limit=limit)
        return tuple(Rewarded(**row._mapping) for row in rows)

    async def put_reward(self, reward: Reward) -> None:
        await self._put(_REWARDS, reward)

    async def drop_reward(self, decision_id: str) -> None:
        await self._session.change(_DROP_REWARD, {"decision_id": decision_id})
        await self._session.change(_AWAIT_AGAIN, {"that": decision_id})

    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        tips, completed = [0] * _DAY, [0] * _DAY
        for row in await self._session.rows(_TALLY, person_id=person_id, since=since, limit=limit):
            tips[row.hour], completed[row.hour] = row.tips, row.completed
        return tuple(tips), tuple(completed)


class Snoozes(Repository):
    """Promises to bring a tip back."""

    async def add(self, snooze: Snooze) -> None:
        await self._add(_SNOOZES, snooze)

    async def save(self, snooze: Snooze) -> None:
        values = {**_SNOOZES.values(snooze), "that": snooze.snooze_id}
        if not await self._session.change(_SAVE_SNOOZE, values):
            raise NotFound("no such snooze")

    async def of(self, decision_id: str) -> Snooze | None:
        return await self._first(_SNOOZES, _SNOOZE, decision_id=decision_id)

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        return await self._all(_SNOOZES, _WAITING, person_id=person_id)
