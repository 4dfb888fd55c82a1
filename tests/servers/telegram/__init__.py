"""A strict local Telegram: the Bot API over HTTP, people who write and tap, and a record of what they saw.

async with TelegramServer() as tg:      # TELEGRAM_API_URL=tg.url, TELEGRAM_BOT_TOKEN=tg.token
    ann = tg.user(7, "Ann", "en")
    await ann.send("/tip")
    tip = await ann.expect_message()
    tap = await ann.tap(tip, "Done")
    await ann.expect_edit(tip)
    print(tip.screen())
"""

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.clock import ManualClock
from tests.servers.telegram.content import Button, Document, Entity, Formatted, Version
from tests.servers.telegram.faults import Fault, Faults
from tests.servers.telegram.flood import FloodLimits
from tests.servers.telegram.people import Person
from tests.servers.telegram.records import Answer, Call, Message, Tap, Update
from tests.servers.telegram.server import TelegramServer
from tests.servers.telegram.updates import Poll

__all__ = [
    "Answer",
    "Button",
    "Call",
    "Chat",
    "Document",
    "Entity",
    "Fault",
    "Faults",
    "FloodLimits",
    "Formatted",
    "ManualClock",
    "Message",
    "Person",
    "Poll",
    "Tap",
    "TelegramServer",
    "Update",
    "Version",
]
