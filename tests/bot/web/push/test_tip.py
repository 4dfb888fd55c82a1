"""The page of a tip: for its person only, and its buttons are taps on the notification."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.web.push.tip import MAX_TYPED
from core.chat import Channel, Form, FormField, Tapped, one_field
from core.delivery.push import push_due
from core.people.browsers import subscribe
from core.records import Decision
from tests.bot.web.browser import Browser
from tests.bot.web.push.conftest import OFFER, Taps
from tests.core.worlds import Scene, compose


@pytest.fixture
async def tip(world: Scene, ada: Browser) -> Decision:
    """A tip of Ada's."""
    await world.task("<b>Rent</b> & more")
    world.clock.berlin("2027-06-14 09:00")
    await push_due(world.deps, compose)
    async with world.deps.store.read() as unit:
        return (await unit.decisions.latest("ada", 1))[0]


async def subscribed(world: Scene) -> None:
    async with world.deps.store.read() as unit:
        ada = await unit.people.get("ada")
    await subscribe(ada, OFFER, world.deps)


async def test_a_tip_is_shown_to_its_person_and_to_nobody_else(
    world: Scene, ada: Browser, tip: Decision, stranger: Browser
) -> None:
    page = await ada.get(f"/me/tip/{tip.decision_id}")
    assert "<b>Rent</b> & more" in page.text
    assert "<b>Rent" not in page.html
    assert (await ada.get("/me/tip/unknown")).status == 404
    assert (await stranger.get(f"/me/tip/{tip.decision_id}")).location == "/sign-in"
    await stranger.sign_in(await world.person("bob"))
    foreign = await stranger.get(f"/me/tip/{tip.decision_id}")
    assert foreign.status == 404
    assert "Rent" not in foreign.text


async def test_without_a_browser_that_shows_tips_there_are_no_buttons(
    world: Scene, ada: Browser, tip: Decision
) -> None:
    page = await ada.get(f"/me/tip/{tip.decision_id}")
    assert 'name="token"' not in page.html
    await subscribed(world)
    page = await ada.get(f"/me/tip/{tip.decision_id}")
    assert page.html.count('name="token"') >= 3


async def test_a_button_is_a_tap_of_that_person_and_what_it_shows_is_shown(
    world: Scene, ada: Browser, tip: Decision, taps: Taps
) -> None:
    await subscribed(world)
    address = f"/me/tip/{tip.decision_id}"
    await ada.get(address)
    taps.react = lambda tap: taps.visits.acknowledge(tap, "Noted.")
    page = await ada.submit(address, token="h.0")
    (tap,) = taps.taken.values()
    assert (tap.sender.channel, tap.token, tap.typed, tap.filled) == (Channel.WEB, "h.0", None, None)
    assert tap.thread == tap.callback_id
    assert "Noted." in page.text
    assert "Rent" in page.text
    assert (await ada.submit(address)).status == 400


async def test_a_question_is_a_form_and_its_answer_is_another_tap(
    world: Scene, ada: Browser, tip: Decision, taps: Taps
) -> None:
    await subscribed(world)
    address = f"/me/tip/{tip.decision_id}"
    await ada.get(address)
    fields = (FormField(name="a", label="First"), FormField(name="b", label="<Second>", choices=("x", "y")))
    for form in (one_field("When?", "Time"), Form(title="When?", fields=fields)):
        taps.react = partial(_ask, taps, form)
        page = await ada.submit(address, token="h.0")
        assert "When?" in page.title
        assert 'name="token" value="h.9"' in page.html
        assert "<Second>" not in page.html
    taps.react = None
    await ada.submit(address, token="h.9", answer="tomorrow " * 1000)
    fields_typed: Any = {"token": "h.9", "field.a": "one", "field.b": "x"}
    await ada.submit(address, **fields_typed)
    *_, typed, filled = taps.taken.values()
    assert typed.typed is not None
    assert len(typed.typed) == MAX_TYPED
    assert filled.filled == {"a": "one", "b": "x"}


def _ask(taps: Taps, form: Form, tap: Tapped) -> None:
    assert taps.visits.ask(tap, form, "h.9")


async def test_an_answer_that_takes_too_long_leaves_the_tip_as_it_is(
    world: Scene, ada: Browser, tip: Decision, taps: Taps
) -> None:
    await subscribed(world)
    await ada.get(f"/me/tip/{tip.decision_id}")
    page = await ada.submit(f"/me/tip/{tip.decision_id}", token="h.0")
    assert page.status == 200
    assert "Rent" in page.text
