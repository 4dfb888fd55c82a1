"""How oO chooses: policies that give every candidate its probability, and the linear model they read.

``statistics`` holds what was learned, exactly; ``linear`` turns it into weights; a ``policy`` turns features
and weights into a distribution, from which ``draw`` takes one candidate. ``choose`` joins them for one
decision and ``replay`` proves from the log that it was so.

A stronger engine is one more class with the four members of ``policy.Policy`` and one more line in
``policies``.
"""
