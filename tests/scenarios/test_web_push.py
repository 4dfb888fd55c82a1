"""A tip appears in the browser and is answered there: subscribed on the page, pushed by oO, shown by the real
service worker in Chromium. Only what lies between the push service and the browser is the test's: headless
Chromium has no push service, so a local one stands in for its ``pushManager``, and what that has decrypted is
handed to the service worker by DevTools.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page, Worker, expect

from adapters.web_push.vapid import new_key
from core.chat import Channel
from core.people.browsers import read_subscription, subscribe
from core.records import Account, Signal
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.test_my_page import KEY
from tests.scenarios.test_pages import free_port, link_in
from tests.scenarios.world import Scene, scene
from tests.servers.browser import chromium, expect_no_faults, expect_no_sideways_scrolling, page
from tests.servers.local import status
from tests.servers.push import Browser, PushService
from tests.servers.telegram import Person, TelegramServer

__all__ = ["chromium", "page"]

CONFIG = "http: {pages: true}\npush: {allow_private: true}"
ONE = "2026-11-22T12:00:00"
"""13:00 in Berlin: a slot."""

STAND_IN = """
(() => {
  const given = %s;
  const subscription = (key) => ({
    endpoint: given.endpoint,
    options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key).buffer },
    toJSON: () => given,
    unsubscribe: async () => { localStorage.removeItem("push"); return true; },
  });
  const bytes = (text) => Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem("push");
    return key ? subscription(bytes(key)) : null;
  };
  PushManager.prototype.subscribe = async (options) => {
    if (Notification.permission !== "granted" || !options.userVisibleOnly) throw new Error("not allowed");
    localStorage.setItem("push", options.applicationServerKey);
    return subscription(bytes(options.applicationServerKey));
  };
})();
"""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Ann's browser, with the page and the push service that stands in for its own."""

    page: Page
    phone: Browser
    devtools: CDPSession
    root: str
    registrations: list[str] = field(default_factory=list)
    delivered: int = 0

    async def subscribe(self) -> None:
        """Switch tips on, on the page."""
        await self.page.goto(f"{self.root}/me/browsers")
        await self.page.get_by_role("button", name="Show tips in this browser").click()
        await expect(self.page.get_by_text("This browser shows tips.")).to_be_visible()

    async def worker(self) -> Worker:
        """The service worker."""
        found = self.page.context.service_workers
        return found[0] if found else await self.page.context.wait_for_event("serviceworker")

    async def expect_delivery(self) -> Any:
        """Hand the next message to the service worker; returns what it said."""
        self.delivered += 1
        shown = (await self.phone.expect_messages(self.delivered))[self.delivered - 1]
        await self.devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.root, "registrationId": self.registrations[-1], "data": shown.text},
        )
        return shown.content

    async def expect_notification(self, title: str, actions: list[str]) -> None:
        """The only one that is shown."""
        await self.page.wait_for_function(
            """async ([title, actions]) => {
              const registration = await navigator.serviceWorker.ready;
              const shown = await registration.getNotifications();
              return shown.length === 1 && shown[0].title === title
                && JSON.stringify(shown[0].actions.map((one) => one.title)) === JSON.stringify(actions);
            }""",
            arg=[title, actions],
        )

    async def click(self, action: str, *, puts_away: bool = False) -> None:
        """Click the notification, or one of its buttons. ``puts_away``: on a system that closes it then."""
        await (await self.worker()).evaluate(
            """async ([action, putsAway]) => {
              const [notification] = await registration.getNotifications();
              if (putsAway) notification.close();
              const event = new NotificationEvent("notificationclick", { notification, action });
              let done;
              event.waitUntil = (promise) => { done = promise; };  // refused to events that a script makes
              self.dispatchEvent(event);
              await done;
            }""",
            [action, puts_away],
        )


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    port = str(free_port())
    environment = {
        **reaching(telegram),
        "OO_HTTP_PORT": port,
        "OO_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OO_VAULT_KEYS": KEY,
        "OO_PUSH_KEY": new_key(),
        "OO_PUSH_CONTACT": "mailto:operator@example.org",
    }
    async with scene(tmp_path, NINE, config=CONFIG, **environment) as running:
        yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    ann = await welcomed(oo, telegram.user(7, "Ann"))
    await expect_reply(ann, "/add Pay the rent today p1")
    return ann


@pytest.fixture
async def service(oo: Scene) -> AsyncIterator[PushService]:
    async with PushService(oo.clock.now) as service:
        yield service


