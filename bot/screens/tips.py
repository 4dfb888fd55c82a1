"""A tip, and what its message becomes after each tap."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import texts
from bot.dates import at_time, clock, due, moment, percent, span
from bot.markup import say
from core.chat import Button, Message
from core.context import due_instant
from core.explain import Why
from core.feedback import Outcome, topic_of
from core.model import (
    Context,
    Decision,
    DismissReason,
    Fact,
    Person,
    Reaction,
    ReactionKind,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.words.moments import evening, next_week, tomorrow_morning

FIRST_LINE = 160


def zone_of(person: Person) -> ZoneInfo:
    """The person's zone; UTC only to show moments to somebody who has not told theirs."""
    return ZoneInfo(person.zone or "UTC")


def tip(decision: Decision, person: Person) -> Message:
    """The message of a tip: what to do, a line of why, three buttons."""
    candidate, context = decision.tip, decision.context
    if candidate is None or context is None:
        raise LookupError(f"decision {decision.decision_id} holds no tip")
    sentence, values = _tip_sentence(candidate, context, person)
    if decision.trigger is Trigger.SNOOZED:
        sentence = f"{sentence}\n{texts.TIP_RETURNS}"
    values["content"] = first_line(candidate)
    return say(sentence, tip_buttons(), subject=decision.decision_id, **values)


def tip_buttons() -> tuple[Button, ...]:
    """Done, Snooze, Dismiss."""
    return (
        Button(label=texts.DONE, verb="done"),
        Button(label=texts.SNOOZE, verb="snooze"),
        Button(label=texts.DISMISS, verb="dismiss"),
    )


def first_line(candidate: TipCandidate) -> str:
    """What to do, short enough for a lock screen."""
    content = candidate.content
    return content if len(content) <= FIRST_LINE else f"{content[: FIRST_LINE - 1].rstrip()}…"


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
    if task is None:
        return texts.PRESSURE["open"].format(since=at_time(context.now, context.now, zone))
    values = {
        "due": due(task.due, context.now, zone) if task.due else "",
        "at": f" {clock(task.due.at)}" if task.due and task.due.at else "",
        "since": moment(task.created_at, context.now, zone).rsplit(" ", 1)[0],
    }
    return texts.PRESSURE[code].format(**values)


# --- After a tap -------------------------------------------------------------------------------------------


def after(outcome: Outcome, person: Person, now: datetime) -> Message:
    """The tip's message as it stands: after Done, Snooze, Dismiss, Undo, or when its task is gone."""
    reaction = outcome.reaction
    if reaction is None:
        return tip(outcome.decision, person) if outcome.verdict != "gone" else gone(outcome, person, now)
    shown = {
        ReactionKind.DONE: _after_done,
        ReactionKind.SNOOZE: _after_snooze,
        ReactionKind.DISMISS: _after_dismiss,
    }
    return shown[reaction.kind](outcome, reaction, person, now)


def _undo() -> tuple[Button, ...]:
    return (Button(label=texts.UNDO, verb="undo"),)


def _after_done(outcome: Outcome, reaction: Reaction, person: Person, now: datetime) -> Message:
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


def _after_snooze(outcome: Outcome, reaction: Reaction, person: Person, now: datetime) -> Message:
    return say(
        texts.BACK_AT,
        _undo(),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        when=moment(reaction.until or now, now, zone_of(person)),
    )


