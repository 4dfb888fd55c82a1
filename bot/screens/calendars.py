"""The screens of calendars: what was connected, its state, and the events of a day.

Tests: tests/scenarios/test_calendar.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_agenda, texts_calendar, texts_connect, texts_connections
from bot.screens.agenda_lines import short
from bot.screens.dates import at_time, clock
from bot.screens.markup import join, say
from core.chat import Button, Channel, Message
from core.errors import CalendarUnusable, SourceBusy, SourceDisconnected, SourceUnavailable
from core.records import CalendarCopy, CalendarEvent, CalendarProvider, Integration, TokenStatus

COMMAND_NAMES = {CalendarProvider.FEED: "calendar", CalendarProvider.CALDAV: "caldav"}
"""What is typed after /connect and /disconnect."""

MAX_EVENTS = 8


def connected(copy: CalendarCopy, provider: CalendarProvider, now: datetime, *, asks_titles: bool) -> Message:
    """What was connected, what it means, and the question whether titles may be stored."""
    meetings = sum(one.is_busy and one.ends_at > now for one in copy.events)
    sentence = texts_calendar.CALENDAR_OK if copy.name else texts_calendar.CALENDAR_OK_UNNAMED
    parts = [
        say(sentence, name=copy.name or "", meetings=texts_calendar.MEETINGS.of(meetings)),
        say(texts_calendar.CALENDAR_MEANS),
    ]
    if provider is CalendarProvider.CALDAV:
        parts.append(say(texts_calendar.CALENDAR_TASKS))
    if copy.left_out:
        parts.append(say(texts_calendar.CALENDAR_LEFT_OUT, count=copy.left_out))
    if asks_titles:
        yes = Button(label=texts_calendar.CALENDAR_TITLES_YES, verb="calendar_titles", arg="on")
        no = Button(label=texts_calendar.CALENDAR_TITLES_NO, verb="calendar_titles", arg="off")
        parts.append(say(texts_calendar.CALENDAR_ASK_TITLES, (yes, no)))
    return join(*parts)


def refused(fault: SourceUnavailable) -> Message:
    """Why a calendar was not connected, and that nothing was stored."""
    if isinstance(fault, CalendarUnusable):
        said = say(texts_calendar.CALENDAR_REFUSED[fault.reason], **fault.values)
    elif isinstance(fault, SourceDisconnected):
        said = say(texts_calendar.CALENDAR_LOGIN_REFUSED)
    elif isinstance(fault, SourceBusy):
        said = say(texts_calendar.CALENDAR_BUSY)
    else:
        said = say(texts_calendar.CALENDAR_UNREACHABLE)
    return join(said, say(texts_calendar.CALENDAR_NOT_STORED))


def state(one: Integration, now: datetime, zone: ZoneInfo) -> Message:
    """The state of a connection, what to do about it, and how to end it."""
    provider = CalendarProvider(one.provider)
    calendar, name = texts_calendar.CALENDAR_NAMES[provider.value], COMMAND_NAMES[provider]
    synced = texts.CONNECT_SYNCED.format(time=at_time(one.synced_at, now, zone)) if one.synced_at else ""
    said = say(_sentence(one.status), calendar=calendar, name=name, synced=synced)
    return join(said, say(texts_calendar.CALENDAR_END, name=name))


def lost(one: Integration) -> Message:
    """The notice that a calendar can't be read until the person connects it again."""
    provider = CalendarProvider(one.secret_name)
    calendar = texts_calendar.CALENDAR_NAMES[provider.value]
    return say(_sentence(one.status), calendar=calendar, name=COMMAND_NAMES[provider], synced="")


def _sentence(status: TokenStatus) -> str:
    if status is TokenStatus.MISSING:
        return texts_calendar.CALENDAR_STATE_MISSING
    if status.must_reconnect:
        return texts_calendar.CALENDAR_STATE_LOST
    return (
        texts_calendar.CALENDAR_STATE_ERROR if status is TokenStatus.ERROR else texts_calendar.CALENDAR_STATE
    )


def what_to_disconnect(providers: Sequence[str]) -> Message:
    """The question which connection shall end, with a button for each."""
    if not providers:
        return say(texts_calendar.NOTHING_CONNECTED)
    buttons = tuple(
        Button(label=texts_connections.CONNECTION_NAMES[one], verb=_ends(one), arg=one) for one in providers
    )
    return say(texts_calendar.DISCONNECT_WHICH, buttons)


def _ends(provider: str) -> str:
    """The verb of the button that ends a connection. That of an account asks about its tasks first."""
    if provider == Channel.EMAIL.value:
        return "mail_disconnect"
    return "calendar_disconnect" if provider in list(CalendarProvider) else "disconnect"


def ask_to_disconnect(tasks: int) -> Message:
    """Ask what shall become of the tasks that were copied from a CalDAV account."""
    return say(
        texts_calendar.CALDAV_DISCONNECT_ASK.of(tasks),
        (
            Button(label=texts_connect.KEEP, verb="caldav_disconnect", arg="keep"),
            Button(label=texts_connect.REMOVE, verb="caldav_disconnect", arg="remove"),
            Button(label=texts_connect.STAY, verb="caldav_disconnect", arg="stay"),
        ),
    )


def events_line(events: Sequence[CalendarEvent], zone: ZoneInfo) -> list[Message]:
    """The events of a day on one line; none without any."""
    if not events:
        return []
    words = [_event(one, zone) for one in events[:MAX_EVENTS]]
    if len(events) > MAX_EVENTS:
        words.append(texts_agenda.AGENDA_AND_MORE.format(more=len(events) - MAX_EVENTS))
    return [say(texts_calendar.AGENDA_EVENTS, events=" · ".join(words))]


def _event(event: CalendarEvent, zone: ZoneInfo) -> str:
    untitled = texts_calendar.EVENT_BUSY if event.is_busy else texts_calendar.EVENT_FREE
    title = short(event.title) if event.title else untitled
    if event.is_whole_day:
        return texts_calendar.EVENT_WHOLE_DAY.format(title=title)
    start, end = (clock(at.astimezone(zone)) for at in (event.starts_at, event.ends_at))
    sentence = texts_calendar.EVENT_AT if event.ends_at > event.starts_at else texts_calendar.EVENT_POINT
    return sentence.format(start=start, end=end, title=title)
