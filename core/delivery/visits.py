"""Pages from which somebody taps, on channels that can't show an answer themselves: a mail stays as it is.

A visit is open for as long as its request waits. A tap names its visit as its thread, so that answers come
here. Taps of one person are handled one by one, so an edited message belongs to the visit acknowledged last.

Tests: tests/core/delivery/test_visits.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.chat import Form, Message, Tapped


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a tap has shown so far."""

    toast: str | None = None
    edit: Message | None = None
    """What the message that was tapped would say now."""
    replies: list[Message] = field(default_factory=list)
    form: Form | None = None
    """To be filled in; that is another tap on ``form_token``."""
    form_token: str = ""


class Visits:
    """The pages of this process that wait for an answer."""

    def __init__(self) -> None:
        self._open: dict[str, Seen] = {}
        self._acknowledged: dict[str, str] = {}
        """By the id of the message: the visit whose tap on it was acknowledged last."""

    @contextmanager
    def opened(self, visit_id: str) -> Iterator[Seen]:
        """A visit within the block; ``visit_id`` is the thread and the callback id of its tap."""
        seen = self._open[visit_id] = Seen()
        try:
            yield seen
        finally:
            del self._open[visit_id]
            self._acknowledged = {m: v for m, v in self._acknowledged.items() if v != visit_id}

    def show(self, visit_id: str, message: Message) -> str:
        """Add an answer; returns an id for it. Nothing is shown once the visit is over."""
        seen = self._open.get(visit_id)
        if seen is None:
            return visit_id
        seen.replies.append(message)
        return f"{visit_id}.{len(seen.replies)}"

    def edit(self, message_id: str, message: Message) -> None:
        """Show what the message that was tapped would say now, if somebody has just tapped it."""
        seen = self._open.get(self._acknowledged.get(message_id, ""))
        if seen:
            seen.edit = message

    def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Show a remark; edits of the message that was tapped belong to this visit from now on."""
        seen = self._open.get(tap.callback_id or "")
        if seen:
            seen.toast = toast
            if tap.message_id:
                self._acknowledged[tap.message_id] = tap.callback_id or ""

    def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """Show a form; False if the visit is over."""
        seen = self._open.get(tap.callback_id or "")
        if seen is None:
            return False
        seen.form, seen.form_token = form, token
        return True
