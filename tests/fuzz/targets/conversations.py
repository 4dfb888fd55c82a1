"""A whole conversation: messages and taps one after the other, and what oO answers in Telegram and Slack."""

from __future__ import annotations

from adapters.slack.form import render_form
from bot.conversation.commands import COMMANDS
from bot.conversation.router import Router
from bot.conversation.update_context import Deployment
from core.chat import Channel, Message, Said, Sender, Tapped
from core.people.access import Access
from tests.core.outsiders import NOW
from tests.fuzz.target import Shape, Target, by_name, text_of
from tests.fuzz.targets.messages import in_slack, in_telegram
from tests.fuzz.targets.words_of import encoded, phrasebook_words, typed_texts
from tests.fuzz.targets.worlds import SameWorld, run
from tests.servers.slack.block_kit import view_problems

MAX_STEPS = 6
TAP = "TAP"


class _Chat(SameWorld):
    """Ada agreed and has two tasks; Bob is a stranger."""

    def __init__(self) -> None:
        super().__init__()
        run(self._prepared())
        self.keep()

    async def _prepared(self) -> None:
        await self.scene.person()
        await self.scene.task("Pay rent")
        await self.scene.task("Call Zoë about the boat")


_CHAT = _Chat()


def _conversation(data: bytes) -> None:
    """Each line is a message of Ada's, or ``TAP 3``: on the third button of all that oO has said."""
    _CHAT.reset()
    _CHAT.chat.has_forms = len(data) % 2 > 0
    run(_talked(text_of(data)))
    for shown in _CHAT.chat.shown:
        _shown(shown.message)
    for form in _CHAT.chat.forms:
        problems = view_problems(render_form(form, token="a.0", message_id=None), "modal")
        assert not problems, problems


async def _talked(text: str) -> None:
    router = Router(_CHAT.scene.deps, Deployment(access=Access.INVITE, programs=True))
    for number, line in enumerate(text.split("\x1e")[:MAX_STEPS]):
        update = _update(line, number)
        if update:
            await router.handle(update)
    await router.stop(0)


def _update(line: str, number: int) -> Said | Tapped | None:
    about = {"update_id": str(number), "sender": _sender(), "received_at": NOW, "message_id": "1"}
    verb, _, rest = line.partition(" ")
    if verb != TAP:
        return Said(**about, text=line, reply_to="1" if line.startswith("re ") else None)  # type: ignore[arg-type]
    buttons = [one for shown in _CHAT.chat.shown for row in shown.message.buttons for one in row]
    place, _, typed = rest.partition(" ")
    if not buttons or not (place.isascii() and place.isdigit()):
        return None
    token = buttons[-1 - int(place[:3]) % len(buttons)].token
    return Tapped(**about, token=token, typed=typed or None)  # type: ignore[arg-type]


def _sender() -> Sender:
    return Sender(channel=Channel.TELEGRAM, external_id="ada", address="ada", language="en")


def _shown(message: Message) -> None:
    assert message.lines or message.buttons or message.file
    in_telegram(message)
    in_slack(message)


CONVERSATION = Target(
    name="conversation",
    run=_conversation,
    seeds=lambda: encoded(
        (
            *(f"/{name}\x1eTAP 0" for name in COMMANDS),
            *(f"/{name} 9:00 x\x1eTAP 1\x1eTAP 0 tomorrow" for name in COMMANDS),
            *(f"{text}\x1eTAP 0\x1eundo" for text in typed_texts()[::25]),
            *(
                "what should I do?\x1ere not now",
                "I've paid the rent\x1eTAP 0",
                "/tasks\x1eTAP 0\x1eTAP 2\x1eTAP 1 Pay <b>\x1e/undo",
            ),
        )
    ),
    shape=Shape.WORDS,
    words=lambda: (
        *phrasebook_words()[::7],
        *(f"\x1e/{name} " for name in COMMANDS),
        "\x1eTAP 0",
        "\x1eTAP 1 ",
        "\x1eTAP 2",
        "\x1eTAP 5",
        "\x1e",
    ),
    max_bytes=400,
)

TARGETS = by_name(CONVERSATION)
