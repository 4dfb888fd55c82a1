"""What people type, understood without a language model.

Pure functions: text in, records from ``core.model`` (or ``BadInput``) out; the time and the person's zone are
arguments. Dates and recurrences have a grammar of their own, in three languages: vocabulary (``vocabulary``,
``sentence``), shapes (``amounts``, ``times``, ``days``, ``repeats``), and what may be a date (``dated``).
"""
