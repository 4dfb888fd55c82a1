"""A mail as HTML: everything escaped, nothing fetched, readable on a phone and in the dark."""

from __future__ import annotations

import re

from adapters.mail.html import page
from adapters.mail.layout import Layout, plain
from core.chat import Line, Span, Style

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=y> & \"quotes\" 'x' \ud800"


def layout(text: str = "Call Ann", url: str = "https://oo.example/mail/tap/x.y") -> Layout:
    return Layout(
        title=text,
        language="de",
        lines=(
            Line(spans=(Span(text=text, style=Style.BOLD), Span(text=text))),
            Line(spans=(), small=True),
            Line(spans=(Span(text=text, style=Style.CODE),), small=True),
        ),
        links=((text, url), ("Later", url)),
        footer=text,
        small_links=((text, url),),
    )


def test_hostile_words_stay_words() -> None:
    html = page(layout(HOSTILE, 'https://oo.example/"><script>'))
    for tag in ("<script", "<img", "onerror=y>"):
        assert tag not in html
    assert html.count("&lt;script&gt;") == 10
    assert 'href="https://oo.example/&quot;&gt;&lt;script&gt;"' in html
    html.encode()


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = page(layout())
    for forbidden in ("<img", "<script", "<link", "@import", "url(", "src=", "<iframe", "<form"):
        assert forbidden not in html
    assert set(re.findall(r'https?://[^"]+', html)) == {"https://oo.example/mail/tap/x.y"}


def test_it_fits_a_phone_and_follows_the_readers_colours() -> None:
    html = page(layout())
    for wanted in (
        'lang="de"',
        "width=device-width",
        "color-scheme",
        "prefers-color-scheme:dark",
        "min-height:44px",
    ):
        assert wanted in html


def test_a_mail_without_links_and_footer_is_a_page_as_well() -> None:
    bare = Layout(title="Hi", language=None, lines=layout().lines, links=(), footer=None)
    assert "<a " not in page(bare)
    assert plain(bare) == "Call AnnCall Ann\n\nCall Ann\n"
