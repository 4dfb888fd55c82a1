"""Topics about which oO never writes, always or on some days of the week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.muting import allow, joined, mute, mute_on, unmute
from core.people.preferences import Change, change
from core.records import WEEKDAYS, MutedDays, Person, Preferences
from tests.core.outsiders import NOW
from tests.core.worlds import Scene

SATURDAY, SUNDAY = 5, 6
WEEKEND = (SATURDAY, SUNDAY)

_topics = st.sampled_from(["work", "the gym", "rent"])
_days = st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)
_changes = st.lists(
    st.one_of(
        st.builds(mute, _topics),
        st.builds(unmute, _topics),
        st.builds(lambda topic, days: mute_on([topic], days), _topics, _days),
        st.builds(lambda topic: allow([topic]), _topics),
    ),
    max_size=8,
)


async def changed(here: Scene, make: Change) -> Person:
    return await change(await here.stored(), here.deps, make, what="test")


def made(*changes: Change) -> Person:
    person = Person(person_id="ada", created_at=NOW)
    for make in changes:
        person = make(person)
    return person


def muted(person: Person) -> dict[int, set[str]]:
    return {day: set(person.preferences.muted_on(day)) for day in WEEKDAYS}


async def test_topics_are_muted_once_in_plain_words_and_unmuted(here: Scene) -> None:
    await here.person()
    for topic in ("Self-Care!", "self care", "sport", "…"):
        person = await changed(here, mute(topic))
    assert person.preferences.muted == ("self care", "sport")
    assert (await changed(here, unmute("SELF-care"))).preferences.muted == ("sport",)
    assert (await changed(here, unmute("unknown"))).preferences.muted == ("sport",)


async def test_a_topic_is_muted_on_some_days_and_stored_so(here: Scene) -> None:
    await here.person()
    await changed(here, mute_on(["Work!"], {SUNDAY, SATURDAY}))
    assert (await here.stored()).preferences.muted_days == (MutedDays(topic="work", days=WEEKEND),)


@pytest.mark.parametrize("topic", ["", "…"])
def test_a_topic_without_a_word_changes_nothing(topic: str) -> None:
    assert made(mute_on([topic], WEEKEND)) == made()


def test_days_are_added_to_those_before_until_it_is_every_day() -> None:
    weekend = made(mute_on(["work"], {SATURDAY}), mute_on(["work"], {SUNDAY}))
    assert weekend == made(mute_on(["work"], WEEKEND))
    always = mute_on(["work"], range(5))(weekend)
    assert (always.preferences.muted, always.preferences.muted_days) == (("work",), ())


def test_what_is_muted_always_is_muted_once_on_each_day() -> None:
    both = made(mute_on(["work"], WEEKEND), mute("work"))
    assert both.preferences.muted_on(SATURDAY) == ("work",)
    assert unmute("work")(both) == made(mute_on(["work"], WEEKEND))
    assert allow(["WORK"])(both) == made()


@given(_changes)
def test_a_muting_that_is_taken_back_leaves_what_was_before(changes: list[Change]) -> None:
    before = made(*changes)
    if "rent" not in before.preferences.muted:
        assert unmute("rent")(mute("rent")(before)) == before


@given(_changes, _days)
def test_a_topic_is_muted_on_the_days_of_before_and_on_the_new_ones(
    changes: list[Change], days: frozenset[int]
) -> None:
    before = made(*changes)
    after = muted(mute_on(["rent"], days)(before))
    assert after == {day: had | ({"rent"} if day in days else set()) for day, had in muted(before).items()}


@given(_changes, _changes)
def test_two_people_who_become_one_are_told_nothing_that_either_muted(
    some: list[Change], others: list[Change]
) -> None:
    kept, gone = made(*some), made(*others)
    both = Person(person_id="ada", created_at=NOW, preferences=joined(kept.preferences, gone.preferences))
    assert muted(both) == {day: muted(kept)[day] | muted(gone)[day] for day in WEEKDAYS}
    assert joined(Preferences(), both.preferences) == both.preferences
