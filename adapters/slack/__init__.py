"""Slack: what people do comes in by Socket Mode or signed HTTP, messages go out through Slack's Web API.

Importing this package imports slack_bolt: a third of a second and 20 MB, so only a process that has a bot
token should do it.
"""

from adapters.slack.channel import Slack
from adapters.slack.webhook import EVENTS_PATH

__all__ = ["EVENTS_PATH", "Slack"]
