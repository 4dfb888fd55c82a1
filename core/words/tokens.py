"""The argument of ``/token``: ``new laptop read``, ``revoke laptop``, in each language of oO's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.records import Scope
from core.text import clean
from core.words.phrasebooks.books import requests

MAX_TYPED = 200
"""Code points of the argument that are read."""

_NEW, _REVOKE = requests.words("NEW_ACCESS"), requests.words("REVOKE_ACCESS")

READ = frozenset({Scope.TASKS_READ, Scope.DECISIONS, Scope.PREFERENCES_READ})
"""What *read* means: nothing can be changed with it."""
WRITE = READ | {Scope.TASKS_WRITE, Scope.TIPS, Scope.PREFERENCES_WRITE}
"""What *write* means: everything that the buttons in the chat do."""
ALL = WRITE | {Scope.EVENTS_READ, Scope.EXPORT}
"""What *all* means. To delete everything is never meant by it."""

_SETS = {
    READ: requests.words("ACCESS_TO_READ"),
    WRITE: requests.words("ACCESS_TO_WRITE"),
    ALL: requests.words("ACCESS_TO_ALL"),
}
_BY_WORD = {word: scopes for scopes, words in _SETS.items() for word in words} | {
    scope.value: frozenset({scope}) for scope in Scope
}
_JOINING = requests.words("AND") | {"+", ","}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """What is wanted."""

    kind: Literal["list", "new", "revoke"]
    name: str = ""
    scopes: frozenset[Scope] = frozenset()
    """Of a new one; empty if it was not said."""


def parse_token(argument: str) -> TokenWish:
    """What the argument asks for. What it begins with neither of, is the name of a new token."""
    words = clean(argument, MAX_TYPED).replace(",", " , ").split()
    if not words:
        return TokenWish(kind="list")
    first = words[0].casefold()
    if first in _REVOKE:
        return TokenWish(kind="revoke", name=" ".join(words[1:]))
    return _new(words[1:] if first in _NEW else words)


def scopes_named(word: str) -> frozenset[Scope]:
    """The scopes that a word means; empty for any other."""
    return _BY_WORD.get(word.casefold(), frozenset())


def _new(words: list[str]) -> TokenWish:
    """The words at the end are scopes, as long as one is left for the name."""
    name, scopes = list(words), frozenset[Scope]()
    while len(name) > 1 and (name[-1].casefold() in _BY_WORD or name[-1].casefold() in _JOINING):
        scopes |= _BY_WORD.get(name.pop().casefold(), frozenset())
    return TokenWish(kind="new", name=" ".join(name), scopes=scopes)
