"""Settings in words, and the plan of the next days.

Tests: tests/golden/test_screens.py, tests/scenarios/test_silence.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.languages.active import active
from bot.languages.names import own_name
from bot.screens import (
    texts,
    texts_agenda,
    texts_calendar,
    texts_notifications,
    texts_privacy,
    texts_reminders,
    texts_settings,
    texts_talk,
    texts_welcome,
    texts_why,
)
from bot.screens.dates import clock, day, listed, moment, on_day
from bot.screens.dates import until as ends
from bot.screens.hints import setting_question
from bot.screens.language_model import llm_words
from bot.screens.markup import join, say
from bot.screens.reminder_lists import settings_lines
from bot.screens.topics import muted_words, topics_words
from bot.screens.weekdays import days_words
from core.chat import Button, Message
from core.errors import BadInput
from core.people.talk_memory import REMEMBERED
from core.records import WEEKDAYS, DayTimes, Moved, Pause, Person, Preferences, Purpose, QuietWindow, Slot
from core.scheduling.meetings import NO_MEETINGS, Meetings, next_expected
from core.scheduling.pauses import paused_until, planned_pause
from core.scheduling.quiet_hours import FOREVER, midnight
from core.scheduling.timezones import zone_of
from core.text import capitalized
from core.words.settings import (
    MAX_CAP,
    ScheduleWords,
    format_quiet,
    format_times,
    joined_quiet,
    parse_quiet,
)

PLAN_DAYS = 7

PAUSING = ("pause", "resume", "drop_pause")
"""What a change of pauses is called in the event log."""

WEEKENDS_QUIET = "weekends all day"

HOURS = round(REMEMBERED.total_seconds() / 3600)
"""For how many hours a talk is remembered."""


def preferences(
    person: Person, now: datetime, *, guard: timedelta, llm: str | None, meetings: Meetings = NO_MEETINGS
) -> Message:
    """All settings, with buttons for the common changes."""
    chosen = person.preferences
    zone = zone_of(person)
    shown = say(
        texts_settings.PREFS,
        *_preference_buttons(person, now, has_llm=llm is not None),
        times=times_words(chosen),
        quiet=quiet_words(chosen),
        cap=person.most_a_day,
        less=less_words(person),
        zone=person.zone or "?",
        language=own_name(active().code),
        muted=", ".join(muted_words(chosen)) or texts_settings.NONE_MUTED,
        llm=(llm_words(llm) if llm else texts_settings.NO_LLM)
        if person.allows(Purpose.LANGUAGE_MODEL)
        else texts_settings.OFF,
        learn=texts_settings.ON if person.allows(Purpose.LEARNING) else texts_settings.OFF,
        hold_out=texts_settings.ON if person.allows(Purpose.HOLDOUT) else texts_settings.OFF,
        status=_status(person, now, zone, guard, meetings),
    )
    shown = join(shown, settings_lines(chosen))
    return join(shown, _memory_line(person)) if llm and person.allows(Purpose.LANGUAGE_MODEL) else shown


def _memory_line(person: Person) -> Message:
    memory = (
        texts_talk.MEMORY_HOURS.format(hours=HOURS) if person.allows(Purpose.TALK) else texts_settings.OFF
    )
    return say(texts_talk.PREFS_MEMORY, memory=memory)


def _preference_buttons(person: Person, now: datetime, *, has_llm: bool) -> list[tuple[Button, ...]]:
    pausing = (
        Button(label=texts.RESUME, verb="resume")
        if paused_until(person, now)
        else Button(label=texts.PAUSE_DAY, verb="pause_day")
    )
    return [
        (_ask("times", texts.CHANGE_TIMES), _ask("quiet", texts.CHANGE_QUIET)),
        (
            _ask("lead", texts_reminders.PREFS_LEAD_BUTTON),
            _ask("brief", texts_reminders.PREFS_BRIEF_BUTTON),
            _ask("review", texts_reminders.PREFS_REVIEW_BUTTON),
        ),
        (*_caps(person.most_a_day), pausing),
        tuple(_switches(person, has_llm=has_llm)),
        (
            _switch(Purpose.HOLDOUT, person.allows(Purpose.HOLDOUT), texts.HOLD_OUT_OFF, texts.HOLD_OUT_ON),
            Button(label=texts.CHANGE_LANGUAGE, verb="languages"),
        ),
    ]


def _ask(setting: str, label: str) -> Button:
    """A button that lets the person type the value of a setting."""
    return Button(label=label, verb="ask", arg=setting, asks=setting_question(setting))


def _caps(cap: int) -> list[Button]:
    steps = ((texts.FEWER, cap - 1), (texts.MORE_TIPS, cap + 1))
    return [Button(label=label, verb="cap", arg=str(to)) for label, to in steps if 0 <= to <= MAX_CAP]


def _switches(person: Person, *, has_llm: bool) -> list[Button]:
    allows_llm = person.allows(Purpose.LANGUAGE_MODEL)
    language = _switch(Purpose.LANGUAGE_MODEL, allows_llm, texts.LLM_OFF, texts.LLM_ON)
    learning = _switch(Purpose.LEARNING, person.allows(Purpose.LEARNING), texts.LEARN_OFF, texts.LEARN_ON)
    if not has_llm:
        return [learning]
    keeps = person.allows(Purpose.TALK)
    memory = _switch(Purpose.TALK, keeps, texts_talk.MEMORY_SWITCH_OFF, texts_talk.MEMORY_SWITCH_ON)
    return [language, learning, memory] if allows_llm else [language, learning]


def _switch(name: str, is_on: bool, turn_off: str, turn_on: str) -> Button:
    """A button that names the state it sets, so that a second tap changes nothing."""
    return Button(
        label=turn_off if is_on else turn_on, verb="toggle", arg=f"{name} {'off' if is_on else 'on'}"
    )


def _status(person: Person, now: datetime, zone: ZoneInfo, guard: timedelta, meetings: Meetings) -> str:
    if until := paused_until(person, now):
        return texts_settings.STATUS_PAUSED.format(until=until_words(until, now, zone))
    status = texts_settings.STATUS_ON.format(next=next_words(person, now, guard=guard, meetings=meetings))
    if planned := planned_pause(person, now):
        return texts_settings.STATUS_PLANNED.format(status=status, **_span(planned, now, zone))
    return status


def times_words(chosen: Preferences) -> str:
    """``9:00, 13:00 and 18:30``; with days if they differ."""
    if not chosen.times:
        return texts_settings.NONE
    if len(chosen.times) > 1 or len(chosen.times[0].days) < len(WEEKDAYS):
        return format_times(chosen.times, _schedule_words())
    return listed([clock(at) for at in chosen.times[0].times])


def times_typed(chosen: Preferences) -> str:
    """As the person would type them."""
    return format_times(chosen.times, _schedule_words()) if chosen.times else texts_settings.NONE


def at_times_words(chosen: Preferences) -> str:
    """In a sentence: ``at 9:00 and 13:00``; ``on weekdays at 9:00; on Saturdays at 10:30``."""
    return reduce(_and_then, map(_at_times, chosen.times)) if chosen.times else ""


def _and_then(first: str, second: str) -> str:
    return texts_settings.TIMES_TWO.format(first=first, second=second)


def _at_times(one: DayTimes) -> str:
    times = listed([clock(at) for at in one.times])
    hour = one.times[0].hour
    if len(one.days) == len(WEEKDAYS):
        return texts_settings.TIMES_AT.of(hour, times=times)
    return texts_settings.TIMES_ON.of(hour, days=days_words(one.days), times=times)


def _schedule_words() -> ScheduleWords:
    """The words of times and quiet hours, in the active language."""
    return ScheduleWords(
        days=texts_settings.SHORT_DAYS,
        every_day=texts_settings.EVERY_DAY,
        all_day=texts_settings.ALL_DAY,
        clock=clock,
        of_days=days_words,
    )


def quoted(topics: Sequence[str]) -> str:
    """Muted topics in a sentence: ``"milk" and "bread"``."""
    return listed([texts.QUOTED.format(words=topic) for topic in topics_words(topics)])


def quiet_words(chosen: Preferences) -> str:
    """``22:00–7:00``; ``none`` without quiet hours."""
    return format_quiet(chosen.quiet, _schedule_words()) if chosen.quiet else texts_settings.NONE


def never_words(chosen: Preferences) -> str:
    """``never between 22:00 and 7:00``."""
    if not chosen.quiet:
        return texts_welcome.ANY_HOUR
    first = chosen.quiet[0]
    if len(chosen.quiet) > 1 or len(first.days) < len(WEEKDAYS):
        return texts_welcome.NEVER_IN.format(quiet=quiet_words(chosen))
    return texts_welcome.NEVER_BETWEEN.format(start=clock(first.start), end=clock(first.end))


def less_words(person: Person) -> str:
    """Says that oO writes less often than the person allows; empty if it does not."""
    cap = person.preferences.cap
    return texts_settings.CAP_LESS.format(cap=cap) if person.most_a_day < cap else ""


def until_words(until: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The end of a pause: ``Monday``, ``Monday 9:00``, or the command that ends it."""
    return texts_settings.UNTIL_RESUME if until >= FOREVER else ends(until, now, zone)


