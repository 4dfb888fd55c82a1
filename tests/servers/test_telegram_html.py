"""The strict HTML parser, and messages as a person sees them."""

import html
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.telegram.content import Entity, Formatted
from tests.servers.telegram.errors import ApiError
from tests.servers.telegram.html import parse_html
from tests.servers.telegram.screen import screen


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("plain > text & more &nbsp; &copy;", "plain > text & more &nbsp; &copy;"),
        ("&lt;b&gt; &amp;amp; &quot;&#65;&#x1F600;&#0;", '<b> &amp; "A😀&#0;'),
        ("<b>bold <i>both</i></b><u>u</u>", "*bold _both_*__u__"),
        ("<STRONG>x</STRONG> <em>y</em> <del>z</del> <ins>w</ins>", "*x* _y_ ~z~ __w__"),
        ("<b>x</>", "*x*"),
        ("<code>a&lt;b</code> <pre>c</pre>", "`a<b` ```c```"),
        ("<tg-spoiler>s</tg-spoiler> <span class='tg-spoiler'>s</span>", "||s|| ||s||"),
        ('<a href="https://example.org/?a=1&amp;b">here</a>', "here <https://example.org/?a=1&b>"),
        ('<a href="javascript:x">here</a>', "here"),
        ("one\n<blockquote expandable>two\nthree</blockquote>\nfour", "one\n> two\n> three\nfour"),
        ("😀<b>x</b>", "😀*x*"),
    ],
)
def test_valid_html_is_shown_as_a_person_sees_it(source: str, shown: str) -> None:
    assert screen(parse_html(source), ()) == shown


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("<b x>y</b>", 'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0'),
        ('<a href="x"', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_invalid_html_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


def test_offsets_count_utf16_code_units() -> None:
    parsed = parse_html("😀<b>é<i>😀</i></b>")
    assert parsed.entities == (
        Entity(kind="bold", offset=2, length=3),
        Entity(kind="italic", offset=3, length=2),
    )


@given(st.text())
def test_escaped_text_is_plain_text(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == Formatted(text=text)


@given(st.text(alphabet="<>/&;ab =\"'#x1"))
def test_anything_is_either_parsed_or_refused(source: str) -> None:
    with suppress(ApiError):
        parsed = parse_html(source)
        assert all(0 <= entity.offset < entity.end <= len(parsed.text) for entity in parsed.entities)
