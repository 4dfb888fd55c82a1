"""What a free text can want: one record per intent, the union of them is ``Intent``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import BadInput
from core.model import Request
from core.words.tasks import TaskDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    """Something to do, without "remind me to"."""

    drafts: tuple[TaskDraft, ...] = ()
    """The tasks as parsed: one for each time that the words list. Empty when the words only began."""

    fault: BadInput | None = None
    """Why the words can't be parsed (``task_too_long``, ``task_empty``); ``drafts`` is empty then."""

    @property
    def draft(self) -> TaskDraft | None:
        """The task, if it is a single one."""
        return self.drafts[0] if len(self.drafts) == 1 else None

    @property
    def only_begun(self) -> bool:
        """Whether it is not said what is to be done: "remind me", "add a task"."""
        return not self.drafts and self.fault is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTasks:
    """Show the open tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Something is done: ``title`` is for ``best_match``; empty when it is what was talked about last."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTip:
    """A tip now, please."""

    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Silence until a moment (UTC); None: until they say otherwise."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The end of a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetQuiet:
    """Recurring quiet hours: ``text`` is for ``parse_quiet``, which may still refuse it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Never again about ``topic`` (small letters)."""

    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    """Not this tip, not at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss:
    """Not this tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """This tip again at a moment (UTC); None: they have not said when."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What they last did about the tip is to be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """A thank-you that wants no answer but a kind one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """Hello."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What can oO do?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why this tip?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why no tip?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelped:
    """Do the tips help?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPlan:
    """When will oO write?"""


Intent = (
    AddTask | ListTasks | Complete | AskTip | Pause | Resume | SetQuiet | Mute
    | NotNow | Dismiss | Snooze | Undo | Thanks | Greeting | Help | Why | WhyNot | AskHelped | AskPlan
)  # fmt: skip
