"""How fast, how big: ``make bench`` prints one table. Figures are goals of the project, never timed
tests.
"""

import bot  # first of all: as oO runs, with one thread of BLAS

__all__ = ["bot"]
