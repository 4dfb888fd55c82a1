"""Why a tip was chosen, and why there was none: what was known, the reason, the next best choice.

Tests: tests/golden/test_screens.py, tests/scenarios/test_understanding.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.screens import (
    texts,
    texts_calendar,
    texts_erased,
    texts_notifications,
    texts_pieces,
    texts_talk,
    texts_why,
)
from bot.screens.dates import (
    at_due,
    at_local_moment,
    at_time,
    clock,
    counted,
    listed,
    local_moment,
    overdue,
    percent,
)
from bot.screens.markup import join, say
from bot.screens.reminders import why as why_reminder
from bot.screens.ruled_out import ruled_out, too_long_words
from bot.screens.settings import next_words
from core.chat import Message
from core.deciding.explain import Why, WhyNot
from core.records import (
    Context,
    Decision,
    Fact,
    Person,
    Reason,
    ScoredCandidate,
    Slot,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.scheduling.meetings import NO_MEETINGS, Meetings
from core.scheduling.timezones import zone_of
from core.text import capitalized, truncate
from core.tips.facts import text_of
from core.tips.urgency import due_instant, pressing_due

MIN_GAIN = 0.02
"""A feature that added less to the expected reward is not named as a reason."""

MIN_SHARE_OF_BEST_GAIN = 1 / 3
"""A second reason added at least this share of what the first one added."""

MAX_TITLE, MAX_RATIONALE = 60, 100  # code points
MIN_TIPS_FOR_HABIT = 5


def why(found: Why, person: Person, now: datetime) -> Message:
    """Three lines: what was known, why this tip and with which probability, the next best choice."""
    if found.decision.is_reminder:
        return why_reminder(found.decision, person, now)
    zone, context = zone_of(person), found.decision.context
    if context and context.texts_erased:
        return join(_known_line(found.decision, now, zone, _habit(found)), say(texts_erased.WHY))
    is_written = found.chosen.candidate.source is TipSource.LLM
    if is_written:
        known = _known_to_llm(found, now, zone)
    else:
        known = _known_line(found.decision, now, zone, _habit(found))
    return join(known, _reason_line(found, now, zone), _runner_up(found))


# --- What was known ----------------------------------------------------------------------------------------


def _known_line(decision: Decision, now: datetime, zone: ZoneInfo, habit: str = "") -> Message:
    return say(
        texts_why.KNEW,
        when=_at(decision, now, zone),
        had=_had(decision),
        habit=habit,
        weighed=_shortlist_words(decision) + too_long_words(decision.context),
    )


def _shortlist_words(decision: Decision) -> str:
    """Which part of a long list was scored; empty if all of it was."""
    shortlist = decision.context.shortlist if decision.context else None
    if shortlist is None or not shortlist.drawn:
        return ""
    return texts_why.KNEW_WEIGHED.format(leading=shortlist.leading, drawn=len(shortlist.drawn))


def _at(decision: Decision, now: datetime, zone: ZoneInfo) -> str:
    return capitalized(at_time(decision.decided_at, now, zone))


def _had(decision: Decision) -> str:
    """``20 minutes, little energy and 4 open tasks, 1 of them overdue``."""
    context = decision.context
    if context is None:
        raise LookupError(f"decision {decision.decision_id} has no context")
    wish = context.request
    had = [counted(wish.minutes, "minute")] if wish.minutes else []
    if context.minutes_free is not None:
        had.append(texts_calendar.KNEW_FREE.format(minutes=counted(context.minutes_free, "minute")))
    if wish.energy:
        had.append(texts_why.ENERGY[wish.energy])
    return listed([*had, _tasks(context)])


def _tasks(context: Context) -> str:
    count = counted(context.open_tasks, "open task") if context.open_tasks else texts_why.NO_TASKS
    return count + (
        texts_why.SOME_OVERDUE.format(count=context.overdue_tasks) if context.overdue_tasks else ""
    )


def _habit(found: Why) -> str:
    if found.shown_here < MIN_TIPS_FOR_HABIT:
        return ""
    return texts_why.KNEW_HABIT.format(done=found.done_here, shown=found.shown_here)


def _known_to_llm(found: Why, now: datetime, zone: ZoneInfo) -> Message:
    candidate, context = found.chosen.candidate, found.decision.context
    facts = context.facts if context else ()
    cited = (_fact(fact, context) for fact in facts if fact.fact_id in candidate.fact_ids)
    known = list(dict.fromkeys(cited))
    return say(
        texts_why.KNEW_LLM,
        when=_at(found.decision, now, zone),
        model=candidate.llm_model or "",
        prompt=candidate.prompt_version or "",
        facts=listed(known) if known else texts_why.NOTHING,
    )


def _fact(fact: Fact, context: Context | None) -> str:
    """A fact in a few words: a task by its title."""
    tasks = context.tasks if context else ()
    title = next((task.title for task in tasks if task.task_id == fact.task_id), None)
    if title:
        return texts.QUOTED.format(words=_cut(title, MAX_TITLE))
    kind = fact.fact_id.rstrip("0123456789")
    return texts_why.FACTS.get(kind) or texts_talk.FACTS.get(kind) or text_of(fact)


def _cut(text: str, longest: int) -> str:
    return truncate(text, longest)


# --- Why this one ------------------------------------------------------------------------------------------


def _reason_line(found: Why, now: datetime, zone: ZoneInfo) -> Message:
    if found.decision.trigger is Trigger.SNOOZED:
        return say(texts_why.WHY_PROMISED)
    chance = percent(found.chosen.probability)  # given the shortlist, like the runner-up's
    if found.was_exploration:
        return say(texts_why.WHY_TRY, chance=chance)
    if found.was_tie:
        return say(texts_why.WHY_LOT, chance=chance)
    return say(texts_why.WHY_BECAUSE, reason=listed(_reasons(found, now, zone)), chance=chance)


def _reasons(found: Why, now: datetime, zone: ZoneInfo) -> list[str]:
    """One or two reasons: advantages over the runner-up, else the reason shown with the tip.

    For a template, the situation it is meant for comes first.
    """
    better, candidate = _advantages(found, now, zone), found.chosen.candidate
    if candidate.source is TipSource.TEMPLATES:
        return [_occasion(candidate, found.decision.context), *better[:1]]
    if candidate.kind is TipKind.TASK:
        return better[:2] or [_pressure(found.pressure, found, now, zone)]
    return better[:2] or [_lower_first(_cut(candidate.rationale, MAX_RATIONALE))]


def _advantages(found: Why, now: datetime, zone: ZoneInfo) -> list[str]:
    """Advantages in score over the runner-up, largest first; features with the same words are added up."""
    gains = defaultdict[str, float](float)
    for one in found.advantages:
        more, less = texts_why.FEATURE_WORDS[one.feature.rstrip("_0123456789")]
        gains[more if one.more else less] += one.gain
    gains.pop("", None)
    least = max(MIN_GAIN, MIN_SHARE_OF_BEST_GAIN * max(gains.values(), default=0))
    words = sorted((one for one in gains if gains[one] >= least), key=lambda one: -gains[one])
    task = found.task
    date = "overdue" if found.pressure == "overdue" else "due_later"
    values = {"pressing": _pressure(date, found, now, zone), "priority": task.priority} if task else {}
    return [one.format(**values) for one in words]


def _pressure(code: str, found: Why, now: datetime, zone: ZoneInfo) -> str:
    due = pressing_due(found.task, zone) if found.task else None
    is_over = due is not None and due_instant(due, zone) <= now
    if due and found.task and due != found.task.due:
        sentence = texts_why.WHY_DEADLINE_OVER if is_over else texts_why.WHY_DEADLINE
        return sentence.format(due=at_due(due, now, zone))
    age = overdue(due, found.decision.decided_at, zone) if due else ""
    was = texts_why.WHY_AHEAD if due and not is_over else texts_why.WHY_PAST
    return texts_why.WHY_REASON[code].format(age=age, was=was, due=at_due(due, now, zone) if due else "")


def _occasion(candidate: TipCandidate, context: Context | None) -> str:
    sentence = texts_why.TEMPLATE_REASON[candidate.rationale.removeprefix("template_")]
    return sentence.format(open=context.open_tasks, overdue=context.overdue_tasks) if context else sentence


def _lower_first(sentence: str) -> str:
    """The sentence as a clause: the first word is lowered if it can't be a name."""
    first, blank, rest = sentence.rstrip(".").partition(" ")
    return f"{first.lower() if first in texts_why.CLAUSE_STARTS else first}{blank}{rest}"


