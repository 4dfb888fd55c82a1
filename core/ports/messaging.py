"""Chat channels.

Tests: tests/adapters/telegram, tests/adapters/slack, tests/adapters/terminal.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from core.chat import Channel, Form, Home, Message, Sender, Tapped, Update
from core.records import Account, NotificationReading, Person

Accept = Callable[[Update], Awaitable[None]]
"""Called by an adapter with an update. When it returns, the update is stored and may be confirmed."""


class Messenger(Protocol):
    """Sends to one chat channel. Every method raises only subclasses of ``core.errors.SendFailed``."""

    async def send(self, address: str, message: Message) -> str:
        """Send ``message`` to ``address``; returns the platform's message id.

        Raises ``NotSent`` (may be repeated), ``SendRejected``, ``Unreachable``, or ``SendUnknown`` (must not
        be repeated).
        """
        ...

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace an earlier message. An unchanged message is no error."""
        ...

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Confirm a tap to the platform, with a short remark if it can show one."""
        ...

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """Open a form. Its content arrives as ``Tapped(token, typed=…)``, of several fields as ``filled=…``.

        False if the platform has no forms. Then the question is asked in the chat.
        """
        ...

    async def delete(self, address: str, message_id: str) -> bool:
        """Delete a message that the person sent, and what the platform's client remembers of it.

        False where that can't be done. It raises nothing.
        """
        ...

    async def thinking(self, address: str) -> None:
        """Show that oO is preparing an answer, where the platform can."""
        ...

    async def show_menu(self, address: str, language: str) -> None:
        """Show the menu of commands in the language with that code, where the platform can for one person.

        A failure is ignored: the menu stays as it was.
        """
        ...

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Show the person's page, where the platform has one."""
        ...

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """The content of a file that somebody sent. Raises ``FileUnusable``, also for a larger file.

        A larger file is never held in memory.
        """
        ...


@runtime_checkable
class ReportsHealth(Protocol):
    """A messenger that keeps a connection."""

    last_error: str | None
    """The kind of the last failure, without anything that a person wrote; None while updates come in."""


class OnPages(Protocol):
    """Answers that are shown on people's pages, by the id of the visit."""

    def messenger(self, visit_id: str) -> Messenger:
        """Where the answer to an update of that visit is sent."""
        ...

    def finished(self, visit_id: str) -> None:
        """The update of that visit is handled."""
        ...


@runtime_checkable
class NotificationSource(Protocol):
    """Tells about a person's notifications on a platform."""

    async def notifications(self, account: Account) -> NotificationReading | None:
        """What the platform knows now; None where it does not let oO know. Raises ``SendFailed``."""
        ...


class Letters(Protocol):
    """The mails that are sent to an address before it is confirmed, in the language of who asked."""

    def confirm(self, code: str) -> Message:
        """Asks to confirm, by a link or by the code."""
        ...

    def taken(self) -> Message:
        """Says that the address is somebody's already."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Messengers:
    """The configured channels."""

    by_channel: Mapping[Channel, Messenger] = field(default_factory=dict)
    pages: OnPages | None = None
    """None if no page waits for answers."""
    notifications: Mapping[Channel, NotificationSource] = field(default_factory=dict)
    """The channels that tell about notifications."""

    def answering(self, update: Update) -> Messenger:
        """Where the answer to an update goes: to its chat, or to the page that it came from."""
        if update.page and self.pages:
            return self.pages.messenger(update.page)
        return self[update.sender.channel]

    def finished(self, update: Update) -> None:
        """The update is handled: the page that it came from need not wait any longer."""
        if update.page and self.pages:
            self.pages.finished(update.page)

    def best(self, person: Person, accounts: Sequence[Account]) -> Account | None:
        """Where to reach a person: on the channel that they have chosen, else on the connected one that they
        used last. ``accounts``: last seen first.
        """
        usable = [one for one in accounts if one.reachable and one.channel in self]
        chosen = (one for one in usable if one.channel is person.preferences.channel)
        return next(chosen, None) or next(iter(usable), None)

    def __contains__(self, channel: Channel) -> bool:
        return channel in self.by_channel

    def __getitem__(self, channel: Channel) -> Messenger:
        return self.by_channel[channel]

    def health(self) -> Mapping[Channel, str | None]:
        """The kind of the last failure of each channel that keeps a connection; None: it is connected."""
        return {
            channel: one.last_error
            for channel, one in self.by_channel.items()
            if isinstance(one, ReportsHealth)
        }
