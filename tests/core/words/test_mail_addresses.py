"""Addresses for e-mail, by their form."""

from __future__ import annotations

from core.words.mail_addresses import address_id, address_in, in_ascii, mail_address
from tests.rows import each_of

ADDRESSES = {
    "ann@example.org": "ann@example.org",
    " <Ann@Example.ORG> ": "Ann@example.org",
    "mailto:ann@example.org": "ann@example.org",
    "ann+oo@sub.example.org": "ann+oo@sub.example.org",
    "ann@bücher.example": "ann@bücher.example",
    "ann@xn--bcher-kva.example": "ann@bücher.example",
    "jörg@example.org": "jörg@example.org",
    "jo\u0308rg@example.org": None,
    "o'neil@example.org": "o'neil@example.org",
    "": None,
    "ann": None,
    "ann@": None,
    "@example.org": None,
    "ann@localhost": None,
    "ann@[127.0.0.1]": None,
    "ann@127.0.0.1": None,
    "ann@@example.org": None,
    "a..b@example.org": None,
    ".a@example.org": None,
    "ann@example..org": None,
    "ann@-example.org": None,
    "ann@example.org, bob@example.org": None,
    "ann@example.org\r\nBcc: eve@example.org": None,
    "ann@example.org\nRCPT TO:<eve@example.org>": None,
    "Ann <ann@example.org>": None,
    '"a b"@example.org': None,
    "ann@exam\u200bple.org": None,
    "ann\u202e@example.org": None,
    "ann@example.org\0": None,
    "a" * 65 + "@example.org": None,
    "ann@" + "a" * 260 + ".org": None,
}


@each_of(tuple(ADDRESSES.items()), ids=lambda row: ascii(row[0]))
def test_an_address_is_taken_in_its_normal_form_or_not_at_all(typed: str, expected: str | None) -> None:
    assert mail_address(typed) == expected


def test_the_one_address_among_words_is_found() -> None:
    assert address_in("send it to ann@example.org.") == "ann@example.org"
    assert address_in("send it to <Ann@Example.org>, please") == "Ann@Example.org"
    assert address_in("from ann@example.org to bob@example.org") is None
    assert address_in("no address here") is None


def test_smtp_gets_the_domain_in_ascii() -> None:
    assert in_ascii("ann@bücher.example") == "ann@xn--bcher-kva.example"
    assert in_ascii("jörg@example.org") == "jörg@example.org"


def test_accounts_are_told_apart_without_upper_case() -> None:
    assert address_id("Ann@example.org") == address_id("ann@example.org")
