"""A text as numbers: hashed n-grams of its words, with which wordings can be compared and learned from.

It hears what is said in the same words or in forms of them, in any language, not synonyms. Hashing is done in
32-bit whole numbers: the same text has the same numbers on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.embeddings.space import READ, TextEmbeddings, directions

WIDTH = 1024
"""Numbers per text where wordings are compared: few n-grams share one."""

SAME_MEANING = 0.65
"""Texts at least this alike mean the same; measured in ``tests/core/embeddings/test_hashed.py``."""

IN_WORDS = TextEmbeddings()
"""No text was embedded."""

_WORDS = re.compile(r"[^\W_]{4,}")  # short ones and figures say little: "the", "for", "12"
_SPACE, _NEXT = ord(" "), ord("\n")  # both come before all letters
_MIX, _STIR = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # odd, bits well spread: Knuth's and Murmur's
_BIT, _HALF = np.uint32(1), np.uint32(16)

Rows = npt.NDArray[np.float64]


def embed(texts: Sequence[str], width: int) -> Rows:
    """``texts`` as (k, width): each three letters in a row add 1 or -1 at one place. Whole numbers; 0 for no
    words.

    Signed feature hashing as in Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML
    2009): products of two rows are right on average, however narrow they are.
    """
    letters = np.array([_spelt(texts)]).view(np.uint32)
    left, middle, right = letters[:-2], letters[1:-1], letters[2:]
    hashed = _stirred((left * _MIX + middle) * _MIX + right)
    signs = np.where(middle > _SPACE, (hashed & _BIT) * 2.0 - 1.0, 0.0)  # not across two words or texts
    places = np.cumsum(middle == _NEXT) * width + (hashed >> _BIT) % np.uint32(width)
    sums = np.bincount(places, signs, len(texts) * width)
    return sums.astype(np.float64, copy=False).reshape(-1, width)


def are_paraphrases(
    texts: Sequence[str], earlier: Sequence[str], placed: TextEmbeddings = IN_WORDS
) -> list[bool]:
    """For each of ``texts``, whether it means the same as one of the ``earlier`` ones: it is worded alike, or
    an embedder, where both are ``placed``, puts them near each other.
    """
    if not texts or not earlier:
        return [False] * len(texts)
    worded = directions(embed(texts, WIDTH)) @ directions(embed(earlier, WIDTH)).T >= SAME_MEANING
    meant = placed.rows(texts) @ placed.rows(earlier).T >= placed.near
    return [text in earlier or bool(row.any()) for text, row in zip(texts, worded | meant, strict=True)]


def _spelt(texts: Sequence[str]) -> str:
    """The longer words of each text, in lower case, a space on either side of each; a line for each text."""
    lines = [" ".join(_WORDS.findall(text[:READ].lower())) for text in texts]
    return " " + " \n ".join(lines) + " "


def _stirred(hashed: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Every bit depends on every letter."""
    hashed = (hashed ^ (hashed >> _HALF)) * _STIR
    return hashed ^ (hashed >> _HALF)
