"""The decision log: decisions, their candidates and shadows, and which tips people may have seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, exists, select

from adapters.storage.erased_texts import erase_texts
from adapters.storage.rows import LIMIT, Repository, Rows, insert_once, required
from adapters.storage.served import served_page
from adapters.storage.tables import (
    SERVED,
    decisions,
    deliveries,
    reactions,
    rewards,
    shadow_distributions,
    snapshots,
    tasks,
    tip_scores,
)
from core.policies.catalog import EVEN_IF_QUIET
from core.records import (
    Decision,
    Delivery,
    DeliveryState,
    Draw,
    PastTip,
    Reaction,
    ReactionKind,
    Reason,
    Redelivery,
    Refusal,
    Reward,
    ScoredCandidate,
    Shadow,
    Snapshot,
    Task,
    TipCandidate,
    Trigger,
)
from core.store import LogPlace, PastSlots, ProactiveMessage, RewardedDraw, StoredTip

# A decision of each kind is one row. What belongs to the other kind is empty there.
_DECISIONS = Rows(Decision, decisions, nested=("result",))
_REFUSAL_ROWS = Rows(
    Refusal,
    decisions,
    nested=("context", "candidates"),
    columns={"reason": "unavailable", "until": "unavailable_until"},
)
_DRAWS = Rows(Draw, decisions, nested=("context", "candidates", "shadows"))
_NO_REFUSAL = {"unavailable": None, "unavailable_until": None}
_NO_DRAW = {
    "policy_id": "",
    "model_version": "",
    "feature_version": "",
    "seed": 0,
    "floor": 0.0,
    "action": None,
    "propensity": None,
    "coin": None,
    "prompt": None,
}
_PARTS = (_DECISIONS.columns, (decisions.c.context,), _REFUSAL_ROWS.columns, _DRAWS.columns)
_WHOLE = tuple(column for part in _PARTS for column in part)
_CANDIDATES = Rows(TipCandidate, tip_scores)
_SCORES = Rows(ScoredCandidate, tip_scores, nested=("candidate",))
_SHADOWS = Rows(Shadow, shadow_distributions)
_SNAPSHOTS = Rows(Snapshot, snapshots)
_TASKS = Rows(Task, tasks)
_REACTIONS = Rows(Reaction, reactions)
_REWARDS = Rows(Reward, rewards)
_DELIVERIES = Rows(Delivery, deliveries)

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_OF_PERSON = decisions.c.person_id == bindparam("person_id")
_SINCE = decisions.c.decided_at >= bindparam("since")

MAYBE_SHOWN = exists().where(
    deliveries.c.decision_id == decisions.c.decision_id,
    deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)),
)
"""Whether the person has seen the decision's tip, or may have."""

_DECISION = select(*_WHOLE).where(decisions.c.decision_id == bindparam("decision_id"))
_LATEST_DECISIONS = (
    select(*_WHOLE)
    .where(_OF_PERSON)
    .order_by(decisions.c.decided_at.desc())
    .limit(LIMIT)
    .offset(bindparam("skip"))
)
_DRAWN_DECISIONS = (
    select(*_WHOLE)
    .where(decisions.c.decision_id > bindparam("after"), decisions.c.action.is_not(None))
    .order_by(decisions.c.decision_id)
    .limit(LIMIT)
)
_DECISION_FOR_SLOT = select(decisions.c.decision_id).where(
    _OF_PERSON, decisions.c.slot == bindparam("slot"), SERVED
)
_PAST_SLOTS = (
    select(
        decisions.c.slot,
        decisions.c.merged,
        decisions.c.decided_at,
        decisions.c.unavailable,
        decisions.c.unavailable_until,
    )
    .where(_OF_PERSON, _SINCE, decisions.c.slot.is_not(None))
    .order_by(decisions.c.decided_at)
)
_HOLDS_BACK = (Reason.QUIET, Reason.MEETING, Reason.SILENCED)
_PROACTIVE = (
    select(decisions.c.decided_at, decisions.c.trigger)
    .where(_OF_PERSON, _SINCE, decisions.c.decided_at < bindparam("end"), decisions.c.tip.is_not(None))
    .where(decisions.c.trigger != Trigger.REQUESTED, MAYBE_SHOWN)
    .order_by(decisions.c.decided_at)
)

