"""The real client library, pointed at a local server."""

import ssl
from functools import cache

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.servers.telegram.server import TelegramServer


def client_of(server: TelegramServer) -> Bot:
    """A Bot to enter with `async with`."""
    return Bot(server.token, base_url=f"{server.url}/bot", request=_request(), get_updates_request=_request())


def _request() -> HTTPXRequest:
    return HTTPXRequest(httpx_kwargs={"verify": _tls()})


@cache
def _tls() -> ssl.SSLContext:
    """One for all clients: each would load every root certificate, which takes 0.1 s, for plain http."""
    return ssl.create_default_context()
