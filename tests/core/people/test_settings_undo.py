"""Changes of settings that are taken back exactly."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.chat import Channel
from core.people.muting import allow, mute, mute_on
from core.people.preferences import Change, prefer, set_cap
from core.people.settings_undo import change_settings, restore_settings
from core.records import DayTimes, Dosage, MutedDays, Person, Preferences, Purpose, QuietWindow
from core.store import Store
from core.words.settings import parse_quiet, parse_times
from tests.core.outsiders import NOW
from tests.core.trials import TESTED
from tests.core.worlds import Scene, scene

DOSAGE = Dosage(since=NOW - timedelta(days=40, microseconds=7), fewer=1, told=True, harm=True)

VALUES: dict[str, Any] = {
    "times": parse_times("mon-fri 9:00 13:00, sat 10:30"),
    "quiet": parse_quiet("mon-fri 9-12, 22-7, sun all day"),
    "cap": 7,
    "muted": ("rent", 'ärzte «x» "y" \\'),
    "muted_days": (MutedDays(topic="ärzte", days=(0, 6)), MutedDays(topic="work", days=(5,))),
    "language": "pt-BR",
    "lead": 15,
    "brief": time(8, 5),
    "review": time(20),
    "channel": Channel.SLACK,
}


def test_every_setting_has_an_example() -> None:
    assert VALUES.keys() == {one.name for one in fields(Preferences)}


async def stored(here: Scene, person: Person) -> Person:
    async with here.deps.store.read() as unit:
        return await unit.people.get(person.person_id)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("back", [False, True])
async def test_each_setting_comes_back_as_it_was(here: Scene, name: str, back: bool) -> None:
    person = await here.person(preferences={name: VALUES[name]} if back else None)
    new = getattr(Preferences(), name) if back else VALUES[name]
    changed = await change_settings(person, here.deps, prefer(**{name: new}), what=name)
    assert getattr((await stored(here, person)).preferences, name) == new
    restored = await restore_settings(person, here.deps, changed.memo, what=name)
    assert restored == await stored(here, person)
    assert restored is not None
    assert restored.preferences == person.preferences


@pytest.mark.parametrize("dosage", [None, DOSAGE, replace(DOSAGE, kept=True, fewer=0)])
async def test_a_cap_comes_back_with_the_dosage(either: Store, dosage: Dosage | None) -> None:
    here = scene(either)
    person = await here.person(dosage=dosage)
    changed = await change_settings(person, here.deps, set_cap(1), what="cap")
    assert changed.after.most_a_day == 1
    restored = await restore_settings(person, here.deps, changed.memo, what="cap")
    assert restored is not None
    assert (restored.preferences, restored.dosage) == (person.preferences, dosage)
    assert restored.most_a_day == person.most_a_day


async def test_a_second_undo_changes_nothing(here: Scene) -> None:
    person = await here.person()
    changed = await change_settings(person, here.deps, set_cap(1), what="cap")
    first = await restore_settings(person, here.deps, changed.memo, what="cap")
    events = len(here.deps.store._tables.all("events"))  # type: ignore[attr-defined]
    assert await restore_settings(person, here.deps, changed.memo, what="cap") == first
    assert len(here.deps.store._tables.all("events")) == events  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (set_cap(1), set_cap(2)),
        (prefer(times=()), prefer(times=(DayTimes(days=(0,), times=(time(9),)),))),
        (prefer(quiet=()), prefer(quiet=(QuietWindow(start=time(1), end=time(2)),))),
        (allow(["rent"]), mute("walks")),
        (mute_on(["work"], (5, 6)), mute_on(["work"], (0,))),
    ],
)
async def test_what_was_changed_again_since_stays(here: Scene, first: Change, then: Change) -> None:
    person = await here.person(preferences={"muted": ("rent",)}, dosage=None)
    changed = await change_settings(person, here.deps, first, what="cap")
    later = (await change_settings(person, here.deps, then, what="cap")).after
    assert await restore_settings(person, here.deps, changed.memo, what="cap") is None
    assert await stored(here, person) == later


async def test_a_cap_stays_if_the_experiment_ended_since(here: Scene) -> None:
    person = await here.person(allowed=TESTED, dosage=DOSAGE)
    changed = await change_settings(person, here.deps, set_cap(1), what="cap")
    await here.allow(Purpose.HOLDOUT, granted=False)
    assert await restore_settings(person, here.deps, changed.memo, what="cap") is None


async def test_other_settings_may_change_in_between(here: Scene) -> None:
    person = await here.person()
    changed = await change_settings(person, here.deps, set_cap(1), what="cap")
    await change_settings(person, here.deps, mute("walks"), what="mute")
    restored = await restore_settings(person, here.deps, changed.memo, what="cap")
    assert restored is not None
    assert (restored.preferences.cap, restored.preferences.muted) == (3, ("walks",))


async def test_a_change_that_changes_nothing_has_nothing_to_take_back(here: Scene) -> None:
    person = await here.person()
    assert (await change_settings(person, here.deps, set_cap(3), what="cap")).memo == ""


async def test_the_memo_says_nothing_of_other_settings(here: Scene) -> None:
    person = await here.person(preferences={"muted": ("secret",)})
    changed = await change_settings(person, here.deps, set_cap(1), what="cap")
    assert changed.memo == '{"cap":[3,1]}'


async def test_an_update_that_is_handled_again_makes_a_step_once_but_each_of_its_changes(here: Scene) -> None:
    person = await here.person(preferences={"cap": 5})
    await change_settings(person, here.deps, prefer(language="de"), what="language", origin="u")
    for _ in range(2):
        cap = (await stored(here, person)).preferences.cap
        await change_settings(person, here.deps, set_cap(cap - 1), what="cap", origin="u", is_step=True)
    assert (await stored(here, person)).preferences.cap == 4
