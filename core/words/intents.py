"""What a free text can want: one record for each intent; ``Intent`` is their union."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.chat import Channel
from core.errors import BadInput
from core.records import Request, TaskPatch
from core.words.lead_times import Lead
from core.words.tasks import TaskDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    """Add tasks."""

    drafts: tuple[TaskDraft, ...] = ()
    """The parsed tasks, without "remind me to": one for each time that the words list."""

    fault: BadInput | None = None
    """Why the words can't be parsed (``task_too_long``, ``task_empty``); ``drafts`` is empty then."""

    when: str = ""
    """The words of a time for a task that is not named yet: "set a reminder for 5pm"."""

    reminds: bool = False
    """Whether a reminder of a task that is not named yet is wanted."""

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

    filter: str = ""
    """As the argument of /tasks: ``today``, ``overdue``, ``#label`` or words of titles; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Something is done."""

    title: str = ""
    """Words of the task's title, for ``best_match``; empty: the latest tip is done."""

    deed: str = ""
    """What was done with it, if the words may as well be talk: "paid" of "I've paid the rent". Then they are
    meant only if ``done_tasks`` finds an open task for both.
    """

    is_doubtful: bool = False
    """Whether the tasks that the words name may be open yet: oO asks."""

    otherwise: SkipTask | None = None
    """What the deed means for a task that it does not do: it is off ("dentist cancelled")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTask:
    """Take a task off the list without doing it."""

    title: str
    """Words of its title; empty: the task that was talked about last."""

    only_if_it_fits: bool = False
    """Whether the words may as well be a to-do of the person's: "cancel my gym membership". Then they are
    meant only if ``fitting_task`` finds an open task for them (with an empty title: if there is a task that
    was talked about last). ``otherwise`` holds if it finds none.
    """

    otherwise: Intent | None = None
    """What else the words mean; None: nothing certain, as if ``understand`` had returned None."""

    typed: str = ""
    """The words with their verb, for ``fitting_task``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    """Change a task: move, rename, estimate, label, …"""

    title: str
    """Words of its title; empty: the task that was talked about last."""

    patch: TaskPatch

    only_if_it_fits: bool = False
    """As in ``RemoveTask``; likewise the two fields below."""

    otherwise: Intent | None = None
    typed: str = ""

    of_deadline: bool = False
    """Whether a date is taken away that was called a deadline: the deadline is meant, if the task has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Correct the task, or the setting, that oO has just confirmed: "no, 5:30", "i meant friday"."""

    patch: TaskPatch
    """Empty if only something is said to be wrong: "wrong day"."""

    words: str = ""
    """The words of the right value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTask:
    """Move a task to a date that was not said, or is none: "postpone rent", "move rent to 30 february".

    It is meant only if the words begin with the title of an open task.
    """

    words: str
    """Words of the title, and what may be the date."""

    otherwise: Intent | None = None
    typed: str = ""
    """As in ``RemoveTask``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipTask:
    """Leave out the next time of a repeating task: "skip the gym this week".

    It is meant only if ``fitting_task`` finds an open task that repeats, and is due by the day that was said.
    """

    title: str
    """Words of its title."""

    days_ahead: int | None = None
    """0 for "skip the gym today", 1 for tomorrow; None if no day was said."""

    is_off: bool = False
    """Whether it is reported to be off: "the gym is cancelled". A day is that of the occurrence; oO asks if
    the next one is on another day.
    """

    day: str = ""
    """Words of that day, if ``days_ahead`` does not say it: "on friday"."""

    otherwise: Intent | None = None
    typed: str = ""
    """As in ``RemoveTask``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAll:
    """Remove, complete or move all tasks, those of a day, or those with some words; oO asks first."""

    what: Literal["remove", "complete", "move"]
    scope: str = ""
    """Which of them, as the filter of ``ListTasks``; empty: all open ones."""

    title: str = ""
    """Words that all of them have, perhaps with a date: "invoices" of "delete all invoices". It is a request
    only if there are such tasks.
    """

    typed: str = ""
    """What was typed, if there is a title: a task may have it as its own."""

    otherwise: Intent | None = None
    """What the words mean if there are none."""

    patch: TaskPatch | None = None
    """Where they are moved."""

    to: str = ""
    """The words of that date."""

    may_be_account: bool = False
    """Whether all data may be meant: "delete everything"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Several requests in one message: one on each line, or in one sentence."""

    asked: tuple[Intent, ...]
    """Two or more, in their order."""

    typed: tuple[str, ...]
    """The words of each."""

    is_sentence: bool = False
    """Whether they are one sentence. It may be a to-do as well, so all of its requests have to fit open
    tasks; of lines, one is enough.
    """

    otherwise: Intent | None = None
    """As in ``RemoveTask``."""


Service = Literal["invite", "print", "share", "sort"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskService:
    """Ask for something that oO does in another way, or not at all: "print my list"."""

    what: Service
    typed: str
    """The words, which may be a to-do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapTasks:
    """Swap two tasks, which oO can't. It is meant only if open tasks fit both."""

    first: str
    second: str
    """Words of their titles."""

    otherwise: Intent | None = None
    """As in ``RemoveTask``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesADay:
    """Do something several times a day, at times that were not said: "drink water 3 times a day"."""

    title: str

    count: int
    """Two or more."""

    reminds: bool = False
    """As in ``TaskDraft``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindBefore:
    """Send a reminder before an open task is due: "remind me half an hour before the dentist"."""

    title: str
    """Words of its title; empty: the task that was talked about last."""

    minutes: int
    """How long before; more than 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindEarlier:
    """Send one more reminder of the task that was talked about last, before it: "remind me of it the evening
    before", "and also an hour before".
    """

    lead: Lead
    at: str = ""
    """Words of a time of that day: "in the evening". Empty: the time follows from the lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReminder:
    """End the reminder of a task, which stays: "cancel the reminder", "don't remind me about lunch"."""

    title: str = ""
    """Words of its title; empty: the reminder that was talked about last."""

    one_of_all: bool = False
    """Whether several are named, of which the person chooses: "cancel my reminders"."""

    only_if_it_fits: bool = False
    """Whether the words are meant only if a reminder of such a task waits."""

    otherwise: Intent | None = None
    """As in ``RemoveTask``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakDown:
    """Split a task into steps."""

    title: str = ""
    """Words of its title; empty: the task of the latest tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToday:
    """Ask for the agenda of a day or of the week."""

    span: str = "today"
    """As the argument of /today: ``today``, ``tomorrow``, ``week`` or the words of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDays:
    """Ask what there is in a span of days: "what do I have next week"."""

    filter: str
    """As the argument of /tasks: ``weekend``, ``next week``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDone:
    """Ask whether something is done: "did I pay the rent?"."""

    title: str
    """Words of its title."""

    deed: str = ""
    """As in ``Complete``: "paid" of "have I paid the rent?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWhen:
    """Ask when a task or an event is."""

    title: str
    """Words of its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReminders:
    """Show the reminders that will ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNotReminded:
    """Ask why no reminder came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMuted:
    """Show the muted topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStats:
    """Ask for the figures of the week, or for what was done on a day."""

    span: str = ""
    """As the argument of /stats: ``today``, ``yesterday``; empty: the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTasks:
    """Ask for the open tasks as a file."""

    text: str = "tasks"
    """The argument of /export: ``tasks``, and the format if one was named; empty: all data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """Open the person's page in the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """Connect an account outside oO."""

    text: str
    """The argument of /connect: ``calendar``, ``todoist``, ``email`` with an address or without, or
    the address of a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnect:
    """End the connection to an account outside oO."""

    text: str
    """The argument of /disconnect: ``calendar``, ``caldav`` or ``todoist``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOn:
    """Choose where oO writes on its own."""

    channel: Channel | None
    """None: where that is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLess:
    """Lower the daily limit by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteMore:
    """Raise the daily limit by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguage:
    """Talk to the person in another language."""

    language: str
    """IETF tag, such as ``de``. It may be one that oO does not speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimezone:
    """Say where the person is."""

    place: str
    """Empty: the time zone is asked for."""

    only_if_known: bool = False
    """Whether the words mean it only if there is such a place: "I'm in Lyon", and not "I'm in a meeting"."""

    otherwise: Complete | None = None
    """What else the words may mean: "I moved to the new flat"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSettings:
    """Show all settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPrivacy:
    """Show what is stored about the person, and what becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteData:
    """Delete everything about the person; oO asks first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTip:
    """Send a tip now."""

    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Send nothing for a while."""

    until: datetime | None = None
    """In UTC; None: until /resume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseLater:
    """A pause that is to begin later."""

    start: datetime
    """In UTC; likewise ``until``."""

    until: datetime | None = None
    """None: it is not said when it ends."""

    is_weekend: bool = False
    weekly: str = ""
    """What the words may mean as well, for ``parse_quiet``: silence on these days of every week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """End a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffPause:
    """Say that a vacation does not take place, so that its pause is off; meant only if there is one."""

    otherwise: Intent | None = None
    """As in ``RemoveTask``; a task that it fits comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetQuiet:
    """Set recurring quiet hours."""

    text: str
    """For ``parse_quiet``, which may still refuse it. Empty: they are asked for; likewise below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddQuiet:
    """Keep silent at more hours than now."""

    text: str
    """For ``parse_quiet``."""

    once: str = field(default="", compare=False)
    """The words of the days, if they may mean a pause as well; for ``read_pause``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWorkHours:
    """Say when the person works; whether oO is to be silent then, it asks."""

    text: str
    """For ``parse_quiet``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimes:
    """Choose when oO writes."""

    text: str
    """For ``parse_times``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCap:
    """Choose how often oO writes at most."""

    text: str
    """For ``parse_cap``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLead:
    """Choose how long before its time each task is announced."""

    text: str
    """For ``parse_lead``. Empty: it is not said how long, and the reminders are shown with the choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBrief:
    """Switch the daily agenda on or off."""

    text: str
    """A time of day, or ``off``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReview:
    """Switch the look back at the day on or off."""

    text: str
    """A time of day, or ``off``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Never write about a topic again."""

    topic: str
    """In lower case. Empty: the topic of the tip, which in a reply is the one that was replied to."""
    days: tuple[int, ...] = ()
    """The weekdays on which it is muted; empty: always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmute:
    """Allow a muted topic again."""

    topic: str
    """In lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    """Dismiss the tip for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss:
    """Dismiss the tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Bring the tip back later."""

    until: datetime | None = None
    """In UTC; None: it is not said when."""

    otherwise: ChangeTask | Correct | AddTask | None = None
    """What the words mean if another task was talked about after the tip ("verschieb es auf morgen"). Of
    "remind me tomorrow", a reminder of that task; of something that is not named yet if no tip waits either.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back what was done last."""

    of: Literal["", "last", "done", "off"] = ""
    """What may be meant; empty: anything. ``last`` is what the latest message says ("that was a mistake"),
    ``done`` a completion ("not done"), ``off`` a completion or removal ("bring it back"). If that was not
    done, the words do not mean it.
    """

    title: str = ""
    """Words of the title of a task that is off, for ``bring back the bike``; empty: the latest one."""

    otherwise: Intent | None = None
    """As in ``RemoveTask``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Thank oO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """Greet oO."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Ask what oO can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Ask why the latest tip was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Ask why there was no tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelped:
    """Ask whether tips help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPlan:
    """Ask when oO will write."""


Intent = (
    AddTask | ListTasks | Complete | RemoveTask | ChangeTask | Correct | MoveTask | SkipTask | SwapTasks
    | Several | RemindBefore | RemindEarlier | ChangeAll | EndReminder | BreakDown | AskToday | AskDays
    | AskDone | AskWhen | AskStats
    | AskService | OpenPage | Connect | Disconnect | ExportTasks | WriteOn | WriteLess | WriteMore
    | SetLanguage | SetTimezone | ShowSettings | ShowReminders | WhyNotReminded | ShowMuted | ShowPrivacy
    | DeleteData | AskTip | Pause | PauseLater | Resume | CallOffPause | SetQuiet | AddQuiet | SetTimes
    | SetCap | SetBrief | SetReview | Mute | Unmute | NotNow | Dismiss | Snooze | Undo | Thanks | Greeting
    | Help | Why | WhyNot | AskHelped | AskPlan | TimesADay | TellWorkHours | SetLead
)  # fmt: skip
