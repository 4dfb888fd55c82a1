"""Who may open the operator's page: identities that the configuration names.

A subject is safer than an e-mail address: a provider never gives it to somebody else, and nobody can choose
it. An address counts only if the provider says that it was verified, and whoever owns the address later is
then the operator.

Tests: tests/core/people/test_operators.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.ports import ProvenIdentity

EMAIL = "email:"
"""What begins an entry that is an address. Everything else is a subject, whatever is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operators:
    """The configured operators."""

    names: frozenset[str] = field(default_factory=frozenset)
    """Subjects, and addresses after ``email:`` in lower case."""

    @property
    def by_email(self) -> bool:
        """Whether addresses have to be asked for."""
        return any(name.startswith(EMAIL) for name in self.names)

    def named(self, identity: ProvenIdentity) -> str | None:
        """The entry that makes ``identity`` an operator; None if there is none."""
        if identity.subject in self.names and not identity.subject.startswith(EMAIL):
            return identity.subject
        address = EMAIL + _folded(identity.email) if identity.email else ""
        return address if address in self.names else None


def parse_operators(text: str) -> Operators:
    """The entries of a list with commas between them."""
    entries = filter(None, map(str.strip, text.split(",")))
    return Operators(names=frozenset(map(_entry, entries)))


def _entry(text: str) -> str:
    is_email = text.lower().startswith(EMAIL)
    return EMAIL + _folded(text[len(EMAIL) :]) if is_email else text


def _folded(address: str) -> str:
    """Only ASCII letters lose their case: another rule might make one address of two."""
    return "".join(char.lower() if char.isascii() else char for char in address.strip())
