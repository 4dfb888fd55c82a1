"""The signed links in mails: what a button does, the end of all mails, the confirmation of an address.

A link names an account by its id, and holds nothing personal. Its signature is the right to what it does.

Tests: tests/core/people/test_mail_links.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from core.signing import Signer

TAP_PATH = "/mail/tap"
WHY_PATH = "/mail/why"
STOP_PATH = "/mail/stop"
CONFIRM_PATH = "/mail/confirm"

_TAP, _WHY, _STOP, _CONFIRM = "mail tap", "mail why", "mail stop", "mail confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapLink:
    """A button in a mail, or the tip that a mail is about."""

    account_id: str
    token: str
    """Of the button; or the id of the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLinks:
    """Makes links and reads them."""

    signer: Signer
    root: str
    """Where browsers reach oO, without a slash at the end."""

    def tap(self, account_id: str, token: str) -> str:
        """The page that asks whether to tap a button."""
        payload = json.dumps([account_id, token]).encode()
        return f"{self.root}{TAP_PATH}/{self.signer.sign(_TAP, payload)}"

    def why(self, account_id: str, decision_id: str) -> str:
        """The page that explains a tip."""
        payload = json.dumps([account_id, decision_id]).encode()
        return f"{self.root}{WHY_PATH}/{self.signer.sign(_WHY, payload)}"

    def stop(self, account_id: str) -> str:
        """The page that asks whether to end all mails; a POST does it at once."""
        return f"{self.root}{STOP_PATH}/{self.signer.sign(_STOP, account_id.encode())}"

    def confirm(self, code: str) -> str:
        """The page that asks whether to confirm an address."""
        return f"{self.root}{CONFIRM_PATH}/{self.signer.sign(_CONFIRM, code.encode())}"


def read_tap(signer: Signer, signed: str) -> TapLink | None:
    """None if oO did not make that link."""
    return _pair(_verified(signer, _TAP, signed))


def read_why(signer: Signer, signed: str) -> TapLink | None:
    """The account, and the decision as its ``token``; None if oO did not make that link."""
    return _pair(_verified(signer, _WHY, signed))


def _pair(payload: str | None) -> TapLink | None:
    if payload is None:
        return None
    account_id, token = json.loads(payload)
    return TapLink(account_id=account_id, token=token)


def read_stop(signer: Signer, signed: str) -> str | None:
    """The id of the account; None if oO did not make that link."""
    return _verified(signer, _STOP, signed)


def read_confirm(signer: Signer, signed: str) -> str | None:
    """The code; None if oO did not make that link."""
    return _verified(signer, _CONFIRM, signed)


def _verified(signer: Signer, purpose: str, signed: str) -> str | None:
    payload = signer.verify(purpose, signed)
    return payload.decode() if payload is not None else None
