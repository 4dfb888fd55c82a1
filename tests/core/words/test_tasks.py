from __future__ import annotations

import subprocess
import sys
import time as seconds
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import instant
from core.words.dates.days import DAYS
from core.words.dates.patterns import search_pattern
from core.words.dates.recurrences import RECURRENCES
from core.words.tasks import MAX_TITLE, next_due, parse_task
from tests.core.words.hostile import BOMBS, HUGE_TEXT_SECONDS, answered, hostile_text
from tests.core.words.phrases import DATES, NO_DATES, OTHER_LANGUAGES, PRIORITIES, REPEATS, Phrase
from tests.core.words.times import BERLIN, NOW, berlin, instants

ALL = DATES + REPEATS + PRIORITIES + OTHER_LANGUAGES + NO_DATES
ZONES = ("Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Tokyo")


def understood(typed: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> Phrase:
    """What ``parse_task`` makes of it, as a row of the table."""
    draft = parse_task(typed, now=now, zone=zone)
    on, at = (draft.due.on, draft.due.at) if draft.due else (None, None)
    return Phrase(
        typed,
        draft.title,
        on.isoformat().removeprefix("2027-") if on else None,
        at.isoformat("minutes") if at else None,
        draft.priority,
        draft.repeats,
    )


@pytest.mark.parametrize("phrase", ALL, ids=lambda phrase: phrase.typed)
def test_a_to_do_is_understood(phrase: Phrase) -> None:
    assert understood(phrase.typed) == phrase


def test_the_calendar_is_not_imported_before_the_first_date() -> None:
    check = (
        "import sys, core.words.dates.moments, core.words.settings, core.words.tasks, core.words.understand\n"
        "print({'dateutil'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True, text=True)
    assert printed.stdout == "set()\n"


# --- Clocks that change ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "typed", "on", "at"),
    [
        ("2027-03-28 01:30", "turn the cake in 1 hour", date(2027, 3, 28), time(3, 30)),
        ("2027-03-28 01:30", "turn the cake in 30 minutes", date(2027, 3, 28), time(3)),
        ("2027-10-31 01:30", "turn the cake in 2 hours", date(2027, 10, 31), time(2, 30)),
        ("2027-10-31 00:30", "turn the cake in 4 hours", date(2027, 10, 31), time(3, 30)),
        ("2027-03-27 12:00", "feed the cat tomorrow 02:30", date(2027, 3, 28), time(2, 30)),
        ("2027-03-16 23:50", "turn the cake in 20 minutes", date(2027, 3, 17), time(0, 10)),
        ("2027-03-16 23:50", "call Tokyo at 1am", date(2027, 3, 17), time(1)),
        ("2027-03-17 00:10", "call Tokyo at 1am", date(2027, 3, 17), time(1)),
        ("2027-03-17 00:10", "wash up tonight", date(2027, 3, 17), time(21)),
        ("2027-03-16 22:30", "wash up tonight", date(2027, 3, 16), None),
        ("2027-12-31 23:59", "call Ben tomorrow 9:00", date(2028, 1, 1), time(9)),
    ],
)
def test_a_due_time_is_right_when_clocks_change_and_past_midnight(
    now: str, typed: str, on: date, at: time | None
) -> None:
    assert parse_task(typed, now=berlin(now), zone=BERLIN).due == Due(on=on, at=at)


@pytest.mark.parametrize(
    ("now", "typed", "on", "at"),
    [
        ("2027-03-16 12:00:01", "tea in 1 minute", 16, time(12, 2)),
        ("2027-03-16 12:00:59", "tea in 20 minutes", 16, time(12, 21)),
        ("2027-03-16 12:00:00", "tea in 20 minutes", 16, time(12, 20)),
        ("2027-03-16 23:59:30", "tea in einer Minute", 17, time(0, 1)),
        ("2027-03-16 23:59:30", "tea in 3 days", 19, None),
    ],
)
def test_an_amount_of_minutes_is_never_shortened(now: str, typed: str, on: int, at: time | None) -> None:
    draft = parse_task(typed, now=berlin(now), zone=BERLIN)
    assert draft.due == Due(on=date(2027, 3, on), at=at)


def test_a_day_is_the_persons_own_day() -> None:
    late = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)
    tokyo, hawaii = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Honolulu")
    assert understood("pay rent tomorrow", late, tokyo).on == "03-18"
    assert understood("pay rent tomorrow", late, hawaii).on == "03-17"


