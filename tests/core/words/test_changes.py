"""Requests to change or remove a task on the list, and the to-dos and talk that look like them."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from core.errors import BadInput
from core.words.intents import AddTask, ChangeTask, MoveTask, RemoveTask, SkipTask, Undo
from core.words.matching import best_match, fitting_task
from core.words.tasks import TaskDraft
from core.words.understand import understand
from tests.core.words.changes import Row, rows, said
from tests.core.words.hostile import answered, hostile_text
from tests.core.words.reported import NOW
from tests.rows import each_of

BERLIN = ZoneInfo("Europe/Berlin")
HINTS = {"past", "too_far", "task_too_long", "not_a_change"}


@each_of(rows(), ids=lambda row: row.typed)
def test_a_request_about_a_task_is_understood_and_nothing_else_is_taken_for_one(row: Row) -> None:
    assert said(understand(row.typed, now=NOW, zone=BERLIN)) == row.wanted


def test_the_table_has_forty_requests_of_each_language_and_sixty_counterexamples() -> None:
    requests = Counter(row.language for row in rows() if row.wanted != "-")
    assert min(requests[language] for language in ("en", "de", "fr")) >= 40
    assert sum(row.wanted == "-" for row in rows()) >= 60


@each_of(rows(), ids=lambda row: row.typed)
def test_capitals_and_final_marks_change_nothing(row: Row) -> None:
    shouted = row.typed[0].upper() + row.typed[1:] + ("" if row.typed.endswith("?") else ".")
    intent = understand(shouted, now=NOW, zone=BERLIN)
    assert said(intent).casefold() == row.wanted.casefold()


# --- What may be a to-do as well ---------------------------------------------------------------------------


def meant(typed: str, *titles: str) -> str | None:
    """The title of the task that a doubtful request is carried out on; None if it is not carried out."""
    intent = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(intent, RemoveTask | ChangeTask)
    assert intent.only_if_it_fits
    found = fitting_task(intent.title, titles, typed=intent.typed)
    return None if found is None else titles[found]


def test_a_doubtful_request_means_the_open_task_that_all_its_words_are_in() -> None:
    titles = ("Dentist", "Pay the rent", "Gym")
    assert meant("cancel the dentist", *titles) == "Dentist"
    assert meant("delete rent", *titles) == "Pay the rent"
    assert meant("rent takes 20 minutes", *titles) == "Pay the rent"


def test_a_doubtful_request_with_further_words_is_a_to_do() -> None:
    titles = ("Dentist", "Pay the rent", "Gym")
    assert meant("cancel my gym membership", *titles) is None
    assert meant("delete old photos", *titles) is None
    assert meant("the flight takes 2 hours", *titles) is None


def test_a_to_do_that_is_said_again_is_not_removed() -> None:
    assert meant("cancel the gym membership", "Cancel the gym membership") is None
    assert meant("delete old photos", "Delete old photos", "Gym") is None
    assert meant("make breakfast every day", "Make breakfast") is None


def test_two_tasks_that_fit_equally_are_not_told_apart() -> None:
    assert meant("delete rent", "Pay rent", "Ask rent") is None


def test_what_a_doubtful_request_means_otherwise_is_kept() -> None:
    made = understand("make breakfast every day", now=NOW, zone=BERLIN)
    assert isinstance(made, ChangeTask)
    assert isinstance(made.otherwise, AddTask)
    cancelled = understand("cancel that", now=NOW, zone=BERLIN)
    assert cancelled == RemoveTask(title="", only_if_it_fits=True, otherwise=Undo())
    typed = "cancel my gym membership"
    assert understand(typed, now=NOW, zone=BERLIN) == RemoveTask(
        title="gym membership",
        only_if_it_fits=True,
        otherwise=AddTask(drafts=(TaskDraft(title=typed),)),
        typed=typed,
    )


def test_a_sure_request_finds_its_task_by_the_usual_match() -> None:
    intent = understand("move the dentist appointment to friday", now=NOW, zone=BERLIN)
    assert isinstance(intent, ChangeTask)
    assert not intent.only_if_it_fits
    assert best_match(intent.title, ["Dentist appointment", "Rent"]) == 0


# --- Hostile input -----------------------------------------------------------------------------------------


def test_a_new_title_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput) as raised:
        understand(f"rename rent to {'very ' * 70}long", now=NOW, zone=BERLIN)
    assert raised.value.hint == "task_too_long"


@given(typed=hostile_text)
def test_no_text_breaks_it(typed: str) -> None:
    for text in (
        f"move {typed} to friday",
        f"rename {typed} to {typed}",
        f"delete {typed}",
        f"{typed} takes 2 h",
    ):
        found = answered(lambda text=text: understand(text, now=NOW, zone=BERLIN))  # type: ignore[misc]
        assert not isinstance(found, BadInput) or found.hint in HINTS


@pytest.mark.parametrize("typed", ["skip the gym", "überspringe das Gym", "saute le gym"])
def test_skipping_means_an_open_task_that_repeats_and_nothing_else(typed: str) -> None:
    intent = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(intent, SkipTask)
    assert intent.title.casefold() == "gym"
    assert isinstance(intent.otherwise, MoveTask), "what does not repeat is done at another time"
    assert intent.otherwise.words.casefold() == "gym"


@pytest.mark.parametrize(
    ("typed", "title", "is_sure"),
    [
        ("Oma ist jetzt p1", "Oma", True), ("Oma ist p1", "Oma", True), ("setze Yoga auf p2", "Yoga", True),
        ("stufe Yoga auf p3 herab", "Yoga", True), ("Yoga auf p2", "Yoga", False),
        ("set yoga to p2", "yoga", True), ("change yoga to p2", "yoga", True),
        ("bump the rent up to p1", "rent", True), ("yoga is now p1", "yoga", True),
        ("make taxes p1", "taxes", True), ("oma’s p1", "oma", True),
        ("yoga to p2", "yoga", False),
        ("mets yoga en p2", "yoga", True), ("passe le yoga en p2", "yoga", True),
        ("yoga devient p1", "yoga", True), ("monte yoga à p1", "yoga", True), ("yoga en p2", "yoga", False),
        ("pon yoga en p2", "yoga", True), ("yoga es ahora p1", "yoga", True),
        ("sube yoga a p1", "yoga", True), ("cambia yoga a p3", "yoga", True),
    ],
)  # fmt: skip
def test_a_priority_by_its_number_is_set(typed: str, title: str, is_sure: bool) -> None:
    asked = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(asked, ChangeTask)
    assert (asked.title, asked.only_if_it_fits) == (title, not is_sure)
    assert asked.patch.priority in (1, 2, 3)


@pytest.mark.parametrize("typed", ["Call Ann p1", "Miete bezahlen p2 morgen", "acheter du pain p1"])
def test_a_new_task_with_a_priority_changes_no_other(typed: str) -> None:
    assert isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)
