"""What people say about the beliefs that oO shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CorrectionState(StrEnum):
    """A person's answer to a belief."""

    RIGHT = "right"
    WRONG = "wrong"
    FORGOTTEN = "forgotten"
    WITHDRAWN = "withdrawn"
    """They have taken their answer back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's answer to one belief.

    A wrong belief is corrected by pseudo-observations: ``count`` times, the model learns that ``features``
    earn ``value``. Other answers add none.
    """

    correction_id: str
    person_id: str
    belief: str
    """Code of the belief."""
    state: CorrectionState
    decisions: tuple[str, ...]
    """Ids of the decisions whose rewards the belief rests on."""
    feature_version: str
    features: tuple[float, ...] = ()
    """Mean features (d,) of the tips behind the belief; empty unless it is wrong."""
    value: float = 0.0
    """The reward that the model learns."""
    count: int = 0
    """Number of pseudo-observations; 0 unless the belief is wrong."""
    given_at: datetime
