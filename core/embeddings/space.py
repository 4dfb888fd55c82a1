"""The space of an embedder: what its vectors say to oO. It is measured before it is used.

Models differ in the length of their vectors, in how near they put texts that have nothing in common, and in
how near those that mean the same. A few sentences of oO's own, embedded beside what is asked, tell all three:
their mean is where the space has its middle, and between pairs that mean the same and pairs that don't lies
where the same meaning begins. They are also how a model is known again: behind an alias it may be exchanged
without a word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from core.bandit.grid import on_grid
from core.errors import LanguageModelUnavailable
from core.model import HASHED
from core.ports import Embedded

Rows = npt.NDArray[np.float64]

KEPT = 64
"""Numbers that are kept of a text: cosines come out within ± 0.1, closer the nearer the texts are."""

READ = 160
"""So many characters of a text count: as long as a first line may be."""

NEVER_SAME = 0.65
"""However a model is measured, texts less alike than this don't mean the same."""

MOVED = 0.1
"""A middle that lies farther off than this share of its length is that of another model."""

SAME = (
    ("Take a short walk around the block.", "Go outside and move your legs for a few minutes."),
    ("Drink a glass of water.", "You may be thirsty: have something to drink."),
    ("Pay the electricity bill.", "Settle what you owe for power."),
    ("Call your mother.", "Give Mum a ring."),
    ("Tidy your desk.", "Clear the table that you work at."),
    ("Write the report for the meeting.", "Prepare the paper that will be discussed."),
)
"""Pairs that mean the same, in other words."""

PROBES = tuple(chain.from_iterable(SAME))

_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Where texts lie: from the cosine ``near`` two mean the same, ``middle`` (KEPT,) is the probes' mean.

    ``model`` is the embedder's name and the length of its vectors, ``name`` tells it from others of that
    name.
    """

    name: str
    model: str = ""
    near: float = 1.0
    middle: tuple[float, ...] = ()

    def is_that_of(self, other: Space) -> bool:
        """Whether both were measured on one model; figures of a GPU differ a little every time."""
        if self.model != other.model or len(self.middle) != len(other.middle):
            return False
        ours, theirs = np.array(self.middle), np.array(other.middle)
        return bool(np.linalg.norm(ours - theirs) <= MOVED * np.linalg.norm(ours))

    def place(self, embedded: Embedded) -> list[tuple[float, ...]]:
        """The small vector (KEPT,) of each text: its direction from the middle, at length 1, on the grid.

        Raises ``LanguageModelUnavailable`` for vectors of another model.
        """
        if named(embedded) != self.model:
            raise LanguageModelUnavailable("vectors of another model")
        rows = directions(_projected(embedded) - np.array(self.middle))
        return [tuple(row) for row in on_grid(rows).tolist()]


WORDS = Space(name=HASHED)
"""Where there is no embedder: texts are compared by their words (``core/embeddings/hashed.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEmbeddings:
    """The texts of one decision in the space that is in use: small vectors by the digest of the text."""

    space: str = HASHED
    near: float = 1.0
    vectors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def rows(self, texts: Sequence[str]) -> Rows:
        """The small vectors (k, KEPT) of ``texts``; those that are not known are 0."""
        nowhere = (0.0,) * KEPT
        found = [self.vectors.get(digest(text), nowhere) for text in texts]
        return np.array(found, dtype=np.float64).reshape(-1, KEPT)


def measure(probes: Embedded) -> Space:
    """The space in which ``PROBES`` were embedded.

    Raises ``LanguageModelUnavailable`` if the model can't tell what means the same.
    """
    placed = _projected(probes)
    middle = placed.mean(axis=0)
    rows = directions(placed - middle)
    alike = rows @ rows.T
    pairs = np.arange(len(rows)) // 2
    same = np.diagonal(alike, 1)[::2]
    usual, highest = float(np.median(same)), float(alike[pairs[:, None] != pairs].max())
    if not usual > highest:
        raise LanguageModelUnavailable("its vectors don't tell what means the same")
    model = named(probes)
    mark = hashlib.sha256(middle.astype("<f8").tobytes()).hexdigest()[:8]
    near = max(NEVER_SAME, (usual + highest) / 2)
    return Space(name=f"{model}/{mark}", model=model, near=near, middle=tuple(middle.tolist()))


def named(embedded: Embedded) -> str:
    """The model's name and the length of its vectors."""
    return f"{embedded.model}/{len(embedded.vectors[0])}"


def digest(text: str) -> str:
    """The name of a text, from which it can't be read. Case and figures don't matter: "12 open tasks"."""
    plain = _FIGURES.sub("0", shortened(text).casefold())
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:32]


def shortened(text: str) -> str:
    """As much of a text as is embedded."""
    return " ".join(text[:READ].split())


def directions(rows: Rows) -> Rows:
    """``rows`` (k, n) at length 1; those of nothing stay 0."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled: Rows = rows / np.where(lengths > 0, lengths, 1.0)
    return scaled


def _projected(embedded: Embedded) -> Rows:
    """The directions of vectors (k, n) in KEPT dimensions, cosines kept nearly as they are.

    Random signs as in Achlioptas, "Database-friendly random projections" (2003), drawn from the model's name:
    the same on every machine, for good.
    """
    rows = directions(_scaled(np.array(embedded.vectors, dtype=np.float64)))
    bits = hashlib.shake_256(named(embedded).encode()).digest(rows.shape[1] * KEPT // 8)
    signs = np.unpackbits(np.frombuffer(bits, dtype=np.uint8)).reshape(-1, KEPT) * 2.0 - 1.0
    projected: Rows = rows @ signs / np.sqrt(KEPT)
    return projected


def _scaled(rows: Rows) -> Rows:
    """Rows whose squares neither overflow nor vanish."""
    largest = np.abs(rows).max(axis=1, keepdims=True)
    scaled: Rows = rows / np.where(largest > 0, largest, 1.0)
    return scaled
