"""Words that ask to split a task, and the steps that people type."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.records import Due
from core.words.intents import BreakDown
from core.words.pieces import is_no, steps_in
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, tzinfo=BERLIN)

WISHES = [
    ("break down the tax declaration", "tax declaration"),
    ("Break the tax declaration down", "tax declaration"),
    ("break down 'write thesis' please", "write thesis"),
    ("split the tax declaration into steps", "tax declaration"),
    ("split tax declaration into smaller pieces", "tax declaration"),
    ("split up the move", "move"),
    ("Can you split the report into 3 steps?", "report"),
    ("please break the thesis up into small chunks", "thesis"),
    ("divide the presentation into parts", "presentation"),
    ("give me steps for the tax declaration", "tax declaration"),
    ("what are the steps for the tax declaration?", "tax declaration"),
    ("zerlege die Steuererklärung", "Steuererklärung"),
    ("teile die Steuererklärung in Schritte", "Steuererklärung"),
    ("teil die Steuererklärung auf", "Steuererklärung"),
    ("die Steuererklärung in Schritte aufteilen", "Steuererklärung"),
    ("Steuererklärung zerlegen", "Steuererklärung"),
    ("bitte unterteile den Umzug in kleine Schritte", "Umzug"),
    ("découpe la déclaration en étapes", "déclaration"),
    ("divise le rapport en petites étapes", "rapport"),
    ("décompose la déclaration d'impôts", "déclaration d'impôts"),
    ("break it down", ""),
    ("split this into steps", ""),
    ("teile es in Schritte", ""),
    ("découpe ça en étapes", ""),
]


@pytest.mark.parametrize(("text", "title"), WISHES)
def test_a_task_is_to_be_split(text: str, title: str) -> None:
    assert understand(text, now=NOW, zone=BERLIN) == BreakDown(title=title)


@pytest.mark.parametrize(
    "text",
    [
        "my car broke down",
        "split the bill",
        "split the bill with Ann tomorrow",
        "break up with Ann",
        "cut the carrots into pieces",
        "Kosten aufteilen",
        "break the habit of smoking by friday",
        "split wood",
        "the printer breaks down all the time",
        "buy milk",
        "add split the bill with Ann",
        "remind me to split the bill tomorrow",
        "breakfast",
        "Rechnung teilen",
        "what is the next step?",
        "break",
    ],
)
def test_no_task_is_to_be_split(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), BreakDown)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Collect receipts", ["Collect receipts"]),
        (
            "Collect receipts\nFill in the form\n\nSend it",
            ["Collect receipts", "Fill in the form", "Send it"],
        ),
        ("1. Collect receipts\n2) Fill in the form", ["Collect receipts", "Fill in the form"]),
        ("- Belege sammeln\n* Formular\n• Abschicken", ["Belege sammeln", "Formular", "Abschicken"]),
        ("1. receipts 2. form 3. send", ["receipts", "form", "send"]),
        ("receipts; form; send", ["receipts", "form", "send"]),
        ("first collect receipts, then fill in the form", ["collect receipts", "fill in the form"]),
        ("zuerst Belege sammeln, dann abschicken", ["Belege sammeln", "abschicken"]),
        ("d'abord les reçus, puis le formulaire", ["les reçus", "le formulaire"]),
        ("[ ] receipts\n[x] form", ["receipts", "form"]),
        ("---\nreceipts\n***", ["receipts"]),
        ("Version 2.0 lesen", ["Version 2.0 lesen"]),
    ],
)
def test_typed_steps(text: str, titles: list[str]) -> None:
    assert [draft.title for draft in steps_in(text, now=NOW, zone=BERLIN)] == titles


def test_a_step_may_have_a_date_of_its_own() -> None:
    first, second = steps_in("Collect receipts tomorrow\nFill in the form", now=NOW, zone=BERLIN)
    assert (first.due, second.due) == (Due(on=date(2026, 11, 23)), None)


@pytest.mark.parametrize("text", ["", "  \n ", "---", "1.", "…", "\u200b"])
def test_nothing_is_no_step(text: str) -> None:
    assert steps_in(text, now=NOW, zone=BERLIN) == ()


@pytest.mark.parametrize("text", ["no", "No thanks!", "never mind", "nein danke", "Non, merci.", "cancel"])
def test_a_refusal(text: str) -> None:
    assert is_no(text)
    assert not is_no(f"{text} receipts")
