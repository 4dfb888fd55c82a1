"""Tips to choose from, and why some are dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.records import (
    Context,
    DismissReason,
    Due,
    PastTip,
    ReactionKind,
    Request,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.tips.candidates import (
    SILENCE,
    Template,
    from_tasks,
    from_templates,
    is_muted,
    pool,
)
from core.tips.cooldowns import Cooldowns, plain_words
from core.tips.facts import known_facts
from core.tips.urgency import pressure
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, DID_IT, DISMISS, DONE, HOUR, NEVER_TOPIC, NOT_NOW, NOT_THIS, SNOOZE

TODAY = NOW.date()
RULES = Cooldowns()


def task(title: str = "Pay the rent", **fields: Any) -> Task:
    return Task(task_id=f"id of {title}", person_id="ada", title=title, created_at=NOW - DAY, **fields)


def moment(*tasks: Task, trigger: Trigger = Trigger.SCHEDULED, **known: Any) -> Context:
    facts = known_facts(tasks, NOW, BERLIN, open_tasks=len(tasks), overdue_tasks=0)
    usual = {"now": NOW, "open_tasks": len(tasks), "facts": facts}
    return Context(zone=BERLIN.key, trigger=trigger, tasks=tasks, **{**usual, **known})


def past(
    task_id: str | None = "id of Pay the rent",
    *,
    hours: float = 1,
    reaction: ReactionKind | None = None,
    reason: DismissReason | None = None,
    topic: str | None = None,
    content: str = "",
    decision_id: str = "d",
) -> PastTip:
    """A tip about the rent, so many hours ago."""
    then = NOW - timedelta(hours=hours)
    return PastTip(
        decision_id=decision_id,
        decided_at=then,
        kind=TipKind.TASK if task_id else TipKind.ADVICE,
        source=TipSource.TASKS,
        task_id=task_id,
        topic=topic,
        content=content,
        reaction=reaction,
        reason=reason,
        reacted_at=then if reaction else None,
    )


def advice(content: str = "Sit down.", **fields: Any) -> TipCandidate:
    usual = {"candidate_id": "llm:1", "kind": TipKind.ADVICE, "source": TipSource.LLM, "topic": "focus"}
    return TipCandidate(**{**usual, "content": content, **fields})


def template(when: str, content: str = "Walk.", topic: str = "health") -> Template:
    return Template(template_id=f"t-{when}", topic=topic, content=content, when=when, minutes=10)


def dropped(context: Context, *written: TipCandidate) -> list[str | None]:
    return [one.dropped for one in pool(context, written, (), RULES) if one is not SILENCE]


# --- Where they come from ----------------------------------------------------------------------------------


def test_each_task_is_a_candidate_that_rests_on_its_own_fact() -> None:
    first, second = from_tasks(moment(task("Pay the rent"), task("Call Ann")))
    assert (first.content, first.task_id, first.fact_ids) == ("Pay the rent", "id of Pay the rent", ("t1",))
    assert (second.candidate_id, second.fact_ids) == ("task:id of Call Ann", ("t2",))
    assert first.kind is TipKind.TASK


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "open"),
        ({"priority": 1}, "urgent"),
        ({"due": Due(on=TODAY - DAY)}, "overdue"),
        ({"due": Due(on=TODAY, at=time(8))}, "overdue"),
        ({"due": Due(on=TODAY, at=time(11, 30))}, "due_soon"),
        ({"due": Due(on=TODAY, at=time(11, 31))}, "due_today"),
        ({"due": Due(on=TODAY)}, "due_today"),
        ({"due": Due(on=TODAY + DAY)}, "due_later"),
        ({"due": Due(on=TODAY + DAY), "priority": 1}, "urgent"),
    ],
)
def test_why_now_is_a_code(fields: dict[str, Any], code: str) -> None:
    assert pressure(task(**fields), NOW, BERLIN) == code


@pytest.mark.parametrize(
    ("when", "known", "holds"),
    [
        ("no_tasks", {"open_tasks": 0}, True),
        ("no_tasks", {"open_tasks": 1}, False),
        ("many_overdue", {"overdue_tasks": 4}, True),
        ("many_overdue", {"overdue_tasks": 3}, False),
        ("many_open", {"open_tasks": 10}, True),
        ("morning", {"open_tasks": 1}, True),
        ("morning", {"open_tasks": 0}, False),
        ("midday", {}, False),
        ("midday", {"now": NOW + 4 * HOUR}, True),
        ("evening", {"now": NOW + 8 * HOUR}, True),
        ("low_energy", {"request": Request(energy="low")}, True),
        ("low_energy", {"request": Request(energy="high")}, False),
    ],
)
def test_a_template_needs_its_condition(when: str, known: dict[str, Any], holds: bool) -> None:
    found = from_templates(moment(**known), (template(when),))
    assert bool(found) is holds
    assert all(one.rationale == f"template_{when}" for one in found)


def test_a_template_is_filled_in_with_the_numbers_of_tasks() -> None:
    words = template("many_overdue", "{overdue} of {open} are late.")
    (found,) = from_templates(moment(open_tasks=9, overdue_tasks=5), (words,))
    assert found.content == "5 of 9 are late."


def test_silence_is_a_choice_on_a_schedule_only() -> None:
    assert pool(moment(), (), (), RULES) == (SILENCE,)
    assert pool(moment(trigger=Trigger.REQUESTED), (), (), RULES) == ()


def test_the_order_is_tasks_written_templates_silence() -> None:
    found = pool(moment(task()), (advice(),), (template("morning"),), RULES)
    assert [one.source for one in found] == [
        TipSource.TASKS,
        TipSource.LLM,
        TipSource.TEMPLATES,
        TipSource.NONE,
    ]


# --- What is ruled out -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tip", "hours", "reason"),
    [
        ({}, 19.9, "resting"),
        ({}, 20, None),
        ({"reaction": DONE}, 19.9, "resting"),
        ({"reaction": SNOOZE}, 20, None),
        ({"reaction": DISMISS, "reason": NOT_NOW}, 3.9, "dismissed"),
        ({"reaction": DISMISS, "reason": NOT_NOW}, 4, None),
        ({"reaction": DISMISS, "reason": NOT_THIS}, 71.9, "dismissed"),
        ({"reaction": DISMISS}, 71.9, "dismissed"),
        ({"reaction": DISMISS}, 72, None),
        ({"reaction": DISMISS, "reason": NEVER_TOPIC}, 71.9, "dismissed"),
        ({"reaction": DISMISS, "reason": DID_IT}, 24 * 14 - 0.1, "dismissed"),
        ({"reaction": DISMISS, "reason": DID_IT}, 24 * 14, None),
    ],
)
def test_the_cool_down_depends_on_what_happened_to_the_last_tip(
    tip: dict[str, Any], hours: float, reason: str | None
) -> None:
    assert dropped(moment(task(), past=(past(hours=hours, **tip),))) == [reason]


def test_a_snoozed_tip_is_not_repeated_before_it_returns() -> None:
    context = moment(task(), past=(past(hours=90, reaction=SNOOZE),), snoozed=("d",))
    assert dropped(context) == ["snoozed"]
    assert dropped(replace(context, trigger=Trigger.REQUESTED)) == ["snoozed"]


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ((None, None), "dismissed_twice"),
        ((NOT_THIS, NEVER_TOPIC), "dismissed_twice"),
        ((NOT_NOW, NOT_THIS), None),
        ((DID_IT, NOT_NOW), None),
        ((None,), None),
    ],
)
def test_two_dismissals_lengthen_the_cool_down(
    reasons: tuple[DismissReason | None, ...], expected: str | None
) -> None:
    tips = tuple(past(hours=24 * (13 + n), reaction=DISMISS, reason=why) for n, why in enumerate(reasons))
    found = dropped(moment(task(), past=tips))
    assert found == (["dismissed"] if expected is None and DID_IT in reasons else [expected])


def test_two_tips_about_one_task_have_one_subject() -> None:
    tips = (past(hours=100, reaction=DISMISS), past(hours=200, reaction=DISMISS))
    context = moment(task(), past=tips)
    about_it = advice("Two minutes and the landlord is happy.", task_id="id of Pay the rent")
    assert dropped(context, about_it, advice()) == ["dismissed_twice", "dismissed_twice", None]


def test_two_tips_with_one_topic_have_one_subject() -> None:
    tips = (past(None, topic="focus", hours=2),)
    assert dropped(moment(past=tips), advice(), advice(topic="sleep")) == ["resting", None]


WALK = "Take a short walk around the block."
AGAIN = advice("Go for a short walk around the block.", topic="fresh air")


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ({"hours": 19.9}, "same_meaning"),
        ({"hours": 20}, None),
        ({"hours": 19.9, "content": "Sort the post."}, None),
        ({"hours": 71.9, "reaction": DISMISS, "reason": NOT_THIS}, "same_meaning"),
        ({"hours": 72, "reaction": DISMISS, "reason": NOT_THIS}, None),
    ],
)
def test_a_paraphrase_of_recent_advice_is_dropped_whatever_its_topic(
    earlier: dict[str, Any], expected: str | None
) -> None:
    tip = past(None, **{"topic": "health", "content": WALK, **earlier})
    assert dropped(moment(past=(tip,)), AGAIN, advice("Drink some water.")) == [expected, None]


def test_a_snoozed_tip_is_not_paraphrased_before_it_returns() -> None:
    tip = past(None, topic="health", content=WALK, hours=30, reaction=SNOOZE)
    assert dropped(moment(past=(tip,), snoozed=("d",)), AGAIN) == ["same_meaning"]


def test_advice_may_not_paraphrase_a_recent_task_but_a_task_may() -> None:
    context = moment(task("Pay the rent today"), past=(past(content="Pay the rent"),))
    assert dropped(context, advice("Pay the rent now.")) == [None, "same_meaning"]


def test_a_request_does_not_return_a_paraphrase_of_a_dismissed_tip() -> None:
    tip = past(None, topic="health", content=WALK, reaction=DISMISS)
    assert dropped(moment(past=(tip,), trigger=Trigger.REQUESTED), AGAIN) == ["same_meaning"]


def test_the_cool_down_of_requests_is_shorter() -> None:
    tips = (past(hours=0.5),)
    assert dropped(moment(task(), past=tips)) == ["resting"]
    assert dropped(moment(task(), past=tips, trigger=Trigger.REQUESTED)) == [None]


def test_a_request_returns_a_recent_tip_if_nothing_else_is_left() -> None:
    tips = (past(hours=0.1), past("id of Call Ann", hours=0.1, reaction=DISMISS))
    context = moment(task(), task("Call Ann"), past=tips, trigger=Trigger.REQUESTED)
    assert dropped(context) == [None, "dismissed"]
    assert dropped(context, advice()) == ["resting", "dismissed", None]


def test_a_candidate_that_was_dropped_keeps_its_reason() -> None:
    assert dropped(moment(muted=("focus",)), advice(dropped="link")) == ["link"]


@pytest.mark.parametrize(
    ("muted", "candidate", "expected"),
    [
        ("focus", advice(), True),
        ("self care", advice(topic="Self-Care"), True),
        ("rent", advice("Pay the RENT, now!"), True),
        ("the rent", advice("Pay the rent."), True),
        ("ren", advice("Pay the rent."), False),
        ("pay rent", advice("Pay the rent."), False),
        ("landlord", advice("It takes two minutes.", task_id="id of Call the landlord"), True),
        ("größe", advice("Miss die Größe."), True),
        ("focus", SILENCE, False),
    ],
)
def test_a_muted_topic_drops_every_candidate_that_mentions_it(
    muted: str, candidate: TipCandidate, expected: bool
) -> None:
    context = moment(task("Call the landlord"), muted=(muted,))
    assert is_muted(candidate, context) is expected


def test_muting_applies_to_requests() -> None:
    context = moment(task(), muted=("rent",), trigger=Trigger.REQUESTED)
    assert dropped(context) == ["muted"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("  Self-CARE!! ", "self care"), ("Größe", "größe"), ("🎉", ""), ("", ""), ("a\nb\tc", "a b c")],
)
def test_topics_are_compared_as_plain_words(typed: str, words: str) -> None:
    assert plain_words(typed) == words


@pytest.mark.parametrize(
    ("own", "estimate", "reason"),
    [(15, None, "too_long"), (10, 120, None), (None, 120, "too_long"), (None, 5, None), (None, None, None)],
)
def test_a_written_tip_takes_what_it_says_else_what_its_task_takes(
    own: int | None, estimate: int | None, reason: str | None
) -> None:
    tax = task("tax", minutes=estimate)
    asked = moment(tax, trigger=Trigger.REQUESTED, request=Request(minutes=10))
    written = TipCandidate(
        candidate_id="llm:1", kind=TipKind.ADVICE, source=TipSource.LLM, task_id=tax.task_id, minutes=own
    )
    found = {one.candidate_id: one.dropped for one in pool(asked, (written,), (), RULES)}
    assert found["llm:1"] == reason


def test_a_template_that_takes_longer_than_there_is_time_is_left_out() -> None:
    template = Template(template_id="walk", topic="walk", content="Walk.", when="no_tasks", minutes=20)
    for available, reason in ((10, "too_long"), (20, None), (None, None)):
        asked = moment(trigger=Trigger.REQUESTED, request=Request(minutes=available))
        assert [one.dropped for one in pool(asked, (), (template,), RULES)] == [reason]
