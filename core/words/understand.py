"""The intent of a free text, as far as rules can tell.

The rules prefer precision: an unclear text has no intent here, and a language model or the help answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.text import clean
from core.words import sayings
from core.words.asks import read_ask
from core.words.changes import read_change
from core.words.corrections import bare_date, read_correction, without_correcting, without_wrong_date
from core.words.dates.moments import parse_moment
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.done_questions import read_done_question
from core.words.drafts import single_task, tasks_in, tasks_of_wish
from core.words.further_tasks import after_joint
from core.words.impossible_times import impossible_reminder
from core.words.inline_lists import as_lines
from core.words.intents import (
    AddQuiet,
    AddTask,
    AskTip,
    CallOffPause,
    ChangeTask,
    Complete,
    Correct,
    Intent,
    MoveTask,
    Pause,
    PauseLater,
    RemindBefore,
    RemoveTask,
    SetQuiet,
    Several,
    SkipTask,
    Snooze,
    Undo,
    Unmute,
)
from core.words.later_pauses import may_be_weekly, pause_on, read_pause
from core.words.leads import read_lead_of_all
from core.words.limits import Limit, read_limit
from core.words.lines import has_lines, tasks_of_lines
from core.words.listed_times import listed_times
from core.words.moves import means_all
from core.words.muting import read_mute
from core.words.numbered import done_places, places_in
from core.words.phrasebooks.patterns import only_group
from core.words.pieces import break_down_in
from core.words.placed_dates import read_placed_date
from core.words.plain_tasks import first_task, plain_task
from core.words.questions import read_question
from core.words.reminder_ends import read_reminder_end
from core.words.reminders import ASKED_FOR, NOT_A_TASK, QUESTION, reminder_opening, uncertain_title
from core.words.reports import ARTICLE, is_report, read_deed, read_report
from core.words.requests import read_request
from core.words.restated import read_dated, read_planned, read_restated, without_asides
from core.words.schedule_times import windows_in
from core.words.schedules import days_once, silence_at
from core.words.second_wishes import second_wish
from core.words.service import may_be_in
from core.words.service_wishes import read_service_wish
from core.words.several import requests_of_lines, requests_of_sentence
from core.words.short_phrases import short_phrase
from core.words.small_talk import is_small_talk
from core.words.spelling import respelled
from core.words.taking_back import read_taking_back
from core.words.task_requests import is_no_wish, read_task_request
from core.words.tasks import parse_task
from core.words.times_a_day import times_a_day
from core.words.topics import topic_in
from core.words.whole_list import read_all_named, read_whole_list
from core.words.wishes import Wish, needed_to_buy, says_an_event, wish_in

MAX_TEXT = 1000
_MAX_FURTHER_WORDS = 4


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
    ``task_too_long``, ``not_a_change`` for a new title; ``too_many_lines``.
    """
    found, meant = _read(text, now, zone), respelled(text)
    again = _read(meant, now, zone) if meant != text else None
    return found if again is None or _are_same_tasks(found, again) else again


def _are_same_tasks(typed: Intent | None, respelt: Intent) -> bool:
    """Whether a text adds the same tasks once it is respelt: then their titles stay as typed."""
    if not isinstance(typed, AddTask) or not isinstance(respelt, AddTask):
        return False
    titles = [respelled(draft.title) for draft in typed.drafts]
    return titles == [draft.title for draft in respelt.drafts]


def _read(text: str, now: datetime, zone: ZoneInfo) -> Intent | None:
    lines = as_lines(text)
    if has_lines(lines) and (of_lines := _of_lines(lines, now, zone)):
        return of_lines
    return _understood(text, now, zone)


def _of_lines(text: str, now: datetime, zone: ZoneInfo) -> AddTask | Several | None:
    """Tasks or requests of which one is on each line."""
    intent_of = lru_cache(maxsize=None)(lambda line: _of_a_line(line, now, zone))
    listed = _listed(text, intent_of, now, zone)
    return requests_of_lines(text, intent_of, otherwise=listed) or listed


def _of_a_line(line: str, now: datetime, zone: ZoneInfo) -> Intent | None:
    """The intent of a line; in a list, "bring back the drill" is a to-do."""
    found = _understood(line, now, zone)
    if isinstance(found, CallOffPause):
        return found.otherwise or found
    return found.otherwise if isinstance(found, Undo) and found.title else found


def _understood(text: str, now: datetime, zone: ZoneInfo) -> Intent | None:
    return _first_intent(_prepare(clean(text, MAX_TEXT), now, zone), _READERS)


