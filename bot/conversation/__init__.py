"""What a person says or taps, answered: the router and what it dispatches to."""
