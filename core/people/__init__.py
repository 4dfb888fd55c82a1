"""The people oO talks to: access, linked accounts, preferences, places, export and deletion."""
