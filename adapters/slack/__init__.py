"""Slack: updates arrive by Socket Mode or signed HTTP, messages are sent through Slack's Web API.

Importing this package imports slack_bolt, which takes about 0.3 s and 20 MB. Only a process with a bot token
should do it.
"""

from adapters.slack.api import Limits
from adapters.slack.channel import Slack
from adapters.slack.gate import RATE, WORKSPACE_RATE
from adapters.slack.webhook import EVENTS_PATH

__all__ = ["EVENTS_PATH", "RATE", "WORKSPACE_RATE", "Limits", "Slack"]
