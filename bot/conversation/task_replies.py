"""Replies to a message that names tasks: completed, changed, removed, undone.

Tests: tests/scenarios/test_replies.py, tests/scenarios/test_task_changes.py.
"""

from __future__ import annotations

import re
from contextlib import suppress

from bot.conversation.shown_list import numbers_of
from bot.conversation.task_changes import complete
from bot.conversation.task_words import change_or_say, remove_or_say, what_of
from bot.conversation.undo import undo_message
from bot.conversation.update_context import UpdateContext
from bot.screens import task_card, texts
from bot.screens import tasks as tasks_screen
from bot.screens.markup import join, say
from bot.screens.patch_code import patch_code
from core.chat import Message
from core.delivery.mentions import ReplySubject
from core.errors import BadInput
from core.records import Task, TaskState
from core.text import clean
from core.words import intents
from core.words.matching import best_match
from core.words.numbered import place_among, places_in
from core.words.patches import parse_patch
from core.words.phrasebooks.patterns import any_phrase
from core.words.replies import reply_phrase

MAX_DIGITS = 4
MAX_TEXT = 200
"""Code points of a reply in which a number or a change is looked for."""

_AROUND_A_CHANGE = re.compile(
    r"^(?:(?:no|nein|non|ok(?:ay)?|please|bitte|better|lieber|besser|plutôt|make it|move it|it's)[ ,:]+)+"
    r"|[ ,]+(?:instead|please|rather|stattdessen|bitte|lieber|plutôt|à la place)[.! ]*$|[.! ]+$",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r"([0-9]{1,3})[.:)]? (.+)")
_REMOVE = any_phrase(
    r"(?:please )?(?:delete|remove|cancel|drop)(?: (?:it|this|that|this one|that one))?(?: please)?[.!]?",
    r"(?:bitte )?(?:lösch|entfern|streich)(?:e|en)?(?: (?:es|das|sie|ihn))?(?: bitte)?[.!]?",
    r"(?:supprime[rz]?|enlève[rz]?|efface[rz]?|annule[rz]? la tâche)(?:[- ](?:la|le|ça))?[.!]?",
)


async def about_tasks(
    ctx: UpdateContext, text: str, about: ReplySubject, intent: intents.Intent | None
) -> Message | None:
    """The answer to a reply to "Added: …", "… Done", a card or a list; None if it is about something else."""
    subject = await _subject(ctx, about)
    tasks = list(subject.values())
    number = _done_number(text)
    if number in subject and len(tasks) > 1:
        return await _complete(ctx, subject[number])
    intent = _removal(text) or intent
    match intent:
        case intents.Complete(title=""):
            return await _complete_only(ctx, tasks)
        case intents.Undo(title=""):
            return await undo_message(ctx, about.message)
        case intents.RemoveTask() | intents.ChangeTask():
            return await _change(ctx, subject, intent)
        case intents.Correct(words=words, patch=patch) if words:
            return await _change(ctx, subject, intents.ChangeTask(title="", patch=patch))
    return await _change_in_few_words(ctx, text, subject, intent)


async def _subject(ctx: UpdateContext, about: ReplySubject) -> dict[int, Task]:
    """The tasks of the message by the numbers that they have in it; from 1 on if it shows none."""
    shown = await numbers_of(ctx, about.message) if about.message else {}
    numbers = shown or dict(enumerate(about.task_ids, start=1))
    async with ctx.deps.store.read() as unit:
        return {number: await unit.tasks.get(task_id) for number, task_id in numbers.items()}


def _removal(text: str) -> intents.RemoveTask | None:
    """The removal that the text asks for in one word, perhaps with a number: "delete", "remove 2"."""
    words = clean(text, MAX_TEXT).split()
    numbers = [word for word in words if word.isdigit()]
    is_removal = _REMOVE.fullmatch(" ".join(word for word in words if word not in numbers))
    return intents.RemoveTask(title=" ".join(numbers)) if is_removal else None


