"""What people type: commands and their arguments, free text, tasks, recurrences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.commands import COMMANDS
from core.errors import BadInput
from core.scheduling.timezones import find_zone
from core.tasks.filters import parse_filter
from core.text import clean
from core.words.asked_reminders import asked_time, reminder_wish
from core.words.commands import MAX_ARGUMENT_LENGTH, parse_command
from core.words.dates.moments import MAX_AHEAD, parse_moment
from core.words.language_wishes import language_wish
from core.words.languages import clear_language
from core.words.leads import MAX_LEAD, parse_lead, parse_lead_of_task
from core.words.mail_addresses import MAX_ADDRESS, address_in, in_ascii, mail_address
from core.words.pause_end import silent_until
from core.words.pieces import steps_in
from core.words.plain_tasks import first_task
from core.words.replies import about_tip, is_no_value, reply_phrase
from core.words.requests import tip_argument
from core.words.settings import (
    MAX_CAP,
    format_quiet,
    format_times,
    parse_cap,
    parse_quiet,
    parse_times,
)
from core.words.small_talk import is_small_talk
from core.words.tokens import parse_token
from core.words.understand import may_be_task, understand, wished
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.words_of import phrasebook_words, typed_texts

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ZONES = tuple(
    map(ZoneInfo, ("Europe/Berlin", "UTC", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu"))
)
INSTANTS = (NOW, datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))

Moment = Mapping[str, datetime | ZoneInfo]
MOMENTS: tuple[Moment, ...] = tuple({"now": now, "zone": zone} for now in INSTANTS for zone in ZONES)


def checked_record(value: object, limit: int = MAX_ARGUMENT_LENGTH) -> None:
    """No text in a record hides, is unbounded, or is something that a database refuses."""
    if isinstance(value, str):
        assert len(value) <= limit
        value.encode()
        assert "\x00" not in value
    elif isinstance(value, datetime):
        assert value.tzinfo is not None
    for one in _held(value):
        checked_record(one, limit)


def _held(value: object) -> Iterable[object]:
    """What a record, an error or a collection holds."""
    if isinstance(value, BadInput):
        return [value.values]
    if is_dataclass(value):
        return [getattr(value, one.name) for one in fields(value)]
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    return value if isinstance(value, (tuple, list, frozenset)) else ()


# --- Commands ----------------------------------------------------------------------------------------------


def _times(text: str, _: Moment) -> object:
    found = parse_times(text)
    assert parse_times(format_times(found)) == found
    return found


def _quiet(text: str, _: Moment) -> object:
    found = parse_quiet(text)
    assert parse_quiet(format_quiet(found)) == found
    return found


def _cap(text: str, _: Moment) -> object:
    found = parse_cap(text)
    assert 0 <= found <= MAX_CAP
    return found


def _lead(text: str, _: Moment) -> object:
    for found in (parse_lead(text), parse_lead_of_task(text)):
        assert found is None or found.minutes is None or 0 <= found.minutes <= MAX_LEAD
    return None


def _moment(text: str, moment: Moment) -> object:
    found = parse_moment(text, **moment)  # type: ignore[arg-type]
    now = moment["now"]
    assert isinstance(now, datetime)
    assert now < found <= now + MAX_AHEAD
    return found


def _pause(text: str, moment: Moment) -> object:
    found = silent_until(text, **moment)  # type: ignore[arg-type]
    now = moment["now"]
    assert isinstance(now, datetime)
    assert now < found <= now + MAX_AHEAD + timedelta(days=8)
    return found


def _address(text: str, _: Moment) -> object:
    found = mail_address(text)
    if found is not None:
        assert len(found) <= MAX_ADDRESS
        assert mail_address(found) == found
        assert not any(one in in_ascii(found) for one in "\r\n\x00 ")
    return found, address_in(text)


def _zone(text: str, _: Moment) -> object:
    found = find_zone(text)
    return found if isinstance(found, tuple) else found.key


ARGUMENTS: tuple[Callable[[str, Moment], object], ...] = (
    _times,
    _quiet,
    _cap,
    _lead,
    _moment,
    _pause,
    _address,
    _zone,
    lambda text, moment: parse_filter(text, **moment),  # type: ignore[arg-type]
    lambda text, moment: tip_argument(text, **moment),  # type: ignore[arg-type]
    lambda text, moment: asked_time(text, **moment),  # type: ignore[arg-type]
    lambda text, _: parse_token(text),
    lambda text, _: (language_wish(text), clear_language(text)),
)
"""What reads the argument of a command."""


def _commands(data: bytes) -> None:
    parse, rest = chosen(data, ARGUMENTS)
    moment, rest = chosen(rest, MOMENTS)
    text = text_of(rest)
    command = parse_command(text, COMMANDS)
    if command:
        assert command.name in COMMANDS
        assert len(command.argument) <= MAX_ARGUMENT_LENGTH
        command.argument.encode()
    try:
        checked_record(parse(text if command is None else command.argument, moment))
    except BadInput as fault:
        checked_record(fault)


_TYPED_ARGUMENTS = (
    *(
        ["9:00 13:00", "mon-fri 9 13, sat 10:30", "off"],
        ["22:00-07:00", "mon-fri 9-12, 22-7", "weekends all day"],
    ),
    *(["3", "three", "3 tips"], ["15 minutes before", "aus", "half an hour before the dentist"]),
    *(["2 h", "monday 8am", "until 3 May"], ["for today", "until the end of next week", "2 Wochen"]),
    *(
        ["<ann@example.org>", "mailto:Ünn@exämple.org"],
        ["são paulo", "europe/berlin"],
        ["today #work p1 rent"],
    ),
    *(
        ["20 min at home", "10 min focus"],
        ["tomorrow 9"],
        ["new laptop read, write", "revoke laptop"],
        ["auf Deutsch"],
    ),
)

COMMANDS_TARGET = Target(
    name="commands",
    run=_commands,
    seeds=lambda: [
        choice(number, choice(0, text))
        for number, texts in enumerate(_TYPED_ARGUMENTS)
        for text in (*texts, f"/snooze {texts[0]}")
    ],
    shape=Shape.WORDS,
    words=lambda: (*phrasebook_words(), *(f"/{name} " for name in COMMANDS)),
    max_bytes=600,
)


# --- Free text ---------------------------------------------------------------------------------------------


def _words(data: bytes) -> None:
    moment, rest = chosen(data, MOMENTS)
    text = text_of(rest)
    for read in (understand, wished, reminder_wish, first_task, steps_in):
        try:
            checked_record(read(text, **moment))  # type: ignore[arg-type]
        except BadInput as fault:
            checked_record(fault)
    may_be_task(text)
    is_small_talk(clean(text, MAX_ARGUMENT_LENGTH))
    _reply(text, moment)


def _reply(text: str, moment: Moment) -> None:
    is_no_value(text)
    if reply_phrase(text) is None:
        try:
            about_tip(text, None, **moment)  # type: ignore[arg-type]
        except BadInput as fault:
            checked_record(fault)


WORDS = Target(
    name="words",
    run=_words,
    seeds=lambda: [choice(0, text) for text in typed_texts()[::4]],
    shape=Shape.WORDS,
    words=phrasebook_words,
    max_bytes=1200,
)


TARGETS = by_name(COMMANDS_TARGET, WORDS)
