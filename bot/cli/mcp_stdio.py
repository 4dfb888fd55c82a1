"""``oo mcp``: tools for an assistant on this machine, over standard input and output.

It works on the database itself, so nothing else has to run. What it can't do without the chats is redraw the
message of a tip: the next tap there does.

Tests: tests/scenarios/test_mcp_stdio.py.
"""

from __future__ import annotations

import signal
from typing import Any

from bot.api.problems import Problem
from bot.api.service import Api
from bot.api.wire import RawRequest
from bot.app import language_model, open_app
from bot.cli.api_service import api_of
from bot.mcp.results import words_of
from bot.settings import Settings
from core.deciding.embed_texts import fall_back_to_hashing
from core.errors import SettingsError
from core.people.tokens import Caller

HERE = "stdio"
"""The address of whoever started the process."""


async def serve_stdio(settings: Settings) -> None:
    """Serve until the input ends. Raises ``SettingsError`` without a database or a token in force."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a thread waits for the next line, and can't be interrupted
    token = settings.environment.oo_token
    if token is None:
        raise SettingsError(
            ("OO_TOKEN: not set; people make tokens in the chat: /token new assistant write",)
        )
    asking = _asking(token.get_secret_value())
    async with open_app(settings, model=await language_model(settings)) as app:
        api = api_of(app.deps, settings.config.http, _leave_to_the_chats)
        try:
            await api.admit(asking)
        except Problem as problem:
            raise SettingsError((f"OO_TOKEN: {words_of(problem)}",)) from problem
        await fall_back_to_hashing(app.deps)
        await _serve(api, asking)


def _asking(secret: str) -> RawRequest:
    async def nothing() -> bytes:
        return b""

    headers = {"authorization": f"Bearer {secret}"}
    return RawRequest(method="POST", path="/mcp", headers=headers, address=HERE, read_body=nothing)


async def _serve(api: Api, asking: RawRequest) -> None:
    from mcp.server.stdio import stdio_server  # costs time and memory only where it is served

    from bot.mcp.server import server_of

    async def admit(_: Any) -> Caller:
        return await api.admit(asking)  # anew for each message: a token may be revoked meanwhile

    server = server_of(api, admit)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _leave_to_the_chats(decision_id: str) -> None:
    """This process has no chats."""
