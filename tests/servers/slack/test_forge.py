"""Forged requests reach an app as they are meant: shown on a small endpoint that checks as it should."""

import hmac
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.servers.slack import SlackServer
from tests.servers.slack.bolt_app import app, by_http
from tests.servers.slack.signed_http import sign

LONGEST = 1 << 20
NOW = 1_800_000_000.0


async def _checked(request: web.Request) -> web.Response:
    """401 unless the signature fits and is fresh and new; aiohttp answers 413 if the body is too long."""
    body, headers = await request.read(), request.headers
    at, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    expected = sign("local-signing-secret", at, body).encode()
    fits = hmac.compare_digest(expected, signature.encode(errors="surrogateescape"))
    fresh = at.isdecimal() and abs(int(at) - NOW) <= 300
    seen: set[str] = request.app[SEEN]
    accepted = fits and fresh and signature not in seen
    seen.add(signature)
    return web.Response(status=200 if accepted else 401)


SEEN: web.AppKey[set[str]] = web.AppKey("seen", set)


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    guarded = web.Application(client_max_size=LONGEST)
    guarded[SEEN] = set()
    guarded.router.add_post("/slack/events", _checked)
    runner = web.AppRunner(guarded, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with SlackServer(clock=lambda: NOW) as server:
        server.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield server
    await runner.cleanup()


async def test_every_forgery_is_told_from_the_real_thing(slack: SlackServer) -> None:
    forge = slack.forge
    assert (await forge.raw(b"{}")).status == 200
    assert (await forge.stale(299)).status == 200
    forged = [
        await forge.unsigned(),
        await forge.without_timestamp(),
        await forge.wrong_signature(),
        await forge.non_ascii_signature(),
        await forge.stale(),
        await forge.stale(-301),
        await forge.junk_timestamp(),
        await forge.other_body(),
        *await forge.replay(3),
    ]
    assert {answer.status for answer in forged} == {401}
    assert (await forge.huge(LONGEST + 1)).status in (413, 0)


async def test_a_signed_request_is_accepted_once_and_then_replayed(slack: SlackServer) -> None:
    assert (await slack.send_event({"type": "app_uninstalled"})).acknowledged
    assert {answer.status for answer in await slack.forge.replay(2)} == {401}


async def test_bolt_alone_answers_500_to_junk_and_accepts_replays() -> None:
    """Why oO checks signatures before Bolt does."""
    async with SlackServer() as slack, by_http(slack, app(slack)):
        assert (await slack.forge.unsigned()).status == 401
        assert (await slack.forge.junk_timestamp()).status == 500
        assert (await slack.forge.non_ascii_signature()).status == 500
        assert await slack.verify_url()
        assert [answer.status for answer in await slack.forge.replay(2)] == [200, 200]


async def test_socket_mode_has_no_url_to_attack() -> None:
    with pytest.raises(LookupError):
        _ = SlackServer().forge
