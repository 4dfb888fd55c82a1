"""The message of a tip, and what it looks like after each tap.

Tests: tests/golden/test_screens.py, tests/scenarios/test_reactions.py, tests/scenarios/test_snoozing.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.languages.active import speaking_to
from bot.screens import texts, texts_erased, texts_pieces, texts_tips
from bot.screens.dates import ago, at_due, at_moment, at_time, clock, due, moment, since_day
from bot.screens.markup import join, say
from bot.screens.reminders import ring
from bot.screens.topics import topic_words
from core.chat import Button, Message
from core.delivery.current_tip import with_current_task
from core.delivery.tip_status import TapResult, TipStatus, topic_of
from core.records import (
    Context,
    Decision,
    DismissReason,
    Dosage,
    Person,
    Reaction,
    ReactionKind,
    Task,
    TaskState,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.scheduling.quiet_hours import quiet_until
from core.scheduling.slots import plan
from core.scheduling.timezones import zone_of
from core.tasks.pieces import is_worth_splitting, snoozes_of
from core.text import truncate
from core.tips.urgency import pressing_due
from core.words.dates.moments import evening, next_week, tomorrow_morning

MAX_TOPIC_LABEL = 24
MAX_FIRST_LINE = 160
"""Code points."""


def tip(decision: Decision, person: Person) -> Message:
    """The message of a tip: what to do, a reason, three buttons. Raises ``LookupError`` without a tip."""
    if decision.is_reminder:
        return ring(decision, person)
    candidate, context = decision.tip, decision.context
    if candidate is None or context is None:
        raise LookupError(f"decision {decision.decision_id} holds no tip")
    sentence, values = _tip_sentence(candidate, context, person)
    if decision.trigger is Trigger.SNOOZED:
        sentence = f"{sentence}\n{texts.TIP_RETURNS}"
    if whole := _whole_of(candidate, context):
        sentence, values["whole"] = f"{sentence}\n{texts_pieces.PIECE_OF}", whole
    values["content"] = first_line(candidate)
    rows = (tip_buttons(), *split_button(decision, snoozes=snoozes_of(decision)))
    return say(sentence, *rows, subject=decision.decision_id, **values)


def arriving(decision: Decision, person: Person) -> Message:
    """The message of a tip as it is sent, in the person's language. A changed daily limit is mentioned in it
    once.
    """
    with speaking_to(person):
        message = tip(decision, person)
        if decision.is_reminder or person.dosage is None or person.dosage.told:
            return message
        less = say(_of_dosage(person.dosage), now=person.most_a_day, cap=person.preferences.cap)
        return join(message, less)


def _of_dosage(dosage: Dosage) -> str:
    if not dosage.fewer:
        return texts.TIP_AS_SET
    return texts.TIP_HARM if dosage.harm else texts.TIP_LESS


def tip_buttons() -> tuple[Button, ...]:
    """Done, Snooze, Dismiss."""
    return (
        Button(label=texts.DONE, verb="done"),
        Button(label=texts.SNOOZE, verb="snooze"),
        Button(label=texts.DISMISS, verb="dismiss"),
    )


def split_button(decision: Decision, *, snoozes: int) -> tuple[tuple[Button, ...], ...]:
    """A row with *Break it down*, if the tip's task is large or was put off again and again; else none."""
    if decision.tip is None or decision.tip.task_id is None:
        return ()
    offer = Button(label=texts_pieces.BREAK_DOWN, verb="break_down", arg=decision.tip.task_id)
    return ((offer,),) if is_worth_splitting(decision, snoozes=snoozes) else ()


def first_line(candidate: TipCandidate) -> str:
    """What to do, short enough for a lock screen."""
    return truncate(candidate.content, MAX_FIRST_LINE) or texts_erased.TIP


