"""Telegram: updates come in by long poll or webhook, messages go out through python-telegram-bot.

Importing this package imports that library: about half a second and 20 MB, so only a process that has a bot
token should do it.
"""

from adapters.telegram.channel import Command, Telegram
from adapters.telegram.webhook import WEBHOOK_PATH, Webhook

__all__ = ["WEBHOOK_PATH", "Command", "Telegram", "Webhook"]
