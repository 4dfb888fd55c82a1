"""Chats as the platform keeps them: who may be written to, what was delivered, what was deleted."""

from dataclasses import dataclass, field

from tests.servers.telegram.content import JsonObject
from tests.servers.telegram.records import Message


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat (its id is the person's) or a group (its id is negative)."""

    chat_id: int
    name: str
    has_written: bool = False
    has_blocked: bool = False
    messages: list[Message] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    actions: list[str] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Whether several people read it."""
        return self.chat_id < 0

    def as_json(self) -> JsonObject:
        """The Bot API's Chat."""
        name = (
            {"type": "group", "title": self.name}
            if self.is_group
            else {"type": "private", "first_name": self.name}
        )
        return {"id": self.chat_id, **name}

    def message(self, message_id: int) -> Message | None:
        """The bot's message with this id, None when there is none or it was deleted."""
        if message_id in self.deleted:
            return None
        return next((message for message in self.messages if message.message_id == message_id), None)
