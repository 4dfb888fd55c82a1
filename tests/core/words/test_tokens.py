"""What is typed after /token."""

from __future__ import annotations

import pytest

from core.records import Scope
from core.words.tokens import ALL, READ, WRITE, parse_token, scopes_named


@pytest.mark.parametrize(
    ("typed", "name", "scopes"),
    [
        ("new laptop read", "laptop", READ),
        ("laptop read", "laptop", READ),
        ("new laptop", "laptop", frozenset()),
        ("New My Laptop WRITE", "My Laptop", WRITE),
        ("new read", "read", frozenset()),
        ("new read read", "read", READ),
        ("new laptop tasks:read tips", "laptop", {Scope.TASKS_READ, Scope.TIPS}),
        ("new laptop tasks:read, delete", "laptop", {Scope.TASKS_READ, Scope.DELETE}),
        ("new laptop read and delete", "laptop", READ | {Scope.DELETE}),
        ("neu Rechner lesen", "Rechner", READ),
        ("neues Rechner lesen und schreiben", "Rechner", WRITE),
        ("nouveau portable tout", "portable", ALL),
        ("créer portable lire et écrire", "portable", WRITE),
        ("nuevo portátil todo", "portátil", ALL),
        ("new la\u200bptop\n read", "laptop", READ),
        ("new", "", frozenset()),
    ],
)
def test_a_new_token_is_named_and_says_what_it_is_good_for(
    typed: str, name: str, scopes: frozenset[Scope]
) -> None:
    wish = parse_token(typed)

    assert (wish.kind, wish.name, wish.scopes) == ("new", name, scopes)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("revoke laptop", "laptop"),
        ("REMOVE my laptop", "my laptop"),
        ("widerrufen Rechner", "Rechner"),
        ("révoquer portable", "portable"),
        ("borrar portátil", "portátil"),
        ("revoke", ""),
    ],
)
def test_a_token_is_revoked_by_its_name(typed: str, name: str) -> None:
    wish = parse_token(typed)

    assert (wish.kind, wish.name) == ("revoke", name)


@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_nothing_typed_asks_for_the_list(typed: str) -> None:
    assert parse_token(typed).kind == "list"


def test_nothing_but_its_own_word_means_to_delete_everything() -> None:
    assert Scope.DELETE not in READ | WRITE | ALL


def test_a_word_names_scopes_or_none() -> None:
    assert scopes_named("Read") == READ
    assert scopes_named("moon") == frozenset()
