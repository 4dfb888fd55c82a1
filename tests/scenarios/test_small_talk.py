"""Small talk without a language model: it is answered as such, and neither stored nor offered as a task."""

from __future__ import annotations

from bot.screens import texts, texts_small_talk
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

ANSWERS = (
    ("ok", texts_small_talk.ALL_RIGHT),
    ("bye", texts_small_talk.ALL_RIGHT),
    ("tell me a joke", texts_small_talk.ONLY_TASKS),
    ("you are stupid", texts_small_talk.ONLY_TASKS),
    ("what's the weather like?", texts_small_talk.ONLY_TASKS),
    ("what do you think about cats", texts.UNCLEAR_LONG),
    ("need help", None),
    ("paid the rent", None),
    ("move everything to tomorrow", None),
    ("settings", None),
    ("delete my account", None),
)


async def test_small_talk_is_neither_stored_nor_offered_as_a_task(oo: Scene, ann: Person) -> None:
    for typed, answer in ANSWERS:
        said = await expect_reply(ann, typed)
        assert answer is None or said.text == answer, typed
        assert not said.text.startswith("Added"), typed

    assert (await expect_reply(ann, "/tasks")).text == texts.TASKS_NONE