@pytest.fixture
async def desk(oo: Scene, ann: Person, service: PushService, page: Page) -> Desk:
    """Ann's browser, signed in and allowed to show notifications."""
    channel = oo.oo.platforms.by_channel[Channel.WEB]
    phone = service.subscribe(channel.public_key)
    root = f"http://127.0.0.1:{oo.oo.http_port}"
    await page.context.grant_permissions(["notifications"], origin=root)
    await page.add_init_script(STAND_IN % json.dumps(phone.as_json()))
    devtools = await page.context.new_cdp_session(page)
    made = Desk(page=page, phone=phone, devtools=devtools, root=root)

    def note(event: dict[str, Any]) -> None:
        made.registrations.extend(
            one["registrationId"] for one in event["registrations"] if not one["isDeleted"]
        )

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    await devtools.send("ServiceWorker.enable")
    await page.goto(link_in(await expect_reply(ann, "/me")))
    await page.get_by_role("button", name="Sign in to my page").click()
    await expect(page).to_have_title("Today · oO")
    oo.clock.move(minutes=1)
    return made


async def account_of(oo: Scene) -> Account:
    ann = await oo.person("7")
    async with oo.app.store.read() as unit:
        (account,) = [one for one in await unit.people.accounts(ann.person_id) if one.channel is Channel.WEB]
    return account


async def test_a_tip_appears_in_the_browser_and_done_is_noted_once(
    oo: Scene, ann: Person, desk: Desk, service: PushService
) -> None:
    await desk.page.goto(f"{desk.root}/me/browsers")
    await expect_no_faults(desk.page)
    await expect_no_sideways_scrolling(desk.page)
    await desk.subscribe()
    await expect(desk.page.get_by_text("Chrome, Linux")).to_be_visible()
    await expect_no_faults(desk.page)
    said_before = len(ann.chat.messages)

    await oo.at(ONE)
    said = await desk.expect_delivery()
    assert said["kind"] == "show"
    await desk.expect_notification("Pay the rent", ["Done", "Snooze", "Dismiss"])
    assert len(ann.chat.messages) == said_before

    await desk.page.context.clear_cookies()
    for _ in range(3):
        await desk.click("0")
    said = await desk.expect_delivery()
    assert said["kind"] == "edit"
    await desk.expect_notification("Pay the rent", ["Undo"])
    await oo.app.intake.wait_until_answered()
    decision = await oo.latest("7")
    reward = await oo.reward(decision)
    assert reward
    assert reward.source is Signal.DONE
    assert await oo.open_tasks(await oo.person("7")) == []
    assert len(desk.phone.shown) == 2
    assert service.refusals == []


async def test_the_page_of_a_tip_has_all_buttons_and_its_notification_changes_with_it(
    oo: Scene, ann: Person, desk: Desk
) -> None:
    await desk.subscribe()
    await oo.at(ONE)
    said = await desk.expect_delivery()
    await desk.page.goto(f"{desk.root}{said['page']}")
    await expect(desk.page.get_by_text("Pay the rent")).to_be_visible()
    await expect_no_faults(desk.page)
    await expect_no_sideways_scrolling(desk.page)
    await desk.page.get_by_role("button", name="Snooze").click()
    await expect(desk.page.get_by_text("When shall I bring it back?")).to_be_visible()
    await desk.page.get_by_role("button", name="1 hour").click()
    await expect(desk.page.get_by_text("Back today at 14:00")).to_be_visible()
    await expect_no_faults(desk.page)
    assert (await desk.expect_delivery())["kind"] == "edit"
    await desk.expect_notification("Pay the rent", ["Undo"])


async def test_a_reaction_in_the_chat_replaces_the_notification_that_is_still_shown_and_brings_none_back(
    oo: Scene, ann: Person, desk: Desk
) -> None:
    await desk.subscribe()
    await oo.at(ONE)
    await desk.expect_delivery()
    await desk.expect_notification("Pay the rent", ["Done", "Snooze", "Dismiss"])
    await ann.send("done")
    assert (await desk.expect_delivery())["kind"] == "edit"
    await desk.expect_notification("Pay the rent", ["Undo"])

    worker = await desk.worker()
    await worker.evaluate("async () => (await registration.getNotifications()).forEach((one) => one.close())")
    edit = desk.phone.shown[-1].text
    await worker.evaluate("async (text) => show({ json: () => JSON.parse(text) })", edit)
    assert await worker.evaluate("async () => (await registration.getNotifications()).length") == 0


