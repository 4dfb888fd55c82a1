"""Dates, times and recurrences in the sentences of all languages that have a phrasebook.

A sentence is first brought into a *normal form*: lower-case English words and digits, in which *Freitag*,
*vendredi* and *fri* are all ``friday`` (``vocabulary``, ``normal_form``, ``word_context``, ``sentence``). All
patterns use the normal form. A few of its words are not English, since no English one means the same: *le*
and *zum* before a date, *vor* (before, or ago), *dici* (by), *uhr*, *halb*. The words of each language are in
the phrasebooks; here are:

- ``own_words``: the words of a language that came later, which are read only in its sentences (Spanish);
- ``patterns``: a pattern with the function that reads it;
- ``amounts``, ``times``, ``days``, ``month_days``, ``recurrences``: the patterns of each kind;
- ``phrases``: finds the longest phrases that mean one time;
- ``objections``, ``continuations``, ``extract``: decide whether such a phrase is the date of a task;
- ``resolve``: a phrase becomes a date, a time and a recurrence rule (``rrules``);
- ``moments``: instants for snoozes and pauses; ``clock``: times of day in settings.

Tests: tests/core/words/dates, tests/core/words/test_reported.py, tests/core/words/test_tasks.py.
"""
