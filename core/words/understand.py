"""The intent of a free text, as far as rules can tell.

The rules prefer precision: an unclear text has no intent here, and a language model or the help answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.scheduling.quiet_hours import wall_clock
from core.text import clean
from core.words import sayings
from core.words.asks import read_ask
from core.words.changes import read_change
from core.words.dates.moments import parse_moment
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.drafts import single_task, tasks_in, tasks_of_wish
from core.words.intents import (
    AddTask,
    AskHelped,
    AskPlan,
    AskTip,
    Complete,
    Dismiss,
    Greeting,
    Help,
    Intent,
    ListTasks,
    Mute,
    NotNow,
    Pause,
    RemindBefore,
    Resume,
    SetQuiet,
    Snooze,
    Thanks,
    Undo,
    Why,
    WhyNot,
)
from core.words.lines import has_lines, tasks_of_lines
from core.words.listed_times import listed_times
from core.words.pause_end import silent_until
from core.words.reminders import ASKED_FOR, NOT_A_TASK, reminder_opening, uncertain_title
from core.words.removals import read_removal
from core.words.requests import read_request
from core.words.settings import parse_quiet
from core.words.tasks import parse_task
from core.words.wishes import wish_in

MAX_TEXT = 1000
MAX_TOPIC = 60
MAX_REQUEST = 700
"""Code points, as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text, prepared for the readers."""

    whole: str
    """As typed, with polite words around it."""

    typed: str
    """Without polite words around it."""

    bare: str
    """Also without the marks at its end."""

    is_question: bool
    now: datetime
    zone: ZoneInfo


def understand(text: str, *, now: datetime, zone: ZoneInfo) -> Intent | None:
    """The intent of the text; None when it is not certain.

    Raises ``BadInput``: ``past``, ``too_far`` for the end of a pause or a snooze that is out of range;
    ``task_too_long`` for a new title; ``too_many_lines``.
    """
    if has_lines(text) and (listed := _listed(text, now, zone)):
        return listed
    return _understood(text, now, zone)


def _understood(text: str, now: datetime, zone: ZoneInfo) -> Intent | None:
    return _first_intent(_prepare(clean(text, MAX_TEXT), now, zone), _READERS)


def _listed(text: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """The tasks of a list with a task on each line."""
    return tasks_of_lines(text, _tasks_of_line(now, zone), lambda line: _understood(line, now, zone))


def may_be_task(text: str) -> bool:
    """Whether the text may mean a task: it has a letter, and says more than a time."""
    typed = clean(text, MAX_TEXT)
    return any(char.isalpha() for char in typed) and whole_time_phrase(sentence_of(tokens_of(typed))) is None


def can_be_added(text: str, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the text may mean a task, and ``/add`` would take it."""
    try:
        return may_be_task(text) and bool(parse_task(text, now=now, zone=zone))
    except BadInput:
        return False


