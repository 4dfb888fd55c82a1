"""Sessions of browsers, and links to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import SignInLink, WebSession


class Sessions(Protocol):
    """Sessions and links. A session that was ended is deleted."""

    async def add(self, session: WebSession) -> None: ...
    async def known(self, secret_hash: str) -> WebSession | None:
        """The session with that hash, expired or not."""
        ...

    async def used(self, session_id: str, *, at: datetime, expires_at: datetime) -> None:
        """Note that a session is used, unless it was ended meanwhile."""
        ...

    async def of(self, person_id: str) -> tuple[WebSession, ...]:
        """A person's, the latest used first."""
        ...

    async def end(self, session_id: str) -> bool:
        """Delete a session. False if there is none."""
        ...

    async def end_all(self, person_id: str, *, but: str | None = None) -> int:
        """Delete the person's sessions, except the one with the id ``but``; returns how many."""
        ...

    async def prune(self, now: datetime, *, links_before: datetime) -> int:
        """Delete sessions that expired until ``now``, and links from before; returns how many."""
        ...

    async def put_link(self, link: SignInLink) -> None: ...
    async def drop_links(self, person_id: str, made_after: datetime) -> None:
        """Delete the unused links of a person that were made after then."""
        ...

    async def link(self, token_hash: str) -> SignInLink | None:
        """The link with that hash, used or not."""
        ...

    async def use_link(self, token_hash: str, *, made_after: datetime, now: datetime) -> SignInLink | None:
        """Use a link up, once: None if it is unknown, used, or was made at ``made_after`` or before."""
        ...
