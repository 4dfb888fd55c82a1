"""``oo simulate``: the production code on a virtual clock, with synthetic people whose preferences are known.

``people``: what each person is like, and the probability of each response to a tip. ``simulated_person``:
what they do all day. ``channel``: the channel between them and oO. ``judge``: a language model that plays
them, given the description in ``persona_prompt``. ``run``: moves the clock from event to event. ``report``:
how well oO did. ``words``: prints the report.

Tests: tests/bot/test_simulate.py,
tests/bot/test_simulate_judge.py,
tests/bot/test_simulate_judged.py,
tests/bot/test_simulate_situations.py.
"""
