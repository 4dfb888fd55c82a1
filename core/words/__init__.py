"""Text that people type, parsed by rules: commands, settings, tasks and intents.

All functions are pure: text in, records (or ``BadInput``) out; the time and the person's zone are arguments.
``dates`` parses dates, times and recurrences.

Tests: tests/core/words/test_understand.py, tests/core/words/test_wishes.py.
"""
