"""Slack for many workspaces, from outside: each is served by tokens of its own, and leaves without the
others noticing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from core.chat import Channel
from core.records import Person as PersonRecord
from core.records import Reason
from tests.scenarios.conftest import NINE
from tests.scenarios.slack_installing import Browser, environment, install
from tests.scenarios.slack_talk import expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.team import SlackTeam


@pytest.fixture
async def oo(tmp_path: Path, slack: SlackServer) -> AsyncIterator[Scene]:
    """oO at nine in Berlin, without a workspace of the operator's."""
    async with scene(tmp_path, NINE, **environment(slack)) as running:
        await slack.expect_connection()
        yield running
        assert [one for one in slack.refusals if one.method != "auth.test"] == []


async def agreed(person: Person) -> Person:
    """``person`` after onboarding."""
    greeting = await expect_reply(person, "hello")
    await person.tap(greeting, "Agree and start")
    zone = await person.expect_message()
    await person.expect_edit(greeting)
    await person.tap(zone, "Yes")
    await person.expect_edit(zone)
    return person


async def record(oo: Scene, team: SlackTeam, person: Person) -> PersonRecord:
    return await oo.person(f"{team.id}/{person.id}", Channel.SLACK)


async def test_two_workspaces_install_write_are_pushed_to_and_one_leaves(
    oo: Scene, slack: SlackServer
) -> None:
    first, second = slack.team("T1AAA"), slack.team("T2BBB")
    for team in (first, second):
        page = await install(oo, team)
        assert (page.status, "oO is installed" in page.html) == (HTTPStatus.OK, True)

    ann, bob = await agreed(first.user("U1", name="Ann")), await agreed(second.user("U1", name="Bob"))
    assert "Pay rent" in (await expect_reply(ann, "add Pay rent p1")).text
    assert "Call mum" in (await expect_reply(bob, "add Call mum p1")).text
    assert (await record(oo, first, ann)).person_id != (await record(oo, second, bob)).person_id

    await oo.at("2026-11-22T12:00:30")
    assert "Pay rent" in (await ann.expect_message()).text
    assert "Call mum" in (await bob.expect_message()).text

    await first.uninstall()
    calls = len(slack.calls)
    await oo.at("2026-11-22T17:30:30")

    assert (await bob.expect_message()).buttons == ["Done", "Snooze", "Dismiss"]
    assert all(first.id not in str(call.headers.get("Authorization")) for call in slack.calls[calls:])
    kept = await oo.open_tasks(await record(oo, first, ann))
    assert [task.title for task in kept] == ["Pay rent"]
    refused = (await oo.decisions(await record(oo, first, ann)))[0]
    assert refused.refusal is not None
    assert refused.refusal.reason is Reason.UNREACHABLE


async def test_who_comes_back_is_written_to_again_without_a_backlog(oo: Scene, slack: SlackServer) -> None:
    team = slack.team("T1AAA")
    await install(oo, team)
    ann = await agreed(team.user("U1", name="Ann"))
    await expect_reply(ann, "add Pay rent p1")
    for hour in (14, 15, 16):
        await expect_reply(ann, f"remind me to call mum today at {hour}:00")
    await team.uninstall()
    for moment in ("2026-11-22T12:00:30", "2026-11-22T17:30:30", "2026-11-23T08:00:30"):
        await oo.at(moment)
        await oo.tick("remind", "deliver")
    before = len(ann.messages)

    oo.clock.set("2026-11-23T10:00:00")
    await install(oo, team)
    await oo.tick("push", "deliver")
    assert len(ann.messages) == before

    await oo.at("2026-11-23T12:00:30")
    await oo.tick("deliver")
    assert len(ann.messages) == before + 1
    await ann.expect_message()
    await oo.tick("remind")
    late = await ann.expect_message()
    assert late.text.count("call mum") >= 1
    assert len(ann.messages) == before + 2
    assert "Pay rent" in (await expect_reply(ann, "tasks")).text


async def test_a_workspace_whose_token_slack_refuses_is_paused_without_an_event(
    tmp_path: Path, slack: SlackServer
) -> None:
    async with scene(tmp_path, NINE, **environment(slack)) as oo:
        await slack.expect_connection()
        first, second = slack.team("T1AAA"), slack.team("T2BBB")
        for team in (first, second):
            await install(oo, team)
            await expect_reply(await agreed(team.user("U1")), "add Pay rent p1")
        first.end_tokens("account_inactive")

        for moment in ("2026-11-22T12:00:30", "2026-11-22T17:30:30"):
            await oo.at(moment)
            await second.user("U1").expect_message()

        assert [refusal.error for refusal in slack.refusals] == ["account_inactive"]


async def test_pushes_go_on_over_many_lives_of_a_token(tmp_path: Path) -> None:
    """Tokens end after twelve hours; each is renewed once, before it is used too late."""
    moments: list[Scene] = []
    async with SlackServer(
        clock=lambda: moments[0].clock.now().timestamp() if moments else 0.0, post_burst=100
    ) as slack:
        slack.oauth.rotation = True
        async with scene(tmp_path, NINE, **environment(slack)) as oo:
            moments.append(oo)
            await slack.expect_connection()
            team = slack.team("T1AAA")
            await install(oo, team)
            ann = await agreed(team.user("U1", name="Ann"))
            await expect_reply(ann, "add Pay rent p1")
            for day in range(23, 26):
                await oo.at(f"2026-11-{day}T08:00:30")
                await ann.expect_message()

            assert [one for one in slack.refusals if one.method != "auth.test"] == []
            assert slack.oauth.refreshes == len(team.tokens) - 1 == 3


