"""The records of oO: frozen, and without behaviour that needs the outside world.

Times are aware and in UTC unless a name says ``local``. A *planned* time is a wall-clock rule plus the
person's zone, never a stored instant. There is a module for each subject; all are imported from here.

Tests: tests/contracts/store.
"""

from core.model.context import HASHED, Context, Request, Shortlist, Wording
from core.model.corrections import Correction, CorrectionState
from core.model.decisions import (
    Decision,
    Draw,
    HoldoutDraw,
    Reason,
    Redelivery,
    Refusal,
    ScoredCandidate,
    Shadow,
    Snapshot,
)
from core.model.deliveries import Delivery, DeliveryState
from core.model.events import Event
from core.model.facts import Fact, LoadFact, LoggedFact, MomentFact, TaskFact
from core.model.people import (
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
from core.model.places import Place, PlaceKind
from core.model.reactions import (
    Aspect,
    DismissReason,
    Reaction,
    ReactionKind,
    Reward,
    Signal,
    Snooze,
    SnoozeState,
)
from core.model.schedule import Moved, Slot, Trigger
from core.model.tasks import UNKNOWN_AGE, Due, Task, TaskList, TaskOutline, TaskSource, TaskState
from core.model.tips import PastTip, TipCandidate, TipKind, TipSource
from core.model.trials import Trial

__all__ = [
    "HASHED",
    "UNKNOWN_AGE",
    "WEEKDAYS",
    "Account",
    "Aspect",
    "Consent",
    "Context",
    "Correction",
    "CorrectionState",
    "DayTimes",
    "Decision",
    "Delivery",
    "DeliveryState",
    "DismissReason",
    "Dosage",
    "Draw",
    "Due",
    "Event",
    "Fact",
    "HoldoutDraw",
    "LoadFact",
    "LoggedFact",
    "MomentFact",
    "Moved",
    "PastTip",
    "Person",
    "PersonAccount",
    "Place",
    "PlaceKind",
    "Preferences",
    "QuietWindow",
    "Reaction",
    "ReactionKind",
    "Reason",
    "Redelivery",
    "Refusal",
    "Request",
    "Reward",
    "ScoredCandidate",
    "Shadow",
    "Shortlist",
    "Signal",
    "Slot",
    "Snapshot",
    "Snooze",
    "SnoozeState",
    "Task",
    "TaskFact",
    "TaskList",
    "TaskOutline",
    "TaskSource",
    "TaskState",
    "TipCandidate",
    "TipKind",
    "TipSource",
    "Trial",
    "Trigger",
    "Wording",
]