async def test_a_tap_without_a_network_leaves_the_notification_and_works_later(
    oo: Scene, ann: Person, desk: Desk
) -> None:
    await desk.subscribe()
    await oo.at(ONE)
    await desk.expect_delivery()
    await desk.expect_notification("Pay the rent", ["Done", "Snooze", "Dismiss"])
    await desk.page.context.clear_cookies()

    worker = await desk.worker()
    await worker.evaluate(
        "() => { self.online = self.fetch; self.fetch = async () => { throw new TypeError('offline'); }; }"
    )
    await desk.click("0", puts_away=True)
    await desk.expect_notification("Pay the rent", ["Done", "Snooze", "Dismiss"])
    assert await oo.reward(await oo.latest("7")) is None

    await worker.evaluate("() => { self.fetch = self.online; }")
    await desk.click("0")
    await desk.expect_delivery()
    await desk.expect_notification("Pay the rent", ["Undo"])
    reward = await oo.reward(await oo.latest("7"))
    assert reward
    assert reward.source is Signal.DONE


async def test_without_a_browser_the_chat_takes_over(oo: Scene, ann: Person, desk: Desk) -> None:
    await desk.subscribe()
    await desk.page.get_by_role("button", name="No more tips in this browser").click()
    await expect(desk.page.get_by_role("button", name="Show tips in this browser")).to_be_visible()
    assert not (await account_of(oo)).reachable

    await desk.subscribe()
    assert (await account_of(oo)).reachable
    desk.phone.gone = 410
    await oo.at(ONE)
    assert not (await account_of(oo)).reachable
    await desk.page.reload()
    await expect(desk.page.get_by_role("button", name="Show tips in this browser")).to_be_visible()
    await expect(desk.page.get_by_text("None yet.")).to_be_visible()
    await oo.at("2026-11-22T17:30:00")
    assert "Pay the rent" in (await ann.expect_message()).text
    assert desk.phone.shown == []


async def test_an_address_that_changes_is_renewed_by_the_service_worker(
    oo: Scene, ann: Person, desk: Desk, service: PushService
) -> None:
    await desk.subscribe()
    channel = oo.oo.platforms.by_channel[Channel.WEB]
    renewed = service.subscribe(channel.public_key)
    status = await (await desk.worker()).evaluate(
        """async ([before, after]) => {
          const event = new Event("pushsubscriptionchange");
          event.oldSubscription = { ...before, toJSON: () => before };
          event.newSubscription = { ...after, toJSON: () => after };
          let done;
          event.waitUntil = (promise) => { done = promise; };
          self.dispatchEvent(event);
          await done;
        }""",
        [desk.phone.as_json(), renewed.as_json()],
    )
    assert status is None
    await oo.at(ONE)
    assert len(await renewed.expect_messages()) == 1
    assert desk.phone.shown == []


async def by_hand(oo: Scene, service: PushService) -> Browser:
    """A browser of Ann's that subscribed without a page."""
    phone = service.subscribe(oo.oo.platforms.by_channel[Channel.WEB].public_key)
    await subscribe_now(oo, phone)
    return phone


async def subscribe_now(oo: Scene, phone: Browser) -> None:
    """The browser is heard after the chat."""
    offered = read_subscription(phone.as_json(), "Firefox, Android")
    assert offered
    oo.clock.move(minutes=1)
    await subscribe(await oo.person("7"), offered, oo.app.deps)


async def test_a_busy_push_service_gets_the_tip_later_and_an_unclear_answer_none_again(
    oo: Scene, ann: Person, service: PushService
) -> None:
    phone = await by_hand(oo, service)
    service.faults.plan(status(429, Retry_After="90"))
    await oo.at(ONE)
    await oo.tick("deliver")
    assert (len(service.calls), phone.shown) == (1, [])
    oo.clock.move(seconds=91)
    await oo.tick("deliver")
    (shown,) = phone.shown
    assert shown.ttl == 90 * 60 - 91  # of the slot's freshness, that of the first attempt is used up

    service.faults.plan(status(502))
    await oo.at("2026-11-22T17:30:00")
    for _ in range(3):
        oo.clock.move(minutes=1)
        await oo.tick("deliver", "recover")
    assert (len(service.calls), len(phone.shown)) == (3, 1)


async def test_a_tip_that_waits_for_a_browser_ends_when_it_gets_quiet(
    oo: Scene, ann: Person, service: PushService
) -> None:
    phone = await by_hand(oo, service)
    await expect_reply(ann, "/times daily 21:30")
    await subscribe_now(oo, phone)
    phone.online = False
    await oo.at("2026-11-22T20:30:00")
    ((ends_at, _),) = phone.waiting
    assert ends_at.isoformat() == "2026-11-22T21:00:00+00:00"  # 22:00 in Berlin
    oo.clock.set("2026-11-22T21:30:00")
    await service.connect(phone)
    assert phone.shown == []
