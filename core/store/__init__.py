"""Storage as the core sees it: a transaction, with a repository for each group of tables.

``Store.begin()`` writes, ``Store.read()`` reads. A transaction never spans a network call. All times are
aware datetimes in UTC. There is a module for each subject; all are imported from here.

Tests: tests/contracts/store.
"""

from core.store.about import begin_about
from core.store.calendars import CalendarEvents
from core.store.connecting import Connecting
from core.store.consents import Consents
from core.store.corrections import Corrections
from core.store.decisions import Decisions, LogPlace, PastSlots, ProactiveMessage, RewardedDraw, StoredTip
from core.store.deliveries import Deliveries
from core.store.embeddings import Embeddings
from core.store.events import Events, Notes
from core.store.identities import Identities
from core.store.imports import Imports
from core.store.integrations import Integrations, Secrets
from core.store.learning import Learning
from core.store.leases import Leases, lock_of
from core.store.mail import MailRequests
from core.store.messages import AddedTask, Mentioned, Messages
from core.store.notifications import Notifications
from core.store.operations import Incidents, Operations
from core.store.paces import PACES_LOCK, Paces
from core.store.people import DuePerson, Invitation, Invitations, People
from core.store.push_subscriptions import PushSubscriptions
from core.store.reactions import TIP_TRIGGERS, Reactions, Rewarded, Snoozes, TipCount
from core.store.reminders import Reminders
from core.store.sessions import Sessions
from core.store.spending import SpendingLog
from core.store.tasks import Tasks
from core.store.tokens import KeptAnswers, Tokens
from core.store.trials import Trials
from core.store.turns import Turns
from core.store.unit import NOBODY, Store, Unit
from core.store.updates import (
    ALONE_AFTER,
    FORMER_OO,
    MAX_BEGUN_AGAIN,
    UNCLAIMED,
    ButtonTokens,
    Handles,
    Inbox,
    Received,
)
from core.store.within import Within
from core.store.workspaces import Workspaces

__all__ = [
    "ALONE_AFTER",
    "FORMER_OO",
    "MAX_BEGUN_AGAIN",
    "NOBODY",
    "PACES_LOCK",
    "TIP_TRIGGERS",
    "UNCLAIMED",
    "AddedTask",
    "ButtonTokens",
    "CalendarEvents",
    "Connecting",
    "Consents",
    "Corrections",
    "Decisions",
    "Deliveries",
    "DuePerson",
    "Embeddings",
    "Events",
    "Handles",
    "Identities",
    "Imports",
    "Inbox",
    "Incidents",
    "Integrations",
    "Invitation",
    "Invitations",
    "KeptAnswers",
    "Learning",
    "Leases",
    "LogPlace",
    "MailRequests",
    "Mentioned",
    "Messages",
    "Notes",
    "Notifications",
    "Operations",
    "Paces",
    "PastSlots",
    "People",
    "ProactiveMessage",
    "PushSubscriptions",
    "Reactions",
    "Received",
    "Reminders",
    "Rewarded",
    "RewardedDraw",
    "Secrets",
    "Sessions",
    "Snoozes",
    "SpendingLog",
    "Store",
    "StoredTip",
    "Tasks",
    "TipCount",
    "Tokens",
    "Trials",
    "Turns",
    "Unit",
    "Within",
    "Workspaces",
    "begin_about",
    "lock_of",
]
