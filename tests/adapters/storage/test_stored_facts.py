"""Facts are stored by their fields; earlier versions stored texts, which stay texts."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from adapters.storage.values import Json
from core.records import Context, Due, Fact, LoggedFact
from core.tips.facts import known_facts
from tests.core.moments import BERLIN, CONTEXT, NOW, task

CONTEXTS = Json(Context)
LOGGED: list[dict[str, Any]] = [
    {"fact_id": "now", "text": "It is Monday 5 October 2026, 09:00.", "task_id": None},
    {"fact_id": "load", "text": "4 open tasks, 1 of them overdue.", "task_id": None},
    {"fact_id": "t1", "text": "Task: Pay; due Tuesday 6 October 2026; priority 1 of 4", "task_id": "pay"},
]


@pytest.mark.parametrize(
    "due",
    [
        None,
        Due(on=date(2026, 10, 2)),
        Due(on=date.max, at=time(23, 59)),
        Due(on=NOW.date(), zone="Asia/Tokyo"),
    ],
)
@pytest.mark.parametrize("title", ["Pay rent", "text", '"on": "2026-10-05"', "Zoë; was due Monday"])
def test_facts_come_back_as_they_were_stored(title: str, due: Due | None) -> None:
    facts = known_facts((task(title, due),), NOW, BERLIN, open_tasks=1, overdue_tasks=0)
    context = replace(CONTEXT, facts=facts)
    assert CONTEXTS.load(CONTEXTS.store(context)) == context


def test_facts_that_were_logged_as_texts_are_read_and_stored_unchanged() -> None:
    stored = json.loads(CONTEXTS.store(CONTEXT)) | {"facts": LOGGED}
    context = CONTEXTS.load(json.dumps(stored))
    facts: tuple[Fact, ...] = context.facts
    assert facts == tuple(LoggedFact(**one) for one in LOGGED)
    again = json.loads(CONTEXTS.store(context))
    assert again == stored
    assert [sorted(one) for one in again["facts"]] == [["fact_id", "task_id", "text"]] * 3


def test_texts_and_fields_may_stand_in_one_context() -> None:
    mixed = replace(
        CONTEXT, facts=(LoggedFact(fact_id="t9", text="Task: Pay", task_id="pay"), *CONTEXT.facts)
    )
    assert CONTEXTS.load(CONTEXTS.store(mixed)) == mixed
