"""Each person connects their own Todoist: the link, the browser, the word in the chat, and the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from core.chat import Channel
from core.people.privacy import forget
from core.records import TokenStatus
from tests.scenarios import slack_talk
from tests.scenarios.conftest import NINE, free_port, reaching, with_slack
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    invited,
    welcomed,
)
from tests.scenarios.todoist_cloud_talk import (
    come_back,
    connection_of,
    expect_connection,
    expect_consent,
    expect_link,
    oo_with_cloud,
    with_cloud,
)
from tests.scenarios.world import Scene, scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person, TelegramServer
from tests.servers.todoist_body import failing
from tests.servers.todoist_cloud import TodoistCloud
from tests.servers.todoist_people import Browser
from tests.stored import bytes_in, rows_in


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as running:
        yield running


async def test_people_connect_accounts_of_their_own(
    oo: Scene, ann: Person, telegram: TelegramServer, cloud: TodoistCloud
) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    hers, his = cloud.account("Ann Smith"), cloud.account("Bob Jones")
    hers.add("Feed the cat", priority=4)
    his.add("Water the plants")
    his.add("Call Ann")

    assert (await expect_connection(ann, cloud, hers)).text == "I see one open task there; /tasks shows it."
    assert (await expect_connection(bob, cloud, his)).text == "I see 2 open tasks there; /tasks shows them."

    assert (await expect_reply(ann, "/tasks")).text.splitlines()[1:] == ["1. Feed the cat, p1"]
    assert "Feed the cat" not in (await expect_reply(bob, "/tasks")).text
    assert (await expect_reply(ann, "/connect")).text.startswith("Todoist is connected: Ann Smith (last read")


async def test_nothing_is_connected_before_the_person_says_so(
    oo: Scene, ann: Person, cloud: TodoistCloud, tmp_path: Path
) -> None:
    account = cloud.account("Ann Smith")
    account.add("Feed the cat")

    question = await expect_consent(ann, cloud, account)

    assert question.text.splitlines() == [
        "Todoist says that this is the account of Ann Smith. Connect it?",
        "Only if you have just asked me for it yourself.",
    ]
    assert question.labels == ["Connect", "Cancel"]
    assert await connection_of(oo, "7") is None
    assert "Feed the cat" not in (await expect_reply(ann, "/tasks")).text
    assert account.calls == []
    (token,) = cloud.tokens_of(account)
    assert token.encode() not in bytes_in(tmp_path)

    await expect_edit_on_tap(ann, question, "Cancel")
    assert question.text == "Nothing is connected, and I have given the access back."
    assert cloud.tokens_of(account) == set()
    assert await connection_of(oo, "7") is None


async def test_a_link_has_a_state_of_128_bits_that_is_stored_as_a_hash(
    oo: Scene, ann: Person, cloud: TodoistCloud, tmp_path: Path
) -> None:
    first, second = [parse_qs(urlsplit(await expect_link(ann)).query)["state"][0] for _ in range(2)]
    assert first != second
    assert len(first) == 22
    stored = str([tuple(row) for row in rows_in(tmp_path, "SELECT * FROM pending_connections")])
    assert first not in stored
    assert "code_verifier" not in stored


async def test_a_link_works_once(oo: Scene, ann: Person, cloud: TodoistCloud) -> None:
    url = await expect_link(ann)
    browser = Browser(cloud, cloud.account("Ann Smith"))
    back = await browser.answer(url)
    assert (await browser.open(back)).status == 200
    question = await ann.expect_message()

    again = await browser.open(back)

    assert again.status == 400
    assert "This link doesn" in again.text
    await expect_edit_on_tap(ann, question, "Connect")
    await ann.expect_message()
    assert len(cloud.tokens_of(cloud.account("Ann Smith"))) == 1


async def test_a_link_works_ten_minutes(oo: Scene, ann: Person, cloud: TodoistCloud) -> None:
    url = await expect_link(ann)
    oo.clock.move(minutes=10)
    page = await Browser(cloud, cloud.account("Ann Smith")).connect(url)
    assert page.status == 400
    assert cloud.calls_of("access_token") == []


async def test_the_chat_waits_ten_minutes_for_the_word(oo: Scene, ann: Person, cloud: TodoistCloud) -> None:
    account = cloud.account("Ann Smith")
    question = await expect_consent(ann, cloud, account)
    oo.clock.move(minutes=10, seconds=1)
    await expect_edit_on_tap(ann, question, "Connect")
    assert question.text.startswith("That was more than ten minutes ago")
    assert await connection_of(oo, "7") is None

    await oo.tick("connect")
    assert cloud.tokens_of(account) == set()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": "c"},
        {"state": "", "code": "c"},
        {"state": "x" * 22, "code": "c"},
        {"state": "x" * 5000, "code": "c"},
        {"state": "\x00\u202e<script>alert(1)</script>", "code": "<b>"},
        {"state": "' OR 1=1 --", "error": "access_denied"},
        {"state": "x" * 22, "error": "invalid_scope"},
        {"state": "é😀", "code": "c"},
        {"state": "x" * 22, "code": "c" * 5000},
    ],
)
async def test_a_state_that_nobody_was_given_is_a_clear_page(
    oo: Scene, ann: Person, cloud: TodoistCloud, query: dict[str, str]
) -> None:
    page = await come_back(cloud, **query)
    assert page.status == 400
    assert "/connect todoist in the chat gives you a new one" in page.text
    assert "script" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert cloud.calls_of("access_token") == []


async def test_who_says_no_at_todoist_hears_that_nothing_is_connected(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    url = await expect_link(ann)
    page = await Browser(cloud, cloud.account("Ann Smith")).connect(url, agrees=False)
    assert (page.status, "Not connected" in page.text) == (200, True)
    back = await Browser(cloud, cloud.account("Ann Smith")).connect(url)
    assert back.status == 400  # the link is used up


async def test_a_code_of_somebody_else_connects_nobody(
    oo: Scene, ann: Person, telegram: TelegramServer, cloud: TodoistCloud
) -> None:
    """Somebody sends Ann's browser to oO with a code of their own account: it belongs to another state."""
    mallory = await invited(oo, ann, telegram.user(9, "Mallory"))
    theirs = await Browser(cloud, cloud.account("Mallory")).answer(await expect_link(mallory))
    code = parse_qs(urlsplit(theirs).query)["code"][0]
    state = parse_qs(urlsplit(await expect_link(ann)).query)["state"][0]

    page = await come_back(cloud, code=code, state=state)

    assert page.status == 400
    assert "Todoist did not accept the link" in page.text
    assert await connection_of(oo, "7") is None
    assert len(cloud.tokens_of(cloud.account("Mallory"))) == 0


