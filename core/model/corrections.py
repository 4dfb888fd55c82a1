"""What people say of what oO believes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CorrectionState(StrEnum):
    """What a person said of a belief, as long as they have not taken it back."""

    RIGHT = "right"
    WRONG = "wrong"
    FORGOTTEN = "forgotten"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's own word on what oO believes of them. ``belief`` is its code, ``decisions`` those whose
    rewards it rests on.

    *Wrong* teaches ``count`` times that the mean tip behind the belief, ``features``, earns ``value``. Right
    and forgotten ones teach nothing: they have no features and count 0.
    """

    correction_id: str
    person_id: str
    belief: str
    state: CorrectionState
    decisions: tuple[str, ...]
    feature_version: str
    features: tuple[float, ...] = ()
    value: float = 0.0
    count: int = 0
    given_at: datetime
