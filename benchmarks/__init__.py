"""Latency and memory: ``make bench`` prints one table. Its goals are not tests; tests never measure time."""

import bot  # first: like oO itself, it limits BLAS to one thread

__all__ = ["bot"]