def _listed(
    text: str, intent_of: Callable[[str], Intent | None], now: datetime, zone: ZoneInfo
) -> AddTask | None:
    """The tasks of a list with a task on each line."""

    def tasks_of(line: str) -> AddTask:
        found = intent_of(line)
        return found if isinstance(found, AddTask) and found.drafts else _wished(line, now, zone)

    return tasks_of_lines(text, tasks_of, intent_of)


def may_be_task(text: str) -> bool:
    """Whether the text may mean a task: it has a letter, and says more than a time."""
    typed = clean(text, MAX_TEXT)
    return any(char.isalpha() for char in typed) and whole_time_phrase(sentence_of(tokens_of(typed))) is None


def date_alone(text: str, *, now: datetime, zone: ZoneInfo) -> Correct | RemindBefore | None:
    """A date or a time alone. It says what is to be corrected only directly after oO's words about a task."""
    said = _prepare(clean(text, MAX_TEXT), now, zone)
    return None if said.is_question else bare_date(said.bare, now=now, zone=zone)


def limit_alone(text: str, intent: Intent | None, *, now: datetime, zone: ZoneInfo) -> Limit | None:
    """What a text limits that may be about the task that oO has just talked about; ``intent`` is its own."""
    said = _prepare(clean(text, MAX_TEXT), now, zone)
    return None if said.is_question else read_limit(said.bare, intent)


def is_question(text: str) -> bool:
    """Whether the text asks something, by its mark or its first word."""
    return text.endswith("?") or bool(QUESTION.fullmatch(text))


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
        listed = tasks_of_lines(text, lambda line: _wished(line, now, zone), None)
        if listed:
            return listed
    return _wished(text, now, zone)


def _wished(text: str, now: datetime, zone: ZoneInfo) -> AddTask:
    said = _prepare(clean(text, MAX_TEXT), now, zone)
    if fault := impossible_reminder(said.typed):
        return AddTask(fault=fault)
    found = wish_in(said.typed)
    if found and found.kind != "list":
        return tasks_of_wish(found, now=now, zone=zone) if found.what else _only_begun(found)
    begun = None if found else reminder_opening(said.typed)
    what = uncertain_title(begun) if begun else text
    return tasks_in(what, now=now, zone=zone) if what.strip() else AddTask()


def _only_begun(wish: Wish) -> AddTask:
    return AddTask(when=wish.when, reminds=wish.kind == "reminder")


def _prepare(text: str, now: datetime, zone: ZoneInfo) -> _Text:
    is_question = text.endswith("?")
    unchanged = _Text(whole=text, typed=text, bare=_bare(text), is_question=is_question, now=now, zone=zone)
    if short_phrase(unchanged.bare):
        return unchanged  # "Thanks!" alone is no politeness around something else
    said = sayings.HESITATIONS.sub("", text)
    typed = sayings.briefly(sayings.POLITE_END.sub("", sayings.POLITE_START.sub("", said))) or text
    is_question = is_question or typed.endswith("?")  # "is the rent done? thanks"
    return _Text(whole=text, typed=typed, bare=_bare(typed), is_question=is_question, now=now, zone=zone)


def _bare(text: str) -> str:
    return sayings.FINAL_MARKS.sub("", text).rstrip("?! ").lstrip("¿¡") or text


# --- Silence -----------------------------------------------------------------------------------------------


def _pause(said: _Text) -> Intent | None:
    found = sayings.SILENCE_UNTIL.fullmatch(said.bare)
    if found is None or said.is_question:
        return None
    try:
        return read_pause(only_group(found), now=said.now, zone=said.zone)
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
    if found is None or said.is_question or (moment := _moment(only_group(found), said)) is None:
        return None
    move = read_planned(said.bare, now=said.now, zone=said.zone)  # "I'll do it tomorrow"
    move = move or read_change(said.bare, now=said.now, zone=said.zone)  # "verschieb es auf morgen"
    if move and not move.title:
        return Snooze(until=moment, otherwise=move)
    corrected = _correction(said)  # "mejor el viernes"
    if isinstance(corrected, Correct):
        return Snooze(until=moment, otherwise=corrected)
    is_reminder = reminder_opening(said.typed) is not None
    return Snooze(
        until=moment, otherwise=AddTask(when=only_group(found), reminds=True) if is_reminder else None
    )


