"""The guide's own table of results, and the people behind it."""
