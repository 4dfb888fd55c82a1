"""The space of an embedding model, measured before it is used.

Models differ in the length of their vectors, in how similar they make unrelated texts, and in how similar
they make paraphrases. Probes, a few sentences embedded beside the texts of people, reveal all three: their
mean is the centroid of the space, and the threshold of similarity lies between pairs that are paraphrases and
pairs that are not. They also identify the model, because the model behind an alias may be replaced unnoticed.
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
from core.ports import Embedded
from core.records import HASHED

Rows = npt.NDArray[np.float64]

PROJECTED_DIM = 64
"""Dimension of stored vectors. Cosines are off by at most about 0.1, less for texts that are similar."""

MAX_CHARS = 160
"""How much of a text is embedded: the maximum length of a first line."""

MIN_SIMILARITY_THRESHOLD = 0.65
"""Lower bound for the measured threshold."""

CENTROID_TOLERANCE = 0.1
"""Distance between two centroids, relative to the length of the first, up to which the model is the same."""

PARAPHRASE_PAIRS = (
    ("Take a short walk around the block.", "Go outside and move your legs for a few minutes."),
    ("Drink a glass of water.", "You may be thirsty: have something to drink."),
    ("Pay the electricity bill.", "Settle what you owe for power."),
    ("Call your mother.", "Give Mum a ring."),
    ("Tidy your desk.", "Clear the table that you work at."),
    ("Write the report for the meeting.", "Prepare the paper that will be discussed."),
)
"""Pairs of paraphrases."""

PROBES = tuple(chain.from_iterable(PARAPHRASE_PAIRS))

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The space in which a model embeds texts."""

    name: str
    """Unique: the model and a digest of the centroid."""

    model: str = ""
    """The model's name and the length of its vectors."""

    similarity_threshold: float = 1.0
    """The cosine from which two texts count as paraphrases."""

    centroid: tuple[float, ...] = ()
    """(PROJECTED_DIM,): the mean of the probes."""

    def is_same_model(self, other: Space) -> bool:
        """Whether both were measured on one model. GPUs do not reproduce vectors exactly."""
        if self.model != other.model or len(self.centroid) != len(other.centroid):
            return False
        ours, theirs = np.array(self.centroid), np.array(other.centroid)
        return bool(np.linalg.norm(ours - theirs) <= CENTROID_TOLERANCE * np.linalg.norm(ours))

    def project(self, embedded: Embedded) -> list[tuple[float, ...]]:
        """The stored vector (PROJECTED_DIM,) of each text: its direction from the centroid, on the grid.

        Raises ``LanguageModelUnavailable`` for vectors of another model.
        """
        if model_id(embedded) != self.model:
            raise LanguageModelUnavailable("vectors of another model")
        rows = directions(_projected(embedded) - np.array(self.centroid))
        return [tuple(row) for row in on_grid(rows).tolist()]


HASHED_SPACE = Space(name=HASHED)
"""The space without an embedding model: texts are compared by their words (``core/embeddings/hashed.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEmbeddings:
    """The vectors of a decision's texts in the space that is in use."""

    space: str = HASHED
    similarity_threshold: float = 1.0
    vectors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By ``digest`` of the text, each (PROJECTED_DIM,)."""

    def rows(self, texts: Sequence[str]) -> Rows:
        """The vectors (k, PROJECTED_DIM) of ``texts``; zeros for those that are not embedded."""
        zeros = (0.0,) * PROJECTED_DIM
        found = [self.vectors.get(digest(text), zeros) for text in texts]
        return np.array(found, dtype=np.float64).reshape(-1, PROJECTED_DIM)


def measure(probes: Embedded) -> Space:
    """The space in which ``PROBES`` were embedded.

    Its threshold is the mean of two cosines: the median over pairs of paraphrases, and the maximum over all
    other pairs. Raises ``LanguageModelUnavailable`` if the first is not larger.
    """
    projected = _projected(probes)
    centroid = projected.mean(axis=0)
    rows = directions(projected - centroid)
    cosines = rows @ rows.T
    pairs = np.arange(len(rows)) // 2
    of_paraphrases = float(np.median(np.diagonal(cosines, 1)[::2]))
    of_others = float(cosines[pairs[:, None] != pairs].max())
    if not of_paraphrases > of_others:
        raise LanguageModelUnavailable("its vectors don't tell what means the same")
    model = model_id(probes)
    mark = hashlib.sha256(centroid.astype("<f8").tobytes()).hexdigest()[:8]
    return Space(
        name=f"{model}/{mark}",
        model=model,
        similarity_threshold=max(MIN_SIMILARITY_THRESHOLD, (of_paraphrases + of_others) / 2),
        centroid=tuple(centroid.tolist()),
    )


def model_id(embedded: Embedded) -> str:
    """The model's name and the length of its vectors."""
    return f"{embedded.model}/{len(embedded.vectors[0])}"


def digest(text: str) -> str:
    """A one-way key of a text. Case and numbers are ignored: "12 open tasks"."""
    plain = _NUMBERS.sub("0", truncated(text).casefold())
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:32]


def truncated(text: str) -> str:
    """The part of a text that is embedded."""
    return " ".join(text[:MAX_CHARS].split())


def directions(rows: Rows) -> Rows:
    """``rows`` (k, n) scaled to length 1; rows of zeros stay zeros."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled: Rows = rows / np.where(lengths > 0, lengths, 1.0)
    return scaled


def _projected(embedded: Embedded) -> Rows:
    """The directions of vectors (k, n) as (k, PROJECTED_DIM), cosines nearly preserved: X S / sqrt(d).

    S (n, d) has random signs, as in Achlioptas, "Database-friendly random projections" (2003). They are drawn
    from the model's name, so they never change.
    """
    rows = directions(_scaled(np.array(embedded.vectors, dtype=np.float64)))
    bits = hashlib.shake_256(model_id(embedded).encode()).digest(rows.shape[1] * PROJECTED_DIM // 8)
    signs = np.unpackbits(np.frombuffer(bits, dtype=np.uint8)).reshape(-1, PROJECTED_DIM) * 2.0 - 1.0
    projected: Rows = rows @ signs / np.sqrt(PROJECTED_DIM)
    return projected


def _scaled(rows: Rows) -> Rows:
    """Rows divided by their largest number, so that squares neither overflow nor vanish."""
    largest = np.abs(rows).max(axis=1, keepdims=True)
    scaled: Rows = rows / np.where(largest > 0, largest, 1.0)
    return scaled
