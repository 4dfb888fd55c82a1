"""What is done on a page goes through the inbox, once, and its answer is shown."""

from __future__ import annotations

import re
from datetime import time, timedelta
from html import unescape
from typing import Any

import pytest

from bot.conversation.page_answers import PageAnswers
from bot.languages.active import active
from bot.web import answers
from core.chat import Tapped, Update
from core.records import Purpose, TaskState
from core.words.settings import parse_quiet, parse_times
from tests.bot.web.browser import Browser, Reply, browser_of
from tests.core.worlds import Scene


def form_with(reply: Reply, label: str) -> dict[str, str]:
    """The fields that the browser sends when the button with that label is pressed."""
    for form in re.findall(r"<form.*?</form>", reply.html, re.DOTALL):
        if found := re.search(rf"<button([^>]*)>{re.escape(label)}</button>", form):
            value = re.search(r'value="([^"]*)"', found[1])
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
            fields = {name: unescape(content) for name, content in hidden}
            return fields | ({"act": unescape(value[1])} if value else {})
    raise LookupError(f"no button {label}")


async def press(browser: Browser, label: str, **typed: str) -> Reply:
    """Press a button of the page that is shown."""
    assert browser.last
    fields: dict[str, Any] = form_with(browser.last, label) | typed
    path = "/me/act/tap" if "act" in fields or "token" in fields else "/me/act/say"
    return await browser.submit(path, **fields)


async def add(browser: Browser, text: str) -> Reply:
    await browser.get("/me/tasks")
    return await press(browser, "Add", text=text)


async def test_a_task_is_added_in_words_and_taken_back(world: Scene, ada: Browser) -> None:
    shown = await add(ada, "Pay rent tomorrow 9am p1 #home")
    assert "Added" in shown.text
    assert "tomorrow 9:00, p1, #home" in shown.text
    async with world.deps.store.read() as unit:
        (task,) = await unit.tasks.open("ada")
    assert (task.title, task.priority, task.labels) == ("Pay rent", 1, ("home",))
    assert "Your list is empty" in (await press(ada, "Undo")).text
    async with world.deps.store.read() as unit:
        assert await unit.tasks.open("ada") == ()


@pytest.mark.parametrize("typed", ["/quiet 21:00-6:00", " /QUIET\t21:00-6:00 ", "21:00-6:00"])
async def test_a_setting_may_be_typed_with_its_command_as_hints_say_it(
    world: Scene, ada: Browser, typed: str
) -> None:
    await ada.get("/me/settings")
    await ada.submit("/me/act/say", command="quiet", text=typed, once=typed, back="/me/settings")
    async with world.deps.store.read() as unit:
        known = await unit.people.get("ada")
    assert known.preferences.quiet == parse_quiet("21:00-6:00")


