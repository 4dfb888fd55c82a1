"""The database fails under a running oO: locked, on a full disk, gone or damaged, read-only."""
