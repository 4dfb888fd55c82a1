"""The command line: serve, chat, doctor, plan, promote, and what the operator does."""