@pytest.mark.parametrize(
    "today", [date(2027, 1, 31), date(2027, 2, 28), date(2028, 2, 29), date(2027, 12, 31)]
)
@pytest.mark.parametrize(
    "typed",
    ["a this weekend", "a next month", "a 29 feb", "a in a month", "a on the 31st", "a every month", "a 5/4"],
)
def test_a_date_is_never_in_the_past(typed: str, today: date) -> None:
    due = parse_task(
        f"{typed} ", now=datetime(today.year, today.month, today.day, 12, tzinfo=UTC), zone=BERLIN
    ).due
    assert due is None or due.on >= today


# --- Repeating tasks ---------------------------------------------------------------------------------------

MONDAY = Due(on=date(2027, 3, 22), at=time(8))


@pytest.mark.parametrize(
    ("repeats", "due", "after", "then"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", MONDAY, "2027-03-22 09:00", date(2027, 3, 29)),
        ("FREQ=WEEKLY;BYDAY=MO", MONDAY, "2027-03-20 09:00", date(2027, 3, 29)),
        ("FREQ=WEEKLY;BYDAY=MO", MONDAY, "2027-05-03 07:59", date(2027, 5, 3)),
        ("FREQ=WEEKLY;BYDAY=MO", MONDAY, "2027-05-03 08:00", date(2027, 5, 10)),
        ("FREQ=WEEKLY;INTERVAL=2", MONDAY, "2027-03-30 09:00", date(2027, 4, 5)),
        ("FREQ=WEEKLY;INTERVAL=2", MONDAY, "2027-04-06 09:00", date(2027, 4, 19)),
        ("FREQ=DAILY", Due(on=date(2027, 3, 16)), "2027-03-16 09:00", date(2027, 3, 17)),
        ("FREQ=DAILY", Due(on=date(2027, 3, 16)), "2027-03-19 09:00", date(2027, 3, 20)),
        ("FREQ=DAILY", Due(on=date(2027, 3, 27), at=time(2, 30)), "2027-03-27 03:00", date(2027, 3, 28)),
        ("FREQ=DAILY", Due(on=date(2027, 3, 27), at=time(2, 30)), "2027-03-28 03:00", date(2027, 3, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", Due(on=date(2027, 1, 31)), "2027-01-31 09:00",
         date(2027, 2, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", Due(on=date(2027, 2, 28)), "2027-02-28 09:00",
         date(2027, 3, 30)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", Due(on=date(2028, 2, 29)), "2028-02-29 09:00",
         date(2029, 2, 28)),
    ],
)  # fmt: skip
def test_a_repeating_task_moves_on(repeats: str, due: Due, after: str, then: date) -> None:
    assert next_due(repeats, due, berlin(after), BERLIN) == Due(on=then, at=due.at)


@pytest.mark.parametrize(
    ("repeats", "done", "then"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2027-03-20 09:00", date(2027, 3, 23)),
        ("FREQ=DAILY;INTERVAL=3", "2027-03-30 23:30", date(2027, 4, 2)),
        ("FREQ=DAILY;INTERVAL=3", "2027-03-31 00:30", date(2027, 4, 3)),
        ("FREQ=WEEKLY;INTERVAL=2", "2027-03-24 09:00", date(2027, 4, 7)),
        ("FREQ=WEEKLY;BYDAY=MO", "2027-03-24 09:00", date(2027, 3, 29)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", "2027-03-31 09:00", date(2027, 6, 30)),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2027-01-31 09:00", date(2027, 2, 28)),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=22", "2027-05-01 09:00", date(2028, 5, 1)),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270325", "2027-03-22 09:00", date(2027, 3, 25)),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270325", "2027-03-23 09:00", None),
    ],
)
def test_a_task_that_repeats_from_its_completion_counts_from_that_day(
    repeats: str, done: str, then: date | None
) -> None:
    moved = next_due(repeats, MONDAY, berlin(done), BERLIN, from_done=True)
    assert moved == (Due(on=then, at=MONDAY.at) if then else None)


@pytest.mark.parametrize(
    ("typed", "repeats"),
    [
        ("water plants every 3 days after completion", "FREQ=DAILY;INTERVAL=3"),
        ("water plants 3 days after I did it", "FREQ=DAILY;INTERVAL=3"),
        ("Blumen gießen alle 3 Tage nach Erledigung", "FREQ=DAILY;INTERVAL=3"),
        ("arroser les plantes tous les 3 jours après l'avoir fait", "FREQ=DAILY;INTERVAL=3"),
    ],
)
def test_words_for_the_completion_make_it_repeat_from_there(typed: str, repeats: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.repeats, draft.repeats_from_done) == (repeats, True)
    assert draft.title in ("water plants", "Blumen gießen", "arroser les plantes")


def test_words_for_the_completion_alone_stay_in_the_title() -> None:
    draft = parse_task("sleep after doing it", now=NOW, zone=BERLIN)
    assert (draft.title, draft.repeats_from_done) == ("sleep after doing it", False)


@pytest.mark.parametrize(("second", "minute"), [(0, 40), (1, 41), (59, 41)])
def test_an_amount_of_minutes_is_never_cut_short(second: int, minute: int) -> None:
    now = NOW.replace(second=second)
    due = parse_task("drink water in 20 minutes", now=now, zone=BERLIN).due
    assert due == Due(on=date(2027, 3, 16), at=time(11, minute))


@pytest.mark.parametrize(
    ("words", "second", "minute"),
    [
        ("in 30 seconds", 0, 21),
        ("in 30 seconds", 5, 21),
        ("in 30 seconds", 36, 22),
        ("in 24 seconds", 36, 21),
        ("in 60 seconds", 0, 21),
        ("in 90 seconds", 36, 23),
        ("in 90 seconds", 0, 22),
        ("in 1 minute and 30 seconds", 20, 22),
        ("in 45 Sekunden", 10, 21),
        ("dans 30 secondes", 20, 21),
    ],
)
def test_an_amount_of_seconds_ends_at_the_next_minute(words: str, second: int, minute: int) -> None:
    due = parse_task(f"breathe {words}", now=NOW.replace(second=second), zone=BERLIN).due
    assert due == Due(on=date(2027, 3, 16), at=time(11, minute))


def test_a_fixed_zone_of_the_due_date_counts_more_than_the_persons_own() -> None:
    due = Due(on=date(2027, 3, 16), at=time(9), zone="Asia/Tokyo")
    noon_in_tokyo = datetime(2027, 3, 17, 3, tzinfo=UTC)
    assert next_due("FREQ=DAILY", due, noon_in_tokyo, BERLIN) == Due(
        on=date(2027, 3, 18), at=time(9), zone="Asia/Tokyo"
    )


@given(
    phrase=st.sampled_from(REPEATS),
    begun=instants(),
    late=st.timedeltas(timedelta(), timedelta(days=100)),
    key=st.sampled_from(ZONES),
)
def test_the_next_date_is_on_the_rule_and_ahead(
    phrase: Phrase, begun: datetime, late: timedelta, key: str
) -> None:
    zone = ZoneInfo(key)
    draft = parse_task(phrase.typed, now=begun, zone=zone)
    assert draft.due is not None
    assert draft.repeats is not None
    first = datetime.combine(draft.due.on, draft.due.at or time())
    assert draft.due.on >= begun.astimezone(zone).date()
    assert draft.due.at is None or instant(first, zone) > begun
    later = next_due(draft.repeats, draft.due, begun + late, zone)
    assert later is not None
    then = datetime.combine(later.on, later.at or time())
    assert later.at == draft.due.at
    assert then > first
    assert instant(then, zone) > begun + late
    assert then in rrulestr(draft.repeats, dtstart=first)


# --- Priority and title ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "Read p4 of the paper",
        "Review the P1 incident report",
        "Lies p3 des Buchs",
        "Lire la p2 du livre",
        "Say !! to Bob",
        "Fix p2p sync",
        "Compare p1 and p3 of the draft",
    ],
)
def test_a_mark_in_the_middle_of_a_title_is_a_word(typed: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.title, draft.priority) == (typed, 4)