_UNREWARDED_DELIVERIES = select(deliveries.c.decision_id).where(
    deliveries.c.state == DeliveryState.SENT,
    deliveries.c.reserved_at < bindparam("before"),
    deliveries.c.rewarded_at.is_(None),
)
_UNREWARDED_DECISIONS = (
    select(*_WHOLE)
    .where(decisions.c.decision_id.in_(_UNREWARDED_DELIVERIES), decisions.c.tip.is_not(None))
    .where(decisions.c.trigger != Trigger.REMINDER)
    .where(~exists().where(rewards.c.decision_id == decisions.c.decision_id))
    .order_by(decisions.c.decided_at)
    .limit(LIMIT)
)

# Of several reactions the effective one: a terminal one before a snooze, then the newest.
_candidate_reactions = reactions.alias("telling")
_EFFECTIVE_REACTION = (
    select(_candidate_reactions.c.reaction_id)
    .where(
        _candidate_reactions.c.decision_id == decisions.c.decision_id,
        _candidate_reactions.c.undone_at.is_(None),
    )
    .order_by(_candidate_reactions.c.kind == ReactionKind.SNOOZE, _candidate_reactions.c.reacted_at.desc())
    .limit(1)
    .scalar_subquery()
)
_PAST_TIPS = (
    select(
        decisions.c.decision_id,
        decisions.c.decided_at,
        tip_scores.c.kind,
        tip_scores.c.source,
        tip_scores.c.task_id,
        tip_scores.c.topic,
        tip_scores.c.content,
        reactions.c.kind.label("reaction"),
        reactions.c.reason,
        reactions.c.reacted_at,
        (decisions.c.trigger == Trigger.REMINDER).label("reminder"),
    )
    .select_from(decisions)
    .join(
        tip_scores,
        (tip_scores.c.decision_id == decisions.c.decision_id)
        & (tip_scores.c.candidate_id == decisions.c.tip),
    )
    .outerjoin(reactions, reactions.c.reaction_id == _EFFECTIVE_REACTION)
    .where(_OF_PERSON, _SINCE, decisions.c.tip.is_not(None), MAYBE_SHOWN)
    .order_by(decisions.c.decided_at.desc())
    .limit(LIMIT)
)

_CANDIDATES_OF_DECISIONS = (
    select(tip_scores.c.decision_id, *_CANDIDATES.columns, *_SCORES.columns)
    .where(tip_scores.c.decision_id.in_(_IDS))
    .order_by(tip_scores.c.decision_id, tip_scores.c.position)
)
_later_decisions = decisions.alias("later")
_IS_LATEST_TIP = ~exists().where(
    _later_decisions.c.person_id == decisions.c.person_id,
    _later_decisions.c.decided_at > decisions.c.decided_at,
    _later_decisions.c.tip.is_not(None),
)
_PARTS_OF_DRAWN = (
    _WHOLE,
    *(rows.columns for rows in (_CANDIDATES, _SCORES, _REACTIONS, _REWARDS, _DELIVERIES)),
)
_DRAWN = (
    select(_IS_LATEST_TIP, *(column for part in _PARTS_OF_DRAWN for column in part))
    .select_from(decisions)
    .outerjoin(
        tip_scores,
        (tip_scores.c.decision_id == decisions.c.decision_id)
        & (tip_scores.c.candidate_id == decisions.c.action),
    )
    .outerjoin(reactions, reactions.c.reaction_id == _EFFECTIVE_REACTION)
    .outerjoin(rewards, rewards.c.decision_id == decisions.c.decision_id)
    .outerjoin(
        deliveries,
        (deliveries.c.decision_id == decisions.c.decision_id)
        & deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN)),
    )
    .where(decisions.c.decision_id == bindparam("decision_id"))
)
# Tasks are in another schema: no statement joins them (ADR 0055).
_TASK = _TASKS.select.where(tasks.c.task_id == bindparam("task_id"))
_SHADOWS_OF_DECISIONS = (
    select(shadow_distributions.c.decision_id, *_SHADOWS.columns)
    .where(shadow_distributions.c.decision_id.in_(_IDS))
    .order_by(shadow_distributions.c.decision_id, shadow_distributions.c.position)
)
_SNAPSHOT_OF_VERSION = _SNAPSHOTS.select.where(snapshots.c.model_version == bindparam("model_version"))


