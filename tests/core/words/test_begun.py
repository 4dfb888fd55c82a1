"""Wishes that do not name the task yet, and the tasks that are named afterwards."""

from __future__ import annotations

import pytest

from core.words.begun import named
from core.words.intents import AddTask
from core.words.understand import understand, wished
from tests.core.words.times import BERLIN, NOW

BEGUN = {
    "add": "",
    "add a task": "",
    "Add a new task, please": "",
    "add something": "",
    "add something to my list": "",
    "add another one": "",
    "i want to add a task": "",
    "can you add a task for me?": "",
    "create a to-do": "",
    "new task": "",
    "add a task for tomorrow": "tomorrow",
    "add something tomorrow": "tomorrow",
    "new task for next monday": "next monday",
    "neue aufgabe": "",
    "füge eine aufgabe hinzu": "",
    "ich möchte eine aufgabe hinzufügen": "",
    "kannst du eine aufgabe für freitag eintragen?": "freitag",
    "notiere etwas für morgen": "morgen",
    "neue aufgabe für morgen": "morgen",
    "ajoute une tâche": "",
    "je voudrais ajouter une tâche": "",
    "ajoute quelque chose pour demain": "demain",
    "añade una tarea": "",
    "quiero añadir algo": "",
    "nueva tarea para mañana": "mañana",
}
REMINDERS = {
    "remind me": "",
    "remind me of something": "",
    "set a reminder": "",
    "set a reminder for 5pm": "5pm",
    "create a reminder for tomorrow at 9": "tomorrow at 9",
    "erinnere mich": "",
    "erinnere mich an etwas": "",
    "rappelle-moi": "",
    "recuérdame algo": "",
}


@pytest.mark.parametrize(("said", "when"), [*BEGUN.items(), *REMINDERS.items()])
def test_a_wish_without_a_task_keeps_its_time(said: str, when: str) -> None:
    begun = understand(said, now=NOW, zone=BERLIN)
    assert begun == AddTask(when=when, reminds=said in REMINDERS)
    assert begun.only_begun
    assert wished(said.rstrip("?"), now=NOW, zone=BERLIN).only_begun


@pytest.mark.parametrize(
    "said",
    [
        "add milk",
        "add something blue to the salad tomorrow",
        "new task force meeting tomorrow",
        "create a task force for friday",
        "make a note of the number",
        "set a reminder for 5pm to call mom",
        "add a task to the board tomorrow",
        "notiere die nummer für morgen",
        "ajoute du lait",
        "añade leche",
    ],
)
def test_a_wish_with_a_task_is_not_asked_for_it(said: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert not (isinstance(found, AddTask) and found.only_begun)


NAMED = {
    ("add a task", "laundry"): "laundry",
    ("add something tomorrow", "laundry"): "laundry, 03-17",
    ("add something tomorrow", "dentist friday 10am"): "dentist, 03-19 10:00",
    ("set a reminder for 5pm", "call mom"): "call mom, 03-16 17:00, reminds",
    ("set a reminder for 5pm", "the meeting on friday"): "the meeting on friday, 03-16 17:00, reminds",
    ("set a reminder for 5pm", "remind me at 6pm to call mom"): "call mom, 03-16 18:00, reminds",
    ("set a reminder", "call mom at 6pm"): "call mom, 03-16 18:00, reminds",
    ("set a reminder", "call mom"): "call mom, reminds",
    ("erinnere mich morgen", "Mama anrufen"): "Mama anrufen, 03-17, reminds",
    ("ajoute quelque chose pour demain", "courses"): "courses, 03-17",
    ("nueva tarea para mañana", "comprar pan"): "comprar pan, 03-17",
}


@pytest.mark.parametrize(("said", "answer", "expected"), [(*said, task) for said, task in NAMED.items()])
def test_the_answer_names_the_task(said: str, answer: str, expected: str) -> None:
    draft = named(answer, wished(said, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN).draft
    assert draft is not None
    day = f"{draft.due.on:%m-%d}" if draft.due else ""
    at = f" {draft.due.at:%H:%M}" if draft.due and draft.due.at else ""
    assert ", ".join(filter(None, (draft.title, day + at, "reminds" if draft.reminds else ""))) == expected


def test_each_line_of_the_answer_is_a_task() -> None:
    begun = AddTask(reminds=True)
    drafts = named("call mom at 6pm\npay the rent tomorrow", begun, now=NOW, zone=BERLIN).drafts
    assert [(draft.title, draft.reminds) for draft in drafts] == [("call mom", True), ("pay the rent", True)]


@pytest.mark.parametrize("answer", ["tomorrow", "!!!", ""])
def test_an_answer_without_a_task_names_none(answer: str) -> None:
    found = named(answer, AddTask(when="tomorrow"), now=NOW, zone=BERLIN)
    assert not found.drafts
