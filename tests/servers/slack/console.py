"""The local Slack for a human: it prints what people see and does what is typed.

U1: good morning          a direct message to the app
U1 /oo tip                a slash command
U1 tap Done               a button or the line of a menu, on the newest thing that has it
U1 submit quiet=22-7; cap=3    fill in and submit the open modal
U1 close                  close the open modal
U1 home                   open the App Home
U1 tz Asia/Tokyo          move to another time zone
uninstall                 remove the app
"""

import argparse
import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TextIO

from tests.servers.slack.elements import CannotTouch, Filled, labelled
from tests.servers.slack.person import Person
from tests.servers.slack.records import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING_SECRET,
    Delivery,
    LoggedEvent,
    Message,
    View,
)
from tests.servers.slack.server import SlackServer

_FOREVER = 1e9
ACK_SECONDS = 3.0
"""What Slack grants an app."""


class Console:
    """Carries out typed lines and prints what people see."""

    def __init__(self, slack: SlackServer, out: TextIO) -> None:
        self._slack = slack
        self._out = out
        self._printed = 0

    async def print_events(self) -> None:
        """Print every event, from the first one on, until cancelled."""
        while True:
            news = await self._slack.workspace.changes.expect_that(self._unprinted, within=_FOREVER)
            for event in news:
                self._print(_headline(event), event.screen())
            self._printed += len(news)

    async def obey(self, line: str) -> None:
        """Do what a line says and print how the app took it."""
        try:
            delivery = await self._act(line)
        except (CannotTouch, LookupError, ValueError) as exc:
            self._print(f"cannot do that: {exc}")
            return
        if delivery:
            ack = delivery.ack
            took = (
                f"acknowledged in {ack.latency * 1000:.0f} ms"
                if ack.latency is not None
                else f"no ack: {ack.problem}"
            )
            self._print(f"({took})")

    async def _act(self, line: str) -> Delivery | None:
        if line == "uninstall":
            await self._slack.uninstall()
            return None
        who, separator, rest = line.partition(" ")
        if who.endswith(":"):
            message = await self._slack.user(who[:-1]).dm(rest)
            return message.delivery
        person = self._slack.user(who)
        if rest.startswith("/"):
            command, _, text = rest.partition(" ")
            return await person.slash(command, text)
        verb, _, what = rest.partition(" ")
        if not separator or verb not in _VERBS:
            raise ValueError(__doc__)
        return await _VERBS[verb](self._slack, person, what)

    def _unprinted(self) -> list[LoggedEvent]:
        return self._slack.journal[self._printed :]

    def _print(self, *parts: str) -> None:
        self._out.write("\n".join(part for part in parts if part) + "\n")
        self._out.flush()


def main(arguments: list[str] | None = None) -> None:
    """`python -m tests.servers.slack`."""
    options = _parser().parse_args(arguments)
    try:
        asyncio.run(_run(options))
    except KeyboardInterrupt:
        sys.stdout.write("bye\n")


async def _run(options: argparse.Namespace) -> None:
    tokens = {"bot_token": options.bot_token, "app_token": options.app_token}
    async with SlackServer(
        port=options.port, signing_secret=options.signing_secret, ack_within=ACK_SECONDS, **tokens
    ) as slack:
        for user in options.user:
            who, name, zone, locale = (*user.split(":"), "", "", "")[:4]
            slack.user(who, name=name or None, tz=zone or "Europe/Berlin", locale=locale or None)
        if options.app_url:
            slack.use_http(options.app_url)
        sys.stdout.write(f"SLACK_API_URL={slack.api_url}\n")
        sys.stdout.flush()
        await _serve(Console(slack, sys.stdout), options.linger)


async def _serve(console: Console, linger: float | None) -> None:
    printer = asyncio.create_task(console.print_events())
    lines = _lines(sys.stdin)
    while (line := await lines.get()) is not None:
        if line.strip():
            await console.obey(line.strip())
    await asyncio.wait([printer], timeout=linger)
    printer.cancel()


def _lines(source: TextIO) -> asyncio.Queue[str | None]:
    """The lines of a blocking stream, None at its end; read by a thread that does not hold up the exit."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def pump() -> None:
        for line in source:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=pump, daemon=True).start()
    return lines


def _headline(event: LoggedEvent) -> str:
    at = datetime.fromtimestamp(event.at, tz=UTC).strftime("%H:%M:%S")
    message = event.message
    author = f" by {message.author}" if message else ""
    return f"── {at} UTC · {event.person}: {event.what}{author}"


async def _tap(slack: SlackServer, person: Person, label: str) -> Delivery:
    shown: list[Message | View | None] = [person.modal, *reversed(person.messages), slack.home(person.id)]
    for surface in shown:
        if surface and _offers(surface, label):
            return await person.tap(surface, label)
    raise CannotTouch(f"nothing shows {label!r}")


def _offers(surface: Message | View, label: str) -> bool:
    try:
        return bool(labelled(surface.blocks, label))
    except CannotTouch:
        return False


async def _submit(_slack: SlackServer, person: Person, what: str) -> Delivery:
    pairs = [pair.partition("=") for pair in what.split(";") if pair.strip()]
    values: dict[str, Filled] = {name.strip(): value.strip() for name, _, value in pairs}
    return await person.submit_view(_modal(person), values)


async def _close(_slack: SlackServer, person: Person, _what: str) -> Delivery | None:
    return await person.close_view(_modal(person))


async def _home(_slack: SlackServer, person: Person, _what: str) -> Delivery:
    return await person.open_home()


async def _move(_slack: SlackServer, person: Person, zone: str) -> Delivery:
    return await person.change_tz(zone)


def _modal(person: Person) -> View:
    if person.modal is None:
        raise CannotTouch("no modal is open")
    return person.modal


_VERBS: dict[str, Callable[[SlackServer, Person, str], Awaitable[Delivery | None]]] = {
    "tap": _tap,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "tz": _move,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.servers.slack",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--bot-token", default=BOT_TOKEN)
    parser.add_argument("--app-token", default=APP_TOKEN)
    parser.add_argument("--signing-secret", default=SIGNING_SECRET)
    parser.add_argument("--app-url", help="deliver by signed HTTP to this URL instead of Socket Mode")
    parser.add_argument(
        "--user", action="append", default=[], metavar="ID[:NAME[:ZONE]]", help="who is there from the start"
    )
    parser.add_argument(
        "--linger", type=float, help="seconds to stay after the end of the input (default: until Ctrl-C)"
    )
    return parser
