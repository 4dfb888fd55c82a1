"""The languages that oO speaks: which one is active, and the catalogues that hold its sentences.

Each language but English is a folder here, with a gettext catalogue. A catalogue, and the locale data of
babel, are read when somebody first needs them.
"""
