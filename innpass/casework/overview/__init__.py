"""The shared grid: one row per participant."""
