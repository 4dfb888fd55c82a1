import asyncio
import logging
from itertools import product

import pytest

from adapters.pace import UNLIMITED
from adapters.slack import Limits, Slack
from core.errors import OoError, SendFailed, SettingsError
from tests.adapters.inbox import Inbox, StillClock
from tests.adapters.samples import EXPORT, TIP
from tests.adapters.slack.conftest import COMMANDS, TRANSPORTS, built, expect_that, served
from tests.adapters.slack.samples import HOME, SENDER, tapped
from tests.servers.local import Fault, close, garbage, hang, status
from tests.servers.slack import Person, SlackServer, ratelimited
from tests.waiting import WAIT_LIMIT

CANARY = "xoxb-CANARY-token"
APP_CANARY = "xapp-CANARY-token"
SECRET_CANARY = "CANARY-secret"


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_wrong_token_is_said_clearly(server: SlackServer, inbox: Inbox, transport: str) -> None:
    slack = built(server, inbox, transport)
    server.token_error = "token_revoked"
    for step in (slack.start(COMMANDS), slack.check()):
        with pytest.raises(SettingsError, match=r"SLACK_BOT_TOKEN is refused \(token_revoked\)"):
            await step
    await slack.stop()

    assert not slack.healthy


async def test_a_wrong_app_token_is_said_clearly(server: SlackServer, inbox: Inbox) -> None:
    slack = Slack(
        server.bot_token,
        api_url=server.api_url,
        accept=inbox.accept,
        clock=StillClock(),
        app_token=server.bot_token,
    )
    with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN is refused \(not_allowed_token_type\)"):
        await slack.start(COMMANDS)
    await slack.stop()


async def test_a_check_names_the_app_and_its_workspace(server: SlackServer, idle: Slack) -> None:
    assert await idle.check() == "@oo in local"
    assert not idle.healthy

    await server.stop()
    with pytest.raises(OoError, match=r"no answer from Slack \(ClientConnectorError\)"):
        await idle.check()


async def test_a_check_says_what_the_app_may_not_do(server: SlackServer, idle: Slack) -> None:
    granted = {"X_OAuth_Scopes": "chat:write,commands, im:history"}
    body = '{"ok": true, "user": "oo", "team": "local"}'
    server.faults.plan(status(200, body=body, content_type="application/json", **granted), on="auth.test")

    with pytest.raises(OoError, match="the app lacks files:read, files:write, im:write, users:read"):
        await idle.check()


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_network_that_is_down_at_the_start_is_waited_for(
    server: SlackServer, inbox: Inbox, ann: Person, transport: str
) -> None:
    slack = built(server, inbox, transport)
    async with served(server, slack) if transport == "http" else asyncio.timeout(WAIT_LIMIT):
        await server.stop()
        await slack.start(COMMANDS)
        assert (slack.healthy, slack.last_error) == (False, "ClientConnectorError")

        await server.start()
        await expect_that(lambda: slack.healthy)
        assert (await ann.dm("hello")).acknowledged
        await slack.stop()


@pytest.mark.parametrize("limits", [Limits(first_attempt=0.05)])
async def test_a_slack_that_hangs_does_not_hold_up_the_start(server: SlackServer, idle: Slack) -> None:
    server.faults.plan(hang, on="auth.test")

    await idle.start(COMMANDS)

    assert idle.last_error == "TimeoutError"
    await server.expect_connection()
    await expect_that(lambda: idle.healthy)


def tasks_of_oo() -> list[str]:
    names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    return [name for name in names if name.startswith(("Slack.", "Socket.", "Api.", "Intake."))]


@pytest.mark.parametrize("step", ["", "auth.test", "apps.connections.open", "/link/"])
async def test_stop_is_quick_and_leaves_nothing_behind(server: SlackServer, inbox: Inbox, step: str) -> None:
    slack = built(server, inbox, limits=Limits(first_attempt=0.05, answer=10 * WAIT_LIMIT))
    if step:
        server.faults.always(hang, on=step)
    await slack.start(COMMANDS)
    await (server.expect_connection() if not step else server.expect_that(lambda: server.calls))

    async with asyncio.timeout(WAIT_LIMIT):
        await slack.stop()
        await slack.stop()

    assert tasks_of_oo() == []
    assert not slack.healthy


