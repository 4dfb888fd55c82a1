"""A provider that gives a new refresh token with each access token, and ends the old one after a while.

Its state is in a file, so that it survives the process that asked, as a real provider does.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from core.errors import SourceDisconnected
from core.ports import Clock, Grant

Hook = Callable[[], Awaitable[None]]

GRACE = timedelta(seconds=60)
LASTS = timedelta(hours=1)


class RotatingProvider:
    """Implements ``core.integrations.tokens.TokenRefresher``. Its tokens are canaries."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file, self._clock = file, clock
        self.fault: Exception | None = None
        """Raised instead of an answer."""
        self.loses_answers = False
        """Whether it gives new tokens and then raises ``fault``."""
        self.on_request: Hook | None = None
        """Awaited once, when it is asked next, before it does anything."""
        self.on_answer: Hook | None = None
        """Awaited once, before it answers next."""
        if not file.exists():
            self._save({"count": 0, "refresh": {}, "access": {}, "requests": 0})

    def grant(self) -> Grant:
        """Tokens for a new consent."""
        state = self._load()
        grant = self._issue(state)
        self._save(state)
        return grant

    async def refresh(self, refresh_token: str) -> Grant:
        hook, self.on_request = self.on_request, None
        if hook:
            await hook()
        grant = self._refresh(refresh_token)
        hook, self.on_answer = self.on_answer, None
        if hook:
            await hook()
        return grant

    def _refresh(self, refresh_token: str) -> Grant:
        state, now = self._load(), self._clock.now()
        state["requests"] += 1
        ends = state["refresh"].get(refresh_token)
        is_accepted = refresh_token in state["refresh"] and (ends is None or now < _moment(ends))
        if self.fault and not self.loses_answers:
            self._save(state)
            raise self.fault
        if not is_accepted:
            self._save(state)
            raise SourceDisconnected("invalid_grant")
        grant = self._issue(state)
        state["refresh"][refresh_token] = ends or (now + GRACE).isoformat()
        self._save(state)
        if self.fault:
            raise self.fault
        return grant

    def accepts(self, access_token: str) -> bool:
        """Whether a request with this token is answered."""
        ends = self._load()["access"].get(access_token)
        return ends is not None and self._clock.now() < _moment(ends)

    def withdraw(self) -> None:
        """The person withdraws the access at the provider."""
        self._save({**self._load(), "refresh": {}, "access": {}})

    @property
    def requests(self) -> int:
        """How often it was asked for new tokens."""
        return int(self._load()["requests"])

    def _issue(self, state: dict[str, Any]) -> Grant:
        state["count"] += 1
        access, refresh = f"canary-access-{state['count']}", f"canary-refresh-{state['count']}"
        state["access"][access] = (self._clock.now() + LASTS).isoformat()
        state["refresh"][refresh] = None
        return Grant(access_token=access, refresh_token=refresh, lasts=LASTS)

    def _load(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self._file.read_text())
        return state

    def _save(self, state: dict[str, Any]) -> None:
        self._file.write_text(json.dumps(state))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
