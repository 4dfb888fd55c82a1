"""The platform's side of the story: chats, messages, taps and the updates that tell the bot of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from tests.servers.telegram.changes import Changes
from tests.servers.telegram.chats import Chat
from tests.servers.telegram.content import Document, JsonObject
from tests.servers.telegram.records import Call, Message, Tap, Update
from tests.servers.telegram.updates import UpdateQueue
from tests.servers.telegram.webhook import Webhook

T = TypeVar("T")


class World:
    """State shared by the Bot API (what the bot can do) and the people (what they can do)."""

    def __init__(self, *, bot_id: int, clock: Callable[[], float], webhook_retry_delay: float) -> None:
        self.bot: JsonObject = {"id": bot_id, "is_bot": True, "first_name": "oO", "username": "oo_local_bot"}
        self.clock = clock
        self.changes = Changes()
        self.updates = UpdateQueue(self.changes)
        self.webhook = Webhook(self.updates, self.changes, retry_delay=webhook_retry_delay)
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.calls: list[Call] = []
        self.files: dict[str, Document] = {}
        """What people sent, by file id."""
        self._last_message_id = 0

    def chat(self, chat_id: int, name: str) -> Chat:
        """The chat with this id, made on first mention."""
        return self.chats.setdefault(chat_id, Chat(chat_id=chat_id, name=name))

    def next_message_id(self) -> int:
        """Ids grow by one over all chats, whoever writes."""
        self._last_message_id += 1
        return self._last_message_id

    def now(self) -> datetime:
        """The time of the platform, in UTC and whole seconds."""
        return datetime.fromtimestamp(int(self.clock()), UTC)

    def tell(self, body: JsonObject) -> Update:
        """Tell the bot, by long poll or webhook."""
        update = self.updates.push(body)
        self.webhook.deliver()
        self.changes.announce()
        return update

    def repeat(self, update: Update) -> None:
        """Tell the bot the very same update again."""
        self.updates.repeat(update)
        self.webhook.deliver()

    async def expect_that(self, predicate: Callable[[], T | None], what: str, *, within: float | None) -> T:
        """The first true value of `predicate`; TimeoutError, with the last calls, after `within` seconds."""
        try:
            return await self.changes.expect_that(predicate, within=within)
        except TimeoutError as exc:
            last = [
                f"{call.method} {call.status} {call.fault or call.description}" for call in self.calls[-5:]
            ]
            raise TimeoutError(f"{what} did not come within {within} s; the last calls: {last}") from exc

    def message_json(self, message: Message) -> JsonObject:
        """The Bot API's Message, as the bot wrote it and as it is now."""
        latest = message.latest
        body: JsonObject = {
            "message_id": message.message_id,
            "from": self.bot,
            "chat": self.chats[message.chat_id].as_json(),
            "date": int(message.date.timestamp()),
        }
        body |= _text_json(message) if message.document is None else _document_json(message, message.document)
        if message.edits:
            body["edit_date"] = int(latest.date.timestamp())
        if message.rows:
            rows = [[button.as_json() for button in row] for row in message.rows]
            body["reply_markup"] = {"inline_keyboard": rows}
        return body


def _text_json(message: Message) -> JsonObject:
    return {"text": message.text, **_marks(message, "entities")}


def _document_json(message: Message, document: Document) -> JsonObject:
    file_id = f"file-{message.message_id}"
    ids = {"file_id": file_id, "file_unique_id": file_id}
    caption = {"caption": message.text} if message.text else {}
    about = {"file_name": document.name, "file_size": len(document.content)}
    return {"document": ids | about, **caption, **_marks(message, "caption_entities")}


def _marks(message: Message, name: str) -> JsonObject:
    return {name: [entity.as_json() for entity in message.entities]} if message.entities else {}
