"""What all pages have in common."""

from __future__ import annotations

import logging
import re

import pytest

from bot.web.cookies import SESSION_COOKIE
from bot.web.csrf import is_own_origin
from bot.web.page import Access, Answer, Page, Visit
from bot.web.rendering import render
from bot.web.service import SECURITY_HEADERS
from core.errors import BadInput, NotFound, StoreBusy
from tests.bot.web.browser import ROOT, Browser, Reply, browser_of
from tests.core.worlds import Scene

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


async def show(visit: Visit) -> Answer:
    """A page with a form that shows what it was given."""
    return render(
        visit, "sign_in.html", title=HOSTILE, text=str(dict(visit.form)), action="/x", other=False, note=""
    )


async def fail(visit: Visit) -> Answer:
    """A page that goes wrong as it is told."""
    faults = {
        "bug": ValueError("secret"),
        "gone": NotFound("x"),
        "busy": StoreBusy("x"),
        "bad": BadInput("token_name"),
    }
    raise faults[visit.path["how"]]


TABLE = (
    Page(method="GET", path="/x", run=show, access=Access.NOBODY),
    Page(method="POST", path="/x", run=show, access=Access.NOBODY),
    Page(method="GET", path="/mine", run=show, access=Access.PERSON),
    Page(method="POST", path="/mine", run=show, access=Access.PERSON),
    Page(method="GET", path="/operator", run=show, access=Access.OPERATOR),
    Page(method="GET", path="/fail/{how}", run=fail, access=Access.NOBODY),
)


@pytest.fixture
def browser(world: Scene) -> Browser:
    return browser_of(world, pages=TABLE)


async def test_every_answer_has_the_security_headers(browser: Browser) -> None:
    for address in ("/x", "/nowhere", "/mine", "/fail/bug"):
        headers = (await browser.get(address)).answer.headers
        assert headers.items() >= SECURITY_HEADERS.items()
        assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in SECURITY_HEADERS["Content-Security-Policy"]


async def test_values_are_text(browser: Browser) -> None:
    shown = await browser.get("/x")
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html
    assert HOSTILE in shown.text


async def test_addresses_and_methods_that_do_not_exist(browser: Browser) -> None:
    assert (await browser.get("/nowhere")).status == 404
    assert (await browser.get("/x/y")).status == 404
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUATSCH"):
        refused = await browser.send(method, "/x")
        assert (refused.status, refused.answer.headers["Allow"]) == (405, "GET, POST")
    assert (await browser.send("HEAD", "/x")).status == 200


async def test_whoever_is_not_signed_in_is_sent_to_sign_in(browser: Browser) -> None:
    sent = await browser.get("/mine")
    assert (sent.status, sent.location) == (303, "/sign-in")
    assert (await browser.submit("/mine")).location == "/sign-in"
    assert (await browser.get("/operator")).location == "/operator/sign-in"
    part = await browser.get("/mine", hx_request="true")
    assert (part.status, part.answer.headers["HX-Redirect"], part.location) == (401, "/sign-in", None)


async def test_a_session_opens_only_its_own_kind_of_page(world: Scene, browser: Browser) -> None:
    await browser.sign_in_operator("root")
    assert (await browser.get("/operator")).status == 200
    assert (await browser.get("/mine")).location == "/sign-in"
    await browser.sign_in(await world.person())
    assert (await browser.get("/operator")).location == "/operator/sign-in"
    assert (await browser.get("/mine")).status == 200


async def test_an_operator_stays_signed_in_for_half_a_day(world: Scene, browser: Browser) -> None:
    await browser.sign_in_operator("root")
    world.clock.move(hours=11)
    assert (await browser.get("/operator")).status == 200
    world.clock.move(hours=12)
    assert (await browser.get("/operator")).location == "/operator/sign-in"


async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    for _ in range(2 * 12 - 1):
        world.clock.move(minutes=30)
        assert (await browser.get("/operator", hx_request="true")).status == 200
    world.clock.move(minutes=31)
    ended = await browser.get("/operator", hx_request="true")
    assert (ended.status, ended.answer.headers["HX-Redirect"]) == (401, "/operator/sign-in")


