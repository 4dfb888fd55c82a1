"""A language model answers: it converses, proposes, remembers and splits tasks."""