async def test_an_organisation_installs_once_for_all_of_its_teams(oo: Scene, slack: SlackServer) -> None:
    org = slack.team("T1AAA", enterprise="E1", org_wide=True)
    await install(oo, org)
    ann = await agreed(org.user("U1", name="Ann"))
    await ann.slash("/oo", "add Pay rent p1")
    assert "Pay rent" in (await ann.expect_message()).text

    assert await oo.person("E1/U1", Channel.SLACK)
    await oo.at("2026-11-22T12:00:30")
    tip = await ann.expect_message()
    await ann.tap(tip, "Done")
    assert "Done" in (await ann.expect_edit(tip)).text


async def test_files_forms_and_the_home_use_the_token_of_the_workspace(oo: Scene, slack: SlackServer) -> None:
    team = slack.team("T1AAA")
    await install(oo, team)
    ann = await agreed(team.user("U1", name="Ann"))
    await ann.open_home()
    assert await slack.expect_that(lambda: team.workspace.homes.get("U1"))
    await ann.share_file("tasks.txt", content=b"Pay rent\nCall mum\n")
    assert "Pay rent" in (await ann.expect_message()).text
    await ann.dm("/export")
    exported = await ann.expect_message()
    assert exported.by_bot


async def test_nobody_is_answered_in_a_workspace_that_has_not_installed(
    oo: Scene, slack: SlackServer
) -> None:
    stranger = slack.team("T9ZZZ").user("U1")
    message = await stranger.dm("hello")
    assert message.acknowledged
    assert oo.oo.platforms.ignored()["slack"] == 1
    assert stranger.messages == []


async def test_the_operators_workspace_goes_on_beside_those_that_install(
    tmp_path: Path, slack: SlackServer
) -> None:
    own = {**environment(slack), "SLACK_BOT_TOKEN": slack.bot_token}
    async with scene(tmp_path, NINE, **own) as oo:
        await slack.expect_connection()
        team = slack.team("T1AAA")
        await install(oo, team)
        ann, bob = await agreed(slack.user("U1", name="Ann")), await agreed(team.user("U1", name="Bob"))
        for person in (ann, bob):
            await expect_reply(person, "add Pay rent p1")
        await team.uninstall()

        await oo.at("2026-11-22T12:00:30")

        assert "Pay rent" in (await ann.expect_message()).text
        assert (await oo.person("T00000001/U1", Channel.SLACK)) != (await record(oo, team, bob))
        assert [one for one in slack.refusals if one.method != "auth.test"] == []


async def test_the_operators_workspace_may_change_to_an_installation(
    tmp_path: Path, slack: SlackServer
) -> None:
    """Its people keep their accounts: their addresses get the workspace."""
    old = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }
    async with scene(tmp_path, NINE, **old) as oo:
        await slack.expect_connection()
        await expect_reply(await agreed(slack.user("U1", name="Ann")), "add Pay rent p1")
    async with scene(tmp_path, "2026-11-22T11:00:00", **environment(slack)) as oo:
        await slack.expect_connection()
        browser = Browser(oo)
        offer = await browser.get("/slack/install")
        await browser.get(slack.oauth.approve(offer.link, slack.workspace))

        await oo.at("2026-11-22T12:00:30")

        assert "Pay rent" in (await slack.user("U1").expect_message()).text
        assert slack.calls_of("chat.postMessage")[-1].headers["Authorization"].endswith("T00000001-2")


async def test_former_tokens_that_are_revoked_pause_nobody(oo: Scene, slack: SlackServer) -> None:
    team = slack.team("T1AAA")
    await install(oo, team)
    ann = await agreed(team.user("U1", name="Ann"))
    await team.rotate_away()
    assert "Pay rent" in (await expect_reply(ann, "add Pay rent")).text

    await team.revoke_tokens()
    async with oo.app.store.read() as unit:
        workspace = await unit.workspaces.get("T1AAA")
    assert workspace is not None
    assert workspace.paused_at is not None


async def test_a_team_that_its_organisation_takes_away_is_paused_and_no_other(
    oo: Scene, slack: SlackServer
) -> None:
    teams = [slack.team(name, enterprise="E1") for name in ("T1AAA", "T2BBB")]
    for team in teams:
        await install(oo, team)
    await teams[1].change_access("revoked", ["T1AAA", "T9"])
    async with oo.app.store.read() as unit:
        found = [await unit.workspaces.get(team.id) for team in teams]
    assert [one is not None and one.paused_at is not None for one in found] == [True, False]


async def test_access_that_an_organisation_gives_back_lets_people_be_written_to(
    oo: Scene, slack: SlackServer
) -> None:
    team = slack.team("T1AAA", enterprise="E1", org_wide=True)
    await install(oo, team)
    ann = await agreed(team.user("U1", name="Ann"))
    await expect_reply(ann, "add Pay rent p1")
    async with oo.app.store.begin() as unit:
        account = await unit.people.account(Channel.SLACK, "E1/U1")
        assert account is not None
        await unit.people.save_account(replace(account, reachable=False))
    await team.change_access("granted", ["T1AAA"])
    await oo.at("2026-11-22T12:00:30")
    assert "Pay rent" in (await ann.expect_message()).text
