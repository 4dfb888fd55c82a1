"""The browser of somebody with an account at the provider, without oO's part."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientSession

from tests.servers.oidc import OidcServer


class Browser:
    """Is signed in there as ``who``."""

    def __init__(self, provider: OidcServer, who: str) -> None:
        self._provider, self._who = provider, who

    async def answer(self, url: str, *, agrees: bool = True) -> dict[str, str]:
        """Open the page of ``url`` and choose; what comes back to the redirect address."""
        async with ClientSession() as session:
            async with session.get(url) as page:
                page.raise_for_status()
            fields = dict(parse_qsl(urlsplit(url).query)) | {"who": self._who if agrees else "Cancel"}
            target = url.partition("?")[0]
            async with session.post(target, data=fields, allow_redirects=False) as sent:
                if "Location" not in sent.headers:
                    raise ValueError(f"{sent.status}: {await sent.text()}")
                return dict(parse_qsl(urlsplit(sent.headers["Location"]).query))