async def test_the_cookie_lasts_as_long_as_the_session_that_is_used(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    assert (await browser.get("/operator")).answer.cookies == ()
    world.clock.move(hours=11)
    (cookie,) = (await browser.get("/operator")).answer.cookies
    assert cookie.startswith(f"__Host-{SESSION_COOKIE}=")
    assert "; Max-Age=43200;" in cookie
    world.clock.move(hours=11)
    (dropped,) = (await browser.submit("/sign-out")).answer.cookies
    assert "; Max-Age=0;" in dropped


async def test_the_logo_leads_to_the_pages_it_stands_on(world: Scene) -> None:
    def logo(reply: Reply) -> str | None:
        found = re.search(r'<a class="brand" href="([^"]*)"', reply.html)
        return found[1] if found else None

    browser = browser_of(world)
    for address, place in (
        ("/sign-in", "/me"),
        ("/me/nowhere", "/me"),
        ("/operator/sign-in", "/operator"),
        ("/operator/nowhere", "/operator"),
        ("/operators", "/me"),
    ):
        assert logo(await browser.get(address)) == place
    only_mail = browser_of(world, has_pages=False)
    broken = await only_mail.get("/mail/tap/x")
    assert (broken.status, logo(broken)) == (404, None)
    assert 'href="/me"' not in (await only_mail.get("/mail/x")).html


async def test_a_cookie_that_was_changed_signs_nobody_in(world: Scene, browser: Browser) -> None:
    await browser.sign_in(await world.person())
    name = f"__Host-{SESSION_COOKIE}"
    good = browser.cookies[name]
    for forged in ("", "x", good[:-1], good.upper(), f"{good}x", good.partition(".")[0]):
        browser.cookies[name] = forged
        assert (await browser.get("/mine")).location == "/sign-in"
    other = browser_of(world, pages=TABLE)
    assert (await other.get("/mine", cookie=f"{name}={good}; {name}={good}")).location == "/sign-in"
    assert (await other.get("/mine", cookie=f"{SESSION_COOKIE}={good}")).location == "/sign-in"
    assert (await other.get("/mine", cookie=f"a=b; {name}={good}")).status == 200


async def test_cookies_are_out_of_reach(world: Scene) -> None:
    (cookie,) = (await browser_of(world, pages=TABLE).get("/x")).answer.cookies
    assert cookie.startswith("__Host-oo_visitor=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
    (cookie,) = (await browser_of(world, pages=TABLE, root="http://127.0.0.1:8080").get("/x")).answer.cookies
    assert cookie.startswith("oo_visitor=")
    assert "Secure" not in cookie


async def posted(browser: Browser, address: str = "/x", *, origin: str = ROOT, **fields: str) -> Reply:
    return await browser.submit(address, headers={"origin": origin}, **fields)


async def test_a_form_needs_the_token_and_the_origin_of_this_page(world: Scene, browser: Browser) -> None:
    await browser.get("/x")
    assert (await posted(browser, a="1")).status == 200
    for origin in (
        "",
        "null",
        "https://evil.example",
        f"{ROOT}.evil.example",
        "http://oo.example",
        "x",
        f"{ROOT}:444",
        "http://[",
        "http://]::1[",
        "https://oo.example:x",
        "https://",
        "//oo.example",
        "\ud800",
    ):
        assert (await posted(browser, origin=origin)).status == 403
    assert (await posted(browser, origin=f"{ROOT}:443")).status == 200
    for token in ("", "x", "eA.eA"):
        assert (await posted(browser, csrf=token)).status == 403
    other = browser_of(world, pages=TABLE)
    theirs = (await other.get("/x")).csrf
    assert (await posted(browser, csrf=theirs)).status == 403


async def test_a_token_of_a_visitor_is_none_of_a_session(world: Scene, browser: Browser) -> None:
    before = (await browser.get("/x")).csrf
    await browser.sign_in(await world.person())
    assert (await posted(browser, "/mine", csrf=before)).status == 403
    await browser.get("/mine")
    assert (await posted(browser, "/mine")).status == 200


async def test_on_this_machine_the_address_of_the_request_will_do(world: Scene) -> None:
    browser = browser_of(world, pages=TABLE)
    await browser.get("/x")
    for host, status in {
        "127.0.0.1:8080": 200,
        "localhost:8080": 200,
        "[::1]:80": 200,
        "evil.example": 403,
    }.items():
        headers = {"origin": f"http://{host}", "host": host}
        assert (await browser.submit("/x", headers=headers)).status == status
    crossed = {"origin": "http://127.0.0.1:9999", "host": "127.0.0.1:8080"}
    assert (await browser.submit("/x", headers=crossed)).status == 403


async def test_what_is_no_form_is_refused(browser: Browser) -> None:
    await browser.get("/x")
    send = {"origin": ROOT}
    assert (
        await browser.send("POST", "/x", body=b"{}", content_type="application/json", **send)
    ).status == 415
    assert (await browser.send("POST", "/x", body=b"a" * 300_000, **send)).status == 413
    assert (await browser.send("POST", "/x", body=b"a=%ff%fe", **send)).status == 400
    assert (await browser.send("POST", "/x", body=b"\xff=1", **send)).status == 400
    assert (await browser.send("POST", "/x", body=b"&".join([b"a=1"] * 300), **send)).status == 400
    assert (await browser.send("POST", "/x", body=b"", **send)).status == 403


@pytest.mark.parametrize(("how", "status"), [("gone", 404), ("busy", 503), ("bad", 422), ("bug", 500)])
async def test_faults_have_pages_that_say_nothing_of_the_inside(
    browser: Browser, caplog: pytest.LogCaptureFixture, how: str, status: int
) -> None:
    with caplog.at_level(logging.CRITICAL):
        shown = await browser.get(f"/fail/{how}")
    assert shown.status == status
    assert "secret" not in shown.html
    assert "Traceback" not in shown.html


async def test_too_many_requests_of_an_address_wait(world: Scene) -> None:
    browser = browser_of(world, pages=TABLE, rate=12)
    statuses = [(await browser.get("/x")).status for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    world.clock.move(seconds=5)
    assert (await browser.get("/x")).status == 200


async def test_without_a_key_the_pages_say_what_is_missing(world: Scene) -> None:
    shown = await browser_of(world, pages=TABLE, has_key=False).get("/x")
    assert shown.status == 503
    assert "OO_VAULT_KEYS" in shown.text


async def test_htmx_gets_only_the_part_that_it_replaces(browser: Browser) -> None:
    whole, part = await browser.get("/x"), await browser.get("/x", hx_request="true")
    assert "<!doctype html>" in whole.html
    assert "<!doctype html>" not in part.html
    assert part.title == whole.title


async def test_a_fault_is_said_in_the_language_of_the_browser(browser: Browser) -> None:
    browser.language = "de"
    german, english = await browser.get("/nowhere"), await browser.get("/nowhere", accept_language="en")
    assert 'lang="de"' in german.html
    assert german.title != english.title


def test_what_names_no_host_is_the_origin_of_nobody() -> None:
    for root in ("", "http://[", "oo.example", "null"):
        for origin in ("", "null", "x", "http://[", "https://", "file://", root):
            assert not is_own_origin(origin, host="oo.example", root=root)
