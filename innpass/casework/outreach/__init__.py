"""Asking employers for places: campaigns, meetings, dialogue."""
