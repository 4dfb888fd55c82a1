"""What a notification says of a message."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.web_push.encryption import MAX_PLAINTEXT
from adapters.web_push.render import MAX_LABEL, MAX_TITLE, Notification, page_of, render_notification
from core.chat import Button, Message, Span, Style
from tests.adapters.samples import DONE, REASONS, TIP, line, row, said

SHOWN = Notification(tag="t" * 22, ticket="s" * 300, is_edit=False)


def content(message: Message, notification: Notification = SHOWN) -> Any:
    return json.loads(render_notification(message, notification))


def test_what_stands_out_is_the_title_and_the_rest_a_sentence() -> None:
    shown = content(TIP)
    assert shown["title"] == "Pay the rent"
    assert shown["body"] == "Two minutes now, and it was due yesterday."
    assert (content(DONE)["title"], content(DONE)["body"]) == ("Pay the rent", "Done at 10:02.")


def test_a_message_without_a_title_is_its_first_line_or_ours() -> None:
    assert (content(said("Hello\nthere"))["title"], content(said("Hello\nthere"))["body"]) == (
        "Hello",
        "there",
    )
    long = "word " * 60
    assert (content(said(long))["title"], content(said(long))["body"]) == ("oO", long)
    assert content(said(" "))["title"] == "oO"


def test_only_buttons_that_act_at_once_are_shown_and_at_most_three() -> None:
    assert [one["title"] for one in content(REASONS)["actions"]] == [
        "Not now",
        "Not this",
        "Never about rent",
    ]
    ask = replace(row("Other time")[0], asks="When?")
    link = Button(label="Open", verb="", token="x.1", url="https://example.org")
    plain = Button(label="Untold", verb="x")
    shown = content(replace(TIP, buttons=((ask, link, plain), row("Done"))))
    assert shown["actions"] == [{"title": "Done", "token": row("Done")[0].token}]


def test_it_leads_to_the_page_that_has_all_buttons() -> None:
    assert page_of(TIP) == content(TIP)["page"] == "/me/tip/decision"
    assert content(DONE)["page"] == "/me"


def test_an_edit_makes_no_sound() -> None:
    assert not content(TIP)["silent"]
    assert content(replace(TIP, silent=True))["silent"]
    assert content(TIP, replace(SHOWN, is_edit=True))["silent"]
    assert content(TIP, replace(SHOWN, is_edit=True))["kind"] == "edit"


@settings(max_examples=30)
@given(
    title=st.text(alphabet='aü家👩‍👩‍👧‍👦"\\\n\x01', max_size=1500),
    body=st.text(alphabet='aü家👩‍👩‍👧‍👦"\\\n\x01', max_size=4000),
    label=st.text(min_size=1, max_size=300),
)
def test_whatever_it_says_it_fits_and_is_whole(title: str, body: str, label: str) -> None:
    message = replace(
        TIP,
        lines=(line(Span(text=title, style=Style.BOLD), body), line(body)),
        buttons=(row(label, label, label, label),),
    )
    payload = render_notification(message, SHOWN)
    shown = json.loads(payload)
    assert len(payload) <= MAX_PLAINTEXT
    assert len(shown["title"]) <= MAX_TITLE
    assert all(len(one["title"]) <= MAX_LABEL for one in shown["actions"])
    assert shown["title"]


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    shown = content(replace(TIP, lines=(line(Span(text="Rent", style=Style.BOLD)), line("家" * 5000))))
    assert shown["body"].endswith("…")