# --- What would have been next -----------------------------------------------------------------------------


def _runner_up(found: Why) -> Message:
    other = found.runner_up
    if other is None:
        promised = found.decision.trigger is Trigger.SNOOZED
        if promised:
            return say(texts_why.WHY_PROMISED_ONLY)
        others = ruled_out(found.decision.context)
        return say(texts_why.WHY_ALONE_BUT, ruled_out=others) if others else say(texts_why.WHY_ALONE)
    sentences = texts_why.WHY_NEXT
    if found.was_exploration:
        sentences = texts_why.WHY_LIKELIER
    elif found.was_tie:
        sentences = texts_why.WHY_AS_LIKELY
    tip, silence = sentences
    sentence = silence if other.candidate.kind is TipKind.SILENCE else tip
    return say(sentence, content=_cut(other.candidate.content, MAX_TITLE), chance=percent(other.probability))


# --- Silence -----------------------------------------------------------------------------------------------


def why_not(
    silences: Sequence[WhyNot],
    quiet_slots: Sequence[Slot],
    person: Person,
    now: datetime,
    *,
    guard: timedelta,
    meetings: Meetings = NO_MEETINGS,
) -> Message:
    """The latest silence in three lines (known, reason, alternative); earlier ones in a line each.

    ``quiet_slots`` are slots that quiet hours moved.
    """
    zone = zone_of(person)
    explained = {found.decision.slot for found in silences}
    moved = [slot for slot in reversed(quiet_slots) if slot.key not in explained]
    if silences:
        full = _silence(silences[0], person, now)
    elif moved:
        full, moved = _quiet_slot(moved[0], now, zone), moved[1:]
    else:
        return say(texts_why.WHYNOT_NONE, next=next_words(person, now, guard=guard, meetings=meetings))
    before = [_before(one, person, now) for one in silences[1:]]
    return join(full, *before, *(_short(slot.key, _quiet_until(slot), now, zone) for slot in moved))


