"""The history of the tables, a file for each step; ``adapters/storage/schema.py`` applies them at start."""