def paused(
    until: datetime, now: datetime, zone: ZoneInfo, buttons: Sequence[tuple[Button, ...]] = ()
) -> Message:
    """Says that oO is silent, and what ends that."""
    if until >= FOREVER:
        return say(texts_settings.PAUSED_LONG, *buttons)
    return say(texts_settings.PAUSED, *buttons, until=ends(until, now, zone))


def pause_planned(
    planned: Pause, person: Person, now: datetime, buttons: Sequence[tuple[Button, ...]]
) -> Message:
    """Says when oO will be silent, and whether it is so now."""
    zone = zone_of(person)
    if until := paused_until(person, now):
        said = say(texts_why.PLAN_PAUSE, *buttons, **_span(planned, now, zone))
        return join(said, say(texts_why.PLAN_PAUSED, until=until_words(until, now, zone)))
    return say(texts_settings.PAUSE_PLANNED, *buttons, **_span(planned, now, zone))


def weekly_button(person: Person, weekly: str, *, is_weekend: bool) -> tuple[Button, ...]:
    """Offers silence on the days ``weekly`` of every week, as typed for /quiet; nothing if that can't be."""
    label = texts_agenda.QUIET_WEEKENDS if is_weekend else texts_agenda.QUIET_WEEKLY
    quiet = _with_quiet(person.preferences.quiet, WEEKENDS_QUIET if is_weekend else weekly)
    return (Button(label=label, verb="confirm", arg=f"set_quiet {quiet}"),) if quiet else ()


