"""``oo simulate``: the production code on a virtual clock, among synthetic people whose minds are known.

``people`` holds what each is like and how likely each answer is, ``life`` what they do all day, ``phones`` is
the channel between them and oO. ``judge`` is a language model that plays them, by what ``portrait`` says of
them. ``run`` moves the clock from one moment of work to the next, ``report`` says how well oO did, ``words``
prints it.
"""
