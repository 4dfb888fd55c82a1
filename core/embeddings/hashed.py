"""Texts as hashed n-grams: similarity of wordings without an embedding model.

It recognises the same words and forms of them, in any language, but no synonyms. Hashes are 32-bit integers,
so a text has the same numbers on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.embeddings.space import MAX_CHARS, TextEmbeddings, directions

HASH_DIM = 1024
"""Dimension for comparing texts: large enough that few n-grams collide."""

SIMILARITY_THRESHOLD = 0.65
"""The cosine from which texts count as paraphrases; measured in ``tests/core/embeddings/test_hashed.py``."""

NO_EMBEDDINGS = TextEmbeddings()

_LONG_WORDS = re.compile(r"[^\W_]{4,}")  # short words and figures say little: "the", "for", "12"
_SPACE, _NEWLINE = ord(" "), ord("\n")  # both precede all letters
_MIX, _FINAL_MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # constants of Knuth and of MurmurHash
_ONE_BIT, _HALF_WORD = np.uint32(1), np.uint32(16)

Rows = npt.NDArray[np.float64]


def embed(texts: Sequence[str], width: int) -> Rows:
    """``texts`` as (k, width): each trigram of letters adds 1 or -1 to one place. 0 for no words.

    Signed feature hashing as in Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML
    2009): the product of two rows is an unbiased estimate, for any width.
    """
    letters = np.array([_as_lines(texts)]).view(np.uint32)
    left, middle, right = letters[:-2], letters[1:-1], letters[2:]
    hashed = _avalanche((left * _MIX + middle) * _MIX + right)
    signs = np.where(middle > _SPACE, (hashed & _ONE_BIT) * 2.0 - 1.0, 0.0)  # not across words or texts
    places = np.cumsum(middle == _NEWLINE) * width + (hashed >> _ONE_BIT) % np.uint32(width)
    sums = np.bincount(places, signs, len(texts) * width)
    return sums.astype(np.float64, copy=False).reshape(-1, width)


def are_paraphrases(
    texts: Sequence[str], earlier: Sequence[str], embeddings: TextEmbeddings = NO_EMBEDDINGS
) -> list[bool]:
    """For each of ``texts``, whether it is a paraphrase of one of ``earlier``.

    It is if the wording is similar, or if both have ``embeddings`` and these are similar.
    """
    if not texts or not earlier:
        return [False] * len(texts)
    wordings = directions(embed(texts, HASH_DIM)) @ directions(embed(earlier, HASH_DIM)).T
    meanings = embeddings.rows(texts) @ embeddings.rows(earlier).T
    similar = (wordings >= SIMILARITY_THRESHOLD) | (meanings >= embeddings.similarity_threshold)
    return [text in earlier or bool(row.any()) for text, row in zip(texts, similar, strict=True)]


def _as_lines(texts: Sequence[str]) -> str:
    """A line for each text: its longer words in lower case, with a space on either side of each."""
    lines = [" ".join(_LONG_WORDS.findall(text[:MAX_CHARS].lower())) for text in texts]
    return " " + " \n ".join(lines) + " "


def _avalanche(hashed: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Makes every bit depend on all letters (the finaliser of MurmurHash)."""
    hashed = (hashed ^ (hashed >> _HALF_WORD)) * _FINAL_MIX
    return hashed ^ (hashed >> _HALF_WORD)
