"""Deterministic simulation (T4): several replicas of the whole oO on one database, on a virtual clock, in one
process and one event loop, with a seeded nemesis.

``python -m tests.nemesis --seed 1 --years 1`` runs one seed after the other until so many years of a person
are simulated. Equal seeds give equal runs. What differs from production: the database is SQLite, so one
transaction writes at a time, and signs of life are given more seldom, as their lease lasts longer.

Tests: tests/scenarios/test_nemesis.py.
"""
