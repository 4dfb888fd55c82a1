"""The person's pages.

Tests: tests/bot/web/me.
"""
