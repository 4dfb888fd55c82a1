"""The operator's page: who sees it, what it says, how large it is, and acknowledging."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.store import open_store
from bot.screens import texts_operator
from bot.web.pages import PAGES
from bot.web.service import Pages
from core.deciding.evaluation_summary import EVALUATION_NOTE, store_summary, summarise
from core.dependencies import BudgetRules
from core.incidents import notice
from core.records import (
    DeliveryState,
    IncidentKind,
    Spending,
    TokenStatus,
)
from core.store import Store
from tests.adapters.storage.plans import plans
from tests.bot.web.browser import Browser, browser_of
from tests.contracts.store.records import decision, delivery, integration
from tests.core.deciding.test_evaluation_summary import REPORT
from tests.core.outsiders import Phone
from tests.core.worlds import Scene, scene

HOSTILE = "<script>alert('1')</script>&\x1b[31m\u202e"
PAGE = "/operator"
ACKNOWLEDGE = "/operator/acknowledge"
MAX_BYTES = 60_000


@pytest.fixture
async def ops(world: Scene) -> Browser:
    """The operator's browser, signed in."""
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    return browser


async def record(store: Store, world: Scene, kind: IncidentKind, subject: str = "", times: int = 3) -> str:
    async with store.begin() as unit:
        return (await notice(unit, kind, world.clock.now(), subject, times=times)).incident_id


# --- Who may -----------------------------------------------------------------------------------------------


def on_loopback(world: Scene, *, allowed: bool = True) -> Browser:
    """A browser at the port of the process, without a session."""
    root = "http://127.0.0.1:8080"
    browser = browser_of(world, root=root)
    site = replace(browser.pages._site, operator_on_loopback=allowed)
    browser.pages = Pages(PAGES, site)
    return browser


async def test_nobody_but_an_operator_opens_it(stranger: Browser, ada: Browser, ops: Browser) -> None:
    for browser in (stranger, ada):
        for reply in (await browser.get(PAGE), await browser.submit(ACKNOWLEDGE, incident="x")):
            assert (reply.status, reply.location) == (303, "/operator/sign-in")
            assert texts_operator.HEADING not in reply.text
    assert texts_operator.HEADING in (await ops.get(PAGE)).text


async def test_an_operator_is_no_person(ops: Browser) -> None:
    assert (await ops.get("/me")).location == "/sign-in"


async def test_on_this_machine_it_opens_if_the_settings_say_so(world: Scene) -> None:
    reply = await on_loopback(world).get(PAGE, at="127.0.0.1")
    assert reply.status == 200
    assert texts_operator.ON_THIS_MACHINE in reply.text
    assert (await on_loopback(world, allowed=False).get(PAGE, at="127.0.0.1")).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"at": "192.0.2.1"},
        {"x_forwarded_for": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"via": "1.1 proxy"},
        {"host": "oo.example"},
    ],
    ids=str,
)
async def test_whoever_may_come_from_elsewhere_signs_in(world: Scene, headers: dict[str, str]) -> None:
    reply = await on_loopback(world).get(PAGE, **{"at": "127.0.0.1", **headers})
    assert (reply.status, reply.location) == (303, "/operator/sign-in")


# --- What it says ------------------------------------------------------------------------------------------


async def test_without_any_data_all_is_well(ops: Browser) -> None:
    reply = await ops.get(PAGE)
    assert reply.title == "All is well · Operator · oO"
    for sentence in (
        texts_operator.NOTHING_OPEN,
        texts_operator.NOT_EVALUATED.split("`")[0].strip(),
        texts_operator.MODEL_UNUSED,
        texts_operator.NO_CONNECTIONS,
        texts_operator.NO_BACKUP,
        texts_operator.NO_PROMPTS,
    ):
        assert sentence in reply.text
    assert len(reply.html) < MAX_BYTES


@pytest.mark.parametrize("kind", IncidentKind)
async def test_each_kind_of_incident_is_said_with_what_to_do(
    ops: Browser, world: Scene, kind: IncidentKind
) -> None:
    await record(world.deps.store, world, kind, "the-subject")
    reply = await ops.get(PAGE)
    assert reply.title.startswith("An incident needs you")
    assert f"{texts_operator.KINDS[kind.value]}: the-subject" in reply.text
    assert texts_operator.WHAT_TO_DO[kind.value].split("`")[0].strip() in reply.text


