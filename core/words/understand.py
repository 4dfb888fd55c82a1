"""What a free text wants, as far as it is certain without a language model.

The rules prefer to say nothing: what is unclear is None, and the language model or a line of help answers it.
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
from core.words.ahead import ahead_of
from core.words.dates.moments import parse_moment
from core.words.dates.phrases import whole
from core.words.dates.sentence import sentence_of, tokens_of
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
    Resume,
    SetQuiet,
    Snooze,
    Thanks,
    Undo,
    Why,
    WhyNot,
)
from core.words.reminders import ASKED_FOR, NOTHING, doubtful, opened
from core.words.requests import read_request
from core.words.settings import parse_quiet
from core.words.several import listed_times, several_tasks
from core.words.silence import silent_until
from core.words.tasks import parse_task
from core.words.wishes import Wish, due_apart, wish_in

LONGEST_TALK = 1000  # code points
LONGEST_TOPIC = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """``typed`` is without politeness, ``bare`` also without the marks at its end."""

    typed: str
    bare: str
    asked: bool
    now: datetime
    zone: ZoneInfo


def understand(text: str, *, now: datetime, zone: ZoneInfo) -> Intent | None:
    """What the text wants; None when that is not certain.

    Raises ``BadInput`` (``past``, ``too_far``) for a pause or a snooze that cannot be.
    """
    said = _heard(clean(text, LONGEST_TALK), now, zone)
    return next((intent for reader in _READERS if (intent := reader(said))), None)


def may_be_task(text: str) -> bool:
    """Whether somebody may mean a task: it has a word, and says more than a moment."""
    said = clean(text, LONGEST_TALK)
    return any(char.isalpha() for char in said) and whole(sentence_of(tokens_of(said))) is None


def can_be_added(text: str, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody may mean a task, and it would be one if they sent it to ``/add``."""
    try:
        return may_be_task(text) and bool(parse_task(text, now=now, zone=zone))
    except BadInput:
        return False


