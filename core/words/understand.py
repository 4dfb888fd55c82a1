"""What a free text wants, as far as it is certain without a language model.

The rules prefer to say nothing: what is unclear is None, and the language model or a line of help answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.model import Request
from core.words import sayings
from core.words.dates import shift
from core.words.intents import (
    AddTask,
    AskTip,
    Complete,
    Dismiss,
    Greeting,
    Help,
    Helped,
    Intent,
    ListTasks,
    Mute,
    NotNow,
    Pause,
    Plan,
    Resume,
    SetQuiet,
    Snooze,
    Thanks,
    Undo,
    Why,
    WhyNot,
)
from core.words.moments import parse_moment
from core.words.phrases import AMOUNT, whole
from core.words.sentence import sentence_of, tokens_of
from core.words.tasks import parse_task
from core.words.text import clean
from core.words.vocabulary import MORNING

LONGEST_TALK = 1000  # code points
LONGEST_TOPIC = 60
MOST_MINUTES = 600


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


def _heard(text: str, now: datetime, zone: ZoneInfo) -> _Said:
    asked = text.endswith("?")
    whole_text = _Said(typed=text, bare=_bare(text), asked=asked, now=now, zone=zone)
    if _talk(whole_text):
        return whole_text  # "Thanks!" is not politeness before something else
    typed = sayings.POLITE_END.sub("", sayings.POLITE_START.sub("", text)) or text
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
    (sayings.HELPED, Helped()),
    (sayings.PLAN, Plan()),
    (sayings.LIST_TASKS, ListTasks()),
    (sayings.RESUME, Resume()),
    (sayings.SILENCE, Pause()),
    (sayings.DONE, Complete()),
)


def _talk(said: _Said) -> Intent | None:
    return next((intent for pattern, intent in _TALK if pattern.fullmatch(said.bare)), None)


# --- Silence -----------------------------------------------------------------------------------------------

_UNTIL_DAY_AFTER = {
    "today": "tomorrow", "heute": "tomorrow", "for today": "tomorrow", "for the rest of the day": "tomorrow",
    "for the weekend": "next week", "for this week": "next week", "for the week": "next week",
}  # fmt: skip


def _pause(said: _Said) -> Intent | None:
    found = sayings.SILENCE_UNTIL.fullmatch(said.bare)
    if found is None or said.asked:
        return None
    until = _first(found).lower()
    moment = _moment(_UNTIL_DAY_AFTER.get(until, until), said, morning=time())
    return Pause(until=moment) if moment else None


def _moment(text: str, said: _Said, *, morning: time = MORNING) -> datetime | None:
    """The moment that the text names; None when it names none."""
    try:
        return parse_moment(text, now=said.now, zone=said.zone, morning=morning)
    except BadInput as refused:
        if refused.hint == "not_a_moment":
            return None
        raise


def _snooze(said: _Said) -> Intent | None:
    found = sayings.SNOOZE_UNTIL.fullmatch(said.bare)
    moment = _moment(_first(found), said) if found and not said.asked else None
    return Snooze(until=moment) if moment else None


def _quiet(said: _Said) -> Intent | None:
    found = sayings.QUIET_HOURS.fullmatch(said.bare)
    return SetQuiet(text=found["window"]) if found and not said.asked else None


def _mute(said: _Said) -> Intent | None:
    found = sayings.MUTE.fullmatch(said.bare)
    topic = clean(_first(found).lower(), LONGEST_TOPIC) if found else ""
    return Mute(topic=topic) if topic and topic not in ("it", "this", "that", "me", "you") else None


# --- Tasks -------------------------------------------------------------------------------------------------

_MOST_WORDS = 12
_ARTICLE = re.compile(r"^(?:the|my|a|an|der|die|das|den|meine?n?) ", re.IGNORECASE)


def _completed(said: _Said) -> Intent | None:
    found = sayings.COMPLETED.fullmatch(said.bare)
    if found is None or said.asked:
        return None
    title = _ARTICLE.sub("", _first(found))
    return None if sayings.NOT_COMPLETED.search(title) else Complete(title=title)


def _reminder(said: _Said) -> Intent | None:
    """The time stands before the task: "remind me in 2 hours to call mom"."""
    found = sayings.REMIND_AT.fullmatch(said.typed.rstrip("?"))
    if found is None:
        return None
    when, what = (group for group in found.groups() if group)
    return AddTask(text=f"{what} {when}") if whole(sentence_of(tokens_of(when))) else None


def _to_do(said: _Said) -> Intent | None:
    found = sayings.ADD.fullmatch(said.typed.rstrip("?"))
    if found is None or (said.asked and not found["remind"]):
        return None
    text = _first(found)
    return None if sayings.NOT_A_TASK.fullmatch(text) else AddTask(text=text)


def _plain_task(said: _Said) -> Intent | None:
    """A few words with a date or a chore, none of them talk: "Dentist friday 10am", "buy milk"."""
    words = [word.strip(".,:;!()") for word in said.typed.lower().replace("’", "'").split()]
    if said.asked or not 2 <= len(words) <= _MOST_WORDS or sayings.TALK.intersection(words):
        return None
    try:
        draft = parse_task(said.typed, now=said.now, zone=said.zone)
    except BadInput:
        return None
    return AddTask(text=said.typed) if draft.due or words[0] in sayings.CHORES else None


# --- Tips --------------------------------------------------------------------------------------------------

_CLAUSE_ENDS = re.compile(r"(?<![,.;!?])[,.;!?]+(?:\s+|$)|\s+(?:and|but|so|und|aber)\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Wish:
    """What the clauses have said so far. ``clear``: that a tip is wanted."""

    clear: bool = False
    minutes: int | None = None
    energy: Literal["low", "high"] | None = None


def _tip(said: _Said) -> Intent | None:
    """Every clause must be about a tip: "what should I do now? I have 20 minutes and low energy"."""
    wish = _Wish()
    clauses = [clause for clause in _CLAUSE_ENDS.split(said.bare) if clause]
    if not clauses or not all(_adds_to(wish, clause, said) for clause in clauses):
        return None
    if not (wish.clear or (wish.minutes and wish.energy)):
        return None
    return AskTip(request=Request(minutes=wish.minutes, energy=wish.energy))


def _adds_to(wish: _Wish, clause: str, said: _Said) -> bool:
    """Whether the clause is understood; ``wish`` is told."""
    if question := sayings.TIP_QUESTION.fullmatch(clause):
        wish.clear = True
        return question["amount"] is None or _takes(wish, question["amount"], said)
    if sayings.LOW_ENERGY.fullmatch(clause):
        wish.energy = "low"
        return True
    if sayings.HIGH_ENERGY.fullmatch(clause):
        wish.energy = "high"
        return True
    time_left = sayings.TIP_MINUTES.fullmatch(clause)
    if time_left is None or not _takes(wish, time_left["amount"], said):
        return False
    wish.clear = wish.clear or time_left["own"] is not None
    return True


def _takes(wish: _Wish, amount: str, said: _Said) -> bool:
    english = sentence_of(tokens_of(amount)).english
    end = shift(english, said.now, said.zone) if re.fullmatch(AMOUNT, english) else None
    minutes = round((end - said.now).total_seconds() / 60) if end else 0
    wish.minutes = minutes
    return 0 < minutes <= MOST_MINUTES


def _first(found: re.Match[str]) -> str:
    """The one group that took part in a match."""
    return next(group for group in found.groups() if group)


_READERS: tuple[Callable[[_Said], Intent | None], ...] = (
    _talk, _quiet, _pause, _mute, _snooze, _reminder, _to_do, _completed, _tip, _plain_task,
)  # fmt: skip
