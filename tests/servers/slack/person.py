"""A person at their Slack client: what they do reaches the app, what the app does they can wait for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from tests.servers.slack import payloads
from tests.servers.slack.arguments import Arguments
from tests.servers.slack.chat import reply
from tests.servers.slack.dispatcher import Dispatcher
from tests.servers.slack.elements import (
    CannotTouch,
    Filled,
    Json,
    change,
    labelled,
    missing_inputs,
    named,
    press,
    state,
)
from tests.servers.slack.files import about
from tests.servers.slack.limits import ReplyTo
from tests.servers.slack.records import SLACKBOT, Ack, Delivery, Message, Refused, Upload, View
from tests.servers.slack.views import TROUBLE, after_submission
from tests.servers.slack.workspace import Channel, Profile, Workspace
from tests.waiting import WAIT_LIMIT

_ADDRESS = re.compile(r"https?://[^\s<>|]+")


class Person:
    """One person. Every act waits until the app acknowledged it or the time for that is over."""

    def __init__(self, profile: Profile, workspace: Workspace, dispatcher: Dispatcher) -> None:
        self.profile = profile
        self._slack = workspace
        self._dispatcher = dispatcher
        self._read = 0
        self._views_seen: set[str] = set()

    @property
    def id(self) -> str:
        """The user id."""
        return self.profile.id

    @property
    def channel(self) -> Channel:
        """The direct message with the app."""
        return self._slack.dm(self.id)

    @property
    def messages(self) -> list[Message]:
        """All messages to this person, of the app and of Slackbot, in any conversation, oldest first."""
        shown = [
            m for c in self._slack.channels.values() for m in c.messages if m.only_for in (None, self.id)
        ]
        mine = [m for m in shown if m.author != self.id and (m.only_for or m.channel == self.channel.id)]
        return sorted(mine, key=lambda message: message.ts)

    @property
    def modal(self) -> View | None:
        """The modal on top, None if none is open."""
        modals = self._slack.modals(self.id)
        return modals[-1] if modals else None

    def silence(self, start: float, end: float) -> None:
        """Silence notifications from ``start`` to ``end`` (Unix seconds); the app is not told."""
        self.profile.silenced = (start, end)

    async def tell_silence(self) -> None:
        """Let the app hear how notifications are set now, as Slack does whenever somebody changes that."""
        await self._tell(payloads.dnd_updated_user(self._slack, self.profile))

    async def dm(
        self, text: str, *, thread: Message | None = None, extra: Mapping[str, Any] | None = None
    ) -> Message:
        """Write to the app; `extra` fields are laid over the event, a `text` among them is sent as it is."""
        message = Message(
            channel=self.channel.id,
            ts=self._slack.new_ts(),
            author=self.id,
            versions=[self._slack.version(_typed(text), [])],
            thread_ts=thread.ts if thread else None,
            extra={"client_msg_id": self._slack.new_id("cm"), **(extra or {})},
        )
        self._slack.post(message)
        message.delivery = await self._tell(payloads.message(message))
        return message

    async def share_file(self, name: str, text: str = "", *, content: bytes = b"\x00") -> Message:
        """Send a file to the app, which can fetch it with `files.info`."""
        file = Upload(id=self._slack.new_id("F"), name=name, length=len(content), content=content)
        self._slack.shared[file.id] = file
        return await self.dm(text, extra=payloads.shared_file(about(self._slack, file)))

    async def edit(self, message: Message, text: str) -> Delivery:
        """Change an own message; the app gets `message_changed`."""
        before = message.snapshot()
        self._slack.edit(message, self._slack.version(_typed(text), []))
        return await self._tell(payloads.message_changed(self._slack, message, before))

    async def delete(self, message: Message) -> Delivery:
        """Take an own message back; the app gets `message_deleted`."""
        self._slack.delete(message)
        return await self._tell(payloads.message_deleted(self._slack, message))

    async def slash(self, command: str, text: str = "", *, channel: Channel | None = None) -> Delivery:
        """Type a slash command, in the direct message unless told otherwise; an answer in the ack shows."""
        place = channel or self.channel
        to = ReplyTo(channel=place.id, person=self.id)
        url = self._slack.response_url("commands", to)
        payload = payloads.slash_command(self._slack, self.profile, place, command, text, url)
        delivery = await self._dispatcher.deliver("slash_commands", payload)
        self._show_answer(to, command, delivery.ack)
        return delivery

    async def tap(self, on: Message | View, label: str, *, value: str | None = None) -> Delivery:
        """Tap the button, or choose the line of a menu, with this label; `value` forges another value.

        What stood there a moment ago is tapped by way of a `snapshot()` taken then.
        """
        return await self._act(on, press(labelled(on.blocks, label), value=value))

    async def choose(self, on: Message | View, name: str, filled: Filled) -> Delivery:
        """Set the menu or picker with this action id, block id or label."""
        return await self._act(on, change(named(on.blocks, name), filled), {name: filled})

    async def forge_tap(
        self, on: Message | View, *, action_id: str, value: str, block_id: str = "forged"
    ) -> Delivery:
        """Tap a button that is not there."""
        text = {"type": "plain_text", "text": "Forged"}
        ids = {"action_id": action_id, "block_id": block_id}
        return await self._act(on, {"type": "button", "text": text, "value": value} | ids)

    async def open_home(self, tab: Literal["home", "messages"] = "home") -> Delivery:
        """Open the app's home, or its messages tab."""
        return await self._tell(payloads.app_home_opened(self._slack, self.id, tab))

    async def submit_view(self, view: View, values: Mapping[str, Filled] | None = None) -> Delivery:
        """Fill in a modal by action id, block id or label; CannotTouch if Slack's client refuses."""
        filled = state(view.blocks, values)
        if not view.is_open or "submit" not in view.definition:
            raise CannotTouch("there is nothing to submit: the modal is closed or has no such button")
        if said := missing_inputs(view.blocks, filled["values"]):
            raise CannotTouch("; ".join(said))
        payload = payloads.view_submission(self._slack, self.profile, view, filled)
        delivery = await self._dispatcher.deliver("interactive", payload)
        if delivery.acknowledged:
            after_submission(self._slack, view, delivery.ack.response)
        else:
            self._slack.complain(view, trouble=TROUBLE)
        return delivery

    async def close_view(self, view: View) -> Delivery | None:
        """Close a modal; the app hears of it if it asked for that."""
        self._slack.close_view(view)
        if not view.definition.get("notify_on_close"):
            return None
        return await self._dispatcher.deliver(
            "interactive", payloads.view_closed(self._slack, self.profile, view)
        )

    async def change_tz(self, tz: str | None) -> Delivery:
        """Move to another zone; the app gets `user_change`."""
        self.profile.tz = tz
        return await self._tell(payloads.user_change(self._slack, self.profile))

    async def expect_message(self, within: float = WAIT_LIMIT) -> Message:
        """The oldest message to this person not yet asked for; TimeoutError after `within` seconds."""
        message = await self._slack.expect_that(
            lambda: next(iter(self.messages[self._read :]), None), within=within
        )
        self._read += 1
        message.seen = len(message.versions)
        return message

    async def expect_edit(self, message: Message, within: float = WAIT_LIMIT) -> Message:
        """The message, once it says something else than when it was last returned, or is gone."""
        await self._slack.expect_that(
            lambda: len(message.versions) > message.seen or message.deleted, within=within
        )
        message.seen = len(message.versions)
        return message

    async def expect_view(self, within: float = WAIT_LIMIT) -> View:
        """The next modal that opens for this person."""
        views = await self._slack.expect_that(self._new_views, within=within)
        self._views_seen.add(views[0].id)
        return views[0]

    def _new_views(self) -> Sequence[View]:
        return [view for view in self._slack.modals(self.id) if view.id not in self._views_seen]

    async def _tell(self, event: Json) -> Delivery:
        return await self._dispatcher.deliver("events_api", payloads.event_callback(self._slack, event))

    async def _act(
        self, on: Message | View, action: Json, filled: Mapping[str, Filled] | None = None
    ) -> Delivery:
        held = state(on.blocks, filled)
        if isinstance(on, View):
            payload = payloads.tap_on_view(self._slack, self.profile, on, action, held)
        else:
            to = ReplyTo(channel=on.channel, person=self.id, ts=on.ts)
            url = self._slack.response_url("actions", to)
            payload = payloads.tap_on_message(self._slack, self.profile, on, action, held, url)
        return await self._dispatcher.deliver("interactive", payload)

    def _show_answer(self, to: ReplyTo, command: str, ack: Ack) -> None:
        """Show what came with the ack of a slash command, or Slackbot's apology."""
        if ack.problem:
            self._apologise(to.channel, command, ack.problem)
        elif ack.response:
            answer = ack.response if isinstance(ack.response, dict) else {"text": str(ack.response)}
            try:
                reply(self._slack, to, Arguments(answer))
            except Refused as exc:
                self._apologise(to.channel, command, exc.code)

    def _apologise(self, channel: str, command: str, problem: str) -> None:
        error = {"timeout": "operation_timeout", "http_timeout": "operation_timeout"}.get(
            problem, "dispatch_failed"
        )
        version = self._slack.version(f'{command} failed with the error "{error}"', [])
        self._slack.post(
            Message(
                channel=channel,
                ts=self._slack.new_ts(),
                author=SLACKBOT,
                versions=[version],
                only_for=self.id,
            )
        )


def _typed(text: str) -> str:
    """What Slack makes of typed text: three characters escaped, web addresses in angle brackets."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ADDRESS.sub(r"<\g<0>>", escaped)
