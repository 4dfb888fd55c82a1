"""Consent by OAuth 2 against a Todoist with several accounts: codes, tokens, refusals."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.todoist.oauth import TodoistOAuth
from core.errors import ClientRefused, SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable
from tests.servers.local import close, garbage, hang, nothing, status
from tests.servers.todoist_body import failing
from tests.servers.todoist_cloud import TodoistCloud
from tests.servers.todoist_people import Browser

HERE = "http://127.0.0.1:8080/oauth/todoist/callback"
STATE = "state-CANARY-0123456789"


@dataclass
class Hands:
    now: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def cloud(hands: Hands) -> AsyncIterator[TodoistCloud]:
    async with TodoistCloud(clock=lambda: hands.now) as running:
        running.redirect_uri = HERE
        yield running


def client(cloud: TodoistCloud, **other: str) -> TodoistOAuth:
    fields = {"client_id": cloud.client_id, "client_secret": cloud.client_secret, "redirect_uri": HERE}
    chosen = {**fields, **other}
    return TodoistOAuth(
        chosen["client_id"],
        chosen["client_secret"],
        redirect_uri=chosen["redirect_uri"],
        api_root=cloud.url,
        authorize_root=f"{cloud.url}/",
        answer_seconds=0.5,
    )


@pytest.fixture
def oauth(cloud: TodoistCloud) -> TodoistOAuth:
    return client(cloud)


async def consent(cloud: TodoistCloud, oauth: TodoistOAuth, *, agrees: bool = True) -> dict[str, str]:
    """What the browser brings back."""
    browser = Browser(cloud, cloud.account("Ann Smith"))
    back = await browser.answer(oauth.authorize_url(STATE), agrees=agrees)
    assert back.startswith(f"{HERE}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


async def test_a_code_becomes_tokens_of_the_account(cloud: TodoistCloud, oauth: TodoistOAuth) -> None:
    back = await consent(cloud, oauth)
    assert back["state"] == STATE
    grant = await oauth.exchange(back["code"], STATE)
    assert grant.access_token in cloud.tokens_of(cloud.account("Ann Smith"))
    assert grant.lasts == timedelta(hours=1)
    account = await oauth.account(grant.access_token)
    assert (account.name, account.account_id) == ("Ann Smith", cloud.account("Ann Smith").user_id)


async def test_an_older_app_gets_a_token_without_an_end(cloud: TodoistCloud, oauth: TodoistOAuth) -> None:
    cloud.expires = False
    grant = await oauth.exchange((await consent(cloud, oauth))["code"], STATE)
    assert (grant.refresh_token, grant.lasts) == (None, None)


async def test_a_code_works_once_and_ten_minutes(
    cloud: TodoistCloud, oauth: TodoistOAuth, hands: Hands
) -> None:
    code = (await consent(cloud, oauth))["code"]
    await oauth.exchange(code, STATE)
    with pytest.raises(SourceRefused, match="400"):
        await oauth.exchange(code, STATE)
    late = (await consent(cloud, oauth))["code"]
    hands.now += timedelta(minutes=10)
    with pytest.raises(SourceRefused):
        await oauth.exchange(late, STATE)


async def test_a_code_works_only_with_its_own_state(cloud: TodoistCloud, oauth: TodoistOAuth) -> None:
    code = (await consent(cloud, oauth))["code"]
    with pytest.raises(SourceRefused):
        await oauth.exchange(code, f"{STATE}-other")


async def test_the_verifier_is_no_function_of_what_the_browser_sees(
    cloud: TodoistCloud, oauth: TodoistOAuth
) -> None:
    other = client(cloud, client_secret="another")
    mine, theirs = (parse_qs(urlsplit(one.authorize_url(STATE)).query) for one in (oauth, other))
    assert mine["code_challenge"] != theirs["code_challenge"]
    assert mine["code_challenge_method"] == ["S256"]
    assert cloud.client_secret not in oauth.authorize_url(STATE)


@pytest.mark.parametrize("other", [{"client_secret": "wrong"}, {"client_id": "wrong"}])
async def test_wrong_credentials_are_the_operators_business(
    cloud: TodoistCloud, oauth: TodoistOAuth, other: dict[str, str]
) -> None:
    back = await consent(cloud, oauth)
    grant = await oauth.exchange(back["code"], STATE)
    stranger = client(cloud, **other)
    for asking in (
        stranger.exchange(back["code"], STATE),
        stranger.refresh(grant.refresh_token or ""),
        stranger.revoke(grant.access_token, grant.refresh_token),
    ):
        with pytest.raises(ClientRefused, match="TODOIST_CLIENT_SECRET"):
            await asking
    assert (await oauth.refresh(grant.refresh_token or "")).access_token


@pytest.mark.parametrize(
    ("code", "said", "kind"),
    [
        (400, '{"error": "invalid_grant"}', SourceDisconnected),
        (401, '{"error": "invalid_grant"}', SourceDisconnected),
        (400, '{"error": "bad_refresh_token"}', SourceDisconnected),
        (400, "", SourceDisconnected),
        (400, "[]", SourceDisconnected),
        (400, '{"error": ["invalid_client"]}', SourceDisconnected),
        (400, '{"error": {}}', SourceDisconnected),
        (400, '{"error": "invalid_client"}', ClientRefused),
        (401, '{"error": "invalid_client"}', ClientRefused),
        (400, '{"error": "incorrect_application_credentials"}', ClientRefused),
        (400, '{"error": "unauthorized_client"}', ClientRefused),
        (403, '{"error": "invalid_application_status"}', ClientRefused),
        (401, "Unauthorized", ClientRefused),
        (403, "<html>", ClientRefused),
        (404, "", ClientRefused),
        (400, "[" * 100_000, SourceUnavailable),
        (503, '{"error": "invalid_grant"}', SourceUnavailable),
        (429, '{"error": "invalid_grant"}', SourceBusy),
    ],
)
async def test_only_a_refused_refresh_token_is_up_to_the_person(
    cloud: TodoistCloud, oauth: TodoistOAuth, code: int, said: str, kind: type[Exception]
) -> None:
    cloud.faults.always(status(code, body=said))
    with pytest.raises(SourceUnavailable) as caught:
        await oauth.refresh("refresh-CANARY")
    assert type(caught.value) is kind
    assert "CANARY" not in repr(caught.value)


async def test_a_no_brings_no_code(cloud: TodoistCloud, oauth: TodoistOAuth) -> None:
    assert await consent(cloud, oauth, agrees=False) == {"state": STATE, "error": "access_denied"}


async def test_tokens_rotate(cloud: TodoistCloud, oauth: TodoistOAuth, hands: Hands) -> None:
    first = await oauth.exchange((await consent(cloud, oauth))["code"], STATE)
    assert first.refresh_token
    hands.now += timedelta(hours=1)
    with pytest.raises(SourceRefused, match="401"):
        await oauth.account(first.access_token)
    second = await oauth.refresh(first.refresh_token)
    assert second.refresh_token not in (None, first.refresh_token)
    assert (await oauth.account(second.access_token)).name == "Ann Smith"
    hands.now += timedelta(seconds=61)
    with pytest.raises(SourceDisconnected):
        await oauth.refresh(first.refresh_token)


async def test_revoking_ends_all_tokens_of_the_consent(cloud: TodoistCloud, oauth: TodoistOAuth) -> None:
    grant = await oauth.exchange((await consent(cloud, oauth))["code"], STATE)
    await oauth.revoke(grant.access_token)
    assert cloud.tokens_of(cloud.account("Ann Smith")) == set()
    with pytest.raises(SourceDisconnected):
        await oauth.refresh(grant.refresh_token or "")
    await oauth.revoke(grant.access_token)
    await oauth.revoke("unknown")


async def test_every_failure_has_its_meaning_and_holds_no_secret(
    cloud: TodoistCloud, oauth: TodoistOAuth, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    meanings = [
        (failing(500), SourceUnavailable),
        (failing(410), SourceUnavailable),
        (failing(429, retry_after=7), SourceBusy),
        (status(302, Location="http://127.0.0.1:9/"), SourceUnavailable),
        (garbage, SourceUnavailable),
        (nothing, SourceUnavailable),
        (close, SourceUnavailable),
        (hang, SourceUnavailable),
        (status(200, body="[" * 300_000), SourceUnavailable),
        (status(200, body='{"access_token": ""}', content_type="application/json"), SourceUnavailable),
        (status(200, body='{"access_token": "a", "expires_in": -1}'), SourceUnavailable),
        (status(200, body='{"error": "bad_authorization_code"}'), SourceUnavailable),
    ]
    with caplog.at_level(logging.DEBUG):
        for fault, kind in meanings:
            cloud.faults.clear()
            cloud.faults.always(fault)
            with pytest.raises(SourceUnavailable) as caught:
                await oauth.exchange("code-CANARY", STATE)
            assert type(caught.value) is kind
            told.append(f"{caught.value!r} {caught.value.__cause__!r}")
    assert "CANARY" not in caplog.text + "".join(told)
    assert "canary" not in caplog.text + "".join(told)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("<b>Ann</b>\u202e\n", "<b>Ann</b>"), ("", "me@example.com"), ("x" * 500, "x" * 79 + "…")],
)
async def test_an_accounts_name_is_cleaned(
    cloud: TodoistCloud, oauth: TodoistOAuth, name: str, shown: str
) -> None:
    back = await consent(cloud, oauth)
    grant = await oauth.exchange(back["code"], STATE)
    cloud.account("Ann Smith").full_name = name
    assert (await oauth.account(grant.access_token)).name == shown
