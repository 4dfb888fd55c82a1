"""What Telegram, Slack and Todoist send."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from telegram.error import TelegramError

from adapters.slack.notices import Notice
from adapters.slack.oauth import _grant
from adapters.slack.parse import parse_payload
from adapters.slack.webhook import _payload
from adapters.telegram.api import Request
from adapters.telegram.failures import send_failure
from adapters.telegram.parse import parse_update, update_number
from bot.conversation.commands import COMMANDS
from core.chat import Channel, Tapped
from core.errors import NotSent, SourceUnavailable
from tests.fuzz.target import Shape, Target, by_name, choice, chosen
from tests.fuzz.targets.worlds import run

RECEIVED = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
os.environ.setdefault("PTB_TIMEDELTA", "true")  # as oO does when it starts
RECORDED = Path(__file__).parents[2] / "golden" / "telegram" / "updates"


def storable(value: object) -> None:
    """Every text of an update is one that a database takes, and every id is one."""
    if isinstance(value, str):
        value.encode()
    elif is_dataclass(value):
        for one in fields(value):
            storable(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for pair in value.items():
            storable(pair)
    elif isinstance(value, (tuple, frozenset)):
        for one in value:
            storable(one)


# --- Telegram ----------------------------------------------------------------------------------------------


async def _asked(status: int, payload: bytes) -> None:
    """Whatever the server answers, it is a result or an error that the core knows."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=payload))
    try:
        await Request(10.0, httpx_kwargs={"transport": transport}).post(
            "https://api.telegram.example/bot1:a/sendMessage"
        )
    except TelegramError as error:
        failure = send_failure(error)
        wait = failure.retry_after if isinstance(failure, NotSent) else 0.0
        assert RECEIVED + timedelta(seconds=wait) >= RECEIVED
        assert len(str(failure)) <= 200


def _telegram(data: bytes) -> None:
    status, body = chosen(data, (0, 200, 400, 403, 409, 429, 500))
    if status:
        run(_asked(status, body))
        return
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return
    update = parse_update(raw, RECEIVED)
    if update is None:
        return
    storable(update)
    assert update.update_id == str(update_number(raw))
    assert update.sender.channel is Channel.TELEGRAM
    assert update.sender.external_id == update.sender.address
    assert update.sender.external_id.isdecimal()
    assert not update.sender.trusted


_ANSWERS: tuple[tuple[int, Mapping[str, object]], ...] = (
    (1, {"ok": True, "result": {"message_id": 1}}),
    (2, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}),
    (3, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}),
    (
        5,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests",
            "parameters": {"retry_after": 5},
        },
    ),
    (2, {"ok": False, "description": "upgraded", "parameters": {"migrate_to_chat_id": -1001}}),
)
_TELEGRAM_KEYS = (
    *("ok", "result", "description", "error_code", "parameters", "retry_after", "migrate_to_chat_id"),
    *(
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "from",
        "chat",
        "id",
        "type",
    ),
    *(
        "private",
        "text",
        "caption",
        "document",
        "file_id",
        "file_name",
        "file_size",
        "animation",
        "message_id",
    ),
    *(
        "reply_to_message",
        "external_reply",
        "data",
        "new_chat_member",
        "status",
        "kicked",
        "member",
        "is_bot",
    ),
    *("language_code", "date", "group", "photo", "venue", "location"),
)

TELEGRAM = Target(
    name="telegram",
    run=_telegram,
    seeds=lambda: [
        *(choice(0, one.read_bytes()) for one in sorted(RECORDED.rglob("*.json"))),
        *(choice(status, json.dumps(body)) for status, body in _ANSWERS),
    ],
    shape=Shape.JSON,
    words=lambda: _TELEGRAM_KEYS,
)


# --- Slack -------------------------------------------------------------------------------------------------

_TYPES = ("application/json", "application/x-www-form-urlencoded")