def _correction(said: _Text) -> Correct | RemindBefore | None:
    """A correction of what was said last, with a word that says so; it may be a polite one ("actually 6")."""
    text = _bare(sayings.POLITE_END.sub("", said.whole))
    found = None if said.is_question else read_correction(text, now=said.now, zone=said.zone)
    change = read_change(said.bare, now=said.now, zone=said.zone) if found else None
    return None if change and not change.title else found  # "make it tomorrow instead"


def _corrected(said: _Text) -> Intent | None:
    """A correction, or what is said after one: its words are no part of a title ("sorry, dentist at 4")."""
    if corrected := _correction(said):
        return corrected
    rest = without_correcting(said.typed)
    if said.is_question or rest == said.typed:
        return None
    again = replace(said, whole=rest, typed=rest, bare=_bare(rest))
    return _request(again) or _restated(again) or _plain_task(again)


def _not_away(said: _Text) -> Intent | None:
    """A vacation that does not take place; it may be a task as well."""
    texts = (said.bare, _bare(said.whole))
    if said.is_question or not any(sayings.NOT_AWAY.fullmatch(text) for text in texts):
        return None
    return CallOffPause(otherwise=_first_intent(said, _AFTER_QUESTIONS))


def _quiet(said: _Text) -> Intent | None:
    """Quiet hours. What looks like times and is none is taken as it is, so that the command can say what is
    wrong.
    """
    clear = sayings.QUIET_HOURS.fullmatch(said.bare)
    found = clear or sayings.QUIET_WORDS.fullmatch(said.bare)
    if found is None or said.is_question:
        return None
    asked = silence_at(only_group(found)) if clear or windows_in(only_group(found)) else None
    return asked or (SetQuiet(text=only_group(found)) if clear else None)


def _mute(said: _Text) -> Intent | None:
    return read_mute(said.bare)


def _lead_of_all(said: _Text) -> Intent | None:
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    return read_lead_of_all(said.bare)


def _reminder_end(said: _Text) -> Intent | None:
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    asked = read_reminder_end(said.bare)
    if asked is None or not asked.only_if_it_fits:
        return asked
    return replace(asked, otherwise=_first_intent(said, _AFTER_REMINDER_ENDS))


def _whole_list(said: _Text) -> Intent | None:
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    return read_whole_list(said.bare, now=said.now, zone=said.zone)


def _all_named(said: _Text) -> Intent | None:
    """A request about all tasks with some words; what else the words mean is kept."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    asked = read_all_named(said.bare, now=said.now, zone=said.zone)
    if asked is None:
        return None
    otherwise = _first_intent(said, (_several, *_AFTER_SEVERAL, _needed, _moved, _did))
    if isinstance(otherwise, Complete):  # "alle" is no word of a title
        otherwise = replace(otherwise, title=asked.title)
    return replace(asked, otherwise=otherwise)


def _taken_back(said: _Text) -> Intent | None:
    asked = None if said.is_question else read_taking_back(said.bare) or read_taking_back(_bare(said.whole))
    if asked is None or not asked.title:
        return asked
    return replace(asked, otherwise=_first_intent(said, _AFTER_TAKING_BACK))


def _unmute(said: _Text) -> Intent | None:
    found = None if said.is_question else sayings.UNMUTE.fullmatch(said.bare)
    topic = topic_in(only_group(found)) if found else ""
    return Unmute(topic=topic) if topic else None


def _phrase(said: _Text) -> Intent | None:
    return short_phrase(said.bare)


def _ask(said: _Text) -> Intent | None:
    asked = read_ask(said.bare, whole=said.whole)
    return _once(asked, said) if isinstance(asked, AddQuiet) else asked


def _once(asked: AddQuiet, said: _Text) -> AddQuiet | Pause | PauseLater:
    """A pause, if the days of the silence need not come again and again. The other meaning is kept."""
    days = days_once(said.bare)
    pause = pause_on(days, now=said.now, zone=said.zone) if days else None
    if pause is None:
        return asked
    if may_be_weekly(days, pause, said.zone):
        return replace(asked, once=days)
    return replace(pause, weekly=asked.text) if isinstance(pause, PauseLater) else pause


def _question(said: _Text) -> Intent | None:
    return read_question(said.bare)


def _asked_done(said: _Text) -> Intent | None:
    return read_done_question(said.bare) if said.is_question else None


def _service(said: _Text) -> Intent | None:
    return read_service_wish(said.bare, lambda: _first_intent(said, _AFTER_SEVERAL))


# --- Tasks on the list -------------------------------------------------------------------------------------


def _several(said: _Text) -> Intent | None:
    """Several requests in one sentence."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None

    def request_of(part: str) -> Intent | None:
        return _first_intent(replace(said, typed=part, bare=_bare(part)), _PARTS_OF_SEVERAL)

    def otherwise() -> Intent | None:
        return _first_intent(said, (*_AFTER_SEVERAL, _did))

    planned = partial(read_dated, now=said.now, zone=said.zone)
    return requests_of_sentence(said.bare, request_of, planned=planned, otherwise=otherwise)