def wished(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The tasks that the argument of ``/add`` means, without "remind me to" and the like; one for each line.

    Raises ``BadInput("too_many_lines")``.
    """
    if has_lines(text):
        listed = tasks_of_lines(text, _tasks_of_line(now, zone), None)
        if listed:
            return listed
    return _wished(text, now, zone)


def _wished(text: str, now: datetime, zone: ZoneInfo) -> AddTask:
    said = _prepare(clean(text, MAX_TEXT), now, zone)
    found = wish_in(said.typed)
    if found and found.kind != "list":
        return tasks_of_wish(found, now=now, zone=zone) if found.what else AddTask()
    begun = None if found else reminder_opening(said.typed)
    what = uncertain_title(begun) if begun else text
    return tasks_in(what, now=now, zone=zone) if what.strip() else AddTask()


def _tasks_of_line(now: datetime, zone: ZoneInfo) -> Callable[[str], AddTask]:
    return lambda line: _wished(line, now, zone)


def _prepare(text: str, now: datetime, zone: ZoneInfo) -> _Text:
    is_question = text.endswith("?")
    unchanged = _Text(whole=text, typed=text, bare=_bare(text), is_question=is_question, now=now, zone=zone)
    if _phrase(unchanged):
        return unchanged  # "Thanks!" alone is no politeness around something else
    typed = sayings.POLITE_END.sub("", sayings.POLITE_START.sub("", text)) or text
    is_question = is_question or typed.endswith("?")  # "is the rent done? thanks"
    return _Text(whole=text, typed=typed, bare=_bare(typed), is_question=is_question, now=now, zone=zone)


def _bare(text: str) -> str:
    return sayings.FINAL_MARKS.sub("", text).rstrip("?! ") or text


# --- Phrases -----------------------------------------------------------------------------------------------

_PHRASES: tuple[tuple[re.Pattern[str], Intent], ...] = (
    (sayings.GREETING, Greeting()),
    (sayings.THANKS, Thanks()),
    (sayings.NOT_NOW, NotNow()),
    (sayings.DISMISS, Dismiss()),
    (sayings.SNOOZE, Snooze()),
    (sayings.UNDO, Undo()),
    (sayings.HELP, Help()),
    (sayings.WHY_NOT, WhyNot()),
    (sayings.WHY, Why()),
    (sayings.HELPED, AskHelped()),
    (sayings.PLAN, AskPlan()),
    (sayings.LIST_TASKS, ListTasks()),
    (sayings.RESUME, Resume()),
    (sayings.SILENCE, Pause()),
    (sayings.DONE, Complete()),
)


def _phrase(said: _Text) -> Intent | None:
    return next((intent for pattern, intent in _PHRASES if pattern.fullmatch(said.bare)), None)


# --- Silence -----------------------------------------------------------------------------------------------


def _pause(said: _Text) -> Intent | None:
    found = sayings.SILENCE_UNTIL.fullmatch(said.bare)
    if found is None or said.is_question:
        return None
    try:
        return Pause(until=silent_until(_first(found), now=said.now, zone=said.zone))
    except BadInput as fault:
        if fault.hint == "not_a_moment":
            return None
        raise


def _moment(text: str, said: _Text) -> datetime | None:
    """The instant that the text names; None if it names none."""
    try:
        return parse_moment(text, now=said.now, zone=said.zone)
    except BadInput as fault:
        if fault.hint == "not_a_moment":
            return None
        raise


def _snooze(said: _Text) -> Intent | None:
    found = sayings.SNOOZE_UNTIL.fullmatch(said.bare)
    moment = _moment(_first(found), said) if found and not said.is_question else None
    return Snooze(until=moment) if moment else None


def _quiet(said: _Text) -> Intent | None:
    """Quiet hours. What looks like times is taken unparsed, so that the command can say what is wrong."""
    found = sayings.QUIET_HOURS.fullmatch(said.bare) or sayings.QUIET_WORDS.fullmatch(said.bare)
    if found is None or said.is_question:
        return None
    is_clear = found.re is sayings.QUIET_HOURS or _are_quiet_hours(found["window"])
    return SetQuiet(text=found["window"]) if is_clear else None


def _are_quiet_hours(text: str) -> bool:
    try:
        return bool(parse_quiet(text))
    except BadInput:
        return False


def _mute(said: _Text) -> Intent | None:
    found = sayings.MUTE.fullmatch(said.bare)
    topic = clean(_first(found).lower(), MAX_TOPIC) if found else ""
    return Mute(topic=topic) if topic and topic not in ("it", "this", "that", "me", "you") else None


def _ask(said: _Text) -> Intent | None:
    """What is asked of oO itself. A reminder before an event with a time of its own is a wish."""
    found = read_ask(said.bare, whole=said.whole)
    is_wish = isinstance(found, RemindBefore) and _wish_with_time(said)
    return None if is_wish else found


def _wish_with_time(said: _Text) -> bool:
    added = _wish(said)
    return isinstance(added, AddTask) and any(draft.due for draft in added.drafts)


# --- Tasks on the list ------------------------------------------------------------------------------------


_I_WANT_TO = re.compile(
    r"^(?:i(?:['’]d| would) like to|i want to|ich (?:möchte|will)|je (?:voudrais|veux)|j['’]aimerais) ",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\b(?:nicht mehr|doch nicht|any ?more|no longer)\b", re.IGNORECASE)


def _request(said: _Text) -> Intent | None:
    """A change or removal of a task, or a wish if the words are one. What else they may mean is kept."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    words = said.typed.rstrip(" .?!")
    if len(words) > MAX_REQUEST:
        return None
    wanted = _I_WANT_TO.sub("", words)  # "I'd like to move the dentist to friday" may be a to-do as well
    asked = read_change(wanted, now=said.now, zone=said.zone) or read_removal(wanted)
    if asked is not None and wanted != words:
        asked = replace(asked, only_if_it_fits=True, typed=words)
    if asked is None or not asked.only_if_it_fits:
        return asked
    wish = None if wanted != words or _NO_LONGER.search(words) else _wish(said)
    if wish:
        return wish
    otherwise = asked.otherwise or _first_intent(said, _AFTER_REQUESTS)
    if _is_dated_with_estimate(otherwise):  # "finish the report by friday, takes 2 hours"
        return otherwise
    return replace(asked, otherwise=otherwise)


def _is_dated_with_estimate(intent: Intent | None) -> bool:
    return isinstance(intent, AddTask) and any(draft.due and draft.minutes for draft in intent.drafts)


# --- Tasks -------------------------------------------------------------------------------------------------

_MAX_PLAIN_WORDS = 12
_ARTICLE = re.compile(
    r"^(?:the |my |a |an |der |die |das |den |meine?n? |le |la |les |l['’]|mon |ma |mes )", re.IGNORECASE
)


def _completed(said: _Text) -> Intent | None:
    found = sayings.COMPLETED.fullmatch(said.bare)
    if found is None or said.is_question:
        return None
    title = _ARTICLE.sub("", _first(found))
    return None if sayings.NOT_COMPLETED.search(title) else Complete(title=title)


def _wish(said: _Text) -> Intent | None:
    found = wish_in(said.typed.rstrip("? "))
    if found is None or not found.what:
        return None
    alone = single_task(found.what, now=said.now, zone=said.zone)
    if _is_nothing(alone):
        return None
    may_be_asked = found.kind == "reminder" or ASKED_FOR.match(said.typed)
    if said.is_question and not may_be_asked:
        return None
    added = tasks_of_wish(found, alone, now=said.now, zone=said.zone)
    return added if not listed_times(found.when) or len(added.drafts) > 1 else None


def _is_nothing(alone: AddTask) -> bool:
    """Whether only "it" is to be done: that means the tip, and no new task."""
    return alone.draft is not None and NOT_A_TASK.fullmatch(alone.draft.title) is not None


# Words of talk that may belong to a recurrence: "until 20 december", "am letzten Tag", "after I did it".
_RULE_ENDS = re.compile(
    r"\b(?:every|each|jede\w*|alle|chaque|tous|toutes|daily|weekly|monthly|täglich|wöchentlich|monatlich"
    r"|after|nach(?:dem)?|après)\b",
    re.IGNORECASE,
)


def _plain_task(said: _Text) -> Intent | None:
    """A few words with a date or a chore, and no conversation: "Dentist friday 10am", "buy milk"."""
    words = [word.strip(".,:;!()") for word in said.typed.lower().replace("’", "'").split()]
    talk = (
        sayings.CONVERSATION_WORDS - sayings.NOT_CONVERSATION_IN_FRENCH
        if words[:1] and words[0] in sayings.FRENCH_CHORE_VERBS
        else sayings.CONVERSATION_WORDS
    )
    is_short = 2 <= len(words) <= _MAX_PLAIN_WORDS
    is_talk = bool(talk.intersection(words))
    if said.is_question or not is_short or (is_talk and not _RULE_ENDS.search(said.typed)):
        return None
    if reminder_opening(said.typed):
        return None
    single = single_task(said.typed, now=said.now, zone=said.zone)
    draft = single.draft
    if is_talk and (draft is None or talk.intersection(draft.title.lower().split()) or not draft.repeats):
        return None
    is_chore = words[0] in sayings.CHORE_VERBS or words[-1] in sayings.CHORE_VERBS_AT_END
    # A text about the past is no task, unless it names a chore: "Slept badly yesterday".
    is_ahead = bool(draft and draft.due and draft.due.on >= wall_clock(said.now, said.zone).date())
    return (
        tasks_in(said.typed, single, now=said.now, zone=said.zone)
        if draft and (is_ahead or is_chore)
        else None
    )


# --- Tips --------------------------------------------------------------------------------------------------


def _tip(said: _Text) -> Intent | None:
    request = read_request(said.bare, now=said.now, zone=said.zone)
    return AskTip(request=request) if request else None


def _first(found: re.Match[str]) -> str:
    """The only group that matched."""
    return next(group for group in found.groups() if group)


_Readers = tuple[Callable[[_Text], Intent | None], ...]
_AFTER_REQUESTS: _Readers = (_wish, _completed, _tip, _plain_task)
_READERS: _Readers = (_ask, _phrase, _quiet, _pause, _mute, _snooze, _request, *_AFTER_REQUESTS)


def _first_intent(said: _Text, readers: _Readers) -> Intent | None:
    return next((intent for reader in readers if (intent := reader(said))), None)
