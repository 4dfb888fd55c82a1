"""What can be suggested: candidates, what excludes them, the shortlist, facts, and what tips may claim."""
