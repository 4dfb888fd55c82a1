"""Telegram: updates arrive by long poll or webhook, messages are sent through python-telegram-bot.

Importing this package imports that library, which takes about 0.5 s and 20 MB. Only a process with a bot
token should do it.
"""

from adapters.telegram.api import Limits
from adapters.telegram.channel import Command, Telegram
from adapters.telegram.gate import BOT_RATE, CHAT_RATE
from adapters.telegram.webhook import WEBHOOK_PATH, Webhook, secret_of

__all__ = ["BOT_RATE", "CHAT_RATE", "WEBHOOK_PATH", "Command", "Limits", "Telegram", "Webhook", "secret_of"]
