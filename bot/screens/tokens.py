"""Personal tokens as messages.

Tests: tests/scenarios/test_tokens.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.screens import texts_tokens as words
from bot.screens.dates import at_moment
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.people.tokens import SECRET_TTL, NewToken
from core.records import ApiToken, Person, Scope
from core.scheduling.timezones import zone_of


def overview(tokens: Sequence[ApiToken], person: Person, now: datetime) -> Message:
    """The person's tokens with a button to revoke each."""
    if not tokens:
        return say(words.NONE)
    lines = (_line(one, person, now) for one in tokens)
    return join(say(words.LIST), *lines, say(words.MORE))


def _line(token: ApiToken, person: Person, now: datetime) -> Message:
    used = words.UNUSED
    if token.used_at:
        used = words.USED.format(when=at_moment(token.used_at, now, zone_of(person)))
    label = words.REVOKE.format(name=token.name)
    revoke = (Button(label=label, verb="token_revoke", arg=token.token_id),)
    return say(words.LINE, revoke, name=token.name, scopes=scope_words(token.scopes), used=used)


def scope_words(scopes: Iterable[Scope]) -> str:
    """What a token is good for."""
    return ", ".join(words.SCOPES[scope.value] for scope in scopes)


def ask_scopes(name: str) -> Message:
    """Ask what a new token is to be good for."""
    labels = {"read": words.READ, "write": words.WRITE, "all": words.ALL}
    buttons = tuple(
        Button(label=label, verb="token_make", arg=f"{word} {name}") for word, label in labels.items()
    )
    return say(words.ASK, buttons, name=name)


def chosen(token: ApiToken) -> Message:
    """In place of the question what it is to be good for."""
    return say(words.CHOSEN, name=token.name, scopes=scope_words(token.scopes))


def made(new: NewToken, *, can_hide: bool) -> Message:
    """Show the secret of a new token; ``can_hide``: in a chat where it can be hidden later."""
    scopes = scope_words(new.token.scopes)
    shown = say(words.MADE, name=new.token.name, secret=new.secret, scopes=scopes)
    if not can_hide:
        return shown
    hide = (Button(label=words.HIDE, verb="token_hide", arg=new.token.token_id),)
    return join(shown, say(words.SHORT_LIVED, hide, minutes=SECRET_TTL // timedelta(minutes=1)))


def hidden(token: ApiToken) -> Message:
    """In place of a secret."""
    return say(words.HIDDEN, name=token.name)


def revoked(name: str) -> Message:
    """The token of that name is revoked."""
    return say(words.REVOKED, name=name)
