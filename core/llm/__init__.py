"""Reading a language model's answer: its thinking and its JSON."""
