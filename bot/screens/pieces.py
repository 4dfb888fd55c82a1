"""The steps of a task: proposed, added, taken back.

Tests: tests/scenarios/test_pieces.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.screens import texts, texts_pieces
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import Task
from core.text import truncate

MAX_LABEL = 40
MAX_CHOICES = 8

SEPARATOR = "\n"
"""Between the parts of a button's argument: no title holds it."""


def proposed(task: Task, titles: Sequence[str]) -> Message:
    """Shows steps before they are added."""
    add = Button(label=texts_pieces.ADD_THESE, verb="add_pieces", arg=SEPARATOR.join([task.task_id, *titles]))
    leave = Button(label=texts_pieces.NO_THANKS, verb="no_pieces")
    return join(say(texts_pieces.PROPOSED, (add, leave), title=task.title), *_lines(titles))


def added(task: Task, pieces: Sequence[Task]) -> Message:
    """Says which steps were added, with a button that takes all of them back."""
    ids = SEPARATOR.join([task.task_id, *(piece.task_id for piece in pieces)])
    undo = Button(label=texts.UNDO, verb="undo_pieces", arg=ids)
    is_one = len(pieces) == 1
    sentence = texts_pieces.ADDED_ONE if is_one else texts_pieces.ADDED
    after = [] if is_one else [say(texts_pieces.ONE_AT_A_TIME)]
    lines = _lines([piece.title for piece in pieces])
    return join(say(sentence, (undo,), title=task.title), *lines, *after)


def _lines(titles: Sequence[str]) -> list[Message]:
    numbered = enumerate(titles, start=1)
    return [say(texts_pieces.STEP, number=number, title=title) for number, title in numbered]


def which(words: str, tasks: Sequence[Task]) -> Message:
    """Asks which task is to be split, with a button for each of the first ones."""
    if not tasks:
        return say(texts_pieces.NONE_OPEN)
    rows = [
        (Button(label=truncate(task.title, MAX_LABEL), verb="break_down", arg=task.task_id),)
        for task in tasks[:MAX_CHOICES]
    ]
    sentence = texts_pieces.WHICH if words else texts_pieces.WHICH_ONE
    return say(sentence, *rows, words=words)
