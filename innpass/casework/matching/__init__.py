"""Participants and practice places: proposals with reasons, and what people chose."""