class Decisions(Repository):
    """Append-only, except when a person is deleted."""

    async def add(self, decision: Decision, snapshot: Snapshot | None) -> bool:
        return await self._session.run(lambda connection: _add(connection, decision, snapshot))

    async def get(self, decision_id: str) -> Decision:
        found = await self._complete_decisions(_DECISION, decision_id=decision_id)
        return required(next(iter(found), None))

    async def erase_texts(self, *, after: LogPlace | None, before: datetime, limit: int) -> LogPlace | None:
        return await self._session.run(lambda connection: erase_texts(connection, after, before, limit))

    async def stored_tip(self, decision_id: str) -> StoredTip:
        found = await self._session.rows(_DRAWN, decision_id=decision_id)
        row: Sequence[Any] = required(next(iter(found), None))  # further rows differ only in the delivery
        decision, candidate, scores, reaction, reward, delivery = _split(row[1:], _PARTS_OF_DRAWN)
        chosen = (_scored(candidate + scores),) if any(candidate) else ()
        deliveries_in = [row[-len(delivery) :] for row in found] if any(delivery) else []
        return StoredTip(
            decision=_decision(decision, candidates=chosen, shadows=()),
            task=await self._task_of(chosen),
            reaction=_REACTIONS.record(reaction) if any(reaction) else None,
            reward=_REWARDS.record(reward) if any(reward) else None,
            unconfirmed=tuple(map(_DELIVERIES.record, deliveries_in)),
            newest=bool(row[0]),
        )

    async def _task_of(self, chosen: tuple[ScoredCandidate, ...]) -> Task | None:
        task_id = chosen[0].candidate.task_id if chosen else None
        return await self._first(_TASKS, _TASK, task_id=task_id) if task_id else None

    async def snapshot(self, model_version: str) -> Snapshot:
        return await self._one(_SNAPSHOTS, _SNAPSHOT_OF_VERSION, model_version=model_version)

    async def latest(self, person_id: str, limit: int, *, skip: int = 0) -> tuple[Decision, ...]:
        return await self._complete_decisions(_LATEST_DECISIONS, person_id=person_id, limit=limit, skip=skip)

    async def past_tips(self, person_id: str, since: datetime, limit: int) -> tuple[PastTip, ...]:
        rows = await self._session.rows(_PAST_TIPS, person_id=person_id, since=since, limit=limit)
        return tuple(PastTip(**row._mapping) for row in rows)

    async def past_slots(self, person_id: str, since: datetime) -> PastSlots:
        rows = await self._session.rows(_PAST_SLOTS, person_id=person_id, since=since)
        keyed = [(key, row) for row in rows for key in (row.slot, *row.merged)]
        refused = [(key, row) for key, row in keyed if row.unavailable is not None]
        return PastSlots(
            served=frozenset(key for key, row in keyed if row.unavailable is None),
            refused={key: row.decided_at for key, row in refused},
            held_back={
                key: Refusal(reason=row.unavailable, until=row.unavailable_until)
                for key, row in refused
                if row.unavailable in _HOLDS_BACK and row.unavailable_until
            },
        )

    async def proactive_messages(
        self, person_id: str, start: datetime, end: datetime
    ) -> tuple[ProactiveMessage, ...]:
        rows = await self._session.rows(_PROACTIVE, person_id=person_id, since=start, end=end)
        return tuple(ProactiveMessage(decided_at=row.decided_at, trigger=row.trigger) for row in rows)

    async def unrewarded(self, before: datetime, limit: int) -> tuple[Decision, ...]:
        return await self._complete_decisions(_UNREWARDED_DECISIONS, before=before, limit=limit)

    async def draws(self, after: str, limit: int) -> tuple[Decision, ...]:
        return await self._complete_decisions(_DRAWN_DECISIONS, after=after, limit=limit)

    async def rewarded_draws(self, after: str, limit: int) -> tuple[RewardedDraw, ...]:
        return await self._session.run(lambda connection: served_page(connection, after, limit))

    async def _complete_decisions(self, query: Select[Any], **values: object) -> tuple[Decision, ...]:
        return await self._session.run(lambda connection: _complete_decisions(connection, query, values))


