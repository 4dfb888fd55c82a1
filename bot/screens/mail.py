"""What is said about e-mail in the chat, and the mails that are no tips.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.languages.active import speaking_to
from bot.screens import texts_mail
from bot.screens.markup import say
from core.chat import Button, Message
from core.people.linking import in_groups
from core.people.mail import Asked, Confirmation, Confirmed
from core.records import Account, Person

ASKED = {
    Asked.SENT: "MAIL_ASKED",
    Asked.ALREADY: "MAIL_ALREADY",
    Asked.TOO_OFTEN: "MAIL_TOO_OFTEN",
    Asked.LATER: "MAIL_LATER",
    Asked.REFUSED: "MAIL_REFUSED",
}
CONFIRMED = {
    Confirmed.DONE: "MAIL_CONFIRMED",
    Confirmed.WRONG: "MAIL_WRONG_CODE",
    Confirmed.TAKEN: "MAIL_TAKEN",
}


def asked(result: Asked, address: str) -> Message:
    """The answer to a wish to get mails at an address."""
    return say(getattr(texts_mail, ASKED[result]), address=address)


def confirmed(outcome: Confirmation) -> Message:
    """The answer to a code."""
    return say(getattr(texts_mail, CONFIRMED[outcome.result]), address=outcome.address)


def state(account: Account) -> Message:
    """The line of /connect."""
    sentence = texts_mail.MAIL_STATE if account.reachable else texts_mail.MAIL_STATE_ENDED
    return say(sentence, address=account.address)


def ended(account: Account, person: Person, *, by_link: bool) -> Message:
    """Says that nothing goes to an address any more, in the language of the person."""
    with speaking_to(person):
        sentence = texts_mail.MAIL_UNSUBSCRIBED if by_link else texts_mail.MAIL_BOUNCED
        return say(sentence, address=account.address)


class ChatLetters:
    """The mails to an address that is not confirmed yet, in the active language."""

    def __init__(self, link: Callable[[str], str]) -> None:
        """``link`` makes the address of the page that confirms a code."""
        self._link = link

    def confirm(self, code: str) -> Message:
        """Asks to confirm, by a link or by the code."""
        button = Button(label=texts_mail.LETTER_YES, verb="open", url=self._link(code))
        return say(texts_mail.LETTER_CONFIRM, (button,), code=in_groups(code))

    def taken(self) -> Message:
        """Says that the address is somebody's already."""
        return say(texts_mail.LETTER_TAKEN)
