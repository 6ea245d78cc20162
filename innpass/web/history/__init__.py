"""The history of a participant: what changed, by whom, and who has read."""
