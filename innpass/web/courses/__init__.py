"""Screen: the course models as the guide's annex draws them, with their hours."""
