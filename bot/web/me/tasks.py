"""The list of open tasks, on pages of its own, and one task.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from urllib.parse import urlencode

from bot.conversation.task_card_buttons import card_of
from bot.conversation.task_lists import open_tasks
from bot.screens import texts_tasks
from bot.screens.tasks import ListPlace, details, task_count
from bot.web.me.context import context_of
from bot.web.me.frame import PAGE_SIZE, card, page_of, show
from bot.web.me.today import Row
from bot.web.page import Answer, Visit
from core.chat import Button, Message
from core.errors import NotFound
from core.records import Task
from core.scheduling.timezones import zone_of
from core.tasks.filters import clean_filter, filtered


async def tasks(visit: Visit) -> Answer:
    """A page of the list, narrowed by the filter ``q`` as in the chat."""
    ctx = context_of(visit)
    wanted = clean_filter(visit.query.get("q", ""))
    zone = zone_of(ctx.person)
    found = filtered(await open_tasks(ctx), wanted, now=ctx.now, zone=zone)
    last = max(0, (len(found) - 1) // PAGE_SIZE)
    page = min(page_of(visit), last)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    place = ListPlace(page=0, filter=wanted)
    return show(
        visit,
        "me/tasks.html",
        "tasks",
        rows=[_row(one, details(one, ctx.now, zone), place) for one in shown],
        count=task_count(len(found)),
        filter=wanted,
        page=page + 1,
        pages=last + 1,
        earlier=_link(page - 1, wanted) if page else None,
        later=_link(page + 1, wanted) if page < last else None,
    )


def _link(page: int, wanted: str) -> str:
    return "/me/tasks?" + urlencode({"page": page + 1, **({"q": wanted} if wanted else {})})


def _row(task: Task, words: str, place: ListPlace) -> Row:
    done = Button(label=texts_tasks.DONE, verb="task_done", arg=f"{task.task_id} {place.code}")
    return Row(task=task, time="", details=words.removeprefix(", "), buttons=(done,))


async def one_task(visit: Visit) -> Answer:
    """An open task with all that is known of it. Raises ``NotFound`` unless something was done with it just
    now.
    """
    task_id = visit.path["task_id"]
    try:
        shown: Message | None = await card_of(context_of(visit), task_id, ListPlace())
    except NotFound:
        if card(visit, "task", None) is None:
            raise
        shown = None
    return show(visit, "me/task.html", "tasks", card=card(visit, "task", shown))
