"""Slack's JSON -> an ``Update``. Pure; never raises, as the JSON may come from anybody.

Payloads are incomplete: senders have no zone yet, and no address when they did not write in their direct
message. ``adapters/slack/people.py`` completes them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.slack.attached import attached_files
from adapters.slack.form import parse_form
from adapters.slack.notices import Notice, notice_of
from adapters.slack.notices import Uninstalled as Uninstalled
from adapters.slack.notifications import CHANGED_EVENT
from adapters.slack.origin import Origin, is_id, origin_of
from adapters.slack.wording import plain
from core.chat import Channel, OpenedHome, Said, Sender, Tapped, Update
from core.text import well_formed

EVENTS = (
    "message.im",
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "team_access_granted",
    "team_access_revoked",
    CHANGED_EVENT,
)
"""The events that the app must subscribe to."""

SLACKBOT = "USLACKBOT"
_SUBTYPES_OF_MESSAGES = (None, "file_share", "thread_broadcast", "me_message")
_TS = re.compile(r"[0-9]{1,16}\.[0-9]{1,9}", re.ASCII)

Json = Mapping[str, object]


Parsed = Update | Notice


def parse_payload(payload: Json, received_at: datetime, commands: Collection[str]) -> Parsed | None:
    """The parsed payload; None when it is malformed, or from a bot or a channel, or has no sender.

    ``commands``: names that are understood without a slash, as Slack handles a leading slash itself.
    """
    match payload:
        case {"type": "event_callback", "event_id": str(event_id), "event": {} as event} if event_id:
            return _event(event, _envelope(payload, event_id, received_at), commands)
        case {"type": "block_actions"}:
            return _tapped(payload, received_at)
        case {"type": "view_submission"}:
            return _submitted(payload, received_at)
        case {"command": str(), "trigger_id": str(trigger_id)} if trigger_id:
            return _commanded(payload, _envelope(payload, trigger_id, received_at), commands)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """The fields around an event."""

    origin: Origin
    update_id: str
    """The same for a repeat of the event."""
    received_at: datetime
    happened_at: datetime


def _envelope(payload: Json, event_id: str, received_at: datetime) -> _Envelope:
    at = payload.get("event_time")
    known = type(at) is int and 0 < at <= received_at.timestamp()
    return _Envelope(
        origin=origin_of(payload),
        update_id=well_formed(event_id),
        received_at=received_at,
        happened_at=datetime.fromtimestamp(at, UTC) if known and isinstance(at, int) else received_at,
    )


def _event(event: Json, envelope: _Envelope, commands: Collection[str]) -> Parsed | None:
    match event:
        case {"type": "message", "channel_type": "im", "channel": channel}:
            return _said(event, channel, envelope, commands)
        case {"type": "app_home_opened", "tab": "home", "user": user}:
            return _opened(_sender(envelope.origin, user, event.get("channel")), envelope)
        case _ if envelope.origin.workspace_id:
            return notice_of(
                event, envelope.origin.workspace_id, at=envelope.happened_at, received_at=envelope.received_at
            )
    return None


def _opened(sender: Sender | None, envelope: _Envelope) -> OpenedHome | None:
    if sender is None:
        return None
    return OpenedHome(update_id=envelope.update_id, sender=sender, received_at=envelope.received_at)


# --- Said --------------------------------------------------------------------------------------------------


def _said(event: Json, channel: object, envelope: _Envelope, commands: Collection[str]) -> Said | None:
    match event:
        case {"subtype": "message_changed", "message": {} as message}:
            edited = True
        case _ if event.get("subtype") in _SUBTYPES_OF_MESSAGES:
            message, edited = event, False
        case _:
            return None
    sender = _sender(envelope.origin, message.get("user"), channel, team=_team_of_author(message))
    text, attachment = _text(message), "file" if message.get("files") else None
    if sender is None or "bot_id" in message or (edited and not _differs(event, text)):
        return None
    if not text and not attachment:
        return None
    return Said(
        update_id=envelope.update_id,
        sender=sender,
        received_at=envelope.received_at,
        text=_bare_command(text, commands) or text,
        edited=edited,
        attachment=attachment,
        files=() if edited else attached_files(message.get("files")),
        message_id=_ts(message.get("ts")),
        reply_to=_thread(message),
        thread=_thread(message),
    )


def _thread(message: Json) -> str | None:
    """The time stamp of the thread's first message; None for that message itself and outside of threads."""
    thread = _ts(message.get("thread_ts"))
    return None if thread == _ts(message.get("ts")) else thread


def _ts(value: object) -> str | None:
    """``value`` if it is a time stamp, which is Slack's id of a message."""
    return value if isinstance(value, str) and _TS.fullmatch(value) else None


