"""Sessions of browsers, and links to sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import sign_in_links, web_sessions
from core.records import SignInLink, WebSession

_SESSIONS = Rows(WebSession, web_sessions)
_LINKS = Rows(SignInLink, sign_in_links)

_IS_SESSION = web_sessions.c.session_id == bindparam("which")
_IS_THEIRS = web_sessions.c.person_id == bindparam("whose")
_KNOWN = _SESSIONS.select.where(web_sessions.c.secret_hash == bindparam("hash"))
_OF_PERSON = _SESSIONS.select.where(web_sessions.c.person_id == bindparam("person_id")).order_by(
    web_sessions.c.used_at.desc(), web_sessions.c.session_id
)
_USED = update(web_sessions).where(_IS_SESSION).values(used_at=bindparam("at"), expires_at=bindparam("until"))
_END = delete(web_sessions).where(_IS_SESSION)
_END_OTHERS = delete(web_sessions).where(_IS_THEIRS, web_sessions.c.session_id != bindparam("but"))
_EXPIRED = delete(web_sessions).where(web_sessions.c.expires_at <= bindparam("now"))

_IS_LINK = sign_in_links.c.token_hash == bindparam("which")
_LINK = _LINKS.select.where(sign_in_links.c.token_hash == bindparam("token_hash"))
_USE = (
    update(sign_in_links)
    .where(_IS_LINK, sign_in_links.c.used_at.is_(None), sign_in_links.c.created_at > bindparam("made_after"))
    .values(used_at=bindparam("now"))
)
_DROP = delete(sign_in_links).where(
    sign_in_links.c.person_id == bindparam("whose"),
    sign_in_links.c.used_at.is_(None),
    sign_in_links.c.created_at > bindparam("after"),
)
_OLD_LINKS = delete(sign_in_links).where(sign_in_links.c.created_at < bindparam("before"))


class Sessions(Repository):
    """Implements ``core.store.Sessions``."""

    async def add(self, session: WebSession) -> None:
        await self._add(_SESSIONS, session)

    async def known(self, secret_hash: str) -> WebSession | None:
        return await self._first(_SESSIONS, _KNOWN, hash=secret_hash)

    async def used(self, session_id: str, *, at: datetime, expires_at: datetime) -> None:
        await self._session.change(_USED, {"which": session_id, "at": at, "until": expires_at})

    async def of(self, person_id: str) -> tuple[WebSession, ...]:
        return await self._all(_SESSIONS, _OF_PERSON, person_id=person_id)

    async def end(self, session_id: str) -> bool:
        return await self._session.change(_END, {"which": session_id}) > 0

    async def end_all(self, person_id: str, *, but: str | None = None) -> int:
        return await self._session.change(_END_OTHERS, {"whose": person_id, "but": but or ""})

    async def prune(self, now: datetime, *, links_before: datetime) -> int:
        expired = await self._session.change(_EXPIRED, {"now": now})
        return expired + await self._session.change(_OLD_LINKS, {"before": links_before})

    async def put_link(self, link: SignInLink) -> None:
        await self._put(_LINKS, link)

    async def drop_links(self, person_id: str, made_after: datetime) -> None:
        await self._session.change(_DROP, {"whose": person_id, "after": made_after})

    async def link(self, token_hash: str) -> SignInLink | None:
        return await self._first(_LINKS, _LINK, token_hash=token_hash)

    async def use_link(self, token_hash: str, *, made_after: datetime, now: datetime) -> SignInLink | None:
        values = {"which": token_hash, "made_after": made_after, "now": now}
        return await self.link(token_hash) if await self._session.change(_USE, values) else None
