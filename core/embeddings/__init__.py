"""Texts as vectors: hashed n-grams, and the measured space of an embedding model."""
