"""What a press on a button leads to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.update_context import Question, UpdateContext
from core.chat import Message
from core.delivery.callbacks import CallbackAction


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackResult:
    """What a tap leads to: the tapped message redrawn, a short remark, a new message; each may be missing.

    ``asks`` is the question whose typed answer is awaited; ``reply`` then puts it where there are no forms.
    """

    edit: Message | None = None
    toast: str | None = None
    reply: Message | None = None
    asks: Question | None = None


Run = Callable[[UpdateContext, CallbackAction], Awaitable[CallbackResult]]
"""One verb: from a press to what is shown."""
