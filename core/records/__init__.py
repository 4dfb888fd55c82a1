"""The records of oO: frozen, and without behaviour that needs the outside world.

Times are aware and in UTC unless a name says ``local``. A *planned* time is a wall-clock rule plus the
person's zone, never a stored instant. There is a module for each subject; all are imported from here.

Tests: tests/contracts/store.
"""

from core.records.calendars import (
    CalendarCopy,
    CalendarEvent,
    CalendarLogin,
    CalendarProvider,
    FeedVersion,
)
from core.records.connecting import PendingConnection
from core.records.consents import ConsentEntry, Purpose, Via
from core.records.context import HASHED, Context, Request, Shortlist, Wording
from core.records.corrections import Correction, CorrectionState
from core.records.decisions import (
    Decision,
    Draw,
    HoldoutDraw,
    PromptDraw,
    Reason,
    Redelivery,
    Refusal,
    ScoredCandidate,
    Shadow,
    Snapshot,
)
from core.records.deliveries import Delivery, DeliveryState
from core.records.event_kinds import EVENT_FIELDS, LISTS, MOMENTS, UNPUBLISHED, WITH_FEATURES
from core.records.events import Event, Features, LoggedEvent, PublicEvent, PublicValue
from core.records.facts import (
    AgendaFact,
    AgendaItem,
    DayPart,
    DoneFact,
    Fact,
    LoadFact,
    LoggedFact,
    MomentFact,
    OutcomeFact,
    SnoozeFact,
    TaskFact,
)
from core.records.identities import Identity, PendingSignIn, SignInGoal
from core.records.incidents import Incident, IncidentKind
from core.records.integrations import (
    OUTSIDE_LOGINS,
    Integration,
    Revocation,
    SealedKey,
    SealedSecret,
    TokenStatus,
)
from core.records.leases import Lease
from core.records.notifications import NotificationReading, NotificationState
from core.records.operations import (
    Backlog,
    ConnectionCount,
    DailySpending,
    EvaluatedGroup,
    EvaluatedShadow,
    EvaluationSummary,
    Lateness,
)
from core.records.people import (
    WEEKDAYS,
    Account,
    Consent,
    DayTimes,
    Dosage,
    Person,
    PersonAccount,
    Preferences,
    QuietWindow,
)
from core.records.places import Place, PlaceKind
from core.records.push_subscriptions import PushSubscription
from core.records.reactions import (
    Aspect,
    DismissReason,
    Reaction,
    ReactionKind,
    Reward,
    Signal,
    Snooze,
    SnoozeState,
)
from core.records.reminders import Reminder, ReminderKind, ReminderState
from core.records.schedule import Moved, Slot, Trigger
from core.records.sessions import SessionKind, SignInLink, WebSession
from core.records.spending import MICROS, Spending
from core.records.talk import Speaker, TalkTurn
from core.records.task_files import (
    FileTask,
    ImportedTask,
    ImportState,
    TaskFile,
    TaskFormat,
    TaskImport,
    TaskKey,
)
from core.records.tasks import (
    UNCHANGED,
    UNKNOWN_AGE,
    Delay,
    Due,
    Keep,
    Task,
    TaskList,
    TaskOutline,
    TaskPatch,
    TaskSource,
    TaskState,
    Unchanged,
)
from core.records.tips import PastTip, TipCandidate, TipKind, TipSource
from core.records.tokens import ApiToken, KeptAnswer, PersonToken, Scope
from core.records.trials import Trial
from core.records.workspaces import InstallState, Workspace

__all__ = [
    "EVENT_FIELDS",
    "HASHED",
    "LISTS",
    "MICROS",
    "MOMENTS",
    "OUTSIDE_LOGINS",
    "UNCHANGED",
    "UNKNOWN_AGE",
    "UNPUBLISHED",
    "WEEKDAYS",
    "WITH_FEATURES",
    "Account",
    "AgendaFact",
    "AgendaItem",
    "ApiToken",
    "Aspect",
    "Backlog",
    "CalendarCopy",
    "CalendarEvent",
    "CalendarLogin",
    "CalendarProvider",
    "ConnectionCount",
    "Consent",
    "ConsentEntry",
    "Context",
    "Correction",
    "CorrectionState",
    "DailySpending",
    "DayPart",
    "DayTimes",
    "Decision",
    "Delay",
    "Delivery",
    "DeliveryState",
    "DismissReason",
    "DoneFact",
    "Dosage",
    "Draw",
    "Due",
    "EvaluatedGroup",
    "EvaluatedShadow",
    "EvaluationSummary",
    "Event",
    "Fact",
    "Features",
    "FeedVersion",
    "FileTask",
    "HoldoutDraw",
    "Identity",
    "ImportState",
    "ImportedTask",
    "Incident",
    "IncidentKind",
    "InstallState",
    "Integration",
    "Keep",
    "KeptAnswer",
    "Lateness",
    "Lease",
    "LoadFact",
    "LoggedEvent",
    "LoggedFact",
    "MomentFact",
    "Moved",
    "NotificationReading",
    "NotificationState",
    "OutcomeFact",
    "PastTip",
    "PendingConnection",
    "PendingSignIn",
    "Person",
    "PersonAccount",
    "PersonToken",
    "Place",
    "PlaceKind",
    "Preferences",
    "PromptDraw",
    "PublicEvent",
    "PublicValue",
    "Purpose",
    "PushSubscription",
    "QuietWindow",
    "Reaction",
    "ReactionKind",
    "Reason",
    "Redelivery",
    "Refusal",
    "Reminder",
    "ReminderKind",
    "ReminderState",
    "Request",
    "Revocation",
    "Reward",
    "Scope",
    "ScoredCandidate",
    "SealedKey",
    "SealedSecret",
    "SessionKind",
    "Shadow",
    "Shortlist",
    "SignInGoal",
    "SignInLink",
    "Signal",
    "Slot",
    "Snapshot",
    "Snooze",
    "SnoozeFact",
    "SnoozeState",
    "Speaker",
    "Spending",
    "TalkTurn",
    "Task",
    "TaskFact",
    "TaskFile",
    "TaskFormat",
    "TaskImport",
    "TaskKey",
    "TaskList",
    "TaskOutline",
    "TaskPatch",
    "TaskSource",
    "TaskState",
    "TipCandidate",
    "TipKind",
    "TipSource",
    "TokenStatus",
    "Trial",
    "Trigger",
    "Unchanged",
    "Via",
    "WebSession",
    "Wording",
    "Workspace",
]
