"""Phrasebooks: what people say in one language, as data; a folder for each language.

Each has the same modules with the same constants; those of ``en`` say what each constant is for. They hold no
code, so that somebody who speaks the language can read and extend them. They are Python modules, because the
core reads no files (docs/decisions/0032). ``books`` reads all of them together.
"""
