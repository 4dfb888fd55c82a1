"""One transaction, and the store that begins it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from core.store.calendars import CalendarEvents
from core.store.connecting import Connecting
from core.store.consents import Consents
from core.store.corrections import Corrections
from core.store.decisions import Decisions
from core.store.deliveries import Deliveries
from core.store.embeddings import Embeddings
from core.store.events import Events, Notes
from core.store.identities import Identities
from core.store.imports import Imports
from core.store.integrations import Integrations, Secrets
from core.store.learning import Learning
from core.store.leases import Leases
from core.store.mail import MailRequests
from core.store.messages import Messages
from core.store.notifications import Notifications
from core.store.operations import Incidents, Operations
from core.store.people import Invitations, People
from core.store.push_subscriptions import PushSubscriptions
from core.store.reactions import Reactions, Snoozes
from core.store.reminders import Reminders
from core.store.sessions import Sessions
from core.store.spending import SpendingLog
from core.store.tasks import Tasks
from core.store.tokens import KeptAnswers, Tokens
from core.store.trials import Trials
from core.store.turns import Turns
from core.store.updates import Handles, Inbox
from core.store.workspaces import Workspaces


class Unit(Protocol):
    """One transaction (a unit of work), with a repository for each group of tables."""

    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def connecting(self) -> Connecting: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def trials(self) -> Trials: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def reactions(self) -> Reactions: ...
    @property
    def snoozes(self) -> Snoozes: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def learning(self) -> Learning: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def embeddings(self) -> Embeddings: ...
    @property
    def handles(self) -> Handles: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def turns(self) -> Turns: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def events(self) -> Events: ...
    @property
    def spending(self) -> SpendingLog: ...
    @property
    def integrations(self) -> Integrations: ...
    @property
    def secrets(self) -> Secrets: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def calendar(self) -> CalendarEvents: ...
    @property
    def notifications(self) -> Notifications: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def identities(self) -> Identities: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def kept_answers(self) -> KeptAnswers: ...
    @property
    def push_subscriptions(self) -> PushSubscriptions: ...
    @property
    def mail_requests(self) -> MailRequests: ...
    @property
    def operations(self) -> Operations: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def leases(self) -> Leases: ...


class Store(Protocol):
    """The database."""

    def begin(self, *people: str) -> AbstractAsyncContextManager[Unit]:
        """A transaction that may write. It commits at the end of the block and rolls back on any error.

        ``people``: the ids of all people whose records it changes, or reads for what it writes; nobody else
        changes those before its end. Transactions about others may run beside it. The population, the
        spending of a day and oO's own notes may be read and written in any transaction. Without ``people``
        it may be about everybody: nothing else is written meanwhile.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A consistent snapshot for reading. It never waits for a writer."""
        ...
