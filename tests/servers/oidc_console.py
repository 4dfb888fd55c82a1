"""`python -m tests.servers.oidc_console --port 8083 Ann Bob`: a provider of OpenID Connect to try by hand.

It prints the settings of oO, and each person's id for OO_OPERATORS.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress

from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, OidcServer


def main() -> None:
    """Serve until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.oidc_console", description=__doc__)
    parser.add_argument("names", nargs="+", help="people who have an account")
    parser.add_argument("--port", type=int, default=8083, help="0 takes any free port")
    parser.add_argument("--redirect-uri", default="http://127.0.0.1:8080/sign-in/oidc/callback")
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(given.port, given.redirect_uri, given.names))


async def _serve(port: int, redirect_uri: str, names: Sequence[str]) -> None:
    async with OidcServer(redirect_uri, port=port) as server:
        settings = {
            "OIDC_ISSUER": server.url,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        lines = [f"{name}={value!r}" for name, value in settings.items()]
        lines += [f"{server.person(name)}: {server.subject(name)}" for name in names]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
