"""What the language model was used for on one day.

Tests: tests/core/deciding/test_model_use.py.
"""

from __future__ import annotations

from dataclasses import dataclass

MICROS = 1_000_000
"""Micros in one unit of money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Calls, tokens and money. What is reserved for calls under way is included."""

    calls: int = 0
    tokens: int = 0
    """Of prompts and answers."""
    micros: int = 0
    """Money in millionths, in the currency of the configured prices."""
    failures: int = 0
    """Calls that brought no answer. No budget limits them."""

    def plus(self, other: Spending) -> Spending:
        """The sum of both."""
        return Spending(
            calls=self.calls + other.calls,
            tokens=self.tokens + other.tokens,
            micros=self.micros + other.micros,
            failures=self.failures + other.failures,
        )

    def minus(self, other: Spending) -> Spending:
        """The difference of both."""
        negative = {name: -getattr(other, name) for name in Spending.__slots__}
        return self.plus(Spending(**negative))

    def reaches(self, limit: Spending) -> bool:
        """Whether one of the numbers is at least that of ``limit``; 0 there is no limit."""
        pairs = (self.calls, limit.calls), (self.tokens, limit.tokens), (self.micros, limit.micros)
        return any(most and spent >= most for spent, most in pairs)