def _request(said: _Text) -> Intent | None:
    """A change or removal of a task, or a wish if the words are one. What else they may mean is kept."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    words = without_wrong_date(said.typed.rstrip(" .?!"))
    asked = read_task_request(words, now=said.now, zone=said.zone)
    if asked is None or not (isinstance(asked, MoveTask | SkipTask) or asked.only_if_it_fits):
        return asked
    if isinstance(asked, MoveTask) and means_all(asked.words):
        return asked
    wish = None if is_no_wish(words) else _wish(said)
    if wish and not isinstance(asked, MoveTask) and not says_an_event(words):
        return wish
    of_others = asked.otherwise if isinstance(asked, SkipTask) else None  # of tasks that don't repeat
    if isinstance(of_others, RemoveTask | MoveTask):
        of_others = replace(of_others, otherwise=wish or _first_intent(said, _AFTER_REQUESTS))
    otherwise = of_others or asked.otherwise or wish or _first_intent(said, _AFTER_REQUESTS)
    if _is_dated_with_estimate(otherwise):  # "finish the report by friday, takes 2 hours"
        return otherwise
    if isinstance(asked, ChangeTask) and says_an_event(words):
        otherwise = _titled(otherwise, asked.title)
    return replace(asked, otherwise=otherwise)


def _restated(said: _Text) -> Intent | None:
    """The date that a task has in truth ("the dentist is on friday"), or what else the words mean."""
    words = said.typed.rstrip(" .?!")
    asked = None
    if not said.is_question:
        asked = read_planned(words, now=said.now, zone=said.zone)
        asked = asked or read_restated(words, now=said.now, zone=said.zone)
    if asked is None or places_in(asked.title):  # "do the first one tomorrow" is no to-do without a list
        return asked
    return replace(asked, otherwise=_titled(_first_intent(said, _AFTER_REQUESTS), asked.title))


def _titled(intent: Intent | None, title: str) -> Intent | None:
    """With that title, if it has no more than words of talk beside: "the dentist is on friday after all"."""
    if not isinstance(intent, AddTask) or intent.draft is None:
        return intent
    is_talk = ARTICLE.sub("", without_asides(intent.draft.title)) == title
    return replace(intent, drafts=(replace(intent.draft, title=title),)) if is_talk else intent


def _placed(said: _Text) -> Intent | None:
    """A new date for a task by its place in a list, if a list was shown."""
    asked = None if said.is_question else read_placed_date(said.bare, now=said.now, zone=said.zone)
    return replace(asked, otherwise=_first_intent(said, _AFTER_REQUESTS)) if asked else None


def _is_dated_with_estimate(intent: Intent | None) -> bool:
    return isinstance(intent, AddTask) and any(draft.due and draft.minutes for draft in intent.drafts)


# --- Tasks -------------------------------------------------------------------------------------------------


def _completed(said: _Text) -> Intent | None:
    if said.is_question:
        return None
    if places := done_places(said.bare):
        return Complete(title=places)
    found = sayings.COMPLETED.fullmatch(said.bare)
    if found is None:
        return None
    title = ARTICLE.sub("", only_group(found))
    return None if sayings.NOT_COMPLETED.search(title) else Complete(title=title)


def _did(said: _Text) -> Complete | None:
    """What was done with something, which is perhaps an open task: "I've paid the rent"."""
    return None if said.is_question else read_deed(said.bare)


def _reported(said: _Text) -> Complete | None:
    """What is done or off, in the words of a title: "rent paid"."""
    return None if said.is_question else read_report(said.bare)


def _break_down(said: _Text) -> Intent | None:
    return break_down_in(said.bare)


def _wish(said: _Text) -> Intent | None:
    if fault := impossible_reminder(said.typed):
        return AddTask(fault=fault)
    found = wish_in(said.typed.rstrip("? "))
    if found is None or not found.what:
        return None
    if found.kind != "reminder" and is_small_talk(said.typed):  # "todo bien"
        return None
    alone = single_task(found.what, now=said.now, zone=said.zone)
    if _is_nothing(alone):
        return None
    may_be_asked = found.kind == "reminder" or ASKED_FOR.match(said.typed)
    if said.is_question and not may_be_asked:
        return None
    added = tasks_of_wish(found, alone, now=said.now, zone=said.zone)
    return added if not listed_times(found.when) or len(added.drafts) > 1 else None


def _second_wish(said: _Text) -> AddTask | None:
    """A wish with a second one in the same sentence, or with a lead."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    return second_wish(said.typed.rstrip("? "), now=said.now, zone=said.zone)


