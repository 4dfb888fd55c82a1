"""What can be suggested: candidates, what rules them out, the shortlist, and what a written tip may claim."""