@pytest.mark.parametrize(
    ("typed", "title", "priority"),
    [
        ("Read P1 of the paper tomorrow p2", "Read P1 of the paper", 2),
        ("pay rent p1 tomorrow", "pay rent", 1),
        ("pay rent p1 at 9", "pay rent", 1),
        ("p1 tomorrow pay rent", "pay rent", 1),
        ("tomorrow p1 pay rent", "pay rent", 1),
        ("Meet Bob tomorrow p1 at the cafe", "Meet Bob at the cafe", 1),
        ("call Ann !!! friday 9am", "call Ann", 1),
        ("Lire p2 du livre demain p1", "Lire p2 du livre", 1),
        ("🧺 p1", "🧺", 1),
    ],
)
def test_a_mark_at_an_edge_or_after_a_date_is_a_priority(typed: str, title: str, priority: int) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.title, draft.priority) == (title, priority)


@pytest.mark.parametrize("typed", ["🧺", "👩‍👩‍👧", "❤️", "✅", "🇩🇪", "☎️", "🧺 tomorrow", "🧺🧺 p1"])
def test_an_emoji_is_a_title(typed: str) -> None:
    assert parse_task(typed, now=NOW, zone=BERLIN).title == typed.split()[0]


# --- Bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["", "   ", "tomorrow 9am", "every monday", "!!!", "p1", "\u202e\u200b", "..."]
)
def test_a_task_without_words_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="task_empty"):
        parse_task(typed, now=NOW, zone=BERLIN)


