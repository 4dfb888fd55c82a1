"""Type aliases for NumPy arrays, declared once for the whole core. Docstrings state the shapes.

Tests: tests/core/bandit/test_statistics.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
"""Numbers, in any number of dimensions."""

Vector = FloatArray
"""Numbers in one dimension, (n,)."""

Matrix = FloatArray
"""Numbers in two dimensions, (n, m)."""

Indices = npt.NDArray[np.int64]
"""Positions or counts, (n,)."""

Flags = npt.NDArray[np.bool_]
"""True or false per element."""
