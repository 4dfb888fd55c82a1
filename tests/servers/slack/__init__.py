"""A strict Slack on 127.0.0.1: it enforces the platform's limits, reaches the app in Socket Mode or by signed
HTTP, and records what really arrived. Scenario tests drive `oo run` with it; so does a person, by
`python -m tests.servers.slack`.
"""

from tests.servers.slack.elements import CannotTouch
from tests.servers.slack.forge import Forge
from tests.servers.slack.person import Person
from tests.servers.slack.records import Ack, Delivery, LoggedEvent, Message, Refusal, Upload, Version, View
from tests.servers.slack.server import SlackServer, ratelimited
from tests.servers.slack.workspace import Channel, Profile

__all__ = [
    "Ack",
    "CannotTouch",
    "Channel",
    "Delivery",
    "Forge",
    "LoggedEvent",
    "Message",
    "Person",
    "Profile",
    "Refusal",
    "SlackServer",
    "Upload",
    "Version",
    "View",
    "ratelimited",
]
