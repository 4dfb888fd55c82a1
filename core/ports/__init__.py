"""What the core needs from outside, as protocols. Adapters implement them, ``bot/app.py`` connects them.

Storage has a package of its own, ``core/store/``. All times are aware datetimes in UTC.
"""

from __future__ import annotations

from core.ports.election import Election, Term, Unopposed
from core.ports.event_stream import EventStream, StreamState
from core.ports.identity import IdentityProvider, ProvenIdentity
from core.ports.language_model import Completion, Embedded, LanguageModel, Turn
from core.ports.messaging import Accept, Letters, Messenger, Messengers, NotificationSource, ReportsHealth
from core.ports.pacing import Limit, PaceBook
from core.ports.places import Gazetteer, NoGazetteer
from core.ports.sources import BusyTimes, Grant, OAuthClient, OutsideAccount, TaskProvider
from core.ports.system import Cipher, Clock, RandomSource
from core.ports.task_files import NoTaskFiles, TaskFiles
from core.ports.tracing import NoTracer, Tracer

__all__ = [
    "Accept",
    "BusyTimes",
    "Cipher",
    "Clock",
    "Completion",
    "Election",
    "Embedded",
    "EventStream",
    "Gazetteer",
    "Grant",
    "IdentityProvider",
    "LanguageModel",
    "Letters",
    "Limit",
    "Messenger",
    "Messengers",
    "NoGazetteer",
    "NoTaskFiles",
    "NoTracer",
    "NotificationSource",
    "OAuthClient",
    "OutsideAccount",
    "PaceBook",
    "ProvenIdentity",
    "RandomSource",
    "ReportsHealth",
    "StreamState",
    "TaskFiles",
    "TaskProvider",
    "Term",
    "Tracer",
    "Turn",
    "Unopposed",
]
