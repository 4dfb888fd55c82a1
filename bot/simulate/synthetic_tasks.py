"""Tasks of synthetic people: title, topic and duration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticTask:
    """A kind of task."""

    title: str
    topic: str
    minutes: int
    """How long it takes."""


_BY_TOPIC: dict[str, dict[int, tuple[str, ...]]] = {
    "work": {
        10: ("Reply to the customer", "Confirm the meeting room"),
        30: ("Review the draft report", "Update the project board", "Prepare slides"),
        90: ("Write the quarterly report", "Refactor the billing module"),
    },
    "home": {
        10: ("Water the plants", "Take out the recycling"),
        30: ("Clean the kitchen", "Do the laundry", "Fix the bathroom shelf"),
        90: ("Tidy the garage", "Paint the fence"),
    },
    "health": {
        10: ("Stretch the back", "Book a dentist appointment"),
        30: ("Go for a run", "Cook a healthy dinner", "Do some yoga"),
        90: ("Swim at the pool", "Go to the gym"),
    },
    "money": {
        10: ("Pay the electricity bill", "Check the bank account"),
        30: ("Cancel the old subscription", "Compare insurance offers"),
        90: ("Fill in the tax form", "Sort the receipts"),
    },
    "friends": {
        10: ("Call grandma", "Send Anna a birthday card"),
        30: ("Plan the picnic with friends", "Write a letter to Tom"),
        90: ("Visit the new neighbours", "Bake a cake for the party"),
    },
}

SYNTHETIC_TASKS = tuple(
    SyntheticTask(title=title, topic=topic, minutes=minutes)
    for topic, by_minutes in _BY_TOPIC.items()
    for minutes, titles in by_minutes.items()
    for title in titles
)
BY_TITLE = {task.title: task for task in SYNTHETIC_TASKS}

ADVICE_TOPICS = ("planning", "breaks")
"""Topics of oO's own advice (``bot/screens/texts.py``)."""

TOPICS = (*_BY_TOPIC, *ADVICE_TOPICS)