def _silence(found: WhyNot, person: Person, now: datetime) -> Message:
    decision, zone = found.decision, zone_of(person)
    if decision.context is None:
        knew = say(texts_why.WHYNOT_TIME, when=capitalized(_at_slot(_slot(decision, zone), now, zone)))
    else:
        knew = _known_line(decision, now, zone)
    return join(knew, _silent_because(found, person), _instead(found, person))


def _silent_because(found: WhyNot, person: Person) -> Message:
    draw = found.decision.draw
    if draw is None or found.reason is not Reason.CHOSE_SILENCE or _was_snoozed(found):
        return say(texts_why.WHYNOT_BECAUSE, reason=_reason(found, person))
    sentence = texts_why.WHYNOT_TRY if found.was_exploration else texts_why.WHYNOT_CHOSE
    return say(sentence, chance=percent(draw.propensity))


def _was_snoozed(found: WhyNot) -> bool:
    """Whether a snoozed tip should have come back: nothing was chosen."""
    return found.decision.trigger is Trigger.SNOOZED and found.reason is Reason.CHOSE_SILENCE


def _reason(found: WhyNot, person: Person) -> str:
    until = found.until
    if _was_snoozed(found):
        return texts_why.WHYNOT_SNOOZED
    if found.reason is Reason.CAP and not person.preferences.cap:
        return texts_why.WHYNOT_ON_DEMAND
    reasons = {
        **texts_why.WHYNOT_REASON,
        "meeting": texts_calendar.WHYNOT_MEETING,
        "silenced": texts_notifications.WHYNOT_SILENCED,
    }
    return reasons[found.reason.value].format(
        until=texts_why.WHYNOT_UNTIL.format(time=clock(until.astimezone(zone_of(person)))) if until else ""
    )


