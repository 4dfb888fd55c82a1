"""The page of a tip: for its person only, with all its buttons."""

from __future__ import annotations

import re
from html import unescape

import pytest

from core.delivery.push import push_due
from core.records import Decision, Signal
from tests.bot.web.browser import Browser
from tests.core.worlds import Scene, compose


@pytest.fixture
async def tip(world: Scene, ada: Browser) -> Decision:
    """A tip of Ada's."""
    await world.task("<b>Rent</b> & more")
    world.clock.berlin("2027-06-14 09:00")
    await push_due(world.deps, compose)
    async with world.deps.store.read() as unit:
        return (await unit.decisions.latest("ada", 1))[0]


def act(html: str, label: str) -> str:
    """What the button with that label sends."""
    (found,) = re.findall(rf'name="act" value="([^"]+)"[^>]*>{label}<', html)
    return unescape(found)


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


async def test_what_its_buttons_do_is_shown_in_their_place(world: Scene, ada: Browser, tip: Decision) -> None:
    address = f"/me/tip/{tip.decision_id}"
    page = await ada.get(address)
    asked = await ada.submit("/me/act/tap", act=act(page.html, "Snooze"), back=address, card="tip", once="1")
    assert "When shall I bring it back?" in asked.text
    back = await ada.submit("/me/act/tap", act=act(asked.html, "Back"), back=address, card="tip", once="2")
    done = await ada.submit("/me/act/tap", act=act(back.html, "Done"), back=address, card="tip", once="3")
    assert act(done.html, "Undo")
    async with world.deps.store.read() as unit:
        reward = await unit.reactions.reward(tip.decision_id)
    assert reward
    assert reward.source is Signal.DONE