async def test_stop_does_not_wait_for_an_inbox_that_hangs(server: SlackServer, ann: Person) -> None:
    begun = asyncio.Event()

    class Stuck(Inbox):
        async def accept(self, update: object) -> None:
            begun.set()
            await asyncio.Event().wait()

    slack = built(server, Stuck())
    await slack.start(COMMANDS)
    await server.expect_connection()
    server.ack_within = 0.2
    saying = asyncio.create_task(ann.dm("hello"))
    await begun.wait()

    async with asyncio.timeout(WAIT_LIMIT):
        await slack.stop()

    assert tasks_of_oo() == []
    assert not (await saying).acknowledged


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_removed_app_says_so_and_comes_back_when_it_is_installed_again(
    server: SlackServer, inbox: Inbox, ann: Person, transport: str
) -> None:
    slack = Slack(
        server.bot_token,
        api_url=server.api_url,
        accept=inbox.accept,
        clock=StillClock(),
        app_token=server.app_token if transport == "socket" else None,
        signing_secret=server.signing_secret,
    )
    async with served(server, slack) if transport == "http" else asyncio.timeout(WAIT_LIMIT):
        await slack.start(COMMANDS)
        await server.revoke_user_token("U1")
        assert slack.healthy

        await server.uninstall()
        await expect_that(lambda: not slack.healthy)
        assert server.deliveries[-1].acknowledged

        server.token_error = None
        await expect_that(lambda: slack.healthy)
        assert (await ann.dm("back?")).acknowledged
        await slack.stop()


# --- Logs --------------------------------------------------------------------------------------------------

FAULTS: dict[str, Fault] = {"garbage": garbage, "closed": close, "502": status(502), "429": ratelimited}


async def test_no_token_and_no_word_is_logged(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with SlackServer(
        bot_token=CANARY, app_token=APP_CANARY, signing_secret=SECRET_CANARY, post_burst=100, ack_within=0.2
    ) as server:
        ann = server.user("U1", name="CANARY name")
        slack = Slack(
            CANARY,
            api_url=server.api_url,
            accept=inbox.accept,
            clock=StillClock(),
            app_token=APP_CANARY,
            rate=UNLIMITED,
        )
        await slack.start(COMMANDS)
        await server.expect_connection()
        await ann.dm("CANARY words")
        inbox.refuse = ValueError("CANARY in an error")
        await ann.slash("/oo", "CANARY command")
        server.sockets.drop()
        for fault, method in product(
            FAULTS.values(), ("chat.postMessage", "views.publish", "/upload/", "/link/")
        ):
            server.faults.plan(fault, on=method)
        for step in range(2 * len(FAULTS)):
            await _tried(slack, ann, step)
        server.token_error = "invalid_auth"
        await _tried(slack, ann, 0)
        await slack.stop()

    assert caplog.text.count("a step failed") >= 2 * len(FAULTS)
    assert "CANARY" not in caplog.text
    assert "Pay the rent" not in caplog.text
    assert "ticket-" not in caplog.text


async def _tried(slack: Slack, ann: Person, number: int) -> None:
    """Try to say something of each kind, and log every failure with all that led to it."""
    dm = ann.channel.id
    steps = (
        slack.send(dm, TIP),
        slack.send(dm, EXPORT),
        slack.show_home(SENDER, HOME),
        slack.acknowledge(tapped(dm), "CANARY remark"),
    )
    for step in steps:
        try:
            await step
        except SendFailed:
            logging.getLogger("test").exception("a step failed, %d", number)


async def test_a_refused_token_is_in_no_log(
    server: SlackServer, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack = Slack(
        CANARY, api_url=server.api_url, accept=inbox.accept, clock=StillClock(), app_token=APP_CANARY
    )
    for step in (slack.start(COMMANDS), slack.check()):
        try:
            await step
        except OoError:
            logging.getLogger("test").exception("refused")
    await slack.stop()

    assert caplog.text.count("refused") >= 2
    assert "CANARY" not in caplog.text


async def test_an_environment_full_of_other_settings_changes_nothing(
    server: SlackServer, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_VERIFICATION_TOKEN"):
        monkeypatch.setenv(name, "CANARY-other")
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    slack = built(server, inbox)
    await slack.start(COMMANDS)
    await server.expect_connection()
    await slack.stop()

    assert caplog.messages == []