def _slack(data: bytes) -> None:
    kind, body = chosen(data, _TYPES)
    try:
        payload = _payload(body, kind)
    except (ValueError, RecursionError):
        return
    update = parse_payload(payload, RECEIVED, frozenset(COMMANDS))
    if update is None:
        return
    storable(update)
    if not isinstance(update, Notice):
        assert update.update_id
        assert update.sender.channel is Channel.SLACK
        assert "/" in update.sender.external_id
    if isinstance(update, Tapped):
        assert update.typed is None or update.filled is None
    with suppress(SourceUnavailable):
        _grant(payload)


_SENDER = {"team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1764060000}
_SLACK_PAYLOADS: tuple[Mapping[str, object], ...] = (
    {
        **_SENDER,
        "type": "event_callback",
        "event": {
            "type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "team": "T1", "ts": "1764060000.000100",
            "thread_ts": "1764060000.000001", "text": "call <@U2|bob> &amp; <https://a.example|a.example>",
            "files": [{"id": "F1", "name": "tasks.csv", "size": 12, "url_private_download": "https://files.slack.com/x"}],
        },
    },
    {
        **_SENDER,
        "type": "event_callback",
        "event": {
            "type": "message", "subtype": "message_changed", "channel_type": "im", "channel": "D1",
            "message": {"user": "U1", "ts": "1764060000.000100", "text": "new"}, "previous_message": {"text": "old"},
        },
    },
    {**_SENDER, "type": "event_callback", "event": {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"}},
    {**_SENDER, "type": "event_callback", "event": {"type": "tokens_revoked", "tokens": {"bot": ["U9"]}}},
    {**_SENDER, "type": "event_callback", "event": {"type": "team_access_granted", "team_ids": ["T2", "T3"]}},
    {
        **_SENDER,
        "type": "event_callback",
        "event": {
            "type": "dnd_updated_user", "user": "U1",
            "dnd_status": {"dnd_enabled": True, "next_dnd_start_ts": 1764060000, "next_dnd_end_ts": 1764090000, "snooze_enabled": True, "snooze_endtime": 1764063600},
        },
    },
    {
        "type": "block_actions", "team": {"id": "T1", "domain": "x"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2.a",
        "container": {"type": "message", "message_ts": "1764060000.000100", "channel_id": "D1", "thread_ts": "1764060000.000001"},
        "channel": {"id": "D1"}, "message": {"ts": "1764060000.000100", "thread_ts": "1764060000.000001"},
        "actions": [{"type": "button", "value": "abc.1", "action_ts": "1764060001.1", "action_id": "tap-1"}],
    },
    {
        "type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2.a",
        "view": {
            "id": "V1", "hash": "1.x", "callback_id": "form",
            "private_metadata": json.dumps({"token": "abc.1", "message_id": "1764060000.000100"}),
            "blocks": [{"type": "input", "block_id": "title", "element": {"initial_value": "Pay"}}],
            "state": {"values": {"title": {"title": {"value": "Pay rent"}}, "p": {"p": {"selected_option": {"value": "1"}}}, "typed": {"typed": {"value": "x"}}}},
        },
    },
)  # fmt: skip

SLACK = Target(
    name="slack",
    run=_slack,
    seeds=lambda: [
        *(choice(0, json.dumps(one)) for one in _SLACK_PAYLOADS),
        choice(1, "command=%2Foo&text=tip+20+min&trigger_id=1.2.a&team_id=T1&user_id=U1&channel_id=C1"),
        choice(1, "payload=%7B%22type%22%3A%22block_actions%22%7D"),
    ],
    shape=Shape.JSON,
    words=lambda: (
        *keys_of(_SLACK_PAYLOADS),
        "enterprise",
        "enterprise_id",
        "is_enterprise_install",
        "authorizations",
        "user_team",
        "bot_id",
    ),
)


def keys_of(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [*map(str, value), *(key for one in value.values() for key in keys_of(one))]
    if isinstance(value, (list, tuple)):
        return [key for one in value for key in keys_of(one)]
    return [value] if isinstance(value, str) else []


TARGETS = by_name(TELEGRAM, SLACK)
