"""What a free text can want: one record per intent, the union of them is ``Intent``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    """``text`` is for ``parse_task``: the words as typed, without "remind me to"; empty when they only began.

    ``when`` holds the words for the time where they must be read apart: ``text`` has a time of its own.
    """

    text: str
    when: str = ""


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
class Helped:
    """Do the tips help?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When will oO write?"""


Intent = (
    AddTask | ListTasks | Complete | AskTip | Pause | Resume | SetQuiet | Mute
    | NotNow | Dismiss | Snooze | Undo | Thanks | Greeting | Help | Why | WhyNot | Helped | Plan
)  # fmt: skip