async def test_the_number_of_incidents_is_in_the_title_until_they_are_acknowledged(
    ops: Browser, world: Scene
) -> None:
    first = await record(world.deps.store, world, IncidentKind.DISK_NEARLY_FULL)
    second = await record(world.deps.store, world, IncidentKind.JOB_FAILING, "push")
    assert (await ops.get(PAGE)).title.startswith("2 incidents need you")
    assert (await ops.submit(ACKNOWLEDGE, incident=first)).location == PAGE
    assert (await ops.get(PAGE)).title.startswith("An incident needs you")
    await ops.submit(ACKNOWLEDGE, incident=second)
    reply = await ops.get(PAGE)
    assert reply.title.startswith("2 known incidents go on")
    assert "ops, 2027-06-14 06:30" in reply.text
    assert ACKNOWLEDGE not in reply.html


async def test_a_channel_without_a_connection_is_seen_before_it_is_an_incident(world: Scene) -> None:
    phone = Phone()
    phone.last_error = "NetworkError"  # type: ignore[attr-defined]
    browser = browser_of(world, chat=phone)
    await browser.sign_in_operator("ops")
    reply = await browser.get(PAGE)
    assert reply.title.startswith(texts_operator.DISCONNECTED)
    assert "telegram no connection (NetworkError)" in reply.text


async def test_acknowledging_needs_the_token_and_the_origin(ops: Browser, world: Scene) -> None:
    incident = await record(world.deps.store, world, IncidentKind.DISK_NEARLY_FULL)
    await ops.get(PAGE)
    body = f"incident={incident}".encode()
    for reply in (
        await ops.send("POST", ACKNOWLEDGE, body=body, origin=ops.root),
        await ops.submit(ACKNOWLEDGE, incident=incident, csrf="forged"),
        await ops.submit(ACKNOWLEDGE, incident=incident, headers={"origin": "https://evil.example"}),
        await ops.submit(ACKNOWLEDGE, incident=incident, headers={"origin": ""}),
    ):
        assert reply.status == 403
    async with world.deps.store.read() as unit:
        (found,) = await unit.incidents.all_open()
    assert found.acknowledged_at is None


async def test_acknowledging_on_this_machine_works_as_well(world: Scene) -> None:
    browser = on_loopback(world)
    incident = await record(world.deps.store, world, IncidentKind.DISK_NEARLY_FULL)
    await browser.get(PAGE, at="127.0.0.1")
    await browser.submit(ACKNOWLEDGE, incident=incident, headers={"at": "127.0.0.1"})
    assert texts_operator.LOOPBACK in (await browser.get(PAGE, at="127.0.0.1")).text


async def test_acknowledging_what_is_gone_shows_what_there_is(ops: Browser) -> None:
    await record(ops.deps.store, scene(ops.deps.store), IncidentKind.DISK_NEARLY_FULL)
    await ops.get(PAGE)
    for incident in ("", "no such", "x" * 5000, HOSTILE):
        assert (await ops.submit(ACKNOWLEDGE, incident=incident)).location == PAGE


async def test_htmx_gets_the_page_without_its_frame(ops: Browser) -> None:
    fragment = await ops.get(PAGE, hx_request="true")
    assert "<html" not in fragment.html
    assert texts_operator.HEADING in fragment.text
    assert fragment.title.startswith("All is well")


async def test_names_from_elsewhere_stay_text(world: Scene) -> None:
    """Policies, prompts and faults come from logs and platforms; an operator's name from a provider."""
    phone = Phone()
    phone.last_error = HOSTILE  # type: ignore[attr-defined]
    report: dict[str, Any] = json.loads(json.dumps(REPORT))
    report["compared"][0]["policy_id"] = HOSTILE
    for group in report["groups"]:
        group["name"] = HOSTILE
    async with world.deps.store.begin() as unit:
        await store_summary(unit, summarise(report, world.clock.now()))
    browser = browser_of(world, chat=phone)
    await browser.sign_in_operator(HOSTILE)
    incident = await record(world.deps.store, world, IncidentKind.JOB_FAILING, HOSTILE)
    await browser.get(PAGE)
    await browser.submit(ACKNOWLEDGE, incident=incident)
    reply = await browser.get(PAGE)
    assert reply.status == 200
    assert "<script>alert" not in reply.html
    assert "\x1b" not in reply.html
    assert "&lt;script&gt;" in reply.html


