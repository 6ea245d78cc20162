"""Which rows are about the same person, and why."""
