"""Which open task is meant: by words of its title, or as the one that was talked about last.

Tests: tests/scenarios/test_task_requests.py.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.shown_list import shown_list
from bot.conversation.talked_about import last_task, last_two
from bot.conversation.task_lists import open_tasks, tasks_when_said
from bot.conversation.update_context import UpdateContext
from core.errors import NotFound
from core.records import Due, Task
from core.scheduling.quiet_hours import wall_clock
from core.tasks.by_update import by_update
from core.tasks.changes import CHANGED
from core.words.intents import SkipTask
from core.words.matching import contains, fitting_task, has_all_words, is_sign_in, matches, whole_match
from core.words.moves import MAX_WORDS, date_in
from core.words.named_task import listed_task, means_both, split_date
from core.words.new_dates import new_date
from core.words.numbered import place_among, places_in
from core.words.parts import parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The open tasks that words may mean."""

    words: str
    tasks: list[Task]
    """All open ones, the most pressing first."""

    task: Task | None
    """The one that is meant, if that is clear."""

    rivals: list[Task]
    """Those that may be meant, if it is not."""

    several: tuple[Task, ...] = ()
    """Those that are meant together: "the dentist and the rent", "2 and 3"."""

    @property
    def meant(self) -> tuple[Task, ...]:
        """The tasks that are surely meant; empty if it is not clear."""
        return (self.task,) if self.task else self.several


async def named(ctx: UpdateContext, words: str) -> Named:
    """The open tasks that the words may mean; of places in a list, also those that are closed by now."""
    tasks = await open_tasks(ctx)
    if means_both(words):
        return Named(words=words, tasks=tasks, task=None, rivals=[], several=await last_two(ctx))
    if not (places := places_in(words)):
        found = replace(named_with_date(ctx, words, await tasks_when_said(ctx)), tasks=tasks)
        if found.task and await _is_over(ctx, words, found.task):
            return replace(found, task=None, rivals=[found.task])
        return found
    same = [task for task in tasks if task.title.casefold() == words.casefold()]
    listed = tuple(same) or await listed_tasks(ctx, places)
    only = listed[0] if len(listed) == 1 else None
    return Named(words=words, tasks=tasks, task=only, rivals=[], several=() if only else listed)


def named_with_date(ctx: UpdateContext, words: str, tasks: list[Task]) -> Named:
    """As ``named``, of these tasks."""
    found = named_among(words, tasks)
    if found.meant:
        return found
    name, due = told_by_date(ctx, words, tasks)
    if due and (task := listed_task(name)) and not task.title:  # "the one on friday"
        return Named(words=words, tasks=tasks, task=due[0] if len(due) == 1 else None, rivals=due)
    narrowed = named_among(name, due)
    return narrowed if narrowed.meant or narrowed.rivals else found


def told_by_date(ctx: UpdateContext, words: str, tasks: list[Task]) -> tuple[str, list[Task]]:
    """What is said before a date at the end of the words, and the tasks that are due on that day: the name of
    one may be followed by its date ("the shift on saturday"). None without such a date.
    """
    name, typed = split_date(words)
    date = new_date(typed, now=ctx.said_at, zone=ctx.zone) if typed else None
    due = [task for task in tasks if date and date.on and task.due and task.due.on == date.on]
    return name, due


async def _is_over(ctx: UpdateContext, words: str, task: Task) -> bool:
    """Whether the words are no typo of the open task's title, but the title of one that is over."""
    if has_all_words(words, task.title):
        return False
    async with ctx.deps.store.read() as unit:
        return await unit.tasks.has_over(ctx.person.person_id, words)


async def listed_tasks(ctx: UpdateContext, places: tuple[int, ...]) -> tuple[Task, ...]:
    """The tasks at these places of the list that was shown last; none if it has not all of them."""
    numbers = await shown_list(ctx)
    if not numbers:
        return ()
    shown = [place_among(numbers, place) for place in places]
    ids = [numbers[place] for place in shown if place is not None]
    if len(ids) < len(places):
        return ()
    with suppress(NotFound):  # deleted for good since
        async with ctx.deps.store.read() as unit:
            return await unit.tasks.some(ids)
    return ()


