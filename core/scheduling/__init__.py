"""When: time zones, quiet hours, slots, and whether a person may be disturbed."""
