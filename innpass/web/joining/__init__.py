"""Saying that two participants are one, or that one is two."""
