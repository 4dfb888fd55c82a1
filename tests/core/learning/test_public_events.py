"""Events as they leave the database: codes and figures alone, with the features that the model learns by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.events import EVENT_STREAM_NOTE, record_event
from core.learning.corrections import mark_wrong
from core.learning.public_events import code, public_data, public_events
from core.people.privacy import forget
from core.policies.features import FEATURE_VERSION
from core.records import Event, PublicEvent, ScoredCandidate
from core.store import Store
from tests.core.histories import lived, two_sided
from tests.core.outsiders import NOW
from tests.core.taps import tip
from tests.core.worlds import Scene, scene
from tests.decisions import draw, draw_of

EventData = dict[str, str | int | float | bool | None]


async def published(here: Scene, kind: str) -> PublicEvent:
    async with here.deps.store.read() as unit:
        events = await public_events(unit, await unit.events.after(0, 10_000))
    return [one for one in events if one.kind == kind][-1]


async def test_a_decision_goes_with_its_propensity_and_the_features_of_its_tip(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    found, draw = await published(here, "decision.made"), draw_of(decision)
    assert found.features
    assert (found.features.version, found.features.values) == (draw.feature_version, draw.chosen.features)
    assert found.data == {
        "decision_id": decision.decision_id,
        "trigger": "scheduled",
        "slot": code(decision.slot or ""),
        "policy_id": code(draw.policy_id),
        "propensity": draw.propensity,
    }
    assert "rent" not in repr(found.as_dict())


async def test_a_decision_without_logged_features_goes_without_them(here: Scene) -> None:
    decision = await tip(here)
    drawn = draw_of(decision)
    chosen = ScoredCandidate(candidate=drawn.chosen.candidate, probability=1.0)
    former = replace(decision, decision_id="former", slot=None, result=draw(drawn.action, chosen))
    async with here.deps.store.begin() as unit:
        assert await unit.decisions.add(former, None)
        await record_event(unit, here.deps, "decision.made", "ada", decision_id="former")
    found = await published(here, "decision.made")
    assert found.features is None
    assert found.data["propensity"] == draw_of(former).propensity


async def test_a_decision_whose_row_is_gone_goes_without_features(here: Scene) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        await record_event(unit, here.deps, "decision.made", "ada", decision_id="gone")
        await record_event(unit, here.deps, "belief.corrected", "ada", correction_id="gone", state="right")
    assert (await published(here, "decision.made")).data == {"decision_id": "gone"}
    lesson = await published(here, "belief.corrected")
    assert (lesson.features, lesson.data) == (None, {"correction_id": "gone", "state": "right"})


async def test_a_correction_goes_with_what_it_teaches(here: Scene) -> None:
    await here.person()
    await lived(here.deps.store, here.clock.now(), two_sided())
    correction = await mark_wrong(await here.stored(), here.deps, "task")
    assert correction
    found = await published(here, "belief.corrected")
    assert found.features
    assert (found.features.version, found.features.values) == (FEATURE_VERSION, correction.features)
    assert (found.data["lessons"], found.data["given_at"]) == (correction.count, correction.given_at)
    async with here.deps.store.begin() as unit:
        await unit.corrections.put(replace(correction, features=()))
    assert (await published(here, "belief.corrected")).features is None


async def test_a_deletion_names_who_is_gone(here: Scene) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        await unit.notes.put(None, EVENT_STREAM_NOTE, "{}")
    await forget(await here.stored(), here.deps)
    found = await published(here, "person.deleted")
    assert (found.person_id, found.data) == ("ada", {"deleted_id": "ada"})


def test_only_fields_with_a_schema_and_a_value_leave() -> None:
    data: EventData = {
        "task_id": "todoist-Ada’s secret",
        "source": "todoist",
        "fields": "title,due,Ada’s own",
        "due_before": "2027-06-14T09:00 Europe/Berlin",
        "due_after": "when Ada is back",
        "pieces": None,
        "origin": "telegram-7",
        "title": "Ada’s secret",
    }
    found = public_data(Event(event_id="e1", kind="task.changed", happened_at=NOW, data=data))
    assert "secret" not in repr(found)
    assert found == {
        "task_id": code("todoist-Ada’s secret"),
        "source": "todoist",
        "fields": ("title", "due", code("Ada’s own")),
        "due_before": "2027-06-14T09:00 Europe/Berlin",
        "due_after": code("when Ada is back"),
    }


def test_figures_and_instants_keep_their_type() -> None:
    data: EventData = {"decision_id": "d1", "value": 0.25, "learned": True, "given_at": NOW.isoformat()}
    found = public_data(Event(event_id="e1", kind="reward.given", happened_at=NOW, data=data))
    assert found == {"decision_id": "d1", "value": 0.25, "learned": True, "given_at": NOW}
    assert isinstance(found["given_at"], datetime)


def test_a_kind_that_is_unknown_leaves_without_its_data() -> None:
    assert (
        public_data(Event(event_id="e1", kind="tip.sung", happened_at=NOW, data={"decision_id": "d"})) == {}
    )


def test_a_text_that_is_no_code_becomes_the_same_digest_everywhere() -> None:
    assert code("weekly:mo,09:00") == "weekly:mo,09:00"
    for text in ("Ada’s", "two words", "x" * 201, "line\nbreak", "\ud800"):
        digest = code(text)
        assert digest == code(text) != code(f"{text} ")
        assert digest.startswith("sha256:")
        assert code(digest) == digest