def _begun(said: _Text) -> AddTask | None:
    """A wish that does not name the task: "add a task", "remind me tomorrow"."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    found = wish_in(said.typed.rstrip("?.! "))
    return _only_begun(found) if found and not found.what else None


def _is_nothing(alone: AddTask) -> bool:
    """Whether only "it" is to be done: that means the tip, and no new task."""
    return alone.draft is not None and NOT_A_TASK.fullmatch(alone.draft.title) is not None


def _moved(said: _Text) -> Intent | None:
    found = None if said.is_question else may_be_in(said.bare)
    return replace(found, otherwise=_did(said)) if found else None


def _plain_task(said: _Text) -> Intent | None:
    if said.is_question or is_report(said.bare):
        return None
    return plain_task(without_wrong_date(said.typed), now=said.now, zone=said.zone)


def _needed(said: _Text) -> AddTask | None:
    """What somebody needs: "I need milk"."""
    thing = "" if said.is_question or is_small_talk(said.typed) else needed_to_buy(said.bare)
    return tasks_in(thing, now=said.now, zone=said.zone) if thing and not is_small_talk(thing) else None


def _times_a_day(said: _Text) -> Intent | None:
    """Several times a day, at times that are not said."""
    if said.is_question and not ASKED_FOR.match(said.typed):
        return None
    return times_a_day(said.typed.rstrip("? "), now=said.now, zone=said.zone)


def _further(said: _Text) -> AddTask | None:
    """A task after others: "and hoovering on sunday", "und Paket abholen", "also ironing"."""
    joined = None if said.is_question or is_small_talk(said.whole) else after_joint(said.whole)
    if joined is None or _is_one_whole(said):
        return None
    rest = replace(said, typed=joined.rest, bare=_bare(joined.rest))
    found = _first_intent(rest, (*_AFTER_SEVERAL, _needed))
    if found is None and joined.is_sure and len(joined.rest.split()) <= _MAX_FURTHER_WORDS:
        found = first_task(joined.rest, now=said.now, zone=said.zone)
    return found if isinstance(found, AddTask) and found.drafts else None


def _is_one_whole(said: _Text) -> bool:
    """Whether the first word joins nothing: "plus besoin du plombier", "y a réunion jeudi"."""
    if says_an_event(said.typed):
        return True
    return isinstance(read_task_request(said.typed.rstrip(" .!"), now=said.now, zone=said.zone), RemoveTask)


# --- Tips --------------------------------------------------------------------------------------------------


def _tip(said: _Text) -> Intent | None:
    request = read_request(said.bare, now=said.now, zone=said.zone)
    return AskTip(request=request) if request else None


_Readers = tuple[Callable[[_Text], Intent | None], ...]
_AFTER_REQUESTS: _Readers = (_wish, _completed, _tip, _reported, _plain_task)
_PARTS_OF_SEVERAL: _Readers = (_break_down, _request, _wish, _completed, _reported, _did)
_AFTER_SEVERAL: _Readers = (_request, _placed, _restated, *_AFTER_REQUESTS)
_AFTER_TAKING_BACK: _Readers = (
    _quiet, _pause, _unmute, _mute, _snooze, _corrected, _all_named, _break_down, _further,
    _times_a_day, _second_wish, _begun, _several, *_AFTER_SEVERAL, _needed, _moved, _did,
)  # fmt: skip
_AFTER_REMINDER_ENDS: _Readers = (_taken_back, *_AFTER_TAKING_BACK)
_AFTER_QUESTIONS: _Readers = (_service, _asked_done, _whole_list, _reminder_end, *_AFTER_REMINDER_ENDS)
_READERS: _Readers = (_lead_of_all, _ask, _phrase, _question, _not_away, *_AFTER_QUESTIONS)


def _first_intent(said: _Text, readers: _Readers) -> Intent | None:
    return next((intent for reader in readers if (intent := reader(said))), None)
