"""Every kind of message, made from fixed data by the very functions that make the real ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.screens import changed_tasks, settings, task_card, tasks, texts, texts_welcome, tips, welcome
from bot.screens.hints import hint
from bot.screens.learned import corrected, learned, restored
from bot.screens.markup import join, say
from bot.screens.why import why, why_not
from core.chat import Button, Message
from core.deciding.explain import Advantage, Why, WhyNot
from core.delivery.tip_status import TipStatus
from core.errors import BadInput
from core.learning.beliefs import Belief, Beliefs
from core.records import (
    Correction,
    CorrectionState,
    Decision,
    DismissReason,
    Due,
    ReactionKind,
    Reason,
    Refusal,
    ScoredCandidate,
    Task,
    TaskPatch,
    TaskState,
    TipCandidate,
    Trigger,
)
from core.scheduling.quiet_hours import DEFAULT_GUARD
from core.scheduling.slots import plan
from core.tasks.changes import ChangedTask
from core.tasks.patching import patched
from core.tasks.todo_list import Completed
from core.tasks.undo_change import UndoOutcome, UndoResult
from core.tips.candidates import SILENCE, from_task
from core.words.settings import parse_quiet, parse_times
from tests.decisions import altered
from tests.golden.agendas import AGENDAS
from tests.golden.connecting import CONNECTING
from tests.golden.helping import HELPING
from tests.golden.linking import LINKING
from tests.golden.moment import (
    ANN,
    BERLIN,
    CALL,
    CONTEXT,
    NOW,
    PLANTS,
    RENT,
    REPORT,
    TASKS,
    TEMPLATE,
    WALK,
    WRITTEN,
    about,
    tapped,
)

FULL = replace(
    REPORT,
    minutes=90,
    labels=("work", "writing"),
    project="Office",
    notes="Figures from <Ann> & Bob",
    priority=2,
)
IN_SECTION = replace(FULL, section="Ideas & Drafts", deadline=date(2026, 12, 15))
LATER = NOW + timedelta(minutes=62)
GATEWAY = "the LiteLLM gateway at 127.0.0.1"


def task_changed(patch: TaskPatch) -> Message:
    """What is said after a change of a task with every field."""
    change = ChangedTask(before=FULL, after=patched(FULL, patch, now=NOW, zone=BERLIN))
    return changed_tasks.changed(change, NOW, BERLIN)


def change_undone(result: UndoResult) -> Message:
    """What is said after an Undo of a move."""
    before = TaskPatch(due=FULL.due, priority=FULL.priority)
    return changed_tasks.undone(UndoOutcome(task=FULL, result=result), before, NOW, BERLIN)


def tip(chosen: Task | TipCandidate, trigger: Trigger = Trigger.SCHEDULED) -> Message:
    """A tip as it arrives."""
    return tips.tip(about(chosen, trigger), ANN)


def tip_with_deadline(task: Task) -> Message:
    """A tip about a task whose deadline is earlier than its due date."""
    context = replace(CONTEXT, tasks=(task,))
    candidate = from_task(task, context)
    return tips.tip(altered(about(candidate), context=context), ANN)


def after(outcome: TipStatus, now: datetime = LATER) -> Message:
    """A tip after a tap."""
    return tips.after(outcome, ANN, now)


def because(
    chosen: Task | TipCandidate,
    *,
    pressure: str,
    better: Mapping[str, float] | None = None,
    done: int = 0,
    shown: int = 0,
    likely: bool = True,
    lot: bool = False,
    trigger: Trigger = Trigger.SCHEDULED,
) -> Message:
    """The answer to /why; ``better``: features by which it beat the runner-up, ``likely``: nothing else had a
    better chance; ``lot``: the runner-up had the same.
    """
    decision = about(chosen, trigger)
    scored, runner_up = decision.candidates
    if not likely:
        decision = altered(decision, propensity=runner_up.probability)
        odds = (runner_up.probability, scored.probability)
        scored, runner_up = (
            replace(one, probability=p) for one, p in zip((scored, runner_up), odds, strict=True)
        )
    if lot:
        decision = altered(decision, propensity=0.4)
        scored, runner_up = (replace(one, probability=0.4) for one in (scored, runner_up))
    found = Why(
        decision=decision,
        chosen=scored,
        task=chosen if isinstance(chosen, Task) else None,
        pressure=pressure,
        done_here=done,
        shown_here=shown,
        runner_up=None if trigger is Trigger.SNOOZED else runner_up,
        advantages=tuple(
            Advantage(feature=name, gain=abs(gain), more=gain > 0) for name, gain in (better or {}).items()
        ),
    )
    return why(found, ANN, NOW + timedelta(hours=1))


def refusal(reason: Reason, slot: str, until: datetime | None = None) -> WhyNot:
    """A silence that was settled before a tip was looked for."""
    decision = Decision(
        decision_id=slot,
        person_id=ANN.person_id,
        trigger=Trigger.SCHEDULED,
        slot=slot,
        decided_at=NOW,
        result=Refusal(reason=reason, until=until),
    )
    return WhyNot(decision=decision, reason=reason, best=None)


def chosen_silence(*, chance: float) -> WhyNot:
    """*No tip* was drawn; the best tip had 21 %."""
    decision = about(CALL)
    silence, best = ScoredCandidate(candidate=SILENCE, probability=chance), decision.candidates[1]
    drawn = altered(decision, action="silence", propensity=chance, candidates=(silence, best))
    return WhyNot(decision=drawn, reason=Reason.CHOSE_SILENCE, best=best)


def ruled_out(dropped: str) -> WhyNot:
    """All tips had been left out."""
    decision = about(RENT)
    best = replace(
        decision.candidates[0], probability=0, candidate=replace(from_task(RENT, CONTEXT), dropped=dropped)
    )
    reason = Reason.NOTHING_TO_SAY
    refused = Refusal(reason=reason, context=decision.context, candidates=(best,))
    return WhyNot(decision=replace(decision, result=refused), reason=reason, best=best)


def held_back(reason: Reason) -> WhyNot:
    """A tip that may not be sent any more."""
    decision = about(RENT)
    return WhyNot(decision=decision, reason=reason, best=decision.chosen)


def silent(*silences: WhyNot) -> Message:
    """The answer to /whynot."""
    return why_not(silences, [], ANN, NOW + timedelta(hours=1), guard=DEFAULT_GUARD)


def hushed() -> Message:
    """The answer to /whynot when quiet hours moved two slots."""
    moved = plan(
        replace(ANN.preferences, times=parse_times("22:30 23:30")),
        BERLIN,
        start=date(2026, 11, 20),
        days=2,
        guard=DEFAULT_GUARD,
    )
    return why_not([], moved, ANN, NOW, guard=DEFAULT_GUARD)


def belief(code: str, done: int, shown: int, *, works: bool, said: CorrectionState | None = None) -> Belief:
    """A belief, and what was said of it."""
    return Belief(
        code=code,
        done=done,
        shown=shown,
        works=works,
        strength=0.2,
        decisions=("decision",) * shown,
        correction=correction(code, said) if said else None,
    )


def correction(code: str, state: CorrectionState, *, count: int = 0, shown: int = 9) -> Correction:
    """What was said of a belief."""
    return Correction(
        correction_id=f"correction-{code}",
        person_id=ANN.person_id,
        belief=code,
        state=state,
        decisions=("decision",) * shown,
        feature_version="2",
        count=count,
        given_at=NOW,
    )


def believed(*held: Belief, wrong: tuple[Correction, ...] = (), done: int = 26, shown: int = 61) -> Message:
    """The answer to /learned."""
    return learned(Beliefs(held=held, wrong=wrong, done=done, shown=shown), ANN)


MORNINGS = belief("task:morning", 14, 18, works=True)
ADVICE = belief("advice", 1, 9, works=False)


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
    "greeting": welcome.greeting(welcome.llm_sentence(GATEWAY)),
    "greeting-without-language-model": welcome.greeting(welcome.llm_sentence(None)),
    "details": welcome.details(welcome.llm_sentence(GATEWAY)),
    "zone-known": welcome.zone_question("Europe/Berlin"),
    "zone-asked": welcome.zone_question(None),
    "zone-which": hint(
        BadInput("which_zone", value="indiana", names="America/Indianapolis, America/Knox_IN")
    ),
    "ready": join(welcome.zone_set(ANN, NOW), welcome.ready(ANN, todoist=True)),
    "stranger": say(texts_welcome.STRANGER),
    "tip-overdue": tip(RENT),
    "tip-due-later": tip(REPORT),
    "tip-deadline": tip_with_deadline(replace(CALL, deadline=date(2026, 11, 23))),
    "tip-deadline-missed": tip_with_deadline(replace(REPORT, deadline=date(2026, 11, 20))),
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
    "why": because(
        RENT, pressure="overdue", better={"near": 0.1, "overdue": 0.2, "priority": 0.15}, done=14, shown=18
    ),
    "why-better": because(
        CALL, pressure="open", better={"item_shown": -0.3, "old": 0.01, "kind_shown": 0.01}
    ),
    "why-pressing": because(REPORT, pressure="due_later"),
    "why-try": because(CALL, pressure="open", likely=False),
    "why-lot": because(CALL, pressure="open", lot=True),
    "why-written": because(WRITTEN, pressure="You have nothing before noon.", better={"advice": 0.1}),
    "why-template": because(TEMPLATE, pressure="template_morning"),
    "why-break": because(WALK, pressure="template_midday", better={"kind_shown": -0.1}),
    "why-promised": because(RENT, pressure="overdue", trigger=Trigger.SNOOZED),
    "whynot": silent(refusal(Reason.CAP, "2026-11-21T18:30"), refusal(Reason.SPACING, "2026-11-21T13:00")),
    "whynot-chosen": silent(chosen_silence(chance=0.55)),
    "whynot-try": silent(chosen_silence(chance=0.05)),
    "whynot-ruled-out": silent(ruled_out("dismissed_twice")),
    "whynot-held-back": silent(held_back(Reason.PAUSED)),
    "whynot-quiet": hushed(),
    "plan": planned(),
    "prefs": settings.preferences(ANN, NOW, guard=DEFAULT_GUARD, llm=GATEWAY),
    "learned": believed(
        MORNINGS,
        ADVICE,
        belief("overdue", 9, 12, works=True, said=CorrectionState.RIGHT),
        wrong=(correction("weekend", CorrectionState.WRONG),),
    ),
    "learned-one": believed(belief("topic:walks <b>", 4, 9, works=True)),
    "learned-few": believed(done=2, shown=7),
    "learned-even": believed(),
    "learned-wrong": corrected(correction("advice", CorrectionState.WRONG, count=4)),
    "learned-forgotten": corrected(correction("advice", CorrectionState.FORGOTTEN)),
    "learned-restored": restored(correction("advice", CorrectionState.FORGOTTEN)),
    "task-added": tasks.added(PLANTS, NOW, BERLIN),
    "tasks": tasks.listed(TASKS, NOW, BERLIN),
    "tasks-page": tasks.listed(
        [replace(CALL, task_id=str(n)) for n in range(18)], NOW, BERLIN, place=tasks.ListPlace(page=1)
    ),
    "tasks-filtered": tasks.listed([FULL], NOW, BERLIN, place=tasks.ListPlace(filter="#work")),
    "tasks-filter-none": tasks.listed([], NOW, BERLIN, place=tasks.ListPlace(filter="zebra")),
    "tasks-added": tasks.added_several([PLANTS, FULL], NOW, BERLIN),
    "task-card": task_card.card(
        FULL, NOW, BERLIN, place=tasks.ListPlace(), pieces=[replace(CALL, title="Find the forms")]
    ),
    "task-card-deadline": task_card.card(IN_SECTION, NOW, BERLIN, place=tasks.ListPlace()),
    "task-card-bare": task_card.card(CALL, NOW, BERLIN, place=tasks.ListPlace()),
    "task-move": task_card.move_menu(FULL, tasks.ListPlace()),
    "task-edit": task_card.edit_menu(FULL, tasks.ListPlace()),
    "task-moved": task_changed(TaskPatch(due=Due(on=date(2026, 11, 27), at=time(9)))),
    "task-moved-after-deadline": changed_tasks.changed(
        ChangedTask(before=IN_SECTION, after=replace(IN_SECTION, due=Due(on=date(2026, 12, 18)))), NOW, BERLIN
    ),
    "task-deadline-set": task_changed(TaskPatch(deadline=date(2026, 12, 15), section="Ideas")),
    "task-undated": task_changed(TaskPatch(due=None)),
    "task-renamed": task_changed(TaskPatch(title="Yearly report")),
    "task-changed": task_changed(TaskPatch(title="Yearly report", priority=1, minutes=30, labels=())),
    "task-unchanged": task_changed(TaskPatch()),
    "task-removed": changed_tasks.removed(FULL),
    "task-restored": changed_tasks.restored(FULL),
    "task-undone": change_undone(UndoResult.UNDONE),
    "task-undone-late": change_undone(UndoResult.CHANGED_SINCE),
    "task-undone-gone": change_undone(UndoResult.NOT_OPEN),
    "task-which": task_card.pick_rival("move", "the", TASKS[:2], NOW, BERLIN, patch="{}"),
    "task-which-of-all": task_card.pick("remove", TASKS, NOW, BERLIN, words="zebra"),
    "tasks-none": tasks.listed([], NOW, BERLIN),
    "task-done": tasks.completed(
        Completed(task=replace(RENT, state=TaskState.DONE), due_before=RENT.due), NOW, BERLIN
    ),
    "todoist-lost": say(texts.CONNECT_EXPIRED),
    "bad-quiet-hours": hint(BadInput("not_a_time", value="25:99")),
    "proposal": confirmation(),
    "unclear": say(texts.UNCLEAR, text="the elephant in the room"),
    "trouble": say(texts.TROUBLE),
    "help": say(texts.HELP),
    "todoist-refused": say(texts.SOURCE_REFUSED["task.completed"], title="Pay rent"),
    "delete": say(
        texts.DELETE_ASK,
        (Button(label=texts.DELETE_ALL, verb="delete_all"), Button(label=texts.KEEP, verb="keep_all")),
    ),
    **CONNECTING,
    **LINKING,
    **HELPING,
    **AGENDAS,
}
