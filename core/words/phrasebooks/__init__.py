"""Phrasebooks: what people say in one language, as data; a folder for each language.

``times`` has its words for dates and times, ``talk`` what people say to oO, ``wishes`` how they wish for a
task, ``requests`` what they ask oO to do with a task. They hold no code, so that somebody who speaks the
language can read and extend them. They are Python modules, because the core reads no files
(docs/decisions/0032). English, German and French are still in the modules that use them.
"""
