"""Buttons: an opaque token for each, of use only to the person whose message it was on."""

from __future__ import annotations

from core.chat import Button, Line, Message, Span
from core.delivery.callbacks import MAX_TOKEN_LENGTH, CallbackAction, resolve_token, with_button_tokens
from core.store import Store
from tests.core.worlds import Scene, scene

ROWS = (
    (Button(label="Done", verb="done"), Button(label="Later", verb="until", arg="2027-06-14T18:30:00+02:00")),
    (Button(label="Off", verb="confirm", arg="mute the rent"),),
)


def message(**fields: object) -> Message:
    line = Line(spans=(Span(text="Pay the rent"),))
    return Message(lines=(line,), **{"buttons": ROWS, "subject": "d1", **fields})  # type: ignore[arg-type]  # fields by name


async def tokens(here: Scene, person_id: str = "ada") -> list[str]:
    async with here.deps.store.begin() as unit:
        ready = await with_button_tokens(unit, message(), await unit.people.get(person_id), here.deps)
    return [button.token for row in ready.buttons for button in row]


async def pressed(here: Scene, token: str, person_id: str = "ada") -> CallbackAction | None:
    async with here.deps.store.read() as unit:
        return await resolve_token(unit, token, await unit.people.get(person_id))


async def test_each_button_gets_its_token_and_keeps_its_meaning(either: Store) -> None:
    here = scene(either)
    await here.person()
    found = [await pressed(here, token) for token in await tokens(here)]
    assert found == [
        CallbackAction(person_id="ada", verb="done", arg="", subject="d1"),
        CallbackAction(person_id="ada", verb="until", arg="2027-06-14T18:30:00+02:00", subject="d1"),
        CallbackAction(person_id="ada", verb="confirm", arg="mute the rent", subject="d1"),
    ]


async def test_labels_rows_and_text_stay_as_they_were(here: Scene) -> None:
    ada = await here.person()
    async with here.deps.store.begin() as unit:
        ready = await with_button_tokens(unit, message(), ada, here.deps)
        plain = message(buttons=())
        assert await with_button_tokens(unit, plain, ada, here.deps) is plain
    assert [[button.label for button in row] for row in ready.buttons] == [["Done", "Later"], ["Off"]]
    assert (ready.lines, ready.subject) == (message().lines, "d1")


async def test_tokens_are_short_and_never_the_same(here: Scene) -> None:
    await here.person()
    seen = [token for _ in range(20) for token in await tokens(here)]
    assert len(set(seen)) == len(seen)
    assert all(len(token) <= MAX_TOKEN_LENGTH and token.isascii() for token in seen)


async def test_another_person_can_do_nothing_with_a_token(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.person("eve")
    for token in await tokens(here):
        assert await pressed(here, token, "eve") is None
        assert await pressed(here, token) is not None


FORGED = (
    "",
    ".",
    "0",
    ".0",
    "{name}",
    "{name}.",
    "{name}.3",
    "{name}.-1",
    "{name}.+1",
    "{name}.1.0",
    "{name}. 1",
    "{name}.１",
    "{name}.²",
    "{name}." + "9" * 40,
    "{name}." + "0" * 5000,
    "x{name}.0",
    "{name}\x00.0",
    "\ud800.0",
    "' OR 1=1 --.0",
    "🎉.0",
    "a" * 10_000,
)


async def test_a_forged_token_means_nothing(either: Store) -> None:
    here = scene(either)
    await here.person()
    name = (await tokens(here))[0].removesuffix(".0")
    meant = {forged: await pressed(here, forged.replace("{name}", name)) for forged in FORGED}
    assert meant == dict.fromkeys(FORGED)
    assert await pressed(here, f"{name}.0") is not None


async def test_a_token_is_known_only_as_it_was_issued(either: Store) -> None:
    """Another spelling of the number would be the same tap once more: its id follows from the token."""
    here = scene(either)
    await here.person()
    handle, _, number = (await tokens(here))[0].partition(".")
    assert await pressed(here, f"{handle}.{number}")
    for other in ("00", "000", "+0", "-0", " 0", "0 ", "0x0", "0_0", "٠", "⁰", "0.", "0.0", "", "0\n"):
        assert await pressed(here, f"{handle}.{other}") is None
