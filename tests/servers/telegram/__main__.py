"""`python -m tests.servers.telegram --port 8081 --token 123:abc`: chat with the real bot by hand, offline.

Start the bot with TELEGRAM_API_URL set to the address printed here and TELEGRAM_BOT_TOKEN to the same token.
"""

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Thread

from tests.servers.telegram.console import USAGE, Console
from tests.servers.telegram.server import LOCAL_TOKEN, TelegramServer


def main() -> None:
    """Serve until the end of standard input."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.telegram", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free port")
    parser.add_argument(
        "--token", type=_token, default=LOCAL_TOKEN, help="the only bot token that is accepted"
    )
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.host, arguments.port, arguments.token))


def _token(text: str) -> str:
    if not re.fullmatch(r"\d+:[\w-]+", text):
        raise argparse.ArgumentTypeError("a token looks like 123:abc")
    return text


async def _serve(host: str, port: int, token: str) -> None:
    async with TelegramServer(token=token, host=host, port=port) as server:
        _write(f"Telegram is at {server.url}; {USAGE}")
        console = Console(server, _write)
        watching = asyncio.create_task(console.watch())
        async for line in _lines():
            await console.obey(line)
        watching.cancel()


async def _lines() -> AsyncIterator[str]:
    """Standard input line by line; a thread reads it, since files cannot be waited for."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        while line := sys.stdin.readline():
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, "")

    Thread(target=read, daemon=True).start()
    while line := await queue.get():
        yield line


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
