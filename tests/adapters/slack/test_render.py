from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.render import Page, render_edit, render_home, render_message
from adapters.slack.wording import plain
from core.chat import Button, Home, Line, Message, Span, Style
from core.text import well_formed
from tests.adapters.samples import TIP, button, line, row, said
from tests.adapters.slack.samples import HOME, SAMPLES
from tests.servers.slack.block_kit import message_problems, text_length, view_problems

texts = st.text(st.characters(codec=None), max_size=40)
spans = st.builds(Span, text=texts, style=st.sampled_from(Style))
lines = st.builds(Line, spans=st.lists(spans, max_size=4).map(tuple), small=st.booleans())


def runs(page: Page) -> list[dict[str, Any]]:
    """Every piece of text on a page, each with its style."""
    blocks: list[dict[str, Any]] = page.blocks
    rich = [block["elements"][0]["elements"] for block in blocks if block["type"] == "rich_text"]
    return [run for block in rich for run in block]


def read(page: Page) -> str:
    """The words that stand on a page, a line for each block at least."""
    shown = []
    for block in page.blocks:
        elements: Any = block["elements"]
        if block["type"] == "rich_text":
            shown.append("".join(run["text"] for run in elements[0]["elements"]))
        elif block["type"] == "context":
            shown.append(elements[0]["text"])
    return "\n".join(shown)


def filled(text: str) -> list[str]:
    """The lines that have something on them."""
    return [part for part in text.split("\n") if part.strip()]


@given(st.lists(lines, max_size=6).map(tuple))
def test_what_slack_shows_is_what_was_meant(content: tuple[Line, ...]) -> None:
    page = render_edit(Message(lines=content))

    meant = "\n".join(well_formed(part.text) for part in content)
    assert filled(read(page)) == filled(meant)
    assert plain(page.text) == meant
    assert message_problems(page.blocks) == []


@given(spans)
def test_a_span_has_its_own_style_and_no_other(span: Span) -> None:
    page = render_edit(Message(lines=(line(span),)))

    expected = {} if span.style is Style.PLAIN else {"style": {span.style.value: True}}
    for run in runs(page):
        assert run == {"type": "text", "text": well_formed(span.text), **expected}
    assert bool(page.blocks) == bool(span.text.strip())


@given(texts)
def test_no_text_is_ever_read_as_markup(text: str) -> None:
    """Slack looks for markup only in mrkdwn, and for mentions in mrkdwn and in the notification's text."""
    message = Message(lines=(line(text), line(text, small=True)), buttons=(row(text or "x"),))

    page = render_edit(message)

    assert "mrkdwn" not in str(_types(page.blocks))
    assert not {"<", ">"} & set(page.text)


def _types(node: Any) -> list[str]:
    if isinstance(node, list):
        return [kind for part in node for kind in _types(part)]
    if not isinstance(node, dict):
        return []
    return [node.get("type", "style"), *_types(list(node.values()))]


def test_a_long_message_is_divided_between_lines_and_has_its_buttons_at_the_end() -> None:
    content = [f"{number}: " + "wörd 👍 " * 30 for number in range(100)]

    pages = render_message(Message(lines=tuple(line(text) for text in content), buttons=(row("More"),)))

    assert all(2000 < text_length(page.blocks) <= 3010 for page in pages[:-1])
    assert "\n".join(read(page) for page in pages).split("\n") == content
    assert [page.blocks[-1]["type"] for page in pages] == ["rich_text"] * (len(pages) - 1) + ["actions"]


@given(st.integers(2990, 3010), st.sampled_from(["a", "👍", "<", " x"]), st.sampled_from(Style))
def test_a_line_longer_than_a_message_is_divided_inside(size: int, character: str, style: Style) -> None:
    text = "x" * size + character * 4000

    pages = render_message(Message(lines=(line(Span(text=text, style=style)),)))

    assert "".join(read(page) for page in pages) == text
    assert all(message_problems(page.blocks) == [] and len(read(page)) <= 3000 for page in pages)


def test_many_blocks_are_divided_too() -> None:
    content = tuple(line(str(number), small=number % 2 == 0) for number in range(200))

    pages = render_message(Message(lines=content, buttons=(row("A"), row("B"))))

    assert [len(page.blocks) for page in pages] == [48, 48, 48, 48, 10]
    assert filled("\n".join(read(page) for page in pages)) == [str(number) for number in range(200)]


def test_blank_pages_are_left_out() -> None:
    pages = render_message(said("x" * 3000 + "\n" * 9000 + "end"))

    assert len(pages) == 2
    assert read(pages[1]).endswith("end")


@pytest.mark.parametrize("small", [False, True])
def test_an_edit_that_is_too_long_is_cut_with_an_ellipsis(small: bool) -> None:
    content = tuple(line("y" * 99, small=small) for _ in range(90))

    page = render_edit(Message(lines=content, buttons=(row("Undo"),)))

    assert read(page).endswith("y\n…")
    assert message_problems(page.blocks) == []
    assert page.blocks[-1]["type"] == "actions"


def test_a_message_of_buttons_alone_is_announced_by_their_labels() -> None:
    page = render_edit(Message(lines=(), buttons=(row("Yes", "No & never"),)))

    assert page.text == "Yes No &amp; never"


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (8, [8]), (25, [25]), (51, [25, 25, 1])])
def test_up_to_twenty_five_buttons_stand_in_a_row(count: int, sizes: list[int]) -> None:
    buttons = (tuple(button(str(number), number) for number in range(count)),)

    page = render_edit(Message(lines=(line("?"),), buttons=buttons))

    rows: list[Any] = [block["elements"] for block in page.blocks if block["type"] == "actions"]
    assert [len(shown) for shown in rows] == sizes
    assert [one["value"] for shown in rows for one in shown] == [one.token for one in buttons[0]]
    assert message_problems(page.blocks) == []


def test_a_long_label_is_cut() -> None:
    page = render_edit(Message(lines=(line("?"),), buttons=(row("👍" * 100),)))

    elements: Any = page.blocks[-1]["elements"]
    assert elements[0]["text"]["text"] == "👍" * 74 + "…"


@pytest.mark.parametrize("token", ["", "ä" * 33])
def test_a_button_without_a_fitting_token_is_a_bug(token: str) -> None:
    message = Message(lines=(line("?"),), buttons=((Button(label="Go", verb="go", token=token),),))

    with pytest.raises(ValueError, match="1 to 64 bytes"):
        render_message(message)


def test_a_home_has_its_sections_one_below_the_other() -> None:
    blocks: Any = render_home(HOME)["blocks"]

    assert view_problems(render_home(HOME), "home") == []
    assert [block["type"] for block in blocks] == [
        "rich_text",
        "actions",
        "actions",
        "divider",
        "rich_text",
        "context",
    ]


def test_a_home_that_is_too_long_is_cut() -> None:
    long = Message(lines=tuple(line("z" * 500, small=True) for _ in range(60)))

    home = render_home(Home(sections=(TIP, long, long, long, long, *SAMPLES.values()) * 5))

    assert view_problems(home, "home") == []
