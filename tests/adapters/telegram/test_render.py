from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.render import Page, render_edit, render_message
from adapters.telegram.wording import units
from core.chat import Button, Line, Message, Span, Style
from core.text import well_formed
from tests.adapters.samples import EXPORT, button, line, row, said
from tests.adapters.telegram.samples import SAMPLES
from tests.servers.telegram.html import parse_html

GOLDEN = Path(__file__).parents[2] / "golden" / "telegram"
ENTITY = {Style.BOLD: "bold", Style.ITALIC: "italic", Style.STRIKE: "strikethrough", Style.CODE: "code"}

texts = st.text(st.characters(codec=None), max_size=40)
spans = st.builds(Span, text=texts, style=st.sampled_from(Style))
lines = st.builds(Line, spans=st.lists(spans, max_size=4).map(tuple), small=st.booleans())


def shown(page: Page) -> str:
    """The page as golden files have it: HTML, then the buttons row by row, then the file."""
    rows = page.keyboard.inline_keyboard if page.keyboard else ()
    buttons = ["  ".join(f"[{one.text}]({one.callback_data})" for one in row) for row in rows]
    files = [f"<{page.file.name}: {len(page.file.content)} bytes>"] if page.file else []
    return "\n".join([page.html, *buttons, *files])


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_looks_as_agreed(name: str) -> None:
    pages = render_message(SAMPLES[name])

    assert "\n-----\n".join(shown(page) for page in pages) + "\n" == golden(name)


@given(st.lists(lines, max_size=6).map(tuple))
def test_what_telegram_reads_is_what_was_meant(content: tuple[Line, ...]) -> None:
    page = render_edit(Message(lines=content))

    assert parse_html(page.html).text == "\n".join(well_formed(line.text) for line in content)


@given(spans, st.booleans())
def test_a_span_has_its_own_style_and_no_other(span: Span, small: bool) -> None:
    page = render_edit(Message(lines=(line(span, small=small),)))

    expected = {ENTITY[span.style]} if span.style is not Style.PLAIN else set()
    if small and span.style is not Style.CODE:
        expected.add("italic")
    assert {entity.kind for entity in parse_html(page.html).entities} == (expected if span.text else set())


def test_a_long_message_is_divided_between_lines_and_has_its_buttons_at_the_end() -> None:
    content = [f"{number}: " + "wörd 👍 " * 30 for number in range(100)]
    message = Message(lines=tuple(line(text) for text in content), buttons=(row("More"),))

    pages = render_message(message)

    sizes = [units(parse_html(page.html).text) for page in pages]
    assert max(sizes) <= 4096
    assert all(one + other > 4096 for one, other in pairwise(sizes))
    assert "\n".join(page.html for page in pages).split("\n") == content
    assert [page.keyboard is not None for page in pages] == [False] * (len(pages) - 1) + [True]


@given(st.integers(4090, 4100), st.sampled_from(["a", "👍", "<"]), st.sampled_from(Style))
def test_a_line_longer_than_a_message_is_divided_inside(size: int, character: str, style: Style) -> None:
    text = "x" * size + character * 5000

    pages = render_message(Message(lines=(line(Span(text=text, style=style)),)))

    parsed = [parse_html(page.html).text for page in pages]
    assert "".join(parsed) == text
    assert max(units(part) for part in parsed) <= 4096


def test_blank_pages_are_left_out() -> None:
    pages = render_message(said("x" * 4096 + "\n" * 9000 + "end"))

    assert len(pages) == 2
    assert pages[1].html.endswith("end")


def test_an_edit_that_is_too_long_is_cut_with_an_ellipsis() -> None:
    page = render_edit(Message(lines=tuple(line("y" * 99) for _ in range(50)), buttons=(row("Undo"),)))

    text = parse_html(page.html).text
    assert 3900 < units(text) <= 4096
    assert text.endswith("y\n…")
    assert page.keyboard


def test_a_file_with_too_long_a_caption_follows_its_text() -> None:
    text = Message(lines=(line("z" * 1025),), buttons=(row("OK"),), file=EXPORT.file)

    first, last = render_message(text)

    assert (first.html, first.keyboard, first.file) == ("z" * 1025, None, None)
    assert (last.html, last.file) == ("", EXPORT.file)
    assert last.keyboard


ROWS = [
    ("A longer label", 1, [1]),
    ("A longer label", 3, [3]),
    ("A longer label", 4, [2, 2]),
    ("A longer label", 5, [2, 3]),
    ("A longer label", 7, [2, 2, 3]),
    ("Done 1", 4, [4]),
    ("Done 1", 8, [4, 4]),
    ("10 ›", 8, [8]),
    ("1 ›", 9, [4, 5]),
]


@pytest.mark.parametrize(("label", "count", "sizes"), ROWS)
def test_as_many_buttons_stand_in_a_row_as_a_phone_can_show(label: str, count: int, sizes: list[int]) -> None:
    buttons = (tuple(button(label, number) for number in range(count)),)

    keyboard = render_edit(Message(lines=(line("?"),), buttons=buttons)).keyboard

    assert keyboard
    assert [len(shown_row) for shown_row in keyboard.inline_keyboard] == sizes
    shown = [one.callback_data for shown_row in keyboard.inline_keyboard for one in shown_row]
    assert shown == [one.token for one in buttons[0]]


def test_a_long_label_is_cut() -> None:
    keyboard = render_edit(Message(lines=(line("?"),), buttons=(row("👍" * 100),))).keyboard

    assert keyboard
    assert keyboard.inline_keyboard[0][0].text == "👍" * 31 + "…"


@pytest.mark.parametrize("token", ["", "ä" * 33])
def test_a_button_without_a_fitting_token_is_a_bug(token: str) -> None:
    message = Message(lines=(line("?"),), buttons=((Button(label="Go", verb="go", token=token),),))

    with pytest.raises(ValueError, match="1 to 64 bytes"):
        render_message(message)