def _differs(event: Json, text: str) -> bool:
    """Whether an edit changed the text; Slack also reports the previews that it adds to links."""
    match event:
        case {"previous_message": {} as before}:
            return _text(before) != text
    return True


def _text(message: Json) -> str:
    text = message.get("text")
    return plain(text) if isinstance(text, str) else ""


def _bare_command(text: str, commands: Collection[str]) -> str | None:
    """``/tip`` for a message that is only the word ``tip``; None for others."""
    word = text.strip().casefold()
    return f"/{word}" if word in commands else None


def _commanded(payload: Json, envelope: _Envelope, commands: Collection[str]) -> Said | None:
    """``/oo tip`` becomes ``/tip``, ``/oo`` alone ``/help``; anything else after ``/oo`` is free text."""
    sender = _sender(envelope.origin, payload.get("user_id"), None)  # it may have been typed in any channel
    text = _text(payload).strip()
    name = (text.lstrip("/").split(maxsplit=1) or [""])[0]
    if sender is None:
        return None
    return Said(
        update_id=envelope.update_id,
        sender=sender,
        received_at=envelope.received_at,
        text=f"/{text.lstrip('/')}" if name.casefold() in commands else text or "/help",
    )


# --- Tapped ------------------------------------------------------------------------------------------------


def _tapped(payload: Json, received_at: datetime) -> Tapped | None:
    """A tap. A repeated envelope has the same time stamp, another tap has another."""
    match payload:
        case {"actions": [{"value": str(token), "action_ts": str(at)}, *_], "user": {"id": str(user)}}:
            pass
        case _:
            return None
    place = _place(payload)
    sender = _sender(origin_of(payload), user, place.channel, team=_team_of_user(payload))
    if sender is None:
        return None
    return Tapped(
        update_id=_tap_id(at, user, token),
        sender=sender,
        received_at=received_at,
        token=well_formed(token),
        message_id=place.message_id if sender.address else None,
        callback_id=_trigger(payload),
        thread=place.thread if sender.address else None,
    )


def _tap_id(at: str, user: str, token: str) -> str:
    """The same id for a repeated envelope; hashed, so that the inbox says nothing about a person."""
    return hashlib.sha256(f"{at}/{user}/{token}".encode(errors="replace")).hexdigest()


def _submitted(payload: Json, received_at: datetime) -> Tapped | None:
    """A submitted form. A repeat has the same version of the same view."""
    match payload:
        case {"view": {} as view, "user": {"id": user}}:
            answer, repeats = parse_form(view), _version(view)
            sender = _sender(origin_of(payload), user, None, team=_team_of_user(payload))
        case _:
            return None
    if answer is None or sender is None or repeats is None:
        return None
    return Tapped(
        update_id=repeats,
        sender=sender,
        received_at=received_at,
        token=answer.token,
        message_id=answer.message_id,
        callback_id=_trigger(payload),
        typed=answer.typed,
        filled=answer.filled,
    )


def _version(view: Json) -> str | None:
    match view:
        case {"id": str(view_id), "hash": str(version)} if view_id and version:
            return well_formed(f"{view_id}/{version}")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a tapped button is: in a message, or in a view, which has neither channel nor message id."""

    channel: object = None
    message_id: str | None = None
    thread: str | None = None


def _place(payload: Json) -> _Place:
    match payload:
        case {"container": {"type": "message", "channel_id": channel, "message_ts": str(message_id)}}:
            thread = _thread({"ts": message_id, "thread_ts": _thread_of(payload)})
            return _Place(channel=channel, message_id=well_formed(message_id), thread=thread)
    return _Place()


def _thread_of(payload: Json) -> object:
    match payload:
        case {"container": {"thread_ts": thread}} | {"message": {"thread_ts": thread}}:
            return thread
    return None


def _trigger(payload: Json) -> str | None:
    trigger = payload.get("trigger_id")
    return well_formed(trigger) if isinstance(trigger, str) else None


# --- Who ---------------------------------------------------------------------------------------------------


def _team_of_author(message: Json) -> object:
    """The team of who wrote a message: in a shared channel it may be another organisation's."""
    return message.get("user_team") or message.get("team")


def _team_of_user(payload: Json) -> object:
    match payload:
        case {"user": {"team_id": team}}:
            return team
    return None


def _sender(origin: Origin, user: object, channel: object, *, team: object = None) -> Sender | None:
    """The person; ``channel`` is their address if it is a direct message.

    None for Slackbot, and for somebody of another ``team``: that has to install the app itself.
    """
    if origin.workspace_id is None or not is_id(user) or user == SLACKBOT:
        return None
    if is_id(team) and not origin.is_home_of(str(team)):
        return None
    is_direct = is_id(channel) and str(channel).startswith("D")
    return Sender(
        channel=Channel.SLACK,
        external_id=f"{origin.workspace_id}/{user}",
        address=str(channel) if is_direct else "",
        trusted=True,
    )
