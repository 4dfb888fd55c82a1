import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.terminal.frame import button_rows, render_frame, render_remark
from adapters.terminal.render import printable, render_plain
from core.chat import Line, Message, Span, Style
from core.text import JOINING_CHARACTERS, without_invisible
from tests.adapters.samples import line
from tests.adapters.terminal.samples import SAMPLES, TIP, row, said

GOLDEN = Path(__file__).parents[2] / "golden" / "terminal"
SGR = re.compile(r"\x1b\[[0-9;]*m")

texts = st.text(st.characters(codec=None), max_size=40)
spans = st.builds(Span, text=texts, style=st.sampled_from(Style))
lines = st.builds(Line, spans=st.lists(spans, max_size=4).map(tuple), small=st.booleans())


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


def unstyled(text: str) -> list[str]:
    return SGR.sub("", text).splitlines()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_looks_as_agreed_on_a_pipe(name: str) -> None:
    assert render_plain(SAMPLES[name]) + "\n" == golden(f"{name}.txt")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_looks_as_agreed_on_a_tty(name: str) -> None:
    assert render_frame(SAMPLES[name], columns=60).replace("\x1b", "␛") == golden(f"{name}.tty.txt")


@given(st.lists(lines, max_size=4).map(tuple))
def test_no_text_can_add_a_line_or_steer_the_screen(content: tuple[Line, ...]) -> None:
    plain = render_plain(Message(lines=content))

    assert len(plain.split("\n")) == max(len(content), 1)
    assert all(JOINING_CHARACTERS.sub("", one).isprintable() for one in plain.split("\n"))


@given(texts)
def test_what_is_printable_can_be_encoded_and_shows_no_unseen_characters(text: str) -> None:
    shown = printable(text)

    shown.encode()
    assert shown == without_invisible(shown)
    seen = JOINING_CHARACTERS.sub("", shown)
    assert not [char for char in seen if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")]


@settings(deadline=None)  # rich is slow at first, and slower on a busy machine
@given(st.lists(lines, max_size=4).map(tuple), st.integers(12, 150))
def test_every_row_stays_inside_the_window(content: tuple[Line, ...], columns: int) -> None:
    rows = unstyled(render_frame(Message(lines=content), columns=columns))

    assert all(row.startswith("│ ") and cell_len(row) < columns for row in rows)


def test_only_styles_come_out_as_control_sequences() -> None:
    assert "\x1b" not in SGR.sub("", render_frame(SAMPLES["hostile"], columns=80))


def test_a_wide_window_does_not_make_long_rows() -> None:
    rows = unstyled(render_frame(said("word " * 100), columns=300))

    assert max(map(cell_len, rows)) <= 102


def test_a_window_of_hardly_any_width_is_written_to_all_the_same() -> None:
    assert unstyled(render_frame(said("家賃 due"), columns=1)) == ["│ 家賃 due"]


@pytest.mark.parametrize("typed", ["👩‍👩‍👧 dinner", "می‌خواهم", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈 ක්‍රිකට්"])
def test_what_is_joined_stays_joined(typed: str) -> None:
    assert render_plain(said(typed)) == typed
    assert unstyled(render_frame(said(typed), columns=80)) == [f"│ {typed}"]


def test_words_of_the_terminal_itself_are_made_harmless_too() -> None:
    assert unstyled(render_remark("Saved as /tmp/\x1b[2Jx", columns=80)) == ["Saved as /tmp/[2Jx"]


def test_buttons_share_rows_while_they_fit_and_are_never_cut() -> None:
    buttons = row("Tomorrow morning", "家賃", "Next week")

    assert button_rows(buttons, columns=80) == ["[1] Tomorrow morning  [2] 家賃  [3] Next week"]
    assert button_rows(buttons, columns=31) == ["[1] Tomorrow morning  [2] 家賃", "[3] Next week"]
    assert button_rows(buttons, columns=5) == ["[1] Tomorrow morning", "[2] 家賃", "[3] Next week"]


def test_a_message_without_buttons_has_no_row_for_them() -> None:
    assert unstyled(render_frame(Message(lines=TIP.lines), columns=90)) == [
        "│ Pay the rent: two minutes now, and it was due yesterday.",
        "│ You asked me to bring this back.",
    ]


def test_an_empty_line_stays() -> None:
    assert unstyled(render_frame(Message(lines=(line("a"), line(), line("b"))), columns=90)) == [
        "│ a",
        "│ ",
        "│ b",
    ]
