"""A person's to-dos, their own and those mirrored from outside."""
