"""Deadlines beside due dates, as people type them in four languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from core.errors import BadInput
from core.records import UNCHANGED, TaskPatch
from core.words.deadlines import parse_deadline
from core.words.intents import AddTask, ChangeTask
from core.words.patches import parse_patch
from core.words.tasks import parse_task
from core.words.understand import understand
from tests.core.words.hostile import answered, hostile_text
from tests.rows import each_of

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")

# text, title, due, deadline
TASKS = (
    ("Report deadline 15 december", "Report", None, "12-15"),
    ("Report, deadline: 15 december", "Report", None, "12-15"),
    ("Report tomorrow, deadline 15 december p1 #home", "Report", "11-26", "12-15"),
    ("Report monday 9am with a deadline of friday", "Report", "11-30", "11-27"),
    ("Report deadline 2026-12-15", "Report", None, "12-15"),
    ("Report {15 dec}", "Report", None, "12-15"),
    ("Report monday {friday}", "Report", "11-30", "11-27"),
    ("Report hard deadline friday", "Report", None, "11-27"),
    ("Deadline friday: send report", "send report", None, "11-27"),
    ("send report monday (deadline wednesday)", "send report", "11-30", "12-02"),
    ("Submit report, deadline friday 5pm", "Submit report", "11-27", "11-27"),
    ("Report every monday deadline 15 dec", "Report", "11-30", "12-15"),
    ("Report tomorrow, no later than friday", "Report", "11-26", "11-27"),
    ("Bericht, Frist 15.12.", "Bericht", None, "12-15"),
    ("Bericht morgen, Frist: 15. Dezember", "Bericht", "11-26", "12-15"),
    ("Bericht Abgabefrist 15.12.", "Bericht", None, "12-15"),
    ("Steuer machen mit Frist bis 15.12.", "Steuer machen", None, "12-15"),
    ("Bericht Deadline Freitag", "Bericht", None, "11-27"),
    ("Bericht morgen, bis spätestens 15.12.", "Bericht", "11-26", "12-15"),
    ("Bericht morgen, spätestens am Freitag", "Bericht", "11-26", "11-27"),
    ("rapport demain, date limite 15 décembre", "rapport", "11-26", "12-15"),
    ("rapport date limite le 15 décembre", "rapport", None, "12-15"),
    ("rapport demain, échéance vendredi", "rapport", "11-26", "11-27"),
    ("rapport demain au plus tard le 15 décembre", "rapport", "11-26", "12-15"),
    ("informe mañana, fecha límite 15 de diciembre", "informe", "11-26", "12-15"),
    ("informe fecha limite el 15 de diciembre", "informe", None, "12-15"),
    ("informe plazo viernes", "informe", None, "11-27"),
    ("informe mañana, a más tardar el viernes", "informe", "11-26", "11-27"),
    # A limit alone is when a task is due.
    ("Finish report no later than friday", "Finish report", "11-27", None),
    ("Bericht bis spätestens 15.12.", "Bericht", "12-15", None),
    ("payer le loyer au plus tard vendredi", "payer le loyer", "11-27", None),
    # What the task is about is no deadline of it.
    ("Extend deadline by 3 days", "Extend deadline by 3 days", None, None),
    ("Call about the deadline friday", "Call about the deadline", "11-27", None),
    ("Discuss deadline tomorrow", "Discuss deadline", "11-26", None),
    ("Ask boss for a deadline tomorrow", "Ask boss for a deadline", "11-26", None),
    ("Deadline friday", "Deadline", "11-27", None),
    ("Report deadline 31 february", "Report deadline 31 february", None, None),
    ('Draw "deadline friday" poster', 'Draw "deadline friday" poster', None, None),
    ("Fix {curly braces}", "Fix {curly braces}", None, None),
)


def day(on: date | None) -> str | None:
    return f"{on:%m-%d}" if on else None


@each_of(TASKS, ids=lambda row: row[0])
def test_a_deadline_is_told_apart_from_the_due_date(
    text: str, title: str, due: str | None, deadline: str | None
) -> None:
    draft = parse_task(text, now=NOW, zone=BERLIN)
    assert (draft.title, day(draft.deadline)) == (title, deadline)
    assert day(draft.due.on if draft.due else None) == due


MESSAGES = (
    ("Report tomorrow, deadline 15 december", [("Report", "11-26", "12-15")]),
    ("add report monday, deadline friday", [("report", "11-30", "11-27")]),
    ("remind me to send the report tomorrow at 9, deadline friday", [("send the report", "11-26", "11-27")]),
    (
        "- report monday, deadline friday\n- rent deadline 1 december",
        [("report", "11-30", "11-27"), ("rent", None, "12-01")],
    ),
    (
        "buy milk, send report deadline friday, call ann",
        [("buy milk", None, None), ("send report", None, "11-27"), ("call ann", None, None)],
    ),
    ("tax return deadline 31 may", [("tax return", None, "05-31")]),
    ("report today, by friday latest", [("report", "11-25", "11-27")]),
    ("report tomorrow, by friday at the latest", [("report", "11-26", "11-27")]),
    ("report tomorrow no later than friday", [("report", "11-26", "11-27")]),
    ("report no later than friday", [("report", "11-27", None)]),
    ("Bericht heute, bis Freitag spätestens", [("Bericht", "11-25", "11-27")]),
)


@each_of(MESSAGES, ids=lambda row: row[0])
def test_a_message_with_a_deadline_is_a_task(
    text: str, wanted: list[tuple[str, str | None, str | None]]
) -> None:
    found = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert [
        (one.title, day(one.due.on if one.due else None), day(one.deadline)) for one in found.drafts
    ] == wanted


REQUESTS = (
    ("set the deadline of rent to friday", "rent", "11-27"),
    ("move the deadline for rent to 15 december", "rent", "12-15"),
    ("the deadline for rent is 15 december", "rent", "12-15"),
    ("change rent's deadline to friday", "rent", "11-27"),
    ("give the report a deadline of friday", "report", "11-27"),
    ("edit rent: deadline friday", "rent", "11-27"),
    ("change the report deadline to friday", "report", "11-27"),
    ("extend the report deadline to friday", "report", "11-27"),
    ("postpone the report deadline to friday", "report", "11-27"),
    ("move report's deadline to friday", "report", "11-27"),
    ("set the deadline to friday", "", "11-27"),
    ("move the deadline to friday", "", "11-27"),
    ("verschiebe die Frist auf Freitag", "", "11-27"),
    ("repousse la date limite à vendredi", "", "11-27"),
    ("cambia la fecha límite al viernes", "", "11-27"),
    ("setze die Frist für den Bericht auf den 15.12.", "Bericht", "12-15"),
    ("die Frist für den Bericht ist Freitag", "Bericht", "11-27"),
    ("change la date limite du rapport au 15 décembre", "rapport", "12-15"),
    ("cambia la fecha límite del informe al viernes", "informe", "11-27"),
)


@each_of(REQUESTS, ids=lambda row: row[0])
def test_a_deadline_is_set_in_words(text: str, title: str, deadline: str) -> None:
    found = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask)
    assert found.title == title
    assert found.patch == TaskPatch(deadline=date(2026, *map(int, deadline.split("-"))))


@each_of(
    ("remove deadline from rent", "the report has no deadline", "keine Frist für den Bericht",
     "supprime l'échéance du rapport", "quita la fecha límite del informe", "remove the deadline",
     "clear its deadline", "lösche die Frist", "supprime la date limite", "quita la fecha límite"),
)  # fmt: skip
def test_a_date_that_is_called_a_deadline_is_taken_away(text: str) -> None:
    found = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask)
    assert found.of_deadline
    assert found.patch.due is None


PATCHES = (
    ("deadline 15 december", "12-15"), ("Frist 15.12.", "12-15"), ("date limite 15 décembre", "12-15"),
    ("fecha límite viernes", "11-27"), ("{friday}", "11-27"),
    ("deadline none", None), ("deadline: none", None), ("Frist aus", None), ("date limite jamais", None),
    ("no deadline", None), ("keine Frist", None), ("sans date limite", None), ("sin fecha límite", None),
)  # fmt: skip


@each_of(PATCHES, ids=lambda row: row[0])
def test_a_change_names_a_deadline_alone(text: str, deadline: str | None) -> None:
    patch = parse_patch(text, now=NOW, zone=BERLIN)
    assert patch.deadline is not UNCHANGED
    assert (day(patch.deadline), patch.due, patch.on) == (deadline, UNCHANGED, UNCHANGED)


def test_a_change_names_a_deadline_beside_others() -> None:
    patch = parse_patch("tomorrow p1 deadline friday", now=NOW, zone=BERLIN)
    assert (patch.on, patch.priority, patch.deadline) == (date(2026, 11, 26), 1, date(2026, 11, 27))


@pytest.mark.parametrize("text", ["deadline", "deadline someday", "deadline every friday", "deadline 3"])
def test_what_names_no_day_is_no_deadline(text: str) -> None:
    assert parse_deadline(text, now=NOW, zone=BERLIN) is None
    with pytest.raises(BadInput):
        parse_patch(text, now=NOW, zone=BERLIN)


@settings(max_examples=25)
@given(typed=hostile_text)
def test_no_text_breaks_it(typed: str) -> None:
    for text in (f"{typed} deadline {typed} friday", f"{{{typed}}} no later than {typed}"):
        answered(lambda text=text: understand(text, now=NOW, zone=BERLIN))  # type: ignore[misc]


@pytest.mark.parametrize("word", ["deadline ", "{", "{friday} ", "no later than ", "deadline friday "])
def test_the_work_on_a_long_text_is_bounded(word: str) -> None:
    answered(lambda: parse_task(word * 60, now=NOW, zone=BERLIN))
    answered(lambda: parse_patch(word * 60, now=NOW, zone=BERLIN))
