"""The persons, their identifiers and protected addresses."""
