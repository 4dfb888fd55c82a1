"""Tests that go through all there is: every zone and change of its clocks, every city of CLDR.

They take minutes on a busy machine, so ``make unit`` leaves them to ``make test``.
"""
