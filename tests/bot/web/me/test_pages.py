"""Every page of a person: with nothing, with much, with hostile things on it."""

from __future__ import annotations

import re

import pytest

from bot.web.me.frame import PAGES
from core.people.tokens import make_token
from core.records import Integration, Scope, Task, TaskSource, TokenStatus
from tests.bot.web.browser import Browser, browser_of
from tests.bot.web.me.test_acting import press
from tests.core.worlds import Scene

MAX_BYTES = 60_000
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'; DROP TABLE tasks; --",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u202c \u200f\u2066rtl",
    "a\0b",
    "&lt;b&gt; &amp;",
    "javascript:alert(3)",
    "x" * 10_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u0645\u0631\u062d\u0628\u0627",
)


async def addresses(browser: Browser) -> list[str]:
    """Every page that is linked from another."""
    found = list(PAGES.values())
    for address in found:
        html = (await browser.get(address)).html
        more = re.findall(r'href="(/me[^"#?]*)"', html)
        found += [one for one in dict.fromkeys(more) if one not in found and "export" not in one][:30]
    return found


@pytest.fixture
async def busy(real_world: Scene) -> Browser:
    """Ada with hostile tasks, tips about them, a token and a muted topic."""
    ada = await real_world.person(preferences={"muted": ("<b>milk</b>",)})
    for number, title in enumerate(HOSTILE):
        task = Task(
            task_id=f"oo-{number}",
            person_id="ada",
            title=title,
            created_at=real_world.clock.now(),
            labels=("<i>label</i>",),
            project="<u>project</u>",
            notes="<script>notes</script>",
        )
        async with real_world.deps.store.begin() as unit:
            await unit.tasks.put(task)
    await real_world.slot("2027-06-14 09:00")
    await real_world.slot("2027-06-14 13:00")
    await make_token(ada, real_world.deps, name="<script>token</script>", scopes=[Scope.TIPS])
    browser = browser_of(real_world)
    await browser.sign_in(ada)
    return browser


@pytest.mark.parametrize("address", PAGES.values())
async def test_every_page_opens_for_somebody_new(ada: Browser, address: str) -> None:
    shown = await ada.get(address)
    assert shown.status == 200, shown.text
    assert f'<a href="{address}" aria-current="page">' in shown.html


@pytest.mark.parametrize("language", ["de", "fr", "es"])
async def test_every_page_is_in_the_language_of_the_person(world: Scene, language: str) -> None:
    browser = browser_of(world)
    await browser.sign_in(await world.person(preferences={"language": language}))
    for address in PAGES.values():
        shown = await browser.get(address)
        assert f'<html lang="{language}">' in shown.html
        assert not {"Sign out", "Settings", "Decisions", "What helped"} & set(
            re.findall(r">([^<]+)<", shown.html)
        )


async def test_nothing_that_somebody_wrote_becomes_markup(busy: Browser) -> None:
    everything = ""
    for address in await addresses(busy):
        shown = await busy.get(address)
        assert shown.status == 200, address
        scripts = re.findall(r"<script[^>]*>", shown.html)
        assert all("/static/htmx." in one for one in scripts), address
        for markup in ("<img", "<b>", "<i>", "<u>", "\0", "\u202e", 'onerror=alert(2)>"', 'href="javascript'):
            assert markup not in shown.html, (address, markup)
        everything += shown.text
    for title in (
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "&lt;b&gt;",
        "<b>milk</b>",
        "<script>token</script>",
    ):
        assert title in everything


async def test_pages_of_somebody_with_500_tasks_stay_small(real_world: Scene) -> None:
    ada = await real_world.person()
    async with real_world.deps.store.begin() as unit:
        for number in range(500):
            title = f"<{number}> " + "task with quite a long title, as people write them " * 4
            await unit.tasks.put(
                Task(
                    task_id=f"oo-{number}",
                    person_id="ada",
                    title=title[:200],
                    created_at=real_world.clock.now(),
                    labels=tuple(f"label{one}" for one in range(5)),
                )
            )
    await real_world.slot("2027-06-14 09:00")
    browser = browser_of(real_world)
    await browser.sign_in(ada)
    sizes = {address: len((await browser.get(address)).answer.body) for address in await addresses(browser)}
    assert max(sizes.values()) < MAX_BYTES, sizes
    assert "Page 25 of 25" in (await browser.get("/me/tasks?page=25")).text
    assert "Page 25 of 25" in (await browser.get("/me/tasks?page=999")).text
    for page in ("0", "-1", "x", "9" * 50, "٣", "1e3"):
        assert (await browser.get(f"/me/tasks?page={page}")).status == 200


