"""All pages of a person, and the two addresses at which they do something.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import parse_qsl, unquote

from bot.conversation.page_answers import PageAnswer
from bot.languages.active import active, speaking
from bot.languages.language import language_of
from bot.screens import texts
from bot.screens.markup import say as said
from bot.web.me.access import access, end_one, end_others
from bot.web.me.acting import make_token, say, tap
from bot.web.me.beliefs import beliefs
from bot.web.me.browsers import PATH as BROWSERS
from bot.web.me.browsers import add, browsers, remove, turn_off
from bot.web.me.helped import helped
from bot.web.me.privacy import export_html, export_json, privacy
from bot.web.me.settings import settings
from bot.web.me.tasks import one_task, tasks
from bot.web.me.tip import tip
from bot.web.me.tips import receipt, tips
from bot.web.me.today import today
from bot.web.page import HOME, Access, Answer, Page, Visit, see_other
from bot.web.rendering import render
from core.errors import NotFound
from core.people.sessions import still_signed_in


def _get(path: str, run: Callable[[Visit], Awaitable[Answer]]) -> Page:
    return Page(method="GET", path=path, run=run, access=Access.PERSON)


def _post(path: str, run: Callable[[Visit], Awaitable[Answer]]) -> Page:
    return Page(method="POST", path=path, run=run, access=Access.PERSON)


SHOWN = (
    _get(HOME, today),
    _get("/me/tasks", tasks),
    _get("/me/tasks/{task_id}", one_task),
    _get("/me/beliefs", beliefs),
    _get("/me/helped", helped),
    _get("/me/tips", tips),
    _get("/me/tips/{decision_id}", receipt),
    _get("/me/tip/{decision_id}", tip),
    _get("/me/settings", settings),
    _get(BROWSERS, browsers),
    _get("/me/privacy", privacy),
    _get("/me/access", access),
)
"""Pages that forms lead back to."""


async def tapped(visit: Visit) -> Answer:
    """Tap a button, and show the page as it is then."""
    return await _redrawn(visit, await tap(visit))


async def sent(visit: Visit) -> Answer:
    """Send what was typed, and show the page as it is then."""
    return await _redrawn(visit, await say(visit))


async def made(visit: Visit) -> Answer:
    """Make a token for programs, and show it once."""
    return await _redrawn(visit, await make_token(visit))


async def _redrawn(visit: Visit, answer: PageAnswer | None) -> Answer:
    who = await still_signed_in(visit.signed_in, visit.deps)
    if who is None:  # everything about the person was deleted, or they no longer agree
        return _gone(visit)
    path, query = _place(visit.form.get("back", HOME))
    again = replace(
        visit,
        signed_in=who,
        query=query,
        request=replace(visit.request, path=path),
        answer=answer,
        tapped=visit.form.get("card", ""),
        visit_id=visit.deps.random.new_id(),
    )
    with speaking(language_of(again.whose.preferences.language or active().tag)):  # it may be another by now
        for page in SHOWN:
            if found := page.pattern.fullmatch(path):
                return await _shown(page, replace(again, path=found.groupdict()))
        return await _shown(SHOWN[0], replace(again, request=replace(visit.request, path=HOME)))


def _place(address: str) -> tuple[str, dict[str, str]]:
    """Path and query of a page, as its forms name it. They may be forged, and then name no page."""
    path, _, query = address.partition("?")
    return unquote(path), dict(parse_qsl(query))


async def _shown(page: Page, visit: Visit) -> Answer:
    """The page; the list of tasks, if it was of a task that is gone."""
    try:
        return await page.run(visit)
    except NotFound:
        if page.path != "/me/tasks/{task_id}":
            raise
        return await tasks(replace(visit, request=replace(visit.request, path="/me/tasks")))


def _gone(visit: Visit) -> Answer:
    (title, *rest) = said(texts.DELETED).lines
    text = " ".join(line.text for line in rest)
    return render(visit, "sign_in.html", title=title.text, text=text, action=None, other=False, note="")


async def back(visit: Visit) -> Answer:
    """Whoever opens the address of a form gets the page."""
    return see_other(HOME)


ME = (
    *SHOWN,
    _get("/me/act/{what}", back),
    _get("/me/export.json", export_json),
    _get("/me/export.html", export_html),
    _post("/me/act/tap", tapped),
    _post(BROWSERS, add),
    _post(f"{BROWSERS}/off", turn_off),
    _post(f"{BROWSERS}/remove", remove),
    _post("/me/act/say", sent),
    _post("/me/act/token", made),
    _post("/me/sessions/{session_id}/end", end_one),
    _post("/me/sessions/end", end_others),
)
