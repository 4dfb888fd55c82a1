"""Decisions and what follows from them, in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from core.records import (
    Decision,
    Delivery,
    DeliveryState,
    PastTip,
    Reaction,
    ReactionKind,
    Reason,
    Refusal,
    Reward,
    ScoredCandidate,
    Signal,
    Snapshot,
    Snooze,
    SnoozeState,
    TipSource,
    Trigger,
)
from core.store import (
    TIP_TRIGGERS,
    LogPlace,
    PastSlots,
    ProactiveMessage,
    Rewarded,
    RewardedDraw,
    StoredTip,
    TipCount,
)
from tests.decisions import altered, draw_of
from tests.fakes.tables import Tables

MAYBE_SHOWN = {DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN}
DAY = 24  # hours


def standing(tables: Tables, decision_id: str) -> list[Reaction]:
    reactions = tables.all("reactions", decision_id=decision_id, undone_at=None)
    return sorted(reactions, key=lambda one: (one.reacted_at, one.reaction_id))


def telling(tables: Tables, decision_id: str) -> Reaction | None:
    """The reaction that counts."""
    reactions = standing(tables, decision_id)
    return max(reactions, key=lambda one: (one.kind is not ReactionKind.SNOOZE, one.reacted_at), default=None)


def shown(tables: Tables, person_id: str, since: datetime) -> list[Decision]:
    """Decisions whose tip was or may have been shown, oldest first."""
    maybe = {one.decision_id for one in tables.all("deliveries") if one.state in MAYBE_SHOWN}
    theirs = tables.all("decisions", person_id=person_id)
    found = [one for one in theirs if one.tip and one.decision_id in maybe and one.decided_at >= since]
    return sorted(found, key=lambda one: one.decided_at)


def without_texts(decision: Decision) -> Decision:
    """The decision as it is kept when its texts are too old."""

    def bare(scored: ScoredCandidate) -> ScoredCandidate:
        is_written = scored.candidate.source is TipSource.LLM
        rationale = "" if is_written else scored.candidate.rationale
        return replace(scored, candidate=replace(scored.candidate, content="", rationale=rationale))

    if decision.context is None:
        return decision
    context, candidates = decision.context.without_texts(), tuple(map(bare, decision.candidates))
    if decision.refusal:
        refusal = replace(decision.refusal, context=context, candidates=candidates)
        return replace(decision, result=refusal)
    return altered(decision, context=context, candidates=candidates)


class FakeDecisions:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, decision: Decision, snapshot: Snapshot | None) -> bool:
        same_slot = self._tables.all(
            "decisions", person_id=decision.person_id, slot=decision.slot, refusal=None
        )
        is_there = self._tables.all("decisions", decision_id=decision.decision_id)
        if is_there or (decision.slot is not None and same_slot):
            return False
        self._tables.add("decisions", decision.decision_id, decision)
        if snapshot is not None:
            self._tables.put("snapshots", snapshot.model_version, snapshot)
        return True

    async def get(self, decision_id: str) -> Decision:
        decision: Decision = self._tables.get("decisions", decision_id)
        return decision

    async def erase_texts(self, *, after: LogPlace | None, before: datetime, limit: int) -> LogPlace | None:
        known = sorted(self._tables.all("decisions"), key=lambda one: (one.decided_at, one.decision_id))
        place = (after.decided_at, after.decision_id) if after else None
        page = [
            one
            for one in known
            if one.decided_at < before and (place is None or (one.decided_at, one.decision_id) > place)
        ][:limit]
        for one in page:
            self._tables.put("decisions", one.decision_id, without_texts(one))
        last = page[-1] if page else None
        return LogPlace(decided_at=last.decided_at, decision_id=last.decision_id) if last else None

    async def stored_tip(self, decision_id: str) -> StoredTip:
        decision = await self.get(decision_id)
        chosen = tuple(one for one in decision.candidates if one is decision.chosen)
        tip = decision.tip
        return StoredTip(
            decision=altered(decision, candidates=chosen, shadows=()) if decision.draw else decision,
            task=self._tables.find("tasks", tip.task_id) if tip and tip.task_id else None,
            reaction=telling(self._tables, decision_id),
            reward=self._tables.find("rewards", decision_id),
            unconfirmed=tuple(
                one
                for one in self._tables.all("deliveries", decision_id=decision_id)
                if one.state in (DeliveryState.SENDING, DeliveryState.UNKNOWN)
            ),
            newest=not any(
                one.tip and one.decided_at > decision.decided_at
                for one in self._tables.all("decisions", person_id=decision.person_id)
            ),
        )

    async def snapshot(self, model_version: str) -> Snapshot:
        snapshot: Snapshot = self._tables.get("snapshots", model_version)
        return snapshot

    async def latest(self, person_id: str, limit: int, *, skip: int = 0) -> tuple[Decision, ...]:
        decisions = self._tables.all("decisions", person_id=person_id)
        return tuple(sorted(decisions, key=lambda one: one.decided_at, reverse=True)[skip : skip + limit])

    async def past_tips(self, person_id: str, since: datetime, limit: int) -> tuple[PastTip, ...]:
        newest = shown(self._tables, person_id, since)[::-1]
        return tuple(self._past(decision) for decision in newest[:limit])

    def _past(self, decision: Decision) -> PastTip:
        tip = decision.tip
        assert tip is not None
        counts = telling(self._tables, decision.decision_id)
        return PastTip(
            decision_id=decision.decision_id,
            decided_at=decision.decided_at,
            kind=tip.kind,
            source=tip.source,
            task_id=tip.task_id,
            topic=tip.topic,
            content=tip.content,
            reaction=counts.kind if counts else None,
            reason=counts.reason if counts else None,
            reacted_at=counts.reacted_at if counts else None,
            reminder=decision.is_reminder,
        )

    async def past_slots(self, person_id: str, since: datetime) -> PastSlots:
        theirs = self._tables.all("decisions", person_id=person_id)
        keyed = [
            (key, one)
            for one in sorted(theirs, key=lambda one: one.decided_at)
            for key in (one.slot, *one.merged)
            if key and one.decided_at >= since
        ]
        return PastSlots(
            served=frozenset(key for key, one in keyed if one.refusal is None),
            refused={key: one.decided_at for key, one in keyed if one.refusal},
            held_back={
                key: Refusal(reason=one.refusal.reason, until=one.refusal.until)
                for key, one in keyed
                if one.silence in (Reason.QUIET, Reason.MEETING, Reason.SILENCED) and one.refusal.until
            },
        )

    async def proactive_messages(
        self, person_id: str, start: datetime, end: datetime
    ) -> tuple[ProactiveMessage, ...]:
        return tuple(
            ProactiveMessage(decided_at=one.decided_at, trigger=one.trigger)
            for one in shown(self._tables, person_id, start)
            if one.decided_at < end and one.trigger is not Trigger.REQUESTED
        )

    async def unrewarded(self, before: datetime, limit: int) -> tuple[Decision, ...]:
        sent = self._tables.all("deliveries", state=DeliveryState.SENT)
        waited = {one.decision_id for one in sent if one.reserved_at < before}
        decisions = [self._tables.get("decisions", one) for one in waited]
        found = [
            one
            for one in decisions
            if one.tip
            and not one.is_reminder
            and self._tables.find("rewards", one.decision_id) is None
            and self._tables.find("settled", one.decision_id) is None
        ]
        return tuple(sorted(found, key=lambda one: one.decided_at)[:limit])

    async def draws(self, after: str, limit: int) -> tuple[Decision, ...]:
        found = [one for one in self._tables.all("decisions") if one.draw and one.decision_id > after]
        return tuple(sorted(found, key=lambda one: one.decision_id)[:limit])

    async def rewarded_draws(self, after: str, limit: int) -> tuple[RewardedDraw, ...]:
        decisions = [one for one in self._tables.all("decisions") if one.draw and one.decision_id > after]
        kept = [one for one in decisions if one.draw.coin is None or not one.draw.coin.held_out]
        known = [one for one in kept if not one.tip or self._tables.find("rewards", one.decision_id)]
        return tuple(map(self._served, sorted(known, key=lambda one: one.decision_id)[:limit]))

    def _served(self, decision: Decision) -> RewardedDraw:
        drawn, reward = draw_of(decision), self._tables.find("rewards", decision.decision_id)
        chosen, allowed = drawn.chosen, [one for one in drawn.candidates if one.candidate.dropped is None]
        return RewardedDraw(
            decision_id=decision.decision_id,
            decided_at=decision.decided_at,
            policy_id=drawn.policy_id,
            feature_version=drawn.feature_version,
            propensity=drawn.propensity,
            reward=reward.value if reward else None,
            drawn=allowed.index(chosen),
            kind=chosen.candidate.kind,
            prompt_version=chosen.candidate.prompt_version,
            llm_model=chosen.candidate.llm_model,
            features=tuple(one.features for one in allowed),
            probabilities=tuple(one.probability for one in allowed),
            shadows=drawn.shadows,
            prompt=drawn.prompt,
        )


class FakeDeliveries:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, delivery: Delivery) -> None:
        self._tables.add("deliveries", delivery.delivery_id, delivery)

    async def get(self, delivery_id: str) -> Delivery:
        delivery: Delivery = self._tables.get("deliveries", delivery_id)
        return delivery

    async def of(self, decision_id: str) -> tuple[Delivery, ...]:
        deliveries = self._tables.all("deliveries", decision_id=decision_id)
        return tuple(sorted(deliveries, key=lambda one: (one.reserved_at, one.delivery_id)))

    async def move(self, before: Delivery, after: Delivery) -> bool:
        unmoved = self._tables.all(
            "deliveries", delivery_id=before.delivery_id, state=before.state, attempt=before.attempt
        )
        if unmoved:
            whose, where = unmoved[0].person_id, unmoved[0].account_id
            stored = replace(after, person_id=whose, account_id=where)
            self._tables.put("deliveries", after.delivery_id, stored)
        return bool(unmoved)

    async def unmarked(self, before: datetime, limit: int) -> frozenset[str]:
        """Nobody's: here ``unrewarded`` looks at everything."""
        return frozenset()

    async def mark_rewarded(self, people: Collection[str], before: datetime) -> None:
        """Here ``unrewarded`` looks at everything."""

    async def settle(self, decision_id: str, at: datetime) -> None:
        self._tables.put("settled", decision_id, at)

    async def due(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        reserved = await self.in_state(DeliveryState.RESERVED, len(self._tables.all("deliveries")))
        return tuple(one for one in reserved if one.not_before is None or one.not_before <= now)[:limit]

    async def in_state(self, state: DeliveryState, limit: int) -> tuple[Delivery, ...]:
        deliveries = self._tables.all("deliveries", state=state)
        return tuple(sorted(deliveries, key=lambda one: one.reserved_at)[:limit])


class FakeReactions:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def standing(self, decision_id: str) -> list[Reaction]:
        """All that are not undone, oldest first; no use case asks for more than the one that counts."""
        return standing(self._tables, decision_id)

    async def add(self, reaction: Reaction) -> bool:
        kinds = [one.kind for one in standing(self._tables, reaction.decision_id)]
        settled = any(kind is not ReactionKind.SNOOZE for kind in kinds)
        if settled and reaction.kind is not ReactionKind.SNOOZE:
            return False
        self._tables.add("reactions", reaction.reaction_id, reaction)
        return True

    async def changed_at(self, decision_id: str) -> datetime | None:
        found: list[Reaction] = self._tables.all("reactions", decision_id=decision_id)
        return max((at for one in found for at in (one.reacted_at, one.undone_at) if at), default=None)

    async def save(self, reaction: Reaction) -> None:
        self._tables.save("reactions", reaction.reaction_id, reaction)

    async def reward(self, decision_id: str) -> Reward | None:
        reward: Reward | None = self._tables.find("rewards", decision_id)
        return reward

    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        found = [one for one in self._tables.all("rewards") if one.decision_id > after]
        return tuple(sorted(found, key=lambda one: one.decision_id)[:limit])

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        given = [one for one in self._tables.all("rewards", person_id=person_id) if one.learned]
        tips = [(self._tables.get("decisions", one.decision_id), one) for one in given]
        newest = sorted(tips, key=lambda tip: tip[0].decided_at, reverse=True)
        found = [tip for tip in newest if tip[0].tip and tip[0].decided_at >= since]
        return tuple(self._rewarded(*tip) for tip in found[:limit])

    def _rewarded(self, decision: Decision, reward: Reward) -> Rewarded:
        chosen = draw_of(decision).chosen
        return Rewarded(
            decision_id=decision.decision_id,
            decided_at=decision.decided_at,
            kind=chosen.candidate.kind,
            topic=chosen.candidate.topic,
            feature_version=draw_of(decision).feature_version,
            features=chosen.features,
            source=reward.source,
            value=reward.value,
        )

    async def put_reward(self, reward: Reward) -> None:
        self._tables.put("rewards", reward.decision_id, reward)

    async def unlearn(self, person_id: str) -> None:
        for reward in self._tables.all("rewards", person_id=person_id):
            self._tables.put("rewards", reward.decision_id, replace(reward, learned=False))

    async def drop_reward(self, decision_id: str) -> None:
        self._tables.drop("rewards", decision_id)

    async def count_tips(self, person_id: str, start: datetime, end: datetime) -> TipCount:
        sent = {one.decision_id for one in self._tables.all("deliveries", state=DeliveryState.SENT)}
        back = {one.decision_id for one in self._tables.all("snoozes", state=SnoozeState.BACK)}
        found = [
            one.decision_id
            for one in shown(self._tables, person_id, start)
            if one.decided_at < end and one.decision_id in sent - back and one.trigger in TIP_TRIGGERS
        ]
        return TipCount(sent=len(found), followed=sum(map(self._was_followed, found)))

    def _was_followed(self, decision_id: str) -> bool:
        reward: Reward | None = self._tables.find("rewards", decision_id)
        kinds = [one.kind for one in standing(self._tables, decision_id)]
        return ReactionKind.DONE in kinds or (reward is not None and reward.source is Signal.DONE_ELSEWHERE)

    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        tips, done = [0] * DAY, [0] * DAY
        tips_only = [one for one in shown(self._tables, person_id, since) if not one.is_reminder]
        for decision in tips_only[-limit:]:
            hour = decision.decided_at.hour
            kinds = [one.kind for one in standing(self._tables, decision.decision_id)]
            tips[hour] += 1
            done[hour] += ReactionKind.DONE in kinds
        return tuple(tips), tuple(done)


class FakeSnoozes:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, snooze: Snooze) -> None:
        self._tables.add("snoozes", snooze.snooze_id, snooze)

    async def save(self, snooze: Snooze) -> None:
        self._tables.save("snoozes", snooze.snooze_id, snooze)

    async def of(self, decision_id: str) -> Snooze | None:
        waiting = self._tables.all("snoozes", decision_id=decision_id, state=SnoozeState.WAITING)
        return max(waiting, key=lambda one: one.until, default=None)

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        waiting = self._tables.all("snoozes", person_id=person_id, state=SnoozeState.WAITING)
        return tuple(sorted(waiting, key=lambda one: (one.until, one.snooze_id)))
