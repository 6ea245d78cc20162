"""Whose programme, and right to Norwegian tuition, runs out."""