def named_among(words: str, tasks: list[Task]) -> Named:
    """As ``named_with_date``, by titles alone."""
    titles = [task.title for task in tasks]
    found = whole_match(words, titles)
    if found is not None:
        return Named(words=words, tasks=tasks, task=tasks[found], rivals=[])
    if several := parts_of(words, titles):
        return Named(
            words=words, tasks=tasks, task=None, rivals=[], several=tuple(tasks[index] for index in several)
        )
    rivals = [tasks[index] for index in sorted(matches(words, titles))]  # the most pressing first
    rivals = rivals or [task for task in tasks if contains(words, task.title)]  # "🦷" is no word
    only = rivals[0] if len(rivals) == 1 and is_sign_in(words, rivals[0].title) else None
    return Named(words=words, tasks=tasks, task=only, rivals=[] if only else rivals)


# --- A task to move, and what is meant as its date ---------------------------------------------------------


async def task_to_move(ctx: UpdateContext, words: str, typed: str) -> tuple[Task, str] | None:
    """The open task with whose title the words begin, and the rest, if that may be meant as a date."""
    tasks, parts = await open_tasks(ctx), words.split()[:MAX_WORDS]
    titles = [task.title for task in tasks]
    for end in range(len(parts), 0, -1):
        date, task = date_in(" ".join(parts[end:])), listed_task(" ".join(parts[:end]))
        if date is None or task is None:
            continue
        if places := places_in(task.title):
            listed = await listed_tasks(ctx, places)
            return (listed[0], date) if len(listed) == 1 else None
        if not task.title:
            return await _last_open(ctx, tasks, date)
        # "Move the car" may be the to-do itself; "move the car to 30 february" is not.
        fits = whole_match(task.title, titles) if date else fitting_task(task.title, titles, typed=typed)
        if fits is not None:
            return tasks[fits], date
        name, due = told_by_date(ctx, task.title, tasks)  # "move the shift on saturday to sunday"
        fits = whole_match(name, [one.title for one in due])
        if fits is not None:
            return due[fits], date
    return None


async def _last_open(ctx: UpdateContext, tasks: list[Task], date: str) -> tuple[Task, str] | None:
    last = await last_task(ctx)
    return next(((task, date) for task in tasks if task.task_id == last), None)


async def changed_before(ctx: UpdateContext) -> str | None:
    """The id of the task that this very update has changed before it was cut off; None if it has not."""
    async with ctx.deps.store.read() as unit:
        before = await by_update(unit, ctx.person.person_id, ctx.deps, ctx.origin, CHANGED)
    ids = {str(one.data["task_id"]) for one in before}
    return ids.pop() if len(ids) == 1 else None


async def task_to_skip(ctx: UpdateContext, asked: SkipTask) -> Task | None:
    """The open task that repeats and that the words surely mean; None if there is none.

    What is reported to be off may be an occurrence to come: ``is_next_off`` tells.
    """
    is_any_day = asked.days_ahead is None or asked.is_off
    last = wall_clock(ctx.now, ctx.zone).date() + timedelta(days=asked.days_ahead or 0)
    tasks = [
        task
        for task in await open_tasks(ctx)
        if task.repeats and task.due and (is_any_day or task.due.on <= last)
    ]
    found = fitting_task(asked.title, [task.title for task in tasks], typed=asked.typed)
    return None if found is None else tasks[found]


def is_next_off(ctx: UpdateContext, asked: SkipTask, due: Due) -> bool:
    """Whether what is reported to be off is the occurrence at ``due``: none other was named by its day."""
    if asked.days_ahead is not None:
        return due.on == wall_clock(ctx.said_at, ctx.zone).date() + timedelta(days=asked.days_ahead)
    patch = new_date(asked.day, now=ctx.said_at, zone=ctx.zone) if asked.day else None
    return not asked.day or (patch is not None and due.on == patch.on)
