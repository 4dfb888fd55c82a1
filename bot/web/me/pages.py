"""All pages of a person."""

from __future__ import annotations

from bot.screens import texts_me
from bot.web.page import Access, Answer, Page, Visit
from bot.web.rendering import render


async def today(visit: Visit) -> Answer:
    """What is due."""
    return render(visit, "me/today.html", me=texts_me)


ME = (Page(method="GET", path="/me", run=today, access=Access.PERSON),)
