"""The result of a tap on a button.

Tests: tests/scenarios/test_reactions.py, tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from core.chat import Form, Message
from core.delivery.callbacks import CallbackAction

Later = Callable[[], Awaitable[Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackResult:
    """What the person sees after a tap. Each part may be missing."""

    edit: Message | None = None
    """The new content of the message that was tapped."""

    toast: str | None = None
    """A short remark in a pop-up."""

    reply: Message | None = None
    """A new message."""

    later: Later | None = None
    """Makes the new message once the tap is acknowledged: it may take long."""
    form: Form | None = None
    """Shown instead of all the rest where there are forms; what is filled in arrives as another tap."""

    question: Question | None = None
    """The typed answer that is awaited. ``reply`` holds the words of the question; a form may show them."""


CallbackHandler = Callable[[UpdateContext, CallbackAction], Awaitable[CallbackResult]]
"""Carries out one verb."""