async def test_in_somebody_elses_browser_the_chat_names_their_account(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    """Whoever opens Ann's link while signed in as Carol: Ann is asked about Carol's account by its name."""
    question = await expect_consent(ann, cloud, cloud.account("Carol"))
    assert "the account of Carol" in question.text
    await expect_edit_on_tap(ann, question, "Cancel")
    assert cloud.tokens_of(cloud.account("Carol")) == set()


async def test_only_whose_link_it_was_can_confirm(
    oo: Scene, ann: Person, telegram: TelegramServer, cloud: TodoistCloud
) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    question = await expect_consent(ann, cloud, cloud.account("Ann Smith"))
    await bob.forge(question, question.buttons[0].data or "")
    await expect_reply(bob, "/connect")
    assert await connection_of(oo, "8") is None
    assert await connection_of(oo, "7") is None


async def test_a_hostile_name_of_an_account_is_only_shown(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    question = await expect_consent(
        ann, cloud, cloud.account("<b>Ann</b> *x* {account} https://evil.example\u202e")
    )
    assert "the account of <b>Ann</b> *x* {account} https://evil.example" in question.text


@pytest.mark.parametrize("code", [410, 429, 500, 503])
async def test_trouble_of_todoist_in_between_is_a_clear_page(
    oo: Scene, ann: Person, cloud: TodoistCloud, code: int
) -> None:
    url = await expect_link(ann)
    cloud.faults.plan(failing(code), on="access_token")
    page = await Browser(cloud, cloud.account("Ann Smith")).connect(url)
    assert page.status == 503
    assert "Nothing is connected" in page.text
    await expect_connection(ann, cloud, cloud.account("Ann Smith"))  # a new link works


async def test_disconnecting_ends_the_access_and_asks_about_the_tasks(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    account.add("Feed the cat")
    account.add("Water the plants")
    await expect_connection(ann, cloud, account)

    question = await expect_reply(ann, "/disconnect todoist")
    assert "copies of 2 open tasks" in question.text
    assert question.labels == ["Keep here", "Remove here", "Stay connected"]
    await expect_edit_on_tap(ann, question, "Keep here")

    assert question.text.startswith("Todoist is disconnected. Its open tasks are still on your list")
    assert cloud.tokens_of(account) == set()
    assert "2 tasks" in (await expect_reply(ann, "/tasks")).text
    done = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    await oo.tick("relay", "sync")
    assert "Done at 9:00" in done.text
    assert account.writes() == []
    assert (await expect_reply(ann, "/connect todoist off")).text == "Todoist is not connected."


async def test_copies_that_are_not_kept_go_and_come_back_with_the_next_connection(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    account.add("Feed the cat")
    await expect_connection(ann, cloud, account)
    question = await expect_reply(ann, "/connect todoist off")
    await expect_edit_on_tap(ann, question, "Remove here")
    assert "Feed the cat" not in (await expect_reply(ann, "/tasks")).text
    assert not any(task.checked or task.is_deleted for task in account.tasks.values())

    await expect_connection(ann, cloud, account)
    assert "Feed the cat" in (await expect_reply(ann, "/tasks")).text


async def test_who_stays_connected_stays_so(oo: Scene, ann: Person, cloud: TodoistCloud) -> None:
    await expect_connection(ann, cloud, cloud.account("Ann Smith"))
    question = await expect_reply(ann, "/disconnect")
    await expect_edit_on_tap(ann, question, "Stay connected")
    assert question.text == "Todoist stays connected."
    assert await connection_of(oo, "7") is not None


async def test_deleting_everything_ends_the_access(oo: Scene, ann: Person, cloud: TodoistCloud) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    asked = await expect_reply(ann, "/delete")
    await expect_edit_on_tap(ann, asked, asked.labels[0])
    assert cloud.tokens_of(account) == set()


async def test_whoever_asks_to_delete_everything_the_access_ends(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    async with oo.app.store.read() as unit:
        known = await unit.people.known(Channel.TELEGRAM, "7")
    assert known is not None
    await forget(known.person, oo.app.deps)  # as the API and the operator's command do
    assert cloud.tokens_of(account) == set()


async def test_another_account_takes_the_place_of_the_first(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    first, second = cloud.account("Ann Smith"), cloud.account("Ann at work")
    first.add("Feed the cat")
    second.add("Quarterly report")
    await expect_connection(ann, cloud, first)
    cloud.revoke_all(first)
    oo.clock.move(minutes=5)
    await oo.tick("sync")
    await ann.expect_message()

    await expect_connection(ann, cloud, second)

    text = (await expect_reply(ann, "/tasks")).text
    assert "Quarterly report" in text
    assert "Feed the cat" not in text
    assert (await expect_reply(ann, "/stats")).text.count("Feed the cat") == 0


async def test_a_token_that_ends_is_renewed_without_a_word(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    before = len(ann.chat.messages)
    for number in range(3):
        oo.clock.move(hours=1)
        account.add(f"Task {number}")
        await oo.tick("sync")
    assert len(await oo.open_tasks(await oo.person("7"))) == 3
    assert len(ann.chat.messages) == before
    assert len(cloud.calls_of("access_token")) == 4
    connection = await connection_of(oo, "7")
    assert connection is not None
    assert connection.status is TokenStatus.CONNECTED


async def test_a_connection_that_was_withdrawn_is_told_once_with_a_button(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    account.add("Feed the cat")
    await expect_connection(ann, cloud, account)
    await expect_reply(ann, "/add Call Bob")
    cloud.revoke_all(account)
    oo.clock.move(minutes=5)
    await oo.tick("sync")

    told = await ann.expect_message()
    assert told.text.startswith("I can't read your Todoist any more")
    assert told.labels == ["Reconnect", "Disconnect"]
    before = len(ann.chat.messages)
    oo.clock.move(minutes=30)
    await oo.tick("sync", "relay", "sync")
    assert len(ann.chat.messages) == before

    link = await expect_message_on_tap(ann, told, "Reconnect")
    assert link.labels == ["Open Todoist"]
    await expect_connection(ann, cloud, account)
    assert "Feed the cat" in (await expect_reply(ann, "/tasks")).text


async def test_the_owner_may_take_an_own_account_instead_of_the_operators_token(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> None:
    house, own = cloud.account("House"), cloud.account("Ann Smith")
    house.add("Sweep the stairs")
    own.add("Feed the cat")
    token = cloud.personal_token(house)
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud, TODOIST_API_TOKEN=token) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        bob = await invited(oo, ann, telegram.user(8, "Bob"))
        assert "Sweep the stairs" in (await expect_reply(ann, "/tasks")).text
        assert "Sweep" not in (await expect_reply(bob, "/tasks")).text
        await expect_connection(ann, cloud, own)
        text = (await expect_reply(ann, "/tasks")).text
        assert "Feed the cat" in text
        assert "Sweep" not in text
        assert not any(task.checked for task in house.tasks.values())


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("TODOIST_CLIENT_ID TODOIST_CLIENT_SECRET", "TODOIST_CLIENT_ID and TODOIST_CLIENT_SECRET"),
        ("OO_VAULT_KEYS", "OO_VAULT_KEYS"),
        ("OO_PUBLIC_URL", "OO_PUBLIC_URL"),
        ("OO_PUBLIC_URL OO_VAULT_KEYS", "OO_VAULT_KEYS and OO_PUBLIC_URL"),
    ],
)
async def test_what_is_missing_is_told_to_the_owner_and_to_nobody_else(
    tmp_path: Path,
    telegram: TelegramServer,
    cloud: TodoistCloud,
    cached_certificates: None,
    missing: str,
    named: str,
) -> None:
    environment = {key: value for key, value in with_cloud(cloud, 0).items() if key not in missing.split()}
    async with scene(tmp_path, NINE, **reaching(telegram), **environment) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        bob = await invited(oo, ann, telegram.user(8, "Bob"))
        hers = await expect_reply(ann, "/connect todoist")
        his = await expect_reply(bob, "/connect todoist")
    assert f"set {named} and start me again" in hers.text
    assert hers.buttons == his.buttons == []
    assert his.text == (
        "Todoist is not connected. Connecting it isn't set up here; whoever runs me can do that."
    )


async def test_a_recurring_task_that_is_kept_still_repeats(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    for words in ("every monday", "every 2 weeks", "every! 3 days"):
        account.add(words, recurring=words, due=date(2026, 11, 23))
    account.spoil(
        account.add("lunar"), due={"date": "2026-11-23", "string": "every blue moon", "is_recurring": True}
    )
    await expect_connection(ann, cloud, account)
    await expect_edit_on_tap(ann, await expect_reply(ann, "/disconnect"), "Keep here")

    kept = {task.title: task for task in await oo.open_tasks(await oo.person("7"))}
    assert {name: task.repeats for name, task in kept.items()} == {
        "every monday": "FREQ=WEEKLY;BYDAY=MO",
        "every 2 weeks": "FREQ=WEEKLY;INTERVAL=2",
        "every! 3 days": "FREQ=DAILY;INTERVAL=3",
        "lunar": None,
    }
    assert kept["every! 3 days"].repeats_from_done
    assert {task.due and task.due.on for task in kept.values()} == {date(2026, 11, 23)}


async def test_in_slack_the_button_opens_todoist(
    tmp_path: Path, slack: SlackServer, cloud: TodoistCloud, cached_certificates: None
) -> None:
    environment = with_slack(slack) | with_cloud(cloud, free_port())
    async with scene(tmp_path, NINE, **environment) as oo:
        cloud.use_clock(oo.clock.now)
        await slack.expect_connection()
        ann = await slack_talk.welcomed(
            slack.user("U1", name="Ann", tz="Europe/Berlin"), await oo.owner_code()
        )
        await ann.slash("/oo", "connect todoist")
        link = await ann.expect_message()
        (button,) = [one for block in link.blocks for one in block.get("elements", []) if "url" in one]
        await ann.tap(link, "Open Todoist")
        page = await Browser(cloud, cloud.account("Ann Smith")).connect(button["url"])
        question = await ann.expect_message()
        await slack_talk.expect_edit_on_tap(ann, question, "Connect")
        assert page.status == 200
        assert "There is no open task there" in (await ann.expect_message()).text
        assert slack.refusals == []


@pytest.mark.parametrize(
    ("language", "page", "question"),
    [
        ("de", "Zurück zum Chat", "Verbinden?"),
        ("fr", "Retourne dans le chat", "Le connecter"),
        ("es", "Vuelve al chat", "¿La conecto?"),
    ],
)
async def test_page_and_chat_speak_the_persons_language(
    oo: Scene, ann: Person, cloud: TodoistCloud, language: str, page: str, question: str
) -> None:
    names = {"de": "deutsch", "fr": "français", "es": "español"}
    await expect_reply(ann, f"/language {names[language]}")
    url = await expect_link(ann)
    shown = await Browser(cloud, cloud.account("Ann Smith")).connect(url)
    assert page in shown.text
    assert f'lang="{language}"' in shown.text
    assert question in (await ann.expect_message()).text


@pytest.mark.parametrize("argument", ["dropbox", "todoist maybe", "off maybe", "<b>", "x" * 500])
async def test_an_argument_that_means_nothing_gets_help(
    oo: Scene, ann: Person, cloud: TodoistCloud, argument: str
) -> None:
    text = (await expect_reply(ann, f"/connect {argument}")).text
    assert text.startswith(("I didn't get", "Todoist is not connected."))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/connect Todoist!", "Open Todoist"),
        ("/connect 'todoist'", "Open Todoist"),
        ("/connect todoist.", "Open Todoist"),
        ("/connect todoist off", "Todoist is not connected."),
        ("/disconnect Todoist.", "Todoist is not connected."),
        ("/disconnect", "Nothing is connected."),
        ("/connect github", 'I didn\'t get "github".'),
        ("/disconnect github", "Nothing is connected."),
        ("/disconnect ticktick please", "Nothing is connected."),
    ],
)
async def test_what_is_to_be_connected_may_be_said_in_many_ways(
    oo: Scene, ann: Person, typed: str, answer: str
) -> None:
    assert (await expect_reply(ann, typed)).text.startswith(answer)