async def test_the_list_is_narrowed_as_in_the_chat(world: Scene, ada: Browser) -> None:
    await world.task("rent", labels=("home",))
    await world.task("report", labels=("work",))
    shown = await ada.get("/me/tasks?q=%23home")
    assert "1 task " in shown.text
    assert "report" not in shown.text
    assert "No open task fits" in (await ada.get("/me/tasks?q=%3Cscript%3E")).text


async def test_what_is_another_persons_is_not_there(world: Scene, ada: Browser) -> None:
    await world.person("bob")
    await world.task("secret", "bob")
    world.clock.berlin("2027-06-14 09:00")
    await world.tick()
    async with world.deps.store.read() as unit:
        (theirs, *_) = await unit.decisions.latest("bob", 1)
    await ada.get("/me")
    for address in (
        f"/me/tips/{theirs.decision_id}",
        "/me/tasks/oo-secret",
        "/me/tasks/none",
        "/me/tips/none",
    ):
        assert (await ada.get(address)).status == 404
    assert "secret" not in (await ada.get("/me/tasks")).text
    async with world.deps.store.begin() as unit:
        session = (await unit.sessions.of("ada"))[0]
    bob = browser_of(world)
    await bob.sign_in(await world.stored("bob"))
    await bob.get("/me/access")
    assert (await bob.submit(f"/me/sessions/{session.session_id}/end")).status == 404
    assert (await ada.get("/me")).status == 200


async def test_the_tip_is_answered_on_the_page(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    decision = await world.slot("2027-06-14 09:00")
    shown = await ada.get("/me")
    assert "rent" in shown.text
    snoozing = await press(ada, "Snooze")
    assert snoozing.status == 200
    await ada.get("/me")
    assert "Undo" in (await press(ada, "Done")).html
    reward = await world.reward(decision)
    assert reward is not None
    assert reward.value > 0


async def test_a_receipt_shows_what_was_possible_and_how_likely(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await world.task("milk")
    decision = await world.slot("2027-06-14 09:00")
    shown = await ada.get(f"/me/tips/{decision.decision_id}")
    for words in ("What I could choose from", "Probability", "rent", "milk", "chosen", decision.decision_id):
        assert words in shown.text


async def test_browsers_are_signed_out_one_by_one_or_all_at_once(world: Scene, ada: Browser) -> None:
    others = [browser_of(world) for _ in range(3)]
    sessions = [(await one.sign_in(await world.stored("ada"))).session for one in others]
    await ada.get("/me/access")
    assert (await ada.submit(f"/me/sessions/{sessions[0].session_id}/end")).location == "/me/access"
    assert [(await one.get("/me")).status for one in others] == [303, 200, 200]
    await ada.submit("/me/sessions/end")
    assert [(await one.get("/me")).status for one in others] == [303, 303, 303]
    assert (await ada.get("/me")).status == 200


async def test_everything_about_the_person_is_a_file(ada: Browser) -> None:
    for kind, begins in {"json": "{", "html": "<!doctype html>"}.items():
        got = await ada.get(f"/me/export.{kind}")
        assert got.status == 200
        assert got.html.lower().startswith(begins)
        assert got.answer.headers["Content-Disposition"].startswith("attachment; ")


async def test_a_form_that_leads_nowhere_leads_to_today(ada: Browser) -> None:
    await ada.get("/me")
    for back in ("https://evil.example/", "//evil.example", "/operator", "/me/act/tap", "", "\0", "/me/../x"):
        shown = await ada.submit("/me/act/say", command="cap", text="3", once=back, back=back)
        assert (shown.status, shown.title) == (200, "Today · oO")
    assert (await ada.get("/me/act/tap")).location == "/me"


async def test_without_a_zone_the_page_asks_where_the_person_is(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in(await world.person(zone=None))
    assert "I don't know your time zone yet" in (await browser.get("/me")).text
    for address in PAGES.values():
        assert (await browser.get(address)).status == 200
    shown = await browser.submit(
        "/me/act/say", command="timezone", text="Berlin", once="1", back="/me/settings"
    )
    assert "Europe/Berlin" in shown.html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (TokenStatus.CONNECTED, "connected"),
        (TokenStatus.EXPIRED, "to be connected again"),
        (TokenStatus.ERROR, "doesn't answer properly"),
    ],
)
async def test_the_state_of_a_connection_is_said_with_what_can_be_done(
    world: Scene, ada: Browser, status: TokenStatus, words: str
) -> None:
    async with world.deps.store.begin() as unit:
        await unit.integrations.put(
            Integration(
                person_id="ada",
                provider=TaskSource.TODOIST,
                status=status,
                changed_at=world.clock.now(),
                account_name="<b>Ada</b>",
            )
        )
    shown = await ada.get("/me/access")
    assert words in shown.text
    assert "Todoist (<b>Ada</b>)" in shown.text
    assert "<b>" not in shown.html