def wished(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The task that is meant by what was typed to be added: without "remind me to" and the like."""
    said = _heard(clean(text, LONGEST_TALK), now, zone)
    found = wish_in(said.typed)
    if found and found.kind != "list":
        return _added(found, _single(found.what, said), said) if found.what else AddTask()
    begun = None if found else opened(said.typed)
    what = doubtful(begun) if begun else text
    return _listed(what, _single(what, said), said) if what.strip() else AddTask()


def _heard(text: str, now: datetime, zone: ZoneInfo) -> _Said:
    asked = text.endswith("?")
    whole_text = _Said(typed=text, bare=_bare(text), asked=asked, now=now, zone=zone)
    if _talk(whole_text):
        return whole_text  # "Thanks!" is not politeness before something else
    typed = sayings.POLITE_END.sub("", sayings.POLITE_START.sub("", text)) or text
    asked = asked or typed.endswith("?")  # "is the rent done? thanks"
    return _Said(typed=typed, bare=_bare(typed), asked=asked, now=now, zone=zone)


def _bare(text: str) -> str:
    return sayings.FINAL_MARKS.sub("", text).rstrip("?! ") or text


# --- Talk --------------------------------------------------------------------------------------------------

_TALK: tuple[tuple[re.Pattern[str], Intent], ...] = (
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


def _talk(said: _Said) -> Intent | None:
    return next((intent for pattern, intent in _TALK if pattern.fullmatch(said.bare)), None)


# --- Silence -----------------------------------------------------------------------------------------------


def _pause(said: _Said) -> Intent | None:
    found = sayings.SILENCE_UNTIL.fullmatch(said.bare)
    if found is None or said.asked:
        return None
    try:
        return Pause(until=silent_until(_first(found), now=said.now, zone=said.zone))
    except BadInput as refused:
        if refused.hint == "not_a_moment":
            return None
        raise


def _moment(text: str, said: _Said) -> datetime | None:
    """The moment that the text names; None when it names none."""
    try:
        return parse_moment(text, now=said.now, zone=said.zone)
    except BadInput as refused:
        if refused.hint == "not_a_moment":
            return None
        raise


def _snooze(said: _Said) -> Intent | None:
    found = sayings.SNOOZE_UNTIL.fullmatch(said.bare)
    moment = _moment(_first(found), said) if found and not said.asked else None
    return Snooze(until=moment) if moment else None


def _quiet(said: _Said) -> Intent | None:
    """Quiet hours; those in the shape of times are kept even if they can't be, to be told so."""
    found = sayings.QUIET_HOURS.fullmatch(said.bare) or sayings.QUIET_WORDS.fullmatch(said.bare)
    if found is None or said.asked:
        return None
    is_clear = found.re is sayings.QUIET_HOURS or _are_quiet_hours(found["window"])
    return SetQuiet(text=found["window"]) if is_clear else None


def _are_quiet_hours(text: str) -> bool:
    try:
        return bool(parse_quiet(text))
    except BadInput:
        return False


def _mute(said: _Said) -> Intent | None:
    found = sayings.MUTE.fullmatch(said.bare)
    topic = clean(_first(found).lower(), LONGEST_TOPIC) if found else ""
    return Mute(topic=topic) if topic and topic not in ("it", "this", "that", "me", "you") else None


# --- Tasks -------------------------------------------------------------------------------------------------

_MOST_WORDS = 12
_ARTICLE = re.compile(
    r"^(?:the |my |a |an |der |die |das |den |meine?n? |le |la |les |l['’]|mon |ma |mes )", re.IGNORECASE
)


def _completed(said: _Said) -> Intent | None:
    found = sayings.COMPLETED.fullmatch(said.bare)
    if found is None or said.asked:
        return None
    title = _ARTICLE.sub("", _first(found))
    return None if sayings.NOT_COMPLETED.search(title) else Complete(title=title)


def _wish(said: _Said) -> Intent | None:
    found = wish_in(said.typed.rstrip("? "))
    if found is None or not found.what:
        return None
    alone = _single(found.what, said)
    if _is_nothing(alone):
        return None
    may_be_asked = found.kind == "reminder" or ASKED_FOR.match(said.typed)
    if said.asked and not may_be_asked:
        return None
    added = _added(found, alone, said)
    return added if not listed_times(found.when) or len(added.drafts) > 1 else None


def _is_nothing(alone: AddTask) -> bool:
    """Whether only "it" is to be done: that is about the tip that was talked about."""
    return alone.draft is not None and NOTHING.fullmatch(alone.draft.title) is not None


def _added(wish: Wish, alone: AddTask, said: _Said) -> AddTask:
    """The wish as one text, where that says the same; else its time is read apart.

    ``alone`` is what is to be done, without the time before it.
    """
    if not wish.when:
        ahead = ahead_of(wish.what, now=said.now, zone=said.zone)
        if ahead is None:
            return _listed(wish.what, alone, said)
        return _apart(ahead.what, _single(ahead.what, said), _single(f"x {ahead.when}", said))
    when = f"at {wish.when}" if re.fullmatch(r"\d{1,2}:\d\d", wish.when) else wish.when
    text = f"{wish.what} {when}"
    together, dated = _listed(text, _single(text, said), said), _single(f"x {when}", said)
    is_dated = dated.draft is not None and dated.draft.due is not None
    if len(together.drafts) > 1 or not is_dated or _is_same(together, alone, dated):
        return together
    return _apart(wish.what, alone, dated)


def _is_same(together: AddTask, alone: AddTask, dated: AddTask) -> bool:
    """Whether one text for both says what the task and its time say apart."""
    task, time = alone.draft, dated.draft
    if task is None or time is None or task.due:
        return False
    return together.draft == replace(time, title=task.title, priority=task.priority)


def _apart(what: str, alone: AddTask, dated: AddTask) -> AddTask:
    """The task with the time that was read apart from it; its fault, if it is none."""
    draft = dated.draft and due_apart(what, alone.draft, dated.draft)
    return AddTask(drafts=(draft,)) if draft else alone


def _single(text: str, said: _Said) -> AddTask:
    """The text as one task, or why it is none."""
    try:
        return AddTask(drafts=(parse_task(text, now=said.now, zone=said.zone),))
    except BadInput as fault:
        return AddTask(fault=fault)


def _listed(text: str, single: AddTask, said: _Said) -> AddTask:
    """One task for each time that the text lists; where it lists none, ``single``: the text as one task."""
    several = several_tasks(text, single.draft, now=said.now, zone=said.zone)
    return AddTask(drafts=several) if several else single


def _plain_task(said: _Said) -> Intent | None:
    """A few words with a date or a chore, none of them talk: "Dentist friday 10am", "buy milk"."""
    words = [word.strip(".,:;!()") for word in said.typed.lower().replace("’", "'").split()]
    talk = (
        sayings.TALK - sayings.NO_TALK_IN_FRENCH
        if words[:1] and words[0] in sayings.CHORES_IN_FRENCH
        else sayings.TALK
    )
    if said.asked or opened(said.typed) or not 2 <= len(words) <= _MOST_WORDS or talk.intersection(words):
        return None
    single = _single(said.typed, said)
    draft = single.draft
    is_chore = words[0] in sayings.CHORES or words[-1] in sayings.CHORES_LAST
    # What names a time that is over tells of it, unless it names a chore: "Slept badly yesterday".
    is_ahead = bool(draft and draft.due and draft.due.on >= wall_clock(said.now, said.zone).date())
    return _listed(said.typed, single, said) if draft and (is_ahead or is_chore) else None


# --- Tips --------------------------------------------------------------------------------------------------


def _tip(said: _Said) -> Intent | None:
    request = read_request(said.bare, now=said.now, zone=said.zone)
    return AskTip(request=request) if request else None


def _first(found: re.Match[str]) -> str:
    """The one group that took part in a match."""
    return next(group for group in found.groups() if group)


_READERS: tuple[Callable[[_Said], Intent | None], ...] = (
    _talk, _quiet, _pause, _mute, _snooze, _wish, _completed, _tip, _plain_task,
)  # fmt: skip