def _instead(found: WhyNot, person: Person) -> Message:
    """What would have been sent instead."""
    best, decision = found.best, found.decision
    if found.reason in (Reason.MEETING, Reason.SILENCED) and found.until:
        return _after_meeting(found, person)
    if decision.context is None:
        return say(texts_why.WHYNOT_UNSEEN)
    if found.reason is Reason.HELD_OUT:
        return say(texts_why.WHYNOT_TESTING)
    if _was_snoozed(found):
        return say(texts_why.WHYNOT_SNOOZED_ALONE)
    if best is None:
        return say(texts_why.WHYNOT_NO_TIP)
    content = _cut(best.candidate.content, MAX_TITLE)
    if best.candidate.dropped:
        return say(texts_why.WHYNOT_DROPPED, content=content, dropped=_dropped(best))
    if found.reason is not Reason.CHOSE_SILENCE:
        return say(texts_why.WHYNOT_HELD, content=content)
    tip, _ = texts_why.WHY_LIKELIER if found.was_exploration else texts_why.WHY_NEXT
    return say(tip, content=content, chance=percent(best.probability))


def _after_meeting(found: WhyNot, person: Person) -> Message:
    if found.comes_at is None:
        return say(texts_calendar.WHYNOT_TOO_LATE)
    return say(texts_why.WHYNOT_AFRESH, time=clock(found.comes_at.astimezone(zone_of(person))))


def _dropped(ruled_out: ScoredCandidate) -> str:
    words = {**texts_why.DROPPED, **texts_pieces.DROPPED}
    return words.get(ruled_out.candidate.dropped or "", texts_why.DROPPED_UNFIT)


def _quiet_slot(slot: Slot, now: datetime, zone: ZoneInfo) -> Message:
    return join(
        say(texts_why.WHYNOT_TIME, when=capitalized(_at_slot(slot.key, now, zone))),
        say(texts_why.WHYNOT_BECAUSE, reason=_quiet_until(slot)),
        say(texts_why.WHYNOT_AFRESH, time=clock(slot.local)),
    )


def _quiet_until(slot: Slot) -> str:
    until = texts_why.WHYNOT_UNTIL.format(time=clock(slot.local))
    return texts_why.WHYNOT_REASON["quiet"].format(until=until)


def _before(found: WhyNot, person: Person, now: datetime) -> Message:
    zone = zone_of(person)
    return _short(_slot(found.decision, zone), _reason(found, person), now, zone)


def _short(slot: str, reason: str, now: datetime, zone: ZoneInfo) -> Message:
    """``Yesterday 18:30: you had paused me.``"""
    when = local_moment(datetime.fromisoformat(slot), now.astimezone(zone).date())
    return say(texts_why.WHYNOT_BEFORE, when=capitalized(when), reason=reason)


def paused_slot(slot: Slot, now: datetime, zone: ZoneInfo) -> Message:
    """Says that a pause held a slot."""
    return _short(slot.key, texts_why.WHYNOT_REASON["paused"], now, zone)


def _slot(decision: Decision, zone: ZoneInfo) -> str:
    """The planned local time as ISO; for a returning snooze, the time of the decision."""
    if decision.slot and decision.slot[0].isdigit():
        return decision.slot
    return decision.decided_at.astimezone(zone).replace(tzinfo=None).isoformat()


def _at_slot(slot: str, now: datetime, zone: ZoneInfo) -> str:
    return at_local_moment(datetime.fromisoformat(slot), now.astimezone(zone).date())
