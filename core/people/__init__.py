"""Who uses oO: access, linked accounts, preferences, places, export and deletion."""