def planned_line(person: Person, now: datetime) -> list[Message]:
    """Tells of the pause that is planned, if there is one."""
    planned = planned_pause(person, now)
    return [say(texts_why.PLAN_PAUSE, **_span(planned, now, zone_of(person)))] if planned else []


def replaced_line(before: Pause | None, planned: Pause, person: Person, now: datetime) -> list[Message]:
    """Tells of the pause ``before`` that another one has taken the place of, if there was one."""
    if before is None or before == planned:
        return []
    return [say(texts_settings.PAUSE_REPLACED, **_span(before, now, zone_of(person)))]


def _span(pause: Pause, now: datetime, zone: ZoneInfo) -> dict[str, str]:
    """When the planned pause starts and ends, in words."""
    starts = (pause.starts or now).astimezone(zone)
    is_day = starts == midnight(starts.date(), zone)
    start = on_day(starts.date(), now.astimezone(zone).date()) if is_day else moment(starts, now, zone)
    return {"start": start, "until": until_words(pause.until, now, zone)}


def at_work(person: Person, wanted: str) -> Message:
    """Asks whether the hours of work, as typed for /quiet, are to be quiet ones as well.

    Raises ``BadInput`` if there would be no other hours.
    """
    hours = parse_quiet(wanted)
    quiet = format_quiet(joined_quiet(person.preferences.quiet, hours))
    buttons = (
        Button(label=texts.YES, verb="confirm", arg=f"set_quiet {quiet}"),
        Button(label=texts.NO, verb="leave"),
    )
    return say(texts_settings.WORK_HOURS, buttons, quiet=format_quiet(hours, _schedule_words()))


def _with_quiet(quiet: tuple[QuietWindow, ...], more: str) -> str:
    """The quiet hours and more of them, as typed; empty if that can't be."""
    try:
        return format_quiet(joined_quiet(quiet, parse_quiet(more)))
    except BadInput:
        return ""


def silence(person: Person, now: datetime) -> Message | None:
    """Says why oO doesn't write on its own, and what ends that; None if it does write."""
    if not person.allows(Purpose.MESSAGES):
        return say(texts_privacy.MESSAGES_OFF)
    if until := paused_until(person, now):
        return paused(until, now, zone_of(person))
    if person.preferences.cap == 0:
        return say(texts_settings.CAP_ZERO)
    return None if person.preferences.times else say(texts_settings.TIMES_OFF)


def next_words(person: Person, now: datetime, *, guard: timedelta, meetings: Meetings = NO_MEETINGS) -> str:
    """When oO may write next. No push starts in the time ``guard`` before quiet hours, or in a meeting."""
    if person.zone is None:
        return texts_settings.NEXT_UNKNOWN
    zone = zone_of(person)
    at = next_expected(
        person.preferences, zone, now=now, guard=guard, pauses=person.pauses, meetings=meetings
    )
    if at is None or person.preferences.cap == 0 or not person.allows(Purpose.MESSAGES):
        return texts_settings.NEXT_NEVER
    return moment(at, now, zone)