async def test_a_task_is_done_and_opened_again(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await ada.get("/me/tasks")
    shown = await press(ada, "Done")
    assert "Your list is empty" in shown.text
    async with world.deps.store.read() as unit:
        assert (await unit.tasks.get("oo-rent")).state is TaskState.DONE
    await press(ada, "Undo")
    async with world.deps.store.read() as unit:
        assert (await unit.tasks.get("oo-rent")).state is TaskState.OPEN


async def test_a_form_that_is_sent_twice_does_its_work_once(world: Scene, ada: Browser) -> None:
    await ada.get("/me/tasks")
    assert ada.last
    fields: dict[str, Any] = form_with(ada.last, "Add") | {"text": "Buy milk"}
    for _ in range(3):
        shown = await ada.submit("/me/act/say", **fields)
        assert shown.status == 200
    async with world.deps.store.read() as unit:
        assert len(await unit.tasks.open("ada")) == 1


async def test_a_button_is_only_for_the_person_of_the_page(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    stolen = form_with(await ada.get("/me/tasks"), "Done")["act"]
    bob = browser_of(world)
    await bob.sign_in(await world.person("bob"))
    await bob.get("/me/tasks")
    for act in (stolen, "", "x", "eA.eA", stolen[:-1]):
        assert (await bob.submit("/me/act/tap", act=act, once="1", back="/me/tasks")).status == 404
    async with world.deps.store.read() as unit:
        assert (await unit.tasks.get("oo-rent")).state is TaskState.OPEN


async def test_a_form_token_of_somebody_else_means_nothing(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await ada.get("/me/tasks/oo-rent")
    asked = await press(ada, "Edit")
    token = form_with(asked, "Send")["token"]
    bob = browser_of(world)
    await bob.sign_in(await world.person("bob"))
    await bob.get("/me/tasks")
    fields: Any = {"token": token, "once": "1", "field-title": "Mine"}
    shown = await bob.submit("/me/act/tap", **fields)
    assert shown.status == 200
    async with world.deps.store.read() as unit:
        assert (await unit.tasks.get("oo-rent")).title == "rent"


async def test_a_task_is_edited_in_a_form(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await ada.get("/me/tasks/oo-rent")
    await press(ada, "Edit")
    filled: Any = {"field-title": "Pay the rent", "field-due": "tomorrow 9:00"}
    shown = await press(ada, "Send", **filled)
    assert "Pay the rent" in shown.text
    async with world.deps.store.read() as unit:
        task = await unit.tasks.get("oo-rent")
    assert (task.title, task.due is not None) == ("Pay the rent", True)


async def test_a_task_is_moved_and_removed_on_its_page(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await ada.get("/me/tasks/oo-rent")
    await press(ada, "Move")
    assert "Moved" in (await press(ada, "Tomorrow")).text
    await ada.get("/me/tasks/oo-rent")
    assert "Removed" in (await press(ada, "Remove")).text
    assert (await ada.get("/me/tasks/oo-rent")).status == 404


@pytest.mark.parametrize(
    ("command", "text", "said", "known"),
    [
        ("quiet", "21:00-6:00", "Quiet", "21:00"),
        ("times", "8:15 12:30", "8:15", "8:15"),
        ("cap", "5", "5", 'value="5"'),
        ("brief", "7:45", "7:45", "7:45"),
        ("remind", "20 minutes before", "20 minutes", "20 minutes"),
        ("timezone", "Paris", "Europe/Paris", "Europe/Paris"),
    ],
)
async def test_settings_are_understood_as_in_the_chat(
    ada: Browser, command: str, text: str, said: str, known: str
) -> None:
    await ada.get("/me/settings")
    shown = await ada.submit("/me/act/say", command=command, text=text, once="1", back="/me/settings")
    assert said in shown.text
    assert known in (await ada.get("/me/settings")).html


@pytest.mark.parametrize(
    ("command", "text"), [("quiet", "whenever"), ("cap", "99"), ("times", "soon"), ("cap", "-1")]
)
async def test_a_value_beyond_its_bounds_is_explained_and_changes_nothing(
    world: Scene, ada: Browser, command: str, text: str
) -> None:
    before = (await world.stored("ada")).preferences
    await ada.get("/me/settings")
    shown = await ada.submit("/me/act/say", command=command, text=text, once="1", back="/me/settings")
    assert shown.status == 200
    assert 'role="status"' in shown.html
    assert (await world.stored("ada")).preferences == before


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("chosen", ["usual", "other", "nothing"])
async def test_a_setting_that_is_saved_as_it_is_shown_stays(world: Scene, language: str, chosen: str) -> None:
    settings: dict[str, dict[str, Any]] = {
        "usual": {"brief": time(7, 45), "review": time(20), "lead": 90},
        "other": {
            "times": parse_times("mon-fri 9:00 13:30, sat 10:00"),
            "quiet": parse_quiet("22:00-7:00, sat-sun 23:00-10:00"),
            "lead": 0,
            "cap": 0,
        },
        "nothing": {"times": (), "quiet": (), "lead": None},
    }
    browser = browser_of(world)
    person = await world.person(preferences={"language": language, **settings[chosen]})
    await browser.sign_in(person)
    shown = await browser.get("/me/settings")
    found = re.findall(
        r'name="command" value="(\w+)".*?(?:name="text" value="([^"]*)"| selected)', shown.html, re.DOTALL
    )
    values = {command: unescape(value) for command, value in found}
    assert values.keys() >= {"times", "quiet", "cap", "timezone", "remind", "brief", "review"}
    for command, value in values.items():
        text = value if command != "language" else language
        await browser.submit("/me/act/say", command=command, text=text, once=command, back="/me/settings")
    assert (await world.stored("ada")).preferences == person.preferences
    async with world.deps.store.read() as unit:
        assert await unit.tasks.open("ada") == ()


async def test_the_page_speaks_the_new_language_at_once(ada: Browser) -> None:
    await ada.get("/me/settings")
    shown = await ada.submit("/me/act/say", command="language", text="de", once="1", back="/me/settings")
    assert 'lang="de"' in shown.html
    assert "Einstellungen" in shown.text
    assert active().code == "en"


async def test_other_commands_are_none_of_a_page(ada: Browser) -> None:
    await ada.get("/me")
    for command in ("delete", "start", "link", "nonsense", "", "add x\n/delete"):
        assert (await ada.submit("/me/act/say", command=command, text="x", once="1")).status == 404


async def test_a_purpose_is_withdrawn_and_granted_again(world: Scene, ada: Browser) -> None:
    await ada.get("/me/privacy")
    await press(ada, "Stop learning")
    assert not (await world.stored("ada")).allows(Purpose.LEARNING)
    await ada.get("/me/privacy")
    await press(ada, "Learn again")
    assert (await world.stored("ada")).allows(Purpose.LEARNING)


async def test_everything_is_deleted_after_a_question_and_the_browser_is_signed_out(
    world: Scene, ada: Browser
) -> None:
    await ada.get("/me/privacy")
    asked = await press(ada, "Delete everything")
    assert "Keep" in asked.html
    gone = await press(ada, "Delete everything")
    assert gone.status == 200
    async with world.deps.store.read() as unit:
        assert await unit.people.owner() is None
        assert await unit.sessions.of("ada") == ()
    assert (await ada.get("/me")).location == "/sign-in"


async def test_a_secret_of_a_new_token_is_shown_once(ada: Browser) -> None:
    await ada.get("/me/access")
    shown = await ada.submit(
        "/me/act/token", name="my read laptop", scope="read", once="1", back="/me/access"
    )
    found = re.search(r"oo_[\w-]{22}", shown.html)
    assert found
    assert "my read laptop" in shown.text
    assert found[0] not in (await ada.get("/me/access")).html
    assert (await ada.submit("/me/act/token", name="x", scope="root", once="2")).status == 404


async def test_what_takes_long_is_done_all_the_same(
    world: Scene, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "ANSWER_TIMEOUT", timedelta(0))
    shown = await add(ada, "Buy milk")
    assert "I have noted it" in shown.text or "Added" in shown.text
    await ada.conversation.intake.wait_until_answered()
    async with world.deps.store.read() as unit:
        assert len(await unit.tasks.open("ada")) == 1


async def test_a_stop_keeps_no_page_waiting(ada: Browser) -> None:
    await add(ada, "Buy milk")
    await ada.conversation.intake.stop(0)
    pages = ada.deps.messengers.pages
    assert isinstance(pages, PageAnswers)
    waiting = pages.expect("a visit")
    pages.stop()
    assert (waiting.over.is_set(), waiting.is_whole) == (True, False)
    assert "I have noted it" in (await add(ada, "Buy bread")).text


async def test_a_tap_waits_in_the_inbox_like_every_other(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await ada.get("/me/tasks")
    seen: list[Update] = []
    take = ada.conversation.intake.take

    async def taking(update: Update) -> bool:
        seen.append(update)
        return await take(update)

    ada.conversation.intake.take = taking  # type: ignore[method-assign, assignment]
    await press(ada, "Done")
    (tap,) = seen
    assert isinstance(tap, Tapped)
    assert tap.page
    assert tap.sender.external_id == "ada"
