"""Sessions of browsers and links to sign in, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.records import SignInLink, WebSession
from tests.fakes.tables import Tables


class FakeSessions:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, session: WebSession) -> None:
        self._tables.add("web_sessions", session.session_id, session)

    async def known(self, secret_hash: str) -> WebSession | None:
        return next((one for one in self._all() if one.secret_hash == secret_hash), None)

    async def used(self, session_id: str, *, at: datetime, expires_at: datetime) -> None:
        found = self._tables.find("web_sessions", session_id)
        if found:
            self._tables.put("web_sessions", session_id, replace(found, used_at=at, expires_at=expires_at))

    async def of(self, person_id: str) -> tuple[WebSession, ...]:
        theirs = sorted((one for one in self._all() if one.person_id == person_id), key=_id)
        return tuple(sorted(theirs, key=lambda one: one.used_at, reverse=True))

    async def end(self, session_id: str) -> bool:
        found = self._tables.find("web_sessions", session_id)
        self._tables.drop("web_sessions", session_id)
        return found is not None

    async def end_all(self, person_id: str, *, but: str | None = None) -> int:
        ended = [one for one in await self.of(person_id) if one.session_id != but]
        for one in ended:
            self._tables.drop("web_sessions", one.session_id)
        return len(ended)

    async def prune(self, now: datetime, *, links_before: datetime) -> int:
        expired = [one for one in self._all() if one.expires_at <= now]
        for one in expired:
            self._tables.drop("web_sessions", one.session_id)
        old = [one for one in self._tables.all("sign_in_links") if one.created_at < links_before]
        for link in old:
            self._tables.drop("sign_in_links", link.token_hash)
        return len(expired) + len(old)

    async def put_link(self, link: SignInLink) -> None:
        self._tables.put("sign_in_links", link.token_hash, link)

    async def drop_links(self, person_id: str, made_after: datetime) -> None:
        for one in self._tables.all("sign_in_links", person_id=person_id, used_at=None):
            if one.created_at > made_after:
                self._tables.drop("sign_in_links", one.token_hash)

    async def link(self, token_hash: str) -> SignInLink | None:
        found: SignInLink | None = self._tables.find("sign_in_links", token_hash)
        return found

    async def use_link(self, token_hash: str, *, made_after: datetime, now: datetime) -> SignInLink | None:
        found = await self.link(token_hash)
        if found is None or found.used_at or found.created_at <= made_after:
            return None
        used = replace(found, used_at=now)
        await self.put_link(used)
        return used

    def _all(self) -> list[WebSession]:
        return list(self._tables.all("web_sessions"))


def _id(session: WebSession) -> str:
    return session.session_id
