"""Who did what to whom, and who read whom; written here, read by investigators only."""
