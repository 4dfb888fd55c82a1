"""Telegram in a terminal: a developer plays the people, the bot is the real one."""

import re
from collections.abc import Callable

from tests.servers.telegram.people import Person
from tests.servers.telegram.records import Call, Message
from tests.servers.telegram.server import TelegramServer

USAGE = (
    "say `7: hello` to write as person 7, `7 reply 12: done` to reply to message 12, `7 tap Done` to press a"
    " button, `7 block` or `7 unblock`"
)
_LINE = re.compile(
    r"(?P<user>\d+)(?:(?: reply (?P<to>\d+))?: ?(?P<text>.+)| tap (?P<label>.+)| (?P<change>block|unblock))"
)


class Console:
    """Obeys the lines that a developer types and writes what the people see."""

    def __init__(self, server: TelegramServer, write: Callable[[str], None]) -> None:
        self._server = server
        self._write = write
        self._calls_shown = 0

    async def obey(self, line: str) -> None:
        """Do what one line says; a line that says nothing known is answered with the usage."""
        match = _LINE.fullmatch(line.strip())
        if match is None:
            self._write(USAGE)
            return
        person = self._server.user(int(match["user"]), first_name=f"Person {match['user']}")
        if match["text"]:
            await person.send(match["text"], reply_to=self._message(person, match["to"]))
        elif match["label"]:
            await self._tap(person, match["label"])
        elif match["change"] == "block":
            await person.block()
        else:
            await person.unblock()

    async def watch(self) -> None:
        """Show every message, edit and answer as it comes, for ever."""
        while True:
            await self._server.expect_that(self._show_news, within=None)

    def _message(self, person: Person, number: str | None) -> Message | None:
        """The message of the bot's with that number; a plain one is written when there is none."""
        return person.chat.message(int(number)) if number else None

    async def _tap(self, person: Person, label: str) -> None:
        for message in reversed(person.chat.messages):
            if label in message.labels:
                await person.tap(message, label)
                return
        self._write(f"person {person.user_id} sees no button {label!r}")

    def _show_news(self) -> bool:
        news = self._server.calls[self._calls_shown :]
        self._calls_shown += len(news)
        for call in news:
            if told := self._told(call):
                self._write(told)
        return bool(news)

    def _told(self, call: Call) -> str | None:
        """What a developer wants to see of one call: a refusal, the message as it is, a note, a deletion."""
        if not call.delivered:
            return f"! {call.method}: {call.fault or call.description}"
        match call.result:
            case {"message_id": int(message_id), "chat": {"id": int(chat_id)}}:
                return self._seen(chat_id, message_id)
        method, params = call.method.lower(), call.params
        if method == "answercallbackquery" and params.get("text"):
            return f"--- a note pops up: {params['text']}"
        if method == "deletemessage":
            return f"--- message {params['message_id']} is gone from chat {params['chat_id']}"
        return None

    def _seen(self, chat_id: int, message_id: int) -> str | None:
        message = self._server.chat(chat_id).message(message_id)
        if message is None:
            return None
        edited = ", edited" if message.edits else ""
        return f"--- chat {chat_id}, message {message_id}{edited}\n{message.screen()}"