def _tip_sentence(candidate: TipCandidate, context: Context, person: Person) -> tuple[str, dict[str, str]]:
    if candidate.kind is TipKind.TASK:
        task = _task(candidate, context)
        return texts.TIP, {"why": pressure_words(task, candidate.rationale, context, person)}
    if candidate.source is TipSource.LLM:
        about = _about(candidate, context)
        return f"{texts.TIP_ADVICE}\n{texts.TIP_WHY_LLM}", {"about": about, "why": candidate.rationale}
    return f"{texts.TIP_ADVICE}\n{texts.TIP_WHY_TEMPLATE}", {"why": template_words(candidate, context)}


def _task(candidate: TipCandidate, context: Context) -> Task | None:
    return next((task for task in context.tasks if task.task_id == candidate.task_id), None)


def _whole_of(candidate: TipCandidate, context: Context) -> str | None:
    """The title of the task of which the tip's task is a piece."""
    task = _task(candidate, context)
    parent_id = task.parent_id if task else None
    return next((one.title for one in context.tasks if one.task_id == parent_id), None)


def _about(candidate: TipCandidate, context: Context) -> str:
    task = _task(candidate, context)
    return texts.TIP_ABOUT.replace("{title}", task.title) if task else ""


def template_words(candidate: TipCandidate, context: Context) -> str:
    """Why a template fits now."""
    sentence = texts.TEMPLATE_WHY[candidate.rationale.removeprefix("template_")]
    return sentence.format(open=context.open_tasks, overdue=context.overdue_tasks)


def pressure_words(task: Task | None, code: str, context: Context, person: Person) -> str:
    """Why this task now: ``it was due yesterday.``"""
    zone = zone_of(person)
    today = context.now.astimezone(zone).date()
    since = task.created_at.astimezone(zone).date() if task else today
    if code == "open" and since == today:
        return texts.PRESSURE_NEW
    when = pressing_due(task, zone) if task else None
    values = {"due": at_due(when, context.now, zone) if when else "", "since": since_day(since, today)}
    by_deadline = task is not None and when != task.due
    sentences = {**texts.PRESSURE, **texts.PRESSURE_DEADLINE} if by_deadline else texts.PRESSURE
    words = sentences[code].format(**values)
    return words.removesuffix(".") if words.endswith("..") else words  # "depuis le 15 nov."


# --- After a tap -------------------------------------------------------------------------------------------


def after(outcome: TipStatus, person: Person, now: datetime) -> Message:
    """The tip's message after Done, Snooze, Dismiss or Undo, or when its task is gone."""
    reaction = outcome.reaction
    if reaction is None:
        is_gone = outcome.result is TapResult.GONE
        shown = with_current_task(outcome.decision, outcome.task)
        return gone(outcome, person, now) if is_gone else tip(shown, person)
    screens = {
        ReactionKind.DONE: _after_done,
        ReactionKind.SNOOZE: _after_snooze,
        ReactionKind.DISMISS: _after_dismiss,
    }
    return screens[reaction.kind](outcome, reaction, person, now)


def _undo() -> tuple[Button, ...]:
    return (Button(label=texts.UNDO, verb="undo"),)


def _after_done(outcome: TipStatus, reaction: Reaction, person: Person, now: datetime) -> Message:
    zone = zone_of(person)
    sentence = texts.DONE_MOVED if outcome.moved_to else texts.DONE_AT
    return say(
        sentence,
        _undo(),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        time=at_time(reaction.reacted_at, now, zone),
        due=due(outcome.moved_to, now, zone) if outcome.moved_to else "",
    )


def _after_snooze(outcome: TipStatus, reaction: Reaction, person: Person, now: datetime) -> Message:
    decision = outcome.decision
    return say(
        texts.BACK_AT,
        _undo(),
        *split_button(decision, snoozes=snoozes_of(decision) + 1),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        when=at_moment(reaction.until or now, now, zone_of(person)),
    )


