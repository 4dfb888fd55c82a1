"""What is learned: statistics of the bandit, corrections, embeddings.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Double, Index, Integer, LargeBinary, Text, false

from adapters.storage.columns import person, personal, plain
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment, Vector, Word
from core import records

table = grouped("oo_learning")

statistics = table(
    "statistics",
    plain("scope", Text(), primary_key=True),
    person(nullable=True, unique=True),
    personal("statistics", LargeBinary()),
)

corrections = table(
    "corrections",
    personal("correction_id", Text(), primary_key=True),
    person(),
    personal("belief", Text()),
    personal("state", Word(records.CorrectionState)),
    personal("decisions", Json(tuple[str, ...])),
    plain("feature_version", Text()),
    # The mean over the decisions, which are exported.
    plain("features", Vector()),
    personal("value", Double()),
    personal("count", Integer()),
    personal("given_at", Moment()),
    Index("corrections_person", "person_id", "given_at"),
)

# The embedding space in use, and earlier ones.
spaces = table(
    "spaces",
    plain("name", Text(), primary_key=True),
    plain("model", Text()),
    plain("near", Double(), key="similarity_threshold"),
    plain("middle", Vector(), key="centroid"),
    plain("in_use", Boolean(), server_default=false()),
)

embeddings = table(
    "embeddings",
    plain("scope", Text(), primary_key=True),
    plain("space", Text(), primary_key=True),
    plain("digest", Text(), primary_key=True),
    # None: a text of oO's own.
    person(nullable=True),
    # Computed from texts, which are exported.
    plain("vector", Vector()),
    personal("made_at", Moment()),
    Index("embeddings_person", "person_id"),
    Index("embeddings_made", "made_at"),
)
