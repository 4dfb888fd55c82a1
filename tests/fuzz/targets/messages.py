"""Text that oO makes harmless and shows, and the tokens of the buttons below it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from adapters.mail.html import page as mail_page
from adapters.mail.layout import Layout, plain
from adapters.slack.form import MAX_LABEL_CHARACTERS, render_form
from adapters.slack.render import MAX_PAGE_CHARACTERS
from adapters.slack.render import render_edit as slack_edit
from adapters.slack.render import render_message as slack_message
from adapters.telegram.render import render_edit, render_message
from core.chat import Button, Form, FormField, Line, Message, Span, Style
from core.delivery.callbacks import CallbackAction, resolve_token, with_button_tokens
from core.delivery.tickets import tap_with, ticket
from core.records import Person
from core.text import JOINING_CHARACTERS, clean, clean_strictly, truncate, well_formed, without_hidden
from tests.core.outsiders import NOW
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.keys import SIGNER
from tests.fuzz.targets.words_of import encoded, typed_texts
from tests.fuzz.targets.worlds import run
from tests.servers.slack.block_kit import message_problems, view_problems
from tests.servers.telegram.html import parse_html, utf16_length

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
STRANGE = (
    *(
        "<b>bold</b>",
        "&lt;i&gt;",
        "a&b<c>d\"e'f",
        "*_~`[x](y)",
        "<@U1> <!channel> <https://a.example|b>",
        "</code>",
    ),
    *(
        "e" + "\u0301" * 40,
        "👨‍👩‍👧‍👦" * 9,
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u202eabc",
        "क्‍ष",
        "\ufe0f" * 9,
    ),
    *(
        "\ud800x",
        "x\udfff",
        "\U0001f600\ud83d",
        "\x00\x01\x1b[31m",
        "\u200b\u200c\u200d",
        "=cmd|' /C calc'!A0",
        "\r\nSubject: x",
    ),
)


# --- Text --------------------------------------------------------------------------------------------------

_LIMITS = (0, 1, 2, 40, 80, 300, 1000, 5000)


def _text(data: bytes) -> None:
    limit, rest = chosen(data, _LIMITS)
    text = text_of(rest)
    once = clean(text, limit)
    assert len(once) <= limit
    assert not _HIDDEN.search(once)
    once.encode()
    assert clean(once, limit) == once, "cleaning twice changes something"
    strict = clean_strictly(text, limit)
    assert not JOINING_CHARACTERS.search(strict)
    assert len(truncate(text, limit)) <= limit
    assert not _HIDDEN.search("".join(without_hidden(text).split()))
    well_formed(text).encode()
    _rendered(text)


def _rendered(text: str) -> None:
    """A message of whatever text is one that the platforms take, and none of the text becomes markup."""
    half = len(text) // 2
    spans = tuple(Span(text=text[half:], style=style) for style in Style)
    lines = (Line(spans=(Span(text=text), *spans)), Line(spans=(Span(text=text[:half]),), small=True))
    button = Button(label=well_formed(text)[:80] or "x", verb="done", token="a.0")
    message = Message(lines=lines, buttons=((button, replace(button, token="a.1")),))
    in_telegram(message)
    in_slack(message)
    _in_mail(message)


def in_telegram(message: Message) -> None:
    shown = "".join(parse_html(page.html).text for page in render_message(message))
    written = "".join(well_formed(line.text) for line in message.lines)
    assert _letters(shown) == _letters(written)
    assert utf16_length(parse_html(render_edit(message).html).text) <= 4096


def in_slack(message: Message) -> None:
    for page in (*slack_message(message), slack_edit(message)):
        assert not message_problems(page.blocks), message_problems(page.blocks)
        assert not re.search("[<>]", page.text)
        assert len(page.text) <= 6 * MAX_PAGE_CHARACTERS
    text = message.lines[0].text
    fields = (FormField(name="a", label=text[:MAX_LABEL_CHARACTERS] or "x", value=text),)
    form = render_form(Form(title=text or "x", fields=fields), token="a.0", message_id=None)
    assert not view_problems(form, "modal"), view_problems(form, "modal")


class _Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(sorted(f" {name}" for name, _ in attrs)))


def tags_in(page: str) -> list[str]:
    """The tags of a page, each with the names of its attributes."""
    found = _Tags()
    found.feed(page)
    found.close()
    return found.tags


def _in_mail(message: Message) -> None:
    """The text of a mail brings no tag or attribute that a harmless text does not bring."""
    harmless = tuple(
        Line(spans=tuple(replace(span, text="x") for span in line.spans), small=line.small)
        for line in message.lines
    )
    assert tags_in(_mail(message.lines)) == tags_in(_mail(harmless))


def _mail(lines: tuple[Line, ...]) -> str:
    label = lines[0].spans[0].text or "x"
    links = ((label, "https://oo.example/mail/tap/x"),)
    layout = Layout(title=label, language="en", lines=lines, links=links, footer=label, small_links=links)
    plain(layout)
    return mail_page(layout)


def _letters(text: str) -> str:
    return "".join(text.split())


TEXT = Target(
    name="text",
    run=_text,
    seeds=lambda: [choice(5, text) for text in (*typed_texts()[::40], *STRANGE)],
    shape=Shape.WORDS,
    words=lambda: STRANGE,
    max_bytes=9000,
)


# --- Callbacks ---------------------------------------------------------------------------------------------


class _World:
    """Two people; the message of one has buttons."""

    def __init__(self) -> None:
        self.scene: Scene = scene(FakeStore())
        self.ada, self.bob, self.tokens = run(self._prepared())

    async def _prepared(self) -> tuple[Person, Person, tuple[str, ...]]:
        ada, bob = await self.scene.person("ada"), await self.scene.person("bob")
        rows = (tuple(Button(label=f"{number}", verb="done", arg=f"{number}") for number in range(12)),)
        async with self.scene.deps.store.begin() as unit:
            message = await with_button_tokens(unit, Message(lines=(), buttons=rows), ada, self.scene.deps)
        return ada, bob, tuple(button.token for row in message.buttons for button in row)


_WORLD = _World()


def _callbacks(data: bytes) -> None:
    """A token means something only for the person it was made for, and only exactly as it was made."""
    token = text_of(data).replace("HANDLE", _WORLD.tokens[0].partition(".")[0])
    for person in (_WORLD.ada, _WORLD.bob):
        action = run(_resolved(token, person))
        is_issued = person is _WORLD.ada and token in _WORLD.tokens
        assert (action is not None) == is_issued
        assert action is None or action.arg == str(_WORLD.tokens.index(token))
    _tickets(text_of(data))


async def _resolved(token: str, person: Person) -> CallbackAction | None:
    async with _WORLD.scene.deps.store.read() as unit:
        return await resolve_token(unit, token, person)


def _tickets(text: str) -> None:
    signer = _WORLD.scene.deps.signer or SIGNER
    good = ticket(signer, "place", "message", NOW)
    signed, _, token = text.partition(" ")
    for one in (signed, signed.replace("TICKET", good)):
        tap = tap_with(signer, one, token, NOW)
        assert tap is None or one == good
        assert tap is None or 0 < len(token) <= 64


CALLBACKS = Target(
    name="callbacks",
    run=_callbacks,
    seeds=lambda: encoded(
        ("HANDLE.0", "HANDLE.11", "HANDLE.12", "HANDLE", "TICKET HANDLE.1", ".", "HANDLE.-1")
    ),
    words=lambda: ("HANDLE", "TICKET", ".", "00", "+1", "1_1", "١", "²"),
    max_bytes=500,
)


TARGETS = by_name(TEXT, CALLBACKS)
