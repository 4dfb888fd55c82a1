"""A message as a mail: headers without injection, seven bits, short lines, and what programs look for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from adapters.mail.compose import Composer, Footer, subject
from bot.screens.markup import say
from core.chat import Button, Document, Envelope, Line, Message, Span
from tests.rows import each_of

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
ENVELOPE = Envelope(delivery_id="d" * 32, account_id="a" * 32, language="de")
COMPOSER = Composer(
    name="oO – Tipps",
    address="oo@example.org",
    tap_link=lambda account, token: f"https://oo.example/mail/tap/{account}.{token}{'x' * 90}",
    why_link=lambda account, decision: f"https://oo.example/mail/why/{decision}",
    unsubscribe_link=lambda account: f"https://oo.example/mail/stop/{account}{'y' * 120}",
    footer=lambda language: Footer(why=f"why {language}", unsubscribe="No more mails", explain="Why?"),
)
TIP = replace(
    say(
        "**{content}**\n> {why}",
        (Button(label="Done", verb="done", token="t.0"), Button(label="Später", verb="snooze", token="t.1")),
        content="Call Ann",
        why="It is due.",
        subject="decision",
    ),
    envelope=ENVELOPE,
)


def sent(message: Message, *, to: str = "ann@example.org") -> tuple[EmailMessage, bytes]:
    """The mail as its reader parses it, and its octets."""
    raw = COMPOSER.compose(message, to=to, message_id=COMPOSER.message_id("id"), at=AT).as_bytes()
    parsed = message_from_bytes(raw, policy=SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed, raw


def titled(title: str) -> Message:
    """A tip with that first line, unfiltered."""
    return replace(TIP, lines=(Line(spans=(Span(text=title),)), *TIP.lines[1:]))


def test_a_tip_has_the_headers_that_mail_programs_look_for() -> None:
    mail, _ = sent(TIP)
    assert {name: str(mail[name]) for name in mail if name != "Content-Type"} == {
        "From": "oO – Tipps <oo@example.org>",
        "To": "ann@example.org",
        "Subject": "Call Ann",
        "Date": "Sun, 29 Nov 2026 12:00:00 +0000",
        "Message-ID": "<id@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<https://oo.example/mail/stop/{'a' * 32}{'y' * 120}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
    }
    assert mail.get_content_type() == "multipart/alternative"


def test_both_parts_say_the_same_and_lead_to_the_same_places() -> None:
    mail, _ = sent(TIP)
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    for part in parts:
        assert part is not None
        text = part.get_content()
        for words in ("Call Ann", "It is due.", "Done", "Später", "why de", "No more mails", "Why?"):
            assert words in text
        for link in (
            f"{'a' * 32}.t.0{'x' * 90}",
            f"{'a' * 32}.t.1{'x' * 90}",
            "/mail/why/decision",
            "y" * 120,
        ):
            assert link in text


def test_without_an_envelope_there_is_nothing_to_unsubscribe_from() -> None:
    open_it = Button(label="Open", verb="open", url="https://oo.example/x")
    letter = replace(say("Hello", (open_it,)), thread=None)
    mail, _ = sent(letter)
    assert mail["List-Unsubscribe"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Open:\r\nhttps://oo.example/x" in body.get_content()


HOSTILE = (
    "Hi\r\nBcc: eve@example.org",
    "Hi\nContent-Type: text/html",
    "Hi\r\n\r\n<script>",
    "Hi\u2028Bcc: eve@example.org",
    "Hi\x00\x0bthere\x85Bcc: x",
    "=?utf-8?q?Bcc=3A_eve?=",
    "ü" * 400,
    "x" * 2000,
    "👩‍👩‍👧‍👦" * 60,
    "\ud800 lone",
    "‮ right to left",
    "   ",
    "",
)


@each_of(HOSTILE, ids=ascii)
def test_no_subject_injects_a_header_or_breaks_a_line(title: str) -> None:
    mail, raw = sent(titled(title))
    assert sorted(mail) == sorted(sent(TIP)[0])
    assert len(str(mail["Subject"])) <= 150
    assert str(mail["Subject"]).strip()
    assert str(mail["Subject"]).replace("\u200d", "").isprintable()
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\0" not in raw


def test_a_long_line_of_the_text_is_wrapped_and_read_as_it_was() -> None:
    long = titled("word " * 500)
    mail, raw = sent(long)
    body = mail.get_body(("plain",))
    assert body is not None
    assert ("word " * 500).strip() in body.get_content()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_an_attempt_after_a_crash_has_the_same_id() -> None:
    assert COMPOSER.message_id(ENVELOPE.delivery_id) == f"<{'d' * 32}@example.org>"


def test_an_address_beyond_ascii_stands_in_the_header_as_it_is() -> None:
    _, raw = sent(TIP, to="jörg@xn--bcher-kva.example")
    assert "To: jörg@xn--bcher-kva.example\r\n".encode() in raw


def test_a_file_is_attached() -> None:
    mail, _ = sent(replace(TIP, file=Document(name="a\r\nb.json", content=b"{}")))
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("a b.json", b"{}")


def test_the_subject_is_the_first_line_that_says_something() -> None:
    assert subject(say("\n\nHello\nworld")) == "Hello"
    assert subject(Message(lines=())) == "oO"