def test_a_title_may_be_long_but_not_endless() -> None:
    assert parse_task("x" * MAX_TITLE, now=NOW, zone=BERLIN).title == "x" * MAX_TITLE
    with pytest.raises(BadInput, match="task_too_long") as refused:
        parse_task("x" * (MAX_TITLE + 1), now=NOW, zone=BERLIN)
    assert refused.value.values == {"limit": "300"}
    with pytest.raises(BadInput, match="task_too_long"):
        parse_task("x " * MAX_TITLE, now=NOW, zone=BERLIN)


@settings(max_examples=50)
@given(st.from_regex(search_pattern(RECURRENCES), fullmatch=True), instants())
def test_words_in_the_shape_of_a_recurrence_have_dates_ahead_or_stay(typed: str, now: datetime) -> None:
    draft = parse_task(f"x {typed}"[:MAX_TITLE], now=now, zone=BERLIN)
    if draft.due is None:
        assert draft.title == f"x {typed}"
        return
    assert draft.repeats is not None
    assert draft.due.on >= now.astimezone(BERLIN).date()
    following = next_due(draft.repeats, draft.due, now, BERLIN)
    assert following is not None
    assert following.on > draft.due.on


@settings(max_examples=50)
@given(st.from_regex(search_pattern(one for one in DAYS if not one.after), fullmatch=True), instants())
def test_words_in_the_shape_of_a_day_are_ahead_or_stay(typed: str, now: datetime) -> None:
    draft = parse_task(f"x on {typed} 9am", now=now, zone=BERLIN)
    if draft.due is None:
        assert draft.title == f"x on {typed} 9am"
    else:
        assert (draft.title, draft.due.at) == ("x", time(9))
        assert draft.due.on >= now.astimezone(BERLIN).date()


@given(hostile_text)
def test_any_text_is_a_task_or_refused(typed: str) -> None:
    draft = answered(lambda: parse_task(typed, now=NOW, zone=BERLIN))
    if isinstance(draft, BadInput):
        assert draft.hint in {"task_empty", "task_too_long"}
        return
    assert 0 < len(draft.title) <= MAX_TITLE
    assert draft.priority in {1, 2, 3, 4}
    assert draft.due is not None or draft.repeats is None


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_text_is_answered_at_once(bomb: str) -> None:
    begun = seconds.thread_time()
    huge = answered(lambda: parse_task(bomb, now=NOW, zone=BERLIN))
    answered(lambda: parse_task(bomb[:MAX_TITLE], now=NOW, zone=BERLIN))
    assert seconds.thread_time() - begun < HUGE_TEXT_SECONDS
    assert isinstance(huge, BadInput) or "…" not in huge.title