async def test_a_summary_of_another_version_counts_as_none(ops: Browser, world: Scene) -> None:
    for text in ("", "[]", "{}", '{"made_at": "2027"}', "nonsense", '{"made_at": 5}'):
        async with world.deps.store.begin() as unit:
            await unit.notes.put(None, EVALUATION_NOTE, text)
        assert texts_operator.NOT_EVALUATED.split("`")[0].strip() in (await ops.get(PAGE)).text


async def test_figures_stand_in_their_tables(world: Scene) -> None:
    now, store = world.clock.now(), world.deps.store
    await world.person()
    async with store.begin() as unit:
        await unit.decisions.add(decision(), None)
        for number, state in enumerate((DeliveryState.SENT, DeliveryState.SENT, DeliveryState.UNKNOWN)):
            late = timedelta(seconds=7.4 * number)
            fields: dict[str, Any] = {
                "reserved_at": now,
                "changed_at": now,
                "due_at": now - late,
                "state": state,
            }
            await unit.deliveries.add(delivery(delivery_id=f"v{number}", **fields))
        await unit.integrations.put(integration(status=TokenStatus.MISSING))
        await unit.spending.add(
            now.date(), "ada", Spending(calls=4, tokens=1234567, micros=21300, failures=1)
        )
        await store_summary(unit, summarise(REPORT, now))
    rules = replace(world.deps.rules, budget=BudgetRules(in_all=Spending(calls=5)))
    browser = browser_of(replace(world, deps=replace(world.deps, rules=rules)))
    await browser.sign_in_operator("ops")
    text = (await browser.get(PAGE)).text
    for expected in (
        "9 of 10 within 7 seconds",
        "4 calls 80 % of the budget · one failed",
        "one did not arrive",
        "24 hours 2 under a second 7 seconds 7 seconds 0",
        "2027-06-14 4 1 1,234,567 0.0213",
        "arrival unknown 1 1",
        "Service missing todoist 1",
        "epsilon-greedy:epsilon=0.1 320 250 +0.0200 −0.0100 … +0.0500",
        "softmax 12 9 too few decisions; wait about 3 days",
        "tip-v2 more than tip-v1 400 +0.0100 −0.0200 … +0.0400",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("language", ["de", "fr", "es", "en-US"])
async def test_it_is_in_the_language_of_the_browser(ops: Browser, world: Scene, language: str) -> None:
    for kind in IncidentKind:
        await record(world.deps.store, world, kind, "telegram")
    ops.language = language
    reply = await ops.get(PAGE)
    assert f'<html lang="{language[:2]}">' in reply.html
    assert (texts_operator.HEADING in reply.text) is language.startswith("en")
    assert len(reply.answer.body) < MAX_BYTES


# --- A large installation ----------------------------------------------------------------------------------

LARGE = 100_000


FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
INSERT INTO deliveries
    (delivery_id, decision_id, person_id, account_id, state, attempt, reserved_at, changed_at, due_at)
SELECT 'v' || n, 'd1', 'ada', 'a1', 'sent', 1, :now - n * 6000000, :now - n * 6000000,
       :now - n * 6000000 - (n * 7919 % 60) * 1000000
FROM numbers
"""


async def test_with_100_000_deliveries_it_is_small_and_reads_only_indices(
    database_url: str, tmp_path: Path
) -> None:
    store = await open_store(database_url)
    world = scene(store)
    await world.person()
    async with store.begin() as unit:
        await unit.decisions.add(decision(), None)
    with closing(sqlite3.connect(tmp_path / "oo.db")) as connection, connection:
        now = int(world.clock.now().timestamp() * 1_000_000)
        connection.execute(FILL, {"count": LARGE, "now": now})
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    with plans(tmp_path / "oo.db") as steps:
        reply = await browser.get(PAGE)
    await store.close()
    assert [one for one in steps if "SCAN deliveries" in one or "SCAN decisions" in one] == []
    assert any("COVERING INDEX deliveries_by_time" in one for one in steps), steps
    assert reply.status == 200
    assert len(reply.html) < MAX_BYTES
    assert f"7 days {LARGE:,}" in reply.text
