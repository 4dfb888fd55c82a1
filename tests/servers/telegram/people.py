"""People with the app in their hands: they write, tap, block, and wait for what the bot says.

Nothing is checked here: a person's client can be forged, so the bot has to bear whatever comes.
"""

import re
from collections import Counter

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.content import Document, JsonObject, Version
from tests.servers.telegram.html import utf16_length
from tests.servers.telegram.records import Answer, Message, Tap, Update
from tests.servers.telegram.world import World
from tests.waiting import WAIT_LIMIT

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


class Person:
    """One account; its private chat with the bot has the same id."""

    def __init__(self, world: World, *, user_id: int, first_name: str, language_code: str) -> None:
        self.user_id = user_id
        self.first_name = first_name
        self.language_code = language_code
        self._world = world
        self._messages_read = 0
        self._edits_read: Counter[int] = Counter()

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._world.chat(self.user_id, self.first_name)

    def as_json(self) -> JsonObject:
        """The Bot API's User."""
        name = {"first_name": self.first_name, "language_code": self.language_code}
        return {"id": self.user_id, "is_bot": False, **name}

    async def send(
        self, text: str, *, to: Chat | None = None, reply_to: Message | Update | None = None
    ) -> Update:
        """Write `text` to the bot, or into a group that it is in; in reply to a message of either side."""
        replied = self._replied(reply_to) if reply_to else {}
        return await self.send_content({"text": text, **_commands(text), **replied}, to=to)

    def _replied(self, to: Message | Update) -> JsonObject:
        """The message that is replied to, without what that one replied to; nothing if it is gone."""
        if isinstance(to, Update):
            message = to.body["message"]
        elif to.message_id in self._world.chats[to.chat_id].deleted:
            return {}
        else:
            message = self._world.message_json(to)
        inner = {name: value for name, value in message.items() if name != "reply_to_message"}
        return {"reply_to_message": inner}

    async def send_content(self, content: JsonObject, *, to: Chat | None = None) -> Update:
        """Send anything else that a message can hold, such as {"sticker": {...}} or {"document": {...}}."""
        return self._world.tell({"message": self._message(content, to or self.chat)})

    async def send_file(self, name: str, content: bytes, caption: str = "") -> Update:
        """Send a document to the bot, which can fetch it with `getFile`."""
        file_id = f"sent-{len(self._world.files) + 1}"
        self._world.files[file_id] = Document(name=name, content=content)
        about = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)}
        marked = {"caption": caption} if caption else {}
        return await self.send_content({"document": about, **marked})

    async def edit(self, sent: Update, text: str) -> Update:
        """Change a message sent before."""
        edited = {**sent.body["message"], "text": text, "edit_date": int(self._world.clock())}
        return self._world.tell({"edited_message": edited})

    async def send_raw(self, body: JsonObject) -> Update:
        """Let the bot be told `body`, an Update without its id, sense or nonsense; it counts as writing."""
        self.chat.has_written = True
        return self._world.tell(body)

    async def tap(self, message: Message, name: str, *, is_old: bool = False) -> Tap:
        """Press the button with this label or data, in one's own chat or not; LookupError when there is none.

        With `is_old` the bot is told no more of the message than its id.
        """
        data = message.button(name).data
        if data is None:
            raise LookupError(f"{name!r} opens a link; the bot never hears of it")
        return await self.forge(message, data, is_old=is_old)

    async def forge(self, message: Message, data: str, *, is_old: bool = False) -> Tap:
        """Press a button that is not (or no longer) there, with any callback data."""
        query_id = str(4_000_000_001 + len(self._world.taps))
        query: JsonObject = {"id": query_id, "from": self.as_json(), "chat_instance": str(message.chat_id)}
        query |= {"message": self._tapped(message, is_old), "data": data}
        update = self._world.tell({"callback_query": query})
        tap = Tap(query_id=query_id, update=update, tapped_at=self._world.clock())
        self._world.taps[query_id] = tap
        return tap

    async def resend(self, tap: Tap) -> Update:
        """The app asks again because no answer came: the same press under a new update_id."""
        return self._world.tell({"callback_query": tap.update.body["callback_query"]})

    async def block(self) -> Update:
        """Block the bot: from now on it is refused with 403."""
        return await self._change_membership(has_blocked=True)

    async def unblock(self) -> Update:
        """Let the bot write again."""
        return await self._change_membership(has_blocked=False)

    async def expect_message(self, *, within: float = WAIT_LIMIT) -> Message:
        """The oldest message that was not yet returned here; TimeoutError when none comes in time."""
        chat = self.chat
        await self._world.expect_that(
            lambda: len(chat.messages) > self._messages_read, "a message", within=within
        )
        self._messages_read += 1
        return chat.messages[self._messages_read - 1]

    async def expect_edit(self, message: Message, *, within: float = WAIT_LIMIT) -> Version:
        """The oldest edit of `message` that was not yet returned here; TimeoutError when none comes."""
        read = self._edits_read[message.message_id]
        await self._world.expect_that(lambda: len(message.edits) > read, "an edit", within=within)
        self._edits_read[message.message_id] += 1
        return message.edits[read]

    async def expect_answer(self, tap: Tap, *, within: float = WAIT_LIMIT) -> Answer:
        """What the bot answered to `tap`; TimeoutError when it does not."""
        return await self._world.expect_that(lambda: tap.answer, "an answer to a tap", within=within)

    def _message(self, content: JsonObject, chat: Chat) -> JsonObject:
        message_id = self._world.next_message_id()
        chat.has_written = True
        chat.heard.add(message_id)
        date = int(self._world.clock())
        return {
            "message_id": message_id,
            "from": self.as_json(),
            "chat": chat.as_json(),
            "date": date,
            **content,
        }

    def _tapped(self, message: Message, is_old: bool) -> JsonObject:
        chat = self._world.chats[message.chat_id]
        if is_old or message.message_id in chat.deleted:
            return {"message_id": message.message_id, "chat": chat.as_json(), "date": 0}
        return self._world.message_json(message)

    async def _change_membership(self, *, has_blocked: bool) -> Update:
        self.chat.has_blocked = has_blocked
        free = {"user": self._world.bot, "status": "member"}
        kicked = {"user": self._world.bot, "status": "kicked", "until_date": 0}
        old, new = (free, kicked) if has_blocked else (kicked, free)
        change: JsonObject = {
            "chat": self.chat.as_json(),
            "from": self.as_json(),
            "date": int(self._world.clock()),
        }
        return self._world.tell(
            {"my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}}
        )


def _commands(text: str) -> JsonObject:
    """The `entities` that the platform adds for /commands, if there are any."""
    found = [
        {"type": "bot_command", "offset": utf16_length(text[: match.start()]), "length": len(match[0])}
        for match in _COMMAND.finditer(text)
    ]
    return {"entities": found} if found else {}
