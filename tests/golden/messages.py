"""Every kind of message, made from fixed data by the very functions that make the real ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot import texts
from bot.markup import join, say
from bot.screens import settings, tasks, tips, welcome
from bot.screens.refused import refused
from bot.screens.why import why
from core.chat import Button, Message
from core.errors import BadInput
from core.explain import Belief, Why
from core.feedback import Outcome
from core.model import (
    Decision,
    DismissReason,
    Due,
    ReactionKind,
    Reason,
    Task,
    TaskState,
    TipCandidate,
    TipKind,
    Trigger,
)
from core.schedule import plan
from core.tasks import Completed
from core.words.settings import parse_quiet, parse_times
from tests.golden.moment import (
    ANN,
    BERLIN,
    CALL,
    NOW,
    PLANTS,
    RENT,
    REPORT,
    TASKS,
    TEMPLATE,
    WRITTEN,
    about,
    tapped,
)

LATER = NOW + timedelta(minutes=62)
GATEWAY = "the LiteLLM gateway at 127.0.0.1"


def tip(chosen: Task | TipCandidate, trigger: Trigger = Trigger.SCHEDULED) -> Message:
    """A tip as it arrives."""
    return tips.tip(about(chosen, trigger), ANN)


def after(outcome: Outcome, now: datetime = LATER) -> Message:
    """A tip after a tap."""
    return tips.after(outcome, ANN, now)


def because(
    chosen: Task | TipCandidate, *, pressure: str, done: int = 0, shown: int = 0, likely: bool = True
) -> Message:
    """The answer to /why; ``likely``: nothing else had a better chance."""
    decision = about(chosen)
    scored, runner_up = decision.candidates
    if not likely:
        decision = replace(decision, propensity=runner_up.probability)
        odds = (runner_up.probability, scored.probability)
        scored, runner_up = (
            replace(one, probability=p) for one, p in zip((scored, runner_up), odds, strict=True)
        )
    task = chosen if isinstance(chosen, Task) else None
    found = Why(
        decision=decision,
        chosen=scored,
        task=task,
        pressure=pressure,
        done_here=done,
        shown_here=shown,
        runner_up=runner_up,
    )
    return why(found, ANN)


def silent(reason: Reason, slot: str, until: datetime | None = None) -> Decision:
    """A silence with its reason."""
    return Decision(
        decision_id=slot,
        person_id=ANN.person_id,
        trigger=Trigger.SCHEDULED,
        slot=slot,
        decided_at=NOW,
        unavailable=reason,
        unavailable_until=until,
    )


def planned() -> Message:
    """Seven days around the night in which the clocks go forward."""
    wants = replace(
        ANN.preferences,
        times=parse_times("2:30 6:30 13:00 18:30 20:00"),
        quiet=parse_quiet("mon-fri 22-7, sat 23-1"),
    )
    now = datetime.fromisoformat("2027-03-26T12:30:00+00:00")
    slots = plan(wants, BERLIN, start=date(2027, 3, 26), days=4)
    ahead = [slot for slot in slots if slot.at > now]
    return settings.plan(replace(ANN, preferences=wants), ahead, now)


def confirmation() -> Message:
    """What a language model said, and what it would like oO to do."""
    yes, no = Button(label=texts.YES, verb="confirm"), Button(label=texts.NO, verb="leave")
    question = say(texts.LLM_ACTION["complete_task"], (yes, no), argument=RENT.title)
    return join(say("{reply}", reply="Sounds as if the rent is paid."), question)


MESSAGES: Mapping[str, Message] = {
    "greeting": welcome.greeting(texts.llm_sentence(GATEWAY)),
    "greeting-without-language-model": welcome.greeting(texts.llm_sentence(None)),
    "details": welcome.details(texts.llm_sentence(GATEWAY)),
    "zone-known": welcome.zone_question("Europe/Berlin"),
    "zone-asked": welcome.zone_question(None),
    "zone-which": refused(
        BadInput("which_zone", value="indiana", names="America/Indianapolis, America/Knox_IN")
    ),
    "ready": join(welcome.zone_set(ANN, NOW), welcome.ready(ANN, todoist=True)),
    "stranger": say(texts.STRANGER),
    "tip-overdue": tip(RENT),
    "tip-due-later": tip(REPORT),
    "tip-open": tip(CALL),
    "tip-written": tip(WRITTEN),
    "tip-template": tip(TEMPLATE),
    "tip-back": tip(RENT, Trigger.SNOOZED),
    "tip-none": say(texts.NO_TIP),
    "done": after(tapped(RENT, ReactionKind.DONE)),
    "done-yesterday": after(tapped(RENT, ReactionKind.DONE), LATER + timedelta(days=1)),
    "done-repeating": after(
        tapped(PLANTS, ReactionKind.DONE, moved_to=Due(on=date(2026, 11, 30), at=time(9)))
    ),
    "snooze": tips.snooze_choices(tapped(), ANN, NOW - timedelta(days=2)),
    "snooze-into-quiet-hours": tips.snooze_in_quiet(
        tapped(), ANN, LATER, until=NOW + timedelta(hours=14.5), quiet_ends=NOW + timedelta(hours=22)
    ),
    "snoozed": after(tapped(RENT, ReactionKind.SNOOZE, until=NOW + timedelta(hours=9.5))),
    "dismissed": after(tapped(RENT, ReactionKind.DISMISS)),
    "dismissed-advice": after(tapped(TEMPLATE, ReactionKind.DISMISS)),
    "dismissed-not-now": after(tapped(RENT, ReactionKind.DISMISS, reason=DismissReason.NOT_NOW)),
    "dismissed-never": after(tapped(WRITTEN, ReactionKind.DISMISS, reason=DismissReason.NEVER_TOPIC)),
    "gone": after(tapped(RENT, gone=TaskState.DONE), NOW + timedelta(hours=6)),
    "gone-long-ago": after(tapped(RENT, gone=TaskState.DONE), NOW + timedelta(days=21)),
    "gone-removed": after(tapped(RENT, gone=TaskState.GONE)),
    "why": because(RENT, pressure="overdue", done=14, shown=18),
    "why-try": because(RENT, pressure="open", likely=False),
    "why-written": because(WRITTEN, pressure="You have nothing before noon."),
    "whynot": settings.why_not(
        [silent(Reason.CAP, "2026-11-21T18:30"), silent(Reason.SPACING, "2026-11-21T13:00")], [], ANN, NOW
    ),
    "plan": planned(),
    "prefs": settings.preferences(ANN, NOW, llm=GATEWAY),
    "learned": settings.learned(
        [
            Belief(kind=TipKind.TASK, done=14, dismissed=2, shown=18),
            Belief(kind=TipKind.ADVICE, done=1, dismissed=3, shown=5),
        ]
    ),
    "task-added": tasks.added(PLANTS, NOW, BERLIN),
    "tasks": tasks.listed(TASKS, NOW, BERLIN),
    "tasks-page": tasks.listed([replace(CALL, task_id=str(n)) for n in range(18)], NOW, BERLIN, page=1),
    "tasks-none": tasks.listed([], NOW, BERLIN),
    "task-done": tasks.completed(
        Completed(task=replace(RENT, state=TaskState.DONE), due_before=RENT.due), NOW, BERLIN
    ),
    "todoist-lost": say(texts.CONNECT_EXPIRED),
    "bad-quiet-hours": refused(BadInput("not_a_time", value="25:99")),
    "proposal": confirmation(),
    "unclear": say(texts.UNCLEAR, text="the elephant in the room"),
    "trouble": say(texts.TROUBLE),
    "help": say(texts.HELP),
    "delete": say(
        texts.DELETE_ASK,
        (Button(label=texts.DELETE_ALL, verb="delete_all"), Button(label=texts.KEEP, verb="keep_all")),
    ),
}