async def _change_in_few_words(
    ctx: UpdateContext, text: str, subject: dict[int, Task], intent: intents.Intent | None
) -> Message | None:
    """A date, a priority or the like by itself is the new one of the task; a refusal is asked about."""
    is_put_off = isinstance(intent, intents.NotNow | intents.Dismiss | intents.Snooze)
    is_muted = isinstance(intent, intents.Mute) and not intent.topic
    if intent is None or is_put_off or isinstance(intent, intents.ListTasks | intents.AddTask):
        asked = _change_alone(ctx, text, subject)
        if asked:
            return await _change(ctx, subject, asked)
    if is_put_off or is_muted:
        only = _meant("", subject)
        return say(texts.REPLY_TASK, title=only.title) if only else say(texts.REPLY_WHICH)
    return None


def _change_alone(ctx: UpdateContext, text: str, subject: dict[int, Task]) -> intents.ChangeTask | None:
    """The change that the text is, if it is nothing else: "tomorrow instead", "p1", "2 tomorrow"."""
    whole = clean(text, MAX_TEXT)
    numbered = _NUMBERED.fullmatch(whole)
    is_of_list = numbered and _number_in(numbered[1]) in subject
    for number, typed in (*([numbered.groups()] if numbered and is_of_list else []), ("", whole)):
        with suppress(BadInput):
            patch = parse_patch(_AROUND_A_CHANGE.sub("", typed), now=ctx.said_at, zone=ctx.zone)
            return intents.ChangeTask(title=number, patch=patch)
    return None


async def _change(
    ctx: UpdateContext, subject: dict[int, Task], asked: intents.ChangeTask | intents.RemoveTask
) -> Message | None:
    """Change or remove the task of the message that is meant; None if the words name none of them."""
    task, tasks = _meant(asked.title, subject), list(subject.values())
    if task is None and asked.title:
        return None
    if isinstance(asked, intents.RemoveTask):
        return await remove_or_say(ctx, task.task_id) if task else _which(ctx, tasks, "remove")
    if task:
        return await change_or_say(ctx, task.task_id, asked.patch)
    return _which(ctx, tasks, what_of(asked.patch), patch_code(asked.patch))


def _meant(words: str, subject: dict[int, Task]) -> Task | None:
    """The task that the words name by its number or title; without words, the only one."""
    tasks = list(subject.values())
    if not words:
        return tasks[0] if len(tasks) == 1 else None
    places = places_in(words)
    if len(places) == 1:
        place = place_among(subject, places[0])
        return None if place is None else subject[place]
    index = best_match(words, [task.title for task in tasks])
    return None if index is None else tasks[index]


def _which(ctx: UpdateContext, tasks: list[Task], what: str, patch: str = "") -> Message:
    open_tasks = [task for task in tasks if task.state is TaskState.OPEN]
    if not open_tasks:
        return say(texts.GONE_TOAST)
    return task_card.pick(what, open_tasks, ctx.now, ctx.zone, patch=patch)


def _done_number(text: str) -> int | None:
    """The number of the task that the text says is done: "2", "done 2", "erledigt: 2"."""
    words = clean(text, MAX_TEXT).replace(":", " ").split()
    others = " ".join(word for word in words if not word.isdigit())
    if others and not isinstance(reply_phrase(others), intents.Complete):
        return None
    return _number_in(" ".join(word for word in words if word.isdigit()))


def _number_in(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    return int(text) if is_number else None


async def _complete(ctx: UpdateContext, task: Task) -> Message:
    return await complete(ctx, task.task_id) or say(texts.TASK_ALREADY)


async def _complete_only(ctx: UpdateContext, tasks: list[Task]) -> Message:
    """Complete the one open task; if several are open, ask which."""
    if len(tasks) == 1:
        return await _complete(ctx, tasks[0])
    open_tasks = [task for task in tasks if task.state is TaskState.OPEN]
    if len(open_tasks) == 1:
        return await _complete(ctx, open_tasks[0])
    if not open_tasks:
        return say(texts.TASK_ALREADY)
    return join(say(texts.REPLY_WHICH_TASK), tasks_screen.listed(open_tasks, ctx.now, ctx.zone))