def _after_dismiss(outcome: Outcome, reaction: Reaction, person: Person, now: datetime) -> Message:
    topic = topic_of(outcome.tip)
    if reaction.reason:
        return say(
            texts.DISMISSED_WHY[reaction.reason.value],
            _undo(),
            subject=outcome.decision.decision_id,
            content=first_line(outcome.tip),
            topic=topic,
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
    short = topic if len(topic) <= 24 else f"{topic[:23].rstrip()}…"
    return texts.REASONS[reason.value].replace("{topic}", short)


def gone(outcome: Outcome, person: Person, now: datetime) -> Message:
    """The task was done or removed elsewhere: say so, take the buttons away."""
    done_at = outcome.task.done_at if outcome.task else None
    when = f" ({moment(done_at, now, zone_of(person))})" if done_at else ""
    return say(texts.GONE, subject=outcome.decision.decision_id, content=first_line(outcome.tip), when=when)


# --- Snooze choices ----------------------------------------------------------------------------------------


def snooze_choices(outcome: Outcome, person: Person, now: datetime) -> Message:
    """When shall it come back? The evening is offered only while it lies ahead."""
    zone = zone_of(person)
    choices = [Button(label=texts.ONE_HOUR, verb="until", arg=(now + timedelta(hours=1)).isoformat())]
    for label, when in (
        (texts.EVENING, evening(now, zone)),
        (texts.MORNING, tomorrow_morning(now, zone)),
        (texts.NEXT_WEEK, next_week(now, zone)),
    ):
        if when:
            choices.append(Button(label=label, verb="until", arg=when.isoformat()))
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


def snooze_in_quiet(
    outcome: Outcome, person: Person, now: datetime, *, until: datetime, quiet_ends: datetime
) -> Message:
    """That would be in quiet hours: offer their end, the very time, or tomorrow at nine."""
    zone = zone_of(person)
    ends = clock(quiet_ends.astimezone(zone))
    offers = [
        Button(label=ends, verb="until", arg=quiet_ends.isoformat()),
        Button(label=texts.SEND_ANYWAY, verb="until_anyway", arg=until.isoformat()),
    ]
    morning = tomorrow_morning(now, zone)
    if morning != quiet_ends:
        offers.append(Button(label=texts.TOMORROW_NINE, verb="until", arg=morning.isoformat()))
    return say(
        texts.SNOOZE_QUIET,
        tuple(offers),
        (Button(label=texts.BACK, verb="snooze"),),
        subject=outcome.decision.decision_id,
        content=first_line(outcome.tip),
        when=moment(until, now, zone),
        end=ends,
    )


# --- Why ---------------------------------------------------------------------------------------------------


def why(found: Why, person: Person) -> Message:
    """Three lines: the reason, the chance, and for a written tip where it comes from."""
    sentence = f"{texts.WHY_HEAD}\n{_chance(found)}"
    values = {"reason": _reason(found, person), "habit": _habit(found)}
    written = found.chosen.candidate.source is TipSource.LLM
    if written:
        sentence = f"{sentence}\n{texts.WHY_LLM}"
        values |= _written(found)
    runner_up = found.runner_up
    return say(
        sentence,
        chance=percent(found.decision.propensity or 0),
        content=_name(runner_up.candidate) if runner_up else "",
        next_chance=percent(runner_up.probability) if runner_up else "",
        **values,
    )


def _chance(found: Why) -> str:
    if found.decision.trigger is Trigger.SNOOZED:
        return texts.WHY_PROMISED
    runner_up = texts.WHY_RUNNER_UP.replace("{chance}", "{next_chance}") if found.runner_up else ""
    return texts.WHY_CHANCE.replace("{runner_up}", runner_up)


def _name(candidate: TipCandidate) -> str:
    return first_line(candidate) if candidate.kind is not TipKind.SILENCE else texts.SAYING_NOTHING


def _reason(found: Why, person: Person) -> str:
    context, candidate = found.decision.context, found.chosen.candidate
    if context is None or found.task is None:
        return _advice_reason(candidate, context)
    zone, now = zone_of(person), context.now
    when = found.task.due
    age = span(now - due_instant(when, zone)) if when and found.pressure == "overdue" else ""
    return texts.WHY_REASON[found.pressure].format(age=age, due=due(when, now, zone) if when else "")


def _advice_reason(candidate: TipCandidate, context: Context | None) -> str:
    if candidate.source is TipSource.TEMPLATES and context:
        return _lower_first(template_words(candidate, context))
    return _lower_first(candidate.rationale)


def _lower_first(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


def _habit(found: Why) -> str:
    if found.shown_here < 5:
        return ""
    usual = texts.WHY_HABIT if found.done_here * 2 >= found.shown_here else texts.WHY_HABIT_LOW
    return usual.format(done=found.done_here, shown=found.shown_here)


def _written(found: Why) -> dict[str, str]:
    candidate, context = found.chosen.candidate, found.decision.context
    known: dict[str, Fact] = {fact.fact_id: fact for fact in context.facts} if context else {}
    facts = "; ".join(known[one].text for one in candidate.fact_ids if one in known)
    return {"model": candidate.llm_model or "", "prompt": candidate.prompt_version or "", "facts": facts}
