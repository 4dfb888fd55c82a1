"""What a press on a button leads to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.visit import Question, Visit
from core.chat import Message
from core.delivery.callbacks import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a tap leads to: the tapped message redrawn, a short remark, a new message; each may be missing.

    ``asks`` is the question whose typed answer is awaited; ``reply`` then puts it where there are no forms.
    """

    edit: Message | None = None
    toast: str | None = None
    reply: Message | None = None
    asks: Question | None = None


Run = Callable[[Visit, Press], Awaitable[Shown]]
"""One verb: from a press to what is shown."""
