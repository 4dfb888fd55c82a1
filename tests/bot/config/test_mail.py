"""The settings of e-mail, and what is said about wrong ones."""

from __future__ import annotations

import pytest

from bot.config.mail import MailSender, MailServer, mail_sender, mail_server
from bot.settings import load_settings
from core.errors import SettingsError
from tests.rows import each_of

SERVERS = {
    "smtps://oo%40example.org:p%2Fq%3A%23@mail.example.org": MailServer(
        host="mail.example.org", port=465, security="tls", login_name="oo@example.org", password="p/q:#"
    ),
    "smtp+starttls://oo:p@mail.example.org:2587": MailServer(
        host="mail.example.org", port=2587, security="starttls", login_name="oo", password="p"
    ),
    "smtps://mail.example.org/": MailServer(host="mail.example.org", port=465, security="tls"),
    "smtp://127.0.0.1": MailServer(host="127.0.0.1", port=25, security="none"),
    "smtp://u:p@localhost:2525": MailServer(
        host="localhost", port=2525, security="none", login_name="u", password="p"
    ),
    "smtps://[::1]:465": MailServer(host="::1", port=465, security="tls"),
    "smtp+plain://relay.internal:2525": MailServer(host="relay.internal", port=2525, security="none"),
}
WRONG = {
    "mail.example.org:465": "must be smtps://",
    "https://mail.example.org": "must be smtps://",
    "smtps://": "host is missing",
    "smtp://mail.example.org": "not encrypted",
    "smtp://u:SECRET@mail.example.org": "not encrypted",
    "smtp+plain://u:SECRET@mail.example.org": "password unencrypted",
    "smtps://u:SECRET@mail.example.org:99999": "%40",
    "smtps://u:SECRET@mail.example.org:0": "port is 0",
    "smtps://u:SEC/RET@mail.example.org": "%2F",
    "smtps://u:SECRET@mail.example.org/inbox": "nothing may follow",
    "smtps://u:SECRET@mail.example.org?x=1": "nothing may follow",
    "smtps://u:SECRET#1@mail.example.org": "%",
    "smtps://:SECRET@mail.example.org": "without a name",
    "smtps://u@mail.example.org": "without a password",
    "smtps://u:%ffSECRET@mail.example.org": "no UTF-8",
}


@each_of(tuple(SERVERS.items()), ids=lambda row: row[0])
def test_a_server_is_read_with_its_name_and_password(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@each_of(tuple(WRONG.items()), ids=lambda row: row[0])
def test_a_wrong_url_is_explained_and_its_password_is_not_quoted(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as fault:
        mail_server(url)
    assert words in str(fault.value)
    assert "SEC" not in str(fault.value)


def test_a_sender_has_an_address_and_perhaps_a_name() -> None:
    assert mail_sender("oo@example.org") == MailSender(name="oO", address="oo@example.org")
    assert mail_sender('"Tips, oO" <oo@bücher.example>') == MailSender(
        name="Tips, oO", address="oo@xn--bcher-kva.example"
    )
    for wrong in ("oo", "oO oo@example.org", "a@b.org, c@d.org", "x <a@b.org> y", "ö@example.org", "<>"):
        with pytest.raises(ValueError, match="must be"):
            mail_sender(wrong)


def test_a_mail_server_needs_the_rest() -> None:
    with pytest.raises(SettingsError) as fault:
        load_settings({"OO_SMTP_URL": "smtps://mail.example.org", "TELEGRAM_BOT_TOKEN": "1:x"})
    assert [line.partition(":")[0] for line in fault.value.faults] == [
        "OO_MAIL_FROM",
        "OO_PUBLIC_URL",
        "OO_VAULT_KEYS",
    ]
