"""Occupations by STYRK-08: the commonest, and reading the statistics office's own list."""
