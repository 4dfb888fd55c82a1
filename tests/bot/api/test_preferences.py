"""Settings by the API: an ETag for each state, and checks as in the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.chat import Channel
from core.people.preferences import change, prefer
from core.records import CalendarEvent, CalendarProvider, Consent, Dosage, Purpose, Scope, TokenStatus, Via
from tests.bot.api.program import Program, program_of
from tests.contracts.store.records import integration
from tests.core.worlds import Scene

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


async def settings(ada: Program) -> dict[str, Any]:
    found: dict[str, Any] = (await ada.get("/v1/preferences")).json
    return found


async def put(ada: Program, **changed: Any) -> Any:
    return await ada.send("PUT", "/v1/preferences", {**await settings(ada), **changed})


async def test_what_was_read_can_be_written_back_and_changes_nothing(ada: Program) -> None:
    before = await ada.get("/v1/preferences")

    after = await ada.send("PUT", "/v1/preferences", before.json, if_match=before.raw.headers["ETag"])

    assert after.status == 200
    assert (after.json, after.raw.headers["ETag"]) == (before.json, before.raw.headers["ETag"])


async def test_every_setting_can_be_changed(ada: Program) -> None:
    wanted = {
        "zone": "Asia/Tokyo",
        "paused_until": "2027-07-01T00:00:00Z",
        "pause_starts": "2027-08-01T00:00:00Z",
        "pause_ends": "2027-08-15T00:00:00Z",
        "times": [
            {"days": ["mon", "tue"], "times": ["08:15"]},
            {"days": ["sun"], "times": ["10:00", "18:00"]},
        ],
        "quiet": [{"days": EVERY_DAY, "start": "21:00", "end": "06:30"}],
        "cap": 1,
        "muted": ["rent", "taxes"],
        "muted_days": [{"topic": "work", "days": ["sat", "sun"]}],
        "language": "de",
        "lead_minutes": 15,
        "brief": "08:00",
        "review": "20:00",
    }

    reply = await ada.send("PUT", "/v1/preferences", wanted)

    assert (reply.status, reply.json) == (200, wanted | {"channel": None})
    assert await settings(ada) == wanted | {"channel": None}
    stored = await ada.scene.stored()
    assert (stored.zone, stored.preferences.cap) == ("Asia/Tokyo", 1)


async def test_settings_that_changed_meanwhile_are_not_overwritten(ada: Program) -> None:
    before = await ada.get("/v1/preferences")
    await change(await ada.scene.stored(), ada.scene.deps, prefer(cap=7), what="cap")

    reply = await ada.send("PUT", "/v1/preferences", before.json, if_match=before.raw.headers["ETag"])

    assert (reply.status, reply.problem) == (412, "changed-meanwhile")
    assert (await settings(ada))["cap"] == 7
    fresh = reply.raw.headers["ETag"]
    assert (await ada.send("PUT", "/v1/preferences", before.json, if_match=f'"x", {fresh}')).status == 200


@pytest.mark.parametrize("tag", ['"nonsense"', "nonsense", "", 'W/"x"', "é"])
async def test_a_tag_that_does_not_match_changes_nothing(ada: Program, tag: str) -> None:
    body = {**await settings(ada), "cap": 9}
    reply = await ada.send("PUT", "/v1/preferences", body, if_match=tag or '""')

    assert reply.status == 412
    assert (await settings(ada))["cap"] == 3


async def test_a_star_and_no_tag_match_anything(ada: Program) -> None:
    body = await settings(ada)
    assert (await ada.send("PUT", "/v1/preferences", {**body, "cap": 4}, if_match="*")).status == 200
    assert (await ada.send("PUT", "/v1/preferences", {**body, "cap": 5})).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"cap": 21},
        {"cap": -1},
        {"cap": "3"},
        {"cap": None},
        {"zone": "Berlin"},
        {"zone": "../../etc/passwd"},
        {"zone": None},
        {"language": "no language"},
        {"times": [{"days": [], "times": ["09:00"]}]},
        {"times": [{"days": ["monday"], "times": ["09:00"]}]},
        {"times": [{"days": ["mon"], "times": ["9:00"]}]},
        {"times": [{"days": ["mon"], "times": ["24:00"]}]},
        {"quiet": [{"days": ["mon"], "start": "22:00", "end": "22:00"}]},
        {"quiet": [{"days": ["mon"], "start": "22:00"}]},
        {
            "quiet": [
                {"days": EVERY_DAY, "start": "00:00", "end": "12:00"},
                {"days": EVERY_DAY, "start": "12:00", "end": "00:00"},
            ]
        },
        {"muted": "rent"},
        {"muted": ["x"] * 101},
        {"use_llm": True},
        {"allowed": ["messages"]},
        {"lead_minutes": -5},
        {"brief": "morning"},
        {"paused_until": "tomorrow"},
        {"pause_starts": "2027-08-01T00:00:00Z"},
        {"pause_ends": "2027-08-01T00:00:00Z"},
        {"pause_starts": "2027-08-01T00:00:00Z", "pause_ends": "2027-08-01T00:00:00Z"},
        {"consent": "agreed"},
    ],
)
async def test_settings_that_can_not_be_are_refused(ada: Program, changed: dict[str, Any]) -> None:
    before = await settings(ada)

    reply = await put(ada, **changed)

    assert (reply.status, reply.problem) == (422, "unusable")
    assert await settings(ada) == before


@pytest.mark.parametrize("name", ["cap", "zone", "brief", "paused_until"])
async def test_a_setting_that_is_missing_is_refused(ada: Program, name: str) -> None:
    body = await settings(ada)
    del body[name]

    assert (await ada.send("PUT", "/v1/preferences", body)).status == 422


async def test_a_planned_pause_that_a_request_leaves_out_stays(ada: Program) -> None:
    planned = {"pause_starts": "2027-08-01T00:00:00Z", "pause_ends": "2027-08-15T00:00:00Z"}
    assert (await put(ada, **planned)).status == 200
    body = await settings(ada)
    left_out = {name: value for name, value in body.items() if name not in planned}

    assert (await ada.send("PUT", "/v1/preferences", left_out)).status == 200

    assert await settings(ada) == body


async def test_nothing_is_planned_without_times_and_quiet_hours_off(ada: Program) -> None:
    assert (await put(ada, times=[], quiet=[])).status == 200
    assert (await ada.get("/v1/plan")).json["slots"] == []


async def test_what_the_person_allows_can_be_read_and_not_changed(world: Scene) -> None:
    ada = await program_of(world, await world.person(allowed=(Purpose.MESSAGES, Purpose.LEARNING)))

    assert (await ada.get("/v1/consents")).json == {"agreed": True, "purposes": ["messages", "learning"]}
    assert (await ada.send("PUT", "/v1/consents", {"agreed": True})).status == 405


async def test_a_program_withdraws_what_is_allowed_and_grants_nothing(world: Scene) -> None:
    ada = await program_of(world, await world.person(allowed=(Purpose.MESSAGES, Purpose.LEARNING)))

    left = await ada.send("DELETE", "/v1/consents/learning")
    assert (left.status, left.json) == (200, {"agreed": True, "purposes": ["messages"]})
    assert (await ada.send("DELETE", "/v1/consents/learning")).json == left.json
    assert (await ada.send("DELETE", "/v1/consents/talk")).json == left.json
    assert (await ada.send("DELETE", "/v1/consents/everything")).status == 404
    for method in ("PUT", "POST", "PATCH"):
        assert (await ada.send(method, "/v1/consents/learning", {"granted": True})).status == 405

    async with world.deps.store.read() as unit:
        (entry,) = await unit.consents.of("ada")
    assert (entry.purpose, entry.granted, entry.channel, entry.via) == (
        Purpose.LEARNING,
        False,
        None,
        Via.PROGRAM,
    )
    assert not (await world.stored()).allows(Purpose.LEARNING)


async def test_a_token_that_only_reads_withdraws_nothing(world: Scene) -> None:
    person = await world.person(allowed=(Purpose.MESSAGES,))
    ada = await program_of(world, person, scopes=(Scope.PREFERENCES_READ,))
    assert (await ada.send("DELETE", "/v1/consents/messages")).status == 403
    assert (await world.stored()).allows(Purpose.MESSAGES)


async def test_an_explicit_cap_ends_the_dosage_of_the_experiment(world: Scene) -> None:
    dosage = Dosage(since=world.clock.now(), fewer=2, told=False)
    ada = await program_of(world, await world.person(dosage=dosage))

    await put(ada, brief="08:00")
    assert (await world.stored()).dosage == dosage
    await put(ada, cap=4)
    assert (await world.stored()).most_a_day == 4


async def test_the_plan_follows_the_settings(ada: Program) -> None:
    plan = (await ada.get("/v1/plan")).json

    assert plan["zone"] == "Europe/Berlin"
    assert plan["slots"][0]["key"] == "2027-06-14T09:00"
    assert plan["slots"][0]["at"] == "2027-06-14T07:00:00Z"
    assert len(plan["slots"]) == 21


async def test_integrations_say_what_is_connected(ada: Program) -> None:
    before = (await ada.get("/v1/integrations")).json["integrations"]
    await ada.scene.connect()
    after = (await ada.get("/v1/integrations")).json["integrations"]

    none = [("caldav_calendar", "missing"), ("calendar", "missing"), ("todoist", "missing")]
    assert [(one["provider"], one["token_status"]) for one in before] == none
    assert [(one["provider"], one["token_status"]) for one in after] == [("todoist", "connected"), *none[:2]]


async def test_calendar_and_tasks_of_one_login_are_one_integration(ada: Program) -> None:
    async with ada.scene.deps.store.begin() as unit:
        for provider, status in (("caldav", TokenStatus.EXPIRED), ("caldav_calendar", TokenStatus.CONNECTED)):
            await unit.integrations.put(integration(provider=provider, status=status))
    listed = (await ada.get("/v1/integrations")).json["integrations"]
    assert next((one["provider"], one["token_status"]) for one in listed) == ("caldav_calendar", "expired")
    assert "caldav" not in {one["provider"] for one in listed}


async def test_the_plan_knows_of_meetings(ada: Program) -> None:
    start = datetime(2027, 6, 14, 6, 55, tzinfo=UTC)
    event = CalendarEvent(starts_at=start, ends_at=start + timedelta(minutes=45), is_busy=True)
    async with ada.scene.deps.store.begin() as unit:
        await unit.calendar.replace("ada", CalendarProvider.FEED, [event])
    first = (await ada.get("/v1/plan")).json["slots"][0]
    assert (first["key"], first["at"]) == ("2027-06-14T09:00", "2027-06-14T07:40:00Z")
    assert first["moved"] == ["meeting"]


async def test_the_export_holds_everything_of_the_person_but_no_secret(
    real_world: Scene, real_ada: Program
) -> None:
    world, ada = real_world, real_ada
    await ada.post("/v1/tasks", {"title": "CANARY"}, idempotency_key="one")
    bob = await program_of(world, await world.person("bob"))
    await bob.post("/v1/tasks", {"title": "OTHER"})

    reply = await ada.get("/v1/export")

    tables = reply.json["tables"]
    assert [one["title"] for one in tables["tasks"]] == ["CANARY"]
    assert [one["name"] for one in tables["api_tokens"]] == ["script"]
    assert len(tables["kept_answers"]) == 1
    for hidden in (b"OTHER", b"secret_hash", ada.secret.encode()):
        assert hidden not in reply.raw.body


async def test_export_and_deletion_need_no_consent(world: Scene) -> None:
    person = await world.person()
    ada = await program_of(world, person)
    async with world.deps.store.begin() as unit:
        await unit.people.save(replace(person, consent=Consent.DECLINED))

    assert (await ada.get("/v1/tasks")).problem == "consent-missing"
    assert (await ada.get("/v1/export")).status == 200
    assert (await ada.send("DELETE", "/v1/me", oo_confirm="delete everything about me")).status == 204


async def test_the_channel_on_which_oo_writes(ada: Program) -> None:
    before = await ada.get("/v1/preferences")
    assert before.json["channel"] is None
    chosen = await put(ada, channel="telegram")
    assert (chosen.status, chosen.json["channel"]) == (200, "telegram")
    assert (await ada.scene.stored()).preferences.channel is Channel.TELEGRAM
    assert (await ada.get("/v1/preferences")).raw.headers["ETag"] != before.raw.headers["ETag"]

    body = await settings(ada)
    del body["channel"]
    assert (await ada.send("PUT", "/v1/preferences", body)).json["channel"] == "telegram"
    for other in ("slack", "pigeon", "", 5):
        assert (await put(ada, channel=other)).status == 422, other
    assert (await put(ada, channel=None)).json["channel"] is None