def _add(connection: Connection, decision: Decision, snapshot: Snapshot | None) -> bool:
    if not _add_row(connection, decision):
        return False
    if snapshot is not None:
        once = insert_once(connection.dialect.name, snapshots, "model_version")
        connection.execute(once, _SNAPSHOTS.values(snapshot))
    scores = ({**_CANDIDATES.values(each.candidate), **_SCORES.values(each)} for each in decision.candidates)
    _add_parts(connection, decision, _SCORES, scores)
    _add_parts(
        connection, decision, _SHADOWS, map(_SHADOWS.values, decision.draw.shadows if decision.draw else ())
    )
    return True


def _add_row(connection: Connection, decision: Decision) -> bool:
    """False if the slot has a decision. The unique index on slots leaves out refusals, hence the query."""
    if decision.refusal is not None:
        slot = {"person_id": decision.person_id, "slot": decision.slot}
        if connection.execute(_DECISION_FOR_SLOT, slot).first():
            return False
    once = insert_once(connection.dialect.name, decisions)
    return connection.execute(once, _values(decision)).first() is not None


def _values(decision: Decision) -> dict[str, Any]:
    tip, draw, refusal = decision.tip, decision.draw, decision.refusal
    return {
        **_DECISIONS.values(decision),
        "context": decision.context,
        "tip": tip.candidate_id if tip else None,
        **(_REFUSAL_ROWS.values(refusal) if refusal else _NO_REFUSAL),
        **(_DRAWS.values(draw) if draw else _NO_DRAW),
    }


def _add_parts(
    connection: Connection, decision: Decision, rows: Rows[Any], parts: Iterable[dict[str, Any]]
) -> None:
    numbered = [
        {**part, "decision_id": decision.decision_id, "position": position}
        for position, part in enumerate(parts)
    ]
    if numbered:
        connection.execute(rows.insert, numbered)


def _complete_decisions(
    connection: Connection, query: Select[Any], values: Mapping[str, object]
) -> tuple[Decision, ...]:
    """The decisions that ``query`` selects, with candidates and shadows; three queries in all."""
    rows = connection.execute(query, values).all()
    ids = [row.decision_id for row in rows]
    candidates, shadows = (
        _parts(connection, _CANDIDATES_OF_DECISIONS, ids),
        _parts(connection, _SHADOWS_OF_DECISIONS, ids),
    )
    return tuple(
        _decision(
            row,
            candidates=tuple(map(_scored, candidates[row.decision_id])),
            shadows=tuple(map(_SHADOWS.record, shadows[row.decision_id])),
        )
        for row in rows
    )


def _parts(
    connection: Connection, query: Select[Any], ids: Sequence[str]
) -> Mapping[str, list[Sequence[Any]]]:
    parts = defaultdict[str, list[Sequence[Any]]](list)
    if ids:
        for row in connection.execute(query, {"ids": ids}):
            parts[row[0]].append(row[1:])
    return parts


def _decision(
    row: Sequence[Any], *, candidates: tuple[ScoredCandidate, ...], shadows: tuple[Shadow, ...]
) -> Decision:
    """The decision in a row of ``_WHOLE``. A policy id says whether its tip is one that came back."""
    common, (context,), refusal, draw = _split(row, _PARTS)
    if refusal[0] is not None:
        refused = _REFUSAL_ROWS.record(refusal, context=context, candidates=candidates)
        return _DECISIONS.record(common, result=refused)
    drawn = _DRAWS.record(draw, context=context, candidates=candidates, shadows=shadows)
    even_if_quiet = EVEN_IF_QUIET.get(drawn.policy_id)
    again = None if even_if_quiet is None else Redelivery(draw=drawn, even_if_quiet=even_if_quiet)
    return _DECISIONS.record(common, result=again or drawn)


def _split(row: Sequence[Any], parts: Sequence[Sequence[object]]) -> Iterator[tuple[Any, ...]]:
    """The values of a row, part by part."""
    values = iter(row)
    return (tuple(islice(values, len(part))) for part in parts)


def _scored(row: Sequence[Any]) -> ScoredCandidate:
    return _SCORES.record(row[len(_CANDIDATES.columns) :], candidate=_CANDIDATES.record(row))
