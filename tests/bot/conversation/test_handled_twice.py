"""Whatever is handled again, as its process ended before it was marked as handled, leaves the database as it
was after the first time, and the person gets the same answer again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.conversation.calendars import PASSWORD
from bot.conversation.commands import COMMANDS
from bot.conversation.free_text import COMMAND_OF, HANDLERS, SENTENCES, WITHOUT_DETAILS
from bot.conversation.pieces import STEPS
from bot.conversation.reminder_times import WHEN
from bot.conversation.taps import VERBS
from bot.conversation.task_card_buttons import QUESTION_PREFIX
from bot.conversation.tip_reactions import PUT_OFF
from bot.conversation.unnamed_task import REMINDER, TASK
from bot.screens import texts, texts_files, texts_reminders, texts_settings, texts_tasks
from core.errors import BadInput
from core.words.understand import understand
from tests.bot.conversation.twice import Stored, outcome, roughly
from tests.bot.conversation.twice_rows import ROWS, Row
from tests.core.outsiders import BERLIN, NOW
from tests.fuzz.targets.worlds import run
from tests.rows import each_of

SECRET = "a hash of it is stored, so a new one takes its place"
OTHERWISE: Mapping[str, str] = {
    "/tip": "a tip is sent once, by its delivery, with which the job goes on",
    "what should I do?": "as /tip",
    "/link": SECRET,
    "/me": SECRET,
    "open my page": SECRET,
    "/invite": SECRET,
    "/connect todoist": SECRET,
    "MADE reconnect": SECRET,
    "/token phone read": f"{SECRET}; the first is revoked, which is logged",
    "MADE token_make read phone": f"{SECRET}, if it was not said whose it is; logged as well",
    "MADE delete_all": "nobody is there any more to whom the answer could belong",
    "MADE open": "a link in Slack was opened: no answer is due",
}
"""The rows whose second answer, or what is stored after it, may be another one; and why."""

ASKED = {
    *texts_settings.ASK, *texts_reminders.ASK, "snooze", PUT_OFF, WHEN, STEPS, PASSWORD, TASK, REMINDER,
    *(f"{QUESTION_PREFIX}{name}" for name in texts_tasks.ASK_FIELD),
}  # fmt: skip
"""All questions that await a typed answer."""

ALARMS = (
    texts.NOTHING_TO_UNDO,
    texts.OLD_BUTTON,
    texts.TASK_ALREADY,
    texts.GONE_TOAST,
    texts.NO_TIP_WAITS,
    texts.DONE_WHAT,
    texts_files.IMPORT_OLD,
    "Already done at",
    "You dismissed this at",
    "I am not sure which task",
    "No open task fits",
    "I didn't quite get that",
    "I wasn't paused",
    "Nothing is muted",
    "No token is called",
)
MAX_STEPS = 2
"""Commits and messages after which a process ends. The third is the answer's, or comes after it."""

handled_once = cache(lambda row: run(outcome(row, times=1)))


def differences(one: Stored, other: Stored) -> list[str]:
    """Rows that are stored in one of the worlds only."""
    return [
        f"{name}: {one.get(name)} or {other.get(name)}"
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]


@each_of(ROWS)
def test_handled_twice_is_as_handled_once(act: str, before: tuple[str, ...], language: str) -> None:
    row = Row(act, before, language)
    once, twice = handled_once(row), run(outcome(row, times=2))
    assert twice.answers[0] == once.answers[0]
    if act not in OTHERWISE:
        assert once.answers[0], "it is answered"
        assert not differences(once.after, twice.after)
        assert twice.answers[1][-1] == once.answers[0][-1], "the same is said again"


@each_of([row for row in ROWS if row.act not in OTHERWISE])
def test_wherever_a_process_ends_the_rest_is_done_once(
    act: str, before: tuple[str, ...], language: str
) -> None:
    row = Row(act, before, language)
    once = handled_once(row)
    changes = differences(once.before, once.after)
    for steps in range(1, MAX_STEPS + 1) if changes else ():
        twice = run(outcome(row, times=2, dies=steps))
        assert not differences(roughly(once.after), roughly(twice.after)), f"ended after {steps} steps"
        assert not _alarms(twice.answers[1]) - _alarms(once.answers[0]), f"ended after {steps} steps"


