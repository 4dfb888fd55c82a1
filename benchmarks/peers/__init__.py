"""`make bench-peers`: oO's policy beside the bandits of other libraries, in latency and in reward."""
