"""Tap -> reaction -> reward. The first terminal reaction counts; a snooze is not terminal; undo retracts.

Reaction, reward, event, task and model change in one transaction. No language model and no network is called.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.deciding.decision_points import reschedule
from core.delivery.results import mark_observed
from core.delivery.tip_status import TapResult, TipStatus, read_status, topic_of
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.update import (
    assign_ignored_reward,
    assign_reward,
    retract_done_elsewhere,
    retract_reward,
    reward_done_elsewhere,
)
from core.people.muting import mute_in, unmute
from core.people.preferences import change_in
from core.policies.rewards import signal_of, worth
from core.records import (
    Decision,
    DeliveryState,
    DismissReason,
    Person,
    Reaction,
    ReactionKind,
    Snooze,
    SnoozeState,
    Task,
    TaskState,
    TipCandidate,
    Trigger,
)
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.reminder_changes import remind_again, remind_no_more
from core.tasks.todo_list import due_then, is_over, mark_done, mark_open

# --- Taps --------------------------------------------------------------------------------------------------


async def react(
    decision_id: str,
    person: Person,
    deps: Dependencies,
    *,
    kind: ReactionKind,
    reason: DismissReason | None = None,
    message_id: str | None = None,
) -> TipStatus:
    """Record Done or Dismiss. A second terminal tap changes nothing but may add a reason."""
    async with deps.store.begin(person.person_id) as unit:
        before = await read_status(unit, decision_id, person)
        await _was_seen(unit, before, message_id, deps)
        reaction = await _recorded(unit, before, deps, kind=kind, reason=reason)
        if reaction is None:
            return before
        reaction = await _mute_topic(unit, before.tip, reaction, deps)
        task = await _complete_task(unit, before, reaction, person, deps)
        await _learn_from(unit, before, reaction, person, deps)
        moved = task is not None and task is not before.task and task.state is TaskState.OPEN
        return replace(
            before,
            result=TapResult.ACCEPTED,
            reaction=reaction,
            task=task,
            moved_to=task.due if task and moved else None,
        )


async def snooze(
    decision_id: str,
    person: Person,
    deps: Dependencies,
    *,
    until: datetime,
    even_if_quiet: bool = False,
    message_id: str | None = None,
) -> TipStatus:
    """Bring a tip back at ``until``. A later snooze replaces an earlier one; the same one changes nothing."""
    async with deps.store.begin(person.person_id) as unit:
        before = await read_status(unit, decision_id, person)
        await _was_seen(unit, before, message_id, deps)
        if before.result is not TapResult.ACCEPTED:
            return before
        if await _sleeps_until(unit, before, until, even_if_quiet=even_if_quiet):
            return before
        await _withdraw(unit, before, deps)
        reaction = _reaction(before.decision, deps, kind=ReactionKind.SNOOZE, until=until)
        await unit.reactions.add(reaction)
        snooze = Snooze(
            snooze_id=deps.random.new_id(),
            decision_id=decision_id,
            person_id=person.person_id,
            until=until,
            even_if_quiet=even_if_quiet,
        )
        if before.decision.is_reminder:
            await remind_again(unit, snooze, before.task, deps)
        else:
            await unit.snoozes.add(snooze)
        await _reschedule(unit, person.person_id, deps)
        await _learn_from(unit, before, reaction, person, deps)
        return replace(before, reaction=reaction)


async def undo(decision_id: str, person: Person, deps: Dependencies) -> TipStatus:
    """Retract the reaction that counts. The tip is open again; task, reward, model and muted topics are as if
    it had never been tapped.
    """
    async with deps.store.begin(person.person_id) as unit:
        before = await read_status(unit, decision_id, person)
        reaction = before.reaction
        if reaction is None:
            return replace(before, result=TapResult.NOTHING_TO_UNDO)
        if await _withdraw(unit, before, deps):
            await _reschedule(unit, person.person_id, deps)
        await retract_reward(unit, before.decision, person, deps, before.reward)
        if not before.decision.is_reminder and await _would_be_ignored(unit, before, deps):
            await assign_ignored_reward(unit, before.decision, person, deps)
        task = await _reopen_task(unit, before, reaction, deps)
        await _log(unit, "reaction.undone", before.decision, reaction, deps)
        return replace(before, result=TapResult.ACCEPTED, reaction=None, task=task)


async def _would_be_ignored(unit: Unit, before: TipStatus, deps: Dependencies) -> bool:
    """Whether the tip without a reaction counts as ignored by now: it was shown, its wait time is over, and
    its task was not removed.
    """
    decision, task = before.decision, before.task
    if deps.clock.now() - decision.decided_at < deps.rules.reward_wait:
        return False
    if task and task.state is TaskState.GONE:
        return False
    deliveries = await unit.deliveries.of(decision.decision_id)
    return any(delivery.state is DeliveryState.SENT for delivery in deliveries)


# --- Reactions ---------------------------------------------------------------------------------------------


async def _sleeps_until(unit: Unit, before: TipStatus, until: datetime, *, even_if_quiet: bool) -> bool:
    """Whether the tip is snoozed like that already: by a tap that was sent twice, or is handled again since a
    process died just after it.
    """
    if before.reaction is None or before.reaction.until != until:
        return False
    decision_id = before.decision.decision_id
    waiting = await unit.snoozes.of(decision_id) or await unit.reminders.after_snooze(decision_id)
    return waiting is not None and waiting.even_if_quiet is even_if_quiet


async def _recorded(
    unit: Unit, before: TipStatus, deps: Dependencies, *, kind: ReactionKind, reason: DismissReason | None
) -> Reaction | None:
    """The stored reaction: a new one, or an earlier dismissal with its reason. None if the tap changes
    nothing.
    """
    if before.result is TapResult.ACCEPTED:
        if await _withdraw(unit, before, deps):
            await _reschedule(unit, before.decision.person_id, deps)
        reaction = _reaction(before.decision, deps, kind=kind, reason=reason)
        return reaction if await unit.reactions.add(reaction) else None
    earlier = before.reaction
    if reason is None or earlier is None or earlier.kind is not kind or earlier.reason:
        return None
    reaction = replace(earlier, reason=reason, reacted_at=deps.clock.now())
    await unit.reactions.save(reaction)
    return reaction


def _reaction(
    decision: Decision,
    deps: Dependencies,
    *,
    kind: ReactionKind,
    reason: DismissReason | None = None,
    until: datetime | None = None,
) -> Reaction:
    now = deps.clock.now()
    return Reaction(
        reaction_id=deps.random.new_id(),
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        kind=kind,
        reacted_at=now,
        reason=reason,
        until=until,
        late=now - decision.decided_at > deps.rules.reward_soon,
    )


async def _was_seen(unit: Unit, before: TipStatus, message_id: str | None, deps: Dependencies) -> None:
    """A tap proves that its tip was shown. If its task was done elsewhere, the model learns that."""
    if not message_id or not before.unconfirmed:
        return
    await mark_observed(unit, before.unconfirmed, message_id, deps)
    task = before.task
    if before.result is TapResult.GONE and task and task.done_at:
        await reward_done_elsewhere(unit, task, deps, done_at=task.done_at)


async def _withdraw(unit: Unit, before: TipStatus, deps: Dependencies) -> bool:
    """Withdraw the reaction that counts, if there is one, and cancel its snooze. True if a snooze was
    cancelled: then the person needs a new decision point.
    """
    reaction = before.reaction
    if reaction is None:
        return False
    await unit.reactions.save(replace(reaction, undone_at=deps.clock.now()))
    await remind_no_more(unit, reaction.decision_id)
    waiting = await unit.snoozes.of(reaction.decision_id)
    if waiting:
        await unit.snoozes.save(replace(waiting, state=SnoozeState.CANCELLED))
    return waiting is not None


async def _reschedule(unit: Unit, person_id: str, deps: Dependencies) -> None:
    await reschedule(unit, await unit.people.get(person_id), deps)


def _is_done(reaction: Reaction) -> bool:
    return reaction.kind is ReactionKind.DONE or reaction.reason is DismissReason.DID_IT


async def _mute_topic(unit: Unit, tip: TipCandidate, reaction: Reaction, deps: Dependencies) -> Reaction:
    """*Never about this*: the reaction with the topic that it muted; None there if it was muted before."""
    if reaction.reason is not DismissReason.NEVER_TOPIC:
        return reaction
    muting = replace(reaction, muted=await mute_in(unit, reaction.person_id, deps, topic_of(tip)))
    await unit.reactions.save(muting)
    return muting


async def _complete_task(
    unit: Unit, before: TipStatus, reaction: Reaction, person: Person, deps: Dependencies
) -> Task | None:
    """Complete the task if the reaction says that it is done. Returns the task as it is then.

    A later tip about the task was followed as well, although nobody tapped it: the model learns that. So was
    the latest tip about it if this is no tip but a reminder.
    """
    task = before.task
    if task is None or is_over(task, before.decision) or not _is_done(reaction):
        return task
    done = (await mark_done(unit, task, deps, zone=zone_of(person))).task
    if not before.newest or before.decision.is_reminder:
        await reward_done_elsewhere(unit, done, deps, done_at=reaction.reacted_at)
    return done


async def _reopen_task(unit: Unit, before: TipStatus, reaction: Reaction, deps: Dependencies) -> Task | None:
    """Take back what the reaction did to topic and task. What was done or muted before the tap stays so."""
    if reaction.muted:
        await change_in(unit, reaction.person_id, deps, unmute(reaction.muted), what="unmute")
    task = before.task
    done_before = task and task.done_at and task.done_at < reaction.reacted_at
    if task and _is_done(reaction) and not done_before:
        if not before.newest or before.decision.is_reminder:
            await retract_done_elsewhere(unit, task, deps, done_at=reaction.reacted_at)
        # Only a repeating task got another date by being done; any other may have been moved since the tip.
        due = due_then(before.decision, task) if task.repeats else task.due
        return await mark_open(unit, task, deps, due=due, done_at=reaction.reacted_at)
    return task


async def _learn_from(
    unit: Unit, before: TipStatus, reaction: Reaction, person: Person, deps: Dependencies
) -> None:
    """Assign the reward. A reminder was asked for, so a reaction to it says nothing about tips."""
    if before.decision.is_reminder:
        await _log(unit, "reaction.taken", before.decision, reaction, deps)
        return
    snoozed = before.decision.trigger is Trigger.SNOOZED or before.reaction is not None
    signal = signal_of(reaction.kind, reaction.reason, late=reaction.late or snoozed)
    value, now = worth(signal, deps.rules.rewards), deps.clock.now()
    await assign_reward(
        unit, before.decision, person, deps, value=value, source=signal, at=now, earlier=before.reward
    )
    await _log(unit, "reaction.taken", before.decision, reaction, deps)


async def _log(unit: Unit, kind: str, decision: Decision, reaction: Reaction, deps: Dependencies) -> None:
    await record_event(
        unit,
        deps,
        kind,
        decision.person_id,
        decision_id=decision.decision_id,
        reaction=reaction.kind.value,
        reason=reaction.reason.value if reaction.reason else None,
        late=reaction.late,
    )