def _after_dismiss(outcome: TipStatus, reaction: Reaction, person: Person, now: datetime) -> Message:
    topic = topic_of(outcome.tip)
    if reaction.reason:
        return say(
            texts.DISMISSED_WHY[reaction.reason.value],
            _undo(),
            subject=outcome.decision.decision_id,
            content=first_line(outcome.tip),
            topic=topic_words(topic),
        )
    reasons = [reason for reason in DismissReason if reason is not DismissReason.DID_IT or outcome.task]
    buttons = [
        Button(label=_reason_label(reason, topic), verb="reason", arg=reason.value) for reason in reasons
    ]
    return say(
        texts.DISMISSED,
        tuple(buttons[:2]),
        tuple(buttons[2:]),
        _undo(),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
    )


def _reason_label(reason: DismissReason, topic: str) -> str:
    short = truncate(topic_words(topic), MAX_TOPIC_LABEL)
    named = texts.QUOTED.format(words=short) if " " in short else short
    return texts.REASONS[reason.value].replace("{topic}", named)


def gone(outcome: TipStatus, person: Person, now: datetime) -> Message:
    """Says that the task was done, moved or removed since; without buttons."""
    task, zone = outcome.task, zone_of(person)
    done_at = task.done_at if task else None
    moved_to = task.due if task and task.state is TaskState.OPEN else None
    age = now - outcome.decision.decided_at
    is_old = age >= timedelta(days=1)
    was_done = done_at is not None and done_at >= outcome.decision.decided_at
    sentence = texts.GONE_DONE if done_at else texts.GONE_REMOVED
    if moved_to and not was_done:
        sentence = texts_tips.GONE_MOVED
    return say(
        f"{texts.GONE_OLD if is_old else texts.GONE} {sentence}",
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        ago=ago(age),
        when=at_time(done_at, now, zone) if done_at else "",
        due=due(moved_to, now, zone) if moved_to else "",
    )


# --- Snooze choices ----------------------------------------------------------------------------------------


def snooze_choices(outcome: TipStatus, person: Person, now: datetime) -> Message:
    """Asks until when to snooze. This evening is offered as long as it lies ahead."""
    zone = zone_of(person)
    moments = {
        texts.ONE_HOUR: now + timedelta(hours=1),
        texts.EVENING: evening(now, zone),
        texts.MORNING: tomorrow_morning(now, zone),
        texts.NEXT_WEEK: _next_week(person, now, zone),
    }
    choices = [
        Button(label=label, verb="until", arg=when.isoformat()) for label, when in moments.items() if when
    ]
    last = (
        Button(label=texts.TYPE_TIME, verb="type_time", asks=texts.SNOOZE_TYPE),
        Button(label=texts.BACK, verb="show"),
    )
    return say(
        texts.SNOOZE_WHEN,
        tuple(choices[:2]),
        tuple(choices[2:]),
        last,
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
    )


def _next_week(person: Person, now: datetime, zone: ZoneInfo) -> datetime:
    """The person's first slot of next Monday, or its morning where they have none."""
    monday = next_week(now, zone)
    planned = plan(person.preferences, zone, start=monday.astimezone(zone).date(), days=1)
    return planned[0].at if planned else monday


def snooze_in_quiet(
    outcome: TipStatus, person: Person, now: datetime, *, until: datetime, quiet_ends: datetime
) -> Message:
    """Says that ``until`` is in quiet hours; offers their end, ``until`` itself, and tomorrow at nine
    unless it is quiet then.
    """
    zone = zone_of(person)
    is_near = quiet_ends - until < timedelta(days=1)
    ends = clock(quiet_ends.astimezone(zone)) if is_near else moment(quiet_ends, now, zone)
    offers = [
        Button(label=ends, verb="until", arg=quiet_ends.isoformat()),
        Button(label=texts.SEND_ANYWAY, verb="until_anyway", arg=until.isoformat()),
    ]
    morning = tomorrow_morning(now, zone)
    if morning != quiet_ends and not quiet_until(morning, zone, person.preferences.quiet):
        offers.append(Button(label=texts.TOMORROW_NINE, verb="until", arg=morning.isoformat()))
    return say(
        texts.SNOOZE_QUIET,
        tuple(offers),
        (Button(label=texts.BACK, verb="snooze"),),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        when=at_moment(until, now, zone),
        end=ends,
    )
