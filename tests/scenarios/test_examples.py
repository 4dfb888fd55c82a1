"""What oO offers as an example can be typed as it stands, in every language.

The examples are read from the catalogues: commands with an argument, and what follows "for example" in the
answers to a question.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cli.messages import read_catalogue, source_messages
from bot.conversation.task_fields import When, field_patch
from bot.languages.active import speaking
from bot.languages.catalogue import Plural
from bot.languages.language import SOURCE, Language, spoken
from bot.screens import texts, texts_agenda, texts_reminders, texts_tasks, texts_tasks_words
from core.tasks.filters import parse_filter
from core.text import clean
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

INTRODUCED = r"(?::|\b(?:Try|Versuch|Essaie|Prueba|or|oder|ou|o|use|nimm|utilise|usa))[\s\u00a0]"
COMMANDS = re.compile(rf"{INTRODUCED}(/[a-z]+(?:[^.?»“\")\n]|\.\w)*)")
"""Commands after a colon, "Try" or "or"; not one that a sentence goes on about."""

BETWEEN = re.compile(r"(?:,?[\s\u00a0](?:or|oder|ou|o)|,)[\s\u00a0](?=/)")

NOT_TYPED = ("/link", "/start", "/import", "/export")
"""Their arguments are a code, or need a file."""

NO_EXAMPLES = ("texts.HELP", "texts_reminders.PLAN_REMINDERS_MORE", "texts.HINTS.zone_alike")
"""They say what commands are for."""

ANSWERS = {
    "texts.SNOOZE_TYPE": "/pause {}",
    "texts.HINTS.not_a_moment": "/pause {}",
    "texts.HINTS.past": "/pause {}",
    "texts.HINTS.too_far": "/pause {}",
    "texts_settings.ASK.times": "/times {}",
    "texts_settings.ASK.quiet": "/quiet {}",
    "texts_settings.ASK.zone": "/timezone {}",
    "texts.TASKS_NONE": "/add {}",
    "texts_tasks_words.HINTS.not_a_date": "/move plants {}",
    "texts_tasks_words.HINTS.not_a_change": "/edit plants {}",
}
"""Questions and hints whose examples are an argument of a command."""

FIELDS = {
    "texts_tasks.HINTS.not_an_estimate": "minutes",
    **{f"texts_tasks.ASK_FIELD.{name}": name for name in ("due", "minutes", "labels", "project", "notes")},
}
"""Questions whose examples are a field of a task; the last example is that it has none."""

SPLIT = re.compile(r",?[\s\u00a0](?:or|oder|ou|o)[\s\u00a0]|,[\s\u00a0]")
AFTER_COLON = re.compile(r":[\s\u00a0](.*)")
WHEN = When(now=datetime(2026, 11, 22, 8, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
TASKS = ("rent", "Miete", "loyer", "alquiler", "plants")


@pytest.mark.parametrize("code", spoken())
async def test_examples_are_understood(oo: Scene, ann: Person, code: str) -> None:
    await expect_reply(ann, f"/language {code}")
    for title in TASKS:
        await expect_reply(ann, f"/add {title}")
    refused = refusals(code)

    wrong = {}
    for typed in examples(code):
        answer = (await expect_reply(ann, typed)).text
        if any(one.fullmatch(answer) for one in refused):
            wrong[typed] = answer
        for title in TASKS if typed.startswith(("/remove", "/edit")) else ():
            await expect_reply(ann, f"/add {title}")

    assert wrong == {}


@pytest.mark.parametrize("code", spoken())
def test_filters_of_tasks_are_understood(code: str) -> None:
    filters = [typed.removeprefix("/tasks ") for typed in examples(code) if typed.startswith("/tasks ")]

    assert len(filters) > 2
    assert [one for one in filters if parse_filter(one, now=WHEN.now, zone=WHEN.zone).words] == []


@pytest.mark.parametrize("code", spoken())
def test_examples_of_fields_are_understood(code: str) -> None:
    for context, sentence in sentences(code):
        if context in FIELDS:
            *_, nothing = patches = [field_patch(FIELDS[context], one, WHEN) for one in offered(sentence)]

            assert not getattr(nothing, FIELDS[context]), sentence
            assert len(set(map(repr, patches))) == len(patches)


@pytest.mark.parametrize("code", spoken())
def test_there_are_examples_of_every_kind(code: str) -> None:
    commands = {typed.split()[0] for typed in examples(code)}

    assert commands >= {"/remind", "/brief", "/review"}
    assert commands >= {"/add", "/times", "/quiet", "/pause", "/today", "/edit", "/move", "/remove", "/mute"}


def examples(code: str) -> list[str]:
    """Everything that the language's sentences say can be typed."""
    found: dict[str, None] = {}
    for context, sentence in sentences(code):
        if context in NO_EXAMPLES:
            continue
        typed = [one for listed in COMMANDS.findall(sentence) for one in BETWEEN.split(listed) if " " in one]
        if context in ANSWERS:
            typed += [ANSWERS[context].format(one) for one in offered(sentence) if not one.startswith("/")]
        typed = [clean(one, 200) for one in typed]
        found |= dict.fromkeys(one for one in typed if not one.startswith(NOT_TYPED) and "{" not in one)
    return list(found)


def offered(sentence: str) -> list[str]:
    """What a question or hint says after its colon, one by one."""
    found = AFTER_COLON.search(sentence)
    parts = SPLIT.split(found[1]) if found else []
    return [one.replace("…", "Xyz").strip(" .?\u00a0") for one in parts]


def sentences(code: str) -> list[tuple[str, str]]:
    """Each message of the language, with its context."""
    if code == SOURCE:
        source = [(one.context, one.english) for one in source_messages()]
        return [(context, english) for context, english in source if not isinstance(english, Plural)]
    return [(str(one.context), str(one.string)) for one in read_catalogue(code) if one.id]


def refusals(code: str) -> list[re.Pattern[str]]:
    """The answers to what is not understood."""
    with speaking(Language(code=code)):
        hints = [*texts.HINTS.values(), *texts_tasks.HINTS.values(), *texts_tasks_words.HINTS.values()]
        hints += [texts_reminders.REMIND_HOW, *texts_reminders.DAILY_HOW.values()]
        others = [texts.UNCLEAR, texts.UNCLEAR_LONG, texts_agenda.TODAY_HOW, texts_agenda.DAY_PAST]
        others += texts_tasks.WHICH_OF_ALL.values()
    return [
        re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(one.removeprefix("> "))) + ".*", re.DOTALL)
        for one in (*hints, *others)
    ]
