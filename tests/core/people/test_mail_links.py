"""The signed links in mails."""

from __future__ import annotations

from core.people.mail_links import MailLinks, TapLink, read_confirm, read_stop, read_tap, read_why
from core.signing import Signer
from core.vault import vault_key

SIGNER = Signer([vault_key(bytes(range(32)))])
LINKS = MailLinks(signer=SIGNER, root="https://oo.example")
ACCOUNT, TOKEN = "a" * 32, f"{'t' * 22}.0"


def signed(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_is_read_as_it_was_made() -> None:
    assert read_tap(SIGNER, signed(LINKS.tap(ACCOUNT, TOKEN))) == TapLink(account_id=ACCOUNT, token=TOKEN)
    assert read_why(SIGNER, signed(LINKS.why(ACCOUNT, "d"))) == TapLink(account_id=ACCOUNT, token="d")
    assert read_stop(SIGNER, signed(LINKS.stop(ACCOUNT))) == ACCOUNT
    assert read_confirm(SIGNER, signed(LINKS.confirm("K7QF"))) == "K7QF"


def test_a_link_is_good_for_one_purpose_and_one_key() -> None:
    made = [LINKS.tap(ACCOUNT, TOKEN), LINKS.why(ACCOUNT, TOKEN), LINKS.stop(ACCOUNT), LINKS.confirm("K7QF")]
    readers = [read_tap, read_why, read_stop, read_confirm]
    for number, link in enumerate(made):
        good = [bool(read(SIGNER, signed(link))) for read in readers]
        assert good == [place == number for place in range(4)]
        other = Signer([vault_key(bytes(range(1, 33)))])
        assert not any(read(other, signed(link)) for read in readers)


def test_a_changed_link_is_none() -> None:
    text = signed(LINKS.tap(ACCOUNT, TOKEN))
    for place in range(len(text)):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert read_tap(SIGNER, changed) is None
    for wrong in ("", ".", text[:-1], text + "A", text * 9, "ü", "\ud800", "a" * 10_000):
        assert read_tap(SIGNER, wrong) is None


def test_a_link_fits_a_path_and_names_nobody() -> None:
    link = LINKS.tap(ACCOUNT, TOKEN)
    assert len(signed(link)) <= 200
    assert link.startswith("https://oo.example/mail/tap/")
    assert len(f"List-Unsubscribe: <{LINKS.stop(ACCOUNT)}>") < 200
