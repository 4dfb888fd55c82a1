"""How fast, how big: ``make bench`` prints one table. Figures are goals of the project, never timed
tests.
"""