# --- After a change ----------------------------------------------------------------------------------------


def cap_moved(person: Person, now: datetime, undo: tuple[Button, ...]) -> Message:
    """Says the new daily limit, and what else keeps oO from writing that often."""
    cap = person.preferences.cap
    said = say(texts_settings.CAP_SET if cap else texts_settings.CAP_ZERO, undo, cap=cap)
    silent = silence(person, now) if cap else None
    if silent:
        return join(said, silent)
    slots = most_slots_a_day(person.preferences)
    if cap <= slots:
        return said
    return join(said, say(texts_agenda.CAP_ABOVE_TIMES, slots=slots, times=times_words(person.preferences)))


def most_slots_a_day(chosen: Preferences) -> int:
    """How often oO writes on the fullest day of the week, whatever the daily limit."""
    return max(sum(len(one.times) for one in chosen.times if on in one.days) for on in WEEKDAYS)


def restored(person: Person, what: str) -> Message:
    """Says the value of a setting after its change was taken back."""
    chosen = person.preferences
    sentences = {
        "cap": (texts_agenda.CAP_RESTORED_ZERO, texts_agenda.CAP_RESTORED)[chosen.cap > 0],
        "times": (texts_agenda.TIMES_RESTORED_OFF, texts_agenda.TIMES_RESTORED)[bool(chosen.times)],
        "quiet": (texts_agenda.QUIET_RESTORED_OFF, texts_agenda.QUIET_RESTORED)[bool(chosen.quiet)],
    }
    return say(
        sentences.get(what, texts_agenda.SETTING_RESTORED),
        cap=person.most_a_day,
        times=at_times_words(chosen),
        quiet=quiet_words(chosen),
    )


def pauses_restored(person: Person, now: datetime) -> Message:
    """Says which pauses there are after a change of them was taken back."""
    zone, until, planned = zone_of(person), paused_until(person, now), planned_pause(person, now)
    if until:
        silent = say(texts_agenda.PAUSE_RESTORED, until=until_words(until, now, zone))
        return join(silent, *planned_line(person, now))
    if planned:
        return say(texts_agenda.PLAN_RESTORED, **_span(planned, now, zone))
    return say(texts_agenda.PAUSE_RESTORED_OFF)


# --- Plan --------------------------------------------------------------------------------------------------


def plan(person: Person, slots: Sequence[Slot], now: datetime) -> Message:
    """The slots of the next days in local time, why some were moved, and what limits them."""
    if not person.allows(Purpose.MESSAGES):
        return say(texts_privacy.MESSAGES_OFF)
    if person.preferences.cap == 0:
        return say(texts_settings.CAP_ZERO)
    if not person.preferences.times:
        return say(texts_why.PLAN_NONE)
    zone = zone_of(person)
    today = now.astimezone(zone).date()
    days = [
        (on, list(of_day))
        for on, of_day in groupby(
            (slot for slot in slots if Moved.PAUSED not in slot.moved), key=lambda slot: slot.local.date()
        )
    ]
    parts = [say(texts_why.PLAN_HEAD)] if days else []
    for on, of_day in days:
        words = " · ".join(slot_words(slot) for slot in of_day)
        parts.append(say(texts_why.PLAN_DAY, day=capitalized(day(on, today)), slots=words))
    if any(len(of_day) > person.most_a_day for _, of_day in days):
        parts.append(say(texts_why.PLAN_CAP, cap=person.most_a_day, less=less_words(person)))
    if until := paused_until(person, now):
        parts.append(say(texts_why.PLAN_PAUSED, until=until_words(until, now, zone)))
    parts += planned_line(person, now)
    return join(*parts) if parts else say(texts_why.PLAN_EMPTY)


def slot_words(slot: Slot) -> str:
    """``9:00``, or ``3:00 instead of 2:30 (the clocks go forward)``."""
    planned = clock(datetime.fromisoformat(slot.key))
    sentences = {
        **texts_why.PLAN_MOVED,
        "meeting": texts_calendar.PLAN_MEETING,
        "lost_to_meeting": texts_calendar.PLAN_LOST,
        "silenced": texts_notifications.PLAN_SILENCED,
    }
    reason = next((one for one in reversed(slot.moved) if one.value in sentences), None)
    if reason is None:
        return clock(slot.local)
    return sentences[reason.value].format(at=clock(slot.local), planned=planned)


def a_day_later(now: datetime, zone: ZoneInfo) -> datetime:
    """Tomorrow at the same wall-clock minute: what *Pause a day* means."""
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    return (local + timedelta(days=1)).astimezone(UTC)