def _alarms(said: list[str]) -> set[str]:
    """What would contradict an answer that may not have arrived."""
    return {alarm for alarm in ALARMS if any(alarm in one for one in said)}


BETWEEN = (
    (Row("TAP done", ("/tip",)), "undo"),
    (Row("TAP dismiss", ("/tip",)), "undo"),
    (Row("TAP until", ("/tip", "TAP snooze")), "done"),
    (Row("TAP undo", ("/tip", "TAP done")), "done"),
    (Row("undo", ("/tip", "done")), "TAP done"),
    (Row("undo", ("/add Buy milk", "/add Buy eggs")), "MADE cap 2"),
    (Row("done", ("/tip",)), "TAP undo"),
    (Row("not now", ("/tip",)), "TAP undo"),
    (Row("done with the rent"), "TAP task_undo"),
    (Row("water the plants is done"), "TAP task_undo"),
    (Row("TAP task_undo", ("done with the rent",)), "done with the rent"),
    (Row("/remove rent"), "TAP restore_task"),
    (Row("/add Buy milk"), "TAP remove_task"),
    (Row("TAP remove_task", ("/add Buy milk",)), "/add Buy eggs"),
    (Row("/move rent friday"), "TAP change_undo"),
    (Row("skip water the plants"), "TAP change_undo"),
    (Row("no, friday", ("/add Buy milk",)), "TAP change_undo"),
    (Row("write less"), "TAP restore"),
    (Row("/cap 2"), "TAP restore"),
    (Row("/mute rent"), "TAP unmute"),
    (Row("/mute rent on weekends"), "TAP restore"),
    (Row("/pause"), "MADE resume"),
    (Row("speak German"), "TAP language_undo"),
    (Row("TAP type_time", ("/tip", "TAP snooze")), "in two hours"),
    (Row("MADE task_type rent title all"), "Pay the gas"),
    (Row("MADE ask times"), "9:00 14:00"),
    (Row("remind me half an hour before the plants"), "TAP unremind"),
    (Row("FILE"), "TAP import_add"),
)
"""A text and a tap are two lanes: what came later in the other one may be handled in between."""


@each_of(BETWEEN)
def test_handled_again_after_what_came_later_it_takes_nothing_of_that_back(row: Row, between: str) -> None:
    once, twice = (run(outcome(row, times=times, between=between)) for times in (1, 2))
    assert not differences(once.after, twice.after)


# --- The table is whole ------------------------------------------------------------------------------------


def test_every_command_is_handled_twice() -> None:
    assert {row.act.split()[0][1:] for row in ROWS if row.act.startswith("/")} == COMMANDS.keys()


def test_every_button_is_handled_twice() -> None:
    buttons = [row.act.split()[1] for row in ROWS if row.act.split()[0] in ("TAP", "MADE", "MADE_ON_TIP")]
    assert {*buttons} == VERBS.keys()


def test_every_kind_of_words_is_handled_twice() -> None:
    assert {*filter(None, map(_intent, ROWS))} >= {*HANDLERS, *WITHOUT_DETAILS, *SENTENCES, *COMMAND_OF}


def _intent(row: Row) -> type | None:
    """What the words of a row want."""
    if row.act.split()[0] in ("TAP", "MADE", "MADE_ON_TIP", "FILE"):
        return None
    try:
        return type(understand(row.act.removeprefix("RE "), now=NOW, zone=BERLIN))
    except BadInput:
        return None


def test_every_question_is_answered_twice() -> None:
    answered = {handled_once(row).question for row in ROWS if row.before}
    assert answered >= ASKED


def test_every_reason_is_about_a_row() -> None:
    assert {row.act for row in ROWS} >= OTHERWISE.keys()


@each_of([act for act, why in OTHERWISE.items() if SECRET in why])
def test_a_secret_that_is_made_again_takes_the_place_of_the_first(act: str) -> None:
    once, twice = (run(outcome(Row(act), times=times)) for times in (1, 2))
    for name in ("api_tokens", "invitations", "pending_connections", "sign_in_links"):
        assert len(twice.after.get(name, ())) == len(once.after.get(name, ())), name
