"""Tips by the API: asked for, reacted to, and the steps of a choice on their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.errors import LanguageModelUnavailable
from core.learning.update import reward_ignored_tips
from core.policies.features import FEATURES
from core.ports import Completion
from core.records import Consent, DeliveryState, Purpose
from core.tips.prompt import PromptFile
from tests.bot.api.program import Program, program_of
from tests.core.outsiders import Writer, written
from tests.core.worlds import Scene


async def tip(ada: Program, title: str = "Pay rent", **body: Any) -> dict[str, Any]:
    """The answer to a request for a tip about the only task."""
    await ada.scene.task(title)
    reply = await ada.post("/v1/tips", body)
    assert reply.status == 200, reply.raw
    found: dict[str, Any] = reply.json
    return found


async def test_a_tip_comes_with_its_decision_and_its_words(ada: Program) -> None:
    answer = await tip(ada, minutes=20, energy="low")

    assert answer["tip"]["content"] == "Pay rent"
    assert answer["text"].startswith("Pay rent")
    assert answer["reason"] is None
    decision = await ada.scene.latest()
    assert decision.decision_id == answer["decision_id"]
    assert (await ada.scene.delivery(decision)).state is DeliveryState.SENT
    assert decision.context is not None
    assert decision.context.request.minutes == 20
    assert ada.scene.phone.shown == []


async def test_a_tip_that_nobody_reacts_to_teaches_as_one_in_the_chat(ada: Program) -> None:
    answer = await tip(ada)
    ada.scene.clock.move(hours=9)
    await reward_ignored_tips(ada.scene.deps)

    receipt = (await ada.get(f"/v1/decisions/{answer['decision_id']}")).json
    assert receipt["reward_from"] == "silence"


async def test_without_anything_to_suggest_the_answer_says_so(ada: Program) -> None:
    answer = (await ada.post("/v1/tips", {})).json

    assert (answer["tip"], answer["text"], answer["reason"]) == (None, None, "nothing_to_say")


@pytest.mark.parametrize(
    ("feedback", "kind", "state"),
    [
        ({"reaction": "done"}, "done", "done"),
        ({"reaction": "dismiss"}, "dismiss", "open"),
        ({"reaction": "dismiss", "reason": "not_now"}, "dismiss", "open"),
        ({"reaction": "dismiss", "reason": "did_it"}, "dismiss", "done"),
        ({"reaction": "snooze", "until": "2027-06-14T12:00:00Z"}, "snooze", "open"),
    ],
)
async def test_feedback_does_what_the_buttons_do_and_undo_takes_it_back(
    ada: Program, feedback: dict[str, Any], kind: str, state: str
) -> None:
    untouched = await ada.scene.model_of("ada")
    answer = await tip(ada)
    decision = answer["decision_id"]
    task = f"/v1/tasks/{answer['tip']['task_id']}"

    reply = (await ada.post("/v1/feedback", {"decision_id": decision, **feedback})).json
    after = (await ada.get(task)).json
    undone = (await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "undo"})).json

    assert (reply["result"], reply["reaction"]) == ("accepted", kind)
    assert after["state"] == state
    assert (undone["result"], undone["reaction"]) == ("accepted", None)
    assert (await ada.get(task)).json["state"] == "open"
    assert await ada.scene.model_of("ada") == untouched
    assert ada.redrawn == [decision, decision]


async def test_the_first_reaction_counts(ada: Program) -> None:
    decision = (await tip(ada))["decision_id"]
    await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "done"})

    second = (await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "dismiss"})).json

    assert (second["result"], second["reaction"]) == ("already_reacted", "done")


async def test_nothing_to_undo_is_said(ada: Program) -> None:
    decision = (await tip(ada))["decision_id"]

    reply = (await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "undo"})).json

    assert reply["result"] == "nothing_to_undo"


async def test_a_snooze_into_quiet_hours_must_be_meant(ada: Program) -> None:
    decision = (await tip(ada))["decision_id"]
    night = {"decision_id": decision, "reaction": "snooze", "until": "2027-06-14T23:30:00+02:00"}

    refused = await ada.post("/v1/feedback", night)
    meant = await ada.post("/v1/feedback", {**night, "even_if_quiet": True})

    assert (refused.status, refused.problem) == (409, "quiet-hours")
    assert refused.json["quiet_until"] == "2027-06-15T05:00:00+00:00"
    assert (meant.status, meant.json["until"]) == (200, "2027-06-14T21:30:00Z")


@pytest.mark.parametrize(
    "until",
    ["2027-06-14T12:00:00Z", "2027-06-14t12:00:00.000000999z", "2027-06-14T13:30:00.000+01:30"],
)
async def test_an_instant_is_read_as_other_languages_write_it(ada: Program, until: str) -> None:
    decision = (await tip(ada))["decision_id"]

    reply = await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "snooze", "until": until})

    assert reply.json["until"] == "2027-06-14T12:00:00Z"


@pytest.mark.parametrize(
    "until",
    [
        "2027-06-14T06:30:00Z",
        "2020-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "2027-06-14T12:00:00",
        "2027-06-14",
        "1800000000",
        "tomorrow",
        "٢٠٢٧-06-14T12:00:00Z",
        "2027-06-14T12:00:00.0000000000Z",
        "",
        1800000000,
        None,
    ],
)
async def test_a_snooze_needs_an_instant_within_a_year(ada: Program, until: Any) -> None:
    decision = (await tip(ada))["decision_id"]

    reply = await ada.post("/v1/feedback", {"decision_id": decision, "reaction": "snooze", "until": until})

    assert (reply.status, reply.problem) == (422, "unusable")


@pytest.mark.parametrize(
    "body",
    [
        {"reaction": "done"},
        {"decision_id": "x"},
        {"decision_id": "x", "reaction": "like"},
        {"decision_id": "x", "reaction": "done", "reason": "not_now"},
        {"decision_id": "x", "reaction": "dismiss", "reason": "bored"},
        {"decision_id": "", "reaction": "done"},
        {"decision_id": 1, "reaction": "done"},
        {"decision_id": "x" * 201, "reaction": "done"},
        {"decision_id": "x", "reaction": "snooze"},
    ],
)
async def test_feedback_of_another_form_is_refused(ada: Program, body: dict[str, Any]) -> None:
    assert (await ada.post("/v1/feedback", body)).status == 422


async def test_nobody_reacts_to_or_reads_other_peoples_decisions(world: Scene, ada: Program) -> None:
    decision = (await tip(ada))["decision_id"]
    bob = await program_of(world, await world.person("bob"))

    for unknown in (decision, "never", "../x", "\u0000"):
        for reaction in ("done", "dismiss", "undo"):
            reply = await bob.post("/v1/feedback", {"decision_id": unknown, "reaction": reaction})
            assert (reply.status, reply.problem) == (404, "not-found")
    assert (await bob.get(f"/v1/decisions/{decision}")).status == 404
    assert bob.redrawn == []


async def test_without_consent_or_zone_there_is_no_tip(world: Scene) -> None:
    for name, fields, expected in (
        ("new", {"consent": Consent.ASKED}, (403, "consent-missing")),
        ("gone", {"consent": Consent.DECLINED}, (403, "consent-missing")),
        ("lost", {"zone": None}, (409, "time-zone-unknown")),
    ):
        program = await program_of(world, await world.person(name, **fields))
        for path in ("/v1/tips", "/v1/generate"):
            reply = await program.post(path, {})
            assert (reply.status, reply.problem) == expected


async def test_a_receipt_holds_what_was_known_and_every_probability(ada: Program) -> None:
    await ada.scene.task("Call mum")
    decision_id = (await tip(ada))["decision_id"]

    receipt = (await ada.get(f"/v1/decisions/{decision_id}")).json

    allowed = [one for one in receipt["candidates"] if one["dropped"] is None]
    assert sum(one["probability"] for one in allowed) == pytest.approx(1)
    chosen = next(one for one in allowed if one["candidate_id"] == receipt["action"])
    assert receipt["propensity"] == pytest.approx(chosen["probability"] * chosen["inclusion"])
    assert len(chosen["features"]) == len(FEATURES)
    assert {task["title"] for task in receipt["context"]["tasks"]} == {"Pay rent", "Call mum"}
    assert receipt["deliveries"][0]["state"] == "sent"
    assert all(receipt[name] for name in ("policy_id", "model_version", "feature_version", "seed"))


# --- The steps of a choice ---------------------------------------------------------------------------------


class Babbler(Writer):
    """Talks, but never in JSON."""

    async def complete(self, *_: Any, **__: Any) -> Completion:
        return Completion(text="Well, well.", model="tiny")


async def test_generate_gives_what_the_model_wrote_about_the_given_tasks(ada: Program) -> None:
    ada.scene.model.tips = (
        written("Read the first page of the book.", "t1"),
        written("See www.example.com", "t1"),
    )

    reply = await ada.post("/v1/generate", {"tasks": [{"title": "Read the book", "priority": 1}]})

    found = reply.json["candidates"]
    assert found[0]["content"] == "Read the first page of the book."
    assert [one["dropped"] for one in found] == [None, "link"]
    assert (await ada.get("/v1/tasks")).json["tasks"] == []
    assert await ada.scene.decisions() == ()


async def test_generate_knows_of_given_tasks_nothing_else(ada: Program) -> None:
    await ada.scene.task("Very private matter")

    await ada.post("/v1/generate", {"tasks": [{"title": "Read the book"}]})

    prompt = "".join(turn.content for turn in ada.scene.model.asked[-1])
    assert "Read the book" in prompt
    assert "Very private matter" not in prompt


async def test_generate_without_given_tasks_tells_what_is_known(ada: Program) -> None:
    await ada.scene.task("Water the plants")

    await ada.post("/v1/generate", {"minutes": 5})

    assert "Water the plants" in "".join(turn.content for turn in ada.scene.model.asked[-1])


async def test_a_model_that_does_not_answer_is_503_and_one_that_talks_nonsense_502(world: Scene) -> None:
    ada = await program_of(world, await world.person())
    prompts = replace(world.deps.prompts, correction=PromptFile(version="test-1", text="{fault}"))
    babbling = replace(world, deps=replace(world.deps, model=Babbler(), prompts=prompts))
    bob = await program_of(babbling, await babbling.person("bob"))
    world.model.fault = LanguageModelUnavailable("down")

    down = await ada.post("/v1/generate", {})
    nonsense = await bob.post("/v1/generate", {})

    assert (down.status, down.problem) == (503, "language-model-unavailable")
    assert (nonsense.status, nonsense.problem) == (502, "language-model-unusable")


async def test_no_model_is_503_and_a_person_who_does_not_want_one_403(world: Scene) -> None:
    without = replace(world, deps=replace(world.deps, model=None))
    ada = await program_of(without, await without.person())
    bob = await program_of(world, await world.person("bob", allowed=(Purpose.MESSAGES,)))

    assert (await ada.post("/v1/generate", {})).status == 503
    refused = await bob.post("/v1/generate", {})
    assert (refused.status, refused.problem) == (403, "language-model-not-allowed")


async def test_scores_come_with_the_distribution_and_the_better_one_leads(ada: Program) -> None:
    body = {
        "candidates": [
            {"id": "plain", "features": {"tip": 1}},
            {"id": "nothing", "features": {}},
        ]
    }

    reply = (await ada.post("/v1/score", body)).json

    plain, nothing = reply["candidates"]
    assert (plain["id"], nothing["id"]) == ("plain", "nothing")
    assert plain["score"] > nothing["score"]
    assert plain["probability"] + nothing["probability"] == pytest.approx(1)
    assert all(reply[name] for name in ("policy_id", "model_version", "feature_version"))
    assert await ada.scene.decisions() == ()


async def test_what_a_decision_logged_is_scored_alike(ada: Program) -> None:
    await ada.scene.task("Call mum")
    receipt = (await ada.get(f"/v1/decisions/{(await tip(ada))['decision_id']}")).json
    allowed = [one for one in receipt["candidates"] if one["dropped"] is None]
    names = [feature.name for feature in FEATURES]

    body = [
        {"id": one["candidate_id"], "features": dict(zip(names, one["features"], strict=True))}
        for one in allowed
    ]
    reply = (await ada.post("/v1/score", {"candidates": body})).json

    assert [one["score"] for one in reply["candidates"]] == [one["score"] for one in allowed]
    assert [one["probability"] for one in reply["candidates"]] == [one["probability"] for one in allowed]
    assert reply["model_version"] == receipt["model_version"]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"candidates": []}',
        b'{"candidates": [{"id": "a", "features": {"no_such": 1}}]}',
        b'{"candidates": [{"id": "a", "features": {"tip": "1"}}]}',
        b'{"candidates": [{"id": "a", "features": {"tip": true}}]}',
        b'{"candidates": [{"id": "a", "features": {"tip": null}}]}',
        b'{"candidates": [{"id": "a"}]}',
        b'{"candidates": [{"features": {}}]}',
    ],
)
async def test_features_of_another_form_are_refused(ada: Program, raw: bytes) -> None:
    assert (await ada.send("POST", "/v1/score", raw=raw)).status == 422
