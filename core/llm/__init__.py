"""What a language model answers, read as it was meant: its thinking, its JSON."""
