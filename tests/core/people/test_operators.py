"""Who is an operator by the configuration."""

from __future__ import annotations

from core.people.operators import Operators, parse_operators
from core.ports import ProvenIdentity
from tests.rows import each_of

ISSUER = "https://id.example"
LISTED = parse_operators(" 42 , auth0|7,, ann@example.org,email: Bob@Example.org ,EMAIL:İ@example.org")


def somebody(subject: str, email: str | None = None) -> ProvenIdentity:
    return ProvenIdentity(issuer=ISSUER, subject=subject, email=email)


@each_of(
    [
        ("42", None, "42"),
        ("auth0|7", None, "auth0|7"),
        ("ann@example.org", None, "ann@example.org"),
        ("1", "bob@example.org", "email:bob@example.org"),
        ("1", "BOB@EXAMPLE.ORG", "email:bob@example.org"),
        ("42", "bob@example.org", "42"),
        ("4", None, None),
        ("42 ", None, None),
        ("", None, None),
        ("1", "ann@example.org", None),
        ("bob@example.org", None, None),
        ("email:bob@example.org", None, None),
        ("email:bob@example.org", "eve@example.org", None),
        ("1", "i\u0307@example.org", None),
        ("1", "bob@example.org.evil", None),
        ("1", "", None),
    ]
)
def test_somebody_is_an_operator_by_subject_or_by_verified_address(
    subject: str, email: str | None, expected: str | None
) -> None:
    assert LISTED.named(somebody(subject, email)) == expected


def test_addresses_are_asked_for_only_where_one_is_listed() -> None:
    assert LISTED.by_email
    assert not parse_operators("42,ann@example.org").by_email


def test_nobody_is_an_operator_unless_configured() -> None:
    for nobody in (Operators(), parse_operators(""), parse_operators(" , ,")):
        assert nobody.named(somebody("42", "ann@example.org")) is None
        assert not nobody.by_email
