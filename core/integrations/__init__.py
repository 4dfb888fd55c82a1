"""Connections to services outside oO: their states, and their tokens."""
