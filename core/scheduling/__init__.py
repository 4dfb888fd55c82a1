"""When oO may write: time zones, quiet hours, slots, availability."""
